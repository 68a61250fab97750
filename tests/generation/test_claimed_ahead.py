"""While a lane is full, the next images are claimed already, and start in the slots of calls as these return."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import LazySettings
from django.utils import timezone

from accounts.models import User
from generation.engines.base import GenerateRequest, Result, Run
from generation.engines.simulated import Simulated
from generation.models import Attempt, Engine, Image, LaneState
from generation.services import slots
from generation.services.gathering import Gathering
from generation.services.jobs import cancel_images
from generation.services.progress import ImageRun, ProgressBoard
from generation.services.scheduling import Claim, claim_images, release_slots, store_remotes
from generation.services.slots import Slots
from imagegen import queue
from tests.factories import make_engine, submit_job
from tests.generation.drains import play, until
from tests.generation.services.playing import DRAIN, claim, make_rich_member, make_waiting, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

Status = Image.Status


@pytest.fixture
def member() -> User:
    """Give a member whom no plan holds back."""
    return make_rich_member("carol")


@pytest.fixture
def going_on() -> Iterator[None]:
    """After a story in which the cluster was told to stop, let it go on."""
    yield
    queue._stop.value = False


def is_claimed_ahead() -> bool:
    """Tell whether an image waits for a call to return."""
    return Attempt.objects.filter(ahead=True, outcome="").exists()


def make_full_engine(folder: Path, seconds: float = 1.0) -> Engine:
    """Make an engine of three slots, which has one image claimed ahead; its calls leave files in `folder`."""
    return make_engine(concurrency=3, settings={"seconds": seconds, "folder": str(folder)})


# --- What a drain does with it ---


def test_it_starts_when_a_call_has_returned_and_not_before(
    member: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_full_engine(tmp_path)
    submit_job(member, count=4)
    at_once: list[int] = [0]
    generate = Simulated.generate

    async def count_and_generate(engine: Simulated, request: GenerateRequest, run: Run) -> Result:
        at_once.append(at_once[-1] + 1)
        result = await generate(engine, request, run)
        at_once.append(at_once[-1] - 1)
        return result

    monkeypatch.setattr(Simulated, "generate", count_and_generate)

    async def story() -> None:
        await until(is_claimed_ahead)
        await sync_to_async(Engine.objects.update)(paused=True)  # no claim could start it from now on

    play(story)
    assert max(at_once) == 3
    assert set(Image.objects.values_list("status", flat=True)) == {Status.SUCCEEDED}
    assert Attempt.objects.count() == len(list(tmp_path.glob("*.json"))) == 4
    assert running(member) == 0


def test_cancelled_it_ends_at_once_and_nobody_elses_work_does(member: User, tmp_path: Path) -> None:
    make_full_engine(tmp_path)
    submit_job(member, count=4)

    async def story() -> None:
        await until(is_claimed_ahead)
        waiting = await Attempt.objects.aget(ahead=True)
        await sync_to_async(lambda: cancel_images(Image.objects.filter(pk=waiting.image_id)))()
        await until(Image.objects.filter(pk=waiting.image_id, status=Status.CANCELLED).exists)
        assert await Image.objects.filter(status=Status.RUNNING).acount() == 3

    play(story)
    assert len(list(tmp_path.glob("*.json"))) == 3
    assert Image.objects.filter(status=Status.SUCCEEDED).count() == 3
    assert running(member) == 0
    assert not Attempt.objects.filter(ahead=True).exists()


@pytest.mark.parametrize("trouble", ["rate_limited", "auth_failed"])
def test_an_engine_in_trouble_gets_no_more(trouble: str, member: User, tmp_path: Path, going_on: None) -> None:
    make_full_engine(tmp_path)
    submit_job(member, f"a kitten [fail {trouble}]", count=3)
    spared = submit_job(member)

    async def story() -> None:
        await until(is_claimed_ahead)
        await until(Attempt.objects.filter(outcome=Attempt.Outcome.RETURNED).exists)
        queue.stop()

    play(story)
    image = spared.images.get()
    assert (image.status, image.attempts) == (Status.QUEUED, 0)
    assert len(list(tmp_path.glob("*.json"))) == 3
    assert running(member) == 0


def test_where_calls_take_longer_than_expected_it_goes_back_and_none_is_claimed_again(
    member: User, tmp_path: Path, going_on: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "LATE_SECONDS", 0.2)
    make_full_engine(tmp_path, seconds=30)
    submit_job(member, count=4)

    async def story() -> None:
        await until(Attempt.objects.filter(ahead=False, outcome=Attempt.Outcome.RETURNED).exists)
        await asyncio.sleep(1.5)  # for a turn of the drain, which looks once a second
        queue.stop()

    play(story)
    assert Attempt.objects.count() == 4


def test_a_drain_that_hands_over_leaves_it_to_the_next(member: User, tmp_path: Path, settings: LazySettings) -> None:
    settings.DRAIN_HANDOVER_SECONDS = 1
    make_full_engine(tmp_path, seconds=3)
    submit_job(member, count=4)
    play(lambda: until(is_claimed_ahead))
    assert sorted(Image.objects.values_list("status", "attempts")) == [
        (Status.QUEUED, 0),
        *[(Status.SUCCEEDED, 1)] * 3,
    ]


def test_a_stop_gives_it_back_uncounted(member: User, tmp_path: Path, going_on: None) -> None:
    make_full_engine(tmp_path, seconds=30)
    submit_job(member, count=4)

    async def story() -> None:
        await until(is_claimed_ahead)
        queue.stop()

    play(story)
    assert set(Image.objects.values_list("status", "attempts")) == {(Status.QUEUED, 0)}
    assert running(member) == 0


# --- What a claim gives ---


def test_claims_ahead_are_the_next_in_order_and_hold_no_slot(member: User) -> None:
    lane = make_engine(concurrency=2)
    make_waiting(member, 5)
    first, second = Image.objects.order_by("pk")[:2], Image.objects.order_by("pk")[2:4]
    claims = claim_images(DRAIN, limit=5, ahead={lane.pk: 2})
    assert [(each.image.pk, each.attempt.ahead) for each in claims] == [
        *((image.pk, False) for image in first),
        *((image.pk, True) for image in second),
    ]
    assert (Attempt.objects.in_slots().count(), running(member)) == (2, 4)
    release_slots([claims[0].attempt.pk], taken_by=[claims[2].attempt.pk])
    assert (Attempt.objects.in_slots().count(), running(member)) == (2, 3)
    assert claim() == []


def test_nothing_is_claimed_ahead_of_free_slots(member: User) -> None:
    lane = make_engine(concurrency=3)
    make_waiting(member, 5)
    claims = claim_images(DRAIN, limit=2, ahead={lane.pk: 1})
    assert [each.attempt.ahead for each in claims] == [False, False]


def test_no_lane_is_kept_full_where_a_drain_has_no_room_for_another() -> None:
    full, other = make_engine("full", concurrency=1), make_engine("other", order=1)
    alice, bob = make_rich_member("alice"), make_rich_member("bob")
    make_waiting(alice, 3)
    assert len(claim(1)) == 1
    assert len(claim_images(DRAIN, limit=0, ahead={full.pk: 1})) == 1
    submit_job(bob, engine=other.slug)
    assert claim_images(DRAIN, limit=0, ahead={full.pk: 1}) == []
    assert [each.image.member for each in claim_images(DRAIN, limit=1, ahead={full.pk: 1})] == [bob]


def test_a_members_limit_holds_for_what_is_claimed_ahead() -> None:
    lane = make_engine(concurrency=2)
    make_waiting(make_rich_member("alice", running_images=3), 5)
    assert len(claim_images(DRAIN, limit=5, ahead={lane.pk: 2})) == 3


@pytest.mark.parametrize(
    "trouble",
    [
        {"down_since": timezone.now(), "retry_at": timezone.now() + timedelta(hours=1)},
        {"limit": 1.0},
        {"held_until": timezone.now() + timedelta(hours=1)},
    ],
    ids=["down", "limited", "held"],
)
def test_nothing_is_claimed_ahead_while_an_engine_is_in_trouble(member: User, trouble: dict[str, object]) -> None:
    lane = make_engine(concurrency=1)
    make_waiting(member, 3)
    assert len(claim()) == 1
    LaneState.objects.update(**trouble)
    assert claim_images(DRAIN, limit=0, ahead={lane.pk: 1}) == []


# --- Who takes which slot ---


async def _run_of(own: Slots, *, ahead: bool) -> ImageRun:
    """Let a claim enter, and give its run."""
    claimed = Claim(Attempt(ahead=ahead), Image(lane_id=1, expected_seconds=1.0))
    board, remotes = ProgressBoard(), Gathering(store_remotes)
    run = ImageRun(claimed, 10.0, board, remotes, lambda back, passes_on: own.leave(back, passes_on=passes_on))
    own.enter(run)
    return run


def test_calls_that_return_during_the_claim_leave_their_slots_to_it() -> None:
    async def story() -> None:
        own = Slots()
        call = await _run_of(own, ahead=False)
        call.settle()
        assert own.left
        follower = await _run_of(own, ahead=True)
        assert await follower.may_start()
        assert own.unbooked() == ([call.claim.attempt.pk], [follower.claim.attempt.pk])

    async_to_sync(story)()


def test_what_the_database_was_told_is_free_is_nobodys_to_take() -> None:
    async def story() -> None:
        own = Slots()
        call = await _run_of(own, ahead=False)
        call.settle()
        released, taken = own.unbooked()
        follower = await _run_of(own, ahead=True)
        assert not await follower.may_start()
        own.booked(released, taken)
        assert own.unbooked() == ([], [])

    async_to_sync(story)()


def test_nobody_waits_on_when_the_last_call_ends_and_may_still_run() -> None:
    async def story() -> None:
        own = Slots()
        call, follower = await _run_of(own, ahead=False), await _run_of(own, ahead=True)
        own.end(call, limited=False)
        assert not await follower.may_start()

    async_to_sync(story)()
