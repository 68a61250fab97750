"""What is true of the lanes now: which are open, what is free, who waits."""

from collections import Counter

from django.db.models import Count, Min, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from generation.models import Attempt, Image, LaneState, Share
from generation.services.fair_order import Place


def lanes() -> list[LaneState]:
    """Give every lane, in order."""
    return list(LaneState.objects.select_related("engine").order_by("pk"))


def open_lanes(*, lock: bool = False) -> list[LaneState]:
    """Give the lanes that start work now, in order; one that is down is among them, for its probe."""
    lanes = LaneState.objects.select_related("engine").filter(engine__paused=False).order_by("pk")
    return list(lanes.select_for_update(of=("self",)) if lock else lanes)


def slots_in_use() -> dict[int, int]:
    """Count by lane the slots that attempts hold: each until it is certain that nothing runs."""
    held = Attempt.objects.in_slots().values_list("lane").annotate(Count("pk"))
    return dict(held.order_by())


def free_slots(lane: LaneState, in_use: int) -> int:
    """Count the calls that a lane may start now; below 1: none."""
    if lane.held:
        return 0
    if lane.down:
        return min(1, lane.most_at_once - in_use) if _probe_is_due(lane) else 0
    return lane.most_at_once - in_use


def takes_ahead(lane: LaneState) -> bool:
    """Tell whether images may be claimed for calls that have yet to return: not while the engine is in trouble."""
    return not (lane.down or lane.held or lane.limit is not None)


def places_in(lane: LaneState, served: Counter[int]) -> list[Place]:
    """Give every member who waits in a lane; `served` counts pictures picked but not yet in the members' shares."""
    waiting = Image.objects.eligible().filter(lane=lane.pk).order_by().values_list("member")
    oldest = dict(waiting.annotate(oldest=Min(Cast("id", TextField()))))  # PostgreSQL knows no least uuid
    able = User.objects.filter(pk__in=oldest, is_active=True, suspended_at__isnull=True).order_by()
    members = able.values_list("pk", "plan__weight", "plan__running_images")  # None: no plan
    finishes: dict[int, float] = {}
    running: Counter[int] = Counter(served)
    for share in Share.objects.filter(member__in=oldest):
        running[share.member_id] += share.running
        if share.lane_id == lane.pk:
            finishes[share.member_id] = share.finish
    return [
        Place(
            member=member,
            finish=finishes.get(member, 0.0),
            weight=1 if weight is None else weight,
            room=(1 if most is None else most) - running[member],
            oldest=oldest[member],
        )
        for member, weight, most in members
    ]


def _probe_is_due(lane: LaneState) -> bool:
    """Tell whether a lane that is down may try one picture: the time has come, and no other one tries."""
    if lane.retry_at and lane.retry_at > timezone.now():
        return False
    return not (lane.probe and Attempt.objects.filter(pk=lane.probe, outcome="").exists())
