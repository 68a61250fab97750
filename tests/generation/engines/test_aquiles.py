"""The OpenAI-compatible engine against a server that others wrote: aquiles-image, which says where a picture lies.

For `make test-full`: the server is installed into a folder of its own, with a torch. It runs without a model, as for
those who develop clients; so it answers with a picture that it keeps, and edits nothing.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bench.product import free_port
from generation.engines.base import AuthFailed, Mode, RemoteFailed
from tests.generation.engines.cases import KEY, REQUEST, openai_images_at
from tests.generation.engines.peers.installed import installed, running
from tests.generation.engines.peers.serving import picture
from tests.generation.engines.test_openai_images import made

AQUILES = "aquiles-image==0.8.*"
MODEL = "stabilityai/stable-diffusion-3-medium"  # a name that it knows; nothing is fetched

pytestmark = pytest.mark.chaos


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(AQUILES, tmp_path_factory.mktemp("aquiles"))


@pytest.fixture
async def server(commands: Path, tmp_path: Path) -> AsyncIterator[str]:
    """Run the server; gives its address."""
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port), "--api-key", KEY]
    command = [str(commands / "aquiles-image"), "serve", *where, "--model", MODEL, "--no-load-model", "--force"]
    address = f"http://127.0.0.1:{port}"
    ready = f"{address}/openapi.json"
    async with running(command, tmp_path, ready=ready, HOME=str(tmp_path), HF_HUB_OFFLINE="1"):
        yield address


async def test_it_is_understood_also_where_it_names_itself_by_another_address(server: str) -> None:
    result = await made(server, models=MODEL)
    assert Image.open(BytesIO(result.data)).size == (REQUEST.width, REQUEST.height)
    engine = openai_images_at(server, models=MODEL)
    assert (await engine.probe()).healthy
    assert await engine.check() == []
    await engine.close()
    with pytest.raises(AuthFailed):
        await made(server, models=MODEL, key="sk-of-somebody-else")
    with pytest.raises(RemoteFailed):
        await made(server, replace(REQUEST, mode=Mode.IMAGE_TO_IMAGE, reference=picture(1, 512, 512)), models=MODEL)
