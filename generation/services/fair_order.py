"""Start-time fair queueing over members (Goyal, Vin, Cheng 1996), as a plain value for the claim and the forecast.

A member's next picture starts, in virtual time, at max(the lane's virtual time, the member's last finish);
its finish lies cost ÷ weight later. Least start goes first. As every start below the lane's virtual time counts
as equal, the least finish decides just as well, which is a key that does not move while others are served.
"""

import heapq
from dataclasses import dataclass


@dataclass(slots=True)
class Place:
    """Where one member stands in one lane."""

    member: int
    finish: float
    weight: int
    room: int  # how many more pictures this member may have running, over all lanes
    oldest: str = ""  # id of the first waiting picture: decides among equals


class FairOrder:
    """Whose turn it is in one lane. A member is in it while they have pictures waiting and room for one more."""

    def __init__(self, virtual_time: float, places: list[Place]) -> None:
        self.virtual_time = virtual_time
        self._heap: list[tuple[float, str, int, Place]] = []
        for place in places:
            if place.room > 0:
                self.enter(place)

    def enter(self, place: Place) -> None:
        """Let a member wait for a turn."""
        heapq.heappush(self._heap, (place.finish, place.oldest, place.member, place))

    def next(self) -> Place | None:
        """Take out the member whose turn it is; None when nobody is left."""
        return heapq.heappop(self._heap)[-1] if self._heap else None

    def serve(self, place: Place, cost: float) -> None:
        """Charge one picture of `cost` expected seconds to the member that `next` gave."""
        start = max(self.virtual_time, place.finish)
        place.finish = start + max(cost, 0.001) / place.weight
        place.room -= 1
        self.virtual_time = start
