"""Another engine for what waits for one that is down, where the admin has named one and the member agreed."""

from django.db.models import F

from accounts.exceptions import Refusal
from generation.exceptions import NotInPlan
from generation.models import Engine, Job, LaneState
from generation.services import gate
from generation.services.engines import standing_of
from generation.services.moving import move_waiting, request_for

AT_ONCE = 50  # jobs of one engine in one sweep


def fall_back() -> None:
    """Move waiting jobs of members who agreed from each engine that is down to its fallback, at that one's price.

    Cells of a grid stay: elsewhere they would no longer differ in the grid's axes alone.
    A job that the other engine cannot make, or its member not pay, stays; it is not asked again.
    """
    down = LaneState.objects.filter(down_since__isnull=False, engine__fallback__enabled=True)
    for lane in down.select_related("engine__fallback__lane").order_by("pk"):
        other = lane.engine.fallback
        if other and standing_of(other).state == "open":
            for job in _waiting(lane.engine):
                _move(job, other)


def _waiting(engine: Engine) -> list[Job]:
    agreed = Job.objects.filter(engine=engine, status=Job.Status.QUEUED, member__accept_fallback=True, group=None)
    return list(agreed.exclude(fell_back_from=F("engine")).select_related("member__plan", "engine")[:AT_ONCE])


def _move(job: Job, other: Engine) -> None:
    Job.objects.filter(pk=job.pk, engine=job.engine).update(fell_back_from=job.engine)
    try:
        order = gate.check_values(job.member, request_for(job, other.slug))
        # The admin chose this engine, so the member's plan need not allow to choose one.
        if closed := [
            reason for reason in gate.reasons_against(job.member, order) if reason.code != "parameter:engine"
        ]:
            raise NotInPlan(reasons=closed)
        move_waiting(job, order)
    except Refusal:
        return
