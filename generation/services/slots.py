"""The slots of one drain: when a call has returned, an image that was claimed ahead starts in its slot at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from generation.services.progress import ImageRun

AHEAD_SECONDS = 0.5  # what is claimed ahead should start within about so long
AHEAD_PART = 3  # one is claimed ahead for so many calls at most, however soon they should return
LATE_SECONDS = 5.0  # what has waited so long goes back: the calls do not return as soon as was expected


@dataclass(slots=True)
class _Lane:
    calls: dict[UUID, ImageRun] = field(default_factory=dict)  # by their attempts
    ahead: list[ImageRun] = field(default_factory=list)  # in the order of their claims
    left: list[UUID] = field(default_factory=list)  # attempts that have returned, and nobody took their slots
    waits: bool = True  # False: until a call has ended well nothing is claimed ahead

    def short_by(self) -> int:
        """Tell how many images to claim ahead: as many as calls soon return; few are not worth a claim."""
        expected = sum(run.claim.image.expected_seconds for run in self.calls.values())
        soon = AHEAD_SECONDS * len(self.calls) ** 2 / max(expected, 0.001)
        wanted = min(len(self.calls) // AHEAD_PART, round(soon))
        return wanted - len(self.ahead) if self.waits and len(self.ahead) < wanted / 2 else 0

    def skip_all(self) -> None:
        """Let nobody wait here any more."""
        for run in self.ahead:
            run.skip()
        self.ahead = []


class Slots:
    """Who has the slots that a drain has claimed. Its methods are called in the loop, and none waits.

    The database hears of it later: `unbooked` gives what it does not know yet, `booked` says that it does now.
    """

    def __init__(self) -> None:
        self._lanes: defaultdict[int, _Lane] = defaultdict(_Lane)
        self._released: list[UUID] = []
        self._taken: list[UUID] = []

    @property
    def calls(self) -> int:
        """How many images have a slot."""
        return sum(len(lane.calls) for lane in self._lanes.values())

    @property
    def left(self) -> bool:
        """Whether a slot stands empty until the database hears of it and a claim fills it."""
        return any(lane.left for lane in self._lanes.values())

    def short_by(self) -> dict[int, int]:
        """Give by lane how many images to claim beyond its slots."""
        return {pk: short for pk, lane in self._lanes.items() if (short := lane.short_by())}

    def enter(self, run: ImageRun) -> None:
        """Let an image that was claimed start, or wait for its turn."""
        lane = self._lane_of(run)
        if not run.claim.attempt.ahead:
            self._start(lane, run)
        elif lane.left:
            self._pass_on(lane, lane.left.pop(0), run)
        elif lane.calls:
            lane.ahead.append(run)
        else:
            run.skip()

    def leave(self, run: ImageRun, *, passes_on: bool) -> None:
        """Take the slot of a call that has returned, and let the next one have it, or a claim."""
        lane, attempt = self._lane_of(run), run.claim.attempt.pk
        lane.calls.pop(attempt, None)
        lane.waits = lane.waits or passes_on
        if lane.ahead and passes_on:
            self._pass_on(lane, attempt, lane.ahead.pop(0))
        else:
            lane.left.append(attempt)

    def skip(self, run: ImageRun) -> None:
        """Let an image wait no longer for its turn, if it does."""
        ahead = self._lane_of(run).ahead
        if run in ahead:
            ahead.remove(run)
            run.skip()

    def skip_late(self) -> None:
        """Let those wait no longer who have waited for too long."""
        latest = timezone.now() - timedelta(seconds=LATE_SECONDS)
        for lane in self._lanes.values():
            if lane.ahead and lane.ahead[0].claim.attempt.started_at < latest:
                lane.waits = False
                lane.skip_all()

    def skip_all(self) -> None:
        """Let nobody wait any more."""
        for lane in self._lanes.values():
            lane.skip_all()

    def end(self, run: ImageRun, *, limited: bool) -> None:
        """Forget an image that has ended, however it did.

        Nobody waits on where no call of the lane is left to return, or its engine is asked too much (`limited`).
        """
        self.skip(run)
        lane = self._lane_of(run)
        lane.calls.pop(run.claim.attempt.pk, None)
        lane.waits = lane.waits and not limited
        if limited or not lane.calls:
            lane.skip_all()

    def unbooked(self) -> tuple[list[UUID], list[UUID]]:
        """Give attempts whose slots are free or passed on, and those claimed ahead that have taken one."""
        for lane in self._lanes.values():
            self._released += lane.left
            lane.left = []
        return list(self._released), list(self._taken)

    def booked(self, released: Collection[UUID], taken: Collection[UUID]) -> None:
        """Note that the database knows these, which `unbooked` gave."""
        del self._released[: len(released)], self._taken[: len(taken)]

    def _lane_of(self, run: ImageRun) -> _Lane:
        return self._lanes[run.claim.image.lane_id]

    def _start(self, lane: _Lane, run: ImageRun) -> None:
        lane.calls[run.claim.attempt.pk] = run
        run.start()

    def _pass_on(self, lane: _Lane, slot: UUID, run: ImageRun) -> None:
        self._released.append(slot)
        self._taken.append(run.claim.attempt.pk)
        self._start(lane, run)
