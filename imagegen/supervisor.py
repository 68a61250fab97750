"""Keep the processes of one installation running: `python -m imagegen.supervisor`.

Standard library only and one thread: it outlives whatever goes wrong in its children, costs little memory, and
may run code between fork and exec. `manage.py studio` prepares the data folder and then becomes this.
"""

import argparse
import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from imagegen.orphans import die_with, kill_marked
from imagegen.valkey import make_private_folder, server_command

MARK = "IMAGEGEN_SERVICE"
FIRST_WAIT, LONGEST_WAIT = 0.1, 10.0  # seconds before a service that ended is started again, doubled each time
STEADY_SECONDS = 10.0  # whoever ran this long is not failing at its start
COLOURS = {"valkey": 35, "web": 36, "generate": 32, "process": 33}
LONGEST_LINE = 65_536
COMMON = {"PYTHONUNBUFFERED": "1", "OBJC_DISABLE_INITIALIZE_FORK_SAFETY": "YES"}  # the second lets macOS fork


def mark_of(folder: str | Path) -> str:
    """Give the start of the environment entry that marks every process of this data folder."""
    return f"{MARK}={folder}:"


class Service:
    """One long-lived process: how it is started, watched and ended."""

    def __init__(self, name: str, command: Sequence[str], *, grace: float, **environment: str) -> None:
        self.name = name
        self.grace = grace  # seconds it may take to end after SIGTERM
        self.start_at = 0.0  # by the monotonic clock
        self._command = command
        self._environment = COMMON | environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._failures = 0

    def start(self, folder: str) -> IO[bytes]:
        """Start the process; gives its output."""
        parent = os.getpid()
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | self._environment | {MARK: f"{folder}:{self.name}"},
            process_group=0,  # Ctrl-C reaches the supervisor alone, which then stops its children in order
            preexec_fn=lambda: die_with(parent),  # noqa: PLW1509 - there is one thread, and this is one system call
        )
        return cast(IO[bytes], self._process.stdout)

    @property
    def due(self) -> bool:
        """Whether it is to be started now."""
        return self._process is None and time.monotonic() >= self.start_at

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def bury(self) -> int | None:
        """If the process has ended by itself, plan its next start and give its exit status."""
        if self._process is None or self.alive:
            return None
        status = self._process.returncode
        steady = time.monotonic() - self._started > STEADY_SECONDS
        self._failures = 0 if steady else self._failures + 1
        self.start_at = time.monotonic() + min(LONGEST_WAIT, FIRST_WAIT * 2**self._failures)
        self._process = None
        return status

    def terminate(self) -> None:
        """Ask the main process, and no other, to end: a queue cluster hangs when all its processes are told."""
        if self._process:
            self._process.terminate()

    def kill(self) -> None:
        """End the process and whoever is in its group, now."""
        if self._process and self.alive:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


@dataclass
class Output:
    """What one process writes, up to its last whole line."""

    service: str
    rest: bytes = b""

    def lines(self, written: bytes) -> list[str]:
        """Take what was just written (nothing: the end) and give the lines that are whole now."""
        *lines, self.rest = (self.rest + written).split(b"\n")
        if self.rest and (not written or len(self.rest) > LONGEST_LINE):
            lines.append(self.rest)
            self.rest = b""
        return [line.decode(errors="replace") for line in lines]


class Supervisor:
    """Starts stages of services, starts again whoever ends, and stops the stages in reverse order."""

    def __init__(self, folder: str, stages: Sequence[Sequence[Service]]) -> None:
        self._folder = folder
        self._stages = stages
        self._stop_signals = 0
        self._selector = selectors.DefaultSelector()

    def run(self) -> None:
        """Run until SIGINT, SIGTERM or SIGHUP; a second one ends everything at once."""
        self._listen_to_signals()
        services = [service for stage in self._stages for service in stage]
        try:
            while not self._stop_signals:
                for service in services:
                    self._look_after(service)
                self._relay_output(min((service.start_at for service in services if not service.alive), default=None))
        finally:
            for stage in reversed(self._stages):
                self._stop(stage)
            kill_marked(mark_of(self._folder))

    def _listen_to_signals(self) -> None:
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)  # any signal ends the wait for output
        self._selector.register(reader, selectors.EVENT_READ)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, self._note_stop)
        signal.signal(signal.SIGTERM, self._note_stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # under nohup it stays ignored
            signal.signal(signal.SIGHUP, self._note_stop)

    def _note_stop(self, *_: object) -> None:
        self._stop_signals += 1

    def _look_after(self, service: Service) -> None:
        status = service.bury()
        if status is not None:
            say(service.name, f"ended with status {status}: it is started again")
            kill_marked(mark_of(self._folder) + service.name)
        if service.due:
            self._selector.register(service.start(self._folder), selectors.EVENT_READ, Output(service.name))

    def _stop(self, stage: Sequence[Service]) -> None:
        for service in stage:
            service.terminate()
        deadline = time.monotonic() + max(service.grace for service in stage)
        while any(service.alive for service in stage) and time.monotonic() < deadline and self._stop_signals < 2:
            self._relay_output(deadline)
        for service in stage:
            service.kill()
        self._relay_output(0)

    def _relay_output(self, until: float | None) -> None:
        """Pass on what the services write; returns when there was something, on a signal or at `until`."""
        ready = self._selector.select(None if until is None else max(0, until - time.monotonic()))
        for key, _ in ready:
            written = os.read(key.fd, LONGEST_LINE)
            if key.data is None:  # a signal
                continue
            for line in key.data.lines(written):
                say(key.data.service, line)
            if not written:
                self._selector.unregister(key.fileobj)
                cast(IO[bytes], key.fileobj).close()


def say(service: str, line: str) -> None:
    """Write one line of a service's log."""
    name = f"{service:8} |"
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        name = f"\x1b[{COLOURS.get(service, 0)}m{name}\x1b[0m"
    with contextlib.suppress(OSError):  # when nobody reads the log any more, the work goes on
        print(name, line, flush=True)  # noqa: T201


def main() -> None:
    """Run Valkey (when given its socket), the web and the workers of the data folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True)
    parser.add_argument("--valkey", type=Path, help="socket of the embedded Valkey")
    options = parser.parse_args()
    bind = ("--bind", options.host, "--port", options.port)
    web = (sys.executable, "-m", "daphne", "-v0", "--no-server-name", *bind, "imagegen.asgi:application")
    work = (sys.executable, "manage.py", "work")
    niceness = {"generate": "5", "process": "10"}  # pages come before pictures, and what is made before what follows
    stages = [
        [
            Service(name, ("nice", "-n", nice, *work, name), grace=12, Q_CLUSTER_NAME=name)
            for name, nice in niceness.items()
        ],
        [Service("web", web, grace=5)],
    ]
    if options.valkey:
        make_private_folder(options.valkey.parent)
        stages.insert(0, [Service("valkey", server_command(options.valkey), grace=3)])
    Supervisor(options.folder, stages).run()


if __name__ == "__main__":
    main()
