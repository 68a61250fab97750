"""A whole product in a folder of its own, for tests that need every process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).parent.parent


class Installation:
    """A data folder, and the management commands that run on it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.log = folder / "test.log"
        self._environment = os.environ | {"DATA_DIR": str(folder), "SECRET_KEY": ""} | environment

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a management command; its output goes to `log`."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", *command], cwd=PROJECT, env=self._environment, stdout=log, stderr=log
            )

    def processes(self, service: str = "") -> list[int]:
        """Give the ids of all processes of this data folder, or those of one service, oldest first."""
        wanted = f"IMAGEGEN_SERVICE={self.folder}:{service}" if service else f"DATA_DIR={self.folder}"
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                environment = (entry / "environ").read_bytes().split(b"\0")
                if wanted.encode() in environment and "State:\tZ" not in (entry / "status").read_text():
                    found.append((int((entry / "stat").read_text().rpartition(")")[2].split()[19]), int(entry.name)))
            except OSError:  # it has ended
                continue
        return [process for _, process in sorted(found)]

    def read_log(self) -> str:
        """Give what was written so far."""
        return self.log.read_text()


class Studio(Installation):
    """`manage.py studio` on a free port."""

    def __init__(self, folder: Path, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        super().__init__(folder, **({"PORT": str(self.port)} | environment))
        self.url = f"http://localhost:{self.port}"
        self.process = self.run("studio")

    def wait_until_healthy(self) -> None:
        """Wait until every part answers; one that never does is not left behind."""
        try:
            wait_for(self._is_healthy, 180, self.read_log)  # on a machine with nothing else to do it takes five
        except BaseException:
            self.process.kill()
            raise

    def _is_healthy(self) -> bool:
        assert self.process.poll() is None, self.read_log()
        health = self.health()
        return bool(health) and all(health.values())

    def get(self, path: str) -> int:
        """Give the status that a page answers with, redirects followed."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=10) as answer:
                status: int = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        return status

    def health(self) -> dict[str, bool]:
        """Give what /healthz says; nothing when nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                found: dict[str, bool] = json.load(answer)
        except urllib.error.HTTPError as error:
            found = json.load(error)
        except OSError:
            return {}
        return found

    def kill(self, service: str) -> None:
        """Kill a service's main process and wait until another one is there."""
        victim = self.processes(service)[0]
        os.kill(victim, signal.SIGKILL)
        wait_for(lambda: self.processes(service) and victim not in self.processes(service), 15, self.read_log)

    def stop(self) -> int:
        """Press Ctrl-C and wait for the end; gives the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


def wait_for(condition: Callable[[], object], seconds: float, explain: Callable[[], str] = str) -> None:
    """Wait until `condition` holds; fails after `seconds` with an explanation."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {explain()}"
        time.sleep(0.05)
