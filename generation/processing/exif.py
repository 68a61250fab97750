"""The little of EXIF that we need: a comment, some texts and the orientation, written and read without a library.

Pillow reads more, but warns and raises in many ways at hostile blocks; here every offset is checked.
"""

import struct
from collections.abc import Mapping

DESCRIPTION, MAKE, MODEL, ORIENTATION, EXIF_FOLDER, USER_COMMENT = 0x010E, 0x010F, 0x0110, 0x0112, 0x8769, 0x9286
MOST_TAGS = 200
_UNICODE, _ASCII = b"UNICODE\0", b"ASCII\0\0\0"
_BYTES = (1, 2, 7)  # types whose values are bytes: BYTE, ASCII, UNDEFINED


def build(comment: str, orientation: int = 1, texts: Mapping[int, str] | None = None) -> bytes:
    """Make a TIFF block of a comment (as UTF-16, like other tools do), an orientation that is not 1, and texts."""
    texts = texts or {}
    folder: dict[int, tuple[int, int, int]] = {}  # tag -> type, count, value or offset
    if orientation != 1:
        folder[ORIENTATION] = (3, 1, orientation << 16)
    end = 8 + 2 + 12 * (len(folder) + len(texts) + bool(comment)) + 4
    below = b""
    for tag, words in texts.items():
        value = words.encode("utf-8", "replace") + b"\0"
        inside = len(value) <= 4
        folder[tag] = (2, len(value), int.from_bytes(value.ljust(4, b"\0"), "big") if inside else end + len(below))
        below += b"" if inside else value + bytes(len(value) % 2)
    if comment:
        text = _UNICODE + comment.encode("utf-16-be", "replace")
        start = end + len(below)
        folder[EXIF_FOLDER] = (4, 1, start)
        below += _folder({USER_COMMENT: (7, len(text), start + 2 + 12 + 4)}) + text
    return b"MM\0*\0\0\0\x08" + _folder(folder) + below if folder else b""


def _folder(entries: Mapping[int, tuple[int, int, int]]) -> bytes:
    body = b"".join(struct.pack(">HHII", tag, *entry) for tag, entry in sorted(entries.items()))
    return struct.pack(">H", len(entries)) + body + bytes(4)


def read(block: bytes) -> dict[int, bytes]:
    """Give the tags of a block whose values are bytes, and the orientation as one byte; what is broken is left out."""
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 8:
        return {}
    found, offset = _tags(block, order, struct.unpack_from(f"{order}I", block, 4)[0])
    below, _ = _tags(block, order, offset) if offset else ({}, 0)
    return found | below


def _tags(block: bytes, order: str, at: int) -> tuple[dict[int, bytes], int]:
    """Read one folder; also gives the offset of the EXIF folder (0: none)."""
    found: dict[int, bytes] = {}
    folder = 0
    if at + 2 > len(block):
        return found, folder
    count = min(struct.unpack_from(f"{order}H", block, at)[0], MOST_TAGS, (len(block) - at - 2) // 12)
    for index in range(count):
        entry = at + 2 + 12 * index
        tag, kind, length, value = struct.unpack_from(f"{order}HHII", block, entry)
        if tag == EXIF_FOLDER:
            folder = value
        elif tag == ORIENTATION and kind == 3:
            found[tag] = bytes([min(struct.unpack_from(f"{order}H", block, entry + 8)[0], 255)])
        elif kind in _BYTES:
            start = entry + 8 if length <= 4 else value
            found[tag] = block[start : start + length]
    return found, folder


def orientation_of(block: bytes) -> int:
    """Give how the picture has to be turned, 1 … 8."""
    value = read(block).get(ORIENTATION, b"\1")[0]
    return value if 1 <= value <= 8 else 1


def text_of(value: bytes) -> str:
    """Decode a comment or a text: UTF-16 of either order where it says Unicode, else UTF-8."""
    if value.startswith(_UNICODE):
        body = value[len(_UNICODE) :]
        # The byte order is said nowhere: most texts hold Latin letters, whose high byte is 0.
        little = body[1::2].count(0) > body[0::2].count(0)
        return body.decode("utf-16-le" if little else "utf-16-be", "replace").lstrip("\ufeff").rstrip("\0")
    return value.removeprefix(_ASCII).decode("utf-8", "replace").rstrip("\0")
