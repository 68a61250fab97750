"""PNG, JPEG and WebP as lists of parts: metadata is read, replaced and removed, and no pixel is touched."""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from generation.processing import exif

Part = TypeVar("Part")
MOST_PARTS = 100_000
MOST_TEXT = 2_000_000  # characters of one text; ComfyUI's workflows come to some hundred thousand
MOST_TEXTS = 64

_PNG = b"\x89PNG\r\n\x1a\n"
_XMP_KEYWORD = "XML:com.adobe.xmp"
_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_PNG_METADATA = (*_PNG_TEXTS, b"eXIf", b"tIME", b"caBX")
_JPEG_EXIF = b"Exif\0\0"
_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_APP1 = b"\xff\xe1"
_MOST_SEGMENT = 65_533
# In the data of a scan 0xFF is followed by 0 or a restart marker; anything else begins the next segment.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_WEBP_PICTURE = (b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L")
_WEBP_EXIF, _WEBP_XMP, _WEBP_ALPHA = 0x08, 0x04, 0x10  # flags of VP8X


class UnknownContainer(Exception):
    """The bytes are no PNG, JPEG or WebP, or one that is cut off or that nobody writes."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says beside its pixels; `exif` is a TIFF block, `texts` are PNG's text chunks."""

    texts: dict[str, str] = field(default_factory=dict)
    exif: bytes = b""
    xmp: bytes = b""


def read(data: bytes) -> Metadata:
    """Give what a file says; of a broken one, what stands before the break."""
    if data.startswith(_PNG):
        return _read_png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _read_jpeg(data)
    if _is_webp(data):
        parts = dict(_soundly(_webp_parts(data)))
        return Metadata(exif=parts.get(b"EXIF", b""), xmp=parts.get(b"XMP ", b""))
    return Metadata()


def replace(data: bytes, new: Metadata) -> bytes:
    """Take all metadata out and put `new` in. Colour profiles stay. Raises `UnknownContainer`.

    A picture that has to be turned still says so: its pixels are not touched.
    """
    orientation = exif.orientation_of(read(data).exif)
    if orientation != 1 and not new.exif:
        new = Metadata(new.texts, exif.build("", orientation), new.xmp)
    if data.startswith(_PNG):
        return _replace_png(data, new)
    if data.startswith(b"\xff\xd8\xff"):
        return _replace_jpeg(data, new)
    if _is_webp(data):
        return _replace_webp(data, new)
    raise UnknownContainer


def _soundly(parts: Iterator[Part]) -> Iterator[Part]:
    """Give the parts before the first broken one."""
    try:
        yield from parts
    except UnknownContainer:
        return


# --- PNG ----------------------------------------------------------------------------------------------------------


def png_kinds(data: bytes) -> set[bytes]:
    """Name the kinds of chunks in a PNG; of a broken one, those before the break."""
    return {kind for kind, _ in _soundly(_png_chunks(data))}


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, slice]]:
    """Give kind and place of each chunk's content, up to the end of the picture."""
    at = len(_PNG)
    for _ in range(MOST_PARTS):
        if at + 12 > len(data):
            raise UnknownContainer
        length = int.from_bytes(data[at : at + 4])
        kind, end = data[at + 4 : at + 8], at + 8 + length
        if end + 4 > len(data):
            raise UnknownContainer
        yield kind, slice(at + 8, end)
        if kind == b"IEND":
            return
        at = end + 4
    raise UnknownContainer


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give kind and content of each chunk, up to the end of the picture."""
    return ((kind, data[place]) for kind, place in _png_chunks(data))


def _read_png(data: bytes) -> Metadata:
    texts: dict[str, str] = {}
    block = b""
    for kind, content in _soundly(_png_parts(data)):
        if kind == b"eXIf":
            block = content
        elif kind in _PNG_TEXTS and len(texts) < MOST_TEXTS:
            keyword, text = _png_text(kind, content)
            texts.setdefault(keyword, text)
    return Metadata(texts, block, texts.pop(_XMP_KEYWORD, "").encode("utf-8", "replace"))


def _png_text(kind: bytes, content: bytes) -> tuple[str, str]:
    """Decode a text chunk; one that expands without end comes out cut."""
    keyword, _, rest = content.partition(b"\0")
    compressed = kind == b"zTXt"
    encoding = "latin-1"
    if compressed:
        rest = rest[1:]
    elif kind == b"iTXt":
        compressed, encoding = rest[:1] == b"\1", "utf-8"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    if compressed:
        try:
            rest = zlib.decompressobj().decompress(rest, MOST_TEXT)
        except zlib.error:
            rest = b""
    return keyword[:79].decode("latin-1"), rest[:MOST_TEXT].decode(encoding, "replace")


def _replace_png(data: bytes, new: Metadata) -> bytes:
    header, *others = (part for part in _png_parts(data) if part[0] not in _PNG_METADATA)
    added = [_png_text_part(keyword, text) for keyword, text in new.texts.items()]
    if new.xmp:
        added.append((b"iTXt", _XMP_KEYWORD.encode() + b"\0\0\0\0\0" + new.xmp))
    if new.exif:
        added.append((b"eXIf", new.exif))
    return png_file([header, *added, *others])


def png_file(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Write a PNG of these chunks, each a kind and its content."""
    pieces = [_PNG]
    for kind, content in chunks:
        checksum = zlib.crc32(content, zlib.crc32(kind))
        pieces += [struct.pack(">I", len(content)), kind, content, struct.pack(">I", checksum)]
    return b"".join(pieces)


