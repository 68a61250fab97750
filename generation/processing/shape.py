"""Operations that change a picture's shape: resize, crop, rotate, trim, border."""

import math
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy
from PIL import Image, ImageChops, ImageDraw

from generation.processing.attention import best_window
from generation.processing.operations import Operation, Picture, Size, Work
from generation.processing.parameters import Choice, Colour, Flag, Number, Whole, Wrong, parameter

LANCZOS = Image.Resampling.LANCZOS
MOST_SIDE = 8192
RATIOS = ("1:1", "4:5", "3:4", "2:3", "9:16", "5:4", "4:3", "3:2", "16:9", "2:1")
SMOOTH_EDGE = 4  # corners are drawn so much larger and shrunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Resize(Operation):
    """Scale to a size; one side alone keeps the shape."""

    name: ClassVar = "resize"
    group: ClassVar = "shape"

    width: int | None = parameter(Whole(1, MOST_SIDE, "px"), None)
    height: int | None = parameter(Whole(1, MOST_SIDE, "px"), None)
    fit: str = parameter(Choice(("fit", "fill", "pad", "exact")), "fit")
    background: str | None = parameter(Colour(), None)  # of `pad`; left out: transparent
    enlarge: bool = parameter(Flag(), True)

    def check(self) -> None:
        """One side at least; both where the frame has a shape of its own."""
        if self.width is None and self.height is None:
            raise Wrong("needs_side", "width")
        if self.fit != "fit" and not (self.width and self.height):
            raise Wrong("needs_both_sides", "height" if self.width else "width")

    def size_after(self, size: Size) -> Size:
        """The frame, or what fits into it."""
        return self._scaled(size) if self.fit in ("fit", "exact") else self._frame(size)

    def scaled(self, factor: float) -> Self:
        """Give the same for a smaller frame."""
        width, height = (side and max(1, round(side * factor)) for side in (self.width, self.height))
        return replace(self, width=width, height=height)

    def decode_size(self, size: Size) -> Size | None:
        """What the picture is scaled to before it is cut or padded, when that is smaller."""
        scaled = self._scaled(size)
        return scaled if scaled[0] <= size[0] and scaled[1] <= size[1] and scaled != size else None

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Scale, then cut or pad to the frame."""
        pixels = picture.pixels
        scaled = self._scaled(pixels.size)
        if scaled != pixels.size:
            pixels = pixels.resize(scaled, LANCZOS, reducing_gap=3.0)
        frame = self.size_after(pixels.size)
        if frame == pixels.size:
            return picture.with_pixels(pixels)
        if self.fit == "fill":
            x, y = best_window(pixels, frame)
            return picture.with_pixels(pixels.crop((x, y, x + frame[0], y + frame[1])))
        left, top = (frame[0] - pixels.width) // 2, (frame[1] - pixels.height) // 2
        return picture.with_pixels(_on_canvas(pixels, frame, (left, top), self.background))

    def _frame(self, size: Size) -> Size:
        if self.fit == "fit" or not (self.width and self.height):
            return self._scaled(size)
        return self.width, self.height

    def _scaled(self, size: Size) -> Size:
        wanted = (self.width, self.height)
        if self.fit == "exact" and self.width and self.height:
            return self.width, self.height
        factors = [side / full for side, full in zip(wanted, size, strict=True) if side]
        factor = max(factors) if self.fit == "fill" else min(factors)
        if not self.enlarge and self.fit in ("fit", "pad"):
            factor = min(factor, 1.0)
        longest = min(1.0, MOST_SIDE * 2 / max(size[0] * factor, size[1] * factor))
        return max(1, round(size[0] * factor * longest)), max(1, round(size[1] * factor * longest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop(Operation):
    """Cut out a box, or the largest part of a ratio: where the subject is, or in the middle."""

    name: ClassVar = "crop"
    group: ClassVar = "shape"

    ratio: str | None = parameter(Choice(RATIOS), None)
    focus: str = parameter(Choice(("smart", "centre", "top", "bottom", "left", "right")), "smart")
    left: float = parameter(Number(0, 99, "%"), 0.0)
    top: float = parameter(Number(0, 99, "%"), 0.0)
    width: float = parameter(Number(1, 100, "%"), 100.0)
    height: float = parameter(Number(1, 100, "%"), 100.0)

    def check(self) -> None:
        """Either a ratio or a box inside of the picture."""
        if self.ratio is None and (self.left, self.top, self.width, self.height) == (0.0, 0.0, 100.0, 100.0):
            raise Wrong("needs_ratio_or_box", "ratio")
        for start, length in (("left", "width"), ("top", "height")):
            if getattr(self, start) + getattr(self, length) > 100 and getattr(self, length) != 100:
                raise Wrong("outside", length)

    def size_after(self, size: Size) -> Size:
        """The cut."""
        left, top, right, bottom = self._box(size)
        return (right - left, bottom - top) if self.ratio is None else self._ratio((right - left, bottom - top))

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Cut the box, then the ratio out of it."""
        pixels = picture.pixels.crop(self._box(picture.size))
        if self.ratio is None:
            return picture.with_pixels(pixels)
        window = self._ratio(pixels.size)
        spare = (pixels.width - window[0], pixels.height - window[1])
        x, y = best_window(pixels, window) if self.focus == "smart" else self._anchored(spare)
        return picture.with_pixels(pixels.crop((x, y, x + window[0], y + window[1])))

    def _box(self, size: Size) -> tuple[int, int, int, int]:
        left, top = (round(size[axis] * start / 100) for axis, start in enumerate((self.left, self.top)))
        left, top = min(left, size[0] - 1), min(top, size[1] - 1)
        right = min(size[0], left + max(1, round(size[0] * self.width / 100)))
        bottom = min(size[1], top + max(1, round(size[1] * self.height / 100)))
        return left, top, right, bottom

    def _ratio(self, size: Size) -> Size:
        across, down = (int(part) for part in str(self.ratio).split(":"))
        if size[0] * down > size[1] * across:
            return max(1, round(size[1] * across / down)), size[1]
        return size[0], max(1, round(size[0] * down / across))

    def _anchored(self, spare: Size) -> Size:
        x = {"left": 0, "right": spare[0]}.get(self.focus, spare[0] // 2)
        y = {"top": 0, "bottom": spare[1]}.get(self.focus, spare[1] // 2)
        return x, y


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotate(Operation):
    """Turn clockwise and mirror."""

    name: ClassVar = "rotate"
    group: ClassVar = "shape"

    angle: float = parameter(Number(-180, 180, "°"), 0.0)
    flip: str | None = parameter(Choice(("horizontal", "vertical")), None)
    corners: str = parameter(Choice(("cut", "fill")), "cut")  # what a crooked angle does with the empty corners
    background: str | None = parameter(Colour(), None)  # of filled corners; left out: transparent

    def check(self) -> None:
        """Something must happen."""
        if self.angle == 0 and self.flip is None:
            raise Wrong("needs_angle_or_flip", "angle")

    def size_after(self, size: Size) -> Size:
        """Swapped sides, what is left between the corners, or room for them."""
        if self.angle % 180 == 0:
            return size
        if self.angle % 90 == 0:
            return size[1], size[0]
        if self.corners == "cut":
            return _inside(size, math.radians(self.angle))
        sine, cosine = abs(math.sin(math.radians(self.angle))), abs(math.cos(math.radians(self.angle)))
        return math.ceil(size[0] * cosine + size[1] * sine) + 1, math.ceil(size[0] * sine + size[1] * cosine) + 1

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Mirror, then turn: a quarter without loss, any other angle smoothly."""
        pixels = picture.pixels
        if self.flip:
            way = Image.Transpose.FLIP_LEFT_RIGHT if self.flip == "horizontal" else Image.Transpose.FLIP_TOP_BOTTOM
            pixels = pixels.transpose(way)
        quarter = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
        if self.angle % 90 == 0:
            turns = self.angle % 360
            return picture.with_pixels(pixels.transpose(quarter[int(turns)]) if turns else pixels)
        return picture.with_pixels(self._turned(pixels))

    def _turned(self, pixels: Image.Image) -> Image.Image:
        bicubic = Image.Resampling.BICUBIC
        if self.corners == "cut":
            turned = pixels.rotate(-self.angle, bicubic, expand=True)
            width, height = _inside(pixels.size, math.radians(self.angle))
            left, top = (turned.width - width) // 2, (turned.height - height) // 2
            return turned.crop((left, top, left + width, top + height))
        turned = pixels.convert("RGBA").rotate(-self.angle, bicubic, expand=True)
        return _on_canvas(turned, turned.size, (0, 0), self.background)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trim(Operation):
    """Cut off an even or transparent margin."""

    name: ClassVar = "trim"
    group: ClassVar = "shape"

    tolerance: int = parameter(Whole(0, 100), 12)  # how far a colour may be from the corner's
    margin: float = parameter(Number(0, 25, "%"), 0.0)  # what is left around the subject

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Find what differs from the corner and cut to it; a picture of one colour stays whole."""
        pixels = picture.pixels
        box = self._subject(pixels)
        if box is None:
            return picture
        extra = round(self.margin / 100 * max(box[2] - box[0], box[3] - box[1]))
        left, top = max(0, box[0] - extra), max(0, box[1] - extra)
        return picture.with_pixels(
            pixels.crop((left, top, min(pixels.width, box[2] + extra), min(pixels.height, box[3] + extra)))
        )

    def _subject(self, pixels: Image.Image) -> tuple[int, int, int, int] | None:
        if pixels.mode == "RGBA":
            alpha = pixels.getchannel("A")
            if alpha.getextrema()[0] == 0:
                return alpha.point(lambda value: 255 if value > 8 else 0).getbbox()
        plain = pixels.convert("RGB")
        paper = Image.new("RGB", plain.size, plain.getpixel((0, 0)))
        channels = ImageChops.difference(plain, paper).split()
        largest = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
        return largest.point(lambda value: 255 if value > self.tolerance else 0).getbbox()


@dataclass(frozen=True, slots=True, kw_only=True)
class Border(Operation):
    """Frame the picture and round its corners."""

    name: ClassVar = "border"
    group: ClassVar = "shape"

    size: float = parameter(Number(0, 25, "%"), 4.0)  # of the shorter side
    colour: str = parameter(Colour(), "#ffffff")
    corners: float = parameter(Number(0, 50, "%"), 0.0)  # radius, of the shorter side

    def check(self) -> None:
        """Something must happen."""
        if not self.size and not self.corners:
            raise Wrong("needs_border_or_corners", "size")

    def size_after(self, size: Size) -> Size:
        """The frame comes around the picture."""
        thick = self._thickness(size)
        return size[0] + 2 * thick, size[1] + 2 * thick

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Put the frame around and cut the corners away, those of the picture as well as those of the frame."""
        size, thick = self.size_after(picture.size), self._thickness(picture.size)
        radius = self.corners / 100 * min(size)
        pixels = _with_corners(picture.pixels, radius - thick)
        if thick:
            pixels = _with_corners(_on_canvas(pixels, size, (thick, thick), self.colour), radius)
        return picture.with_pixels(pixels)

    def _thickness(self, size: Size) -> int:
        return round(min(size) * self.size / 100)


def _on_canvas(pixels: Image.Image, size: Size, place: Size, background: str | None) -> Image.Image:
    """Put a picture on a larger, coloured or transparent one."""
    if background is None:
        canvas = Image.new("RGBA", size)
        canvas.paste(pixels, place)
        return canvas
    canvas = Image.new("RGB", size, background)
    canvas.paste(pixels, place, pixels.getchannel("A") if pixels.mode == "RGBA" else None)
    return canvas


def _inside(size: Size, angle: float) -> Size:
    """Give the largest upright part without empty corners of a picture that was turned by `angle`."""
    width, height = size
    sine, cosine = abs(math.sin(angle)), abs(math.cos(angle))
    long, short = max(size), min(size)
    if short <= 2 * sine * cosine * long:  # two corners of the part lie on one long side
        half = short / 2
        wide, high = (half / sine, half / cosine) if width >= height else (half / cosine, half / sine)
    else:
        double = cosine * cosine - sine * sine
        wide, high = (width * cosine - height * sine) / double, (height * cosine - width * sine) / double
    return max(1, math.floor(wide) - 1), max(1, math.floor(high) - 1)


def _with_corners(pixels: Image.Image, radius: float) -> Image.Image:
    """Cut the corners away; transparency that is there stays."""
    if radius < 1:
        return pixels
    cut = pixels.convert("RGBA")
    cut.putalpha(ImageChops.multiply(cut.getchannel("A"), _rounded(pixels.size, round(radius))))
    return cut


def _rounded(size: Size, radius: int) -> Image.Image:
    """Draw a mask with round corners: one quarter large, shrunk, and put into all four."""
    corner = Image.new("L", (radius * SMOOTH_EDGE,) * 2)
    ImageDraw.Draw(corner).ellipse((0, 0, 2 * corner.width - 1, 2 * corner.height - 1), fill=255)
    quarter = numpy.asarray(corner.resize((radius, radius), Image.Resampling.BOX))
    mask = numpy.full(size[::-1], 255, numpy.uint8)
    mask[:radius, :radius], mask[:radius, -radius:] = quarter, quarter[:, ::-1]
    mask[-radius:, :radius], mask[-radius:, -radius:] = quarter[::-1], quarter[::-1, ::-1]
    return Image.fromarray(mask)
