"""The queue played by hand: claims and endings without an engine, a worker or a wait."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from accounts.models import Plan, User
from accounts.services.members import change_plan
from generation.models import Attempt, Engine, Image, Job, Share
from generation.models.identifiers import time_ordered_uuid
from generation.services.outcomes import Ending, Picture, record_endings
from generation.services.scheduling import Claim, claim_images, release_slots
from tests.factories import make_member, make_plan, submit_job

DRAIN = "host:1:1:drain"
PICTURE = Picture(file_name="", format="png", width=64, height=64, bytes=1, seed=1)


def make_rich_member(name: str, **limits: object) -> User:
    """Make a member whom only `limits` of an own plan hold back."""
    make_plan()
    numbers = {
        "running_images": 1_000,
        "waiting_images": 10_000,
        "images_per_job": 8,
        "modes": ["text-to-image"],
        "operations": ["*"],
    }
    plan, _ = Plan.objects.update_or_create(
        slug=name, defaults=numbers | {"name": name, "parameters": ["*"], "monthly_credits": 100_000} | limits
    )
    member = make_member(name)
    change_plan(member, plan)
    return member


def make_waiting(member: User, count: int, *, seconds: Sequence[float] = (1.0,), **values: object) -> None:
    """Make so many waiting images, four to a job, their expected seconds in turn; the first job paid for all."""
    model = submit_job(member, **values)  # type: ignore[arg-type]  # whatever a request has
    first = model.images.get()
    own = {name: getattr(first, name) for name in ("member", "lane", "seed", "price", "reservation")}
    facts = {name: getattr(model, name) for name in ("member", "engine", "mode", "prompt", "width", "height", "count")}
    first.delete()
    jobs = [model, *Job.objects.bulk_create(Job(**facts) for _ in range(4, count, 4))]
    costs = itertools.cycle(seconds)
    Image.objects.bulk_create(
        Image(id=time_ordered_uuid(), job=jobs[number // 4], index=number % 4, expected_seconds=next(costs), **own)
        for number in range(count)
    )


def ending(claim: Claim, status: Image.Status = Image.Status.SUCCEEDED, **facts: object) -> Ending:
    """Give how a claim may end, by default with a picture."""
    outcome = Attempt.Outcome.FAILED if status == Image.Status.QUEUED else Attempt.Outcome(status)
    picture = replace(PICTURE, file_name=claim.attempt.file_name) if status == Image.Status.SUCCEEDED else None
    return Ending(**{"attempt": claim.attempt.pk, "outcome": outcome, "status": status, "picture": picture} | facts)  # type: ignore[arg-type]


def end(claims: Iterable[Claim], status: Image.Status = Image.Status.SUCCEEDED) -> None:
    """Let the calls of these claims return and record their endings."""
    claims = list(claims)
    release_slots(claim.attempt.pk for claim in claims)
    record_endings(ending(claim, status) for claim in claims)


def claim(limit: int = 1_000) -> list[Claim]:
    """Claim as a drain does."""
    return claim_images(DRAIN, limit=limit)


def owners(claims: Iterable[Claim]) -> list[str]:
    """Give whose images these are."""
    return [claim.image.member.email.partition("@")[0] for claim in claims]


def running(member: User, lane: Engine | None = None) -> int:
    """Count what the shares say runs for a member."""
    shares = Share.objects.filter(member=member)
    return sum(share.running for share in (shares.filter(lane=lane.pk) if lane else shares))
