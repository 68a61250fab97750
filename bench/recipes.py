"""Five hundred pictures through a recipe of five steps, while an engine makes others; and their cluster is killed."""

import os
import signal
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image as Pixels

from bench.figures import Figure
from bench.memory import descendants, pss
from bench.product import fresh_product, make_engine, make_member, running, submit, until

PICTURES = 500
CALLS = 200  # of the engine, 2 s each, 50 at once
BEFORE_THE_KILL = 300
RECIPE = [
    {"op": "crop", "ratio": "4:5"},
    {"op": "resize", "width": 800},
    {"op": "colour", "auto": 70, "sharpen": 20},
    {"op": "watermark", "text": "© Alice"},
    {"op": "convert", "format": "webp"},
]
PHOTOS = Path(__file__).parent.parent / "tests" / "photos"


def main() -> None:
    """Measure the engine alone and beside recipes, another member's wait, memory, and what a kill repeats."""
    with fresh_product(), running("manage.py", "work", "generate"):
        from generation.services.seeds import seed_engine

        alice, bob, carol = (make_member(name) for name in ("alice", "bob", "carol"))
        make_engine(seconds=2.0)
        seed_engine()
        _generate(carol, 8)
        alone = _generate(carol, CALLS)
        with running("manage.py", "work", "process") as cluster:
            _process(alice, PICTURES)
            until(lambda: _made(alice) >= 20, seconds=300)
            with _watched(cluster.pid) as memory:
                beside = _generate(carol, CALLS)
                _report_wait(bob, alice)
                until(lambda: _made(alice) >= BEFORE_THE_KILL, seconds=900)
            finished = _tries(alice)
            _kill(cluster.pid)
        what = f"{CALLS} simulated calls beside {PICTURES} recipes of five steps"
        Figure(f"{what}: time ÷ without", beside / alone, "×", 1.2).report()
        third = len(memory) // 3
        growth = statistics.mean(memory[-third:]) / statistics.mean(memory[:third])
        Figure("  memory of the cluster and its children, end ÷ beginning", growth, "×", 1.1).report()
        Figure("  the most it took, PSS", max(memory), "MB").report()
        with running("manage.py", "work", "process"):
            until(lambda: _made(alice) == PICTURES, seconds=900)
        again = sum(tries != finished[image] for image, tries in _tries(alice).items() if image in finished)
        Figure(f"  finished pictures that `kill -9` after {len(finished)} made again", again, "", 0).report()


def _generate(member: Any, images: int) -> float:
    """Give the seconds from the first start to the last end of so many calls."""
    from generation.models import Image

    own = Image.objects.filter(member=member, status=Image.Status.SUCCEEDED)
    before, started = own.count(), time.time()
    submit(member, images)
    until(lambda: own.count() == before + images, seconds=300)
    made = own.order_by("-finished_at")[:images]
    first = min(image.started_at.timestamp() for image in made if image.started_at)
    assert first >= started - 1
    return max(image.finished_at.timestamp() for image in made if image.finished_at) - first


def _process(member: Any, pictures: int) -> list[Any]:
    """Ask for the recipe on photos, again and again; gives the jobs."""
    from generation.services import jobs
    from generation.services.recipes import process_request
    from generation.services.uploads import save_upload

    uploads = []
    for name in ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")[: min(4, pictures)]:
        file = BytesIO()
        Pixels.open(PHOTOS / name).convert("RGB").resize((1200, 1200)).save(file, "PNG", compress_level=1)
        uploads.append(save_upload(member, file.getvalue()).pk)
    asked = [process_request(uploads[number % len(uploads)], RECIPE) for number in range(pictures)]
    return [jobs.submit(member, request)[0] for request in asked]


def _report_wait(newcomer: Any, busy: Any) -> None:
    """Count what of the busy member still starts before the newcomer's only picture; what is in flight may."""
    from generation.models import Attempt, Image

    (job,) = _process(newcomer, 1)
    until(lambda: Image.objects.filter(job=job, status=Image.Status.SUCCEEDED).exists(), seconds=120)
    own = Attempt.objects.get(image__job=job)
    between = Attempt.objects.filter(member=busy, started_at__gte=job.created_at, started_at__lt=own.started_at)
    Figure("  pictures that go before another member's only one", between.count(), "", 2).report()
    finished = Image.objects.get(job=job).finished_at
    assert finished
    Figure("  until that one is there", (finished - job.created_at).total_seconds(), "s").report()


def _made(member: Any) -> int:
    from generation.models import Image

    count: int = Image.objects.filter(member=member, status=Image.Status.SUCCEEDED).count()
    return count


def _tries(member: Any) -> dict[Any, int]:
    """Count the tries of each finished picture."""
    from django.db.models import Count

    from generation.models import Image

    made = Image.objects.filter(member=member, status=Image.Status.SUCCEEDED).annotate(count=Count("tries"))
    return dict(made.values_list("pk", "count"))


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """Collect once a second what a cluster and its children take, in MB."""
    samples: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(1):
            samples.append(sum(pss(each) for each in [pid, *descendants(pid)]))

    thread = threading.Thread(target=watch)
    thread.start()
    yield samples
    over.set()
    thread.join()


def _kill(pid: int) -> None:
    for each in [pid, *descendants(pid)]:
        os.kill(each, signal.SIGKILL)


if __name__ == "__main__":
    main()
