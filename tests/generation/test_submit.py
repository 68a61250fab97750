"""A request becomes a job: once, in whole, or with every reason why not."""

import pytest

from accounts.models import User, Wallet
from generation.models import Job
from tests.factories import make_engine, submit_job

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_job_has_its_images_its_number_and_its_credits(alice: User) -> None:
    make_engine()
    job = submit_job(alice, count=3, width=1024, height=1024)
    assert (job.number, job.status, job.images.count()) == (1, Job.Status.QUEUED, 3)
    assert Wallet.objects.get(member=alice).balance == 200 - 3


def test_numbers_count_per_member(alice: User, bob: User) -> None:
    make_engine()
    assert [submit_job(member).number for member in (alice, alice, bob)] == [1, 2, 1]
