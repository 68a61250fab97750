"""How an attempt ends: recorded once, by whoever still holds the lease, in batches."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.services import credits as ledger
from generation.models import Attempt, Engine, Image, Job
from generation.models.identifiers import time_ordered_uuid
from generation.models.rows import Values, update_each
from generation.services.changes import Changes, commit_changes, lock_jobs, publish_changes, wake_drains
from generation.services.discards import discard_files
from generation.services.kept import move_bytes
from generation.services.reports import Report, Says
from generation.services.scheduling import lock_open, release_slots

Outcome = Attempt.Outcome
FROZEN_WRITER = timedelta(minutes=30)  # no worker that lost its lease writes a file later than this


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored result; `width` and `height` in pixels."""

    file_name: str
    format: str
    width: int
    height: int
    bytes: int
    seed: int
    placeholder: str = ""
    unsafe_score: float | None = None
    sensitive: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


PICTURE_FIELDS = [item.name for item in fields(Picture)]
HANDED_FIELDS = ["lane_id", "parent", "price", "expected_seconds", "seed", "facts"]
ENDED_FIELDS = ["status", "lease", "error_code", "not_before", "finished_at", "attempts", "simplification"]


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
    simplification: int | None = None  # the next try has fewer words
    report: Report | None = None  # what it says about the engine

    @property
    def says(self) -> Says:
        """How the engine is by this; well where it says nothing."""
        return self.report.says if self.report else Says.WELL


def record_endings(endings: Iterable[Ending], *, publish: Callable[[Changes], None] = publish_changes) -> set[UUID]:
    """Record how these attempts ended; give those that still held their lease. The others have no effect at all.

    Pages hear of it by `publish`, after commit.

    Slots are another matter (`release_slots`): a call may have ended while its result is still being stored,
    and an image may be over for its member while the engine still runs. Only those of workers that are gone
    are freed here.
    """
    by_attempt = {ending.attempt: ending for ending in endings}
    with transaction.atomic():
        jobs = lock_jobs(Attempt.objects.filter(pk__in=by_attempt).order_by().values_list("image__job", flat=True))
        running = Image.objects.filter(status=Image.Status.RUNNING, lease__in=by_attempt).order_by()
        held = {image.lease: image for image in running if image.lease}
        lock_open(held)
        originals = []
        written: dict[tuple[str, ...], list[tuple[Values, Values]]] = {}
        for attempt, image in held.items():
            if original := _hand_over(image, by_attempt[attempt], jobs[image.job_id]):
                originals.append(original)
            else:
                _end(image, by_attempt[attempt])
            changed = ENDED_FIELDS + (HANDED_FIELDS if original else PICTURE_FIELDS if image.file_name else [])
            leased = {"id": image.pk, "status": Image.Status.RUNNING, "lease": attempt}
            written.setdefault(tuple(changed), []).append((leased, {name: getattr(image, name) for name in changed}))
        for changes in written.values():
            update_each(Image, changes)
        Image.objects.bulk_create(originals)
        _end_attempts([(by_attempt[attempt], image) for attempt, image in held.items()])
        _clear_up([by_attempt[attempt] for attempt in held])
        ended = [*held.values(), *originals]
        close_reservations(ended)
        move_bytes(_bytes_made(ended))
        if originals:
            wake_drains(Engine.objects.filter(pk__in={image.lane_id for image in held.values()}))
        if held:
            commit_changes((jobs[job] for job in {image.job_id for image in held.values()}), publish=publish)
    return set(held)


def discard_pictures(endings: Iterable[Ending]) -> None:
    """Delete the pictures of attempts that did not win; one that won, though its answer got lost, keeps its own."""
    names = {ending.attempt: ending.picture.file_name for ending in endings if ending.picture}
    recorded = Attempt.objects.filter(pk__in=names, outcome=Outcome.SUCCEEDED).values_list("pk", flat=True)
    discard_files(names[attempt] for attempt in names.keys() - set(recorded))


