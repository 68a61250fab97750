"""A title over the picture: set large over a calm part, in one of three layouts, with enough contrast to be read."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from generation.engines.illustrator.canvas import Array, blur, from_image, luminance, mix, over, smoothstep

BUNDLED = Path(__file__).with_name("art") / "title.otf"  # Latin and simplified Chinese
SYSTEM = (  # for signs that the bundled font does not have
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"),
    Path("/usr/share/fonts/truetype/arphic/uming.ttc"),
    Path("/System/Library/Fonts/Songti.ttc"),
)
MOST_LINES = 4
PROBE = 32  # the size at which glyphs are compared
NO_SIGN = "\U000f0000"  # no font has it: what is drawn for it is what is drawn for every sign that is missing
UNSEEN = ("Cf", "Mn")  # joiners and selectors between signs, which nobody misses


class Area(NamedTuple):
    """A rectangle in pixels."""

    left: int
    top: int
    wide: int
    tall: int


def set_title(canvas: Array, title: str, rng: np.random.Generator) -> None:
    """Set the title over the picture; the seed takes the layout."""
    chinese = sum(ord(sign) > 0x2E7F for sign in title) > len(title) / 2
    layouts: list[Callable[[Array, str], None]] = [_over_calm, _framed]
    if chinese and len(title) <= 10:
        layouts.append(_upright)
    layouts[rng.integers(len(layouts))](canvas, title)


def printable(title: str) -> tuple[str, str]:
    """Give what of a title can be set, and the signs for which no font is there."""
    lacking = dict.fromkeys(_lacking(_best(title), title))
    kept = "".join(sign for sign in title if sign not in lacking)
    return " ".join(kept.split()), "".join(sign for sign in lacking if category(sign) not in UNSEEN)


def font_for(title: str, size: int) -> ImageFont.FreeTypeFont:
    """The bundled font, or a font of the system that has more of the title's signs."""
    return ImageFont.truetype(_best(title), size)


def _best(title: str) -> Path:
    paths = [BUNDLED, *(path for path in SYSTEM if path.exists())]
    return min(paths, key=lambda path: len(_lacking(path, title)))


def _lacking(path: Path, title: str) -> list[str]:
    return [sign for sign in title if not sign.isspace() and _glyph(path, sign) == _glyph(path, NO_SIGN)]


@lru_cache(4096)
def _glyph(path: Path, sign: str) -> bytes:
    return bytes(_probe(path).getmask(sign))


@lru_cache(4)
def _probe(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, PROBE)


def _over_calm(canvas: Array, title: str) -> None:
    """Over the calmer of the top and the bottom, on a veil that fades into the picture."""
    height, width = canvas.shape[:2]
    third = round(height * 0.36)
    top, bottom = (float(_restless(canvas[part])) for part in (slice(0, third), slice(height - third, None)))
    high = top <= bottom * 1.15
    margin, top_edge = round(width * 0.07), round(height * 0.05) if high else height - third
    area = Area(margin, top_edge, width - 2 * margin, round(third * 0.86))
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    fade = smoothstep(0.46, 0.12, rows) if high else smoothstep(0.54, 0.88, rows)
    _set(canvas, title, area, np.repeat(fade, width, 1) * 0.62)


