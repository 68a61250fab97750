"""Files that strangers upload: bombs, fragments, impostors, and odd but honest pictures."""

import random
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy
from PIL import Image

from generation.processing.pictures import InvalidPicture, open_picture

PNG = b"\x89PNG\r\n\x1a\n"
REFUSED, OPENED = "refused", "opened"


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    """Give one part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colours: int, rows: bytes = b"", *extra: bytes) -> bytes:
    """Give a PNG of these numbers, true or not."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    return PNG + head + b"".join(extra) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND")


def saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    """Give a picture's file."""
    file = BytesIO()
    image.save(file, file_format, **options)
    return file.getvalue()


def photo(width: int = 200, height: int = 150, mode: str = "RGB") -> Image.Image:
    """Make something that does not compress to nothing."""
    noise = numpy.random.default_rng(7).integers(0, 255, (height // 4, width // 4, 3), numpy.uint8)
    return Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC).convert(mode)


def bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that would take a lot of memory or time."""
    yield "50,000 × 50,000 in a header", png(50_000, 50_000, 8, 2)
    yield "50,000 × 50,000 of one bit", png(50_000, 50_000, 1, 0, bytes(2_000_000))
    yield "12,000 × 12,000, all there", png(12_000, 12_000, 1, 0, bytes(1501 * 12_000))
    yield "one row of 100,000", png(100_000, 1, 8, 0, bytes(100_001))
    yield "one column of 100,000", png(1, 100_000, 8, 0, bytes(200_000))
    yield "a size of nothing", png(0, 10, 8, 0)
    yield "the largest size a PNG can name", png(2**31 - 1, 2**31 - 1, 16, 6)
    yield (
        "a text that grows to 60 MB",
        png(8, 8, 8, 0, bytes(72), chunk(b"zTXt", b"n\0\0" + zlib.compress(bytes(60_000_000)))),
    )
    yield (
        "a profile that grows to 60 MB",
        png(8, 8, 8, 0, bytes(72), chunk(b"iCCP", b"n\0\0" + zlib.compress(bytes(60_000_000)))),
    )
    yield "a JPEG that claims 65,500 × 65,500", saved(photo(), "JPEG").replace(*jpeg_size(150, 200, 65_500, 65_500))
    yield "a GIF that claims 60,000 × 60,000", b"GIF89a" + struct.pack("<HHBBB", 60_000, 60_000, 0xF0, 0, 0) + bytes(60)
    yield "more bytes than are read", bytes(26_000_000)
    webp = saved(photo(), "WEBP", lossless=True)
    yield "a WebP that claims 16,384 × 16,384", webp[:21] + b"\xff\xff\xff\x0f" + webp[25:]


def jpeg_size(height: int, width: int, claimed_height: int, claimed_width: int) -> tuple[bytes, bytes]:
    """Give the size in a JPEG's frame header, and another one to put there."""
    return b"\x08" + struct.pack(">HH", height, width), b"\x08" + struct.pack(">HH", claimed_height, claimed_width)


def fragments() -> Iterator[tuple[str, bytes]]:
    """Pictures that lost something on their way."""
    for file_format in ("PNG", "JPEG", "WEBP", "AVIF", "GIF"):
        data = saved(photo(), file_format)
        yield f"half of a {file_format}", data[: len(data) // 2]
        yield f"the first 20 bytes of a {file_format}", data[:20]
    data = saved(photo(), "PNG")
    middle = data.index(b"IDAT") + 200
    yield "a PNG with a flipped bit", data[:middle] + bytes([data[middle] ^ 16]) + data[middle + 1 :]
    yield "a PNG without pixels", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) + chunk(b"IEND")
    yield "a PNG of an unknown kind of colour", png(8, 8, 8, 5, bytes(72))
    yield "a PNG with too few rows", png(800, 800, 8, 2, bytes(2401 * 3))
    yield "zeros after a PNG's first bytes", PNG + bytes(500)
    yield "noise after a JPEG's first bytes", b"\xff\xd8\xff\xe0" + random.Random(3).randbytes(4000)


def impostors() -> Iterator[tuple[str, bytes]]:
    """Other files, some named like pictures."""
    svg = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='60000' height='60000'/>"
    yield "nothing", b""
    yield "one byte", b"\x89"
    yield "an SVG", svg
    yield "an SVG that reads a file", svg.replace(b"/>", b"><image href='file:///etc/passwd'/></svg>")
    yield "a PostScript picture", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\nshowpage\n"
    yield "a PDF", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    yield "a web page", b"<!doctype html><script>alert(1)</script>"
    yield "an archive", b"PK\x03\x04" + bytes(400)
    yield "a Windows program", b"MZ\x90\x00" + bytes(500)
    yield (
        "an ImageMagick script",
        b"push graphic-context\nfill 'url(https://example.com/\"|ls \"-la)'\n",
    )
    for file_format in ("TIFF", "BMP", "ICO", "PPM", "TGA", "JPEG2000"):
        yield f"a {file_format}", saved(photo(64, 64), file_format)


def honest() -> Iterator[tuple[str, bytes]]:
    """Odd pictures that are what they say."""
    yield "a JPEG with a web page behind it", saved(photo(), "JPEG") + b"<script>alert(1)</script>"
    yield "a PNG with an archive behind it", saved(photo(), "PNG") + b"PK\x03\x04" + bytes(200)
    yield "a CMYK JPEG", saved(photo(mode="CMYK"), "JPEG")
    yield "a grey JPEG", saved(photo(mode="L"), "JPEG")
    yield "a progressive JPEG", saved(photo(), "JPEG", progressive=True)
    yield "a grey PNG of 16 bits", saved(Image.fromarray(numpy.full((9, 9), 0x7F7F, numpy.uint16)), "PNG")
    yield "a colour PNG of 16 bits", png(4, 4, 16, 2, bytes(25 * 4))
    yield "a PNG of one bit", saved(photo(mode="1"), "PNG")
    yield "a PNG with a palette and a clear colour", saved(photo(mode="P"), "PNG", transparency=3)
    yield "a grey PNG with transparency", saved(photo(mode="LA"), "PNG")
    frames = [photo(), photo().rotate(90)]
    for file_format in ("GIF", "PNG", "WEBP", "AVIF"):
        yield f"an animated {file_format}", saved(frames[0], file_format, save_all=True, append_images=frames[1:])
    yield "a PNG with a broken profile", saved(photo(), "PNG", icc_profile=b"not a profile")
    yield "a JPEG that lies on its side", saved(photo(), "JPEG", exif=sideways())
    yield "a picture of one pixel", saved(photo(4, 4).resize((1, 1)), "PNG")


def sideways() -> Image.Exif:
    """Give a camera's note that it was turned."""
    exif = Image.Exif()
    exif[0x0112] = 8
    return exif


def every_file() -> Iterator[tuple[str, bytes, str]]:
    """Give all of them with what must become of them."""
    for makers, verdict in ((bombs, REFUSED), (fragments, REFUSED), (impostors, REFUSED), (honest, OPENED)):
        for name, data in makers():
            yield name, data, verdict


def main() -> None:
    """Open every file in little memory; end with 1 where one was neither opened nor refused."""
    import resource

    megabytes = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20,) * 2)
    for _, data, _ in every_file():
        with suppress(InvalidPicture):
            open_picture(data)
    status = Path("/proc/self/status").read_text()  # `getrusage` would tell of the parent's peak
    sys.stdout.write(str(int(status.partition("VmHWM:")[2].split()[0]) // 1024))


if __name__ == "__main__":
    main()
