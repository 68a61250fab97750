"""The OpenAI-compatible engine against a server that others wrote: npm's @copilotkit/aimock. For `make test-full`."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generation.engines.base import EngineError, Mode, ModerationRejected, RateLimited
from tests.generation.engines.cases import REQUEST, openai_images_at
from tests.generation.engines.peers.serving import picture
from tests.generation.engines.test_openai_images import made

AIMOCK = "@copilotkit/aimock@1.43.0"
START = """
import { readFileSync } from "node:fs";
import { LLMock } from "@copilotkit/aimock";
const fixtures = JSON.parse(readFileSync(0, "utf8"));
const mock = new LLMock({ port: 0 });
mock.addFixturesFromJSON(fixtures);
await mock.start();
console.log(mock.url);
"""
BLOCKED = {
    "message": "Rejected by the safety system.",
    "type": "image_generation_user_error",
    "code": "moderation_blocked",
}
LIMITED = {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}

pytestmark = [pytest.mark.chaos, pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not here")]


def fixture(words: str, response: dict[str, Any]) -> dict[str, Any]:
    """Answer a prompt that holds these words."""
    return {"match": {"userMessage": words, "endpoint": "image"}, "response": response}


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Install and run the server; gives its address."""
    import base64

    folder: Path = tmp_path_factory.mktemp("aimock")
    subprocess.run(["npm", "install", "--no-fund", "--no-audit", "--prefix", str(folder), AIMOCK], check=True)
    (folder / "start.mjs").write_text(START)
    image = {"image": {"b64Json": base64.b64encode(picture(7, 512, 512)).decode()}}
    fixtures = [
        fixture("a cat", image),
        fixture("blocked", {"error": BLOCKED, "status": 400}),
        fixture("limited", {"error": LIMITED, "status": 429, "retryAfter": 7}),
    ]
    pipe = subprocess.PIPE
    with subprocess.Popen(["node", "start.mjs"], cwd=folder, stdin=pipe, stdout=pipe, text=True) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps(fixtures))
        server.stdin.close()
        yield server.stdout.readline().strip()
        server.kill()


@pytest.mark.parametrize("stream", [False, True])
async def test_it_makes_a_picture_also_where_a_stream_is_asked_for_and_not_given(aimock: str, stream: bool) -> None:
    assert (await made(aimock, stream=stream)).data == picture(7, 512, 512)


async def test_it_edits_a_picture(aimock: str) -> None:
    request = replace(REQUEST, mode=Mode.IMAGE_TO_IMAGE, reference=picture(1, 512, 512))
    assert (await made(aimock, request)).data == picture(7, 512, 512)


@pytest.mark.parametrize(("words", "error"), [("blocked", ModerationRejected), ("limited", RateLimited)])
async def test_its_errors_are_understood(aimock: str, words: str, error: type[EngineError]) -> None:
    with pytest.raises(error) as raised:
        await made(aimock, replace(REQUEST, prompt=words))
    assert raised.value.retry_after == (7 if error is RateLimited else None)


async def test_it_is_well(aimock: str) -> None:
    engine = openai_images_at(aimock)
    assert (await engine.probe()).healthy
    await engine.close()
