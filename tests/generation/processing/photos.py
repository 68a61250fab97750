"""Real photos, and small questions to ask of pictures."""

from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray
from PIL import Image

from generation.processing.pictures import encode, open_picture
from generation.processing.recipes import Processed, read_recipe, run_recipe

PHOTOS = Path(__file__).parents[2] / "photos"
OTHER = "00000000-0000-0000-0000-000000000001"


def photo(name: str = "astronaut.png") -> bytes:
    """Give a photo's file."""
    return (PHOTOS / name).read_bytes()


def process(data: bytes | Image.Image, *operations: dict[str, object], other: bytes | None = None) -> Processed:
    """Run operations on a picture."""
    data = data if isinstance(data, bytes) else encode(data)
    return run_recipe(data, read_recipe(list(operations)), {OTHER: other} if other else {})


def done(data: bytes | Image.Image, op: str, *, other: bytes | None = None, **parameters: object) -> Image.Image:
    """Run one operation and open what it made."""
    return open_picture(process(data, {"op": op, **parameters}, other=other).data)


def values(image: Image.Image) -> NDArray[Any]:
    """Give the pixels as numbers."""
    return numpy.asarray(image.convert("RGB"), numpy.float64)


def psnr(first: Image.Image, second: Image.Image) -> float:
    """How alike two pictures are, in dB."""
    error = float(((values(first) - values(second)) ** 2).mean())
    return 99.0 if error == 0 else float(10 * numpy.log10(255**2 / error))
