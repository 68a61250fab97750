"""Open, encode and shrink pictures. `open_picture` is the only place that opens one."""

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import numpy
from PIL import Image, ImageCms, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF")
EXTENSIONS: dict[str, Literal["png", "jpg", "webp", "avif", "gif"]] = {
    "PNG": "png", "JPEG": "jpg", "WEBP": "webp", "AVIF": "avif", "GIF": "gif",
}  # fmt: skip
Encoding = Literal["PNG", "JPEG", "WEBP"]

Image.MAX_IMAGE_PIXELS = None  # our own limits, below, are tighter and no warning

# What Pillow raises for broken files, found by feeding it broken files.
BROKEN = (
    *(OSError, SyntaxError, ValueError, IndexError, TypeError, EOFError, OverflowError, MemoryError, RuntimeError),
    *(struct.error, Image.DecompressionBombError),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest picture that is opened; checked before any pixel is decoded."""

    data: int = 25_000_000  # bytes
    side: int = 16_384
    pixels: int = 40_000_000


LIMITS = Limits()


class InvalidPicture(Exception):
    """The bytes are not a picture that we open: too_large, not_a_picture, too_many_pixels or broken."""

    def __init__(self, code: Literal["too_large", "not_a_picture", "too_many_pixels", "broken"]) -> None:
        super().__init__(code)
        self.code = code


def open_picture(data: bytes, limits: Limits = LIMITS) -> Image.Image:
    """Decode the first frame upright, as 8-bit sRGB in RGB or RGBA, without metadata. Raises `InvalidPicture`."""
    if len(data) > limits.data:
        raise InvalidPicture("too_large")
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except BROKEN as error:
        raise InvalidPicture("not_a_picture") from error
    width, height = image.size
    if max(width, height) > limits.side or width * height > limits.pixels:
        raise InvalidPicture("too_many_pixels")
    try:
        image.load()
        return _plain(ImageOps.exif_transpose(image))
    except BROKEN as error:
        raise InvalidPicture("broken") from error


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a picture's bytes turned out to be; `thumbnail` is WebP."""

    extension: Literal["png", "jpg", "webp", "avif", "gif"]
    width: int
    height: int
    thumbnail: bytes


def inspect(data: bytes, limits: Limits = LIMITS) -> Inspected:
    """Decode the whole picture once, to know that it is one. Raises `InvalidPicture`."""
    image = open_picture(data, limits)
    with Image.open(BytesIO(data), formats=FORMATS) as header:
        extension = EXTENSIONS[header.format or "PNG"]
    return Inspected(extension, image.width, image.height, thumbnail(image))


def encode(image: Image.Image, encoding: Encoding = "PNG") -> bytes:
    """Encode fast rather than small; JPEG loses transparency to white."""
    output = BytesIO()
    match encoding:
        case "PNG":
            image.save(output, "PNG", compress_level=1)
        case "JPEG":
            _on_white(image).save(output, "JPEG", quality=90)
        case "WEBP":
            image.save(output, "WEBP", quality=88, method=2)
    return output.getvalue()


def thumbnail(image: Image.Image, side: int = 320) -> bytes:
    """Shrink to at most `side` pixels a side, as WebP."""
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=2.0)
    output = BytesIO()
    small.save(output, "WEBP", quality=80, method=2)
    return output.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    transparent = image.has_transparency_data
    image = _eight_bits(image) if image.mode.startswith("I") else _in_srgb(image)
    image = image.convert("RGBA" if transparent else "RGB")
    image.info.clear()
    return image


def _eight_bits(image: Image.Image) -> Image.Image:
    # Image.convert would clip 16-bit values to 255 instead of scaling them.
    return Image.fromarray((numpy.asarray(image).astype(numpy.float32) / 257 + 0.5).clip(0, 255).astype(numpy.uint8))


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    if image.mode in ("P", "PA"):
        image = image.convert("RGBA")
    mode: Literal["RGBA", "RGB"] = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        converted = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, *BROKEN):
        return image  # a broken profile says nothing about the pixels
    return converted or image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper
