"""The commands about pictures and their books, as scripts use them."""

import os
import signal
import threading
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.models import F

from accounts.models import CreditEntry, User, Wallet
from generation.models import Attempt, Engine, Image, Job, Share
from generation.processing.pictures import inspect
from generation.services.audit import audit
from generation.services.jobs import cancel_job
from generation.services.runner import Drain
from imagegen import queue
from tests.factories import make_engine, submit_job

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments: object) -> str:
    """Give what a command says."""
    output = StringIO()
    call_command(*(str(argument) for argument in arguments), stdout=output)
    return output.getvalue()


@pytest.fixture
def books(alice: User) -> None:
    """Give a job that was made, one that failed, one that was cancelled and one that waits."""
    make_engine(settings={"seconds": 0.05})
    submit_job(alice, count=2)
    submit_job(alice, "[fail moderation_rejected]")
    async_to_sync(Drain(idle_seconds=0.1).run)()
    cancel_job(submit_job(alice))
    submit_job(alice, count=3)


# --- audit_credits ----------------------------------------------------------------------------------------------


@pytest.mark.database
def test_books_that_add_up_are_ok(books: None) -> None:
    assert run("audit_credits").startswith("OK: ")


def lose_a_reservation() -> None:
    CreditEntry.objects.filter(kind="settle").first().delete()  # type: ignore[union-attr]  # there is one


def forget_to_release() -> None:
    Image.objects.filter(status="queued").update(status="cancelled")


def pay_for_nothing() -> None:
    CreditEntry.objects.filter(kind="release").update(kind="settle", amount=0)


def fill_a_wallet() -> None:
    Wallet.objects.update(balance=F("balance") + 1)


def count_a_slot_too_many() -> None:
    Share.objects.update(running=F("running") + 1)


def lose_a_lease() -> None:
    Image.objects.filter(status="succeeded").update(status="running")


def open_an_attempt_again() -> None:
    Attempt.objects.update(outcome="")


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lose_a_reservation, "entry"),
        (forget_to_release, "image"),
        (pay_for_nothing, "image"),
        (fill_a_wallet, "wallet"),
        (count_a_slot_too_many, "share"),
        (lose_a_lease, "running without"),
        (open_an_attempt_again, "attempt"),
    ],
)
def test_what_does_not_add_up_is_named(books: None, spoil: Any, word: str) -> None:
    spoil()
    assert any(word in problem for problem in audit())
    with pytest.raises(CommandError, match="do not add up"):
        run("audit_credits")


# --- generate ---------------------------------------------------------------------------------------------------


@pytest.fixture
def fast_engine(db: None, settings: Any) -> Engine:
    """Give an engine that goes before the built-in one."""
    settings.IMAGE_GENERATION_POLL_INTERVAL = 0.05
    return make_engine(settings={"seconds": 0.1}, order=0)


def generate(*arguments: object) -> str:
    """Run the command on the simulated engine, working in this process."""
    return run("generate", *arguments, "--work", "--engine", "simulated")


def test_prompts_become_files(fast_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "prompts.txt").write_text("a dog\n\n一只小猫\n")
    said = generate("a kitten", "--file", tmp_path / "prompts.txt", "--count", 2, "--output", tmp_path / "out")
    files = list((tmp_path / "out").iterdir())
    assert {file.name for file in files} == set(Image.objects.values_list("file_name", flat=True))
    assert [inspect(file.read_bytes()).width for file in files] == [1024] * 6
    assert said.count("✓") == 6


def test_it_acts_for_the_first_admin_else_for_a_local_member(fast_engine: Engine, tmp_path: Path) -> None:
    generate("a kitten", "--output", tmp_path)
    assert Job.objects.get().member.email == "command@localhost"


def test_it_acts_for_whom_it_is_told(fast_engine: Engine, tmp_path: Path, dave: User, carol: User) -> None:
    generate("a kitten", "--output", tmp_path)
    generate("a kitten", "--output", tmp_path, "--member", "carol@example.com")
    assert list(Job.objects.order_by("pk").values_list("member", flat=True)) == [dave.pk, carol.pk]


def test_at_most_so_many_are_in_work(fast_engine: Engine, tmp_path: Path) -> None:
    generate(*(f"kitten {number}" for number in range(5)), "--max-concurrent", 2, "--output", tmp_path)
    spans = [(job.created_at, job.finished_at or job.created_at) for job in Job.objects.all()]
    assert max(sum(start <= moment < end for start, end in spans) for moment, _ in spans) == 2


def test_failures_are_told_and_the_rest_is_made(fast_engine: Engine, tmp_path: Path) -> None:
    output = StringIO()
    prompts = ["a kitten", "a dog [fail moderation_rejected]", "x" * 5_000]
    with pytest.raises(CommandError, match=r"2 of 3 pictures were not made\."):
        call_command("generate", *prompts, "--work", "--engine=simulated", f"--output={tmp_path}", stdout=output)
    assert len(list(tmp_path.iterdir())) == 1
    assert "The engine refused this prompt" in output.getvalue()
    assert "Shorten it" in output.getvalue()


def in_a_thread(call: Callable[[], object]) -> threading.Thread:
    """Start something beside the command."""

    def run_and_disconnect() -> None:
        try:
            call()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run_and_disconnect)
    thread.start()
    return thread


def interrupt_once_a_kitten_runs() -> None:
    """Press Ctrl-C."""
    while not Image.objects.filter(status="running", job__prompt="a kitten").exists():
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGINT)


def test_interrupting_cancels_its_own_jobs(fast_engine: Engine, tmp_path: Path, alice: User) -> None:
    Engine.objects.update(settings={"seconds": 30})
    other = submit_job(alice)
    watcher = in_a_thread(interrupt_once_a_kitten_runs)
    with pytest.raises(CommandError, match=r"2 of 2 pictures were not made\."):
        generate("a kitten", "a dog", "--output", tmp_path, "--max-concurrent", 1)
    watcher.join()
    assert Job.objects.exclude(pk=other.pk).get().status == Job.Status.CANCELLED
    other.refresh_from_db()
    assert not other.final


def test_without_a_worker_it_says_how_to_start_one(fast_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"`manage\.py work generate`"):
        run("generate", "a kitten", "--output", tmp_path)
    assert not Job.objects.exists()


def test_with_a_worker_it_leaves_the_work_to_it(fast_engine: Engine, tmp_path: Path) -> None:
    cache.set("queue.beat.generate", time.time())
    assert queue.last_beat("generate")
    worker = in_a_thread(async_to_sync(Drain(idle_seconds=2).run))
    assert "✓ a kitten" in run("generate", "a kitten", "--engine", "simulated", "--output", tmp_path)
    worker.join()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Say what to draw"),
        (["--file", "/nowhere/prompts.txt"], "Cannot read"),
        (["a kitten", "--member", "nobody@example.com"], "is not a member"),
    ],
)
def test_what_it_cannot_do_it_says(fast_engine: Engine, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        generate(*arguments)
