"""A refusal is a way on: the card shows what fewer words would be, or what was made of them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from generation.models import Image, Job
from generation.views.cards import card_of
from tests.factories import make_engine, submit_job

pytestmark = pytest.mark.django_db

PROMPT = "a sexy kitten, 8k"


@pytest.fixture
def refused(alice: User, client: Client) -> Job:
    """Give a job of Alice's, who is signed in, that its engine has refused."""
    make_engine()
    client.force_login(alice)
    job = submit_job(alice, PROMPT)
    Image.objects.update(status=Image.Status.FAILED, error_code="moderation_rejected")
    return job


def test_a_refused_card_shows_what_fewer_words_would_be(refused: Job, client: Client) -> None:
    card = client.get(reverse("job_card", args=[refused.pk])).content.decode()
    assert "a sexy kitten<del>, 8k</del>" in card
    assert 'data-prompt="a sexy kitten"' in card


def test_using_it_makes_the_picture_again_with_fewer_words(refused: Job, client: Client, alice: User) -> None:
    for step in (1, 2):
        Image.objects.update(status=Image.Status.FAILED, error_code="moderation_rejected")
        client.post(reverse("job_action", args=[refused.pk, "simplify"]))
        assert list(Image.objects.values_list("status", "simplification")) == [(Image.Status.QUEUED, step)]
    card = card_of(alice, refused.pk)
    assert card
    assert (card.job["prompt"], card.images[0]["prompt"]) == (PROMPT, "a kitten")
    assert card.simpler
    assert card.simpler.tried


def test_a_plain_retry_takes_the_words_as_they_were_written(refused: Job, client: Client) -> None:
    Image.objects.update(simplification=1)
    client.post(reverse("job_action", args=[refused.pk, "retry"]))
    assert Image.objects.get().simplification == 0


def test_where_nothing_can_be_dropped_nothing_is_offered(refused: Job, client: Client) -> None:
    Job.objects.update(prompt="kitten")
    assert "job-simpler" not in client.get(reverse("job_card", args=[refused.pk])).content.decode()
    assert client.post(reverse("job_action", args=[refused.pk, "simplify"]), HTTP_HX_REQUEST="1").status_code == 409


def test_the_switches_are_on_the_account_page(client: Client, alice: User) -> None:
    client.force_login(alice)
    client.post(reverse("ways_on"), {"simplify": "on", "fallback": "on"})
    alice.refresh_from_db()
    assert (alice.simplify_refused, alice.accept_fallback) == (True, True)
    client.post(reverse("ways_on"), {})
    alice.refresh_from_db()
    assert (alice.simplify_refused, alice.accept_fallback) == (False, False)
