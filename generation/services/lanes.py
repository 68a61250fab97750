"""What is true of the lanes now: which are open, what is free, who waits."""

from collections import Counter

from django.db.models import Count, Min, Sum, TextField
from django.db.models.functions import Cast

from accounts.models import User
from generation.models import Attempt, Image, LaneState, Share
from generation.services.fair_order import Place


def open_lanes(*, lock: bool = False) -> list[LaneState]:
    """Give the lanes that start work now, in order."""
    lanes = LaneState.objects.select_related("engine").filter(engine__enabled=True, engine__paused=False).order_by("pk")
    return list(lanes.select_for_update(of=("self",)) if lock else lanes)


def free_slots(lanes: list[LaneState]) -> dict[int, int]:
    """Count each lane's free slots: an attempt holds one until it is certain that nothing runs."""
    held = Attempt.objects.filter(holds_slot=True).values_list("lane").annotate(Count("pk"))
    taken = dict(held.order_by())
    return {lane.pk: lane.engine.concurrency - taken.get(lane.pk, 0) for lane in lanes}


def places_in(lane: LaneState, served: Counter[int]) -> list[Place]:
    """Give every member who waits in a lane; `served` counts pictures picked but not yet in the members' shares."""
    waiting = Image.objects.eligible().filter(lane=lane.pk).order_by().values_list("member")
    oldest = dict(waiting.annotate(oldest=Min(Cast("id", TextField()))))  # PostgreSQL knows no least uuid
    members = User.objects.filter(pk__in=oldest, is_active=True, suspended_at__isnull=True).select_related("plan")
    finishes = dict(Share.objects.filter(lane=lane, member__in=oldest).values_list("member", "finish"))
    running = dict(Share.objects.filter(member__in=oldest).order_by().values_list("member").annotate(Sum("running")))
    return [
        Place(
            member=member.pk,
            finish=finishes.get(member.pk, 0.0),
            weight=member.plan.weight if member.plan else 1,
            room=(member.plan.running_images if member.plan else 1) - running.get(member.pk, 0) - served[member.pk],
            oldest=oldest[member.pk],
        )
        for member in members
    ]
