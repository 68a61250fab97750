"""Archives on their way to a browser."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from zipstream import ZipStream

SEND_BYTES = 1_000_000


async def pieces_of(archive: ZipStream) -> AsyncIterator[bytes]:
    """Read in a thread, a megabyte at a time, so that one download holds up nobody."""
    parts = iter(archive)
    while piece := await sync_to_async(_piece, thread_sensitive=False)(parts):
        yield piece


def _piece(parts: Iterator[bytes]) -> bytes:
    piece = bytearray()
    for part in parts:
        piece += part
        if len(piece) >= SEND_BYTES:
            break
    return bytes(piece)
