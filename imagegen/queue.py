"""The only door to django-q2.

A row in the database is the truth about work; a task here is only a wake-up. So it does no harm when one
is lost (the sweep sends another) or comes twice (a drain that finds nothing ends).
"""

import multiprocessing
import os
import socket
import time
from datetime import datetime

from django.core.cache import cache
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.models import Failure, Schedule
from django_q.tasks import async_task

DRAIN = "generation.tasks.drain"
TROUBLE = "generation.tasks.look_for_trouble"
BEAT = "imagegen.queue.record_beat"
SCHEDULES = {
    "sweep": ("generation.tasks.sweep", Schedule.MINUTES, 1, "process"),
    "monthly credits": ("accounts.tasks.grant_monthly", Schedule.HOURLY, None, "process"),
    "trouble": (TROUBLE, Schedule.MINUTES, 1, "process"),
    "trouble of others": (TROUBLE, Schedule.MINUTES, 1, "generate"),  # each cluster may be the one that is silent
    "leavers": ("generation.tasks.delete_leavers", Schedule.MINUTES, 1, "process"),
    "clean-up": ("generation.tasks.clean_up", Schedule.HOURLY, None, "process"),
    "finished mails": ("generation.tasks.send_finished_mails", Schedule.MINUTES, 1, "process"),
}

# Made when the process that looks after a cluster imports this, so before it forks: its workers share both.
# A bare value and no `Event`: a worker that is killed must not take a lock along that the others wait for.
_stop = multiprocessing.get_context("fork").RawValue("b", 0)
instance = f"{socket.gethostname()}:{os.getpid()}"

_ACCEPTING = "queue.drain."  # with a cluster: holds the id of a drain that claims, renewed at each of its heartbeats
_BEGUN = "queue.begun."  # with a cluster: a drain was started a moment ago
_BEAT_SECONDS = 300


def stop() -> None:
    """Tell every worker of this process's cluster to end its drain."""
    _stop.value = True


def stopping() -> bool:
    """Tell whether this cluster is about to end."""
    return bool(_stop.value)


def wake(cluster: str) -> None:
    """See to it that a drain claims soon: one that runs hears it by its channel, else one waiting token is enough."""
    broker = get_broker(cluster)
    if cache.get(_ACCEPTING + cluster) is None and broker.queue_size() == 0:
        async_task(DRAIN, cluster, cluster=cluster, broker=broker)


def may_drain(cluster: str) -> bool:
    """Tell whether a token is the first to be taken: of two at once, where chores need workers too, one is dropped."""
    return announced_drain(cluster) is None and bool(cache.add(_BEGUN + cluster, True, timeout=2))


def announce_drain(cluster: str, drain: str) -> None:
    """Say that this drain claims; holds for five seconds."""
    cache.set(_ACCEPTING + cluster, drain, timeout=5)


def announced_drain(cluster: str) -> str | None:
    """Give the drain that said so last."""
    drain: str | None = cache.get(_ACCEPTING + cluster)
    return drain


def withdraw_drain(cluster: str, drain: str) -> None:
    """Say that this drain claims no more; from now on `wake` sends a token."""
    if announced_drain(cluster) == drain:
        cache.delete(_ACCEPTING + cluster)


def beat(cluster: str) -> None:
    """Send a task whose consumption proves that the cluster is not deaf."""
    broker = get_broker(cluster)
    if broker.queue_size() < 10:  # a deaf cluster's beats must not pile up
        async_task(BEAT, cluster=cluster, broker=broker)


def record_beat() -> None:
    """Note that this cluster consumed a task just now."""
    now = time.time()
    cluster = Conf.CLUSTER_NAME
    cache.set_many({f"queue.beat.{cluster}": now, f"queue.beat.{cluster}.{instance}": now}, timeout=_BEAT_SECONDS)


def last_beat(cluster: str, *, here: bool = False) -> float | None:
    """Give the time (seconds since 1970) a task of this cluster was last consumed: anywhere, or by this instance."""
    beaten: float | None = cache.get(f"queue.beat.{cluster}.{instance}" if here else f"queue.beat.{cluster}")
    return beaten


def failed_tasks(since: datetime) -> int:
    """Count the tasks that ended with an error; the admin lists them."""
    count: int = Failure.objects.filter(stopped__gte=since).count()
    return count


def waiting_tasks(cluster: str) -> int:
    """Count the wake-ups and chores that a cluster has not taken yet."""
    size: int = get_broker(cluster).queue_size()
    return size


def ensure_schedules() -> None:
    """Write the rows of django-q2's scheduler: the backstops behind everything that runs by itself."""
    for name, (function, kind, minutes, cluster) in SCHEDULES.items():
        Schedule.objects.update_or_create(
            name=name, defaults={"func": function, "schedule_type": kind, "minutes": minutes, "cluster": cluster}
        )
