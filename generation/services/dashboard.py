"""What admins see at a glance: each lane over the last day, and the rest as it is now.

Every figure comes from rows, so it is right after a restart, and the number of queries does not depend on how many
lanes, members or pictures there are. Rows are found by their time-ordered ids, which have an index.
"""

import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import (
    Count,
    Exists,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
)
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils import timezone
from redis.exceptions import RedisError

from generation.models import Attempt, Engine, Image, Job, Upload
from generation.models.identifiers import first_uuid_of
from generation.services.troubles import CLUSTERS
from imagegen import queue

HOURS = 24
MEDIAN, MOST = 10, 19  # twentieths
LONGEST_TRY = timedelta(hours=1)  # a try that ended in the window began no longer before it
LONGEST_WAIT = timedelta(days=7)  # so far back it is looked for pictures that were cancelled before they began
PICTURES_KEY = "dashboard.pictures"
PICTURES_SECONDS = 300

Outcome = Attempt.Outcome
Place = tuple[int, datetime]  # a lane and the start of an hour


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a lane; waits in seconds, None where nothing started."""

    start: datetime
    made: int = 0
    failed: int = 0
    waiting: int = 0  # pictures that had not begun at its end
    wait_median: float | None = None
    wait_most: float | None = None  # 19 of 20 waited less


@dataclass(frozen=True, slots=True)
class Failure:
    """How often one error code came in the last day."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One engine: now, and over the last day."""

    engine: Engine
    running: int
    waiting: int
    hours: list[Hour]
    failures: list[Failure]
    wait_median: float | None
    wait_most: float | None

    @property
    def made(self) -> int:
        """Count the pictures of the day."""
        return sum(hour.made for hour in self.hours)

    @property
    def failed(self) -> int:
        """Count the tries of the day that failed."""
        return sum(hour.failed for hour in self.hours)


@dataclass(slots=True)
class _Counts:
    """What the queries found, by lane and hour."""

    made: dict[Place, int] = field(default_factory=lambda: defaultdict(int))
    failed: dict[Place, int] = field(default_factory=lambda: defaultdict(int))
    codes: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    came: dict[Place, int] = field(default_factory=lambda: defaultdict(int))
    left: dict[Place, int] = field(default_factory=lambda: defaultdict(int))


def lanes_over_the_day(now: datetime | None = None) -> list[Lane]:
    """Give every lane with its last 24 hours, the present one last."""
    current = (now or timezone.now()).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    starts = [current - timedelta(hours=back) for back in reversed(range(HOURS))]
    since = starts[0]
    counts = _count_endings(since)
    waits = _waits(since)
    for place, began in waits.items():
        counts.left[place] += began.total()
    _count_arrivals(since, counts)
    lanes = []
    for engine in _engines():
        of_the_day = sum((began for (lane, _hour), began in waits.items() if lane == engine.pk), Counter[int]())
        codes = counts.codes[engine.pk].items()
        lanes.append(
            Lane(
                engine=engine,
                running=engine.held,  # type: ignore[attr-defined]  # annotated
                waiting=engine.queued,  # type: ignore[attr-defined]
                hours=_hours(engine, starts, counts, waits),
                failures=[Failure(code, count) for code, count in sorted(codes, key=lambda item: -item[1])],
                wait_median=_rank(of_the_day, MEDIAN),
                wait_most=_rank(of_the_day, MOST),
            )
        )
    return lanes


