"""Small work on PNG files that go to engines or come from them."""

import base64
import struct
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TEXTS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}


def without_texts(data: bytes) -> bytes:
    """Take out what a server wrote beside the pixels, such as the whole workflow; other formats stay as they are."""
    if not data.startswith(SIGNATURE):
        return data
    return SIGNATURE + b"".join(chunk for kind, chunk in _chunks(data) if kind not in TEXTS)


def data_uri(picture: bytes) -> str:
    """Write a PNG as it travels inside JSON."""
    return "data:image/png;base64," + base64.b64encode(picture).decode()


def with_alpha(picture: bytes, mask: bytes) -> bytes:
    """Make a picture transparent where a mask is white."""
    with Image.open(BytesIO(picture)) as opened, Image.open(BytesIO(mask)) as white:
        whole = opened.convert("RGBA")
        whole.putalpha(white.convert("L").resize(whole.size).point(lambda value: 255 - value))
    output = BytesIO()
    whole.save(output, "PNG")
    return output.getvalue()


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give each chunk's kind and bytes; what is cut short is given as it is, for others to refuse."""
    at = len(SIGNATURE)
    while at < len(data):
        end = at + 12 + (struct.unpack_from(">I", data, at)[0] if at + 4 <= len(data) else 0)
        yield data[at + 4 : at + 8], data[at:end]
        at = end
