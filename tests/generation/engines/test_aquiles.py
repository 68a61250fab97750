"""The OpenAI-compatible engine against a server that others wrote: aquiles-image, which says where a picture lies.

For `make test-full`: the server is installed into a folder of its own, with a torch. It runs without a model, as for
those who develop clients; so it answers with a picture that it keeps, and edits nothing.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bench.product import free_port
from generation.engines.base import AuthFailed, Mode, RemoteFailed
from tests.generation.engines.cases import KEY, REQUEST, openai_images_at
from tests.generation.engines.peers.serving import picture
from tests.generation.engines.test_gateway import answers
from tests.generation.engines.test_openai_images import made

AQUILES = "aquiles-image==0.8.*"
MODEL = "stabilityai/stable-diffusion-3-medium"  # a name that it knows; nothing is fetched

pytestmark = pytest.mark.chaos


@pytest.fixture(scope="module")
def aquiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the server; gives its command."""
    folder: Path = tmp_path_factory.mktemp("aquiles")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin/python")
    install = ["uv", "pip", "install", "--python", python] if shutil.which("uv") else [python, "-m", "pip", "install"]
    if subprocess.run([*install, "--quiet", AQUILES], check=False).returncode:
        pytest.skip(f"{AQUILES} cannot be installed here")
    return folder / "bin/aquiles-image"


@pytest.fixture
async def server(aquiles: Path, tmp_path: Path) -> AsyncIterator[str]:
    """Run the server; gives its address."""
    port = free_port()
    where = ["--host", "127.0.0.1", "--port", str(port), "--api-key", KEY]
    command = [str(aquiles), "serve", *where, "--model", MODEL, "--no-load-model", "--force"]
    alone = os.environ | {"HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "NO_PROXY": "127.0.0.1"}
    with subprocess.Popen(command, cwd=tmp_path, env=alone, stdout=subprocess.DEVNULL) as process:
        try:
            await answers(f"http://127.0.0.1:{port}/openapi.json")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


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
