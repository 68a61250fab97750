"""Words in pictures: fonts that come along, and lines broken the way Latin and Chinese are."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = {
    "sans": Path(__file__).parent / "fonts" / "NotoSansCJKsc-Bold.otf",
    "serif": Path(__file__).parent / "fonts" / "NotoSerifCJKsc-Bold.otf",
}
LEADING = 1.22  # from line to line, in font sizes
CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u30ff"
# Never first in a line: it sticks to what comes before. Never last: it sticks to what follows.
CLOSING = "，。、；：！？）】」』》〉”’…—～·%!?,.;:)]}"
OPENING = "（【「『《〈“‘([{"


@dataclass(frozen=True, slots=True)
class Lines:
    """Words broken into lines that fit at a font size."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    width: int
    height: int


@lru_cache(maxsize=64)
def font_of(family: str, size: int) -> ImageFont.FreeTypeFont:
    """Load one of our fonts."""
    return ImageFont.truetype(FONTS[family], size, layout_engine=ImageFont.Layout.BASIC)


def fit(words: str, box: tuple[int, int], size: int, family: str = "sans", *, most_lines: int = 4) -> Lines:
    """Break words so that they fill a box well, at this size or as much smaller as it takes."""
    while True:
        font = font_of(family, max(6, size))
        lines = _balanced(words, font, box[0], most_lines)
        height = round(LEADING * font.size * (len(lines) - 1) + font.size * 1.1)
        width = round(max(font.getlength(line) for line in lines))
        if size <= 6 or (len(lines) <= most_lines and width <= box[0] and height <= box[1]):
            return Lines(tuple(lines[:most_lines]), font, min(width, box[0]), height)
        size = min(size - 1, int(size * 0.93))


def draw(mask: Image.Image, place: tuple[int, int], text: Lines, align: str = "left") -> None:
    """Draw lines into a mask of grey."""
    pen = ImageDraw.Draw(mask)
    for number, line in enumerate(text.lines):
        spare = text.width - text.font.getlength(line)
        left = place[0] + {"left": 0.0, "centre": spare / 2, "right": spare}[align]
        pen.text((left, place[1] + number * LEADING * text.font.size), line, fill=255, font=text.font, anchor="la")


def _balanced(words: str, font: ImageFont.FreeTypeFont, width: int, most_lines: int) -> list[str]:
    """Break into as few lines as it takes, all about as long: none with a single word left over."""
    lines = _broken(words, font, width)
    if len(lines) == 1 or len(lines) > most_lines or "\n" in words:
        return lines
    low, high = width // 2, width
    while high - low > max(2, font.size // 4):
        middle = (low + high) // 2
        if len(_broken(words, font, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return _broken(words, font, high)


def _broken(words: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = []
    for paragraph in words.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and font.getlength((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(paragraph: str) -> list[str]:
    """Cut where a line may end: after spaces, and around Chinese characters but not at their punctuation."""
    opening, closing = re.escape(OPENING), re.escape(CLOSING)
    pattern = f"[{opening}]*(?:[{CJK}]|[^{CJK}\\s{opening}]+|[{opening}])[{closing}]*\\s*|\\s+"
    return re.findall(pattern, paragraph)
