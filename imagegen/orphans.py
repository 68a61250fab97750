"""Leave no process behind: children die with their parent, and what is left all the same is found by its mark."""

import ctypes
import os
import signal
import sys
from pathlib import Path

_SET_PARENT_DEATH_SIGNAL = 1
_libc = ctypes.CDLL(None)  # loaded here, for a child just forked should do as little as it can


def die_with(parent: int) -> None:
    """Have the kernel kill this process when `parent`, which has just forked it, ends. On Linux only."""
    if sys.platform == "linux":
        _libc.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the line above
            os._exit(1)


def kill_marked(mark: str) -> list[int]:
    """Kill every process that was started with an environment entry that begins with `mark`; gives their ids.

    Forked children carry the environment of the process that forked them, whatever session or group they
    moved to. On Linux only.
    """
    others = [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if folder.name != str(os.getpid())]
    return [process for process in others if _kill_if_marked(process, mark.encode())]


def _kill_if_marked(process: int, mark: bytes) -> bool:
    try:
        entries = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
        marked = any(entry.startswith(mark) for entry in entries)
        if marked:
            os.kill(process, signal.SIGKILL)
    except OSError:  # it has ended, or is another user's
        return False
    return marked
