"""The operation that changes colours."""

from dataclasses import dataclass
from typing import ClassVar

import numpy
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from generation.processing.operations import Operation, Picture, Work
from generation.processing.parameters import Choice, Number, Wrong, parameter

PERCENT = Number(-100, 100, "%")
SEPIA = ((0.393, 0.769, 0.189, 0), (0.349, 0.686, 0.168, 0), (0.272, 0.534, 0.131, 0))
ENHANCERS = {
    "brightness": ImageEnhance.Brightness, "contrast": ImageEnhance.Contrast, "saturation": ImageEnhance.Color,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour(Operation):
    """Correct or change the colours."""

    name: ClassVar = "colour"
    group: ClassVar = "colour"

    auto: float = parameter(Number(0, 100, "%"), 0.0)  # evens out light and tint; 70 is natural
    brightness: float = parameter(PERCENT, 0.0)
    contrast: float = parameter(PERCENT, 0.0)
    saturation: float = parameter(PERCENT, 0.0)
    temperature: float = parameter(PERCENT, 0.0)  # below 0 colder, above warmer
    sharpen: float = parameter(Number(0, 100, "%"), 0.0)
    filter: str | None = parameter(Choice(("greyscale", "sepia")), None)

    def check(self) -> None:
        """Something must happen."""
        if self == Colour():
            raise Wrong("needs_a_change", "auto")

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Correct first, then change, then sharpen; transparency stays as it is."""
        pixels = picture.pixels.convert("RGB")
        if self.auto:
            pixels = Image.blend(pixels, ImageOps.autocontrast(pixels, cutoff=0.5), self.auto / 100)
        if self.temperature:
            pixels = _warmed(pixels, self.temperature / 100)
        for name, enhancer in ENHANCERS.items():
            if amount := getattr(self, name):
                pixels = enhancer(pixels).enhance(1 + amount / 100)
        if self.filter == "greyscale":
            pixels = pixels.convert("L").convert("RGB")
        elif self.filter == "sepia":
            pixels = pixels.convert("RGB", tuple(value for row in SEPIA for value in row))
        if self.sharpen:
            pixels = pixels.filter(ImageFilter.UnsharpMask(radius=1.6, percent=round(self.sharpen * 2), threshold=2))
        if picture.pixels.mode == "RGBA":
            pixels.putalpha(picture.pixels.getchannel("A"))
        return picture.with_pixels(pixels)


def _warmed(pixels: Image.Image, amount: float) -> Image.Image:
    """Shift between blue and orange, about as bright as before."""
    ramp = numpy.arange(256) / 255
    gains = (1 + 0.22 * amount, 1 + 0.02 * amount, 1 - 0.25 * amount)
    table = [numpy.clip(ramp * gain * 255 + 0.5, 0, 255).astype(int).tolist() for gain in gains]
    return pixels.point([value for channel in table for value in channel])
