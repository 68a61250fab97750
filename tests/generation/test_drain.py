"""A drain takes waiting images to their end."""

from pathlib import Path

import pytest
from asgiref.sync import async_to_sync

from accounts.models import User, Wallet
from generation import storage
from generation.models import Image, Job, Share
from generation.services.runner import Drain
from tests.factories import make_engine, submit_job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def drain() -> None:
    """Run a drain until it is idle, as a worker does."""
    async_to_sync(Drain(idle_seconds=0.2).run)()


def test_images_are_made_and_settled(alice: User) -> None:
    make_engine(settings={"seconds": 0.1})
    job = submit_job(alice, count=4)
    drain()
    job.refresh_from_db()
    assert job.status == Job.Status.SUCCEEDED
    assert all(len(storage.read(image.file_name)) > 100 for image in job.images.all())
    assert Wallet.objects.get(member=alice).balance == 196
    assert Share.objects.get(member=alice).running == 0


def test_a_failure_that_may_pass_is_tried_again(alice: User, tmp_path: Path) -> None:
    make_engine(settings={"seconds": 0.1, "folder": str(tmp_path)})
    job = submit_job(alice, "a kitten [fail engine_down 1]")
    drain()
    Image.objects.update(not_before=None)
    drain()
    image = job.images.get()
    assert (image.status, image.attempts, image.tries.count()) == (Image.Status.SUCCEEDED, 2, 2)


def test_a_refusal_is_final_and_its_credits_come_back(alice: User) -> None:
    make_engine(settings={"seconds": 0.1})
    job = submit_job(alice, "a kitten [fail moderation_rejected]")
    drain()
    image = job.images.get()
    assert (image.status, image.error_code) == (Image.Status.FAILED, "moderation_rejected")
    assert Wallet.objects.get(member=alice).balance == 200


def test_a_value_that_cannot_be_stored_fails_its_own_image_alone(alice: User) -> None:
    make_engine(settings={"seconds": 0.1})
    strange, plain = submit_job(alice, "a kitten [strange]"), submit_job(alice, "a kitten")
    drain()
    assert strange.images.get().final
    assert plain.images.get().status == Image.Status.SUCCEEDED
