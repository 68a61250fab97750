"""A drain takes waiting images to their end, whatever their engines do."""

import gc
import weakref
from contextlib import suppress
from math import inf
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from asgiref.sync import async_to_sync
from django.conf import LazySettings
from django.conf import settings as site
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import User, Wallet
from accounts.services import credits as ledger
from accounts.services.members import set_ways_on
from generation import registry, storage
from generation.engines.base import (
    CancelToken,
    GenerateRequest,
    Mode,
    ModerationRejected,
    Probe,
    RemoteFailed,
    Result,
    Run,
)
from generation.engines.simulated import Simulated
from generation.models import Attempt, Engine, Image, Job, LaneState
from generation.services.jobs import retry_job
from generation.services.making import call_engine
from tests.factories import make_engine, submit_job
from tests.generation.drains import drain
from tests.generation.services.playing import running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture(autouse=True)
def nothing_is_left(db: None) -> object:
    """After each story no slot, lease or credit is held."""
    yield
    assert not Attempt.objects.filter(holds_slot=True).exists()
    assert not Attempt.objects.filter(outcome="").exists()
    assert ledger.audit() == []


@pytest.fixture
def once(settings: LazySettings) -> None:
    """Let a failure be final."""
    settings.IMAGE_GENERATION_MAX_RETRIES = 0


def stored() -> set[str]:
    """Give the names of all pictures."""
    return set(default_storage.listdir("")[1]) if Path(site.MEDIA_ROOT).exists() else set()


def test_images_are_made_and_settled(alice: User) -> None:
    make_engine(settings={"seconds": 0.1})
    job = submit_job(alice, count=4)
    drain()
    job.refresh_from_db()
    assert job.status == Job.Status.SUCCEEDED
    assert all(len(storage.read(image.file_name)) > 100 for image in job.images.all())
    assert Wallet.objects.get(member=alice).balance == 196
    assert running(alice) == 0


def test_a_failure_that_may_pass_is_tried_again(alice: User, tmp_path: Path) -> None:
    make_engine(settings={"seconds": 0.1, "folder": str(tmp_path)})
    job = submit_job(alice, "a kitten [fail engine_down 1]")
    drain()
    Image.objects.update(not_before=None)
    drain()
    image = job.images.get()
    assert (image.status, image.attempts, image.tries.count()) == (Image.Status.SUCCEEDED, 2, 2)


def test_pauses_between_tries_grow(alice: User, tmp_path: Path) -> None:
    make_engine(settings={"seconds": 0.05, "folder": str(tmp_path)})
    job = submit_job(alice, "a kitten [fail engine_failed]")
    pauses = []
    for _ in range(3):
        drain()
        pause = (job.images.get().not_before or timezone.now()) - timezone.now()
        pauses.append(pause.total_seconds())
        Image.objects.update(not_before=None)
    drain()
    image = job.images.get()
    assert (image.status, image.error_code, image.attempts) == (Image.Status.FAILED, "engine_failed", 4)
    assert 0 < pauses[0] <= 2
    assert 3 < pauses[2] <= 8


