"""What admins see at a glance."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from generation.models import Attempt, Engine, Image, Job
from generation.models.identifiers import first_uuid_of
from generation.services.dashboard import Lane, lanes_over_the_day
from generation.services.jobs import cancel_job
from tests.factories import make_engine, submit_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOW = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)
Outcome = Attempt.Outcome


def history(job: Job, *, came: float, waits: list[float], outcome: str = Outcome.SUCCEEDED, code: str = "") -> None:
    """Rewrite a job's pictures as if they had come `came` hours before NOW, waited so many seconds and run for ten."""
    for image, wait in zip(job.images.order_by("index"), waits, strict=True):
        created = NOW - timedelta(hours=came)
        started = created + timedelta(seconds=wait)
        own = uuid_at(created, image)
        Image.objects.filter(pk=image.pk).delete()
        image.pk, image.created_at, image.status = own, created, Image.Status.SUCCEEDED
        image.save(force_insert=True)
        Attempt.objects.create(
            id=uuid_at(started, image), image=image, lane=image.lane, member=image.member, drain="test",
            lease_until=started, holds_slot=False, started_at=started, ended_at=started + timedelta(seconds=10),
            outcome=outcome, error_code=code,
        )  # fmt: skip


def uuid_at(moment: datetime, image: Image) -> Any:
    """Give an id of that moment that no other picture has."""
    start = first_uuid_of(moment)
    return type(start)(int=start.int | image.pk.int & (1 << 62) - 1)


def lane_of(engine: Engine) -> Lane:
    return next(lane for lane in lanes_over_the_day(NOW) if lane.engine == engine)


def test_a_quiet_lane_has_24_hours_of_nothing(db: None) -> None:
    lane = lane_of(make_engine())
    assert len(lane.hours) == 24
    assert lane.hours[-1].start == datetime(2026, 3, 14, 15, tzinfo=UTC)
    assert (lane.made, lane.failed, lane.waiting, lane.wait_median) == (0, 0, 0, None)


def test_pictures_and_failures_stand_in_their_hour(carol: User) -> None:
    engine = make_engine()
    history(submit_job(carol, count=3), came=2, waits=[1, 2, 3])
    history(submit_job(carol, count=2), came=1, waits=[1, 2], outcome=Outcome.FAILED, code="engine_down")
    lane = lane_of(engine)
    assert [(hour.made, hour.failed) for hour in lane.hours[-3:]] == [(3, 0), (0, 2), (0, 0)]
    assert [(failure.code, failure.count) for failure in lane.failures] == [("engine_down", 2)]


def test_waits_are_the_nearest_ranks(carol: User) -> None:
    engine = make_engine()
    for start in (1, 9, 17):
        history(submit_job(carol, count=8), came=3, waits=[float(start + step) for step in range(8)])
    lane = lane_of(engine)
    assert (lane.wait_median, lane.wait_most) == (12, 23)  # of 1 … 24: the 12th and the 23rd
    assert (lane.hours[-4].wait_median, lane.hours[-4].wait_most) == (12, 23)


def test_a_single_picture_is_median_and_most(carol: User) -> None:
    engine = make_engine()
    history(submit_job(carol), came=3, waits=[7])
    assert (lane_of(engine).wait_median, lane_of(engine).wait_most) == (7, 7)


def test_a_second_try_is_no_second_wait(carol: User) -> None:
    engine = make_engine()
    history(submit_job(carol), came=3, waits=[7])
    first = Attempt.objects.get()
    first.pk = uuid_at(NOW, first.image)
    first.started_at = first.ended_at = NOW
    first.save(force_insert=True)
    assert lane_of(engine).wait_most == 7


def test_the_queue_is_counted_back_from_now(carol: User) -> None:
    engine = make_engine()
    history(submit_job(carol, count=3), came=3, waits=[60, 3_700, 7_300])
    assert [hour.waiting for hour in lane_of(engine).hours[-4:]] == [2, 1, 0, 0]


def test_what_is_cancelled_while_it_waits_leaves_the_queue(carol: User) -> None:
    make_engine()
    job = submit_job(carol, count=2)
    assert lanes_over_the_day()[0].hours[-1].waiting == 2
    cancel_job(job)
    assert lanes_over_the_day()[0].hours[-1].waiting == 0
    assert lanes_over_the_day(timezone.now())[0].hours[0].waiting == 0


def test_queries_do_not_depend_on_lanes_and_members(carol: User, alice: User, django_assert_num_queries: Any) -> None:
    make_engine()
    history(submit_job(carol), came=1, waits=[1])
    with django_assert_num_queries(5):
        lanes_over_the_day(NOW)
    for number in range(4):
        make_engine(f"lane{number}")
        history(submit_job(carol, engine=f"lane{number}"), came=1, waits=[1])
        submit_job(alice)
    with django_assert_num_queries(5):
        lanes_over_the_day(NOW)
