"""What members do with their jobs: submit, cancel, retry, run first, delete."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Min, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import credits as ledger
from accounts.services.plans import entitlements_of
from generation.engines.base import Mode
from generation.exceptions import KeyReused, Suspended, TooManyWaiting, WrongState
from generation.models import Attempt, Engine, Feed, Image, Job, SearchEntry
from generation.models.identifiers import time_ordered_uuid
from generation.models.job import ImageQuerySet
from generation.models.search import entry_of
from generation.services import gate
from generation.services.changes import commit_changes, commit_gone, lock_jobs, tell, wake_drains
from generation.services.discards import discard_files
from generation.services.kept import move_bytes
from generation.services.outcomes import close_reservations
from generation.services.recipes import digest_of
from generation.services.requests import JobRequest
from generation.services.scheduling import abandon_remotes, release_slots
from imagegen import events

Status = Image.Status


@dataclass(frozen=True, slots=True)
class Part:
    """One job of what a press asks for; the cells of a grid share `group` and, unless it is an axis, the seed."""

    order: gate.Order
    group: UUID | None = None
    cell: list[dict[str, Any]] | None = None
    seed: int | None = None  # of its first picture, where the request leaves that open


def submit(member: User, request: JobRequest, *, idempotency_key: str | None = None) -> tuple[Job, bool]:
    """Accept a request as a job, once per key; the bool tells whether the job is new.

    Raises `Invalid`, `NotInPlan`, `InsufficientCredits`, `TooManyWaiting`, `Suspended`, and `KeyReused`
    where the key came with another request.
    """
    return accept(member, request.digest(), idempotency_key, lambda: [Part(gate.check(member, request))])


def accept(member: User, digest: str, key: str | None, pass_gate: Callable[[], Sequence[Part]]) -> tuple[Job, bool]:
    """Write what the gate lets through as jobs, all or none, once per key; gives the first job and whether it is new.

    Raises what `submit` and `pass_gate` raise.
    """
    if job := _known(member, digest, key):
        return job, False
    parts = pass_gate()
    ledger.wallet_of(member)  # this month's credits are there before they are reserved
    Feed.objects.get_or_create(member=member)
    try:
        with transaction.atomic():
            return _write(member, parts, digest, key), True
    except IntegrityError:
        if job := _known(member, digest, key):  # another press of the same key was faster
            return job, False
        raise


def cancel_job(job: Job) -> None:
    """Stop everything of a job that still waits or runs; what is finished is kept. Twice is fine."""
    cancel_images(Image.objects.filter(job=job))


def cancel_images(images: ImageQuerySet) -> None:
    """Stop these images: those that wait at once, those that run as soon as their engine has stopped."""
    with transaction.atomic():
        jobs = lock_jobs(images.active().values_list("job", flat=True))
        active = list(images.active().filter(cancel_requested_at__isnull=True).order_by("member", "pk"))
        now = timezone.now()
        waiting = [image for image in active if image.status == Status.QUEUED]
        Image.objects.filter(pk__in=[image.pk for image in waiting]).update(status=Status.CANCELLED, finished_at=now)
        for image in waiting:
            image.status = Status.CANCELLED
        abandon_remotes(image.pk for image in waiting)
        close_reservations(waiting)
        running = [image.pk for image in active if image.status == Status.RUNNING]
        Image.objects.filter(pk__in=running).update(cancel_requested_at=now)
        commit_changes(jobs[job] for job in {image.job_id for image in active})
    if running:
        tell(partial(events.publish_cancel, running))


def retry_job(job: Job) -> None:
    """Make a job's failed images again, or its cancelled ones where none failed.

    Where only the recipe is left to do, that alone is done: what the engine made is kept, and paid for.
    """
    retry_unmade(job.member, Image.objects.filter(job=job))


def retry_unmade(member: User, images: ImageQuerySet) -> None:
    """Make those of these images that failed again, or the cancelled ones where none failed."""
    failed = images.filter(status=Status.FAILED)
    retry_images(member, failed if failed.exists() else images.filter(status=Status.CANCELLED))


def retry_images(member: User, images: QuerySet[Image], *, simplification: int = 0) -> None:
    """Put a member's failed or cancelled images back into the queue, at their price, the prompt simplified so far.

    Raises `WrongState` where there is none, `InsufficientCredits`, `TooManyWaiting`, `Suspended`.
    """
    if member.suspended_at:
        raise Suspended()
    ledger.wallet_of(member)
    with transaction.atomic():
        jobs = lock_jobs(images.values_list("job", flat=True))
        unmade = images.filter(job__in=jobs, status__in=(Status.FAILED, Status.CANCELLED))
        again = list(unmade.order_by("job_id", "index"))
        if not again:
            raise WrongState(_("There is nothing to make again."))
        for job, own in groupby(again, key=attrgetter("job_id")):
            _queue_again(jobs[job], list(own), simplification)
        _check_waiting(member, again[0].expected_seconds)
        wake_drains(Engine.objects.filter(pk__in={image.lane_id for image in again}))
        commit_changes(jobs[job] for job in {image.job_id for image in again})


def run_first(job: Job) -> None:
    """Put a job's waiting images before all others of the same member."""
    run_images_first(job.member_id, Image.objects.filter(job=job))


