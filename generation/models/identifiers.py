"""Ids that sort by the time they were made, so that newest-first needs no second column."""

import secrets
import threading
import time
import uuid
from datetime import datetime

_lock = threading.Lock()
_last = 0


def first_uuid_at(moment: datetime) -> uuid.UUID:
    """Give the id before all that were made at this moment or later."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)


def time_ordered_uuid() -> uuid.UUID:
    """Make a version 7 UUID (RFC 9562 §5.7, method 3): nanoseconds first, never backwards within a process."""
    global _last  # noqa: PLW0603  one clock per process is the point
    with _lock:
        _last = max(time.time_ns(), _last + 256)  # 256 ns: the resolution of the 12 sub-millisecond bits
        nanoseconds = _last
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def first_uuid_of(moment: datetime) -> uuid.UUID:
    """Give the least version 7 UUID of a moment: rows made since then have this id or a greater one."""
    milliseconds = int(moment.timestamp() * 1000)
    return uuid.UUID(int=(milliseconds & (1 << 48) - 1) << 80 | 7 << 76 | 2 << 62)
