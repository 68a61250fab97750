"""The worker's side of the illustrator: checks a request and lets a child process draw it."""

import asyncio
from collections.abc import Coroutine
from typing import ClassVar, cast

from generation.engines.base import (
    Abort,
    Cancelled,
    CancelToken,
    Capabilities,
    GenerateRequest,
    InvalidParameter,
    LostRemote,
    Mode,
    Probe,
    RemoteRef,
    ResourceExhausted,
    Result,
    Run,
    SizeRule,
    TimedOut,
)
from generation.engines.child import ChildDied, ChildPool
from generation.engines.settings import NoSettings, Problem

CHILD_MODULE = "generation.engines.illustrator.child"
STYLES = ("illustration", "watercolour", "oil", "ink", "flat", "pixel")


class Illustrator:
    """Draws pictures itself, in at most `slots` child processes of the event loop that uses it."""

    kind: ClassVar[str] = "illustrator"
    Settings: ClassVar = NoSettings
    capabilities = Capabilities(
        modes=frozenset({Mode.TEXT_TO_IMAGE, Mode.IMAGE_TO_IMAGE}),
        size=SizeRule(minimum=256, maximum=2048),
        negative_prompt=True,
        seed=True,
        strength=True,
        styles=STYLES,
        trained=False,
        progress="fraction",
        preview=True,
        cancel="stops_running",
    )

    def __init__(self, settings: NoSettings | None = None, *, slots: int = 2) -> None:
        self._children = ChildPool(CHILD_MODULE, slots)

    async def probe(self) -> Probe:
        """Answer that it is well: nothing outside this machine is needed."""
        return Probe(healthy=True)

    async def check(self) -> list[Problem]:
        """Find nothing: there is nothing to set."""
        return []

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Draw one picture in a child process. Raises `EngineError`."""
        self._check(request)
        if run.cancel.requested:
            raise Cancelled(Abort.NEVER_STARTED)
        try:
            async with asyncio.timeout_at(run.deadline):
                return await _unless_cancelled(self._draw(request, run), run.cancel)
        except TimeoutError:
            raise TimedOut("drawing passed its deadline") from None
        except ChildDied as death:
            raise ResourceExhausted(str(death)) from death

    async def reattach(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        """Refuse: a drawing dies with the worker that asked for it."""
        raise LostRemote(ref.id)

    async def abort(self, ref: RemoteRef) -> Abort:
        """Answer that nothing runs: no remote work is ever started."""
        return Abort.NEVER_STARTED

    async def close(self) -> None:
        """End the child processes."""
        await self._children.close()

    def _check(self, request: GenerateRequest) -> None:
        if request.mode not in self.capabilities.modes:
            raise InvalidParameter("mode", f"cannot do {request.mode}")
        for name, side in (("width", request.width), ("height", request.height)):
            if not self.capabilities.size.minimum <= side <= self.capabilities.size.maximum:
                raise InvalidParameter(name, f"{side} pixels")
        if request.style and request.style not in STYLES:
            raise InvalidParameter("style", request.style)
        if (request.mode is Mode.IMAGE_TO_IMAGE) != (request.reference is not None):
            raise InvalidParameter("reference", f"{request.mode} with or without a picture")

    async def _draw(self, request: GenerateRequest, run: Run) -> Result:
        order = {
            "prompt": request.prompt,
            "negative_prompt": request.negative_prompt,
            "style": request.style,
            "width": request.width,
            "height": request.height,
            "seed": request.seed,
            "strength": request.strength,
        }
        async with self._children.child() as child:
            async for head, body in child.call(order, request.reference or b""):
                if head.get("done"):
                    result = Result(body, request.seed, cast(dict[str, object], head["facts"]))
                else:
                    run.progress(cast(float, head["fraction"]), cast(str, head["stage"]))
                    run.preview(body)
        run.progress(1.0, "storing")
        return result


async def _unless_cancelled(work: Coroutine[None, None, Result], cancel: CancelToken) -> Result:
    """Finish `work`, or stop it when the member asks; a picture that is ready first is kept."""
    task, wish = asyncio.ensure_future(work), asyncio.ensure_future(cancel.wait())
    try:
        await asyncio.wait({task, wish}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise Cancelled(Abort.STOPPED)
    finally:
        task.cancel()
        wish.cancel()
        await asyncio.gather(task, wish, return_exceptions=True)
