"""A drain that stops, dies, idles, is full, or has no database, no Valkey or no lease any more."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.conf import LazySettings
from django.conf import settings as site
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import OperationalError, connection

from accounts.models import User, Wallet
from accounts.services import credits as ledger
from generation import registry
from generation.models import Attempt, Engine, Image
from generation.services import making, recording, runner
from generation.services.outcomes import Ending, record_endings
from generation.services.recovery import lose
from generation.services.scheduling import Claim, claim_images
from imagegen import queue
from tests.factories import make_engine, submit_job
from tests.generation.drains import drain, play, statuses, until
from tests.generation.services.playing import make_rich_member, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

Status = Image.Status


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the patience of the runner."""
    monkeypatch.setattr(making, "CANCEL_GRACE", 0.3)
    monkeypatch.setattr(runner, "HEARTBEAT_SECONDS", 0.1)


@pytest.fixture
def going_on() -> Iterator[None]:
    """After a story in which the cluster was told to stop, let it go on."""
    yield
    queue._stop.value = False


def started() -> bool:
    """Tell whether remote work has begun."""
    return Attempt.objects.filter(outcome="", remote__isnull=False).exists()


def test_a_stop_returns_images_uncounted_and_their_work_is_taken_over(
    alice: User, tmp_path: Path, going_on: None
) -> None:
    make_engine(settings={"seconds": 2, "folder": str(tmp_path)})
    submit_job(alice)

    async def story() -> None:
        await until(started)
        queue.stop()

    play(story)
    image = Image.objects.get()
    assert (image.status, image.attempts, running(alice)) == (Status.QUEUED, 0, 0)
    queue._stop.value = False
    drain()
    assert statuses() == [Status.SUCCEEDED]
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_a_stop_does_not_wait_for_a_call_that_hangs(alice: User, going_on: None) -> None:
    make_engine()
    submit_job(alice, "a kitten [hang]")

    async def story() -> None:
        await until(started)
        queue.stop()

    before = time.monotonic()
    play(story)
    assert time.monotonic() - before < 5
    assert statuses() == [Status.QUEUED]


def test_a_stop_does_not_wait_for_a_picture_that_is_fetched(
    alice: User, going_on: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.KINDS, "remote", "tests.generation.odd.Remote")
    make_engine(kind="remote", settings={"seconds": 0.1})
    submit_job(alice)

    async def story() -> None:
        await until(Attempt.objects.filter(outcome="", holds_slot=False).exists)
        queue.stop()

    before = time.monotonic()
    play(story)
    assert time.monotonic() - before < 5
    image = Image.objects.get()
    assert (image.status, image.attempts) == (Status.QUEUED, 0)


def test_a_dead_lane_delays_nobody_else(alice: User, bob: User, going_on: None) -> None:
    make_engine("dead", concurrency=2)
    make_engine("quick", concurrency=2, order=1, settings={"seconds": 0.1})
    submit_job(alice, "a kitten [hang]", count=4)
    Engine.objects.filter(slug="dead").update(order=2)
    job = submit_job(bob, count=4)

    async def story() -> None:
        await until(lambda: job.images.filter(status=Status.SUCCEEDED).count() == 4)
        queue.stop()

    play(story)


