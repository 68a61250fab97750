"""Where a waiting job stands: the order of every lane, foretold once for all and kept for a second."""

import heapq
import itertools
import logging
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from generation.models import Attempt, Image, LaneState
from generation.services.fair_order import FairOrder, Place
from generation.services.lanes import lanes, places_in

logger = logging.getLogger(__name__)

NEWCOMER = UUID(int=0)
LOOK_AHEAD = 3_000  # waiting images of a lane beyond this have no position yet
SECONDS_KEPT = 1


@dataclass(frozen=True, slots=True)
class Position:
    """`number` 1 is next in its lane; `starts_in` in seconds from now, None where its engine starts nothing."""

    number: int
    starts_in: float | None


def rounded(seconds: float | None) -> float | None:
    """Give seconds as they are told."""
    return None if seconds is None else round(seconds, 1)


def positions_of(jobs: Iterable[UUID]) -> dict[UUID, Position]:
    """Give the positions of those of these jobs that wait, by their first waiting image."""
    try:
        known: dict[UUID, Position] | None = cache.get("positions")
        if known is None:
            known = {job: position for lane in lanes() for job, position in forecast(lane).items()}
            cache.set("positions", known, timeout=SECONDS_KEPT)
    except (RedisError, OSError) as error:
        logger.warning("positions not known: %r", error)
        return {}
    return {job: known[job] for job in jobs if job in known}


def forecast(lane: LaneState, newcomer: tuple[Place, float] | None = None) -> dict[UUID, Position]:
    """Play the lane's order forward on its slots, with each picture taking as long as expected.

    `newcomer` is one more picture of that many expected seconds, which stands in the answer as `NEWCOMER`.
    """
    places = {place.member: place for place in places_in(lane, Counter())}
    waiting = _waiting(lane, places)
    if newcomer:
        place = places.setdefault(newcomer[0].member, newcomer[0])
        waiting.setdefault(place.member, deque()).append((NEWCOMER, newcomer[1]))
    ends = _running(lane)
    free = lane.most_at_once - len(ends)
    starts = not (lane.engine.paused or lane.down)
    order = FairOrder(lane.virtual_time, [place for place in places.values() if place.member in waiting])
    now = _held_for(lane)
    positions: dict[UUID, Position] = {}
    numbers = itertools.count(1)
    while True:
        place_now = order.next() if free > 0 else None
        if place_now:
            job, cost = waiting[place_now.member].popleft()
            positions.setdefault(job, Position(next(numbers), now if starts else None))
            order.serve(place_now, cost)
            heapq.heappush(ends, (now + cost, place_now.member))
            free -= 1
            if place_now.room > 0 and waiting[place_now.member]:
                order.enter(place_now)
        elif ends:
            end, member = heapq.heappop(ends)
            now = max(now, end)
            free += 1
            _make_room(order, places.get(member), waiting)
        else:
            return positions


def _held_for(lane: LaneState) -> float:
    """Give the seconds for which an engine has asked to start nothing."""
    return max(0.0, (lane.held_until - timezone.now()).total_seconds()) if lane.held_until else 0.0


def _make_room(order: FairOrder, place: Place | None, waiting: dict[int, deque[tuple[UUID, float]]]) -> None:
    if place:
        place.room += 1
        if place.room == 1 and waiting.get(place.member):
            order.enter(place)


def _waiting(lane: LaneState, members: Iterable[int]) -> dict[int, deque[tuple[UUID, float]]]:
    queues: dict[int, deque[tuple[UUID, float]]] = {member: deque() for member in members}
    images = Image.objects.eligible().filter(lane=lane.pk, member__in=queues)[:LOOK_AHEAD]
    for member, job, cost in images.values_list("member", "job", "expected_seconds"):
        queues[member].append((job, cost))
    return {member: queue for member, queue in queues.items() if queue}


def _running(lane: LaneState) -> list[tuple[float, int]]:
    """Give the seconds until each running picture should end, and its member, as a heap."""
    now = timezone.now()
    held = Attempt.objects.filter(lane=lane.pk, holds_slot=True).select_related("image")
    ends = [
        (max(0.5, attempt.image.expected_seconds - (now - attempt.started_at).total_seconds()), attempt.member_id)
        for attempt in held
    ]
    heapq.heapify(ends)
    return ends
