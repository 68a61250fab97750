"""The OpenAI-compatible engine through a gateway that others wrote, which rewrites errors: LiteLLM's proxy.

For `make test-full`: the gateway is installed into a folder of its own, beside the product's packages.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.product import free_port
from generation.engines.base import (
    AuthFailed,
    EngineDown,
    EngineError,
    InvalidParameter,
    ModerationRejected,
    QuotaExhausted,
)
from tests.generation.engines.cases import KEY, REQUEST, openai_images_at
from tests.generation.engines.peers.installed import installed, running
from tests.generation.engines.peers.openai_images import OpenAIImagesPeer
from tests.generation.engines.peers.serving import picture, served
from tests.generation.engines.test_openai_images import made

LITELLM = "litellm[proxy]==1.106.*"
CONFIGURATION = """
model_list:
  - model_name: gpt-image-2
    litellm_params: {{model: openai/gpt-image-2, api_base: "{address}/v1", api_key: "sk-of-the-gateway"}}
router_settings: {{num_retries: 0, disable_cooldowns: true}}
general_settings: {{master_key: "{key}"}}
"""
MEANT: dict[str, type[EngineError]] = {
    "[violence]": ModerationRejected,
    "[poor]": QuotaExhausted,
    "[no such size]": InvalidParameter,
    "[key]": AuthFailed,
    "[gateway gave up]": EngineDown,
}

pytestmark = pytest.mark.chaos


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(LITELLM, tmp_path_factory.mktemp("litellm"))


@pytest.fixture
async def peer() -> OpenAIImagesPeer:
    return OpenAIImagesPeer(seconds=0.05)


@pytest.fixture
async def gateway(commands: Path, peer: OpenAIImagesPeer, tmp_path: Path) -> AsyncIterator[str]:
    """Run the gateway in front of a server; gives its address."""
    port, configuration = free_port(), tmp_path / "gateway.yaml"
    where = ["--host", "127.0.0.1", "--port", str(port)]
    command = [str(commands / "litellm"), "--config", str(configuration), *where]
    gate = f"http://127.0.0.1:{port}"
    ready = f"{gate}/health/liveliness"
    async with served(peer.application()) as address:
        configuration.write_text(CONFIGURATION.format(address=address, key=KEY))
        async with running(command, tmp_path, ready=ready, LITELLM_LOCAL_MODEL_COST_MAP="True"):
            yield gate


async def test_what_a_gateway_made_of_errors_is_understood(gateway: str) -> None:
    assert (await made(gateway)).data == picture(7, 512, 512)
    engine = openai_images_at(gateway)
    assert (await engine.probe()).healthy
    assert await engine.check() == []
    await engine.close()
    for words, meant in MEANT.items():
        with pytest.raises(EngineError) as error:
            await made(gateway, replace(REQUEST, prompt=words))
        assert type(error.value) is meant
        assert "sk-" not in error.value.detail
        assert error.value.maybe_charged == (words == "[gateway gave up]")
