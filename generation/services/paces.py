"""How long a picture takes: measured per engine, model, size and steps, and foretold from that.

Sizes count in half doublings of the pixels: 0 is a megapixel, 2 is two of them, −4 a quarter. So do steps: 1 is one
step, 3 is two, 5 is four; 0 is as many as the engine takes where the member names none.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from generation.models import Engine, Pace

MEGAPIXEL = 1024 * 1024  # pixels, as prices count them: 1024 × 1024 costs one
LEAST = 3  # pictures before the mean is believed
MEMORY = 30  # later pictures count as if there had been so many: an engine that became faster is soon known to be


class PaceKey(NamedTuple):
    """What a pace is of."""

    engine: int
    model: str
    size: int
    steps: int


def pace_key(engine: int, model: str, width: int, height: int, steps: int | None) -> PaceKey:
    """Give what a picture's seconds count for."""
    size = round(2 * math.log2(max(1, width * height) / MEGAPIXEL))
    return PaceKey(engine, model, size, 1 + round(2 * math.log2(steps)) if steps and steps > 0 else 0)


def record_paces(measured: Mapping[PaceKey, Sequence[float]]) -> None:
    """Take measured seconds into the means; two drains that do so at once take turns."""
    for key, seconds in sorted(measured.items()):
        if not Engine.objects.filter(pk=key.engine).exists():
            continue  # deleted meanwhile
        with transaction.atomic():
            pace, _ = Pace.objects.get_or_create(engine_id=key.engine, model=key.model, size=key.size, steps=key.steps)
            pace = Pace.objects.select_for_update().get(pk=pace.pk)
            for taken in seconds:
                pace.count += 1
                pace.seconds += (taken - pace.seconds) / min(pace.count, MEMORY)
            Pace.objects.filter(pk=pace.pk).update(count=pace.count, seconds=pace.seconds)


def expected_seconds(engine: Engine, model: str, width: int, height: int, steps: int | None = None) -> float:
    """Foretell a picture's seconds: as measured, or as what is nearest to it went, else as the engine's row says.

    Twice the steps take twice the time; `steps` is None where the engine chooses.
    """
    said = _said(engine, width * height)
    known = [pace for pace in engine.paces.all() if pace.count >= LEAST]
    if not known:
        return said
    wanted = pace_key(engine.pk, model, width, height, steps)
    nearest = min(known, key=lambda pace: _distance(pace, wanted))
    seconds = nearest.seconds
    if nearest.size != wanted.size:
        seconds *= said / max(0.001, _said(engine, MEGAPIXEL * 2 ** (nearest.size / 2)))
    if nearest.steps and wanted.steps:
        seconds *= 2 ** ((wanted.steps - nearest.steps) / 2)
    return seconds


def _distance(pace: Pace, wanted: PaceKey) -> tuple[bool, bool, int]:
    """Tell how far a measured pace is from what is wanted, what matters most first."""
    apart = abs(pace.size - wanted.size) + abs(pace.steps - wanted.steps)
    return pace.model != wanted.model, bool(pace.steps) != bool(wanted.steps), apart


def _said(engine: Engine, pixels: float) -> float:
    return engine.base_seconds + engine.megapixel_seconds * pixels / MEGAPIXEL
