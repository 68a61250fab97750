"""The worker's side of the illustrator: checks a request and lets a child process draw it."""

import asyncio
from typing import ClassVar, cast

from generation.engines.base import (
    Abort,
    Cancelled,
    Capabilities,
    GenerateRequest,
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
from generation.engines.calls import refuse_unable, unless_cancelled
from generation.engines.child import ChildDied, ChildPool
from generation.engines.settings import NoSettings, Problem

CHILD_MODULE = "generation.engines.illustrator.child"
STYLES = ("illustration", "watercolour", "oil", "ink", "flat", "pixel", "line", "neon", "papercut")


class Illustrator:
    """Draws pictures itself, in at most `slots` child processes of the event loop that uses it."""

    kind: ClassVar[str] = "illustrator"
    Settings: ClassVar = NoSettings
    capabilities = Capabilities(
        modes=frozenset({Mode.TEXT_TO_IMAGE, Mode.IMAGE_TO_IMAGE, Mode.INPAINT}),
        size=SizeRule(minimum=256, maximum=2048),
        negative_prompt=True,
        seed=True,
        strength=True,
        styles=STYLES,
        title=True,
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
        refuse_unable(request, self.capabilities)
        if run.cancel.requested:
            raise Cancelled(Abort.NEVER_STARTED)
        try:
            async with asyncio.timeout_at(run.deadline):
                return await unless_cancelled(self._draw(request, run), run.cancel)
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

    async def _draw(self, request: GenerateRequest, run: Run) -> Result:
        order = {
            "prompt": request.prompt,
            "negative_prompt": request.negative_prompt,
            "style": request.style,
            "width": request.width,
            "height": request.height,
            "seed": request.seed,
            "strength": request.strength,
            "title": request.title,
            "reference_size": len(request.reference or b""),
        }
        async with self._children.child() as child:
            async for head, body in child.call(order, (request.reference or b"") + (request.mask or b"")):
                if head.get("done"):
                    result = Result(body, request.seed, cast(dict[str, object], head["facts"]))
                else:
                    run.progress(cast(float, head["fraction"]), cast(str, head["stage"]))
                    run.preview(body)
        run.progress(1.0, "storing")
        return result
