"""A waiting card says what it waits for, and an engine that starts nothing is not hidden from those who wait."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Plan, User
from accounts.services.members import suspend
from accounts.services.plans import entitlements_of
from generation.models import LaneState
from generation.services.estimates import estimate
from generation.services.meter import meter_of
from generation.services.positions import Position
from generation.services.requests import JobRequest
from generation.views.cards import card_of
from generation.views.waiting import Wait, wait_of
from tests.factories import make_engine, submit_job

pytestmark = pytest.mark.django_db


def test_members_read_why_an_engine_is_paused(client: Client, alice: User) -> None:
    engine = make_engine()
    job = submit_job(alice)
    engine.paused, engine.message = True, "More memory comes in, back at six"
    engine.save()
    card = card_of(alice, job.pk)
    assert card
    assert card.wait == Wait("paused", "Paused: More memory comes in, back at six · Position 1")
    client.force_login(alice)
    assert client.get(reverse("positions")).json()["positions"] == {str(job.pk): card.wait.as_json()}
    foot = client.post(reverse("estimate"), {"prompt": "a kitten", "count": "1", "aspect": "1:1", "size": "s"})
    assert engine.message in foot.content.decode()


def test_members_read_why_an_engine_is_down(client: Client, alice: User) -> None:
    make_engine()
    job = submit_job(alice)
    LaneState.objects.update(faults=3, trouble="engine_down", down_since=timezone.now(), retry_at=timezone.now())
    card = card_of(alice, job.pk)
    assert card
    words = "Paused: the engine cannot be reached; it is tried again by itself"
    assert card.wait == Wait("paused", f"{words} · Position 1")
    client.force_login(alice)
    (told,) = client.get("/api/v1/engines").json()
    assert (told["state"], words.endswith(told["message"])) == ("down", True)


def test_nobody_is_promised_a_start_by_a_paused_engine(alice: User) -> None:
    engine = make_engine()
    request = JobRequest(prompt="a kitten")
    assert estimate(alice, request)["starts_in"] is not None
    engine.paused = True
    engine.save()
    assert estimate(alice, request)["starts_in"] is None


def test_a_card_whose_place_is_not_known_claims_nothing(alice: User) -> None:
    engine = make_engine()
    meter = meter_of(alice)
    assert wait_of(engine, None, meter) == Wait("turn", "")
    assert wait_of(engine, Position(3, 12), meter) == Wait("turn", "Position 3 · starts in about 12 s")


def test_what_a_press_would_meet_is_said_before(alice: User) -> None:
    make_engine()
    entitlements = entitlements_of(alice)
    submit_job(alice, count=entitlements.images_per_job)
    Plan.objects.update(waiting_images=entitlements.images_per_job)
    suspend(alice)
    alice.refresh_from_db()
    codes = {reason.code for reason in estimate(alice, JobRequest(prompt="a kitten"))["reasons"]}
    assert codes == {"suspended", "too_many_waiting"}
