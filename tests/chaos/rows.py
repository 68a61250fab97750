"""The rows and files of a data folder, seen by a process of its own: `python -m tests.chaos.rows prepare|settle`."""

import json
import os
import sys
import time
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "imagegen.settings"
django.setup()

from django.conf import settings  # noqa: E402
from PIL import Image as Picture  # noqa: E402

from accounts.models import Plan  # noqa: E402
from accounts.services import credits as ledger  # noqa: E402
from accounts.services.members import create_member  # noqa: E402
from accounts.services.tokens import create_token  # noqa: E402
from generation import storage  # noqa: E402
from generation.models import Attempt, Engine, Feed, GoneJob, Image, Job, Share  # noqa: E402
from generation.services.audit import audit  # noqa: E402

MEMBERS = ("alice", "bob", "carol")


def prepare() -> dict[str, str]:
    """Make members whom only their places in the order hold back, and one engine; gives each member's token."""
    Engine.objects.filter(slug="illustrator").update(enabled=False)
    facts = {"seconds": 2.0, "jitter": 0.8, "folder": str(settings.DATA_DIR / "remote")}
    (settings.DATA_DIR / "remote").mkdir()
    Engine.objects.filter(slug="simulated").update(concurrency=12, settings=facts, time_limit=20)
    Plan.objects.filter(slug="advanced").update(running_images=12, monthly_credits=100_000)
    plan = Plan.objects.get(slug="advanced")
    members = [create_member(f"{name}@example.com", plan=plan) for name in MEMBERS]
    return {member.email: create_token(member, name="chaos")[1] for member in members}


def settle(seconds: float) -> list[str]:
    """Wait until nothing is wrong any more; gives what still is when the time is over."""
    deadline = time.monotonic() + seconds
    while (wrong := problems()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return wrong


def problems() -> list[str]:
    """Name everything that is not over, not paid, not counted or not where it belongs."""
    return [*_unfinished(), *_wrong_files(), *_wrong_seqs(), *audit()]


def _unfinished() -> list[str]:
    counts = {
        "images that wait or run": Image.objects.active().count(),
        "jobs that are not final": Job.objects.filter(finished_at=None).count(),
        "open leases": Attempt.objects.filter(outcome="").count(),
        "slots held": Attempt.objects.filter(holds_slot=True).count(),
        "shares that run": Share.objects.filter(running__gt=0).count(),
        "open reservations": ledger.open_reservations().count(),
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def _wrong_files() -> list[str]:
    """Each success has one attempt and one file with its renditions; there is no other file."""
    made = Image.objects.filter(status=Image.Status.SUCCEEDED)
    wanted = {name for image in made for name in storage.files_of(image.file_name)}
    media = Path(settings.MEDIA_ROOT)
    there = {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}
    wrong = [f"missing: {name}" for name in wanted - there] + [f"nobody's: {name}" for name in there - wanted]
    succeeded = Attempt.objects.filter(outcome=Attempt.Outcome.SUCCEEDED).values_list("lane", "file_name")
    if sorted(succeeded) != sorted(made.values_list("lane", "file_name")):
        wrong.append("successes and successful attempts differ")
    for image in made:
        if image.file_name in there:
            with Picture.open(media / image.file_name) as picture:
                picture.load()
    return wrong


def _wrong_seqs() -> list[str]:
    wrong = []
    for feed in Feed.objects.all():
        seqs = [*Job.objects.filter(member=feed.pk).values_list("seq", flat=True)]
        seqs += GoneJob.objects.filter(member=feed.pk).values_list("seq", flat=True)
        if len(set(seqs)) != len(seqs) or max(seqs, default=0) != feed.seq:
            wrong.append(f"member {feed.pk}: feed at {feed.seq}, jobs at {sorted(seqs)[-3:]}")
    return wrong


def outcome() -> dict[str, int]:
    """Count what became of the images, and how often something had to be done again."""
    originals = Image.objects.filter(parent__isnull=False).values("parent")
    results = Image.objects.exclude(pk__in=originals)
    counts = {status: results.filter(status=status).count() for status in Image.Status.values}
    counts["originals"] = originals.count()
    gone = (Attempt.Outcome.LOST, Attempt.Outcome.RETURNED)
    again = Attempt.objects.filter(outcome__in=gone).count()
    started = len(list((settings.DATA_DIR / "remote").glob("*.json")))
    return counts | {"attempts": Attempt.objects.count(), "lost or returned": again, "remote calls": started}


if __name__ == "__main__":
    answer: object = prepare() if sys.argv[1] == "prepare" else [settle(float(sys.argv[2])), outcome()]
    sys.stdout.write(json.dumps(answer))