def _framed(canvas: Array, title: str) -> None:
    """In the middle, on a soft panel with a fine frame."""
    height, width = canvas.shape[:2]
    wide, tall = round(width * 0.76), round(height * 0.34)
    area = Area((width - wide) // 2, round(height * 0.1), wide, tall)
    mask = np.zeros(canvas.shape[:2], np.float32)
    mask[area.top : area.top + tall, area.left : area.left + wide] = 1
    inner = Area(area.left + wide // 14, area.top + tall // 9, wide - wide // 7, tall - tall // 4)
    tone = _set(canvas, title, inner, blur(mask, min(height, width) * 0.012) * 0.66)
    line = max(1, round(min(height, width) * 0.0028))
    gap = round(min(height, width) * 0.016)
    left, top = area.left + gap, area.top + gap
    right, low = area.left + wide - gap, area.top + tall - gap
    for rows, columns in (
        (slice(top, top + line), slice(left, right)), (slice(low - line, low), slice(left, right)),
        (slice(top, low), slice(left, left + line)), (slice(top, low), slice(right - line, right)),
    ):  # fmt: skip
        canvas[rows, columns] = canvas[rows, columns] * 0.2 + tone * 0.8


def _upright(canvas: Array, title: str) -> None:
    """From top to bottom along the calmer side, as Chinese books were set."""
    height, width = canvas.shape[:2]
    strip = round(width * 0.26)
    left, right = (float(_restless(canvas[:, part])) for part in (slice(0, strip), slice(width - strip, None)))
    signs = [sign for sign in title if not sign.isspace()]
    columns = 1 if len(signs) <= 6 else 2
    tall = -(-len(signs) // columns)
    size = round(min(height * 0.8 / (tall * 1.12), strip * 0.8 / (columns * 1.15), min(height, width) * 0.16))
    across = np.linspace(0, 1, width, dtype=np.float32)[None]
    fade = smoothstep(0.42, 0.1, across) if left <= right else smoothstep(0.58, 0.9, across)
    area = Area(0 if left <= right else width - strip, 0, strip, height)
    ink = _veil(canvas, area, np.repeat(fade, height, 0) * 0.6)
    layer = Image.new("L", (width, height))
    draw, font = ImageDraw.Draw(layer), font_for(title, size)
    middle = area.left + strip / 2
    for number, sign in enumerate(signs):
        x = middle + ((columns - 1) / 2 - number // tall) * size * 1.25
        draw.text((x, height * 0.09 + (number % tall) * size * 1.12), sign, 255, font, anchor="ma")
    _print(canvas, layer, ink, size)


def _set(canvas: Array, title: str, area: Area, veil: Array) -> Array:
    """Set lines centred in an area over its veil, as large as they fit; gives the colour of the letters."""
    ink = _veil(canvas, area, veil)
    lines, size = _fit(title, area)
    layer = Image.new("L", (canvas.shape[1], canvas.shape[0]))
    draw, font = ImageDraw.Draw(layer), font_for(title, size)
    step = size * 1.22
    y = area.top + (area.tall - step * len(lines)) / 2 + step / 2
    for number, text in enumerate(lines):
        draw.text((area.left + area.wide / 2, y + number * step), text, 255, font, anchor="mm")
    _print(canvas, layer, ink, size)
    return ink


def _veil(canvas: Array, area: Area, veil: Array) -> Array:
    """Calm the ground under the letters towards dark or pale, and give the colour that is read on it."""
    part = canvas[area.top : area.top + area.tall, area.left : area.left + area.wide]
    mean = part.reshape(-1, 3).mean(0)
    dark = float(luminance(mean[None])[0]) < 0.62
    over(canvas, mean * 0.22 if dark else mix(mean, (1, 1, 1), 0.86), veil)
    return np.array([1.0, 0.99, 0.96], np.float32) if dark else np.asarray(mean * 0.2, np.float32)


def _print(canvas: Array, layer: Image.Image, ink: Array, size: int) -> None:
    letters = from_image(layer, "L")
    shadow = np.zeros_like(ink) if float(ink.mean()) > 0.5 else np.ones_like(ink)
    over(canvas, shadow, blur(letters, max(size * 0.07, 1)) * 0.5)
    over(canvas, ink, letters)


def _fit(title: str, area: Area) -> tuple[list[str], int]:
    """Break a title into the lines that let it be largest."""
    best: tuple[list[str], int] = ([title], 8)
    for count in range(1, MOST_LINES + 1):
        lines = _broken(title, count)
        probe = font_for(title, 100)
        widest = max(probe.getlength(line) for line in lines) / 100
        size = int(min(area.wide / max(widest, 0.1), area.tall / (len(lines) * 1.25), area.tall * 0.5))
        if size > best[1] * 1.08:
            best = lines, size
    return best[0], max(best[1], 8)


def _broken(title: str, count: int) -> list[str]:
    """Break into lines of about the same length: between words, or between any two Chinese signs."""
    parts = [f"{word} " for word in title.split(" ")] if title.count(" ") >= count - 1 and " " in title else list(title)
    lines: list[str] = []
    goal, line = len(title) / count, ""
    for part in parts:
        if line and len(line) + len(part) / 2 > goal and len(lines) < count - 1:
            lines.append(line.strip())
            line = ""
        line += part
    return [*lines, line.strip()]


def _restless(part: Array) -> float:
    """How much is going on in a part of the picture."""
    grey = luminance(part)
    return float(np.abs(grey - blur(grey, min(grey.shape) * 0.06)).mean())
