"""Drains, members and sweeps at the same time, each with a connection of its own: no deadlock, nothing double."""

import random
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from generation.exceptions import TooManyWaiting, WrongState
from generation.models import Attempt, Image, Job, LaneState
from generation.services import jobs
from generation.services.audit import audit
from generation.services.breaker import learn
from generation.services.outcomes import record_endings
from generation.services.recovery import lose
from generation.services.reports import Report, Says
from generation.services.scheduling import claim_images, release_slots, renew_leases
from tests.factories import make_engine, submit_job
from tests.generation.services.playing import ending, make_rich_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

Status = Image.Status
ROUNDS = 25


def test_everything_at_once() -> None:
    make_engine("one", concurrency=6)
    make_engine("two", concurrency=6, order=1, when_down="fail")
    members = [make_rich_member(name) for name in ("alice", "bob", "carol")]
    actors: list[Callable[[random.Random], None]] = [
        *[partial(press_buttons, member) for member in members],
        *[partial(work, f"host:{number}:1:x") for number in range(3)],
        take_leases,
    ]
    together = threading.Barrier(len(actors))

    def play(number: int) -> None:
        together.wait()
        try:
            for _ in range(ROUNDS):
                actors[number](random.Random())
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actors)) as threads:
        list(threads.map(play, range(len(actors))))
    lose(Attempt.objects.filter(outcome=""))
    assert audit() == []
    assert not Image.objects.filter(status=Status.RUNNING).exists()
    for image in Image.objects.filter(status=Status.SUCCEEDED):
        assert image.tries.filter(outcome=Attempt.Outcome.SUCCEEDED).count() == 1


def test_feeds_are_locked_in_the_order_of_their_members() -> None:
    make_engine(concurrency=2)
    first, second = make_rich_member("alice"), make_rich_member("bob")
    for member in (first, second):
        submit_job(member)
    claims = sorted(claim_images("host:1:1:x", limit=2), key=lambda claim: claim.image.member_id)
    ends = (Status.FAILED, Status.SUCCEEDED)  # so only the second one's bytes move
    with CaptureQueriesContext(connection) as queries:
        record_endings(ending(claim, status) for claim, status in zip(claims, ends, strict=True))
    found = (re.search(r'UPDATE "generation_feed".* = (\d+)$', query["sql"]) for query in queries.captured_queries)
    locked = dict.fromkeys(int(each[1]) for each in found if each)
    assert list(locked) == [first.pk, second.pk]


def press_buttons(member: User, chance: random.Random) -> None:
    """Do what a member does."""
    try:
        submit_job(member, count=chance.randint(1, 4), engine=chance.choice(["one", "two"]))
        job = chance.choice(list(Job.objects.filter(member=member)))
        chance.choice([jobs.cancel_job, jobs.retry_job, jobs.run_first, jobs.delete_job])(job)
    except (TooManyWaiting, WrongState):
        return


def work(drain: str, chance: random.Random) -> None:
    """Do what a drain does; its engine ends every call at once."""
    claims = claim_images(drain, limit=chance.randint(1, 5))
    renew_leases(drain)
    release_slots(claim.attempt.pk for claim in claims)
    ends = [Status.SUCCEEDED, Status.FAILED, Status.QUEUED]
    record_endings(ending(claim, chance.choice(ends)) for claim in claims)
    facts = [(claim.image.lane_id, claim.attempt.pk, claim.attempt.started_at) for claim in claims]
    learn(Report(*fact, chance.choice(list(Says)), "engine_down") for fact in facts)
    LaneState.objects.filter(down_since__isnull=False).update(retry_at=timezone.now())


def take_leases(_: random.Random) -> None:
    """Do what a sweep does that thinks that all drains are dead."""
    lose(Attempt.objects.filter(outcome=""))