def run_images_first(member: int, images: ImageQuerySet) -> None:
    """Put those of these images that wait before all others of their member."""
    with transaction.atomic():
        jobs = lock_jobs(images.values_list("job", flat=True))
        front = Image.objects.filter(member=member, status=Status.QUEUED).aggregate(rank=Min("rank"))["rank"]
        if not images.filter(status=Status.QUEUED).update(rank=(front or 0) - 1):
            raise WrongState(_("Nothing of this task waits any more."))
        commit_changes(jobs.values())


def delete_job(job: Job) -> None:
    """Remove a finished job with its pictures. Raises `WrongState` while something waits or runs."""
    with transaction.atomic():
        locked = lock_jobs([job.pk]).get(job.pk)
        if locked is None:
            return
        if not locked.final:
            raise WrongState(_("Cancel the task first, then delete it."))
        _give_up(locked.images.all())
        locked.delete()
        commit_gone(job)


def delete_images(images: ImageQuerySet) -> None:
    """Remove finished images and their files; the last one of a job takes it along.

    Raises `WrongState` while one of them waits or runs; then nothing is removed.
    """
    with transaction.atomic():
        jobs = lock_jobs(images.values_list("job", flat=True))
        if images.active().exists():
            raise WrongState(_("Cancel the picture first, then delete it."))
        doomed = Image.objects.filter(pk__in=list(images.filter(job__in=jobs).values_list("pk", flat=True)))
        _give_up(doomed)
        doomed.delete()
        left = set(Image.objects.filter(job__in=jobs).values_list("job", flat=True))
        gone = [job for pk, job in sorted(jobs.items()) if pk not in left]
        Job.objects.filter(pk__in=[job.pk for job in gone]).delete()
        commit_changes(job for pk, job in jobs.items() if pk in left)
        for job in gone:
            commit_gone(job)


def delete_image(image: Image) -> None:
    """Remove one finished image and its file; the last one takes its job along. Raises `WrongState` while it runs."""
    delete_images(Image.objects.filter(pk=image.pk))


def _known(member: User, digest: str, key: str | None) -> Job | None:
    job = Job.objects.filter(member=member, idempotency_key=key).first() if key else None
    if job and job.request_digest != digest:
        raise KeyReused()
    return job


