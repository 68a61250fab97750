"""How a lane learns from its calls: the breaker of an engine that is down, the limit of one that is asked too much.

Each step is short and by itself, in the lock order: the lanes (as claims lock them), then jobs and their images.
Nothing is held from the one to the other. What a step misses because its worker died, the next call tells again.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from generation.models import Attempt, Engine, Image, LaneState
from generation.services.changes import commit_changes, lock_jobs
from generation.services.outcomes import close_reservations
from generation.services.reports import Report, Says
from generation.services.retries import MOST_TRIES
from generation.services.scheduling import abandon_remotes

logger = logging.getLogger(__name__)

FAULTS = 3  # in a row open the breaker
HOLD = 2.0  # seconds a lane rests that is limited without being told for how long
LONGEST_HOLD = 3600.0
AT_ONCE = 500  # images that fail in one transaction

LEARNT = (
    *("faults", "faulty", "trouble", "down_since", "retry_at", "probe", "probes"),
    *("limit", "limited_at", "held_until"),
)


def learn(reports: Iterable[Report]) -> None:
    """Let lanes learn from calls that have ended, in the order in which they did."""
    reports = list(reports)
    lanes = {report.lane for report in reports}
    news = {report.lane for report in reports if report.says != Says.WELL}
    if not news and not LaneState.objects.ailing().filter(pk__in=lanes).exists():
        return
    forgiven: list[UUID] = []
    with transaction.atomic():
        rows = LaneState.objects.select_for_update(of=("self",)).select_related("engine").filter(pk__in=lanes)
        states = {lane.pk: lane for lane in rows.order_by("pk")}
        for report in reports:
            forgiven += _hear(states[report.lane], report)
        for lane in states.values():
            LaneState.objects.filter(pk=lane.pk).update(**{name: getattr(lane, name) for name in LEARNT})
    _forgive(forgiven)


def fail_waiting() -> None:
    """Let what waits for an engine that is down fail at once, where its admin wants that; a probe may still come."""
    down = LaneState.objects.filter(down_since__isnull=False, retry_at__gt=timezone.now())
    for lane in down.filter(engine__when_down=Engine.WhenDown.FAIL).order_by("pk"):
        while _fail_some(lane):
            pass


def try_again_now(engine: Engine) -> None:
    """Let a lane that is down or held try the next picture at once, because somebody looked after its engine."""
    lane = LaneState.objects.filter(pk=engine.pk)
    lane.filter(down_since__isnull=False).update(retry_at=timezone.now(), probes=0)
    lane.update(held_until=None, limit=None)


def _hear(lane: LaneState, report: Report) -> list[UUID]:
    """Move a lane on by one report; give the attempts that shall cost their pictures nothing."""
    if report.says == Says.WELL:
        _hear_well(lane, report)
    elif report.says == Says.LIMITED:
        _hear_limit(lane, report)
    elif lane.down_since is None:
        return _hear_fault(lane, report)
    elif report.attempt != lane.probe:
        return [report.attempt]  # it was under way when the lane went down
    else:
        lane.probes, lane.probe, lane.trouble = lane.probes + 1, None, report.code
        lane.retry_at = timezone.now() + timedelta(seconds=lane.pause_after(lane.probes))
    return []


def _hear_well(lane: LaneState, report: Report) -> None:
    if lane.down_since:
        logger.warning("engine %s is back", lane.engine.slug)
    lane.faults, lane.faulty, lane.trouble, lane.probes = 0, [], "", 0
    lane.down_since = lane.retry_at = lane.probe = None
    if lane.limit is not None and lane.limited_at and report.started_at > lane.limited_at:
        lane.limit += 1 / lane.most_at_once  # one more call at once for each round of calls that went well
        if lane.most_at_once >= lane.engine.concurrency:
            lane.limit = lane.limited_at = None


def _hear_limit(lane: LaneState, report: Report) -> None:
    now = timezone.now()
    hold = HOLD if report.retry_after is None else min(report.retry_after, LONGEST_HOLD)
    lane.held_until = _later(lane.held_until, now + timedelta(seconds=hold))
    if lane.limited_at is None or report.started_at > lane.limited_at:  # a burst of refusals is one
        lane.limit, lane.limited_at = max(1.0, lane.most_at_once / 2), now


def _hear_fault(lane: LaneState, report: Report) -> list[UUID]:
    lane.faults, lane.trouble = lane.faults + 1, report.code
    lane.faulty = [*lane.faulty, str(report.attempt)]
    if lane.faults < FAULTS:
        return []
    logger.error("engine %s is down: %s", lane.engine.slug, report.code)
    lane.down_since = timezone.now()
    lane.retry_at = lane.down_since + timedelta(seconds=lane.pause_after(0))
    return [UUID(attempt) for attempt in lane.faulty]


def _later(first: datetime | None, second: datetime) -> datetime:
    return second if first is None else max(first, second)


def _forgive(attempts: list[UUID]) -> None:
    """Take these tries off their pictures' counts. A picture that was tried very often may be what is wrong."""
    if not attempts:
        return
    tries = Counter(Attempt.objects.filter(pk__in=attempts).values_list("image", flat=True))
    with transaction.atomic():
        jobs = lock_jobs(Image.objects.filter(pk__in=tries).values_list("job", flat=True))
        images = Image.objects.active().filter(pk__in=tries).annotate(all_tries=Count("tries"))
        changed = set()
        for image in images.filter(all_tries__lte=MOST_TRIES).order_by("pk"):
            counted = Image.objects.filter(pk=image.pk, attempts__gte=tries[image.pk])
            if counted.update(attempts=F("attempts") - tries[image.pk]):
                changed.add(image.job_id)
        if changed:
            commit_changes(jobs[job] for job in changed)


def _fail_some(lane: LaneState) -> int:
    """Let some of what waits in this lane fail; give how many did."""
    waiting = Image.objects.filter(lane=lane.pk, status=Image.Status.QUEUED).order_by("pk")
    with transaction.atomic():
        jobs = lock_jobs(waiting.values_list("job", flat=True)[:AT_ONCE])
        images = list(waiting.filter(job__in=jobs))
        now = timezone.now()
        for image in images:
            image.status, image.error_code, image.finished_at = Image.Status.FAILED, lane.trouble, now
        Image.objects.filter(pk__in=[image.pk for image in images]).update(
            status=Image.Status.FAILED, error_code=lane.trouble, finished_at=now
        )
        abandon_remotes(image.pk for image in images)
        close_reservations(images)
        if images:
            commit_changes(jobs[job] for job in {image.job_id for image in images})
    return len(images)
