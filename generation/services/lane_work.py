"""What waits, runs and failed in each lane for each member, and what admins do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.exceptions import Refusal
from accounts.models import User
from generation.models import Engine, Image, Job
from generation.models.identifiers import first_uuid_of
from generation.models.job import ImageQuerySet
from generation.services.jobs import cancel_images, retry_images

FAILED_SINCE = timedelta(days=1)
MOST_ROWS = 200
Status = Image.Status


@dataclass(frozen=True, slots=True)
class Work:
    """One member's pictures in one lane; those that failed are of the last day."""

    lane: Engine
    member: User
    waiting: int
    running: int
    failed: int
    oldest: datetime | None  # when what waits longest was asked for


def work_by_lane_and_member() -> list[Work]:
    """Give who has what in which lane, the longest queues first, in three queries."""
    recent = Q(pk__gte=first_uuid_of(timezone.now() - FAILED_SINCE), status=Status.FAILED)
    waits = Q(status=Status.QUEUED)
    rows = Image.objects.filter(Q(status__in=Image.ACTIVE) | recent).order_by().values_list("lane", "member").annotate(
        waiting=Count("pk", filter=waits),
        running=Count("pk", filter=Q(status=Status.RUNNING)),
        failed=Count("pk", filter=Q(status=Status.FAILED)),
        oldest=Min("created_at", filter=waits),
    )  # fmt: skip
    found = list(rows.order_by("-waiting", "-running", "-failed", "member")[:MOST_ROWS])
    lanes = Engine.objects.in_bulk([lane for lane, *_ in found])
    members = User.objects.select_related("plan").in_bulk([member for _, member, *_ in found])
    return [Work(lanes[lane], members[member], *facts) for lane, member, *facts in found]


def cancel_in_lane(lane: Engine, member: User) -> int:
    """Stop everything of a member that waits or runs in a lane; tells how many pictures."""
    own = _own(lane, member)
    count = own.active().count()
    cancel_images(own)
    return count


def requeue_in_lane(lane: Engine, member: User) -> tuple[int, list[Refusal]]:
    """Put a member's pictures that failed in the last day back into the queue, at their price.

    Tells how many wait again, and what stood in the way of the others.
    """
    recent = _own(lane, member).filter(pk__gte=first_uuid_of(timezone.now() - FAILED_SINCE), status=Status.FAILED)
    jobs = Job.objects.filter(pk__in=recent.values("job")).select_related("member__plan")
    done, refusals = 0, []
    for job in jobs:
        failed = recent.filter(job=job)
        count = failed.count()
        try:
            retry_images(job.member, failed)
            done += count
        except Refusal as refusal:
            refusals.append(refusal)
    return done, refusals


def _own(lane: Engine, member: User) -> ImageQuerySet:
    return Image.objects.visible_to(member).filter(lane=lane)
