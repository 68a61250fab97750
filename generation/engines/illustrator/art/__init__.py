"""The pack of drawn things: pictures with transparency, and the words and measures of each (art.toml)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import TypedDict, cast

from PIL import Image

HERE = Path(__file__).parent


class Group(TypedDict):
    """Things of a kind: how they stand, how large they are, where they are at home, and the words for each."""

    stand: str
    size: float
    metres: float
    homes: str
    art: dict[str, str]


@cache
def groups() -> tuple[Group, ...]:
    """Give the table of the pack."""
    return tuple(cast(list[Group], tomllib.loads((HERE / "art.toml").read_text(encoding="utf-8"))["group"]))


def words() -> dict[str, str]:
    """Give the words, separated by commas, that ask for each picture."""
    return {name: text for group in groups() for name, text in group["art"].items()}


def picture(name: str, height: int) -> Image.Image:
    """Give a picture with its transparency, `height` pixels high."""
    with Image.open(HERE / f"{name}.webp") as image:
        size = max(round(image.width * height / image.height), 1), height
        return image.convert("RGBa").resize(size, Image.Resampling.BICUBIC).convert("RGBA")
