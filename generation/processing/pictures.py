"""Open, encode and shrink pictures. `open_picture` is the only place that opens one."""

import struct
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import numpy
from PIL import Image, ImageCms, ImageOps

from generation.processing import notes
from generation.processing.containers import png_kinds
from generation.processing.encoding import Output, write

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF")
EXTENSIONS: dict[str, Literal["png", "jpg", "webp", "avif", "gif"]] = {
    "PNG": "png", "JPEG": "jpg", "WEBP": "webp", "AVIF": "avif", "GIF": "gif",
}  # fmt: skip
MEDIA_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "gif": "image/gif",
}  # fmt: skip
Encoding = Literal["PNG", "JPEG", "WEBP"]
OUTPUTS = {"PNG": Output(), "JPEG": Output("jpg", quality=90), "WEBP": Output("webp", quality=88)}
Size = tuple[int, int]

ORIENTATION = 0x0112  # an EXIF tag
ODD = ("icc_profile", "transparency", "gamma", "adobe_transform")  # in a header: the careful way

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
SMALL = 320  # pixels a side of a thumbnail
LITTLE = 400 * 400  # pixels: so much Pillow has decoded before libvips begins


class InvalidPicture(Exception):
    """The bytes are not a picture that we open: too_large, not_a_picture, too_many_pixels or broken."""

    def __init__(self, code: Literal["too_large", "not_a_picture", "too_many_pixels", "broken"]) -> None:
        super().__init__(code)
        self.code = code


def open_picture(
    data: bytes, limits: Limits = LIMITS, *, shrink: Callable[[Size], Size | None] = lambda size: None
) -> Image.Image:
    """Decode the first frame upright, as 8-bit sRGB in RGB or RGBA, without metadata. Raises `InvalidPicture`.

    `shrink` is told the size (as it is stored, maybe not upright) and may name a smaller one that is enough.
    """
    header = _header(data, limits)
    try:
        return _fast(data, header, shrink(header.size)) or _careful(header)
    except BROKEN as error:
        raise InvalidPicture("broken") from error


def size_and_notes(data: bytes, limits: Limits = LIMITS) -> tuple[Size, str, dict[str, str]]:
    """Give upright size, file ending and the notes in a file, without decoding it. Raises `InvalidPicture`."""
    header = _header(data, limits)
    try:
        sideways = Image.Image.getexif(header).get(ORIENTATION) in (5, 6, 7, 8)
        return header.size[::-1] if sideways else header.size, EXTENSIONS[header.format or "PNG"], notes.read(header)
    except BROKEN as error:
        raise InvalidPicture("broken") from error


@dataclass(frozen=True, slots=True)
class Renditions:
    """The smaller pictures that pages show in place of one, all WebP.

    `thumbnail` has at most 320 pixels a side, `display` at most 1024; `placeholder` is a `data:` address of about
    20 pixels, small enough to stand in the page itself until the others have come.
    """

    thumbnail: bytes
    display: bytes
    placeholder: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a picture's bytes turned out to be."""

    extension: Literal["png", "jpg", "webp", "avif", "gif"]
    width: int
    height: int
    renditions: Renditions


def inspect(data: bytes, limits: Limits = LIMITS) -> Inspected:
    """Decode the whole picture once, to know that it is one. Raises `InvalidPicture`."""
    image = open_picture(data, limits)
    with Image.open(BytesIO(data), formats=FORMATS) as header:
        extension = EXTENSIONS[header.format or "PNG"]
    return Inspected(extension, image.width, image.height, render(image))


def render(image: Image.Image, longest: int = 1024) -> Renditions:
    """Make every rendition of a picture, each from the next larger one; `longest` is the display's longer side."""
    display = shrunk(image, longest)
    thumbnail = shrunk(display, SMALL)
    placeholder = _webp(thumbnail.reduce(max(1, round(max(thumbnail.size) / 20))), quality=50)
    displayed = _webp(display, quality=84)
    return Renditions(
        thumbnail=displayed if thumbnail.size == display.size else _webp(thumbnail, quality=80),
        display=displayed,
        placeholder=f"data:image/webp;base64,{b64encode(placeholder).decode()}",
    )


def smaller(rendition: bytes, longest: int) -> bytes:
    """Make a rendition of at most so many pixels a side from a larger one. Raises `InvalidPicture`."""
    return _webp(shrunk(open_picture(rendition), longest), quality=82)


def encode(image: Image.Image, encoding: Encoding = "PNG") -> bytes:
    """Encode fast rather than small; JPEG loses transparency to white."""
    return write(image, OUTPUTS[encoding])[0]


def shrunk(image: Image.Image, longest: int) -> Image.Image:
    """Scale down until no side is longer; what is small enough stays as it is."""
    if max(image.size) <= longest:
        return image
    from generation.processing import vips  # noqa: PLC0415  see there

    factor = longest / max(image.size)
    size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
    return vips.shrink(image, size, "lanczos3" if longest > SMALL else "cubic")


def _webp(image: Image.Image, *, quality: int) -> bytes:
    output = BytesIO()
    image.save(output, "WEBP", quality=quality, method=2)
    return output.getvalue()


def _header(data: bytes, limits: Limits) -> Image.Image:
    """Read what a file says about itself, and refuse what is no picture or too large to decode."""
    if len(data) > limits.data:
        raise InvalidPicture("too_large")
    try:
        header = Image.open(BytesIO(data), formats=FORMATS)
    except BROKEN as error:
        raise InvalidPicture("not_a_picture") from error
    width, height = header.size
    if max(width, height) > limits.side or width * height > limits.pixels:
        raise InvalidPicture("too_many_pixels")
    return header


def _fast(data: bytes, header: Image.Image, size: Size | None) -> Image.Image | None:
    """Decode a plain picture with libvips; None for little ones and odd ones: profiles, 16 bits, turned cameras …"""
    large = header.width * header.height > LITTLE
    plain = header.format in ("PNG", "JPEG") and header.mode in ("L", "RGB", "RGBA")
    if not large or not plain or not header.info.keys().isdisjoint(ODD) or _turned(data, header):
        return None
    from generation.processing import vips  # noqa: PLC0415  see there

    try:
        image = vips.decode(data, header.format or "", header.size, size)
    except vips.BROKEN as error:
        raise OSError("libvips cannot decode it") from error
    return image.convert("RGB") if image and image.mode == "L" else image


def _turned(data: bytes, header: Image.Image) -> bool:
    """Tell whether the camera may have been held another way; a PNG would be decoded to find out surely."""
    if header.format == "PNG":
        return b"eXIf" in png_kinds(data)
    return bool(header.getexif().get(ORIENTATION, 1) != 1)


def _careful(header: Image.Image) -> Image.Image:
    """Decode with Pillow whatever it takes."""
    header.load()
    return _plain(ImageOps.exif_transpose(header))


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
