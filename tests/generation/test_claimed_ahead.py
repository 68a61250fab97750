"""While a lane is full, the next images are claimed already, and start in the slots of calls as these return."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.utils import timezone

from accounts.models import User
from generation.engines.base import GenerateRequest, Result, Run
from generation.engines.simulated import Simulated
from generation.models import Attempt, Engine, Image, LaneState
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


def test_an_engine_that_is_asked_too_much_gets_no_more(member: User, tmp_path: Path, going_on: None) -> None:
    make_full_engine(tmp_path)
    submit_job(member, "a kitten [fail rate_limited]", count=3)
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


async def _run_of(slots: Slots, *, ahead: bool) -> ImageRun:
    """Let a claim enter, and give its run."""
    claimed = Claim(Attempt(ahead=ahead), Image(lane_id=1, expected_seconds=1.0))
    board, remotes = ProgressBoard(), Gathering(store_remotes)
    run = ImageRun(claimed, 10.0, board, remotes, lambda back, passes_on: slots.leave(back, passes_on=passes_on))
    slots.enter(run)
    return run


def test_calls_that_return_during_the_claim_leave_their_slots_to_it() -> None:
    async def story() -> None:
        slots = Slots()
        call = await _run_of(slots, ahead=False)
        call.settle()
        assert slots.left
        follower = await _run_of(slots, ahead=True)
        assert await follower.may_start()
        assert slots.unbooked() == ([call.claim.attempt.pk], [follower.claim.attempt.pk])

    async_to_sync(story)()


def test_what_the_database_was_told_is_free_is_nobodys_to_take() -> None:
    async def story() -> None:
        slots = Slots()
        call = await _run_of(slots, ahead=False)
        call.settle()
        released, taken = slots.unbooked()
        follower = await _run_of(slots, ahead=True)
        assert not await follower.may_start()
        slots.booked(released, taken)
        assert slots.unbooked() == ([], [])

    async_to_sync(story)()


def test_nobody_waits_on_when_the_last_call_ends_and_may_still_run() -> None:
    async def story() -> None:
        slots = Slots()
        call, follower = await _run_of(slots, ahead=False), await _run_of(slots, ahead=True)
        slots.end(call)
        assert not await follower.may_start()

    async_to_sync(story)()
