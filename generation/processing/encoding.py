"""Encode pictures: fast rather than small, or small enough for a given weight."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

from PIL import Image

from generation.processing import containers, notes
from generation.processing.containers import Metadata
from generation.processing.png import encode_png

Format = Literal["png", "jpg", "webp", "avif"]
LEAST_QUALITY = 30  # below it a smaller picture looks better than a worse one


class TooHeavy(Exception):
    """No quality and no size brings the picture down to the weight that was asked for."""


@dataclass(frozen=True, slots=True)
class Output:
    """How a picture is written."""

    format: Format = "png"
    quality: int = 85  # for all but PNG
    lossless: bool = False  # WebP alone
    at_most: int | None = None  # bytes
    background: str = "#ffffff"  # under what is transparent, for JPEG
    notes: Mapping[str, str] = field(default_factory=dict)  # metadata that is kept

    @property
    def keeps_transparency(self) -> bool:
        """Whether transparent pixels stay so."""
        return self.format != "jpg"


def write(image: Image.Image, output: Output) -> tuple[bytes, Image.Image]:
    """Encode; give also the pixels that were encoded, smaller ones where the weight asked for it. Raises `TooHeavy`."""
    if not output.keeps_transparency:
        image = flatten(image, output.background)
    if output.at_most is None:
        return _encode(image, output, output.quality), image
    while min(image.size) >= 16:
        if data := _lightest(lambda quality, image=image: _encode(image, output, quality), output):  # type: ignore[misc]  # bound at once
            return data, image
        image = image.resize((max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)), Image.Resampling.LANCZOS)
    raise TooHeavy


def flatten(image: Image.Image, background: str) -> Image.Image:
    """Lay the picture on a colour, so that nothing is transparent."""
    if image.mode == "RGB":
        return image
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, background)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _lightest(encode: Callable[[int], bytes], output: Output) -> bytes | None:
    """Find the best quality that stays within the weight, by halving."""
    assert output.at_most is not None  # noqa: S101  asked by the caller
    best: bytes | None = None
    low, high = min(LEAST_QUALITY, output.quality), output.quality
    quality = high
    while low <= high:
        data = encode(quality)
        if len(data) <= output.at_most:
            best, low = data, quality + 1
        else:
            high = quality - 1
        quality = (low + high) // 2
    return best


def _encode(image: Image.Image, output: Output, quality: int) -> bytes:
    """Encode with the settings that were measured to be fast."""
    if output.format == "png":
        data = encode_png(image)
        return containers.replace(data, Metadata(dict(output.notes))) if output.notes else data
    file = BytesIO()
    match output.format:
        case "jpg":
            image.save(file, "JPEG", quality=quality, exif=notes.exif_block(output.notes))
        case "webp" if output.lossless:
            image.save(file, "WEBP", lossless=True, quality=0, method=0, exif=notes.exif_block(output.notes))
        case "webp":
            image.save(file, "WEBP", quality=quality, method=2, exif=notes.exif_block(output.notes))
        case "avif":
            image.save(file, "AVIF", quality=quality, speed=9, max_threads=1, exif=notes.exif_block(output.notes))
    return file.getvalue()
