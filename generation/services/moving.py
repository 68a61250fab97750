"""Another engine for a task that waits for one which starts nothing now."""

from dataclasses import fields

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.services import credits as ledger
from generation.exceptions import WrongState
from generation.models import Image, Job
from generation.services import gate
from generation.services.changes import commit_changes, lock_jobs, wake_drains
from generation.services.requests import JobRequest
from generation.services.scheduling import abandon_remotes

Status = Image.Status


def move_job(job: Job, engine: str) -> None:
    """Let the engine of this short name make a job of which nothing runs or is made yet, at that engine's price.

    Raises `WrongState` where something does, `Invalid` and `NotInPlan` as a new request for that engine would,
    `InsufficientCredits`, `Suspended`.
    """
    move_waiting(job, gate.check(job.member, request_for(job, engine)))


def move_waiting(job: Job, order: gate.Order) -> None:
    """Put a job that the gate has passed into the lane of another engine. Raises what `move_job` raises."""
    with transaction.atomic():
        jobs = lock_jobs([job.pk])
        waiting = list(job.images.filter(status=Status.QUEUED).order_by("pk"))
        begun = Q(status__in=(Status.RUNNING, Status.SUCCEEDED)) | ~Q(lane=job.engine_id)
        if not waiting or job.images.filter(begun).exists():
            raise WrongState(_("Only a task that has not started can move to another engine."))
        abandon_remotes(image.pk for image in waiting)
        ledger.close_all(released=[_release(image) for image in waiting])
        reservation = ledger.reserve(job.member_id, amount=order.price * len(waiting), job=job.pk)
        Image.objects.filter(pk__in=[image.pk for image in waiting]).update(
            lane=order.engine, price=order.price, expected_seconds=order.seconds, reservation=reservation.pk,
            attempts=0, not_before=None,
        )  # fmt: skip
        Job.objects.filter(pk=job.pk).update(engine=order.engine, **order.recipe_fields())
        wake_drains([order.engine])
        commit_changes(jobs.values())


def request_for(job: Job, engine: str) -> JobRequest:
    """Ask for the same again, of another engine."""
    names = [field.name for field in fields(JobRequest) if field.name != "engine"]
    return JobRequest(**{name: getattr(job, name) for name in names}, engine=engine)


def _release(image: Image) -> ledger.Closing:
    return ledger.Closing(reservation=image.reservation, member=image.member_id, image=image.pk, price=image.price)
