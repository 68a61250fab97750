"""Which image runs next, and who holds the right to run it: share, claim, lease."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef
from django.utils import timezone

from generation import storage
from generation.engines.base import Mode
from generation.models import Attempt, Image, Job, LaneState, Share
from generation.models.engine import CLUSTERS
from generation.models.job import ImageQuerySet
from generation.models.rows import update_each
from generation.services.changes import Changes, commit_changes, lock_jobs, publish_changes
from generation.services.fair_order import FairOrder
from generation.services.lanes import free_slots, open_lanes, places_in, slots_in_use, takes_ahead
from generation.services.room import shortage

ALIVE = (Attempt.Outcome.LOST, Attempt.Outcome.RETURNED)  # what was begun remotely may go on


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run one image: the attempt's id is the lease."""

    attempt: Attempt
    image: Image
    probe_pause: float | None = None  # of a probe: the seconds its lane rests, should it fail
    tries: int = 0  # of a probe: how often its picture has been tried, this time included


@dataclass(frozen=True, slots=True)
class _Pick:
    image: Image
    finish: float  # of its member, in the lane's virtual time
    ahead: bool  # beyond the lane's slots


def lease_end() -> datetime:
    """Give the time until which a lease taken or renewed now holds."""
    return timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)


def claim_images(
    drain: str,
    *,
    limit: int,
    ahead: Mapping[int, int] | None = None,
    clusters: Collection[str] = CLUSTERS,
    publish: Callable[[Changes], None] = publish_changes,
) -> list[Claim]:
    """Lease up to `limit` waiting images to this drain, over all lanes of these clusters, in fair order.

    Where a lane has no more slots, up to `ahead` of it are leased beyond them: the drain starts each as soon as one of
    its own calls in that lane has returned. Pages hear of all by `publish`, after commit.

    1. All lanes, also those of other clusters, are locked, so that claims happen one after another and running limits
       hold over all lanes.
    2. Each lane with free slots serves its members by `FairOrder`; one that is down has one slot, for its probe.
    3. The jobs are locked before their images; an image that was cancelled meanwhile is left alone.
    """
    ahead = ahead or {}
    if not (limit > 0 or ahead) or not Image.objects.eligible().in_clusters(clusters).exists() or shortage():
        return []
    with transaction.atomic():
        lanes = open_lanes(lock=True)
        picked = _pick([lane for lane in lanes if lane.engine.cluster in clusters], limit, ahead)
        jobs = lock_jobs(pick.image.job_id for pick in picked)
        claims = _mark_probes(_lease(drain, picked, jobs), {lane.pk: lane for lane in lanes if lane.down})
        if claims:
            claimed = {claim.image.job_id for claim in claims}
            commit_changes((jobs[job] for job in claimed), status=Job.Status.RUNNING, publish=publish)
    return claims


def release_slots(attempts: Iterable[UUID], *, taken_by: Collection[UUID] = ()) -> None:
    """Free the slots of attempts whose work has certainly ended; doing it twice is fine.

    `taken_by` are as many that were claimed ahead, and have started in these slots.
    """
    _set_slots(attempts, held=False, taken_by=taken_by)


def abandon_remotes(images: Iterable[UUID]) -> None:
    """Give up the remote work that these images left behind: it has its slots again until a drain has stopped it."""
    left = [left[0] for left in _left_behind(Image.objects.filter(pk__in=list(images))).values() if left]
    _set_slots(left, held=True)
    Attempt.objects.filter(pk__in=left).update(outcome=Attempt.Outcome.CANCELLED)


def lock_open(attempts: Iterable[UUID]) -> set[UUID]:
    """Lock those of these attempts that are open, in the order that every transaction keeps, and give them."""
    still_open = Attempt.objects.select_for_update().filter(pk__in=list(attempts), outcome="").order_by("pk")
    return set(still_open.values_list("pk", flat=True))


def renew_leases(drain: str) -> set[UUID]:
    """Prolong every lease of this drain in one statement; give those it still holds."""
    with transaction.atomic():
        own = list(Attempt.objects.filter(drain=drain, outcome="").order_by().values_list("pk", flat=True))
        held = lock_open(own)
        Attempt.objects.filter(pk__in=held).update(lease_until=lease_end())
    return held


def store_remotes(remotes: Sequence[tuple[UUID, Mapping[str, Any]]]) -> list[bool]:
    """Store what each of these attempts has begun remotely; tell of each whether its lease still holds."""
    with transaction.atomic():
        held = lock_open(attempt for attempt, _remote in remotes)
        update_each(Attempt, [({"id": attempt}, {"remote": remote}) for attempt, remote in remotes if attempt in held])
    return [attempt in held for attempt, _remote in remotes]


def _set_slots(attempts: Iterable[UUID], *, held: bool, taken_by: Collection[UUID] = ()) -> None:
    attempts = set(attempts)
    with transaction.atomic():
        rows = Attempt.objects.select_for_update().filter(pk__in=[*attempts, *taken_by]).order_by("pk")
        found = rows.values_list("pk", "lane", "member", "holds_slot")
        changed = {pk: (lane, member) for pk, lane, member, holds in found if pk in attempts and holds != held}
        Attempt.objects.filter(pk__in=changed).update(holds_slot=held)
        if taken_by:
            Attempt.objects.filter(pk__in=taken_by).update(ahead=False)
        for (lane, member), count in sorted(Counter(changed.values()).items()):
            running = F("running") + (count if held else -count)
            Share.objects.filter(lane=lane, member=member).update(running=running)


