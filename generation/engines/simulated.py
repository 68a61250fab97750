"""A simulated engine, for tests and benchmarks alone (setting SIMULATED_ENGINE). It makes no real pictures.

Its "remote work" is a timeline: it starts, takes some seconds, and is over, whoever looks. With `folder` the
timelines are files, so that other processes can re-attach to them or abort them, and so that tests can count
how often work was really started. A prompt scripts what happens, by words in square brackets:

    [seconds 0.5] [steps 10]            how long, in how many steps
    [loading 3]                         so many seconds more before the first step, as if a model were loaded
    [fail engine_down 2]                the first two calls of this image fail with that code, half way
    [fail moderation_rejected]          every call fails
    [abort cannot_stop]                 what aborting comes to
    [garbage]                           the result is not a picture
    [strange]                           the facts hold a character that not every database stores
    [hang]                              never ends, and does not listen to cancel
"""

import asyncio
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from PIL import Image, ImageDraw

from generation.engines import base
from generation.engines.base import (
    Abort,
    Cancelled,
    Capabilities,
    GenerateRequest,
    LostRemote,
    Mode,
    Probe,
    RemoteRef,
    Result,
    Run,
    SizeRule,
)
from generation.engines.calls import refuse_unable
from generation.engines.settings import Problem, gettext_noop, setting

_FAILURES: dict[str, type[base.EngineError]] = {
    error.code: error
    for error in (
        *(base.ModerationRejected, base.RateLimited, base.QuotaExhausted, base.AuthFailed, base.Misconfigured),
        *(base.EngineDown, base.LostRemote, base.TimedOut, base.ResourceExhausted, base.RemoteFailed, base.BadResult),
    )
}


class Script(dict[str, list[str]]):
    """The bracketed words of a prompt."""

    def __init__(self, prompt: str) -> None:
        found = re.findall(r"\[(\w+)([^\]]*)\]", prompt)
        super().__init__({name: words.split() for name, words in found})

    def number(self, name: str, default: float) -> float:
        """Give a word's first argument as a number."""
        return float(self[name][0]) if self.get(name) else default


@dataclass(frozen=True, kw_only=True)
class SimulatedSettings:
    """How long a picture takes: `seconds` ± `jitter`, a share of them."""

    seconds: float = setting("number", gettext_noop("Seconds a picture"), default=2.0, minimum=0, maximum=3600)
    steps: int = setting("integer", gettext_noop("Steps"), default=20, minimum=1, maximum=1000)
    jitter: float = setting(
        "number", gettext_noop("Jitter"), gettext_noop("A share of the seconds."), default=0.0, minimum=0, maximum=1
    )
    folder: str = setting("text", gettext_noop("Folder of what runs"), default="")


