"""The protocol between the runner and an engine. Plain Python: no Django, no models.

One image is one engine call. The runner gives a `GenerateRequest` and a `Run`; the engine answers
with one `Result` or raises one `EngineError`. Rules every engine keeps (the contract suite in
tests/generation/engines/ holds them):

1. A request the engine cannot serve raises `InvalidParameter` before any work starts.
2. A remote id is given to `run.checkpoint` before, or as soon as, the remote can start.
3. When `generate` returns or raises, nothing runs on our behalf any more, or the error says so. Where the picture has
   to be fetched after that, `run.settle` says so before.
4. `run.cancel` is watched; the engine then stops this image and no other and raises `Cancelled`
   with what really happened. A picture that was finished first is returned all the same.
5. A submit is never repeated; only the runner retries.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Literal, Protocol

from generation.engines.settings import Problem


class Mode(StrEnum):
    """What a request asks for; `process` never reaches an engine that makes pictures."""

    TEXT_TO_IMAGE = "text-to-image"
    IMAGE_TO_IMAGE = "image-to-image"
    INPAINT = "inpaint"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class SizeRule:
    """Sizes an engine takes, in pixels: each side from `minimum` to `maximum`, a multiple of `multiple`."""

    minimum: int = 64
    maximum: int = 4096
    multiple: int = 1
    max_pixels: int | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do; shown to members, and checked before a job is accepted."""

    modes: frozenset[Mode] = frozenset({Mode.TEXT_TO_IMAGE})
    size: SizeRule = SizeRule()
    negative_prompt: bool = False
    seed: bool = False
    steps: tuple[int, int] | None = None  # lowest and highest count that the engine takes
    guidance: bool = False
    strength: bool = False
    samplers: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    title: bool = False
    trained: bool = True  # a trained model makes the pictures; their files say so
    progress: Literal["steps", "fraction", "phase", "none"] = "none"
    preview: bool = False
    cancel: Literal["stops_running", "pending_only", "none"] = "none"
    resumable: bool = False  # another process can re-attach by RemoteRef


@dataclass(frozen=True, slots=True)
class GenerateRequest:
    """One picture to make. `reference` and `mask` are checked, upright sRGB PNG bytes."""

    mode: Mode
    prompt: str
    width: int
    height: int
    seed: int  # 0 … 2**63 - 1; the runner draws it where the member left it open
    negative_prompt: str = ""
    style: str = ""
    title: str = ""
    model: str = ""
    sampler: str = ""
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None  # 0 … 1: how far the result may leave the reference
    reference: bytes | None = None
    mask: bytes | None = None  # white is repainted
    recipe: Sequence[Mapping[str, object]] = ()  # of mode `process`: operations, checked
    others: Mapping[str, bytes] = field(default_factory=dict)  # pictures that the recipe names, by their ids


@dataclass(frozen=True, slots=True)
class Result:
    """One finished picture: encoded bytes as fetched, and what really went into it."""

    data: bytes
    seed: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoteRef:
    """Names one piece of remote work so that any process can re-attach to it or abort it."""

    id: str
    endpoint: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


class Abort(StrEnum):
    """What an abort achieved. The lane's slot is free again only after the first three."""

    STOPPED = "stopped"
    NEVER_STARTED = "never_started"
    FINISHED_FIRST = "finished_first"
    CANNOT_STOP = "cannot_stop"
    UNKNOWN = "unknown"

    @property
    def settled(self) -> bool:
        """Whether it is certain that nothing runs any more."""
        return self not in (Abort.CANNOT_STOP, Abort.UNKNOWN)