@dataclass(frozen=True, slots=True)
class Machine:
    """The disk, what pictures take of it, and who was active; sizes in bytes."""

    disk_total: int
    disk_free: int
    pictures: int
    active_today: int  # members who asked for pictures in the last 24 hours
    active_this_week: int

    @property
    def disk_used(self) -> int:
        """Bytes that are taken, by whatever."""
        return self.disk_total - self.disk_free

    @property
    def disk_high(self) -> int:
        """From how many bytes on the disk is nearly full."""
        low: int = settings.DISK_LOW_BYTES
        return max(0, self.disk_total - low)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of one queue: when one last took a task, and how many tasks none has taken yet."""

    name: str
    beat: datetime | None
    waiting: int

    @property
    def silent_for(self) -> float | None:
        """Seconds since the last beat; one comes every five seconds."""
        return (timezone.now() - self.beat).total_seconds() if self.beat else None

    @property
    def healthy(self) -> bool:
        """Whether a task was taken lately."""
        return self.silent_for is not None and self.silent_for < 30


def machine_now() -> Machine:
    """Look at the disk and count active members; what pictures take is counted anew every few minutes."""
    now = timezone.now()
    disk = shutil.disk_usage(settings.DATA_DIR)
    today = Q(pk__gte=first_uuid_of(now - timedelta(days=1)))
    active = Job.objects.filter(pk__gte=first_uuid_of(now - timedelta(days=7))).aggregate(
        today=Count("member", distinct=True, filter=today), week=Count("member", distinct=True)
    )
    return Machine(disk.total, disk.free, _bytes_of_pictures(), active["today"], active["week"])


def clusters_now() -> list[Cluster]:
    """Give the beats of the workers; without Valkey none is known."""
    found = []
    for name in CLUSTERS:
        try:
            beat, waiting = queue.last_beat(name), queue.waiting_tasks(name)
        except RedisError:
            beat, waiting = None, 0
        found.append(Cluster(name, datetime.fromtimestamp(beat, UTC) if beat else None, waiting))
    return found


def failed_tasks_today() -> int:
    """Count what django-q2 ran and saw fail in the last 24 hours."""
    count: int = queue.failed_tasks(timezone.now() - timedelta(days=1))
    return count


def _bytes_of_pictures() -> int:
    """Sum up the files, at most every few minutes: with a million rows it takes a while."""
    try:
        kept: int | None = cache.get(PICTURES_KEY)
    except RedisError:
        return 0
    if kept is None:
        kept = sum(model.objects.aggregate(total=Sum("bytes"))["total"] or 0 for model in (Image, Upload))
        cache.set(PICTURES_KEY, kept, timeout=PICTURES_SECONDS)
    return kept


def _hours(engine: Engine, starts: list[datetime], counts: _Counts, waits: dict[Place, Counter[int]]) -> list[Hour]:
    """Lay out a lane's hours; how many waited at each one's end is known now, and is counted back from there."""
    hours: list[Hour] = []
    waiting: int = engine.unbegun  # type: ignore[attr-defined]  # annotated
    for start in reversed(starts):
        place = (engine.pk, start)
        wait = waits.get(place, Counter())
        ranks = (_rank(wait, MEDIAN), _rank(wait, MOST))
        hours.append(Hour(start, counts.made[place], counts.failed[place], max(0, waiting), *ranks))
        waiting += counts.left[place] - counts.came[place]
    return hours[::-1]


def _engines() -> QuerySet[Engine]:
    """Give the engines with their slots held, pictures queued, and pictures that have never begun."""
    queued = Image.objects.filter(status=Image.Status.QUEUED)
    return Engine.objects.select_related("lane").annotate(
        held=_count_of(Attempt.objects.in_slots()),
        queued=_count_of(queued),
        unbegun=_count_of(queued.filter(~Exists(_tries()))),
    )


def _count_endings(since: datetime) -> _Counts:
    counts = _Counts()
    ended = Attempt.objects.filter(pk__gte=first_uuid_of(since - LONGEST_TRY), ended_at__gte=since).order_by()
    rows = ended.values_list("lane", _hour_of("ended_at"), "outcome", "error_code").annotate(Count("pk"))
    for lane, letters, outcome, code, count in rows:
        hour = _start_of(letters)
        if outcome == Outcome.SUCCEEDED:
            counts.made[lane, hour] += count
        elif outcome in (Outcome.FAILED, Outcome.LOST):
            counts.failed[lane, hour] += count
            counts.codes[lane][code] += count
    return counts


def _count_arrivals(since: datetime, counts: _Counts) -> None:
    """Count pictures that came, and those that left the queue without ever having begun."""
    came = Image.objects.filter(pk__gte=first_uuid_of(since)).order_by()
    for lane, hour, count in came.values_list("lane", _hour_of("created_at")).annotate(Count("pk")):
        counts.came[lane, _start_of(hour)] += count
    gave_up = Image.objects.filter(pk__gte=first_uuid_of(since - LONGEST_WAIT), finished_at__gte=since)
    never_begun = gave_up.filter(status=Image.Status.CANCELLED).filter(~Exists(_tries())).order_by()
    for lane, hour, count in never_begun.values_list("lane", _hour_of("finished_at")).annotate(Count("pk")):
        counts.left[lane, _start_of(hour)] += count


def _waits(since: datetime) -> dict[Place, Counter[int]]:
    """Count, by lane and hour, after how many tenths of a second pictures began for the first time."""
    earlier = Attempt.objects.filter(image=OuterRef("image"), pk__lt=OuterRef("pk"))
    first = Attempt.objects.filter(~Exists(earlier), pk__gte=first_uuid_of(since), started_at__gte=since)
    tenths = _TenthsBetween("started_at", "image__created_at")
    waits: dict[Place, Counter[int]] = defaultdict(Counter)
    for lane, hour, wait, count in first.order_by().values_list("lane", _hour_of("started_at"), tenths, Count("pk")):
        waits[lane, _start_of(hour)][int(wait)] += count
    return waits


def _rank(waits: Counter[int], twentieths: int) -> float | None:
    """Give the wait that so many twentieths did not exceed, in seconds: the nearest rank."""
    left = -(-waits.total() * twentieths // 20)
    for wait in sorted(waits):
        left -= waits[wait]
        if left <= 0:
            return wait / 10
    return None


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    """Count a lane's rows without joining them, so that counts do not multiply."""
    own = rows.filter(lane=OuterRef("pk")).order_by().values("lane")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)


def _tries() -> QuerySet[Attempt]:
    return Attempt.objects.filter(image=OuterRef("pk"))


def _hour_of(name: str) -> Substr:
    """Name an hour by the first letters of its moments, in UTC: Django's own functions are slow on SQLite."""
    return Substr(Cast(name, TextField()), 1, 13)


def _start_of(hour: str) -> datetime:
    return datetime.fromisoformat(f"{hour}:00:00+00:00")


class _TenthsBetween(Func):
    """Tenths of a second from the second moment to the first, by the database's own means."""

    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Count in days, as SQLite does."""
        context |= {"template": "ROUND((julianday(%(expressions)s)) * 864000.0)", "arg_joiner": ") - julianday("}
        return self.as_sql(compiler, connection, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Take the seconds of an interval."""
        context |= {"template": "ROUND(EXTRACT(EPOCH FROM (%(expressions)s)) * 10)", "arg_joiner": " - "}
        return self.as_sql(compiler, connection, **context)
