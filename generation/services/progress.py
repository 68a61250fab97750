"""What a drain's pictures are doing now, on its way to their owners: the latest state of each, never a backlog."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.utils import timezone

from generation.engines.base import Abort, Cancelled, CancelToken, RemoteRef
from generation.services.gathering import Gathering
from generation.services.scheduling import Claim
from imagegen import events

logger = logging.getLogger(__name__)

SEND_SECONDS = 0.15
REMEMBER_SECONDS = 0.5

Remotes = Gathering[tuple[UUID, Mapping[str, Any]], bool]  # of `store_remotes`


@dataclass(slots=True)
class _Latest:
    member: int
    state: dict[str, Any] | None = None
    preview: bytes | None = None


@dataclass(slots=True)
class ProgressBoard:
    """Collects the latest state per image; `send_forever` sends it on, at most every 150 ms an owner."""

    _latest: dict[UUID, _Latest] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _unremembered: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    _remembered_at: float = 0.0

    def put(self, image: UUID, member: int, state: dict[str, Any]) -> None:
        """Note a state; an older one that was not sent yet is dropped."""
        self._latest.setdefault(image, _Latest(member)).state = state
        self._unremembered[image] = state
        self._news.set()

    def put_preview(self, image: UUID, member: int, picture: bytes) -> None:
        """Note a preview; an older one that was not sent yet is dropped."""
        self._latest.setdefault(image, _Latest(member)).preview = picture
        self._news.set()

    async def send_forever(self) -> None:
        """Send what came in, at once after a rest, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            rested_at = time.monotonic() + SEND_SECONDS
            latest, self._latest = self._latest, {}
            try:
                await self._send(latest)
                await self._remember()
            except Exception:  # what one engine says must not silence the others
                logger.exception("progress not sent")
            if self._unremembered:
                self._news.set()
            await asyncio.sleep(rested_at - time.monotonic())

    async def _send(self, latest: dict[UUID, _Latest]) -> None:
        states: dict[int, list[dict[str, Any]]] = {}
        for item in latest.values():
            if item.state:
                states.setdefault(item.member, []).append(item.state)
        previews = [(item.member, image, item.preview) for image, item in latest.items() if item.preview]
        await asyncio.gather(
            *(events.publish_progress(member, own) for member, own in states.items()),
            *(events.publish_preview(*preview) for preview in previews),
        )

    async def _remember(self) -> None:
        if self._unremembered and time.monotonic() - self._remembered_at > REMEMBER_SECONDS:
            states, self._unremembered = self._unremembered, {}
            self._remembered_at = time.monotonic()
            await sync_to_async(events.remember_progress)(states)


class ImageRun:
    """The `Run` of one image: what its engine call may do."""

    def __init__(
        self,
        claim: Claim,
        time_limit: float,
        board: ProgressBoard,
        remotes: Remotes,
        note_return: Callable[["ImageRun", bool], None],
    ) -> None:
        self.claim = claim
        self.deadline = inf
        self.cancel = CancelToken()
        self.returned = False  # nothing of it runs in the engine any more
        self.fetched = False  # its call is over, too; what is left is ours
        self.resumed = claim.attempt.remote is not None  # begun by another worker
        self.seconds = 0.0  # from its start until it returned
        self._board = board
        self._remotes = remotes
        self._note_return = note_return
        self._time_limit = time_limit  # seconds
        self._turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._fraction = 0.0

    async def checkpoint(self, ref: RemoteRef) -> None:
        """Store the remote reference on the attempt, before the remote starts. Raises `Cancelled` when it must not."""
        remote = {"id": ref.id, "endpoint": ref.endpoint, "extra": dict(ref.extra)}
        if not await self._remotes.ask((self.claim.attempt.pk, remote)):
            raise Cancelled(Abort.NEVER_STARTED, "the lease is lost: another worker does this")
        self.claim.attempt.remote = remote

    def progress(self, fraction: float, stage: str = "", *, step: int | None = None, steps: int | None = None) -> None:
        """Pass on the work done; it never goes back."""
        self._fraction = min(1.0, max(self._fraction, float(fraction)))
        image = self.claim.image
        start, end = image.lane_progress
        state = {
            "job": str(image.job_id),
            "image": str(image.pk),
            "index": image.index,
            "progress": round(start + (end - start) * self._fraction, 3),
            "stage": "cancelling" if self.cancel.requested else stage,
            "step": step,
            "steps": steps,
        }
        self._board.put(image.pk, image.member_id, state)

    def preview(self, data: bytes) -> None:
        """Pass on a picture of the work so far, while somebody waits for it."""
        if self.cancel.requested:
            return
        self._board.put_preview(self.claim.image.pk, self.claim.image.member_id, data)

    def settle(self, *, passes_on: bool = True) -> None:
        """Free the slot: nothing of this attempt runs any more.

        With `passes_on` an image that was claimed ahead starts in it; not while the engine is in trouble.
        """
        if not self.returned:
            self.returned = True
            self.seconds = (timezone.now() - self.claim.attempt.started_at).total_seconds()
            self._note_return(self, passes_on)

    async def may_start(self) -> bool:
        """Wait for a slot; False: there will be none."""
        return await self._turn

    def start(self) -> None:
        """Let it start in a slot; its time runs from now on."""
        self.claim.attempt.started_at = timezone.now()
        self.deadline = asyncio.get_running_loop().time() + self._time_limit
        self._decide(True)

    def skip(self) -> None:
        """Let it wait no longer for a slot; it goes back to the queue."""
        self._decide(False)

    def _decide(self, starts: bool) -> None:
        if not self._turn.done():  # with its task cancelled it has no turn any more
            self._turn.set_result(starts)

    @property
    def remote(self) -> RemoteRef | None:
        """The remote work of this attempt, if one is known."""
        remote = self.claim.attempt.remote
        return RemoteRef(remote["id"], remote["endpoint"], remote["extra"]) if remote else None
