"""How an attempt ends: recorded once, by whoever still holds the lease, in batches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.services import credits as ledger
from generation.models import Attempt, Image
from generation.services.changes import commit_changes, lock_jobs

Outcome = Attempt.Outcome


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored result; `width` and `height` in pixels."""

    file_name: str
    format: str
    width: int
    height: int
    bytes: int
    seed: int
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What became of one attempt, and of its image through it."""

    attempt: UUID
    outcome: Attempt.Outcome
    status: Image.Status  # QUEUED: the image goes back to the queue
    picture: Picture | None = None
    error_code: str = ""
    detail: str = ""
    not_before: datetime | None = None
    counted: bool = True  # False: the try does not count against the limit


def record_endings(endings: Iterable[Ending]) -> set[UUID]:
    """Record how these attempts ended; give those that still held their lease. The others have no effect at all.

    Slots are another matter (`release_slots`): a call may have ended while its result is still being stored,
    and an image may be over for its member while the engine still runs.
    """
    by_attempt = {ending.attempt: ending for ending in endings}
    with transaction.atomic():
        jobs = lock_jobs(Attempt.objects.filter(pk__in=by_attempt).values_list("image__job", flat=True))
        leased = Image.objects.filter(status=Image.Status.RUNNING, lease__in=by_attempt).order_by("member", "pk")
        ended = {image.lease: image for image in leased if image.lease and _end(image, by_attempt[image.lease])}
        for image in Image.objects.filter(pk__in=[image.pk for image in ended.values()]).order_by("member", "pk"):
            close_reservation(image)
        if ended:
            commit_changes(jobs[job] for job in {image.job_id for image in ended.values()})
    return set(ended)


def _end(image: Image, ending: Ending) -> bool:
    """Move one image on, if the attempt still holds its lease; tell whether it did."""
    now = timezone.now()
    cancelled = ending.status == Image.Status.QUEUED and image.cancel_requested_at
    status = Image.Status.CANCELLED if cancelled else ending.status
    picture = {name: getattr(ending.picture, name) for name in Picture.__slots__} if ending.picture else {}
    won = (
        Image.objects.leased(ending.attempt)
        .filter(pk=image.pk)
        .update(
            status=status,
            lease=None,
            error_code=ending.error_code if status == Image.Status.FAILED else "",
            not_before=ending.not_before,
            finished_at=None if status in Image.ACTIVE else now,
            attempts=F("attempts") - (not ending.counted),
            **picture,
        )
    )
    if won:
        Attempt.objects.filter(pk=ending.attempt, outcome="").update(
            outcome=ending.outcome, error_code=ending.error_code, detail=ending.detail[:2000], ended_at=now
        )
    return bool(won)


def close_reservation(image: Image) -> None:
    """Settle the price of an image that was made, release that of one that was not; in the caller's transaction.

    An image that waits again keeps its reservation.
    """
    if image.final:
        close = ledger.settle if image.status == Image.Status.SUCCEEDED else ledger.release
        close(image.reservation, member_id=image.member_id, image=image.pk, price=image.price)