class Simulated:
    """Takes time, reports steps, and makes striped pictures."""

    kind: ClassVar[str] = "simulated"
    Settings: ClassVar = SimulatedSettings
    capabilities = Capabilities(
        modes=frozenset({Mode.TEXT_TO_IMAGE, Mode.IMAGE_TO_IMAGE, Mode.INPAINT}),
        size=SizeRule(minimum=16, maximum=4096),
        negative_prompt=True,
        seed=True,
        steps=(1, 150),
        guidance=True,
        strength=True,
        trained=False,
        progress="steps",
        preview=True,
        cancel="stops_running",
        resumable=True,
    )

    def __init__(self, settings: SimulatedSettings = SimulatedSettings(), *, slots: int = 50) -> None:
        self.slots = slots
        self._settings = settings
        self._timelines = _Timelines(Path(settings.folder) if settings.folder else None)

    async def probe(self) -> Probe:
        """Always well."""
        return Probe(healthy=True)

    async def check(self) -> list[Problem]:
        """Have everything."""
        return []

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Take the scripted time, then give a picture or the scripted failure."""
        refuse_unable(request, self.capabilities)
        if run.cancel.requested:
            raise Cancelled(Abort.NEVER_STARTED)
        script = Script(request.prompt)
        seconds = script.number("seconds", self._settings.seconds)
        seconds *= 1 + self._settings.jitter * random.Random(request.seed).uniform(-1, 1)  # noqa: S311  a repeatable delay
        seconds += script.number("loading", 0)
        ref = RemoteRef(uuid4().hex, extra={"image": f"{request.seed}:{request.prompt[:200]}", "seconds": str(seconds)})
        await run.checkpoint(ref)
        self._timelines.start(ref)
        return await self._follow(ref, request, run)

    async def reattach(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        """Follow a timeline that another process started. Raises `LostRemote` for an unknown one."""
        if self._timelines.started_at(ref) is None:
            raise LostRemote(ref.id)
        return await self._follow(ref, request, run)

    async def abort(self, ref: RemoteRef) -> Abort:
        """End a timeline early, where it still runs."""
        return self._timelines.abort(ref)

    async def close(self) -> None:
        """Nothing to give back."""

    async def _follow(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        script = Script(request.prompt)
        if "hang" in script:
            await asyncio.Event().wait()
        steps = request.steps or int(script.number("steps", self._settings.steps))
        loading = script.number("loading", 0)
        started = (self._timelines.started_at(ref) or time.time()) + loading
        seconds = float(ref.extra["seconds"]) - loading
        if loading:
            run.progress(0, "loading")
        failure = self._scripted_failure(script, ref)
        for step in range(1, steps + 1):
            pause = started + seconds * step / steps - time.time()
            if await _cancelled_within(run, pause):
                outcome = Abort(script["abort"][0]) if script.get("abort") else self._timelines.abort(ref)
                if outcome == Abort.FINISHED_FIRST:
                    break
                raise Cancelled(outcome)
            run.progress(step / steps, "sampling", step=step, steps=steps)
            if step % max(1, steps // 4) == 0:
                run.preview(_preview(round(4 * step / steps)))
            if failure and step * 2 >= steps:
                raise failure
        if self._timelines.aborted(ref):
            raise LostRemote(ref.id)
        data = b"not a picture" if "garbage" in script else _picture(request.seed, request.width, request.height, "PNG")
        return Result(data=data, seed=request.seed, facts={"said": "\x00"} if "strange" in script else {})

    def _scripted_failure(self, script: Script, ref: RemoteRef) -> base.EngineError | None:
        if "fail" not in script:
            return None
        code, *times = script["fail"]
        return _FAILURES[code]("scripted") if self._timelines.calls(ref) <= int(times[0] if times else 10**6) else None


class _Timelines:
    """What the simulated remote knows: in memory, or in files that every process sees."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._started: dict[str, float] = {}
        self._aborted: set[str] = set()
        self._calls: Counter[str] = Counter()

    def start(self, ref: RemoteRef) -> None:
        self._started[ref.id] = time.time()
        self._calls[ref.extra["image"]] += 1
        if self._folder:
            fact = {"id": ref.id, "image": ref.extra["image"], "started": self._started[ref.id]}
            (self._folder / f"{ref.id}.json").write_text(json.dumps(fact))

    def started_at(self, ref: RemoteRef) -> float | None:
        if ref.id not in self._started and self._folder and (self._folder / f"{ref.id}.json").exists():
            self._started[ref.id] = json.loads((self._folder / f"{ref.id}.json").read_text())["started"]
        return self._started.get(ref.id)

    def calls(self, ref: RemoteRef) -> int:
        if not self._folder:
            return self._calls[ref.extra["image"]]
        facts = [json.loads(path.read_text()) for path in self._folder.glob("*.json")]
        return sum(fact["image"] == ref.extra["image"] for fact in facts)

    def abort(self, ref: RemoteRef) -> Abort:
        started = self.started_at(ref)
        if started is None:
            return Abort.NEVER_STARTED
        if time.time() >= started + float(ref.extra["seconds"]):
            return Abort.FINISHED_FIRST
        self._aborted.add(ref.id)
        if self._folder:
            (self._folder / f"{ref.id}.aborted").touch()
        return Abort.STOPPED

    def aborted(self, ref: RemoteRef) -> bool:
        return ref.id in self._aborted or bool(self._folder and (self._folder / f"{ref.id}.aborted").exists())


async def _cancelled_within(run: Run, seconds: float) -> bool:
    try:
        await asyncio.wait_for(run.cancel.wait(), max(0.0, seconds))
    except TimeoutError:
        return False
    return True


@lru_cache
def _preview(quarters: int) -> bytes:
    """Made once: a benchmark is about the queue, not about how fast this makes pictures."""
    return _picture(0, 64, 64, "WEBP", quarters / 4)


def _picture(seed: int, width: int, height: int, encoding: str, done: float = 1.0) -> bytes:
    """Paint stripes in colours of the seed; the right part stays grey until it is done."""
    colours = random.Random(seed)  # noqa: S311
    image = Image.new("RGB", (width, height), "grey")
    draw = ImageDraw.Draw(image)
    for stripe in range(8):
        colour = tuple(colours.randrange(40, 230) for _ in range(3))
        if stripe < 8 * done:
            draw.rectangle((width * stripe // 8, 0, width * (stripe + 1) // 8, height), fill=colour)
    output = BytesIO()
    image.save(output, encoding, **({"compress_level": 1} if encoding == "PNG" else {"quality": 60}))
    return output.getvalue()
