"""What puts things right when a worker died: leases that ran out, processes that are gone, notes left behind."""

import logging
import os
import socket
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from generation.models import Attempt, Image
from generation.models.engine import CLUSTERS, GENERATE
from generation.services.breaker import fail_waiting
from generation.services.discards import clear_discards
from generation.services.falling_back import fall_back
from generation.services.outcomes import Ending, record_endings
from generation.services.scheduling import release_slots
from imagegen import queue

logger = logging.getLogger(__name__)

MOST_LOSSES = 3  # an image that stopped its worker so often is not tried again


def sweep() -> None:
    """Return what expired leases hold, see to it that a drain does what there is to do, and delete discarded files."""
    now = timezone.now()
    lose(Attempt.objects.filter(outcome="", lease_until__lt=now).order_by())
    settle_strays()
    fall_back()
    fail_waiting()
    _wake_for_work()
    if strays().exists():
        queue.wake(GENERATE)
    clear_discards()  # last: a storage that is away must not hold up the work


def free_dead_processes() -> None:
    """Return what drains of this machine hold whose process is no more; called when a worker is born again."""
    attempts = Attempt.objects.order_by()
    drains = set(attempts.filter(outcome="").values_list("drain", flat=True))
    drains |= set(attempts.filter(holds_slot=True).values_list("drain", flat=True))
    dead = [drain for drain in drains if _is_dead(drain)]
    own = attempts.filter(drain__in=dead)
    lose(own.filter(outcome=""))
    release_slots(own.filter(holds_slot=True, remote__isnull=True).values_list("pk", flat=True))
    for cluster in CLUSTERS:
        if (announced := queue.announced_drain(cluster)) and _is_dead(announced):
            queue.withdraw_drain(cluster, announced)
    _wake_for_work()


def lose(attempts: QuerySet[Attempt]) -> None:
    """Give images whose worker is gone back to the queue; the attempt counts."""
    leases = list(attempts.values_list("pk", flat=True))
    images = Image.objects.filter(status=Image.Status.RUNNING, lease__in=leases)
    if lost := record_endings(_loss(image) for image in images):
        logger.warning("%d images came back from a worker that is gone", len(lost))


def strays() -> QuerySet[Attempt]:
    """Attempts that are over while their remote work may still run: it is to be stopped."""
    return Attempt.objects.filter(holds_slot=True, remote__isnull=False).exclude(outcome="").order_by()


def drain_name() -> str:
    """Name this process so that others on this machine can tell whether it still lives."""
    return f"{socket.gethostname()}:{os.getpid()}:{_start_time(os.getpid())}"


def settle_strays() -> None:
    """Free slots of attempts that could not be stopped, once their work must be over by itself."""
    limit = timezone.now() - timedelta(seconds=settings.IMAGE_GENERATION_MAX_WAIT_TIME)
    over = Attempt.objects.filter(holds_slot=True, ended_at__lt=limit).exclude(outcome="").order_by()
    release_slots(over.values_list("pk", flat=True))


def _wake_for_work() -> None:
    for cluster in CLUSTERS:
        if Image.objects.eligible().in_clusters([cluster]).exists():
            queue.wake(cluster)


def _loss(image: Image) -> Ending:
    assert image.lease  # noqa: S101  selected by it
    worn_out = image.attempts >= MOST_LOSSES
    return Ending(
        attempt=image.lease,
        outcome=Attempt.Outcome.LOST,
        status=Image.Status.FAILED if worn_out else Image.Status.QUEUED,
        error_code="worker_lost",
    )


def _is_dead(drain: str) -> bool:
    host, _, process = drain.partition(":")
    if host != socket.gethostname():
        return False
    pid, started, *_rest = process.split(":")
    return _start_time(int(pid)) != started


def _start_time(pid: int) -> str:
    """Give when a process started, in the kernel's ticks (a pid alone may be reused); empty when it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]
