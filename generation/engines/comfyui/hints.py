"""What a ComfyUI server tells over its websocket: progress, previews, and when it is time to look.

Only hints: messages get lost, a socket can go deaf, a prompt that is deleted ends without a word. So nothing waits for
a message. Each prompt has a socket of its own, and what comes is read at once: a slow reader stops everybody's.
"""

import asyncio
import json
import random
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from generation.engines.base import EngineError, Run
from generation.engines.comfyui.server import Server
from generation.engines.comfyui.workflows import Workflow
from generation.engines.previews import Previews

FIRST_MESSAGE = {"type": "feature_flags", "data": {"supports_preview_metadata": True}}
ENDS = {"execution_success", "execution_error", "execution_interrupted"}
PREVIEW_WITH_METADATA = 4
LONGEST_PAUSE = 5.0
SAMPLED = 0.95  # the share of a picture's work that is done when a sampler is through


class Hints:
    """Passes on what comes for one prompt; `wake` is set when it is worth looking."""

    def __init__(self, run: Run, previews: Previews, prompt_id: str, workflow: Workflow) -> None:
        self.wake = asyncio.Event()
        self._run = run
        self._previews = previews
        self._prompt_id = prompt_id
        # Where nothing samples, each node is a part of the work.
        self._share_of_node = (1 - SAMPLED if workflow.samples else SAMPLED) / len(workflow.graph)
        self._done: set[str] = set()
        self._fraction = 0.0

    def report(self, fraction: float, stage: str, **steps: int) -> None:
        """Report progress, which never goes back."""
        self._fraction = max(self._fraction, min(fraction, SAMPLED))
        self._run.progress(self._fraction, stage, **steps)

    def text(self, message: str) -> None:
        """Take a message."""
        try:
            event = json.loads(message)
            kind, data = event["type"], event["data"]
            if data.get("prompt_id") != self._prompt_id:
                return
        except (ValueError, KeyError, TypeError, AttributeError):
            return
        if kind == "progress" and data.get("max"):
            steps = {"step": int(data["value"]), "steps": int(data["max"])}
            self.report(SAMPLED * data["value"] / data["max"], "sampling", **steps)
        elif kind == "executing" and data.get("node"):
            self._done.add(data["node"])
            self.report((len(self._done) - 1) * self._share_of_node, "making" if self._fraction else "loading")
        elif kind in ENDS or kind == "executing":
            self.wake.set()

    def binary(self, message: bytes) -> None:
        """Take a preview: only of the kind that says which prompt it is of."""
        try:
            kind, length = struct.unpack_from(">II", message)
            about = json.loads(message[8 : 8 + length]) if kind == PREVIEW_WITH_METADATA else {}
        except (struct.error, ValueError):
            return
        if about.get("prompt_id") == self._prompt_id:
            self._previews.show(message[8 + length :])


@asynccontextmanager
async def listening(server: Server, client_id: str, hints: Hints) -> AsyncIterator[None]:
    """Listen beside the caller; returns once the first socket stands, or cannot."""
    stands = asyncio.Event()
    task = asyncio.create_task(_listen(server, client_id, hints, stands))
    try:
        await stands.wait()
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _listen(server: Server, client_id: str, hints: Hints, stands: asyncio.Event) -> None:
    pause = 0.2
    while True:
        try:
            async with server.http.websocket(f"/ws?clientId={client_id}") as socket:
                await socket.send_json(FIRST_MESSAGE)
                stands.set()
                pause = 0.2
                await _read(socket, hints)
        except EngineError:
            stands.set()
        hints.wake.set()  # something may have happened while nobody listened
        await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311
        pause = min(2 * pause, LONGEST_PAUSE)


async def _read(socket: aiohttp.ClientWebSocketResponse, hints: Hints) -> None:
    async for message in socket:
        data: Any = message.data
        if message.type is aiohttp.WSMsgType.TEXT:
            hints.text(data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            hints.binary(data)
