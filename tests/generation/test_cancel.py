"""Cancel is real: what waits ends at once, what runs as soon as its engine has stopped."""

from pathlib import Path

import pytest
from asgiref.sync import sync_to_async

from accounts.models import User, Wallet
from generation.exceptions import WrongState
from generation.models import Attempt, Engine, Image, Job
from generation.services import making, runner
from generation.services.jobs import cancel_images, cancel_job, delete_job, retry_job
from imagegen import events
from tests.factories import make_engine, submit_job
from tests.generation.drains import drain, play, until
from tests.generation.services.playing import running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

Status = Image.Status


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the patience of the runner."""
    monkeypatch.setattr(making, "CANCEL_GRACE", 0.3)
    monkeypatch.setattr(runner, "STRAY_SECONDS", 0.6)
    monkeypatch.setattr(runner, "HEARTBEAT_SECONDS", 0.1)


def run_and_cancel(job: Job, *, idle_seconds: float = 0.2) -> None:
    """Run a drain and cancel a job as soon as all of it runs."""

    async def story() -> None:
        await until(lambda: set(job.images.values_list("status", flat=True)) == {Status.RUNNING})
        await until(lambda: Attempt.objects.filter(remote__isnull=False).exists())
        await sync_to_async(cancel_job)(job)

    play(story, idle_seconds=idle_seconds)


def test_what_waits_ends_at_once(alice: User) -> None:
    make_engine()
    job = submit_job(alice, count=4)
    cancel_job(job)
    cancel_job(job)
    drain()
    job.refresh_from_db()
    assert (job.status, Attempt.objects.count()) == (Job.Status.CANCELLED, 0)
    assert Wallet.objects.get(member=alice).balance == 200


def test_what_runs_is_stopped_and_nothing_else(alice: User, bob: User, tmp_path: Path) -> None:
    make_engine(settings={"seconds": 1, "folder": str(tmp_path)})
    job, other = submit_job(alice), submit_job(bob)
    run_and_cancel(job)
    assert job.images.get().status == Status.CANCELLED
    assert other.images.get().status == Status.SUCCEEDED
    assert len(list(tmp_path.glob("*.aborted"))) == 1
    assert (running(alice), Wallet.objects.get(member=alice).balance) == (0, 200)


def test_one_image_of_a_job_can_be_cancelled(alice: User) -> None:
    make_engine(settings={"seconds": 0.5})
    job = submit_job(alice, count=2)

    async def story() -> None:
        await until(lambda: job.images.filter(status=Status.RUNNING).count() == 2)
        await sync_to_async(cancel_images)(Image.objects.filter(job=job, index=1))

    play(story)
    job.refresh_from_db()
    assert list(job.images.values_list("status", flat=True)) == [Status.SUCCEEDED, Status.CANCELLED]
    assert job.status == Job.Status.PARTIAL


def test_a_job_waits_as_long_as_nothing_of_it_was_begun(alice: User) -> None:
    make_engine()
    job = submit_job(alice, count=2)
    cancel_images(job.images.filter(index=1))
    job.refresh_from_db()
    assert (job.status, job.started_at) == (Job.Status.QUEUED, None)


def test_the_time_of_a_retry_is_counted_anew(alice: User) -> None:
    make_engine(settings={"seconds": 20})
    job = submit_job(alice)
    run_and_cancel(job)
    job.refresh_from_db()
    first = job.started_at
    assert first
    retry_job(job)
    job.refresh_from_db()
    assert job.started_at is None
    run_and_cancel(job)
    job.refresh_from_db()
    assert job.started_at
    assert job.started_at > first


def test_a_picture_that_was_finished_first_is_kept(alice: User) -> None:
    make_engine(settings={"seconds": 20})
    job = submit_job(alice, "a kitten [abort finished_first]")
    run_and_cancel(job)
    assert job.images.get().status == Status.SUCCEEDED
    assert Wallet.objects.get(member=alice).balance == 199


@pytest.mark.parametrize("script", ["[abort cannot_stop]", "[abort unknown]", "[hang]"])
def test_what_cannot_be_stopped_is_over_for_its_member_and_keeps_its_slot(alice: User, script: str) -> None:
    make_engine(settings={"seconds": 1})
    job = submit_job(alice, f"a kitten {script}")
    held: list[int] = []

    async def story() -> None:
        await until(lambda: Attempt.objects.filter(remote__isnull=False).exists())
        await sync_to_async(cancel_job)(job)
        await until(lambda: job.images.get().status == Status.CANCELLED, 2)
        held.append(await sync_to_async(running)(alice))
        await until(lambda: running(alice) == 0)

    play(story, idle_seconds=2)
    assert held == [1]
    assert Wallet.objects.get(member=alice).balance == 200


def test_a_cancel_whose_message_was_lost_is_seen_in_the_row(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "publish_cancel", lambda _: None)
    make_engine(settings={"seconds": 20})
    job = submit_job(alice)
    run_and_cancel(job)
    assert job.images.get().status == Status.CANCELLED


def test_a_call_that_timed_out_and_goes_on_does_not_block_its_own_retry(alice: User) -> None:
    make_engine(concurrency=1, settings={"seconds": 30}, time_limit=1)
    job = submit_job(alice, "a kitten [abort unknown]")

    async def story() -> None:
        await until(lambda: job.images.get().attempts == 1)
        await until(lambda: job.images.get().status == Status.QUEUED)
        await sync_to_async(Engine.objects.update)(settings={"seconds": 0.05})
        await sync_to_async(Image.objects.update)(not_before=None)
        await until(lambda: job.images.get().status == Status.SUCCEEDED)

    play(story, idle_seconds=3)
    assert running(alice) == 0


def test_what_an_engine_still_works_on_is_not_deleted(alice: User) -> None:
    make_engine(settings={"seconds": 0.1})
    job = submit_job(alice)
    drain()
    Attempt.objects.update(holds_slot=True)  # as after a cancel that the engine did not obey
    with pytest.raises(WrongState):
        delete_job(job)
