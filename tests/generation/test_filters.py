"""The feed shows what its address asks for."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from generation.models import Job
from tests.factories import make_engine, submit_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, carol: User) -> Client:
    """Give the browser of Carol, who may choose engines, with five tasks."""
    make_engine()
    make_engine("other", order=1)
    for prompt, status, engine, days in (
        ("a red fox", "succeeded", "", 0),
        ("a blue fox", "partial", "", 3),
        ("一只小猫", "failed", "", 10),
        ("a dog", "queued", "other", 0),
        ("a cat", "cancelled", "", 90),
    ):
        job = submit_job(carol, prompt, engine=engine)
        made = timezone.now() - timedelta(days=days)
        Job.objects.filter(pk=job.pk).update(status=status, created_at=made)
    client.force_login(carol)
    return client


def numbers(page: Client, query: str, path: str = "/feed/") -> set[int]:
    """Give the numbers of the tasks that are shown."""
    text = page.get(f"{path}?{query}").content.decode()
    return {number for number in range(1, 30) if f'data-number="{number}"' in text}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=active", {4}),
        ("state=done", {1, 2}),
        ("state=failed", {2, 3}),
        ("state=cancelled", {5}),
        ("engine=other", {4}),
        ("engine=nowhere", set()),
        ("mode=inpaint", set()),
        ("mode=text-to-image", {1, 2, 3, 4, 5}),
        ("since=today", {1, 4}),
        ("since=week", {1, 2, 4}),
        ("since=month", {1, 2, 3, 4}),
        ("q=FOX", {1, 2}),
        ("q=小猫", {3}),
        ("q=fox&state=failed", {2}),
        ("state=wrong&mode=wrong&since=wrong&q=%00", {1, 2, 3, 4, 5}),
    ],
)
def test_each_filter_narrows(page: Client, query: str, found: set[int]) -> None:
    assert numbers(page, query) == numbers(page, query, "/") == found


def test_nothing_found_says_so_and_offers_the_way_back(page: Client) -> None:
    text = page.get("/?q=zebra").content.decode()
    assert "No task matches these filters." in text
    assert 'value="zebra"' in text


def test_older_tasks_keep_the_filter(page: Client, carol: User) -> None:
    for _ in range(21):
        submit_job(carol, "a fox & hound")
    assert "&amp;q=fox" in page.get("/?q=fox").content.decode()


def test_a_card_that_the_filters_leave_out_is_not_given(page: Client, carol: User) -> None:
    job = Job.objects.get(member=carol, prompt="a dog")
    assert page.get(f"/jobs/{job.pk}/card/?q=fox").status_code == 204
    assert page.get(f"/jobs/{job.pk}/card/?q=dog").status_code == 200


def test_a_gap_is_filled_with_the_members_own_cards(page: Client, carol: User, bob: User) -> None:
    jobs = list(Job.objects.visible_to(carol).newest_first())
    submit_job(bob)
    between = f"newest={jobs[1].pk}&oldest={jobs[3].pk}"
    assert numbers(page, between) == {4, 3, 2}
    assert numbers(page, f"{between}&state=failed") == {3, 2}
    for wrong in ("newest=x&oldest=y", f"newest={uuid.uuid4()}"):
        assert page.get(f"/feed/?{wrong}").status_code == 404