def test_a_drain_that_ends_claims_once_more(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_engine(settings={"seconds": 0.05})
    withdraw = queue.withdraw_drain

    def submit_and_withdraw(cluster: str, name: str) -> None:
        if not statuses():
            submit_job(alice)
        withdraw(cluster, name)

    monkeypatch.setattr(queue, "withdraw_drain", submit_and_withdraw)
    drain()
    assert statuses() == [Status.SUCCEEDED]


def test_two_drains_make_each_image_once(tmp_path: Path) -> None:
    make_engine(concurrency=10, settings={"seconds": 0.1, "folder": str(tmp_path)})
    member = make_rich_member("carol")
    for _ in range(5):
        submit_job(member, count=8)

    async def story() -> None:
        await until(lambda: set(statuses()) == {Status.SUCCEEDED})

    play(story, drains=2)
    assert len(list(tmp_path.glob("*.json"))) == 40
    assert Attempt.objects.count() == 40


def test_a_drain_that_lost_its_lease_leaves_no_trace(alice: User) -> None:
    make_engine(settings={"seconds": 0.5})
    submit_job(alice)

    async def story() -> None:
        await until(started)
        await sync_to_async(Engine.objects.update)(paused=True)
        await sync_to_async(lambda: lose(Attempt.objects.all()))()

    play(story)
    attempt = Attempt.objects.get()
    assert (statuses(), attempt.outcome) == ([Status.QUEUED], Attempt.Outcome.LOST)
    assert not default_storage.exists(attempt.file_name)
    assert (Wallet.objects.get(member=alice).balance, ledger.open_reservations().count()) == (199, 1)


def test_a_call_whose_lease_is_lost_is_taken_down(alice: User, settings: LazySettings) -> None:
    settings.LEASE_SECONDS = 1
    make_engine(settings={"seconds": 30})
    submit_job(alice)

    async def story() -> None:
        await until(started)
        await sync_to_async(Engine.objects.update)(paused=True)
        await sync_to_async(lambda: lose(Attempt.objects.all()))()

    before = time.monotonic()
    play(story)
    assert time.monotonic() - before < 10


def test_a_full_drain_lets_another_one_start(alice: User, settings: LazySettings) -> None:
    settings.IMAGE_GENERATION_MAX_CONCURRENT = 1
    make_engine(settings={"seconds": 2})

    async def story() -> None:
        await until(lambda: queue.announced_drain("generate") is not None)
        await sync_to_async(submit_job)(alice)
        await until(started)
        await until(lambda: queue.announced_drain("generate") is None, 1.5)

    play(story, idle_seconds=1)


def test_a_turn_that_the_database_refuses_is_tried_again(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_engine(settings={"seconds": 0.3})
    submit_job(alice, count=2)
    failures = [OperationalError("database is locked")]

    def refuse_once(endings: list[Ending], **how: Any) -> set[UUID]:
        if failures:
            raise failures.pop()
        return record_endings(endings, **how)

    monkeypatch.setattr(recording, "record_endings", refuse_once)
    drain()
    assert statuses() == [Status.SUCCEEDED] * 2


def test_a_picture_stays_when_only_the_answer_that_it_is_recorded_was_lost(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_engine(settings={"seconds": 0.3})
    submit_job(alice)
    failures = [OperationalError("server closed the connection unexpectedly")]

    def record_and_lose_the_answer(endings: list[Ending], **how: Any) -> set[UUID]:
        won = record_endings(endings, **how)
        if failures:
            raise failures.pop()
        return won

    monkeypatch.setattr(recording, "record_endings", record_and_lose_the_answer)
    drain()
    assert failures == []
    assert default_storage.exists(Image.objects.get(status=Status.SUCCEEDED).file_name)


def test_a_database_that_drops_its_connections_is_found_again(alice: User) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connections to drop")
    make_engine(settings={"seconds": 1}, concurrency=1)
    submit_job(alice, count=2)

    async def story() -> None:
        await until(started)
        await sync_to_async(_drop_connections)()

    play(story)
    assert statuses() == [Status.SUCCEEDED] * 2


def test_what_is_more_than_one_turn_takes_is_done_in_the_next(carol: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "MOST_CLAIMS", 2)
    monkeypatch.setattr(runner, "MOST_ENDINGS", 2)
    make_engine(settings={"seconds": 0.3})
    submit_job(carol, count=7)
    drain()
    assert statuses() == [Status.SUCCEEDED] * 7


def test_a_claim_that_fails_is_made_again(
    alice: User, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, going_on: None
) -> None:
    settings.IMAGE_GENERATION_POLL_INTERVAL = 3_600
    make_engine(settings={"seconds": 0.1})
    submit_job(alice)
    claim, failures = claim_images, [RuntimeError("the database stumbles")]

    def fail_once(*arguments: Any, **options: Any) -> list[Claim]:
        if failures:
            raise failures.pop()
        return claim(*arguments, **options)

    monkeypatch.setattr(runner, "claim_images", fail_once)

    async def story() -> None:
        await until(lambda: statuses() == [Status.SUCCEEDED])
        queue.stop()

    play(story, idle_seconds=60)
    assert failures == []


def test_work_goes_on_without_valkey(alice: User, settings: LazySettings, tmp_path: Path) -> None:
    nowhere = f"unix://{tmp_path}/nowhere.sock"
    layer = dict(site.CHANNEL_LAYERS["default"], CONFIG={"hosts": [{"address": nowhere}]})
    make_engine(settings={"seconds": 0.3})
    settings.CHANNEL_LAYERS = {"default": layer}
    settings.CACHES = {"default": dict(site.CACHES["default"], LOCATION=nowhere)}
    submit_job(alice, count=2)
    drain()
    assert statuses() == [Status.SUCCEEDED] * 2


def test_progress_is_heard_again_when_valkey_is_back(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache fails once; what a picture's worker says must be kept from then on."""
    make_engine(settings={"seconds": 2, "steps": 40})
    submit_job(alice)
    keep, failures = cache.set_many, [ConnectionError("away")]

    def fail_once(*arguments: object, **facts: object) -> object:
        if failures and "progress." in str(arguments):
            raise failures.pop()
        return keep(*arguments, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr(cache, "set_many", fail_once)

    async def story() -> None:
        await until(started)
        image = await Image.objects.aget()
        await until(lambda: cache.get(f"progress.{image.pk}"))

    play(story)
    assert failures == []


def _drop_connections() -> None:
    """Have the server end all sessions of this database but the one that asks, as when it is started again."""
    with connection.copy().cursor() as other:
        other.execute("""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
        assert len(other.fetchall()) == 2  # the drain's, and that of its calls
        other.connection.close()
