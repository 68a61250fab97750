"""How long a picture takes: measured per engine, model and size, and foretold from that.

Sizes count in steps of a half doubling of the pixels: 0 is a megapixel, 2 is two of them, −4 a quarter.
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


def pace_key(engine: int, model: str, width: int, height: int) -> PaceKey:
    """Give what a picture's seconds count for."""
    return PaceKey(engine, model, round(2 * math.log2(max(1, width * height) / MEGAPIXEL)))


def record_paces(measured: Mapping[PaceKey, Sequence[float]]) -> None:
    """Take measured seconds into the means; two drains that do so at once take turns."""
    for key, seconds in sorted(measured.items()):
        if not Engine.objects.filter(pk=key.engine).exists():
            continue  # deleted meanwhile
        with transaction.atomic():
            pace, _ = Pace.objects.get_or_create(engine_id=key.engine, model=key.model, size=key.size)
            pace = Pace.objects.select_for_update().get(pk=pace.pk)
            for taken in seconds:
                pace.count += 1
                pace.seconds += (taken - pace.seconds) / min(pace.count, MEMORY)
            Pace.objects.filter(pk=pace.pk).update(count=pace.count, seconds=pace.seconds)


def expected_seconds(engine: Engine, model: str, width: int, height: int) -> float:
    """Foretell a picture's seconds: as measured, or as the nearest size went, else as the engine's row says."""
    said = _said(engine, width * height)
    known = [pace for pace in engine.paces.all() if pace.count >= LEAST]
    if not known:
        return said
    wanted = pace_key(engine.pk, model, width, height)
    nearest = min(known, key=lambda pace: (pace.model != model, abs(pace.size - wanted.size)))
    if nearest.size == wanted.size:
        return nearest.seconds
    return nearest.seconds * said / max(0.001, _said(engine, MEGAPIXEL * 2 ** (nearest.size / 2)))


def _said(engine: Engine, pixels: float) -> float:
    return engine.base_seconds + engine.megapixel_seconds * pixels / MEGAPIXEL
