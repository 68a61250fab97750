"""While an engine is down its fallback takes over, for members who agreed."""

import pytest
from django.utils import timezone

from accounts.models import User, Wallet
from accounts.services import credits as ledger
from accounts.services.members import set_ways_on
from generation.models import Engine, Job, LaneState
from generation.services.recovery import sweep
from generation.views.cards import card_of
from tests.factories import make_engine, submit_job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def waiting(alice: User) -> Job:
    """Give a job of Alice's, who agreed; its engine is down, and the fallback costs three times as much."""
    engine = make_engine("first")
    engine.fallback = make_engine("second", order=1, megapixel_price=0, base_price=3)
    engine.save()
    set_ways_on(alice, simplify_refused=False, accept_fallback=True)
    job = submit_job(alice, count=2)
    now = timezone.now()
    LaneState.objects.filter(engine=engine).update(faults=3, trouble="engine_down", down_since=now, retry_at=now)
    return job


def lane_of(job: Job) -> list[str]:
    """Give where a job and its images are."""
    job.refresh_from_db()
    return [job.engine.slug, *job.images.values_list("lane__slug", flat=True)]


def test_the_fallback_takes_over_at_its_price_and_the_card_says_so(waiting: Job, alice: User) -> None:
    sweep()
    assert lane_of(waiting) == ["second"] * 3
    assert (Wallet.objects.get(member=alice).balance, ledger.audit()) == (194, [])
    card = card_of(alice, waiting.pk)
    assert card
    assert (card.left, card.made_by, card.job["fell_back_from"]) == ("first", "second", "first")


def test_who_did_not_agree_waits(waiting: Job, alice: User) -> None:
    set_ways_on(alice, simplify_refused=False, accept_fallback=False)
    sweep()
    assert lane_of(waiting) == ["first"] * 3


@pytest.mark.parametrize("change", [{"paused": True}, {"enabled": False}])
def test_a_fallback_that_starts_nothing_takes_nothing(waiting: Job, change: dict[str, bool]) -> None:
    Engine.objects.filter(slug="second").update(**change)
    sweep()
    assert lane_of(waiting) == ["first"] * 3


def test_what_cannot_be_paid_stays_and_is_not_asked_again(waiting: Job, alice: User) -> None:
    Engine.objects.filter(slug="second").update(base_price=1_000)
    sweep()
    assert lane_of(waiting) == ["first"] * 3
    Engine.objects.filter(slug="second").update(base_price=1)
    sweep()
    assert lane_of(waiting) == ["first"] * 3
    card = card_of(alice, waiting.pk)
    assert card
    assert card.left == ""
