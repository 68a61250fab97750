"""What puts things right when a worker died: leases that ran out, processes that are gone, notes left behind."""

import logging
import os
import socket
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from generation.models import Attempt, Image
from generation.services.discards import clear_discards, discard_files
from generation.services.outcomes import Ending, record_endings
from generation.services.scheduling import release_slots
from imagegen import queue

logger = logging.getLogger(__name__)

MOST_LOSSES = 3  # an image that stopped its worker so often is not tried again
FROZEN_WRITER = timedelta(minutes=30)  # no worker that lost its lease writes a file later than this


def sweep() -> None:
    """Return what expired leases hold, delete discarded files, and see to it that waiting images are claimed."""
    now = timezone.now()
    lose(Attempt.objects.filter(outcome="", lease_until__lt=now))
    settle_strays()
    clear_discards()
    if Image.objects.eligible().exists():
        queue.wake()


def free_dead_processes() -> None:
    """Return what drains of this machine hold whose process is no more; called when a worker is born again."""
    drains = set(Attempt.objects.filter(outcome="").order_by().values_list("drain", flat=True).distinct())
    dead = [drain for drain in drains if _is_dead(drain)]
    if dead:
        lose(Attempt.objects.filter(outcome="", drain__in=dead))
        queue.wake()


def lose(attempts: Iterable[Attempt]) -> None:
    """Give images whose worker is gone back to the queue; the attempt counts."""
    lost = {attempt.pk: attempt for attempt in attempts}
    if not lost:
        return
    images = Image.objects.filter(lease__in=lost)
    won = record_endings(_loss(image) for image in images)
    left = [attempt for attempt in lost.values() if attempt.pk not in won]
    Attempt.objects.filter(pk__in=[attempt.pk for attempt in left], outcome="").update(
        outcome=Attempt.Outcome.LOST, ended_at=timezone.now()
    )
    # Where the image waits again, its remote work is re-attached to; where it is over, the slot is kept
    # until the remote work has been stopped.
    over = Q(remote__isnull=False) & ~Q(image__status__in=Image.ACTIVE)
    release_slots(Attempt.objects.filter(pk__in=lost).exclude(over).values_list("pk", flat=True))
    discard_files([attempt.file_name for attempt in lost.values() if attempt.file_name], again_after=FROZEN_WRITER)
    logger.warning("%d images came back from a worker that is gone", len(won))


def drain_name() -> str:
    """Name this process so that others on this machine can tell whether it still lives."""
    return f"{socket.gethostname()}:{os.getpid()}:{_start_time(os.getpid())}"


def settle_strays() -> None:
    """Free slots of ended attempts whose remote work is certainly over, at the latest after their time limit."""
    limit = timezone.now() - timedelta(seconds=settings.IMAGE_GENERATION_MAX_WAIT_TIME)
    release_slots(
        Attempt.objects.filter(holds_slot=True)
        .exclude(outcome="")
        .filter(Q(ended_at__lt=limit) | Q(remote__isnull=True, outcome=Attempt.Outcome.LOST))
        .values_list("pk", flat=True)
    )


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