def _pick(lanes: list[LaneState], limit: int, ahead: Mapping[int, int]) -> list[_Pick]:
    """Choose images and move the lanes' and the members' places in the order."""
    picked: list[_Pick] = []
    served: Counter[int] = Counter()
    in_use = slots_in_use()
    free_of = {lane.pk: free_slots(lane, in_use.get(lane.pk, 0)) for lane in lanes}
    # Lanes with slots for which this drain has no room: while one of them has work, no other keeps it full.
    short: list[int] = []
    # The lane with the least running goes first: a slow one that has many slots must not fill the drains alone.
    for lane in sorted(lanes, key=lambda lane: (free_of[lane.pk] < 1, in_use.get(lane.pk, 0))):
        free = free_of[lane.pk]
        slots = max(0, min(free, limit))
        if slots < free:
            short.append(lane.pk)
        more = ahead.get(lane.pk, 0) if slots == free and takes_ahead(lane) else 0
        if more and short and Image.objects.eligible().filter(lane__in=short).exists():
            more = 0
        if slots + more > 0:
            picks = _pick_in(lane, slots, more, served)
            served.update(pick.image.member_id for pick in picks)
            limit -= min(slots, len(picks))
            picked += picks
    return picked


def _pick_in(lane: LaneState, slots: int, more: int, served: Counter[int]) -> list[_Pick]:
    order = FairOrder(lane.virtual_time, places_in(lane, served))
    queues: dict[int, list[Image]] = {}
    picked: list[_Pick] = []
    while len(picked) < slots + more and (place := order.next()):
        if place.member not in queues:
            own = Image.objects.eligible().filter(lane=lane.pk, member=place.member)
            queues[place.member] = list(own[: min(slots + more, place.room)])[::-1]
        if not queues[place.member]:
            continue  # cancelled since the members were counted
        image = queues[place.member].pop()
        image.lane = lane.engine
        order.serve(place, image.expected_seconds)
        picked.append(_Pick(image, place.finish, ahead=len(picked) >= slots))
        if queues[place.member] and place.room > 0:
            order.enter(place)
    if picked:
        LaneState.objects.filter(pk=lane.pk).update(virtual_time=order.virtual_time)
    return picked


def _lease(drain: str, picked: list[_Pick], jobs: Mapping[UUID, Job]) -> list[Claim]:
    """Write the attempts, lease the images that still wait, and charge the members' shares.

    The jobs are locked, so an image that waits now waits until commit.
    """
    waiting = _left_behind(Image.objects.filter(pk__in=[pick.image.pk for pick in picked], status=Image.Status.QUEUED))
    claims: list[Claim] = []
    shares: dict[tuple[int, int], tuple[float, int]] = {}
    now, until = timezone.now(), lease_end()
    for pick in picked:
        image = pick.image
        if image.pk in waiting:
            image.job = jobs[image.job_id]
            place = (image.lane_id, image.member_id)
            attempt = Attempt(image=image, lane_id=place[0], member_id=place[1], drain=drain, lease_until=until)
            attempt.started_at, attempt.ahead = now, pick.ahead
            attempt.simplification = image.simplification
            _, attempt.remote = waiting[image.pk] or (None, None)
            attempt.file_name = storage.new_file_name(_prefix(image), "png")
            image.status, image.lease, image.started_at = Image.Status.RUNNING, attempt.pk, now
            image.attempts += 1
            claims.append(Claim(attempt, image))
            shares[place] = (pick.finish, shares.get(place, (0.0, 0))[1] + 1)
    Attempt.objects.bulk_create([claim.attempt for claim in claims])
    # One statement for all: the attempts that are open are the leases.
    open_attempt = Attempt.objects.filter(image=OuterRef("pk"), outcome="").order_by()
    Image.objects.filter(pk__in=[claim.image.pk for claim in claims]).update(
        status=Image.Status.RUNNING, started_at=now, attempts=F("attempts") + 1, lease=open_attempt.values("pk")
    )
    for (lane, member), (finish, count) in sorted(shares.items()):
        _charge_share(lane, member, finish, count)
    return claims


def _mark_probes(claims: list[Claim], down: dict[int, LaneState]) -> list[Claim]:
    """Note which of these claims try a lane that is down. The lane's row is locked."""
    return [_probe(claim, lane) if (lane := down.get(claim.image.lane_id)) else claim for claim in claims]


def _probe(claim: Claim, lane: LaneState) -> Claim:
    LaneState.objects.filter(pk=lane.pk).update(probe=claim.attempt.pk)
    tries = Attempt.objects.filter(image=claim.image).count()
    return replace(claim, probe_pause=lane.pause_after(lane.probes + 1), tries=tries)


def _prefix(image: Image) -> storage.Prefix:
    """Give what the name of a result begins with."""
    if image.parent:
        return "processed_image"
    if image.job.title:
        return "cover_image"
    prefixes: dict[str, storage.Prefix] = {Mode.IMAGE_TO_IMAGE: "img2img", Mode.INPAINT: "inpaint"}
    return prefixes.get(image.job.mode, "generated_image")


def _charge_share(lane: int, member: int, finish: float, count: int) -> None:
    share = Share.objects.filter(lane=lane, member=member)
    if not share.update(finish=finish, running=F("running") + count):
        Share.objects.create(lane_id=lane, member_id=member, finish=finish, running=count)


def _left_behind(images: ImageQuerySet) -> dict[UUID, tuple[UUID, dict[str, Any]] | None]:
    """Give these images, each with the attempt whose remote work goes on without a worker, and that work.

    It is re-attached to, not paid again.
    """
    tries = images.order_by("tries__id").values_list("pk", "tries__pk", "tries__outcome", "tries__remote")
    latest: dict[UUID, tuple[UUID, dict[str, Any]] | None] = {}
    for image, attempt, outcome, remote in tries:
        latest.setdefault(image, None)
        if remote is not None:
            latest[image] = (attempt, remote) if outcome in ALIVE else None
    return latest
