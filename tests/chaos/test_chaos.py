"""Processes are killed at random moments while members submit; in the end everything adds up."""

import json
import os
import random
import secrets
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.studio import Studio, wait_for

pytestmark = pytest.mark.database

PREPARE = """
from accounts.models import Plan, Wallet
from accounts.services.members import create_member
from accounts.services.seeds import seed_plans
from accounts.services.tokens import create_token
from generation.models import Engine
settings = {"seconds": 1.0, "jitter": 0.5, "folder": FOLDER}
Engine.objects.filter(slug="simulated").update(settings=settings, concurrency=20)
Plan.objects.filter(slug="advanced").update(running_images=20)
member = create_member("alice@example.com", plan=Plan.objects.get(slug="advanced"))
print("TOKEN", create_token(member, name="chaos", scope="write")[1])
"""
LOOK = """
import json
from collections import Counter
from django.conf import settings
from generation.models import Attempt, Image, Job, Share
files = sorted(path.name for path in settings.MEDIA_ROOT.glob("*.*"))
made = Image.objects.filter(status="succeeded")
print("FACTS", json.dumps({
    "statuses": Counter(Image.objects.values_list("status", flat=True)),
    "jobs": Counter(Job.objects.values_list("status", flat=True)),
    "losses": Counter(Attempt.objects.values_list("outcome", flat=True)),
    "files": files,
    "pictures": sorted(made.values_list("file_name", flat=True)),
    "known": sorted(Attempt.objects.exclude(file_name="").values_list("file_name", flat=True)),
    "two_successes": [str(i.pk) for i in made if i.tries.filter(outcome="succeeded").count() != 1],
    "open_attempts": Attempt.objects.filter(outcome="").count(),
    "slots": Attempt.objects.filter(holds_slot=True).count() + sum(Share.objects.values_list("running", flat=True)),
}))
"""


class Chaos:
    """A product that is killed piece by piece while somebody uses it."""

    def __init__(self, folder: Path, seed: int, **environment: str) -> None:
        self.random = random.Random(seed)
        self.timelines = folder / "timelines"
        self.timelines.mkdir()
        self.studio = Studio(folder, SIMULATED_ENGINE="1", IMAGE_GENERATION_MAX_RETRIES="20", **environment)
        self.studio.wait_until_healthy()
        self._token = self.ask(f"FOLDER = {str(self.timelines)!r}\n{PREPARE}", "TOKEN")

    def ask(self, code: str, word: str) -> str:
        """Run code in the product; gives what it says after `word`."""
        before = len(self.studio.read_log())
        assert self.studio.run("shell", "-c", code).wait(60) == 0, self.studio.read_log()
        said = self.studio.read_log()[before:]
        return next(line.split(f"{word} ", 1)[1] for line in said.splitlines() if f"{word} " in line)

    def submit(self, images: int) -> None:
        """Submit jobs of four as a careful program does: again, with the same key, until the answer arrives."""
        for number in range(images // 4):
            body = json.dumps(
                {"prompt": f"kitten {number}", "count": 4, "width": 64, "height": 64, "engine": "simulated"}
            )
            wait_for(partial(self._post, f"job-{number}", body), 60, self.studio.read_log)

    def _post(self, key: str, body: str) -> bool:
        headers = {
            "Authorization": f"Bearer {self._token}", "Idempotency-Key": key, "Content-Type": "application/json"
        }  # fmt: skip
        request = urllib.request.Request(f"{self.studio.url}/api/v1/jobs", body.encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status in (200, 201)
        except urllib.error.HTTPError as error:
            if error.code < 500:
                raise
            return False
        except OSError:
            return False

    def kill_something(self) -> None:
        """Kill a worker, a whole cluster, daphne, Valkey or all of it, with no warning."""
        what = self.random.choice(["worker", "worker", "generate", "web", "valkey", "studio"])
        if what == "studio":
            self.studio.process.kill()
            self.studio.process.wait()
            self.studio.process = self.studio.run("studio")
            return
        processes = self.studio.processes("generate" if what == "worker" else what)
        if processes:
            victim = self.random.choice(processes[1:] or processes) if what == "worker" else processes[0]
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)

    def facts(self) -> dict[str, Any]:
        """Give what the rows and the folder say."""
        found: dict[str, Any] = json.loads(self.ask(LOOK, "FACTS"))
        return found


@pytest.fixture
def database() -> Iterator[dict[str, str]]:
    """Give a product a PostgreSQL database of its own where tests run on one; SQLite has its file anyway."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield {}
        return
    name = f"chaos_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield {"DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl()}


@pytest.mark.parametrize(
    ("images", "kills", "seed"), [(48, 4, 11), pytest.param(300, 25, 7, marks=pytest.mark.chaos)], ids=["short", "long"]
)
def test_whatever_is_killed_everything_adds_up(
    tmp_path: Path, database: dict[str, str], images: int, kills: int, seed: int
) -> None:
    chaos = Chaos(tmp_path, seed, **database)
    try:
        chaos.submit(images // 2)
        for number in range(kills):
            time.sleep(chaos.random.uniform(0.3, 2.0))
            chaos.kill_something()
            if number == kills // 2:
                chaos.submit(images)  # half of them are known by their keys
        chaos.studio.wait_until_healthy()
        wait_for(lambda: _over(chaos.facts()), 240, chaos.studio.read_log)
        _check(chaos.facts(), images)
        assert chaos.studio.run("audit_credits").wait(60) == 0, chaos.studio.read_log()
    finally:
        if chaos.studio.process.poll() is None:
            chaos.studio.stop()
    assert chaos.studio.processes() == []


def _over(facts: dict[str, Any]) -> bool:
    """Tell whether every image is final and every slot is free, clean-up included."""
    waiting = {"queued", "running"} & {*facts["statuses"], *facts["jobs"]}
    return not waiting and facts["slots"] == 0 and facts["files"] == facts["pictures"]


def _check(facts: dict[str, Any], images: int) -> None:
    assert sum(facts["statuses"].values()) == images
    assert facts["statuses"].get("succeeded", 0) >= images * 0.9, facts
    assert facts["files"] == facts["pictures"]
    assert set(facts["files"]) <= set(facts["known"])
    assert (facts["two_successes"], facts["open_attempts"], facts["slots"]) == ([], 0, 0)