def test_what_waited_for_an_engine_that_was_down_is_made_when_it_is_back(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(settings={"seconds": 0.05}, concurrency=1)
    job = submit_job(alice, "a kitten [fail engine_down]", count=4)
    for _ in range(3):
        drain()
        Image.objects.update(not_before=None)
    Job.objects.update(prompt="a kitten")
    health = [Probe(healthy=False, detail="refused")]
    monkeypatch.setattr(Simulated, "probe", AsyncMock(side_effect=lambda: health.pop() if health else Probe(True)))
    for _ in range(2):
        LaneState.objects.update(retry_at=timezone.now())
        Image.objects.update(not_before=None)
        drain()
    assert set(job.images.values_list("status", "attempts")) == {(Image.Status.SUCCEEDED, 1)}
    assert Attempt.objects.filter(detail="refused").count() == 1
    assert not LaneState.objects.get(engine=engine).down


def test_rate_limits_do_not_count(alice: User, tmp_path: Path, once: None) -> None:
    make_engine(settings={"seconds": 0.05, "folder": str(tmp_path)})
    job = submit_job(alice, "a kitten [fail rate_limited 3]")
    for _ in range(4):
        drain()
        Image.objects.update(not_before=None)
        LaneState.objects.update(held_until=None)
    image = job.images.get()
    assert (image.status, image.attempts, image.tries.count()) == (Image.Status.SUCCEEDED, 1, 4)


def test_a_refusal_is_final_and_its_credits_come_back(alice: User) -> None:
    make_engine(settings={"seconds": 0.1})
    job = submit_job(alice, "a kitten [fail moderation_rejected]")
    drain()
    image = job.images.get()
    assert (image.status, image.error_code) == (Image.Status.FAILED, "moderation_rejected")
    assert Wallet.objects.get(member=alice).balance == 200


def test_a_refused_prompt_gets_fewer_words_where_its_member_wants_that(alice: User) -> None:
    make_engine(settings={"seconds": 0.05})
    set_ways_on(alice, simplify_refused=True, accept_fallback=False)
    alice.refresh_from_db()
    job = submit_job(alice, "a sexy kitten [fail moderation_rejected], 8k")
    drain()
    image = job.images.get()
    assert (image.status, image.simplification, image.attempts) == (Image.Status.SUCCEEDED, 1, 1)
    assert list(image.tries.order_by("pk").values_list("error_code", "simplification")) == [
        ("moderation_rejected", 0),
        ("", 1),
    ]
    assert Wallet.objects.get(member=alice).balance == 199


def test_fewer_words_are_tried_as_often_as_allowed(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_engine(settings={"seconds": 0.05})
    set_ways_on(alice, simplify_refused=True, accept_fallback=False)
    alice.refresh_from_db()
    monkeypatch.setattr(Simulated, "generate", AsyncMock(side_effect=ModerationRejected))
    job = submit_job(alice, "a sexy kitten, 8k, with a red hat")
    drain()
    image = job.images.get()
    assert (image.status, image.error_code, image.tries.count()) == (Image.Status.FAILED, "moderation_rejected", 3)
    assert (Wallet.objects.get(member=alice).balance, ledger.open_reservations().count()) == (200, 0)


def test_what_failed_is_made_again_when_asked(alice: User, tmp_path: Path) -> None:
    make_engine(settings={"seconds": 0.05, "folder": str(tmp_path)})
    job = submit_job(alice, "a kitten [fail moderation_rejected 1]")
    drain()
    retry_job(job)
    drain()
    assert job.images.get().status == Image.Status.SUCCEEDED
    assert Wallet.objects.get(member=alice).balance == 199


def test_a_result_that_is_no_picture_fails(alice: User, once: None) -> None:
    make_engine(settings={"seconds": 0.05})
    before = stored()
    job = submit_job(alice, "a kitten [garbage]")
    drain()
    assert job.images.get().error_code == "bad_result"
    assert stored() == before


def test_a_call_ends_with_its_time_limit(alice: User, once: None) -> None:
    make_engine(time_limit=1)
    job = submit_job(alice, "a kitten [seconds 30]")
    drain()
    assert job.images.get().error_code == "timed_out"


def test_no_call_takes_longer_than_the_site_allows(alice: User, once: None, settings: LazySettings) -> None:
    make_engine(time_limit=600)
    settings.IMAGE_GENERATION_MAX_WAIT_TIME = 0.3
    job = submit_job(alice, "a kitten [seconds 30]")
    drain()
    assert job.images.get().error_code == "timed_out"


def test_a_call_that_failed_keeps_nothing_of_its_request() -> None:
    class Words(str):
        """A text that can be watched."""

    class Failing(Simulated):
        async def generate(self, request: GenerateRequest, run: Run) -> Result:
            raise RemoteFailed

    class Listener:
        cancel, deadline = CancelToken(), inf

        async def checkpoint(self, ref: object) -> None: ...
        def progress(self, fraction: float, stage: str = "", **_: object) -> None: ...
        def preview(self, data: bytes) -> None: ...
        def settle(self) -> None: ...

    async def fail() -> weakref.ref[Words]:
        words = Words("a kitten")
        request = GenerateRequest(Mode.TEXT_TO_IMAGE, words, 64, 64, 1)
        with suppress(RemoteFailed):
            await call_engine(Failing(), request, Listener())
        return weakref.ref(words)

    gc.disable()
    try:
        assert async_to_sync(fail)()() is None
    finally:
        gc.enable()


def test_an_engine_of_an_unknown_kind_fails_alone(alice: User, bob: User) -> None:
    make_engine("unknown")
    make_engine("known", order=1, settings={"seconds": 0.05})
    lost = submit_job(alice)
    Engine.objects.filter(slug="unknown").update(kind="nowhere")
    kept = submit_job(bob)
    drain()
    assert lost.images.get().error_code == "misconfigured"
    assert kept.images.get().status == Image.Status.SUCCEEDED


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ("break at its making", "misconfigured"),
        ("raise", "internal"),
        ("cancel itself", "engine_failed"),
        ("be stopped by somebody else", "engine_failed"),
        ("be odd in numbers", "internal"),
    ],
)
def test_an_engine_that_breaks_the_rules_fails_alone(
    does: str, code: str, alice: User, bob: User, once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.KINDS, "odd", "tests.generation.odd.Odd")
    make_engine("odd")
    lost, before = submit_job(alice), stored()
    Engine.objects.update(kind="odd", settings={"does": does}, enabled=False)
    make_engine("good", settings={"seconds": 0.05})
    kept = submit_job(bob)
    Engine.objects.update(enabled=True)
    drain()
    assert lost.images.get().error_code == code
    assert kept.images.get().status == Image.Status.SUCCEEDED
    assert stored() - before == {kept.images.get().file_name}


def test_facts_that_no_database_stores_hold_up_nobody(carol: User) -> None:
    make_engine(settings={"seconds": 0.05})
    strange, plain = submit_job(carol, "a kitten [strange]"), submit_job(carol)
    drain()
    assert plain.images.get().status == Image.Status.SUCCEEDED
    assert strange.images.get().final


def test_a_full_disk_fails_the_image_and_not_the_drain(
    alice: User, once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_engine(settings={"seconds": 0.05})
    before, save = stored(), storage.save

    def save_until_full(name: str, data: bytes) -> None:
        if name.startswith("thumbnails/"):
            raise OSError(28, "No space left on device")
        save(name, data)

    monkeypatch.setattr(storage, "save", save_until_full)
    job = submit_job(alice)
    drain()
    assert job.images.get().error_code == "internal"
    assert stored() == before
