"""The operation that chooses the file: format, quality or weight, metadata."""

from dataclasses import dataclass, replace
from typing import ClassVar, cast

from generation.processing.encoding import Format, flatten
from generation.processing.operations import Operation, Picture, Work
from generation.processing.parameters import Choice, Colour, Whole, Wrong, parameter

FORMATS = {"png": "png", "jpeg": "jpg", "webp": "webp", "webp-lossless": "webp", "avif": "avif"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Convert(Operation):
    """Write as another kind of file, by quality or by weight."""

    name: ClassVar = "convert"
    group: ClassVar = "file"

    format: str = parameter(Choice(tuple(FORMATS)))
    quality: int = parameter(Whole(1, 100), 85)
    at_most: int | None = parameter(Whole(5, 50_000, "kB"), None)
    background: str = parameter(Colour(), "#ffffff")  # under what is transparent, where the format has no transparency
    metadata: str = parameter(Choice(("strip", "keep")), "strip")

    def check(self) -> None:
        """A weight needs a quality to give way."""
        if self.at_most is not None and self.format in ("png", "webp-lossless"):
            raise Wrong("no_weight_without_loss", "at_most")

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Note how the picture is to be written; it is encoded once, when the recipe is through."""
        output = replace(
            picture.output,
            format=cast(Format, FORMATS[self.format]),
            quality=self.quality,
            lossless=self.format == "webp-lossless",
            at_most=self.at_most * 1000 if self.at_most else None,
            background=self.background,
            notes=picture.output.notes if self.metadata == "keep" else {},
        )
        pixels = picture.pixels if output.keeps_transparency else flatten(picture.pixels, output.background)
        return Picture(pixels, output)
