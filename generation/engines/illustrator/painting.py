"""One picture from its order to its pixels, stage by stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy
from PIL import Image

PREVIEW_SIDE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to paint; sizes in pixels, `strength` from 0 (keep the reference) to 1."""

    prompt: str
    width: int
    height: int
    seed: int
    negative_prompt: str = ""
    style: str = ""
    strength: float | None = None
    reference: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A finished part of the work."""

    name: str
    fraction: float
    image: Image.Image

    def preview(self) -> bytes:
        """The picture so far, small, as WebP."""
        small = self.image.copy()
        small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
        output = BytesIO()
        small.save(output, "WEBP", quality=75, method=0)
        return output.getvalue()


class Painting:
    """One picture in the making."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.facts: dict[str, list[str]] = {"drawn": [], "not_understood": []}
        self.image = Image.new("RGB", (order.width, order.height))

    def stages(self) -> Iterator[Stage]:
        """Paint, and yield after each part of the work."""
        for number, name in enumerate(("words", "background", "subjects", "style"), 1):
            pixels = numpy.random.default_rng(self.order.seed + number).integers(0, 255, (8, 8, 3), numpy.uint8)
            self.image = Image.fromarray(pixels).resize(self.image.size, Image.Resampling.BICUBIC)
            yield Stage(name, number / 4, self.image)

    def png(self) -> bytes:
        """The picture as it stands, encoded fast rather than small."""
        output = BytesIO()
        self.image.save(output, "PNG", compress_level=1)
        return output.getvalue()