def close_reservations(images: Iterable[Image]) -> None:
    """Settle the price of images that were made, release that of those that were not; in the caller's transaction.

    An image that waits again keeps its reservation.
    """
    closings: dict[str, list[ledger.Closing]] = {"settled": [], "released": []}
    for image in images:
        if image.final:
            kind = "settled" if image.status == Image.Status.SUCCEEDED else "released"
            closings[kind].append(
                ledger.Closing(reservation=image.reservation, member=image.member_id, image=image.pk, price=image.price)
            )
    ledger.close_all(**closings)


def _end(image: Image, ending: Ending) -> None:
    """Put what an attempt came to on its image."""
    cancelled = ending.status == Image.Status.QUEUED and image.cancel_requested_at
    image.status = Image.Status.CANCELLED if cancelled else ending.status
    image.lease = None
    image.error_code = ending.error_code if image.status == Image.Status.FAILED else ""
    image.not_before = ending.not_before
    image.finished_at = timezone.now() if image.final else None
    image.attempts -= not ending.counted
    if ending.simplification is not None:
        image.simplification = ending.simplification
    if ending.picture:
        for name in PICTURE_FIELDS:
            setattr(image, name, getattr(ending.picture, name))


def _hand_over(image: Image, ending: Ending, job: Job) -> Image | None:
    """Where a recipe follows on the engine: give the picture as an original of its own, which is paid for now.

    Its image goes on to wait in the lane of the recipe, for what is left of the price; whatever becomes of it there,
    the original stays. One that is to be cancelled goes no further.
    """
    if not (ending.picture and job.processor_id) or image.parent:
        return None
    kept = ("job_id", "member_id", "lane_id", "reservation", "attempts", "simplification", "created_at", "started_at")
    made = {name: getattr(ending.picture, name) for name in PICTURE_FIELDS}
    original = Image(
        id=time_ordered_uuid(), index=job.count + image.index, status=Image.Status.SUCCEEDED,
        price=image.price - job.processing_price, expected_seconds=image.expected_seconds, finished_at=timezone.now(),
        **made, **{name: getattr(image, name) for name in kept},
    )  # fmt: skip
    _end(image, replace(ending, status=Image.Status.QUEUED, picture=None))
    image.parent, image.lane_id, image.attempts = original.pk, job.processor_id, 0
    image.price, image.expected_seconds = job.processing_price, job.processing_seconds
    image.seed, image.facts = original.seed, original.facts
    return original


def _bytes_made(images: Iterable[Image]) -> Counter[int]:
    made: Counter[int] = Counter()
    for image in images:
        made[image.member_id] += (image.bytes or 0) if image.status == Image.Status.SUCCEEDED else 0
    return made


def _end_attempts(ended: list[tuple[Ending, Image]]) -> None:
    """Close the attempts, those that ended alike in one statement."""
    alike: dict[tuple[str, str, str], list[UUID]] = {}
    for ending, image in ended:
        stopped = image.status == Image.Status.CANCELLED and not ending.picture
        outcome: str = Outcome.CANCELLED if stopped else ending.outcome
        detail = ending.detail[:2000].replace("\x00", "")  # a raw remote message; PostgreSQL stores no NUL
        alike.setdefault((outcome, ending.error_code, detail), []).append(ending.attempt)
    for (outcome, code, detail), attempts in alike.items():
        Attempt.objects.filter(pk__in=attempts, outcome="").update(
            outcome=outcome, error_code=code, detail=detail, ended_at=timezone.now(), ahead=False
        )


def _clear_up(endings: list[Ending]) -> None:
    """Free the slots of attempts that a worker left, and discard what it may have written.

    Where the image waits again its remote work is re-attached to; where it is over, the slot is kept until a
    drain has stopped that work.
    """
    left = [ending.attempt for ending in endings if ending.outcome in (Outcome.LOST, Outcome.RETURNED)]
    if left:
        attempts = Attempt.objects.filter(pk__in=left)
        to_stop = Q(remote__isnull=False) & ~Q(image__status__in=Image.ACTIVE)
        release_slots(attempts.exclude(to_stop).values_list("pk", flat=True))
        discard_files(attempts.exclude(file_name="").values_list("file_name", flat=True), again_after=FROZEN_WRITER)
