"""What members do with their jobs: submit, cancel, retry, run first, delete."""

from __future__ import annotations

import secrets
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Min, QuerySet, Sum
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


def submit(member: User, request: JobRequest, *, idempotency_key: str | None = None) -> tuple[Job, bool]:
    """Accept a request as a job, once per key; the bool tells whether the job is new.

    Raises `Invalid`, `NotInPlan`, `InsufficientCredits`, `TooManyWaiting`, `Suspended`, and `KeyReused`
    where the key came with another request.
    """
    if job := _known(member, request, idempotency_key):
        return job, False
    order = gate.check(member, request)
    ledger.wallet_of(member)  # this month's credits are there before they are reserved
    Feed.objects.get_or_create(member=member)
    try:
        with transaction.atomic():
            return _write(member, order, request, idempotency_key), True
    except IntegrityError:
        if job := _known(member, request, idempotency_key):  # another press of the same key was faster
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
    failed = job.images.filter(status=Status.FAILED)
    retry_images(job, failed if failed.exists() else job.images.filter(status=Status.CANCELLED))


def retry_images(job: Job, images: QuerySet[Image], *, simplification: int = 0) -> None:
    """Put failed or cancelled images back into the queue, at their price, with the prompt simplified so far.

    Raises `WrongState` where there is none, `InsufficientCredits`, `TooManyWaiting`, `Suspended`.
    """
    if job.member.suspended_at:
        raise Suspended()
    ledger.wallet_of(job.member)
    with transaction.atomic():
        jobs = lock_jobs([job.pk])
        again = list(images.filter(status__in=(Status.FAILED, Status.CANCELLED)))
        if not again:
            raise WrongState(_("There is nothing to make again."))
        price = sum(image.price for image in again)
        reservation = ledger.reserve(job.member_id, amount=price, job=job.pk)
        waiting = Image.objects.filter(pk__in=[image.pk for image in again])
        waiting.filter(parent=None).update(simplification=simplification)  # else it keeps the words of its original
        waiting.update(
            status=Status.QUEUED, reservation=reservation.pk, attempts=0,
            error_code="", not_before=None, cancel_requested_at=None, started_at=None, finished_at=None,
        )  # fmt: skip
        _check_waiting(job.member, again[0].expected_seconds)
        wake_drains(Engine.objects.filter(pk__in={image.lane_id for image in again}))
        commit_changes(jobs.values())


def run_first(job: Job) -> None:
    """Put a job's waiting images before all others of the same member."""
    with transaction.atomic():
        jobs = lock_jobs([job.pk])
        front = Image.objects.filter(member=job.member_id, status=Status.QUEUED).aggregate(rank=Min("rank"))["rank"]
        if not job.images.filter(status=Status.QUEUED).update(rank=(front or 0) - 1):
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


def _known(member: User, request: JobRequest, key: str | None) -> Job | None:
    job = Job.objects.filter(member=member, idempotency_key=key).first() if key else None
    if job and job.request_digest != request.digest():
        raise KeyReused()
    return job


def _write(member: User, order: gate.Order, request: JobRequest, key: str | None) -> Job:
    """Write the job, reserve its credits, write its images; in the lock order, so the number comes last."""
    asked = order.request
    job = Job.objects.create(
        member=member, mode=asked.mode, engine=order.engine, prompt=asked.prompt.strip(), count=asked.count,
        negative_prompt=asked.negative_prompt, style=asked.style, title=asked.title, model=asked.model,
        sampler=asked.sampler, width=asked.width, height=asked.height, seed=asked.seed, steps=asked.steps,
        guidance=asked.guidance, strength=asked.strength, reference=asked.reference, mask=asked.mask,
        simplifications=settings.IMAGE_GENERATION_MAX_SIMPLIFICATIONS if member.simplify_refused else 0,
        recipe=asked.recipe, recipe_digest=digest_of(asked.recipe) if asked.recipe else "", **order.recipe_fields(),
        entitlements=order.entitlements.as_json(), idempotency_key=key, request_digest=request.digest(),
    )  # fmt: skip
    SearchEntry.objects.create(job=job, words=entry_of(member.pk, job.prompt))
    reservation = ledger.reserve(member.pk, amount=order.price * asked.count, job=job.pk)
    first_seed = asked.seed if asked.seed is not None else secrets.randbelow(2**32)
    Image.objects.bulk_create(
        Image(
            id=time_ordered_uuid(), job=job, member=member, lane=order.engine, index=index, price=order.price,
            seed=(first_seed + index) % 2**63, expected_seconds=order.seconds, reservation=reservation.pk,
            parent=asked.reference if asked.mode == Mode.PROCESS else None,
        )
        for index in range(asked.count)
    )  # fmt: skip
    _check_waiting(member, order.seconds)
    Feed.objects.filter(member=member).update(last_number=F("last_number") + 1)
    job.number = Feed.objects.values_list("last_number", flat=True).get(member=member)
    Job.objects.filter(pk=job.pk).update(number=job.number)
    wake_drains([order.engine])  # before the pages are told: a worker starts the sooner
    commit_changes([job])
    return job


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
    kept = images.filter(bytes__isnull=False).order_by().values_list("member").annotate(total=Sum("bytes"))
    move_bytes({member: -total for member, total in kept})
