"""How a change of jobs becomes known: the next seq of their member, then a hint to the open pages."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from generation.models import Engine, Feed, GoneJob, Image, Job
from generation.models.job import derive_status
from generation.models.rows import update_each
from generation.services.representation import JSON, represent_jobs
from imagegen import events, queue

STATUS_FIELDS = ("status", "seq", "started_at", "finished_at")
MOST_CHANGES = 200  # a client that missed more than this had better load the page anew


class Change(NamedTuple):
    """A job that changed, and the seq of that among the changes of its member."""

    member: int
    job: UUID
    seq: int


Changes = list[Change]


def lock_jobs(ids: Iterable[UUID]) -> dict[UUID, Job]:
    """Lock these jobs, in the order that every transaction keeps. Their images then change under this lock alone."""
    return {job.pk: job for job in Job.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")}


def next_seqs(member: int, count: int) -> range:
    """Take the next `count` numbers of a member's feed; the row stays locked until commit, so order is commit order."""
    Feed.objects.filter(member=member).update(seq=F("seq") + count)
    last = Feed.objects.values_list("seq", flat=True).get(member=member)
    return range(last - count + 1, last + 1)


def represent_changes(changed: Changes) -> list[tuple[int, int, JSON]]:
    """Give what pages are told of these jobs: owner, the seq of the change, and what the job has come to by now.

    Nothing of members who have no page open: a page that opens later is greeted with a seq that was read later.
    """
    present = events.present({change.member for change in changed})
    changed = [change for change in changed if change.member in present]
    jobs = Job.objects.with_images().order_by().in_bulk([change.job for change in changed])
    represented: dict[str, JSON] = {}
    for language in {job.member.language for job in jobs.values()}:
        with translation.override(language or None):
            spoken = [job for job in jobs.values() if job.member.language == language]
            represented |= {job["id"]: job for job in represent_jobs(spoken, forecast=False)}
    # A job that was deleted meanwhile has its own message.
    return [(member, seq, represented[str(job)]) for member, job, seq in changed if job in jobs]


def publish_changes(changed: Changes) -> None:
    """Tell owners' pages what these jobs have come to, each under the seq of its change."""
    if told := represent_changes(changed):
        events.publish_jobs(told)


def commit_changes(
    jobs: Iterable[Job], *, status: Job.Status | None = None, publish: Callable[[Changes], None] = publish_changes
) -> None:
    """Give each job its status and the next seq, and publish it after commit. The last act of a transaction.

    The status is derived from the job's images, unless it is known what all of these jobs have come to.
    """
    jobs = sorted(jobs, key=attrgetter("member_id", "pk"))
    statuses = {} if status else _statuses_of(jobs)
    for member, changed in groupby(jobs, key=attrgetter("member_id")):
        own = list(changed)
        for job, seq in zip(own, next_seqs(member, len(own)), strict=True):
            job.seq = seq
            _set_status(job, status or derive_status(statuses[job.pk]))
    update_each(Job, [({"id": job.pk}, {name: getattr(job, name) for name in STATUS_FIELDS}) for job in jobs])
    tell(partial(publish, [Change(job.member_id, job.pk, job.seq) for job in jobs]))


def commit_gone(job: Job) -> None:
    """Record that a job is deleted, and tell its pages after commit. The last act of a transaction.

    One note more is kept than a client is told of one by one: whoever missed even that loads the page anew.
    """
    notes = GoneJob.objects.filter(member=job.member_id).order_by("-seq")
    GoneJob.objects.filter(pk__in=list(notes.values_list("pk", flat=True)[MOST_CHANGES:])).delete()
    (seq,) = next_seqs(job.member_id, 1)
    GoneJob.objects.create(member_id=job.member_id, seq=seq, job=job.pk)
    tell(partial(events.publish_gone, job.member_id, seq=seq, job=job.pk))


def tell(hint: Callable[[], object]) -> None:
    """Give a hint after commit; when it fails that is logged, the row is right all the same."""
    transaction.on_commit(lambda: hint(), robust=True)  # noqa: PLW0108  a partial has no name for Django's log line


def wake_drains(lanes: Iterable[Engine]) -> None:
    """After commit, see to it that drains which serve these lanes claim soon."""
    for cluster in sorted({lane.cluster for lane in lanes}):
        tell(partial(queue.wake, cluster))
    tell(events.publish_work)


def _statuses_of(jobs: list[Job]) -> dict[UUID, list[str]]:
    """Give the states of each job's results, as `Job.results` names them."""
    images = list(Image.objects.filter(job__in=jobs).order_by().values_list("job", "pk", "status", "parent"))
    parents = {(job, parent) for job, _image, _status, parent in images}
    statuses: dict[UUID, list[str]] = {job.pk: [] for job in jobs}
    for job, image, status, _parent in images:
        if (job, image) not in parents:
            statuses[job].append(status)
    return statuses


def _set_status(job: Job, status: Job.Status) -> None:
    now = timezone.now()
    job.status = status
    if job.finished_at and not job.final:
        job.started_at = None  # a retry: its time is counted anew
    job.started_at = job.started_at or (now if status == Job.Status.RUNNING else None)
    job.finished_at = (job.finished_at or now) if job.final else None
