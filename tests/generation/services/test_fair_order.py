"""Who goes next: fair between members, whatever they have waiting, and nothing to repair afterwards."""

import pytest
from django.utils import timezone

from accounts.models import Plan, User
from generation.models import Engine, Image, Job
from generation.services import lanes, scheduling
from generation.services.jobs import cancel_images, run_first
from tests.factories import make_engine, submit_job
from tests.generation.services.playing import claim, end, make_rich_member, make_waiting, owners

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_a_newcomer_starts_within_the_images_in_flight() -> None:
    make_engine(concurrency=4)
    crowd, newcomer = make_rich_member("crowd"), make_rich_member("newcomer")
    make_waiting(crowd, 1_000)
    in_flight = claim()
    for _ in range(5):
        end(in_flight[:1])
        in_flight = in_flight[1:] + claim()
    submit_job(newcomer)
    end(in_flight[:1])
    assert owners(claim()) == ["newcomer"]


def test_weights_share_the_work_whatever_an_image_costs() -> None:
    make_engine(concurrency=5)
    light, heavy = make_rich_member("light", weight=1), make_rich_member("heavy", weight=4)
    for member in (light, heavy):
        make_waiting(member, 500, seconds=(0.5, 1.0, 2.0, 7.0))
    served = {"light": 0.0, "heavy": 0.0}
    for _ in range(100):
        claims = claim()
        for name, done in zip(owners(claims), claims, strict=True):
            served[name] += done.image.expected_seconds
        end(claims)
    assert served["heavy"] / served["light"] == pytest.approx(4, rel=0.1)


def test_cancelling_what_waits_leaves_no_debt() -> None:
    make_engine(concurrency=2)
    alice, bob = make_rich_member("alice"), make_rich_member("bob")
    make_waiting(alice, 1_000)
    end(claim())
    cancel_images(Image.objects.filter(member=alice))
    make_waiting(alice, 8)
    make_waiting(bob, 8)
    order = []
    while claims := claim(1):
        order += owners(claims)
        end(claims)
    assert {order[:n].count("alice") - order[:n].count("bob") for n in range(2, 17, 2)} <= {-2, -1, 0}


def test_who_was_away_has_neither_savings_nor_debts() -> None:
    make_engine(concurrency=1)
    alice, bob = make_rich_member("alice"), make_rich_member("bob")
    make_waiting(alice, 40)
    for _ in range(20):
        end(claim())
    make_waiting(bob, 20)
    order = []
    for _ in range(20):
        claims = claim()
        order += owners(claims)
        end(claims)
    assert order == ["bob", "alice"] * 10


def test_an_idle_lane_gives_no_advantage_in_another() -> None:
    make_engine("busy", concurrency=1)
    make_engine("idle", concurrency=1, order=1)
    alice, bob = make_rich_member("alice"), make_rich_member("bob")
    make_waiting(alice, 10, engine="busy")
    for _ in range(10):
        end(claim())
    for member in (alice, bob):
        make_waiting(member, 4, engine="idle")
    order = []
    while claims := claim():
        order += owners(claims)
        end(claims)
    assert order == ["alice", "bob"] * 4


def test_first_goes_before_the_members_own_and_nobody_elses() -> None:
    make_engine(concurrency=1)
    alice, bob = make_rich_member("alice"), make_rich_member("bob")
    first = [submit_job(alice) for _ in range(3)]
    others = submit_job(bob)
    run_first(first[2])
    started = []
    while claims := claim():
        started += [claimed.image.job for claimed in claims]
        end(claims)
    assert started == [first[2], others, first[0], first[1]]


def test_running_limits_hold_over_all_lanes() -> None:
    make_engine("one", concurrency=5)
    make_engine("two", concurrency=5, order=1)
    member = make_rich_member("alice", running_images=3)
    make_waiting(member, 8, engine="one")
    make_waiting(member, 8, engine="two")
    claims = claim()
    assert len(claims) == 3
    assert claim() == []
    end(claims[:1])
    assert len(claim()) == 1


def test_a_paused_engine_starts_nothing(alice: User) -> None:
    make_engine("paused")
    make_engine("open", order=1)
    submit_job(alice)
    Engine.objects.filter(slug="paused").update(paused=True)
    assert claim() == []
    Engine.objects.update(paused=False, enabled=True)
    assert len(claim()) == 1


def test_a_suspended_member_starts_nothing(alice: User, bob: User) -> None:
    make_engine()
    submit_job(alice)
    submit_job(bob)
    User.objects.filter(pk=alice.pk).update(suspended_at=timezone.now())
    assert owners(claim()) == ["bob"]
    User.objects.update(suspended_at=None)
    assert owners(claim()) == ["alice"]


def test_a_change_of_plan_holds_from_the_next_claim() -> None:
    make_engine()
    member = make_rich_member("alice", running_images=1)
    make_waiting(member, 8)
    assert len(claim()) == 1
    Plan.objects.filter(slug="alice").update(running_images=5)
    assert len(claim()) == 4


def test_a_drain_takes_no_more_than_it_can_hold(carol: User) -> None:
    make_engine(concurrency=8)
    make_waiting(carol, 8)
    assert [len(claim(3)), len(claim(0)), len(claim(10))] == [3, 0, 5]


def test_a_drain_that_is_nearly_full_serves_the_lane_that_has_least() -> None:
    make_engine("slow", concurrency=50)
    make_engine("quick", concurrency=50, order=1)
    member = make_rich_member("alice")
    make_waiting(member, 40, engine="slow")
    make_waiting(member, 8, engine="quick")
    assert len(claim(10)) == 10
    assert {claimed.image.lane.slug for claimed in claim(1)} == {"quick"}


def test_a_cancel_in_the_middle_of_a_claim_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, alice: User, bob: User
) -> None:
    """Between counting who waits and choosing their images, another process may cancel."""
    make_engine()
    submit_job(alice)
    submit_job(bob)
    counted = lanes.places_in

    def count_then_cancel(*arguments: object) -> object:
        places = counted(*arguments)  # type: ignore[arg-type]
        cancel_images(Image.objects.filter(member=alice))
        return places

    monkeypatch.setattr(scheduling, "places_in", count_then_cancel)
    assert owners(claim()) == ["bob"]
    assert Job.objects.get(member=alice).status == Job.Status.CANCELLED
