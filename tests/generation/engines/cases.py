"""The engines that the contract suite and the table of failures are about, each with its other side."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

from generation.engines.base import Abort, Cancelled, CancelToken, Engine, GenerateRequest, Mode, RemoteRef, Result
from generation.engines.comfyui.engine import ComfyUI
from generation.engines.dashscope.engine import DashScope
from generation.engines.illustrator.engine import Illustrator
from generation.engines.openai_images.engine import OpenAIImages
from generation.engines.settings import read
from generation.engines.simulated import Simulated, SimulatedSettings
from tests.generation.engines.peers.comfyui import ComfyUIPeer
from tests.generation.engines.peers.dashscope import DashScopePeer
from tests.generation.engines.peers.openai_images import OpenAIImagesPeer
from tests.generation.engines.peers.painter import painter
from tests.generation.engines.peers.serving import served

REQUEST = GenerateRequest(mode=Mode.TEXT_TO_IMAGE, prompt="a cat by the sea", width=512, height=512, seed=7)
KEY = "sk-a-key-that-nobody-may-read"


class RecordingRun:
    """A run that remembers what it was told, and whose member cancels once this `fraction` is done."""

    def __init__(self, *, cancel_at: float | None = None, seconds: float = 60) -> None:
        self.cancel = CancelToken()
        self.deadline = asyncio.get_running_loop().time() + seconds
        self.fractions: list[float] = []
        self.stages: list[str] = []
        self.previews: list[bytes] = []
        self.refs: list[RemoteRef] = []
        self.settled = asyncio.Event()
        self._cancel_at = cancel_at

    async def checkpoint(self, ref: RemoteRef) -> None:
        self.refs.append(ref)

    def progress(self, fraction: float, stage: str = "", *, step: int | None = None, steps: int | None = None) -> None:
        self.fractions.append(fraction)
        self.stages.append(stage)
        if self._cancel_at is not None and fraction >= self._cancel_at:
            self.cancel.request()

    def preview(self, data: bytes) -> None:
        self.previews.append(data)

    def settle(self) -> None:
        self.settled.set()


class LateRun(RecordingRun):
    """A run whose worker has lost its lease."""

    async def checkpoint(self, ref: RemoteRef) -> None:
        raise Cancelled(Abort.NEVER_STARTED)


async def made_once_settled(made: Callable[..., Coroutine[Any, Any, Result]], hands_out: asyncio.Event) -> Result:
    """Have a picture made whose server hands it out only when `run` was told that nothing runs any more."""
    hands_out.clear()
    run = RecordingRun()
    call = asyncio.create_task(made(run=run))
    await asyncio.wait_for(run.settled.wait(), 5)
    hands_out.set()
    return await call


@dataclass(frozen=True)
class Case:
    """One kind of engine: a maker (two engines are as in two processes), and how much work was really started."""

    make: Callable[[], Engine]
    started: Callable[[], int] = lambda: 0
    unknown: RemoteRef = field(default_factory=lambda: RemoteRef("0" * 32, extra={"image": "", "seconds": "1"}))


@asynccontextmanager
async def simulated(folder: Path) -> AsyncIterator[Case]:
    """Give the simulated engine."""
    settings = SimulatedSettings(seconds=0.2, folder=str(folder))
    yield Case(lambda: Simulated(settings, slots=2), lambda: len(list(folder.iterdir())))


@asynccontextmanager
async def illustrator(_: Path) -> AsyncIterator[Case]:
    """Give the built-in illustrator."""
    yield Case(lambda: Illustrator(slots=2))


@asynccontextmanager
async def comfyui(_: Path) -> AsyncIterator[Case]:
    """Give ComfyUI with two servers."""
    peers = [ComfyUIPeer(), ComfyUIPeer()]
    async with served(peers[0].application()) as first, served(peers[1].application()) as second:
        yield Case(
            lambda: comfyui_at(first, second),
            lambda: sum(len(peer.graphs) for peer in peers),
            RemoteRef(str(uuid4()), first),
        )


@asynccontextmanager
async def openai_images(_: Path) -> AsyncIterator[Case]:
    """Give a server with OpenAI's API that streams."""
    peer = OpenAIImagesPeer()
    async with served(peer.application()) as address:
        yield Case(lambda: openai_images_at(address, stream=True), lambda: peer.started)


@asynccontextmanager
async def dashscope(_: Path) -> AsyncIterator[Case]:
    """Give a server with DashScope's API."""
    peer = DashScopePeer()
    async with served(peer.application()) as address:
        yield Case(lambda: dashscope_at(address), lambda: peer.started, RemoteRef(str(uuid4()), address))


@asynccontextmanager
async def documented(_: Path) -> AsyncIterator[Case]:
    """Give the engine that docs/adding-an-engine.md shows, as it stands there."""
    page = (Path(__file__).parents[3] / "docs" / "adding-an-engine.md").read_text()
    module = ModuleType("documented")
    sys.modules["documented"] = module  # where its dataclass looks for itself
    exec(page.partition("```python\n")[2].partition("```")[0], module.__dict__)  # noqa: S102
    async with served(painter()) as address:
        yield Case(lambda: module.Painter(read(module.PainterSettings, {"base_url": address, "key": KEY})))


CASES: dict[str, Callable[[Path], AbstractAsyncContextManager[Case]]] = {
    "simulated": simulated,
    "illustrator": illustrator,
    "comfyui": comfyui,
    "openai-images": openai_images,
    "dashscope": dashscope,
    "documented": documented,
}


def comfyui_at(*servers: str, **more: Any) -> ComfyUI:
    """Make the adapter for some servers, with the built-in workflows."""
    return ComfyUI(read(ComfyUI.Settings, {"servers": servers, "checkpoints": "tiny.safetensors", "key": KEY} | more))


def openai_images_at(address: str, **more: Any) -> OpenAIImages:
    """Make the adapter for a server that takes sizes as they are."""
    settings = {"base_url": f"{address}/v1", "models": "gpt-image-2", "dialect": "other", "key": KEY}
    return OpenAIImages(read(OpenAIImages.Settings, settings | more))


def dashscope_at(address: str, **more: Any) -> DashScope:
    """Make the adapter for a server."""
    settings = {"base_url": address, "models": "wan2.2-t2i-flash", "key": KEY, "poll_seconds": 0.05}
    return DashScope(read(DashScope.Settings, settings | more))
