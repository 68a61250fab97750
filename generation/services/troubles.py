"""What admins should look at: found by a look each minute, shown on their pages, mailed once for each time it comes."""

import logging
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from accounts.models import User
from generation.models import LaneState, Trouble
from generation.services.messages import remedy
from generation.services.room import free_memory
from imagegen import queue

logger = logging.getLogger(__name__)

CLUSTERS = ("generate", "process")
GONE_AFTER = timedelta(minutes=5)  # one that comes and goes is one trouble and one mail
TOLD_AFTER = timedelta(seconds=45)  # seen by two looks: what passes by itself is not mailed

Kind = Trouble.Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong now."""

    kind: Trouble.Kind
    subject: str = ""
    detail: str = ""


def look_for_trouble() -> None:
    """Find what is wrong now, record it, and mail the admins what stays. Any number may look at the same time."""
    now = timezone.now()
    for finding in _findings():
        seen = {"seen_at": now, "detail": finding.detail}
        trouble, new = Trouble.objects.get_or_create(
            kind=finding.kind, subject=finding.subject, gone_at=None, defaults=seen | {"since": now}
        )
        if not new:
            Trouble.objects.filter(pk=trouble.pk).update(**seen)
    Trouble.objects.open().filter(seen_at__lt=now - GONE_AFTER).update(gone_at=now)
    for trouble in Trouble.objects.open().filter(told_at=None, since__lte=now - TOLD_AFTER, seen_at__gte=now):
        _tell(trouble)


def current_troubles() -> list[Trouble]:
    """Give what is wrong, for admins' pages; a silence of all workers, which nobody else could record, included."""
    recorded = list(Trouble.objects.open())
    known = {(trouble.kind, trouble.subject) for trouble in recorded}
    live = [finding for finding in _silent_workers() if (finding.kind, finding.subject) not in known]
    return recorded + [Trouble(kind=finding.kind, subject=finding.subject) for finding in live]


def sentence_of(trouble: Trouble) -> str:
    """Say what is wrong, in the active language."""
    match trouble.kind:
        case Kind.LANE_DOWN:
            facts = {"engine": _(trouble.subject), "why": remedy(trouble.detail)}
            return _("%(engine)s is down. %(why)s") % facts
        case Kind.DISK_LOW:
            free = filesizeformat(int(trouble.detail))
            return _("Only %(free)s are left on the disk of the data folder.") % {"free": free}
        case Kind.MEMORY_LOW:
            free = filesizeformat(int(trouble.detail))
            return _("Only %(free)s of memory are left, so new work waits.") % {"free": free}
        case _:
            return _("No worker of the cluster “%(cluster)s” takes any task.") % {"cluster": trouble.subject}


def _findings() -> Iterable[Finding]:
    yield from _failing_lanes()
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < settings.DISK_LOW_BYTES:
        yield Finding(Kind.DISK_LOW, detail=str(free))
    memory = free_memory()
    if memory is not None and memory < settings.MEMORY_LOW_BYTES:
        yield Finding(Kind.MEMORY_LOW, detail=str(memory))
    yield from _silent_workers()


def _failing_lanes() -> Iterable[Finding]:
    """Name engines that should work and whose breaker has opened: what waits for them waits until a try goes well."""
    down = LaneState.objects.filter(down_since__isnull=False, engine__paused=False)
    for engine, code in down.values_list("engine__name", "trouble"):
        yield Finding(Kind.LANE_DOWN, engine, code)


def _silent_workers() -> Iterable[Finding]:
    try:
        beats = {cluster: queue.last_beat(cluster) for cluster in CLUSTERS}
    except RedisError as error:  # then nothing works, and everything says so
        logger.warning("beats are not known: %r", error)
        return
    for cluster, beat in beats.items():
        if beat is None or time.time() - beat > settings.DEAF_SECONDS:
            yield Finding(Kind.WORKER_SILENT, cluster)


def _tell(trouble: Trouble) -> None:
    """Mail every admin, once; when it cannot be sent, the next look tries again."""
    with transaction.atomic():
        if not Trouble.objects.filter(pk=trouble.pk, told_at=None).update(told_at=timezone.now()):
            return
    try:
        for admin in User.objects.filter(is_staff=True, is_active=True):
            with translation.override(admin.language or settings.LANGUAGE_CODE):
                send_mail(f"imagegen: {trouble}", _body(trouble), None, [admin.email])
    except OSError as error:  # smtplib's errors are among these
        logger.error("admins were not told of %s: %r", trouble, error)
        Trouble.objects.filter(pk=trouble.pk).update(told_at=None)


def _body(trouble: Trouble) -> str:
    since = timezone.localtime(trouble.since).strftime("%Y-%m-%d %H:%M %Z")
    admin = f"{settings.PUBLIC_URL}/admin/"
    words = _("Since %(since)s. What to look at: %(admin)s") % {"since": since, "admin": admin}
    return f"{sentence_of(trouble)}\n\n{words}\n"
