"""Find the subject of a picture, and put something else behind it."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from generation.processing import sessions
from generation.processing.operations import NoSubject, Operation, Picture, Size, Work, megapixels
from generation.processing.parameters import Choice, Colour, Number, PictureId, Wrong, parameter

SIDE = 320  # what the network looks at
SEEN = 0.3  # of 1: how sure the network must be of something; it is of every subject, and of nothing on a plain ground
MEAN, SPREAD = numpy.array([0.485, 0.456, 0.406]), numpy.array([0.229, 0.224, 0.225])
Field = NDArray[numpy.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background(Operation):
    """Take the background away, or put another one there."""

    name: ClassVar = "background"
    group: ClassVar = "ai"

    fill: str = parameter(Choice(("transparent", "colour", "gradient", "blur", "picture")), "transparent")
    colour: str = parameter(Colour(), "#ffffff")
    second_colour: str = parameter(Colour(), "#c9d3e0")  # at the foot of a gradient
    picture: str | None = parameter(PictureId(), None)
    shadow: float = parameter(Number(0, 100, "%"), 0.0)

    def check(self) -> None:
        """A picture behind needs its name."""
        if self.fill == "picture" and self.picture is None:
            raise Wrong("required", "picture")

    def check_installed(self) -> None:
        """The network comes along, what runs it does not."""
        sessions.in_package("onnxruntime", "")

    def seconds(self, size: Size) -> float:
        """The network takes as long for every size; its edges do not."""
        return 0.4 + 0.6 * megapixels(size)

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Cut the subject out and lay it on what was asked for. Raises `NoSubject`."""
        pixels = picture.pixels.convert("RGB")
        alpha = subject_mask(pixels)
        work.tell(0.6)
        subject = clean_edges(pixels, alpha)
        cut = Image.fromarray((alpha * 255 + 0.5).astype(numpy.uint8))
        if picture.pixels.mode == "RGBA":
            cut = Image.composite(cut, Image.new("L", cut.size), picture.pixels.getchannel("A"))
        subject.putalpha(cut)
        behind = self._behind(pixels, work)
        if self.shadow:
            behind = _shaded(behind, cut, self.shadow / 100)
        behind.alpha_composite(subject)
        return picture.with_pixels(behind if self.fill == "transparent" else behind.convert("RGB"))

    def _behind(self, pixels: Image.Image, work: Work) -> Image.Image:
        match self.fill:
            case "transparent":
                return Image.new("RGBA", pixels.size)
            case "colour":
                return Image.new("RGBA", pixels.size, self.colour)
            case "gradient":
                ramp = Image.linear_gradient("L").resize(pixels.size, Image.Resampling.BILINEAR)
                return ImageOps.colorize(ramp, self.colour, self.second_colour).convert("RGBA")
            case "blur":
                return pixels.filter(ImageFilter.GaussianBlur(max(pixels.size) / 60)).convert("RGBA")
            case _:
                return ImageOps.fit(work.pictures[str(self.picture)].convert("RGBA"), pixels.size)


def subject_mask(pixels: Image.Image) -> Field:
    """Tell for each pixel how much it belongs to the subject, 0 … 1. Raises `NoSubject`."""
    net = sessions.onnx(sessions.OURS / "u2netp.onnx")
    small = numpy.asarray(pixels.resize((SIDE, SIDE), Image.Resampling.LANCZOS), numpy.float32)
    small = (small / max(1.0, float(small.max())) - MEAN) / SPREAD
    seen = net.run(None, {net.get_inputs()[0].name: small.transpose(2, 0, 1)[None].astype(numpy.float32)})[0][0, 0]
    if seen.max() < SEEN:
        raise NoSubject
    seen = (seen - seen.min()) / max(1e-6, float(seen.max() - seen.min()))
    mask = numpy.asarray(Image.fromarray(seen.astype(numpy.float32)).resize(pixels.size, Image.Resampling.BICUBIC))
    grey = numpy.asarray(pixels.convert("L"), numpy.float32) / 255
    fine = _guided(grey, numpy.clip(mask, 0, 1), radius=max(2, max(pixels.size) // 100))
    steps = numpy.clip((fine - 0.12) / 0.76, 0, 1)  # faint ghosts go, faint holes close
    alpha = numpy.asarray(steps * steps * (3 - 2 * steps), numpy.float32)
    # Haze far from everything certain is no hair: it goes; a line of three pixels is enough to be certain.
    certain = _blur(numpy.asarray(alpha > 0.85, numpy.float32), radius=max(4, max(pixels.size) // 60))
    return alpha * numpy.clip(12 * certain, 0, 1)


def clean_edges(pixels: Image.Image, alpha: Field) -> Image.Image:
    """Give the subject's own colours along its edge, without the old background that shines through there."""
    colours = numpy.asarray(pixels, numpy.float32) / 255
    guess, behind = colours, colours
    for radius in (max(4, max(pixels.size) // 30), 4):
        weight = _blur(alpha, radius)[..., None] + 1e-4
        rest = 1 - weight + 2e-4
        guess = _blur(guess * alpha[..., None], radius) / weight
        behind = _blur(behind * (1 - alpha[..., None]), radius) / rest
        own = alpha[..., None]
        guess = numpy.clip(guess + own * (colours - own * guess - (1 - own) * behind), 0, 1)
    return Image.fromarray((guess * 255 + 0.5).astype(numpy.uint8))


def _guided(guide: Field, mask: Field, radius: int, softness: float = 1e-4) -> Field:
    """Let a coarse mask follow the edges of the picture (guided filter of He, Sun and Tang)."""
    mean_guide, mean_mask = _blur(guide, radius), _blur(mask, radius)
    together = _blur(guide * mask, radius) - mean_guide * mean_mask
    slope = together / (_blur(guide * guide, radius) - mean_guide**2 + softness)
    shift = mean_mask - slope * mean_guide
    return numpy.asarray(numpy.clip(_blur(slope, radius) * guide + _blur(shift, radius), 0, 1))


def _blur(values: Field, radius: int) -> Field:
    """Average over a square, by running sums: as fast for a large one as for a small one."""
    for axis in (0, 1):
        length = values.shape[axis]
        reach = min(radius, length - 1)
        margins = [(0, 0)] * values.ndim
        margins[axis] = (reach + 1, reach)
        sums = numpy.pad(values, margins, mode="edge").cumsum(axis=axis, dtype=numpy.float64)
        upper = sums.take(range(2 * reach + 1, 2 * reach + 1 + length), axis=axis)
        values = ((upper - sums.take(range(length), axis=axis)) / (2 * reach + 1)).astype(numpy.float32)
    return values


def _shaded(behind: Image.Image, subject: Image.Image, amount: float) -> Image.Image:
    """Lay the subject's soft shadow on the background, a little below it."""
    side = min(behind.size)
    fallen = Image.new("L", behind.size)
    fallen.paste(subject, (0, side // 40))
    fallen = fallen.filter(ImageFilter.GaussianBlur(side / 45)).point(lambda value: round(value * 0.6 * amount))
    shade = Image.new("RGBA", behind.size, "#000000")
    shade.putalpha(fallen)
    return Image.alpha_composite(behind, shade)
