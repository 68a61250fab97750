"""Whatever happens in whatever order: states, counters, shares and ledger always agree."""

import contextlib
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.services import credits as ledger
from accounts.services.plans import entitlements_of
from generation.exceptions import TooManyWaiting, WrongState
from generation.models import Attempt, Feed, GoneJob, Image, Job, LaneState, Share
from generation.models.job import derive_status
from generation.services import jobs
from generation.services.breaker import learn
from generation.services.outcomes import record_endings
from generation.services.recovery import strays, sweep
from generation.services.reports import Report, Says
from generation.services.scheduling import Claim, claim_images, release_slots, renew_leases
from tests.factories import make_engine, submit_job
from tests.generation.services.playing import DRAIN, ending, make_rich_member

Status = Image.Status
RECIPE = [{"op": "resize", "width": 32}]
some = st.integers(0, 1_000)


class QueueMachine(RuleBasedStateMachine):
    """Three members, two engines, the lane of recipes, and everything that members, engines and dying workers do."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = transaction.atomic()
        self.rows.__enter__()
        self.lanes = [
            make_engine("narrow", concurrency=1),
            make_engine("wide", concurrency=4, order=1, when_down="fail"),
            make_engine("recipes", kind="processing", concurrency=2, order=2, base_price=2),
        ]
        self.members = [
            make_rich_member("alice", running_images=2),
            make_rich_member("bob", running_images=1, waiting_images=6),
            make_rich_member("carol", weight=4),
        ]
        self.claims: list[Claim] = []
        self.zombies: list[Claim] = []
        self.seqs: dict[int, int] = {}

    def teardown(self) -> None:
        """Forget all rows."""
        transaction.set_rollback(True)
        self.rows.__exit__(None, None, None)

    # --- What members do ---

    @rule(member=some, lane=some, count=st.integers(1, 4), recipe=st.sampled_from([None, RECIPE]))
    def submit(self, member: int, lane: int, count: int, recipe: object) -> None:
        try:
            submit_job(self.members[member % 3], count=count, engine=self.lanes[lane % 2].slug, recipe=recipe)
        except TooManyWaiting:
            assert self.members[member % 3] == self.members[1]

    @rule(number=some)
    @precondition(lambda _: Image.objects.active().exists())
    def cancel_job(self, number: int) -> None:
        jobs.cancel_job(_nth(Image.objects.active(), number).job)

    @rule(number=some)
    @precondition(lambda _: Image.objects.active().exists())
    def cancel_image(self, number: int) -> None:
        jobs.cancel_images(Image.objects.filter(pk=_nth(Image.objects.active(), number).pk))

    @rule(number=some)
    @precondition(lambda _: _finished().exists())
    def retry_job(self, number: int) -> None:
        with contextlib.suppress(WrongState, TooManyWaiting):
            jobs.retry_job(_nth(_finished(), number))

    @rule(number=some)
    @precondition(lambda _: _finished().exists())
    def delete_job(self, number: int) -> None:
        job = _nth(_finished(), number)
        works_on = Attempt.objects.filter(image__job=job, holds_slot=True, remote__isnull=False).exists()
        with pytest.raises(WrongState) if works_on else contextlib.nullcontext():
            jobs.delete_job(job)

    @rule(number=some)
    @precondition(lambda _: Job.objects.waiting().exists())
    def run_first(self, number: int) -> None:
        jobs.run_first(_nth(Job.objects.waiting(), number))

    # --- What drains and engines do ---

    @rule(limit=st.integers(0, 5), ahead=st.integers(0, 2))
    def claim(self, limit: int, ahead: int) -> None:
        before = Counter(Attempt.objects.in_slots().values_list("lane", flat=True))
        claims = claim_images(DRAIN, limit=limit, ahead={lane.pk: ahead for lane in self.lanes if ahead})
        self.claims += claims
        for lane, new in Counter(claim.image.lane_id for claim in claims if not claim.attempt.ahead).items():
            state = LaneState.objects.select_related("engine").get(pk=lane)
            assert before[lane] + new <= state.most_at_once
            assert new == 1 or not state.down
        for member in {claim.image.member for claim in claims}:
            held = Attempt.objects.filter(holds_slot=True, member=member).count()
            assert held <= entitlements_of(member).running_images

    @rule(number=some, says=st.sampled_from(Says), ends=st.booleans())
    @precondition(lambda self: self.claims)
    def tell_of_the_engine(self, number: int, says: Says, ends: bool) -> None:
        claim = self.claims[number % len(self.claims)]
        if ends:
            self.claims.remove(claim)
            release_slots([claim.attempt.pk])
            record_endings([ending(claim, Status.SUCCEEDED if says == Says.WELL else Status.QUEUED)])
        learn([Report(claim.image.lane_id, claim.attempt.pk, claim.attempt.started_at, says, "engine_down")])

    @rule(number=some)
    def let_a_lane_rest(self, number: int) -> None:
        past = timezone.now() - timedelta(seconds=1)
        lane = LaneState.objects.filter(pk=self.lanes[number % 3].pk)
        lane.update(held_until=None)
        lane.filter(down_since__isnull=False).update(retry_at=past)

    @rule(number=some)
    @precondition(lambda self: self.claims)
    def start_remote_work(self, number: int) -> None:
        claim = self.claims[number % len(self.claims)]
        Attempt.objects.filter(pk=claim.attempt.pk, outcome="").update(remote={"id": "1", "endpoint": "", "extra": {}})

    @rule(number=some, status=st.sampled_from([Status.SUCCEEDED, Status.FAILED, Status.QUEUED]), counted=st.booleans())
    @precondition(lambda self: self.claims)
    def finish(self, number: int, status: Status, counted: bool) -> None:
        claim = self.claims.pop(number % len(self.claims))
        release_slots([claim.attempt.pk])
        counted = counted or status != Status.QUEUED
        assert record_endings([ending(claim, status, counted=counted)]) == {claim.attempt.pk}

    @rule()
    @precondition(lambda self: any(claim.attempt.ahead for claim in self.claims))
    def pass_a_slot_on(self) -> None:
        follower = next(claim for claim in self.claims if claim.attempt.ahead)
        lane = follower.image.lane_id
        begun = (claim for claim in self.claims if claim.image.lane_id == lane and not claim.attempt.ahead)
        if returned := next(begun, None):
            self.claims.remove(returned)
            before = Attempt.objects.in_slots().filter(lane=lane).count()
            release_slots([returned.attempt.pk], taken_by=[follower.attempt.pk])
            assert Attempt.objects.in_slots().filter(lane=lane).count() == before
            follower.attempt.ahead = False
            record_endings([ending(returned)])

    @rule(settled=st.booleans())
    @precondition(lambda self: any(_wanted(claim) for claim in self.claims))
    def stop(self, settled: bool) -> None:
        claim = next(claim for claim in self.claims if _wanted(claim))
        self.claims.remove(claim)
        if settled:
            release_slots([claim.attempt.pk])
        record_endings([ending(claim, Status.CANCELLED)])

    # --- What goes wrong ---

    @rule()
    @precondition(lambda self: self.claims)
    def return_all(self) -> None:
        """The worker stops in good order."""
        facts = {"outcome": Attempt.Outcome.RETURNED, "counted": False}
        record_endings([ending(claim, Status.QUEUED, **facts) for claim in self.claims])
        self.claims = []

    @rule(number=some)
    @precondition(lambda self: self.claims)
    def lose_lease(self, number: int) -> None:
        claim = self.claims.pop(number % len(self.claims))
        Attempt.objects.filter(pk=claim.attempt.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        sweep()
        self.zombies.append(claim)

    @rule(status=st.sampled_from([Status.SUCCEEDED, Status.FAILED, Status.QUEUED]), releases=st.booleans())
    @precondition(lambda self: self.zombies)
    def finish_as_a_zombie(self, status: Status, releases: bool) -> None:
        claim = self.zombies.pop()
        if releases:
            release_slots([claim.attempt.pk])
        assert record_endings([ending(claim, status)]) == set()
        assert claim.attempt.pk not in renew_leases(DRAIN)

    @rule()
    def settle_a_stray(self) -> None:
        release_slots(strays().values_list("pk", flat=True)[:1])

    # --- What must hold all the time ---

    @invariant()
    def images_and_attempts_agree(self) -> None:
        open_attempts = dict(Attempt.objects.filter(outcome="").values_list("pk", "image"))
        assert open_attempts == dict(Image.objects.filter(status=Status.RUNNING).values_list("lease", "pk"))
        for image in Image.objects.exclude(status=Status.RUNNING):
            assert image.lease is None
            assert image.final == (image.finished_at is not None)
        made = Attempt.objects.filter(outcome=Attempt.Outcome.SUCCEEDED).values_list("lane", "file_name")
        assert sorted(made) == sorted(Image.objects.filter(status=Status.SUCCEEDED).values_list("lane", "file_name"))

    @invariant()
    def recipes_follow_on_originals(self) -> None:
        processor = self.lanes[2].pk
        for image in Image.objects.select_related("job"):
            assert (image.lane_id == processor) == (image.parent is not None)
            if image.parent:
                original = Image.objects.get(pk=image.parent, job=image.job_id, status=Status.SUCCEEDED)
                assert (original.lane_id, original.price) == (image.job.engine_id, 1)
                assert image.price == image.job.processing_price == 2 + 1

    @invariant()
    def shares_count_what_holds_a_slot(self) -> None:
        held = Counter(Attempt.objects.filter(holds_slot=True).values_list("lane", "member"))
        assert held == Counter({(share.lane_id, share.member_id): share.running for share in Share.objects.all()})
        gone = Attempt.objects.filter(outcome__in=(Attempt.Outcome.LOST, Attempt.Outcome.RETURNED))
        assert not gone.filter(holds_slot=True, remote__isnull=True).exists()

    @invariant()
    def the_ledger_holds_what_is_active(self) -> None:
        assert ledger.audit() == []
        active: Counter[int] = Counter()
        for image in Image.objects.active():
            active[image.reservation] += image.price
        held = ledger.open_reservations().values_list("pk", "held")  # type: ignore[misc]  # annotated there
        assert +active == dict(held)

    @invariant()
    def a_lane_is_down_or_not(self) -> None:
        for lane in LaneState.objects.select_related("engine"):
            assert lane.down == (lane.retry_at is not None) == (lane.faults >= 3) == bool(lane.trouble and lane.down)
            assert 1 <= lane.most_at_once <= lane.engine.concurrency
            since = lane.down_since
            assert not since or Attempt.objects.filter(lane=lane.pk, outcome="", started_at__gt=since).count() <= 1

    @invariant()
    def jobs_follow_their_images(self) -> None:
        for job in Job.objects.prefetch_related("images"):
            assert len(job.results) == job.count
            assert job.status == derive_status(image.status for image in job.results)
            assert job.final == (job.finished_at is not None)

    @invariant()
    def every_change_has_its_own_seq(self) -> None:
        for feed in Feed.objects.all():
            known = self.seqs.get(feed.pk, 0)
            new = [*Job.objects.filter(member=feed.pk, seq__gt=known).values_list("seq", flat=True)]
            new += GoneJob.objects.filter(member=feed.pk, seq__gt=known).values_list("seq", flat=True)
            # A job that changed twice in one step, back in the queue and failed with its lane, has the later one.
            assert len(new) == len(set(new))
            assert max(new, default=known) == feed.seq
            self.seqs[feed.pk] = feed.seq


def _finished() -> QuerySet[Job]:
    return Job.objects.filter(finished_at__isnull=False)


def _nth(rows: QuerySet[Any], number: int) -> Any:
    return rows.order_by("pk")[number % rows.count()]


def _wanted(claim: Claim) -> bool:
    return Image.objects.filter(lease=claim.attempt.pk, cancel_requested_at__isnull=False).exists()


@pytest.mark.database
@pytest.mark.django_db
def test_nothing_ever_disagrees() -> None:
    run_state_machine_as_test(
        QueueMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
