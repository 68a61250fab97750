"""What a card says in each state, in words and in buttons."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from generation.models import Image, Job
from generation.views.card import Card
from generation.views.cards import card_of
from tests.factories import make_engine, make_pictures, submit_job
from tests.generation.services.playing import claim

pytestmark = pytest.mark.django_db


def fail(job: Job, code: str) -> None:
    """Let every picture of a job fail."""
    job.images.update(status="failed", error_code=code)
    Job.objects.filter(pk=job.pk).update(status="failed")


def shown(member: User, job: Job) -> Card:
    """Give the card of a job."""
    card = card_of(member, job.pk)
    assert card
    return card


def text_of(client: Client, member: User, job: Job) -> str:
    """Give the card as the page has it."""
    client.force_login(member)
    return client.get(f"/jobs/{job.pk}/card/").content.decode()


def test_who_waits_for_an_own_place_reads_which_plan_has_more(client: Client, alice: User, carol: User) -> None:
    make_engine()
    submit_job(alice, count=2)
    claim(2)
    text = text_of(client, alice, submit_job(alice))
    assert "Waits for one of your 2 places" in text
    assert "Advanced has more" in text
    assert "has more" not in text_of(client, carol, submit_job(carol))


def test_a_failed_card_says_what_came_back_and_the_code_in_its_details(client: Client, alice: User) -> None:
    make_engine()
    job = submit_job(alice, count=2)
    fail(job, "engine_down")
    text = text_of(client, alice, job)
    assert "2 credits came back" in text
    assert "<code>engine_down</code>" in text


def test_a_refused_prompt_is_to_be_edited(client: Client, alice: User) -> None:
    make_engine()
    job = submit_job(alice, "kitten")  # a prompt that cannot be said in fewer words
    fail(job, "moderation_rejected")
    text = text_of(client, alice, job)
    assert 'data-state="refused"' in text
    assert text.count("Refused") == 2  # its state, and its tile
    assert "Failed" not in text
    assert "Edit prompt" in text


def test_a_card_becomes_slow_after_twice_the_expected_time(client: Client, alice: User) -> None:
    make_engine(base_seconds=30, megapixel_seconds=0, time_limit=120)
    job = submit_job(alice)
    claim(1)
    image = Image.objects.get()
    assert image.started_at
    slow = shown(alice, job).slow
    assert slow
    assert slow.since - image.started_at == timedelta(seconds=60)
    assert slow.ends - image.started_at == timedelta(seconds=120)
    assert "data-slow-at" in text_of(client, alice, job)
    assert not slow.now
    Image.objects.update(started_at=timezone.now() - timedelta(seconds=70))
    slow = shown(alice, job).slow
    assert slow
    assert slow.now


def test_what_ends_before_it_could_be_slow_never_is(alice: User) -> None:
    make_engine(base_seconds=30, time_limit=40)
    job = submit_job(alice)
    claim(1)
    assert shown(alice, job).slow is None


def test_before_the_first_step_the_bar_claims_nothing(client: Client, alice: User) -> None:
    make_engine()
    job = submit_job(alice)
    claim(1)
    text = text_of(client, alice, job)
    assert 'progress max="100" aria-label="Progress of task 1"' in text
    assert "Starting" in text


def test_a_seed_too_large_for_a_browser_is_reused_to_the_last_digit(carol: User) -> None:
    make_engine()
    seed = 2**63 - 9
    card = card_of(carol, submit_job(carol, seed=seed).pk)
    assert card
    assert json.loads(card.settings)["seed"] == str(seed)


def test_a_card_leads_to_the_picture_that_it_started_from(client: Client, alice: User, bob: User) -> None:
    make_engine()
    (parent,) = make_pictures(alice)
    text = text_of(client, alice, submit_job(alice, reference=parent.pk))
    assert "From #1, picture 1" in text
    assert f"/images/{parent.pk}/" in text
    parent.delete()
    assert "From #1" not in text_of(client, alice, Job.objects.latest("id"))
