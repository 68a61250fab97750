"""How long a picture takes is measured, and what members are told follows it."""

import pytest
from django.test import Client

from accounts.models import User
from generation.models import Engine, Image, Pace
from generation.services.estimates import estimate
from generation.services.paces import expected_seconds, pace_key, record_paces
from generation.services.requests import JobRequest
from tests.factories import make_engine, submit_job
from tests.generation.drains import drain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def engine(db: None) -> Engine:
    """Give an engine of which its admin expects 2 s and 10 s a megapixel."""
    return make_engine(base_seconds=2.0, megapixel_seconds=10.0, settings={"seconds": 0.2})


def measure(engine: Engine, *seconds: float, model: str = "", side: int = 1024, steps: int | None = None) -> None:
    record_paces({pace_key(engine.pk, model, side, side, steps): seconds})


def test_a_drain_measures_what_it_makes(engine: Engine, alice: User) -> None:
    submit_job(alice, count=4, width=512, height=512)
    submit_job(alice, "a kitten [fail moderation_rejected]")
    drain()
    pace = Pace.objects.get()
    assert (pace.engine, pace.size, pace.count) == (engine, -4, 4)
    assert 0.2 <= pace.seconds < 2


def test_before_anything_is_measured_the_admin_is_believed(engine: Engine) -> None:
    measure(engine, 1.0, 1.0)
    assert expected_seconds(engine, "", 1024, 1024) == 12


def test_what_is_measured_counts(engine: Engine, alice: User, client: Client) -> None:
    measure(engine, 5.0, 6.0, 7.0)
    assert estimate(alice, JobRequest(prompt="a kitten"))["seconds"] == 6
    submit_job(alice, width=1024, height=1024)
    assert Image.objects.get().expected_seconds == pytest.approx(6)
    client.force_login(alice)
    assert client.get("/api/v1/engines").json()[0]["typical_seconds"] == 6


def test_another_size_is_foretold_from_the_nearest(engine: Engine) -> None:
    measure(engine, *[6.0] * 3)
    assert expected_seconds(engine, "", 2048, 2048) == pytest.approx(6 * 42 / 12)


def test_each_model_has_its_own_pace(engine: Engine) -> None:
    measure(engine, *[6.0] * 3, model="large")
    measure(engine, *[1.0] * 3, model="quick")
    assert expected_seconds(engine, "quick", 1024, 1024) == pytest.approx(1)


def test_twice_the_steps_take_twice_the_time(engine: Engine, alice: User) -> None:
    measure(engine, *[6.0] * 3, steps=20)
    assert expected_seconds(engine, "", 1024, 1024, 40) == pytest.approx(12)
    assert expected_seconds(engine, "", 1024, 1024, 20) == pytest.approx(6)


def test_what_the_engine_chooses_is_measured_by_itself(engine: Engine) -> None:
    measure(engine, *[30.0] * 3, steps=80)
    measure(engine, *[8.0] * 3)
    assert expected_seconds(engine, "", 1024, 1024) == pytest.approx(8)
    assert expected_seconds(engine, "", 1024, 1024, 20) == pytest.approx(7.5)


def test_the_estimate_and_the_card_follow_the_steps(engine: Engine, carol: User) -> None:
    measure(engine, *[6.0] * 3, steps=20)
    request = JobRequest(prompt="a kitten", width=1024, height=1024, steps=40)
    assert estimate(carol, request)["seconds"] == 12
    submit_job(carol, width=1024, height=1024, steps=40)
    assert Image.objects.get().expected_seconds == pytest.approx(12)


def test_an_engine_that_became_faster_is_soon_known_to_be(engine: Engine) -> None:
    measure(engine, *[10.0] * 1000)
    measure(engine, *[1.0] * 60)
    assert expected_seconds(engine, "", 1024, 1024) < 2.5


def test_what_was_measured_of_a_deleted_engine_is_dropped(engine: Engine) -> None:
    pk = engine.pk
    engine.delete()
    record_paces({pace_key(pk, "", 64, 64, None): [1.0]})
    assert not Pace.objects.exists()
