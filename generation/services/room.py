"""Whether there is room to work: where the disk is nearly full or memory is short, what waits goes on waiting."""

import shutil
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEMINFO = Path("/proc/meminfo")  # where there is none, memory is not watched

SENTENCES: dict[str, Promise] = {
    "disk": _("The server's disk is nearly full. What waits starts by itself once there is room."),
    "memory": _("The server is short of memory. What waits starts by itself in a moment."),
}

Shortage = Literal["", "disk", "memory"]


def shortage() -> Shortage:
    """Tell what new work waits for; empty: nothing."""
    if shutil.disk_usage(settings.DATA_DIR).free < settings.DISK_FULL_BYTES:
        return "disk"
    memory = free_memory()
    return "memory" if memory is not None and memory < settings.MEMORY_LOW_BYTES else ""


def free_memory() -> int | None:
    """Give the bytes that programs may still take; None where the system does not say."""
    try:
        lines = MEMINFO.read_text().splitlines()
    except OSError:
        return None
    found = next((line.split() for line in lines if line.startswith("MemAvailable:")), None)
    return int(found[1]) * 1024 if found else None