class CancelToken:
    """A member's wish to stop one image. Not asyncio cancellation, which means: this worker ends."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    @property
    def requested(self) -> bool:
        """Whether the member has asked to stop."""
        return self._event.is_set()

    def request(self) -> None:
        """Ask to stop; asking twice is fine."""
        self._event.set()

    async def wait(self) -> None:
        """Return once the member has asked to stop."""
        await self._event.wait()


class Run(Protocol):
    """What the runner gives an engine for one image; nothing in it blocks."""

    cancel: CancelToken
    deadline: float  # seconds on the clock of the running event loop

    async def checkpoint(self, ref: RemoteRef) -> None:
        """Store `ref` durably; returns when it is safe for the remote to start. Raises `Cancelled` when it must not."""

    def progress(self, fraction: float, stage: str = "", *, step: int | None = None, steps: int | None = None) -> None:
        """Report work done, 0 … 1, and what is being done; later values win, lower ones are ignored."""

    def preview(self, data: bytes) -> None:
        """Show a small WebP picture of the work so far; only the latest is kept."""

    def settle(self) -> None:
        """Say that nothing runs for this image any more, so that the slot is free while its picture is fetched.

        An engine that says nothing says so by the end of its call. Saying it twice is fine.
        """


@dataclass(frozen=True, slots=True)
class Probe:
    """How an engine answers a health check. It is well while one of its servers answers."""

    healthy: bool
    detail: str = ""  # for admins: fixed words, marked for translation, a colon, and what was said there
    code: str = ""  # of the error that says why it is not well
    answering: int = 1  # of its `servers`
    servers: int = 1

    @classmethod
    def unwell(cls, error: "EngineError") -> "Probe":
        """Give the answer of an engine that could only be asked with this error."""
        return cls(healthy=False, detail=error.detail, code=error.code, answering=0)


class Engine(Protocol):
    """A configured place that makes pictures. Its class is called with a value of its `Settings` and with `slots`."""

    kind: ClassVar[str]
    Settings: ClassVar[type[Any]]  # a dataclass whose fields are declared as `generation.engines.settings` says
    capabilities: Capabilities

    async def probe(self) -> Probe:
        """Check health without cost or side effect; never raises."""

    async def check(self) -> list[Problem]:
        """Ask the engine whether it has what the settings name (models, nodes); never raises."""

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Make one picture. Raises `EngineError`."""

    async def reattach(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        """Wait for work that another process started. Raises `LostRemote` where the remote does not know it."""

    async def abort(self, ref: RemoteRef) -> Abort:
        """Stop the remote work `ref` and no other, from any process; doing it twice is fine."""

    async def close(self) -> None:
        """Give back connections and child processes."""


class EngineError(Exception):
    """Base of all failures of an engine. `detail` is for logs and admins, never for members."""

    code: ClassVar[str] = "engine_failed"
    retryable: bool = False  # may the runner try again; never what may have been charged: the member decides
    counts: ClassVar[bool] = True  # does a try count against the limit
    engine_fault: ClassVar[bool] = False  # does it speak against the engine's health

    def __init__(
        self,
        detail: str = "",
        *,
        retry_after: float | None = None,  # seconds
        maybe_charged: bool = False,
        settled: bool = True,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after
        self.maybe_charged = maybe_charged
        self.retryable = self.retryable and not maybe_charged
        self.settled = settled  # nothing runs on our behalf any more


class InvalidParameter(EngineError):
    """The engine does not take a value the member gave."""

    code = "invalid_parameter"

    def __init__(self, parameter: str, detail: str = "") -> None:  # an empty parameter: it does not say which
        super().__init__(detail or parameter)
        self.parameter = parameter


class NoSubject(InvalidParameter):
    """The background shall go, and nothing stands out from it."""

    code = "no_subject"


class ModerationRejected(EngineError):
    """The engine refuses the prompt or the picture."""

    code = "moderation_rejected"


class RateLimited(EngineError):
    """The engine asks to come back later; the try does not count."""

    code = "rate_limited"
    retryable = True
    counts = False


class QuotaExhausted(EngineError):
    """The engine's account has no money or quota left."""

    code = "quota_exhausted"
    engine_fault = True


class AuthFailed(EngineError):
    """The engine refuses our key."""

    code = "auth_failed"
    engine_fault = True


class Misconfigured(EngineError):
    """A model, node or setting that the engine's row names is missing."""

    code = "misconfigured"
    engine_fault = True


class EngineDown(EngineError):
    """The engine cannot be reached."""

    code = "engine_down"
    retryable = True
    engine_fault = True


class LostRemote(EngineError):
    """The engine no longer knows the work we gave it."""

    code = "lost"
    retryable = True


class TimedOut(EngineError):
    """The engine did not finish in time."""

    code = "timed_out"
    retryable = True
    engine_fault = True


class ResourceExhausted(EngineError):
    """The engine, or our child process, ran out of memory or died."""

    code = "out_of_resources"
    retryable = True


class RemoteFailed(EngineError):
    """The engine reports that it failed."""

    code = "engine_failed"
    retryable = True


class BadResult(EngineError):
    """The engine answered with something that is not a picture."""

    code = "bad_result"
    retryable = True


class Cancelled(EngineError):
    """The member's wish to stop was carried out as far as `outcome` says."""

    code = "cancelled"

    def __init__(self, outcome: Abort, detail: str = "") -> None:
        super().__init__(detail or outcome, settled=outcome.settled)
        self.outcome = outcome
