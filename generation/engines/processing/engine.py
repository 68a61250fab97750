"""The worker's side of post-processing: hands a recipe to a child process and passes on what it tells."""

import asyncio
import json
from dataclasses import dataclass
from typing import ClassVar, cast

from generation.engines.base import (
    Abort,
    Cancelled,
    Capabilities,
    EngineError,
    GenerateRequest,
    InvalidParameter,
    LostRemote,
    Misconfigured,
    Mode,
    NoSubject,
    Probe,
    RemoteFailed,
    RemoteRef,
    ResourceExhausted,
    Result,
    Run,
    SizeRule,
    TimedOut,
)
from generation.engines.calls import unless_cancelled
from generation.engines.child import ChildDied, ChildPool
from generation.engines.settings import Problem, gettext_noop, setting
from generation.processing.pictures import LIMITS

STAGES = {"background": "cutting_out"}  # where the operation's name means something else to people
CHILD_MODULE = "generation.engines.processing.child"


@dataclass(frozen=True, kw_only=True)
class ProcessingSettings:
    """What one child process may take."""

    memory_mb: int = setting(
        "integer", gettext_noop("Memory of one picture (MB)"), default=4096, minimum=512, maximum=65536
    )


class Processing:
    """Runs recipes, in at most `slots` child processes with a limit of memory each."""

    kind: ClassVar[str] = "processing"
    Settings: ClassVar = ProcessingSettings
    capabilities = Capabilities(
        modes=frozenset({Mode.PROCESS}),
        size=SizeRule(minimum=1, maximum=LIMITS.side, max_pixels=LIMITS.pixels),
        trained=False,
        progress="fraction",
        cancel="stops_running",
    )

    def __init__(self, settings: ProcessingSettings | None = None, *, slots: int = 2) -> None:
        self._memory = (settings or ProcessingSettings()).memory_mb
        self._children = ChildPool(CHILD_MODULE, slots)

    async def probe(self) -> Probe:
        """Answer that it is well: nothing outside this machine is needed."""
        return Probe(healthy=True)

    async def check(self) -> list[Problem]:
        """Find nothing: there is nothing to connect to."""
        return []

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Run the request's recipe on its reference. Raises `EngineError`."""
        if request.mode is not Mode.PROCESS or request.reference is None or not request.recipe:
            raise InvalidParameter("recipe", "neither a picture nor anything to do with it")
        if run.cancel.requested:
            raise Cancelled(Abort.NEVER_STARTED)
        try:
            async with asyncio.timeout_at(run.deadline):
                return await unless_cancelled(self._process(request, request.reference, run), run.cancel)
        except TimeoutError:
            raise TimedOut("processing passed its deadline") from None
        except ChildDied as death:
            raise ResourceExhausted(str(death)) from death

    async def reattach(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        """Refuse: a run dies with the worker that asked for it."""
        raise LostRemote(ref.id)

    async def abort(self, ref: RemoteRef) -> Abort:
        """Answer that nothing runs: no remote work is ever started."""
        return Abort.NEVER_STARTED

    async def close(self) -> None:
        """End the child processes."""
        await self._children.close()

    async def _process(self, request: GenerateRequest, picture: bytes, run: Run) -> Result:
        order = {
            "recipe": json.dumps(request.recipe),
            "memory_mb": self._memory,
            "pictures": json.dumps([[name, len(data)] for name, data in request.others.items()]),
            "length": len(picture),
        }
        body = picture + b"".join(request.others.values())
        async with self._children.child() as child:
            async for head, data in child.call(order, body):
                if failure := head.get("failure"):
                    raise _error(str(failure), str(head.get("detail")))
                if head.get("done"):
                    result = Result(data, request.seed)
                else:
                    stage, number = cast(str, head["operation"]), cast(int, head["number"])
                    fraction = cast(float, head["fraction"])
                    run.progress(fraction, STAGES.get(stage, stage), step=number, steps=len(request.recipe))
        run.progress(1.0, "storing")
        return result


def _error(failure: str, detail: str) -> EngineError:
    """Turn what a child says into what the runner knows."""
    match failure:
        case "memory":
            return ResourceExhausted(detail)
        case "option_missing":
            return Misconfigured(detail)
        case "no_subject":
            return NoSubject("background")
        case "picture" | "too_large" | "too_heavy":
            return InvalidParameter(failure, f"{failure}: {detail}")
        case _:
            return RemoteFailed(detail)
