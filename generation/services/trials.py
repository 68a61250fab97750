"""One health check and one small picture, for an admin who wants to see whether an engine works."""

import asyncio
import base64
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from asgiref.sync import async_to_sync
from django.utils.translation import gettext
from PIL import Image

from generation import registry
from generation.engines.base import (
    CancelToken,
    Capabilities,
    Engine,
    EngineError,
    GenerateRequest,
    Mode,
    Probe,
    RemoteRef,
)
from generation.engines.settings import InvalidSettings, Problem
from generation.models import Engine as EngineRow
from generation.processing.pictures import InvalidPicture, inspect
from generation.services.engines import UNFIT
from generation.services.making import call_engine
from generation.services.messages import remedy

CHECK_SECONDS = 15.0
LONGEST = 180.0  # seconds for the picture
SIDE = 512  # pixels, where the engine takes that
SEED = 7


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it, in the active language. `picture` is a data address of a small WebP."""

    probe: Probe | None = None  # none where the settings make no engine
    health: str = ""  # why it is not well, and the remedy
    said: str = ""  # by the engine, about its health
    problems: Sequence[str] = ()
    picture: str = ""
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    facts: dict[str, Any] | None = None
    error: str = ""  # why there is no picture, and the remedy
    detail: str = ""

    @property
    def lamp(self) -> Literal["good", "wait", "bad"]:
        """Give the colour of its health: amber while some servers are away."""
        if not self.probe or not self.probe.healthy:
            return "bad"
        return "good" if self.probe.answering == self.probe.servers else "wait"


class TrialRun:
    """A run that nobody follows."""

    def __init__(self, seconds: float) -> None:
        self.cancel = CancelToken()
        self.deadline = asyncio.get_running_loop().time() + seconds

    async def checkpoint(self, ref: RemoteRef) -> None:
        """Remember nothing: a trial is not taken up again."""

    def progress(self, fraction: float, stage: str = "", *, step: int | None = None, steps: int | None = None) -> None:
        """Show nothing."""

    def preview(self, data: bytes) -> None:
        """Show nothing."""

    def settle(self) -> None:
        """Free nothing: a trial has no slot."""


def try_engine(row: EngineRow, prompt: str) -> Trial:
    """Ask an engine for its health, then for a picture, beside its lane and without credits; never raises."""
    return async_to_sync(_try)(row, prompt)


def check_engine(row: EngineRow) -> list[str]:
    """Say what an engine lacks of what its settings name, in the active language; nothing where it is away."""
    return async_to_sync(_lacks)(row)


async def _lacks(row: EngineRow) -> list[str]:
    try:
        engine = registry.create(row)
    except UNFIT as error:
        return _unfit(row, error)
    try:
        _, problems = await _check(engine)
        return _words(problems)
    finally:
        await engine.close()


async def _try(row: EngineRow, prompt: str) -> Trial:
    try:
        engine = registry.create(row)
    except UNFIT as error:
        return Trial(problems=_unfit(row, error))
    try:
        probe, problems = await _check(engine)
        facts: dict[str, Any] = {"probe": probe, "said": _translated(probe.detail), "problems": _words(problems)}
        if not probe.healthy:
            return Trial(**facts, health=remedy(probe.code or "engine_failed"))
        return Trial(**facts, **await _picture(engine, row, prompt))
    finally:
        await engine.close()


async def _check(engine: Engine) -> tuple[Probe, list[Problem]]:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await engine.probe(), await engine.check()
    except Exception as error:  # an adapter must not, but this is where its author learns of it
        return Probe(healthy=False, detail=repr(error), code="internal", answering=0), []


def _words(problems: Iterable[Problem]) -> list[str]:
    return [
        gettext(problem.message) % {name: _translated(str(value)) for name, value in problem.values.items()}
        for problem in problems
    ]


def _unfit(row: EngineRow, error: Exception) -> list[str]:
    """Say why the settings make no engine, each problem with the name of its field."""
    if not isinstance(error, InvalidSettings):
        return [str(error)]
    labels = {setting.name: gettext(setting.label) for setting in registry.settings_of(row.kind)}
    names = [labels.get(problem.setting, problem.setting) for problem in error.problems]
    return [f"{name}: {words}" for name, words in zip(names, _words(error.problems), strict=True)]


def _translated(detail: str) -> str:
    """Put our own words before the colon into the active language; what was said elsewhere stays as it is."""
    ours, colon, rest = detail.partition(": ")
    words = gettext(ours) if ours else ""
    if not colon or words == ours:
        return words + colon + rest
    return gettext("%(field)s: %(message)s") % {"field": words, "message": rest}


async def _picture(engine: Engine, row: EngineRow, prompt: str) -> dict[str, Any]:
    started = time.monotonic()
    try:
        run = TrialRun(min(row.time_limit, LONGEST))
        result = await call_engine(engine, _request(engine.capabilities, prompt), run)
        seen = await asyncio.to_thread(inspect, result.data)
    except EngineError as error:
        return {"error": remedy(error.code), "detail": _translated(error.detail)}
    except InvalidPicture as error:
        return {"error": remedy("bad_result"), "detail": error.code}
    except Exception as error:  # as in the drain, where it fails one picture
        return {"error": remedy("internal"), "detail": repr(error)}
    return {
        "picture": f"data:image/webp;base64,{base64.b64encode(seen.renditions.thumbnail).decode()}",
        "width": seen.width, "height": seen.height, "facts": dict(result.facts),
        "seconds": round(time.monotonic() - started, 1),
    }  # fmt: skip


def _request(can: Capabilities, prompt: str) -> GenerateRequest:
    """Ask for the smallest thing that every engine of this kind can do."""
    mode = next(mode for mode in (Mode.TEXT_TO_IMAGE, Mode.IMAGE_TO_IMAGE, Mode.INPAINT) if mode in can.modes)
    rule = can.size
    side = min(max(SIDE, rule.minimum), rule.maximum)
    side = -(-side // rule.multiple) * rule.multiple
    reference = _plain(side, (180, 200, 220)) if mode != Mode.TEXT_TO_IMAGE else None
    mask = _plain(side, (255, 255, 255)) if mode == Mode.INPAINT else None
    return GenerateRequest(
        mode=mode, prompt=prompt, width=side, height=side, seed=SEED, reference=reference, mask=mask,
        strength=0.6 if can.strength and mode == Mode.IMAGE_TO_IMAGE else None,
    )  # fmt: skip


def _plain(side: int, colour: tuple[int, int, int]) -> bytes:
    output = BytesIO()
    Image.new("RGB", (side, side), colour).save(output, "PNG")
    return output.getvalue()
