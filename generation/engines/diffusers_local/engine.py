"""The worker's side of local diffusers: one child process that loads a model once and makes picture after picture.

The libraries are heavy and an optional extra, so they are imported in the child alone.
"""

import asyncio
import importlib.util
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar, cast

from generation.engines.base import (
    Abort,
    Cancelled,
    CancelToken,
    Capabilities,
    EngineError,
    GenerateRequest,
    InvalidParameter,
    LostRemote,
    Misconfigured,
    Mode,
    ModerationRejected,
    Probe,
    RemoteFailed,
    RemoteRef,
    ResourceExhausted,
    Result,
    Run,
    SizeRule,
)
from generation.engines.calls import refuse_unable, unless_cancelled
from generation.engines.child import Child, ChildDied, ChildPool
from generation.engines.messages import Message
from generation.engines.settings import Problem, gettext_noop, setting

CHILD_MODULE = "generation.engines.diffusers_local.child"
LIBRARIES = ("torch", "diffusers", "transformers")
ORDERED = ("prompt", "negative_prompt", "width", "height", "seed", "guidance", "strength")
STEP_SECONDS = 8.0  # that a step may take until a child that was asked to stop is killed
ERRORS: Mapping[str, type[EngineError]] = {
    "memory": ResourceExhausted,
    "model": Misconfigured,
    "refused": ModerationRejected,
    "failed": RemoteFailed,
}


@dataclass(frozen=True, kw_only=True)
class DiffusersSettings:
    """Which model, and where it runs."""

    model: str = setting(
        "text",
        gettext_noop("Model"),
        gettext_noop("A folder on the workers' machine, such as /models/sdxl, or a name on the hub."),
    )
    device: str = setting("text", gettext_noop("Device"), gettext_noop("Such as cpu, cuda or cuda:1."), default="cpu")
    precision: str = setting(
        "choice",
        gettext_noop("Precision"),
        default="float32",
        choices=(("float32", "float32"), ("float16", "float16"), ("bfloat16", "bfloat16")),
    )
    download: bool = setting(
        "switch",
        gettext_noop("May be downloaded from the hub"),
        gettext_noop("Otherwise the model must be on this machine."),
        default=False,
    )
    steps: int = setting(
        "integer",
        gettext_noop("Steps"),
        gettext_noop("Where a member chooses none."),
        default=30,
        minimum=1,
        maximum=150,
    )


class Diffusers:
    """Makes pictures on this machine, one at a time."""

    kind: ClassVar[str] = "diffusers"
    Settings: ClassVar = DiffusersSettings
    capabilities = Capabilities(
        modes=frozenset({Mode.TEXT_TO_IMAGE, Mode.IMAGE_TO_IMAGE, Mode.INPAINT}),
        size=SizeRule(64, 2048, multiple=8),
        negative_prompt=True,
        seed=True,
        steps=(1, 150),
        guidance=True,
        strength=True,
        progress="steps",
        preview=True,
        cancel="stops_running",
    )

    def __init__(self, settings: DiffusersSettings, *, slots: int = 1) -> None:
        self._settings = settings
        self._children = ChildPool(CHILD_MODULE, 1)  # a device does one thing at a time, and a model is loaded once

    async def probe(self) -> Probe:
        """Look whether the libraries are there; the model is loaded with the first picture."""
        missing = _missing()
        words = gettext_noop("not installed")
        return Probe.unwell(Misconfigured(f"{words}: {', '.join(missing)}")) if missing else Probe(healthy=True)

    async def check(self) -> list[Problem]:
        """Look for the libraries and for the model's folder."""
        model, problems = self._settings.model, []
        if missing := _missing():
            message = gettext_noop("Not installed: %(missing)s. See docs/engines.md.")
            problems.append(Problem("model", message, {"missing": ", ".join(missing)}))
        if Path(model).is_absolute() and not (Path(model) / "model_index.json").exists():
            problems.append(Problem("model", gettext_noop("In this folder there is no model_index.json.")))
        return problems

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Make one picture in the child. Raises `EngineError`."""
        refuse_unable(request, self.capabilities)
        if run.cancel.requested:
            raise Cancelled(Abort.NEVER_STARTED)
        if missing := _missing():
            raise Misconfigured(f"not installed: {', '.join(missing)}")
        try:
            head, body = await self._answered(request, run)
        except ChildDied as death:
            if run.cancel.requested:
                raise Cancelled(Abort.STOPPED) from death
            raise ResourceExhausted(str(death)) from death
        if head.get("stopped"):
            raise Cancelled(Abort.STOPPED)
        if error := head.get("error"):
            raise _error(str(error), str(head.get("detail", "")))
        return Result(body, request.seed)

    async def reattach(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        """Refuse: the child dies with its worker."""
        raise LostRemote(ref.id)

    async def abort(self, ref: RemoteRef) -> Abort:
        """Answer that nothing runs without its worker."""
        return Abort.NEVER_STARTED

    async def close(self) -> None:
        """End the child."""
        await self._children.close()

    async def _answered(self, request: GenerateRequest, run: Run) -> Message:
        """Let the child make a picture and give its last word; whatever that is, the child lives on."""
        order, body = self._order(request)
        async with AsyncExitStack() as stack:
            lent = stack.enter_async_context(self._children.child())
            child = await unless_cancelled(lent, run.cancel, Abort.NEVER_STARTED)
            wish = asyncio.create_task(_pass_on(run.cancel, child))
            try:
                return await _last(child.call(order, body), run)
            finally:
                wish.cancel()

    def _order(self, request: GenerateRequest) -> tuple[dict[str, object], bytes]:
        """Write the order; the pictures travel as the body."""
        reference, mask = request.reference or b"", request.mask or b""
        wanted = {name: getattr(request, name) for name in ORDERED}
        wanted |= {"mode": str(request.mode), "steps": request.steps or self._settings.steps}
        return asdict(self._settings) | wanted | {"reference": len(reference), "mask": len(mask)}, reference + mask


async def _last(messages: AsyncIterator[Message], run: Run) -> Message:
    """Pass on what the child tells on its way, and give what it says last."""
    async for message in messages:
        head, preview = message
        if head.get("done"):
            return message
        steps = {"step": int(cast(int, head["step"])), "steps": int(cast(int, head["steps"]))} if "step" in head else {}
        run.progress(cast(float, head["fraction"]), str(head["stage"]), **steps)
        if preview:
            run.preview(preview)
    raise ChildDied("the child said nothing at last")


async def _pass_on(wish: CancelToken, child: Child) -> None:
    """Tell the child to stop after its step, and end it where the step does not end."""
    await wish.wait()
    await child.tell({"cancel": True})
    await asyncio.sleep(STEP_SECONDS)
    await child.kill()


def _error(code: str, detail: str) -> EngineError:
    return InvalidParameter("", detail) if code == "parameter" else ERRORS.get(code, RemoteFailed)(detail)


def _missing() -> list[str]:
    return [library for library in LIBRARIES if importlib.util.find_spec(library) is None]