def _png_text_part(keyword: str, text: str) -> tuple[bytes, bytes]:
    """Write plain text where Latin-1 will do, for old readers know no other; else UTF-8."""
    try:
        return b"tEXt", keyword.encode() + b"\0" + text.encode("latin-1")
    except UnicodeEncodeError:
        return b"iTXt", keyword.encode() + b"\0\0\0\0\0" + text.encode("utf-8", "replace")


# --- JPEG -----------------------------------------------------------------------------------------------------------


def _jpeg_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give marker and rest (length, content; the data of a scan) of each segment, up to the end of the picture."""
    at = 2
    for _ in range(MOST_PARTS):
        while data[at : at + 2] == b"\xff\xff":  # fill bytes
            at += 1
        marker = data[at : at + 2]
        if marker == b"\xff\xd9":
            yield marker, b""
            return
        if at + 4 > len(data) or marker[:1] != b"\xff":
            raise UnknownContainer
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if end > len(data) or end < at + 4:
            raise UnknownContainer
        if marker == b"\xff\xda":
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                raise UnknownContainer
            end = following.start()
        yield marker, data[at + 2 : end]
        at = end
    raise UnknownContainer


def _read_jpeg(data: bytes) -> Metadata:
    block = packet = b""
    for marker, rest in _soundly(_jpeg_parts(data)):
        if marker == _APP1 and rest.startswith(_JPEG_EXIF, 2):
            block = block or rest[2 + len(_JPEG_EXIF) :]
        elif marker == _APP1 and rest.startswith(_JPEG_XMP, 2):
            packet = packet or rest[2 + len(_JPEG_XMP) :]
    return Metadata(exif=block, xmp=packet)


def _belongs_to_picture(marker: bytes, rest: bytes) -> bool:
    """Tell whether a segment is needed to show the picture: JFIF, the colour profile, Adobe's transform, the data."""
    if marker == b"\xff\xe2":
        return rest.startswith(b"ICC_PROFILE\0", 2)
    return marker in (b"\xff\xe0", b"\xff\xee") or not (0xE0 <= marker[1] <= 0xEF or marker == b"\xff\xfe")


def _replace_jpeg(data: bytes, new: Metadata) -> bytes:
    parts = [part for part in _jpeg_parts(data) if _belongs_to_picture(*part)]
    blocks = [_JPEG_EXIF + new.exif] * bool(new.exif) + [_JPEG_XMP + new.xmp] * bool(new.xmp)
    added = [(_APP1, struct.pack(">H", len(block) + 2) + block) for block in blocks if len(block) <= _MOST_SEGMENT]
    jfif = 1 if parts[0][0] == b"\xff\xe0" else 0  # has to come first
    return b"\xff\xd8" + b"".join(piece for part in (*parts[:jfif], *added, *parts[jfif:]) for piece in part)


# --- WebP -----------------------------------------------------------------------------------------------------------


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _webp_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, whole = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    for _ in range(MOST_PARTS):
        if at >= whole:
            return
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if end > len(data) or at + 8 > len(data):
            raise UnknownContainer
        yield data[at : at + 4], data[at + 8 : end]
        at = end + end % 2
    raise UnknownContainer


def _replace_webp(data: bytes, new: Metadata) -> bytes:
    parts = [part for part in _webp_parts(data) if part[0] in _WEBP_PICTURE]
    if not parts:
        raise UnknownContainer
    header = bytearray(parts.pop(0)[1] if parts[0][0] == b"VP8X" else _webp_header(*parts[0]))
    if len(header) < 10 or not parts:
        raise UnknownContainer
    header[0] &= ~(_WEBP_EXIF | _WEBP_XMP) & 0xFF
    header[0] |= _WEBP_EXIF * bool(new.exif) | _WEBP_XMP * bool(new.xmp)
    if header[0] & ~_WEBP_ALPHA or parts[0][0] not in (b"VP8 ", b"VP8L"):
        parts.insert(0, (b"VP8X", bytes(header)))
    parts += [(kind, content) for kind, content in ((b"EXIF", new.exif), (b"XMP ", new.xmp)) if content]
    body = b"".join(
        kind + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2) for kind, content in parts
    )
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _webp_header(kind: bytes, content: bytes) -> bytes:
    """Make the extended header that a simple file does not have yet."""
    if kind == b"VP8L" and content[:1] == b"\x2f" and len(content) >= 5:
        bits = int.from_bytes(content[1:5], "little")
        width, height, alpha = bits & 0x3FFF, bits >> 14 & 0x3FFF, bits >> 28 & 1  # less one
    elif kind == b"VP8 " and content[3:6] == b"\x9d\x01\x2a" and len(content) >= 10:
        width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        width, height, alpha = width - 1, height - 1, 0
    else:
        raise UnknownContainer
    if width < 0 or height < 0:
        raise UnknownContainer
    return bytes([_WEBP_ALPHA * alpha, 0, 0, 0]) + width.to_bytes(3, "little") + height.to_bytes(3, "little")
