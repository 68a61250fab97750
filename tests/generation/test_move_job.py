"""A task that waits for a paused engine moves to another one, at its price, if nothing of it has started."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.credits import audit, wallet_of
from generation.exceptions import Invalid, NotInPlan, WrongState
from generation.models import Engine, Job
from generation.services.moving import move_job
from generation.views.cards import card_of
from tests.factories import make_engine, submit_job
from tests.generation.services.playing import claim, end

pytestmark = pytest.mark.django_db


@pytest.fixture
def paused(db: None) -> Engine:
    """Give the engine that everybody gets unless they choose, paused, and another one beside it that costs more."""
    make_engine("other", order=2, base_price=3)
    return make_engine(order=1, paused=True, message="Back at six")


def test_it_waits_in_the_other_lane_at_the_other_price(carol: User, paused: Engine) -> None:
    before = wallet_of(carol).balance
    job = submit_job(carol, count=2)
    move_job(job, "other")
    assert {image.lane.slug for image in job.images.select_related("lane")} == {"other"}
    assert Job.objects.get(pk=job.pk).engine.slug == "other"
    assert wallet_of(carol).balance == before - 2 * 4
    assert audit() == []
    end(claim(2))
    assert Job.objects.get(pk=job.pk).status == "succeeded"
    assert audit() == []


def test_what_has_started_stays_where_it_is(carol: User) -> None:
    make_engine()
    make_engine("other", order=2)
    job = submit_job(carol, count=2)
    claim(1)
    with pytest.raises(WrongState):
        move_job(job, "other")


def test_the_other_engine_must_be_able_to(carol: User, paused: Engine) -> None:
    Engine.objects.filter(slug="other").update(kind="illustrator")
    job = submit_job(carol, negative_prompt="rain", steps=5)
    with pytest.raises(Invalid):
        move_job(job, "other")
    assert audit() == []


def test_who_may_not_choose_an_engine_may_not_move(alice: User, paused: Engine) -> None:
    job = submit_job(alice)
    with pytest.raises(NotInPlan):
        move_job(job, "other")
    card = card_of(alice, job.pk)
    assert card
    assert card.moves == []


def test_the_card_offers_the_engines_that_could(client: Client, carol: User, bob: User, paused: Engine) -> None:
    job = submit_job(carol)
    client.force_login(carol)
    text = client.get(f"/jobs/{job.pk}/card/").content.decode()
    assert "Paused: Back at six" in text
    assert 'value="other"' in text
    answer = client.post(f"/jobs/{job.pk}/move/", {"engine": "other"}, headers={"HX-Request": "true"})
    assert 'data-wait="turn"' in answer.content.decode()
    refused = client.post(f"/jobs/{job.pk}/move/", {"engine": "nowhere"}, headers={"HX-Request": "true"})
    assert (refused.status_code, b"No engine of this name" in refused.content) == (422, True)
    client.force_login(bob)
    assert client.post(f"/jobs/{job.pk}/move/", {"engine": "other"}).status_code == 404
