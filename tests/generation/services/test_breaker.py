"""A lane whose engine is down starts nothing but a probe, one that is asked too much starts less; no picture pays."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.services import credits as ledger
from generation.engines.base import (
    AuthFailed,
    EngineDown,
    EngineError,
    InvalidParameter,
    ModerationRejected,
    RateLimited,
    TimedOut,
)
from generation.models import Attempt, Engine, Feed, Image, Job, LaneState
from generation.services import retries
from generation.services.breaker import learn
from generation.services.engines import save_engine
from generation.services.outcomes import Ending, record_endings
from generation.services.positions import forecast, positions_of
from generation.services.recovery import lose, sweep
from generation.services.retries import OurFault, failure, report_of
from generation.services.scheduling import Claim, release_slots
from tests.factories import make_engine, submit_job
from tests.generation.services.playing import claim, ending, make_rich_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

Status = Image.Status


def fail(claims: Iterable[Claim], error: EngineError) -> None:
    """Let calls end with an error, as a drain books it."""
    book([failure(claim, error) for claim in claims])


def succeed(claims: Iterable[Claim]) -> None:
    """Let calls end with a picture, as a drain books it."""
    book([ending(claim, report=report_of(claim)) for claim in claims])


def book(endings: list[Ending]) -> None:
    release_slots(each.attempt for each in endings)
    won = record_endings(endings)
    learn(each.report for each in endings if each.report and each.attempt in won)


def lane() -> LaneState:
    return LaneState.objects.select_related("engine").get()


def let_time_pass() -> None:
    """Let every pause be over."""
    Image.objects.update(not_before=None)
    past = timezone.now() - timedelta(seconds=1)
    LaneState.objects.filter(retry_at__isnull=False).update(retry_at=past)
    LaneState.objects.filter(held_until__isnull=False).update(held_until=past)


@pytest.fixture
def member() -> User:
    """Give a member whom no plan holds back."""
    return make_rich_member("carol")


@pytest.fixture
def down(member: User) -> LaneState:
    """Give a lane that three of Carol's five pictures have just brought down."""
    make_engine()
    submit_job(member, count=5)
    fail(claim(3), EngineDown())
    return lane()


def test_three_faults_in_a_row_close_a_lane_and_cost_nothing(down: LaneState) -> None:
    assert (down.down, down.trouble) == (True, "engine_down")
    assert set(Image.objects.values_list("status", "attempts")) == {(Status.QUEUED, 0)}
    Image.objects.update(not_before=None)
    assert claim() == []


def test_two_faults_and_a_success_are_no_row(member: User) -> None:
    make_engine()
    submit_job(member, count=5)
    fail(claim(2), EngineDown())
    succeed(claim(1))
    fail(claim(2), TimedOut())
    assert not lane().down
    assert sorted(Image.objects.values_list("attempts", flat=True)) == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("error", [OurFault(), InvalidParameter("width"), RateLimited()])
def test_what_is_not_the_engines_fault_does_not_close_it(member: User, error: EngineError) -> None:
    make_engine()
    submit_job(member, count=5)
    fail(claim(5), error)
    assert not lane().down


def test_calls_that_were_under_way_cost_nothing_either(member: User) -> None:
    make_engine()
    submit_job(member, count=5)
    claims = claim()
    fail(claims[:3], EngineDown())
    fail(claims[3:], EngineDown())
    assert set(Image.objects.values_list("attempts", flat=True)) == {0}
    assert lane().probes == 0


def test_one_picture_at_a_time_tries_whether_the_engine_is_back(down: LaneState) -> None:
    let_time_pass()
    (probe,) = claim()
    assert claim() == []
    succeed([probe])
    assert not lane().down
    assert len(claim()) == 4


def test_a_probe_that_fails_waits_longer_and_lets_another_picture_try(down: LaneState) -> None:
    let_time_pass()
    (first,) = claim()
    fail([first], TimedOut())
    state = lane()
    assert state.retry_at
    assert 15 < (state.retry_at - timezone.now()).total_seconds() <= 20
    LaneState.objects.update(retry_at=timezone.now())
    (second,) = claim()
    assert second.image.pk != first.image.pk
    assert Image.objects.get(pk=first.image.pk).attempts == 0


def test_the_only_picture_of_a_lane_outlasts_a_long_outage(member: User) -> None:
    make_engine()
    submit_job(member)
    for _ in range(10):
        let_time_pass()
        fail(claim(), EngineDown())
    image = Image.objects.get()
    assert (image.status, image.attempts, image.tries.count()) == (Status.QUEUED, 0, 10)
    let_time_pass()
    succeed(claim())
    assert (Job.objects.get().status, ledger.audit()) == (Job.Status.SUCCEEDED, [])


def test_a_picture_that_brings_its_engine_down_does_not_try_for_ever(
    member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retries, "MOST_TRIES", 5)
    make_engine()
    submit_job(member)
    for _ in range(12):
        let_time_pass()
        fail(claim(), TimedOut())
    image = Image.objects.get()
    assert (image.status, image.tries.count()) == (Status.FAILED, 9)


