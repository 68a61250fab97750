"""Operations that write on a picture: watermark, logo, title. Ink and halo follow what lies under them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Self

import numpy
from PIL import Image, ImageChops, ImageFilter, ImageStat

from generation.processing import lettering
from generation.processing.operations import Operation, Picture, Size, Work
from generation.processing.parameters import Choice, Colour, Flag, Number, PictureId, Text, parameter

PLACES = (
    *("top-left", "top", "top-right", "left", "centre", "right"),
    *("bottom-left", "bottom", "bottom-right"),
)
LIGHT, DARK = (255, 255, 255), (16, 16, 20)
TILT = 30  # degrees, of tiled marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Watermark(Operation):
    """Write a line of words on the picture, once or all over."""

    name: ClassVar = "watermark"
    group: ClassVar = "marks"

    text: str = parameter(Text(120))
    place: str = parameter(Choice(PLACES), "bottom-right")
    tiled: bool = parameter(Flag(), False)
    size: float = parameter(Number(1, 20, "%"), 4.0)  # of the shorter side
    opacity: float = parameter(Number(5, 100, "%"), 80.0)

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Write in light or dark ink, whichever is seen better there, with a soft halo of the other."""
        size = round(min(picture.size) * self.size / 100)
        margin = max(4, round(min(picture.size) * 0.03))
        line = " ".join(self.text.split())
        room = (max(1, picture.size[0] - 2 * margin), picture.size[1])
        if self.tiled:
            stamp = _tiled(line, room, size, picture.size, self.opacity * 0.55 / 100)
            return picture.with_pixels(_stamped(picture.pixels, stamp, (0, 0)))
        stamp = _line(line, room, size, self.opacity / 100)
        at = _place(picture.size, stamp.letters.size, self.place, max(0, margin - stamp.edge))
        return picture.with_pixels(_stamped(picture.pixels, stamp, at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo(Operation):
    """Lay another picture over this one."""

    name: ClassVar = "logo"
    group: ClassVar = "marks"

    picture: str = parameter(PictureId())
    place: str = parameter(Choice(PLACES), "bottom-right")
    size: float = parameter(Number(2, 100, "%"), 18.0)  # width, of the picture's
    opacity: float = parameter(Number(5, 100, "%"), 100.0)
    margin: float = parameter(Number(0, 20, "%"), 3.0)  # of the shorter side

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Scale the logo to the picture and lay it there."""
        logo = work.pictures[self.picture].convert("RGBA")
        width = picture.size[0] * self.size / 100
        factor = min(width / logo.width, picture.size[1] / logo.height)
        sides = max(1, round(logo.width * factor)), max(1, round(logo.height * factor))
        logo = logo.resize(sides, Image.Resampling.LANCZOS, reducing_gap=2.0)
        if self.opacity < 100:
            logo.putalpha(logo.getchannel("A").point(lambda value: round(value * self.opacity / 100)))
        at = _place(picture.size, logo.size, self.place, round(min(picture.size) * self.margin / 100))
        pixels = picture.pixels.copy()
        if pixels.mode == "RGBA":
            pixels.alpha_composite(logo, at)
        else:
            pixels.paste(logo, at, logo)
        return picture.with_pixels(pixels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Operation):
    """Write a title for a cover, in lines that are broken well, on a veil that keeps it readable."""

    name: ClassVar = "title"
    group: ClassVar = "marks"

    text: str = parameter(Text(200))
    subtitle: str | None = parameter(Text(200), None)
    place: str = parameter(Choice(("top", "middle", "bottom")), "bottom")
    align: str = parameter(Choice(("left", "centre", "right")), "left")
    font: str = parameter(Choice(("sans", "serif")), "sans")
    size: float = parameter(Number(2, 30, "%"), 10.0)  # of the shorter side
    colour: str | None = parameter(Colour(), None)  # left out: light or dark, as the picture asks
    veil: float = parameter(Number(0, 100, "%"), 55.0)

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Set title and subtitle into one block and print it over the veil."""
        width, height = picture.size
        margin = max(6, round(min(picture.size) * 0.07))
        box = (max(8, width - 2 * margin), max(8, height - 2 * margin))
        letters = round(min(picture.size) * self.size / 100)
        title = lettering.fit(self.text, (box[0], box[1] * 2 // 3), letters, self.font)
        under = (
            lettering.fit(self.subtitle, (box[0], box[1] // 4), letters * 2 // 5, self.font) if self.subtitle else None
        )
        gap = round(letters * 0.3) if under else 0
        block = title.height + gap + (under.height if under else 0)
        top = {"top": margin, "middle": (height - block) // 2, "bottom": height - margin - block}[self.place]
        mask = Image.new("L", (width, block + 2 * margin))
        for text, down in ((title, margin), (under, margin + title.height + gap)):
            if text:
                left = {"left": margin, "centre": (width - text.width) // 2, "right": width - margin - text.width}
                lettering.draw(mask, (left[self.align], down), text, self.align)
        return picture.with_pixels(self._printed(picture.pixels, mask, top - margin))

    def _printed(self, pixels: Image.Image, mask: Image.Image, top: int) -> Image.Image:
        alpha = pixels.getchannel("A") if pixels.mode == "RGBA" else None
        pixels = pixels.convert("RGB")
        spot = (0, max(0, top), pixels.width, min(pixels.height, top + mask.height))
        dark_ink = _brightness(pixels.crop(spot)) > (140 if self.veil < 20 else 190)
        ink = self.colour or ("#101014" if dark_ink else "#ffffff")
        veil = LIGHT if _luma(ink) < 110 else DARK
        pixels = pixels.copy()
        shade = _veil(pixels.size, self.place, self.veil / 100, mask.height)
        pixels.paste(veil, (0, 0), shade)
        halo = mask.filter(ImageFilter.GaussianBlur(max(2, mask.height // 40))).point(lambda value: value // 3)
        pixels.paste(veil, (0, top), halo)
        pixels.paste(ink, (0, top), mask)
        if alpha:
            pixels.putalpha(alpha)
        return pixels


def _place(size: Size, mark: Size, place: str, margin: int) -> Size:
    """Give where a mark of this size goes."""
    spare = (size[0] - mark[0], size[1] - mark[1])
    x = margin if "left" in place else spare[0] - margin if "right" in place else spare[0] // 2
    y = margin if "top" in place else spare[1] - margin if "bottom" in place else spare[1] // 2
    return max(0, min(x, spare[0])), max(0, min(y, spare[1]))


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A mark as it is printed: how much halo and how much ink each pixel gets; the halo has `edge` pixels around."""

    halo: Image.Image
    letters: Image.Image
    edge: int = 0

    @classmethod
    def of(cls, mask: Image.Image, blur: float, opacity: float, edge: int = 0) -> Self:
        """Make it from letters in a mask."""
        halo = mask.filter(ImageFilter.GaussianBlur(blur))
        return cls(
            halo.point(lambda value: min(255, round(value * 1.2 * opacity))),
            mask.point(lambda value: round(value * opacity)),
            edge,
        )


@lru_cache(maxsize=16)
def _line(line: str, room: Size, size: int, opacity: float) -> _Stamp:
    """Write a line at this size, or as much smaller as the room takes."""
    words = lettering.fit(line, room, size, most_lines=1)
    edge = 2 * max(2, int(words.font.size) // 8)
    mask = Image.new("L", (words.width + 2 * edge, words.height + 2 * edge))
    lettering.draw(mask, (edge, edge), words)
    return _Stamp.of(mask, max(1.5, mask.height / 24), opacity, edge)


@lru_cache(maxsize=2)
def _tiled(line: str, room: Size, size: int, whole: Size, opacity: float) -> _Stamp:
    """Write a line all over, tilted, every second row shifted."""
    words = lettering.fit(line, room, size, most_lines=1)
    diagonal = int((whole[0] ** 2 + whole[1] ** 2) ** 0.5) + words.width
    sheet = Image.new("L", (diagonal, diagonal))
    across, down = round(words.width * 1.6), round(words.font.size * 5)
    for row, y in enumerate(range(0, diagonal, down)):
        for x in range(-across // 2 if row % 2 else 0, diagonal, across):
            lettering.draw(sheet, (x, y), words)
    turned = sheet.rotate(TILT, Image.Resampling.BICUBIC)
    left, top = (diagonal - whole[0]) // 2, (diagonal - whole[1]) // 2
    return _Stamp.of(turned.crop((left, top, left + whole[0], top + whole[1])), 2, opacity)


def _stamped(pixels: Image.Image, stamp: _Stamp, at: Size) -> Image.Image:
    """Print a mark where it is seen: halo first, then ink; only the patch under it is touched."""
    size = stamp.letters.size
    patch = pixels.crop((*at, min(pixels.width, at[0] + size[0]), min(pixels.height, at[1] + size[1])))
    halo, letters = (mask.crop((0, 0, *patch.size)) for mask in (stamp.halo, stamp.letters))
    ink, around = (DARK, LIGHT) if _brightness(patch) > 140 else (LIGHT, DARK)
    printed = patch.convert("RGB")
    printed.paste(around, (0, 0), halo)
    printed.paste(ink, (0, 0), letters)
    if pixels.mode == "RGBA":  # the mark must be seen on what is transparent, too
        printed.putalpha(ImageChops.lighter(patch.getchannel("A"), ImageChops.lighter(halo, letters)))
    result = pixels.copy()
    result.paste(printed, at)
    return result


def _brightness(patch: Image.Image) -> float:
    """Give the mean brightness of what is seen, 0 … 255; what is transparent counts as white paper."""
    if patch.mode == "RGBA":
        paper = Image.new("RGB", patch.size, "white")
        paper.paste(patch, mask=patch.getchannel("A"))
        patch = paper
    return ImageStat.Stat(patch.convert("L")).mean[0]


def _luma(colour: str) -> float:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _veil(size: Size, place: str, amount: float, block: int) -> Image.Image:
    """Draw how much each row is veiled: most under the words, fading out to the middle."""
    rows = numpy.arange(size[1], dtype=numpy.float32)
    reach = min(size[1], block * 1.8)
    distance = {"top": rows, "bottom": size[1] - 1 - rows, "middle": numpy.abs(rows - size[1] / 2) * 1.6}[place]
    strength = numpy.clip(1 - distance / reach, 0, 1) ** 0.8 * amount
    return Image.fromarray(numpy.repeat((strength * 255).astype(numpy.uint8)[:, None], size[0], axis=1))
