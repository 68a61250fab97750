"""The drain: one asyncio loop in a worker process that claims images and runs many engine calls at once.

Its work on the database happens on one thread (`sync_to_async`), one turn after another:

1. slots of calls that have returned are freed, or booked to what has started in them, in one transaction;
2. new images are claimed into them, and some ahead of calls that return soon (`Slots`), in one transaction;
3. endings are recorded, in one transaction;
4. it sleeps until a call ends, a message comes or the poll interval has passed.

What calls have begun remotely is stored on a thread of its own: they wait for that before they start (`Gathering`).
Pages hear of all that beside the turns: a claim must not wait until Valkey has taken what it is told. What calls gave
is checked and stored when there is time for it (`Rush`).
"""

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cache
from math import inf
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from redis.exceptions import RedisError

from generation.engines import inspecting
from generation.engines.base import EngineError, RemoteRef
from generation.engines.child import ChildPool
from generation.models import Attempt, Image, SafetyRule
from generation.models.engine import CLUSTERS, GENERATE
from generation.services.adapters import Adapters
from generation.services.gathering import Gathering
from generation.services.making import make_image
from generation.services.outcomes import Ending, discard_pictures
from generation.services.paces import PaceKey, pace_key, record_paces
from generation.services.progress import ImageRun, ProgressBoard, Remotes
from generation.services.publishing import Publisher
from generation.services.recording import record_and_learn
from generation.services.recovery import drain_name, strays
from generation.services.reports import Says
from generation.services.retries import failure
from generation.services.rush import Rush
from generation.services.safety import rule_of_now
from generation.services.scheduling import claim_images, release_slots, renew_leases, store_remotes
from generation.services.slots import Slots
from imagegen import events, queue

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.2  # how soon a stop is noticed
GATHER_SECONDS = 0.005  # calls that end together are booked together
RECORD_SECONDS = 0.2  # the longest that endings are put off
MOST_CLAIMS = 25  # at once: calls that start together end together, and each then waits for all the others
MOST_ENDINGS = 25  # recorded at once, so that freed slots do not wait long behind them
HEARTBEAT_SECONDS = 1.0
RULE_SECONDS = 1.0  # how soon pictures are judged by a new safety rule
INSPECTORS = 2  # children that check pictures; with more the claim that fills freed slots waits for a processor
STRAY_SECONDS = 5.0
MOST_STRAYS = 20  # at once; those that cannot be stopped are let go after a while
STOP_SECONDS = 8.0  # in all, `work` ends a cluster in 10


