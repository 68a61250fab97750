"""A worker is killed in the middle of remote calls: the next one goes on with them, and nothing is asked for twice."""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.generation.engines.peers.comfyui import ComfyUIPeer
from tests.generation.engines.peers.dashscope import DashScopePeer
from tests.generation.engines.peers.openai_images import OpenAIImagesPeer
from tests.generation.engines.peers.serving import served
from tests.imagegen.test_work import valkey_for
from tests.studio import PROJECT, Installation

LONG = 60.0  # seconds; until the worker is dead


async def rows(installation: Installation, *command: str) -> dict[str, Any]:
    """Ask a process of its own about the rows."""
    environment = os.environ | {"DATA_DIR": str(installation.folder), "SECRET_KEY": ""}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.generation.engines.rows", *command),
        cwd=PROJECT, env=environment, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, _ = await process.communicate()
    assert process.returncode == 0, installation.read_log()
    found: dict[str, Any] = json.loads(output)
    return found


async def until(installation: Installation, key: str, wanted: object) -> dict[str, Any]:
    """Look until something is as wanted."""
    deadline = time.monotonic() + 120
    while (found := await rows(installation, "look"))[key] != wanted:
        assert time.monotonic() < deadline, f"{found}\n{installation.read_log()}"
        await asyncio.sleep(0.2)
    return found


@pytest.mark.chaos
async def test_remote_work_outlives_its_worker(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    comfyui, dashscope, openai = ComfyUIPeer(seconds=LONG), DashScopePeer(seconds=LONG), OpenAIImagesPeer(seconds=LONG)
    async with (
        served(comfyui.application()) as first,
        served(dashscope.application()) as second,
        served(openai.application()) as third,
    ):
        engines = {
            "comfyui": {"servers": [first], "checkpoints": "tiny.safetensors"},
            "dashscope": {"base_url": second, "models": "wan2.2-t2i-flash"},
            "openai-images": {"base_url": f"{third}/v1", "models": "gpt-image-2"},
        }
        await rows(installation, "prepare", json.dumps(engines))
        with valkey_for(installation):
            work = installation.run("work", "generate")
            try:
                for worker in (await until(installation, "remote", 3))["workers"]:
                    os.kill(worker, signal.SIGKILL)
                comfyui.seconds = dashscope.seconds = 0.2
                ended = {"comfyui": "succeeded", "dashscope": "succeeded", "openai-images": "failed"}
                found = await until(installation, "status", ended)
            finally:
                work.terminate()
                await asyncio.to_thread(work.wait, 15)
    assert found["errors"]["openai-images"] == "lost"  # it may have been charged: the member decides
    assert (list(comfyui.runs.values()), dashscope.started, openai.started) == ([1], 1, 1)
    assert found["wrong"] == []
