"""What a drain does first: it fills freed slots, then looks at pictures, and pages hear of all that beside it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from django.conf import LazySettings

from accounts.models import User
from generation import registry
from generation.engines.child import ChildPool
from generation.engines.inspecting import inspect_beside
from generation.models import Image
from generation.processing.pictures import Inspected
from generation.services import making, runner, rush
from generation.services.scheduling import Claim, claim_images, release_slots
from imagegen import events
from tests.factories import make_engine, submit_job
from tests.generation.drains import drain, statuses, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

Status = Image.Status


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the patience of the runner."""
    monkeypatch.setattr(runner, "HEARTBEAT_SECONDS", 0.1)


def test_claims_do_not_wait_until_pages_have_heard(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_engine(settings={"seconds": 0.05}, concurrency=1)
    submit_job(alice, count=2)
    heard = []
    events.note_presence(alice.pk)

    async def send_when_all_is_done(group: str, message: events.Message) -> bool:
        await until(lambda: statuses() == [Status.SUCCEEDED] * 2)
        heard.append(message["type"])
        return True

    monkeypatch.setattr(events, "send", send_when_all_is_done)
    drain()
    assert "job.changed" in heard


def test_a_freed_slot_is_filled_without_a_look_at_the_clock(alice: User, settings: LazySettings) -> None:
    settings.IMAGE_GENERATION_POLL_INTERVAL = 3_600
    make_engine(settings={"seconds": 0.1}, concurrency=1)
    submit_job(alice, count=3)
    drain()
    assert statuses() == [Status.SUCCEEDED] * 3


def test_a_slot_is_filled_while_its_picture_is_fetched(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.KINDS, "remote", "tests.generation.odd.Remote")
    make_engine(kind="remote", settings={"seconds": 0.1}, concurrency=1)
    submit_job(alice, count=2)
    drain()
    assert statuses() == [Status.SUCCEEDED] * 2


def test_a_freed_slot_is_filled_before_its_picture_is_looked_at(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_engine(settings={"seconds": 0.1}, concurrency=1)
    submit_job(alice, count=2)
    done: list[str] = []
    monkeypatch.setattr(runner, "claim_images", _noted_claims(done))
    monkeypatch.setattr(making, "inspect_beside", _noted(done))
    drain()
    assert done == ["claimed", "claimed", "looked at", "looked at"]


def test_pictures_are_looked_at_when_calls_return_no_more(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_engine(concurrency=2)
    for seconds in (2.0, 2.6, 1.0, 1.0):
        submit_job(alice, f"a kitten [seconds {seconds}]")
    done: list[str] = []
    monkeypatch.setattr(rush, "CALM_SECONDS", 0.9)
    monkeypatch.setattr(runner, "claim_images", _noted_claims(done))
    monkeypatch.setattr(making, "inspect_beside", _noted(done))
    drain()
    assert done == ["claimed"] * 4 + ["looked at"] * 4


def test_a_picture_waits_for_no_claim_once_nothing_waits(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_engine()
    submit_job(alice, "a kitten [seconds 0.1]")
    submit_job(alice, "a dog [seconds 1.5]")
    done: list[str] = []

    def release(attempts: list[UUID], **options: Any) -> None:
        release_slots(attempts, **options)
        done.append("freed")

    monkeypatch.setattr(runner, "GATHER_SECONDS", 0.4)
    monkeypatch.setattr(runner, "release_slots", release)
    monkeypatch.setattr(making, "inspect_beside", _noted(done))
    drain()
    assert done == ["freed", "looked at", "looked at", "freed"]


def _noted_claims(done: list[str]) -> Callable[..., list[Claim]]:
    """Give a `claim_images` that notes what it claims."""

    def claim(*arguments: Any, **options: Any) -> list[Claim]:
        claims = claim_images(*arguments, **options)
        done.extend(["claimed"] * len(claims))
        return claims

    return claim


def _noted(done: list[str]) -> Callable[..., Awaitable[Inspected]]:
    """Give an `inspect_beside` that notes when it begins."""

    async def look(inspectors: ChildPool, data: bytes, may_begin: Callable[[], Awaitable[None]]) -> Inspected:
        async def begin() -> None:
            await may_begin()
            done.append("looked at")

        return await inspect_beside(inspectors, data, begin)

    return look