def test_a_refused_key_costs_the_probe_no_picture(member: User) -> None:
    make_engine()
    submit_job(member, count=4)
    fail(claim(3), AuthFailed())
    let_time_pass()
    fail(claim(), AuthFailed())
    assert Image.objects.filter(status=Status.FAILED).count() == 3


def test_a_probe_whose_worker_dies_is_followed_by_another(down: LaneState) -> None:
    let_time_pass()
    (probe,) = claim()
    lose(Attempt.objects.filter(pk=probe.attempt.pk))
    assert len(claim()) == 1


def test_a_refusal_shows_that_the_engine_is_back(down: LaneState) -> None:
    let_time_pass()
    fail(claim(), ModerationRejected())
    assert not lane().down


def test_where_the_admin_wants_it_pictures_fail_at_once(member: User) -> None:
    make_engine(when_down=Engine.WhenDown.FAIL)
    submit_job(member, count=5)
    fail(claim(3), EngineDown())
    sweep()
    assert set(Image.objects.values_list("status", "error_code")) == {(Status.FAILED, "engine_down")}
    submit_job(member, count=2)
    sweep()
    assert not Image.objects.filter(status=Status.QUEUED).exists()
    assert (ledger.audit(), ledger.open_reservations().count()) == ([], 0)


def test_a_lane_that_fails_at_once_still_comes_back(member: User) -> None:
    make_engine(when_down=Engine.WhenDown.FAIL)
    submit_job(member, count=3)
    fail(claim(), EngineDown())
    let_time_pass()
    submit_job(member)
    sweep()
    succeed(claim())
    assert not lane().down


def test_pages_hear_that_nothing_was_counted(down: LaneState, member: User) -> None:
    assert Feed.objects.get(member=member).seq == Job.objects.get().seq == 4  # submit, claim, failures, forgiveness


def test_a_lane_that_is_down_promises_no_start(down: LaneState) -> None:
    (place,) = positions_of([image.job_id for image in Image.objects.all()[:1]]).values()
    assert (place.number, place.starts_in) == (1, None)


def test_another_lane_does_not_notice(down: LaneState, member: User) -> None:
    make_engine("other", order=1)
    submit_job(member, engine="other", count=3)
    Image.objects.update(not_before=None)
    assert len(claim()) == 3


# --- The limit ---------------------------------------------------------------------------------------------------


@pytest.fixture
def limited(member: User) -> LaneState:
    """Give a lane of eight slots whose engine has refused two of eight calls."""
    make_engine(concurrency=8)
    for _ in range(5):
        submit_job(member, count=8)
    claims = claim()
    fail(claims[:2], RateLimited(retry_after=30))
    succeed(claims[2:])
    return lane()


def test_a_limited_engine_gets_half_and_only_when_it_said(limited: LaneState) -> None:
    assert limited.most_at_once == 4
    assert claim() == []
    let_time_pass()
    assert len(claim()) == 4


def test_what_was_refused_comes_back_uncounted_and_not_too_early(limited: LaneState) -> None:
    refused = Image.objects.filter(not_before__isnull=False)
    assert list(refused.values_list("attempts", flat=True)) == [0, 0]
    for moment in refused.values_list("not_before", flat=True):
        assert moment
        assert 29 < (moment - timezone.now()).total_seconds() < 37


def test_refusals_of_one_round_count_once(limited: LaneState, member: User) -> None:
    let_time_pass()
    fail(claim(), RateLimited())
    assert lane().most_at_once == 2


def test_each_good_round_allows_one_more_until_all_are_back(limited: LaneState) -> None:
    sizes = []
    let_time_pass()
    while claims := claim():
        sizes.append(len(claims))
        succeed(claims)
    assert sizes[:5] == [4, 5, 6, 7, 8]
    assert lane().limit is None


def test_a_limit_never_ends_the_lane(limited: LaneState) -> None:
    for _ in range(6):
        let_time_pass()
        fail(claim(), RateLimited(retry_after=1e12))
    assert lane().limit == 1
    assert lane().held_until < timezone.now() + timedelta(hours=1.1)  # type: ignore[operator]


def test_a_held_lane_tells_its_start(limited: LaneState) -> None:
    starts: list[Any] = [place.starts_in for place in forecast(limited).values()]
    assert all(start > 25 for start in starts)


# --- What admins do ------------------------------------------------------------------------------------------------


def test_who_changed_an_engine_has_it_tried_at_once(down: LaneState) -> None:
    save_engine(down.engine)
    Image.objects.update(not_before=None)
    assert len(claim()) == 1


def test_a_drained_engine_ends_what_waits_and_takes_no_more(member: User) -> None:
    make_engine()
    make_engine("other", order=1)
    old = submit_job(member, count=2)
    Engine.objects.filter(slug="simulated").update(enabled=False)
    assert submit_job(member).engine.slug == "other"
    assert {each.image.job_id for each in claim()} >= {old.pk}


def test_faults_are_told_by_who_held_the_lease_alone(down: LaneState) -> None:
    let_time_pass()
    (probe,) = claim()
    lose(Attempt.objects.filter(pk=probe.attempt.pk))
    fail([probe], EngineDown())
    assert lane().probes == 0