def _write(member: User, parts: Sequence[Part], digest: str, key: str | None) -> Job:
    """Write the jobs, reserve their credits, write their images; in the lock order, so the numbers come last."""
    # A key has one job: of several it is the first.
    jobs = [_write_job(member, part, digest, None if at else key) for at, part in enumerate(parts)]
    _check_waiting(member, parts[0].order.seconds)
    Feed.objects.filter(member=member).update(last_number=F("last_number") + len(jobs))
    last = Feed.objects.values_list("last_number", flat=True).get(member=member)
    for number, job in enumerate(jobs, start=last - len(jobs) + 1):
        job.number = number
        job.save(update_fields=["number"])
    wake_drains({part.order.engine for part in parts})  # before the pages are told: a worker starts the sooner
    commit_changes(jobs)
    return jobs[0]


def _write_job(member: User, part: Part, digest: str, key: str | None) -> Job:
    order, asked = part.order, part.order.request
    job = Job.objects.create(
        member=member, mode=asked.mode, engine=order.engine, prompt=asked.prompt.strip(), count=asked.count,
        negative_prompt=asked.negative_prompt, style=asked.style, title=asked.title, model=asked.model,
        sampler=asked.sampler, width=asked.width, height=asked.height, seed=asked.seed, steps=asked.steps,
        guidance=asked.guidance, strength=asked.strength, reference=asked.reference, mask=asked.mask,
        simplifications=settings.IMAGE_GENERATION_MAX_SIMPLIFICATIONS if member.simplify_refused else 0,
        recipe=asked.recipe, recipe_digest=digest_of(asked.recipe) if asked.recipe else "", **order.recipe_fields(),
        group=part.group, cell=part.cell, entitlements=order.entitlements.as_json(),
        idempotency_key=key, request_digest=digest,
    )  # fmt: skip
    SearchEntry.objects.create(job=job, words=entry_of(member.pk, job.prompt))
    reservation = ledger.reserve(member.pk, amount=order.price * asked.count, job=job.pk)
    first_seed = next((seed for seed in (asked.seed, part.seed) if seed is not None), secrets.randbelow(2**32))
    Image.objects.bulk_create(
        Image(
            id=time_ordered_uuid(), job=job, member=member, lane=order.engine, index=index, price=order.price,
            seed=(first_seed + index) % 2**63, expected_seconds=order.seconds, reservation=reservation.pk,
            parent=asked.reference if asked.mode == Mode.PROCESS else None,
        )
        for index in range(asked.count)
    )  # fmt: skip
    return job


def _queue_again(job: Job, images: list[Image], simplification: int) -> None:
    reservation = ledger.reserve(job.member_id, amount=sum(image.price for image in images), job=job.pk)
    waiting = Image.objects.filter(pk__in=[image.pk for image in images])
    waiting.filter(parent=None).update(simplification=simplification)  # else it keeps the words of its original
    waiting.update(
        status=Status.QUEUED, reservation=reservation.pk, attempts=0,
        error_code="", not_before=None, cancel_requested_at=None, started_at=None, finished_at=None,
    )  # fmt: skip


def _check_waiting(member: User, seconds: float) -> None:
    """Refuse what goes over the plan's limit. The wallet's row is locked by now, so nobody counts at the same time."""
    limit = entitlements_of(member).waiting_images
    if Image.objects.filter(member=member, status=Status.QUEUED).count() > limit:
        words = _("Your plan allows %(limit)s waiting pictures. Wait for some, or cancel some.") % {"limit": limit}
        raise TooManyWaiting(words, retry_after=max(1, round(seconds)))


def _give_up(images: QuerySet[Image]) -> None:
    """Discard the files of images that are about to be deleted. Raises `WrongState` while an engine still works on one.

    With its attempt would go the slot and the only way to stop the work: somebody could start and delete for ever.
    """
    if Attempt.objects.filter(image__in=images, holds_slot=True, remote__isnull=False).exists():
        raise WrongState(_("The engine still works on this. Delete it when it has stopped."))
    release_slots(Attempt.objects.filter(image__in=images, holds_slot=True).values_list("pk", flat=True))
    discard_files(images.exclude(file_name="").values_list("file_name", flat=True))
    kept = images.order_by().values_list("member").annotate(total=Coalesce(Sum("bytes"), 0))
    move_bytes({member: -total for member, total in kept})
