import asyncio
import logging
import signal
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from redis.exceptions import RedisError

from accounts.exceptions import Refusal
from accounts.models import Plan, User
from accounts.services.members import create_member
from accounts.services.seeds import seed_plans
from generation import storage
from generation.models import Image, Job
from generation.services.messages import error_message
from generation.services.prompt_runs import PromptRun
from generation.services.requests import JobRequest
from generation.services.runner import Drain
from generation.services.seeds import seed_engine
from imagegen import queue

STALE_SECONDS = 30  # a worker that has consumed nothing for so long is not there
NO_WORKER = (
    "No worker is running, so nothing would be made. Start everything with `make run`, "
    "a worker alone with `manage.py work generate`, or let this command do the work with --work."
)


class Command(BaseCommand):
    help = "Make pictures from prompts and write them to a folder. Ctrl-C cancels what this command has submitted."
    requires_system_checks = ()  # they import every page, which takes longer than this command

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("prompt", nargs="*")
        parser.add_argument("--file", type=Path, help="a text file with a prompt on each line")
        parser.add_argument("--engine", default="", help="its short name (default: the first one)")
        parser.add_argument("--count", type=int, default=1, help="pictures a prompt (default: 1)")
        parser.add_argument("--max-concurrent", type=int, default=3, help="prompts in work at a time (default: 3)")
        parser.add_argument("--output", type=Path, default=Path(), help="folder (default: this one)")
        parser.add_argument("--member", metavar="EMAIL", help="on whose behalf (default: the first admin)")
        parser.add_argument("--work", action="store_true", help="do the work in this process, without a worker")

    def handle(
        self, *, prompt: list[str], file: Path | None, engine: str, count: int, max_concurrent: int, output: Path,
        member: str | None, work: bool, **options: object,
    ) -> None:  # fmt: skip
        prompts = prompt + (_lines(file) if file else [])
        if not prompts:
            raise CommandError("Say what to draw: give prompts, or --file with one on each line.")
        if not (_worker_is_there() or work):
            raise CommandError(NO_WORKER)
        output.mkdir(parents=True, exist_ok=True)
        seed_plans()
        seed_engine()
        requests = [JobRequest(prompt=words, engine=engine, count=count) for words in prompts]
        at_once = max(1, min(max_concurrent, settings.IMAGE_GENERATION_MAX_CONCURRENT))
        self._made = 0
        self._output = output
        self._run = PromptRun(_member(member), requests, at_once=at_once)
        self._follow(work=work)
        if missing := len(prompts) * count - self._made:
            raise CommandError(f"{missing} of {len(prompts) * count} pictures were not made.")

    def _follow(self, *, work: bool) -> None:
        """Wait for everything; the first Ctrl-C cancels it, the second one ends this command at once."""
        self._cancelled = False
        before = signal.signal(signal.SIGINT, self._interrupt)
        try:
            async_to_sync(self._wait)(work=work)
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._cancelled = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    async def _wait(self, *, work: bool) -> None:
        drain = asyncio.create_task(_work_for_ever()) if work else None
        try:
            while self._run.open:
                await sync_to_async(self._step)()
                if drain and drain.done():
                    await drain  # it raises what ended it: nothing would be made any more
                if self._run.open:
                    await asyncio.sleep(min(0.5, settings.IMAGE_GENERATION_POLL_INTERVAL))
        finally:
            if drain:
                drain.cancel()
                with suppress(asyncio.CancelledError):
                    await drain

    def _step(self) -> None:
        if self._cancelled:
            self._run.cancel()
        step = self._run.step()
        for request, refusal in step.refused:
            self._say(f"✗ {request.prompt}: {_reasons(refusal)}")
        for job in step.ended:
            for image in job.results:
                self._finish(job, image)
        if self.stdout.isatty():
            ahead, under_way, progress = self._run.progress()
            line = f"{under_way} in work, {progress:.0%} · {ahead} ahead" if under_way else ""
            self.stdout.write(f"\r\033[K{line}", ending="")
            self.stdout.flush()

    def _finish(self, job: Job, image: Image) -> None:
        """Write a picture that was made, or why there is none."""
        if image.status == Image.Status.SUCCEEDED:
            path = self._output / image.file_name
            path.write_bytes(storage.read(image.file_name))
            self._made += 1
            self._say(f"✓ {job.prompt}: {path}")
        else:
            self._say(f"✗ {job.prompt}: {error_message(image.error_code) if image.error_code else 'cancelled'}")

    def _say(self, line: str) -> None:
        self.stdout.write(f"\r\033[K{line}" if self.stdout.isatty() else line)


def _lines(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text().splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Cannot read {file}: {error}") from error


def _worker_is_there() -> bool:
    try:
        beaten = queue.last_beat("generate")
    except (RedisError, OSError):
        logging.disable(logging.ERROR)  # without Valkey nobody watches; each hint that is not heard would be told
        return False
    return beaten is not None and time.time() - beaten < STALE_SECONDS


def _member(email: str | None) -> User:
    """Give the member to act for; without a name the first admin, and where there is none a local member."""
    if email:
        try:
            return User.objects.get_by_natural_key(email)
        except User.DoesNotExist:
            raise CommandError(f"{email} is not a member.") from None
    admin = User.objects.filter(is_staff=True, is_active=True).order_by("pk").first()
    local = admin or User.objects.filter(email="command@localhost").first()
    return local or create_member("command@localhost", plan=Plan.objects.order_by("order").last())


async def _work_for_ever() -> None:
    while True:  # a drain hands over after a while
        await Drain().run()


def _reasons(refusal: Refusal) -> str:
    said: list[Any] = [error.message for error in refusal.errors] + [reason.message for reason in refusal.reasons]
    return " ".join(str(sentence) for sentence in said or [refusal.detail])
