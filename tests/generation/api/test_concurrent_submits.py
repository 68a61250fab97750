"""Many programs press at the same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import User, Wallet
from generation.models import Image, Job
from tests.factories import make_engine, make_plan
from tests.generation.api.clients import client_of, post_job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def at_once(call: Callable[[int], Any], times: int) -> list[Any]:
    """Make so many calls from as many threads, all starting together."""
    start = Barrier(times)

    def run(number: int) -> Any:
        start.wait()
        try:
            return call(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_ten_presses_with_one_key_are_one_job(alice: User) -> None:
    make_engine()
    programs = [client_of(alice) for _ in range(10)]
    answers = at_once(lambda number: post_job(programs[number], key="one press"), 10)
    assert Counter(answer.status_code for answer in answers) == {201: 1, 200: 9}
    assert {answer.json()["id"] for answer in answers} == {str(Job.objects.get().pk)}
    assert Wallet.objects.get(member=alice).balance == 199


def test_credits_for_ten_are_ten_jobs_however_many_press(alice: User, settings: Any) -> None:
    make_engine()
    make_plan("basic", waiting_images=1000)
    settings.API_JOBS_PER_MINUTE = 1000
    Wallet.objects.filter(member=alice).update(balance=10)
    program = client_of(alice)
    answers = at_once(lambda _: [post_job(program).status_code for _ in range(2)], 100)
    assert Counter(status for pair in answers for status in pair) == {201: 10, 402: 190}
    assert (Job.objects.count(), Image.objects.count()) == (10, 10)
    assert Wallet.objects.get(member=alice).balance == 0
    assert Counter(Job.objects.values_list("number", flat=True)) == Counter(range(1, 11))
