"""Pixels as numbers: arrays of height × width × 3 floats from 0 to 1, noise, gradients and blending."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Array = NDArray[np.floating[Any]]  # 32 bits wherever it is large
Colour = Sequence[float] | Array  # red, green, blue, each 0 … 1

SMALL_BLUR = 3.0  # pixels: a wider blur is made on a smaller picture

# The colours that words can name.
NAMED = {
    "red": "#d63c3a",
    "orange": "#ec8838",
    "yellow": "#f2c53d",
    "green": "#5fa854",
    "blue": "#3f80cc",
    "purple": "#8f62c4",
    "pink": "#f29ab4",
    "white": "#f6f4f0",
    "black": "#3c3a44",
    "grey": "#9a98a0",
    "brown": "#95653f",
    "teal": "#38a3a0",
}


def colour(text: str) -> Array:
    """Read a colour written like #ff8800."""
    return np.array([int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)], np.float32)


def mix(first: Colour, second: Colour, amount: float) -> Array:
    """The colour `amount` of the way from the first to the second."""
    return np.asarray(first, np.float32) * (1 - amount) + np.asarray(second, np.float32) * amount


def luminance(pixels: Array) -> Array:
    """How bright each pixel is, 0 … 1."""
    return np.asarray(pixels @ np.array([0.299, 0.587, 0.114], np.float32))


def smoothstep(low: float, high: float, values: Array) -> Array:
    """0 below `low`, 1 above `high`, an S-curve between them; `low` above `high` turns it round."""
    t = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def over(canvas: Array, paint: Colour, mask: Array) -> None:
    """Lay paint (one colour, a colour per row, or pixels) over the canvas where the mask is."""
    for part, tone in _channels(canvas, paint):
        part[:] += (tone - part) * mask


def glow(canvas: Array, light: Colour, mask: Array) -> None:
    """Add light the way a screen does, so that it never burns out."""
    for part, tone in _channels(canvas, light):
        part[:] += (1 - part) * tone * mask


def _channels(canvas: Array, paint: Colour) -> Iterator[tuple[Array, Array]]:
    """Red, green and blue, each with its paint: numpy is slow along a short last axis."""
    paint = np.asarray(paint, np.float32)
    return zip(np.moveaxis(canvas, -1, 0), np.moveaxis(paint, -1, 0), strict=True)


def grid(height: int, width: int) -> tuple[Array, Array]:
    """Rows as a column and columns as a row, in pixels, ready to broadcast."""
    return np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None, :]


def ramp(stops: Sequence[Colour], height: int, places: Sequence[float] | None = None) -> Array:
    """A vertical gradient: one colour per row."""
    at = np.linspace(0, 1, len(stops)) if places is None else np.asarray(places)
    rows = np.linspace(0, 1, max(height, 1))
    channels = [np.interp(rows, at, [stop[channel] for stop in stops]) for channel in range(3)]
    return np.stack(channels, axis=-1).astype(np.float32)


def resize(values: Array, height: int, width: int) -> Array:
    """Scale a field of numbers smoothly."""
    image = Image.fromarray(np.ascontiguousarray(values, np.float32))
    return np.asarray(image.resize((width, height), Image.Resampling.BICUBIC))


def noise(
    rng: np.random.Generator,
    height: int,
    width: int,
    feature: float,
    *,
    octaves: int = 4,
    stretch: float = 1.0,
    detail: float = 0.5,
) -> Array:
    """Soft clouds of numbers around 0.5; `feature` is their size in pixels, `stretch` how much wider than high."""
    total = np.zeros((height, width), np.float32)
    weight, spread = 1.0, 0.0
    for _ in range(octaves):
        rows = max(2, round(height * stretch**0.5 / feature)) + 3
        columns = max(2, round(width / (feature * stretch**0.5))) + 3
        if rows > height or columns > width:
            break
        total += weight * resize(rng.standard_normal((rows, columns)).astype(np.float32), height, width)
        spread += weight**2
        weight *= detail
        feature /= 2.03
    return np.asarray(0.5 + 0.19 * total / max(spread, 1e-6) ** 0.5, np.float32)


def line(rng: np.random.Generator, width: int, feature: float, *, octaves: int = 5, detail: float = 0.5) -> Array:
    """A random line, one height per column, around 0 and mostly within ±1."""
    total = np.zeros(width, np.float32)
    weight, spread = 1.0, 0.0
    for octave in range(octaves):
        knots = max(3, round(width / feature * 2**octave)) + 2
        offset = rng.uniform(0, 1)
        at = (np.arange(width) / width * (knots - 2) + offset).astype(np.float32)
        total += weight * np.interp(at, np.arange(knots), rng.standard_normal(knots)).astype(np.float32)
        spread += weight**2
        weight *= detail
    return np.asarray(total / (2 * spread**0.5), np.float32)


def smooth_line(rng: np.random.Generator, width: int, feature: float) -> Array:
    """A random line of soft swells, one height per column, mostly within ±1."""
    knots = rng.standard_normal((1, max(2, round(width / feature)) + 3)).astype(np.float32)
    return np.asarray(resize(knots, 1, width)[0] * 0.5, np.float32)


def blur(mask: Array, radius: float) -> Array:
    """Blur a mask of values 0 … 1; widely on a smaller picture, as nothing fine is left of it."""
    image = Image.fromarray((np.clip(mask, 0, 1) * 255).astype(np.uint8))
    coarse = max(1, int(radius / SMALL_BLUR))
    image = image.reduce(coarse).filter(ImageFilter.GaussianBlur(radius / coarse))
    height, width = mask.shape
    if coarse > 1:
        box = (0, 0, width / coarse, height / coarse)
        image = image.resize((width, height), Image.Resampling.BILINEAR, box)
    return np.asarray(image, np.float32) / 255


def shift(mask: Array, across: int, down: int) -> Array:
    """Move a mask by whole pixels; what comes in at the border is empty."""
    height, width = mask.shape
    moved = np.zeros_like(mask)
    to_rows, from_rows = slice(max(down, 0), height + min(down, 0)), slice(max(-down, 0), height - max(down, 0))
    to_cols, from_cols = slice(max(across, 0), width + min(across, 0)), slice(max(-across, 0), width - max(across, 0))
    moved[to_rows, to_cols] = mask[from_rows, from_cols]
    return moved


def lighter(first: Colour, amount: float) -> Array:
    """The colour `amount` of the way to white."""
    return mix(first, (1, 1, 1), amount)


def to_image(canvas: Array) -> Image.Image:
    """The canvas as an 8-bit picture."""
    levels = canvas * 255  # and on in place: a picture is larger than any cache
    levels += 0.5
    return Image.fromarray(np.clip(levels, 0, 255, out=levels).astype(np.uint8))


def from_image(image: Image.Image, mode: str = "RGB") -> Array:
    """A picture as a canvas."""
    return np.asarray(image.convert(mode), np.float32) / 255


def eight_bits(tone: Array) -> tuple[int, ...]:
    """A colour as Pillow's drawing takes it."""
    return tuple((np.clip(tone, 0, 1) * 255).astype(int).tolist())
