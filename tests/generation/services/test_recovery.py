"""Exactly once: whoever lost the lease has no say, and what a dead worker held comes back."""

import os
import subprocess
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django_q.brokers import get_broker

from accounts.models import User
from accounts.services import credits as ledger
from generation import storage
from generation.models import Attempt, Discard, Image
from generation.services.jobs import cancel_job, delete_job, retry_job
from generation.services.outcomes import record_endings
from generation.services.recovery import drain_name, free_dead_processes, lose, settle_strays, strays, sweep
from generation.services.scheduling import Claim, claim_images, release_slots, renew_leases
from imagegen import queue
from tests.factories import make_engine, submit_job
from tests.generation.services.playing import DRAIN, claim, end, ending, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def claimed(alice: User) -> Claim:
    """Give one image of Alice that runs."""
    make_engine()
    submit_job(alice)
    return claim()[0]


def expire(claim: Claim) -> None:
    """Let a lease run out."""
    Attempt.objects.filter(pk=claim.attempt.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def remember_remote(claim: Claim) -> None:
    """Note remote work, as the engine's checkpoint does."""
    Attempt.objects.filter(pk=claim.attempt.pk).update(remote={"id": "far away", "endpoint": "", "extra": {}})


def image_of(claim: Claim) -> Image:
    """Give the image as it is now."""
    return Image.objects.get(pk=claim.image.pk)


def test_two_drains_never_get_the_same_image(carol: User) -> None:
    make_engine()
    submit_job(carol, count=8)
    first = claim_images("host:1:1:one", limit=5)
    second = claim_images("host:2:1:two", limit=5)
    assert len({claimed.image.pk for claimed in first + second}) == len(first) + len(second) == 8


def test_an_expired_lease_comes_back_and_counts(claimed: Claim, alice: User) -> None:
    expire(claimed)
    sweep()
    image = image_of(claimed)
    assert (image.status, image.attempts, image.lease) == (Image.Status.QUEUED, 1, None)
    assert running(alice) == 0
    assert ledger.open_reservations().count() == 1


def test_a_lease_that_is_renewed_does_not_expire(claimed: Claim) -> None:
    expire(claimed)
    assert renew_leases(DRAIN) == {claimed.attempt.pk}
    sweep()
    assert image_of(claimed).status == Image.Status.RUNNING


def test_an_image_that_loses_its_worker_three_times_fails(claimed: Claim, alice: User) -> None:
    expire(claimed)
    sweep()
    for _ in range(2):
        expire(claim()[0])
        sweep()
    image = image_of(claimed)
    assert (image.status, image.error_code) == (Image.Status.FAILED, "worker_lost")
    assert (running(alice), ledger.open_reservations().count(), ledger.audit()) == (0, 0, [])


def test_who_lost_the_lease_has_no_say(claimed: Claim, alice: User) -> None:
    expire(claimed)
    sweep()
    again = claim()[0]
    assert record_endings([ending(claimed)]) == set()
    release_slots([claimed.attempt.pk])
    assert (image_of(claimed).lease, running(alice)) == (again.attempt.pk, 1)
    end([again])
    assert image_of(claimed).tries.filter(outcome=Attempt.Outcome.SUCCEEDED).get() == again.attempt


def test_a_success_at_the_last_moment_keeps_its_file(claimed: Claim) -> None:
    """The sweep saw an expired lease; before it acts, the worker was done after all."""
    expire(claimed)
    seen = Attempt.objects.filter(outcome="", lease_until__lt=timezone.now())
    assert seen.exists()
    storage.save(claimed.attempt.file_name, b"picture")
    end([claimed])
    lose(Attempt.objects.filter(pk=claimed.attempt.pk))
    assert image_of(claimed).status == Image.Status.SUCCEEDED
    assert storage.read(claimed.attempt.file_name) == b"picture"
    storage.delete(claimed.attempt.file_name)


def test_what_a_lost_worker_wrote_is_discarded_twice(claimed: Claim) -> None:
    storage.save(claimed.attempt.file_name, b"picture")
    expire(claimed)
    sweep()
    assert not default_storage.exists(claimed.attempt.file_name)
    storage.save(claimed.attempt.file_name, b"written by a frozen worker")
    Discard.objects.update(due=timezone.now())
    sweep()
    assert not default_storage.exists(claimed.attempt.file_name)
    assert not Discard.objects.exists()


def test_a_storage_that_is_away_does_not_hold_up_the_work(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise OSError("away")

    make_engine()
    submit_job(alice)
    get_broker("generate").purge_queue()
    Discard.objects.create(file_name="unwanted.png")
    monkeypatch.setattr(storage, "delete", fail)
    with pytest.raises(OSError, match="away"):
        sweep()
    assert get_broker("generate").queue_size() == 1


def test_a_stopping_worker_returns_images_uncounted(claimed: Claim, alice: User) -> None:
    returned = ending(claimed, Image.Status.QUEUED, outcome=Attempt.Outcome.RETURNED, counted=False)
    assert record_endings([returned]) == {claimed.attempt.pk}
    image = image_of(claimed)
    assert (image.status, image.attempts, running(alice)) == (Image.Status.QUEUED, 0, 0)


def test_remote_work_of_a_lost_worker_is_taken_over(claimed: Claim) -> None:
    remember_remote(claimed)
    expire(claimed)
    sweep()
    assert claim()[0].attempt.remote == {"id": "far away", "endpoint": "", "extra": {}}


def test_failed_remote_work_is_not_taken_over(claimed: Claim) -> None:
    remember_remote(claimed)
    end([claimed], Image.Status.QUEUED)
    assert claim()[0].attempt.remote is None


def test_cancelling_an_image_that_waits_stops_what_it_left_running(claimed: Claim, alice: User) -> None:
    remember_remote(claimed)
    expire(claimed)
    sweep()
    assert running(alice) == 0
    cancel_job(claimed.image.job)
    assert (running(alice), [stray.pk for stray in strays()]) == (1, [claimed.attempt.pk])
    retry_job(claimed.image.job)
    assert claim()[0].attempt.remote is None


def test_an_image_cancelled_as_its_worker_died_is_cancelled(claimed: Claim, alice: User) -> None:
    remember_remote(claimed)
    cancel_job(claimed.image.job)
    expire(claimed)
    sweep()
    assert image_of(claimed).status == Image.Status.CANCELLED
    assert (running(alice), strays().count(), ledger.open_reservations().count()) == (1, 1, 0)


def test_what_cannot_be_stopped_is_let_go_after_the_time_limit(claimed: Claim, alice: User) -> None:
    record_endings([ending(claimed, Image.Status.CANCELLED)])
    assert running(alice) == 1
    Attempt.objects.update(ended_at=timezone.now() - timedelta(hours=1))
    settle_strays()
    assert running(alice) == 0


def test_a_deleted_job_holds_no_slot(claimed: Claim, alice: User) -> None:
    record_endings([ending(claimed, Image.Status.CANCELLED)])
    delete_job(claimed.image.job)
    assert running(alice) == 0


def test_what_a_dead_process_held_is_freed_at_once(alice: User) -> None:
    make_engine()
    submit_job(alice)
    with subprocess.Popen(["sleep", "60"]) as process:
        drain = drain_name().replace(f":{os.getpid()}:", f":{process.pid}:") + ":1"
        process.kill()
    dead = claim_images(drain, limit=1)[0]
    queue.announce_drain("generate", drain)
    free_dead_processes()
    assert image_of(dead).status == Image.Status.QUEUED
    assert queue.announced_drain("generate") is None


def test_what_a_living_process_holds_is_left_alone(alice: User) -> None:
    make_engine()
    submit_job(alice)
    held = claim_images(f"{drain_name()}:1", limit=1)[0]
    free_dead_processes()
    assert image_of(held).lease == held.attempt.pk
