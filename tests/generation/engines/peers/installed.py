"""Servers that others wrote, each installed into an environment of its own."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest


def installed(package: str, folder: Path) -> Path:
    """Install a package; gives the folder of its commands. Where it cannot be had the test is skipped."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin/python")
    install = ["uv", "pip", "install", "--python", python] if shutil.which("uv") else [python, "-m", "pip", "install"]
    if subprocess.run([*install, "--quiet", package], check=False).returncode:
        pytest.skip(f"{package} cannot be installed here")
    return folder / "bin"


@asynccontextmanager
async def running(command: Sequence[str], folder: Path, *, ready: str, **environment: str) -> AsyncIterator[None]:
    """Run a server in a folder, from when `ready`, one of its addresses, answers."""
    alone = os.environ | {"NO_PROXY": "127.0.0.1"} | environment
    with subprocess.Popen(command, cwd=folder, env=alone, stdout=subprocess.DEVNULL) as process:
        try:
            await _answers(ready)
            yield
        finally:
            process.terminate()


async def _answers(url: str) -> None:
    async with asyncio.timeout(180), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(url) as response:
                    if response.ok:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.2)
