"""Engines that break the rules, each in its own way, and one that has its pictures fetched."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from generation.engines.base import Abort, Cancelled, GenerateRequest, Result, Run
from generation.engines.settings import setting
from generation.engines.simulated import Simulated, SimulatedSettings


@dataclass(frozen=True, kw_only=True)
class OddSettings(SimulatedSettings):
    """What is wrong."""

    does: str = setting("text", "What it does")


class Odd(Simulated):
    """A simulated engine whose setting `does` says what is wrong with it."""

    Settings: ClassVar = OddSettings

    def __init__(self, settings: OddSettings, *, slots: int) -> None:
        if settings.does == "break at its making":
            raise RuntimeError("no licence")
        super().__init__(SimulatedSettings(seconds=0.05), slots=slots)
        self._does = settings.does

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Make a picture, more or less."""
        match self._does:
            case "raise":
                raise RuntimeError("a bug in an adapter")
            case "cancel itself":
                raise asyncio.CancelledError
            case "be stopped by somebody else":
                raise Cancelled(Abort.STOPPED)
            case "be odd in numbers":
                run.progress(Decimal("0.5"), "sampling")  # type: ignore[arg-type]  # that is what is odd
        result = await super().generate(request, run)
        return Result(result.data, result.seed, {"cost": Decimal(1), "unknown": object()})


class Remote(Simulated):
    """A simulated engine whose picture is fetched for so long that the next one begins meanwhile."""

    def __init__(self, settings: SimulatedSettings, *, slots: int) -> None:
        super().__init__(settings, slots=slots)
        self._begun = 0

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Make a picture, and give it once both have begun."""
        self._begun += 1
        result = await super().generate(request, run)
        run.settle()
        async with asyncio.timeout(10):
            while self._begun < 2:
                await asyncio.sleep(0.01)
        return result