class Drain:
    """The running loop of one worker process; `idle_seconds` without work end it. It serves the lanes of `clusters`."""

    def __init__(self, *, clusters: Collection[str] = CLUSTERS, idle_seconds: float | None = None) -> None:
        self._clusters = clusters
        self.name = f"{drain_name()}:{uuid4().hex[:8]}"
        self._idle_seconds = settings.DRAIN_IDLE_SECONDS if idle_seconds is None else idle_seconds
        self._board = ProgressBoard()
        self._remotes: Remotes = Gathering(store_remotes)
        self.rule: SafetyRule | None = None
        self.inspectors = ChildPool(inspecting.MODULE, INSPECTORS)
        self._adapters = Adapters()
        self._runs: dict[UUID, tuple[ImageRun, asyncio.Task[None]]] = {}
        self._slots = Slots()
        self._endings: list[Ending] = []
        self._paces: dict[PaceKey, list[float]] = {}
        self.rush = Rush()
        self._pages = Publisher(self.rush.until_filled)
        self._work = asyncio.Event()
        self._strays: asyncio.Task[None] | None = None
        self._started_at = self._busy_at = time.monotonic()
        self._claimed_at = self._ended_at = self._beaten_at = self._renewed_at = self._ruled_at = -inf

    async def run(self) -> None:
        """Work until nothing has come for a while, it is time to hand over, or the cluster stops."""
        _calm_collector()
        background = [
            asyncio.create_task(work) for work in (self._listen(), self._board.send_forever(), self._prepare())
        ]
        try:
            while True:
                while not (self._idle() or self._handing_over() or queue.stopping()):
                    await self._turn(claiming=True)
                await self._hint_each(queue.withdraw_drain, self.name)
                # What was submitted before the withdrawal sent no token, so one more claim must see it.
                if not self._idle() or not await self._claim():
                    break
            if self._handing_over():
                await self._hint_each(queue.wake)
            self._slots.skip_all()  # the next drain has all its time for them
            while (self._runs or self._endings) and not queue.stopping():
                await self._turn(claiming=False)
        finally:
            await self._stop(background)

    def _idle(self) -> bool:
        return not self._runs and time.monotonic() - self._busy_at > self._idle_seconds

    def _handing_over(self) -> bool:
        return time.monotonic() - self._started_at > settings.DRAIN_HANDOVER_SECONDS

    async def _turn(self, *, claiming: bool) -> None:
        """Do the database work that is due, then wait for more."""
        working = self._work.is_set()
        self._work.clear()
        try:
            await self._read_rule()
            if working or self._claim_is_due():
                await asyncio.sleep(GATHER_SECONDS if self._runs else 0)
                freed = await self._free()
                claimed = claiming and self._claim_is_due() and await self._claim()
                if freed or claimed:
                    self.rush.note_claim(found=claimed)
                if not (self._slots.left or (claimed and self._claim_is_due())):
                    self.rush.note_filled()
                # What was claimed waits for the database to start, and freed slots wait for work; endings only
                # wait for the books, and for those that are about to follow. But pages wait for endings, too.
                following = self._slots.left or self._storing()
                overdue = time.monotonic() - self._ended_at > RECORD_SECONDS
                if not claimed and (overdue or not following):
                    await self._record()
            await self._heartbeat(claiming=claiming)
        except Exception:  # what runs must not suffer from what is done beside it
            logger.exception("a turn failed; trying again")
            await sync_to_async(close_old_connections)()
            self._claimed_at = -inf
            await asyncio.sleep(HEARTBEAT_SECONDS)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._work.wait(), TICK_SECONDS)

    async def _read_rule(self) -> None:
        if time.monotonic() - self._ruled_at > RULE_SECONDS:
            self.rule = await sync_to_async(rule_of_now)()
            self._ruled_at = time.monotonic()

    def _storing(self) -> bool:
        """Tell whether calls have returned whose pictures are not stored yet."""
        return sum(run.returned for run, _ in self._runs.values()) > len(self._endings)

    async def _free(self) -> bool:
        """Book the slots of calls that have returned; tell whether some are free for a claim."""
        released, taken = self._slots.unbooked()
        if released:
            await sync_to_async(release_slots)(released, taken_by=taken)
            self._slots.booked(released, taken)
        free = len(released) > len(taken)
        if free or (taken and self._slots.short_by()):
            self._claimed_at = -inf
        return free

    def _claim_is_due(self) -> bool:
        """Tell whether there may be something to claim: slots became free, a message came, or it is time to look."""
        patience: float = settings.IMAGE_GENERATION_POLL_INTERVAL
        return time.monotonic() - self._claimed_at > patience

    async def _claim(self) -> bool:
        """Claim what fits and start it; tell whether there was something."""
        self._claimed_at = time.monotonic()
        limit, ahead = min(self._room(), MOST_CLAIMS), self._slots.short_by()
        claims = await sync_to_async(claim_images)(
            self.name, limit=limit, ahead=ahead, clusters=self._clusters, publish=self._pages.note
        )
        for claim in claims:
            most = min(claim.image.lane.time_limit, settings.IMAGE_GENERATION_MAX_WAIT_TIME)
            run = ImageRun(claim, most, self._board, self._remotes, self._note_return)
            self._runs[claim.attempt.pk] = (run, asyncio.create_task(self._make(run)))
            self._slots.enter(run)
        if claims:
            self._busy_at = time.monotonic()
            self._work.set()
            filled = sum(not claim.attempt.ahead for claim in claims)
            stocks = filled < len(claims) or not ahead  # it was not refused
            if filled == limit > 0 or (stocks and self._slots.short_by()):  # there may be more than one claim takes
                self._claimed_at = -inf
        self._pages.tell()
        return bool(claims)

    def _room(self) -> int:
        most: int = settings.IMAGE_GENERATION_MAX_CONCURRENT
        return most - self._slots.calls

    async def _record(self) -> None:
        """Record what ended; files of attempts that had lost their lease are deleted."""
        endings = self._endings[:MOST_ENDINGS]
        if not endings:
            return
        self._ended_at = time.monotonic()  # for what ends while these are recorded
        await self._free()  # an attempt that is over must not hold a slot if we die now
        won = await sync_to_async(record_and_learn)(endings, self._pages.note)
        self._pages.tell()
        del self._endings[: len(endings)]
        if self._endings:
            self._work.set()
        for ending in endings:
            self._runs.pop(ending.attempt, None)
        if lost := [ending for ending in endings if ending.picture and ending.attempt not in won]:
            await sync_to_async(discard_pictures)(lost)
        self._busy_at = time.monotonic()

    async def _make(self, run: ImageRun) -> None:
        """Make one image and leave its ending to be recorded."""
        try:
            if await run.may_start():
                ending = await make_image(self._adapters.of(run.claim.image.lane), run, self)
            else:
                ending = _given_back(run)
        except EngineError as error:
            ending = failure(run.claim, error)
            run.settle(passes_on=ending.says == Says.WELL)
        except asyncio.CancelledError:  # the worker stops, or the lease is lost
            ending = _given_back(run)
        self._slots.end(run, limited=ending.says == Says.LIMITED)
        if ending.outcome == Attempt.Outcome.SUCCEEDED and not run.resumed:
            self._measure(run)
        if not self._endings:
            self._ended_at = time.monotonic()
        self._endings.append(ending)
        self._work.set()

    def _note_return(self, run: ImageRun, passes_on: bool) -> None:
        """Note that nothing of this image runs in the engine any more: its slot may be filled."""
        self._slots.leave(run, passes_on=passes_on)
        self.rush.note_return(short=self._slots.left or bool(self._slots.short_by()))
        self._work.set()

    async def _prepare(self) -> None:
        """Start the children that check pictures while the first calls run."""
        await self.rush.until_filled()
        await self.inspectors.prepare(len(self._runs))

    def _measure(self, run: ImageRun) -> None:
        job = run.claim.image.job
        key = pace_key(run.claim.image.lane_id, job.model, job.width, job.height, job.steps)
        self._paces.setdefault(key, []).append(run.seconds)

    async def _record_paces(self) -> None:
        """Book what was measured; apart from the endings, which more depends on."""
        measured, self._paces = self._paces, {}
        if measured:
            await sync_to_async(record_paces)(measured)

    async def _listen(self) -> None:
        listener = events.WorkListener()
        while True:
            message = await listener.receive()
            if message["type"] == "work.cancel":
                self._cancel({UUID(image) for image in message["images"]})
            self._claimed_at = -inf
            self._work.set()

    def _cancel(self, images: set[UUID]) -> None:
        for run, _ in self._runs.values():
            if run.claim.image.pk in images:
                run.cancel.request()
                self._slots.skip(run)

    async def _heartbeat(self, *, claiming: bool) -> None:
        """Once a second: say that we live, renew leases when due, see cancels whose message was lost."""
        now = time.monotonic()
        if now - self._beaten_at < HEARTBEAT_SECONDS:
            return
        self._beaten_at = now
        await sync_to_async(close_old_connections)()
        await self._hint(queue.record_beat)
        if claiming:  # a drain that is full calls no more, so that another one may start beside it
            await self._hint_each(queue.announce_drain if self._room() > 0 else queue.withdraw_drain, self.name)
        self._slots.skip_late()
        if self._runs:
            self._cancel(await sync_to_async(_cancelled)(self.name))
        if self._runs and now - self._renewed_at > settings.LEASE_SECONDS / 6:
            self._renewed_at = now
            await self._renew()
        await self._record_paces()
        if GENERATE in self._clusters and (not self._strays or self._strays.done()):
            self._strays = asyncio.create_task(self._settle_strays())

    async def _renew(self) -> None:
        """Renew all leases; a call whose lease is lost is taken down, its result would not count."""
        held = await sync_to_async(renew_leases)(self.name)
        for attempt, (run, task) in self._runs.items():
            if attempt not in held and not run.fetched:
                task.cancel()

    async def _settle_strays(self) -> None:
        """Stop remote work of images that are over for their member, from whatever process it was started."""
        await asyncio.sleep(STRAY_SECONDS)
        for attempt in await sync_to_async(lambda: list(strays().select_related("lane")[:MOST_STRAYS]))():
            remote: dict[str, Any] = attempt.remote or {}
            try:
                async with asyncio.timeout(STRAY_SECONDS):
                    ref = RemoteRef(remote["id"], remote["endpoint"], remote["extra"])
                    if (await self._adapters.of(attempt.lane).abort(ref)).settled:
                        await sync_to_async(release_slots)([attempt.pk])
                        self._claimed_at = -inf
            except Exception as error:  # this one is tried again, and must not keep us from the next
                logger.warning("attempt %s is not stopped: %r", attempt.pk, error)

    async def _hint(self, function: Callable[..., None], *arguments: str) -> None:
        """Do what only makes things faster; the sweep does without."""
        try:
            await sync_to_async(function)(*arguments)
        except (RedisError, OSError) as error:
            logger.warning("Valkey does not answer: %r", error)

    async def _hint_each(self, function: Callable[..., None], *arguments: str) -> None:
        for cluster in self._clusters:
            await self._hint(function, cluster, *arguments)

    async def _stop(self, background: list[asyncio.Task[None]]) -> None:
        """Give back what still runs, uncounted; resumable remote work goes on and is re-attached to."""
        tasks = [task for _, task in self._runs.values()]
        for run, task in self._runs.values():
            if not run.fetched:
                task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=STOP_SECONDS)
        try:
            await self._free()
            while self._endings:
                await self._record()
            await self._record_paces()
        except Exception:
            logger.exception("what ran is returned when its leases run out")
        await self._pages.finish()
        others = [*background, *([self._strays] if self._strays else [])]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.gather(self.inspectors.close(), self._adapters.close(), return_exceptions=True)
        self._remotes.close()
        await self._hint_each(queue.wake)


@cache
def _calm_collector() -> None:
    """Let the garbage collector look through less: not through what is loaded already, 15 ms a time, and not so often.

    Rows come and go by the thousand, and are freed without it.
    """
    gc.freeze()  # without a search before: none of it is garbage, and the first picture would wait for that
    gc.set_threshold(10_000)


def _given_back(run: ImageRun) -> Ending:
    """Give the ending of an image that another worker, or this one later, shall make."""
    attempt = run.claim.attempt.pk
    return Ending(attempt=attempt, outcome=Attempt.Outcome.RETURNED, status=Image.Status.QUEUED, counted=False)


def _cancelled(drain: str) -> set[UUID]:
    """Give the images of this drain whose members want them stopped."""
    leases = Attempt.objects.filter(drain=drain, outcome="").order_by().values("pk")
    running = Image.objects.filter(status=Image.Status.RUNNING, lease__in=leases).order_by()
    return set(running.filter(cancel_requested_at__isnull=False).values_list("pk", flat=True))
