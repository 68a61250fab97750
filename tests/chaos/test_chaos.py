"""Processes are killed at random moments; in the end every image, file, slot and credit is where it belongs."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.postgres import running_postgres
from tests.studio import PROJECT, Studio, wait_for

PROMPTS = ("a kitten", "a kitten [fail engine_down 1]", "a kitten [fail moderation_rejected]", "a kitten [garbage]")
WEIGHTS = (12, 2, 1, 1)
RECIPE = [{"op": "resize", "width": 48}, {"op": "watermark", "text": "chaos"}, {"op": "convert", "format": "webp"}]
VICTIMS = ("worker", "generate", "web", "valkey", "process", "studio")


@contextmanager
def database(name: str) -> Iterator[str]:
    """Give the address of an empty database: none for SQLite."""
    if name == "postgresql":
        with running_postgres() as address:
            yield address
    else:
        yield ""


class Chaos:
    """A studio, members who submit and cancel through its API, and a killer; all of it from one seed."""

    def __init__(self, folder: Path, address: str, seed: int) -> None:
        self.environment = {"DATABASE_URL": address, "SIMULATED_ENGINE": "1", "API_JOBS_PER_MINUTE": "10000"}
        self.environment["API_REQUESTS_PER_MINUTE"] = "100000"
        self.random = random.Random(seed)
        self.studio = Studio(folder, **self.environment)
        self.killed: list[str] = []

    def look(self, *command: str) -> Any:
        """Ask a process of its own about the rows."""
        environment = os.environ | self.environment | {"DATA_DIR": str(self.studio.folder), "SECRET_KEY": ""}
        found = subprocess.run(
            [sys.executable, "-m", "tests.chaos.rows", *command],
            cwd=PROJECT, env=environment, stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
        return json.loads(found.stdout)

    def submit(self, images: int) -> None:
        """Submit until all is accepted: a press whose answer was lost is pressed again with its own key."""
        tokens = list(self.look("prepare").values())
        for _ in range(images // 4):
            (prompt,) = self.random.choices(PROMPTS, WEIGHTS)
            body: dict[str, object] = {"prompt": prompt, "width": 64, "height": 64, "count": 4, "engine": "simulated"}
            if self.random.random() < 0.3:
                body["recipe"] = RECIPE
            token, key = self.random.choice(tokens), str(UUID(int=self.random.getrandbits(128)))
            job = self._insist("/jobs", token, body, key)
            if self.random.random() < 0.15:
                self._insist(f"/jobs/{job['id']}/cancel", token, {})

    def _insist(self, path: str, token: str, body: dict[str, object], key: str = "") -> Any:
        deadline = time.monotonic() + 120
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
        request = urllib.request.Request(f"{self.studio.url}/api/v1{path}", json.dumps(body).encode(), headers)
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    raise AssertionError(error.read()) from error
            except (OSError, ValueError, HTTPException):  # nobody there, or gone in the middle of the answer
                pass
            time.sleep(0.1)
        raise AssertionError(f"{path} was never accepted")

    def kill_at_random(self, kills: int, pause: float) -> None:
        """Kill everything in turn and at random."""
        turns = [*VICTIMS, *self.random.choices(VICTIMS, k=max(0, kills - len(VICTIMS)))][:kills]
        self.random.shuffle(turns)
        for victim in turns:
            self._wait_for_work()
            time.sleep(self.random.uniform(0, 2) * pause)
            self._kill(victim)
            self.killed.append(victim)

    def _wait_for_work(self) -> None:
        """Wait until another engine call has begun, so that there is something to lose; not for ever."""
        calls, deadline = self._calls(), time.monotonic() + 30
        while self._calls() == calls and time.monotonic() < deadline:
            time.sleep(0.05)

    def _calls(self) -> int:
        return len(list(self.studio.folder.glob("remote/*.json")))

    def _kill(self, victim: str) -> None:
        if victim == "studio":
            self.studio.process.kill()
            self.studio.process.wait()
            time.sleep(self.random.uniform(0, 1))
            self.studio.process = self.studio.run("studio")
            return
        service = "generate" if victim == "worker" else victim
        wait_for(lambda: self.studio.processes(service), 60, self.studio.read_log)
        processes = self.studio.processes(service)
        if victim == "worker":
            processes = [self.random.choice(processes[1:] or processes)]
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def run_chaos(chaos: Chaos, *, images: int, kills: int, pause: float, seconds: float) -> None:
    """Submit and kill at once, then wait for peace and look at everything."""
    try:
        chaos.studio.wait_until_healthy()
        killer = threading.Thread(target=chaos.kill_at_random, args=(kills, pause))
        killer.start()
        chaos.submit(images)
        killer.join()
        before = time.monotonic()
        wrong, outcome = chaos.look("settle", str(seconds))
        assert wrong == [], chaos.studio.read_log()[-20_000:]
        assert sum(outcome[status] for status in ("succeeded", "failed", "cancelled")) == images
        sys.stdout.write(f"{chaos.killed} {outcome} settled after {time.monotonic() - before:.0f} s\n")
    finally:
        if chaos.studio.process.poll() is None:
            chaos.studio.stop()
    assert chaos.studio.processes() == []
    assert chaos.look("settle", "0")[0] == []


@pytest.mark.flow
@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_a_few_kills_cost_nothing(name: str, tmp_path: Path) -> None:
    with database(name) as address:
        run_chaos(Chaos(tmp_path, address, seed=8), images=60, kills=6, pause=0.5, seconds=60)


@pytest.mark.chaos
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_many_kills_cost_nothing(name: str, seed: int, tmp_path: Path) -> None:
    with database(name) as address:
        run_chaos(Chaos(tmp_path, address, seed), images=300, kills=20, pause=1, seconds=180)
