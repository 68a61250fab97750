"""The live channel: each open page hears of its member's own jobs, in order, and of nothing else."""

import asyncio
import functools
import json
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from accounts.models import User
from accounts.services.tokens import create_token, revoke_token
from generation import consumers
from generation.models import Feed, GoneJob, Job
from generation.services.changes import Change, represent_changes
from generation.services.jobs import cancel_job, delete_job
from generation.services.runner import Drain
from imagegen import events
from imagegen.asgi import application
from tests.factories import make_engine, submit_job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

OURS = (b"origin", b"http://localhost:8000")


class Page:
    """One open page of a member."""

    def __init__(self, *headers: tuple[bytes, bytes]) -> None:
        self.socket = WebsocketCommunicator(application, "/ws/jobs/", headers=list(headers))

    async def receive(self, kind: str = "") -> Any:
        """Give the next message, or the next of a kind."""
        while True:
            message = await self.socket.receive_json_from(timeout=5)
            if not kind or message["type"] == kind:
                return message

    async def resume(self, seq: int) -> list[Any]:
        """Ask for what changed after `seq`; gives the answers up to `live`."""
        await self.socket.send_json_to({"type": "resume", "seq": seq})
        answers = [await self.receive()]
        while answers[-1]["type"] != "live":
            answers.append(await self.receive())
        return answers

    async def closing_code(self) -> int:
        """Wait until the server closes; gives the code."""
        while True:
            message = await self.socket.receive_output(timeout=5)
            if message["type"] == "websocket.close":
                return int(message["code"])


def session_of(member: User) -> tuple[bytes, bytes]:
    """Log a member in and give the cookie."""
    client = Client()
    client.force_login(member)
    return (b"cookie", f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}".encode())


@asynccontextmanager
async def opened(*headers: tuple[bytes, bytes]) -> Any:
    """Open a page for as long as the block runs."""
    page = Page(*headers)
    connected, _ = await page.socket.connect(timeout=5)
    assert connected
    yield page
    await page.socket.disconnect(timeout=5)


@asynccontextmanager
async def page_of(member: User) -> Any:
    """Open a page of a logged-in member."""
    async with opened(await sync_to_async(session_of)(member), OURS) as page:
        yield page


def live(story: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an asynchronous story so that its database work happens on the test's own thread."""

    @functools.wraps(story)
    def test(*arguments: Any, **fixtures: Any) -> None:
        async_to_sync(story)(*arguments, **fixtures)

    return test


@pytest.fixture(autouse=True)
def engine(db: None) -> None:
    """Have an engine to submit to."""
    make_engine(settings={"seconds": 0.5})


@live
async def test_a_page_is_greeted_and_hears_each_change_in_order(alice: User) -> None:
    async with page_of(alice) as page:
        assert await page.receive() == {"type": "hello", "seq": 0}
        for _ in range(3):
            await sync_to_async(cancel_job)(await sync_to_async(submit_job)(alice))
        changes = [await page.receive("job") for _ in range(6)]
    assert [change["seq"] for change in changes] == [1, 2, 3, 4, 5, 6]
    assert changes[-1]["job"]["status"] == Job.Status.CANCELLED


@live
async def test_all_pages_of_a_member_hear_the_same(alice: User) -> None:
    async with page_of(alice) as one, page_of(alice) as two:
        await one.receive("hello")
        await two.receive("hello")
        await sync_to_async(submit_job)(alice)
        assert await one.receive("job") == await two.receive("job")


@live
async def test_nobody_else_hears(alice: User, bob: User) -> None:
    async with page_of(bob) as page:
        await page.receive("hello")
        job = await sync_to_async(submit_job)(alice)
        image = await job.images.aget()
        await events.publish_progress(alice.pk, [{"image": str(image.pk)}])
        await events.publish_preview(alice.pk, image.pk, b"webp")
        await sync_to_async(cancel_job)(job)
        assert await page.socket.receive_nothing(timeout=0.5)
        assert await page.resume(0) == [{"type": "live", "seq": 0}]


@live
async def test_resume_gives_what_was_missed_and_no_more(alice: User) -> None:
    first, second = [await sync_to_async(submit_job)(alice) for _ in range(2)]
    await sync_to_async(cancel_job)(first)
    await sync_to_async(delete_job)(first)
    async with page_of(alice) as page:
        assert (await page.receive("hello"))["seq"] == 4
        answers = await page.resume(0)
        assert [answer["seq"] for answer in answers] == [2, 4, 4]
        assert [answers[0]["job"]["id"], answers[1]["job"]] == [str(second.pk), str(first.pk)]
        assert [answer["type"] for answer in await page.resume(3)] == ["gone", "live"]
        assert [answer["type"] for answer in await page.resume(4)] == ["live"]


@live
async def test_a_page_that_missed_too_much_starts_anew(alice: User) -> None:
    await sync_to_async(submit_job)(alice)
    await GoneJob.objects.abulk_create(GoneJob(member=alice, seq=n, job=uuid4()) for n in range(2, 203))
    await Feed.objects.filter(member=alice).aupdate(seq=202)
    async with page_of(alice) as page:
        await page.receive("hello")
        assert await page.resume(0) == [{"type": "reset", "seq": 202}, {"type": "live", "seq": 202}]
        assert len(await page.resume(2)) == 201
        assert (await page.resume(999))[0]["type"] == "reset"


@live
async def test_no_more_notes_of_deleted_tasks_are_kept_than_pages_are_told(alice: User) -> None:
    job = await sync_to_async(submit_job)(alice)
    await GoneJob.objects.abulk_create(GoneJob(member=alice, seq=n, job=uuid4()) for n in range(2, 302))
    await Feed.objects.filter(member=alice).aupdate(seq=301)
    await sync_to_async(cancel_job)(job)
    await sync_to_async(delete_job)(job)
    assert await GoneJob.objects.filter(member=alice).acount() == 201
    async with page_of(alice) as page:
        await page.receive("hello")
        assert (await page.resume(101))[0]["type"] == "reset"
        assert len(await page.resume(102)) == 201


@live
async def test_progress_keeps_only_the_latest_and_nothing_after_a_change(alice: User) -> None:
    job = await sync_to_async(submit_job)(alice)
    image = await job.images.aget()
    async with page_of(alice) as page:
        await page.receive("hello")
        for step in range(1, 51):
            state = {"job": str(job.pk), "image": str(image.pk), "progress": step / 50, "step": step}
            await events.publish_progress(alice.pk, [state])
        steps = [(await page.receive("progress"))["step"]]
        while steps[-1] != 50:
            steps.append((await page.receive("progress"))["step"])
        assert steps == sorted(steps)
        assert len(steps) < 10
        await events.publish_progress(alice.pk, [state])
        await sync_to_async(cancel_job)(job)
        await page.receive("job")
        assert await page.socket.receive_nothing(timeout=0.3)


@live
async def test_a_preview_is_the_images_id_and_a_picture(alice: User) -> None:
    job = await sync_to_async(submit_job)(alice)
    image = await job.images.aget()
    async with page_of(alice) as page:
        await page.receive("hello")
        for picture in (b"RIFF old", b"RIFF new"):
            await events.publish_preview(alice.pk, image.pk, picture)
        frame = await page.socket.receive_from(timeout=5)
        while not frame.endswith(b"new"):
            frame = await page.socket.receive_from(timeout=5)
    assert frame == image.pk.bytes + b"RIFF new"


@live
async def test_a_page_follows_a_picture_from_press_to_end(alice: User) -> None:
    await sync_to_async(make_engine)(settings={"seconds": 2})  # long enough to be told of on a busy machine
    async with page_of(alice) as page:
        await page.receive("hello")
        work = asyncio.create_task(Drain(idle_seconds=1).run())
        await sync_to_async(submit_job)(alice)
        fractions: list[float] = []
        previews, message = 0, cast(dict[str, Any], {"type": ""})
        while message["type"] != "job" or message["job"]["status"] != Job.Status.SUCCEEDED:
            output = await page.socket.receive_output(timeout=5)
            previews += "bytes" in output
            message = json.loads(output["text"]) if output.get("text") else {"type": "preview"}
            fractions += [message["progress"]] if message["type"] == "progress" else []
        await work
    assert message["seq"] == 3
    assert previews
    assert len(fractions) > 1
    assert fractions == sorted(fractions)


@live
async def test_a_token_opens_the_channel_until_it_is_revoked(alice: User) -> None:
    token, secret = await sync_to_async(create_token)(alice, name="script")
    async with opened((b"authorization", f"Bearer {secret}".encode())) as page:
        await page.receive("hello")
        await sync_to_async(revoke_token)(token)
        assert await page.closing_code() == consumers.UNAUTHENTICATED


@live
async def test_a_socket_ends_with_its_session(alice: User) -> None:
    client = Client()
    await sync_to_async(client.force_login)(alice)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    async with opened((b"cookie", cookie.encode()), OURS) as page, page_of(alice) as other:
        await page.receive("hello")
        await other.receive("hello")
        await sync_to_async(client.post)("/accounts/logout/", headers={"host": "localhost"})
        assert await page.closing_code() == consumers.UNAUTHENTICATED
        assert await other.resume(0) == [{"type": "live", "seq": 0}]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [OURS],
        [OURS, (b"cookie", b"sessionid=guessed")],
        [(b"authorization", b"Bearer guessed")],
        [(b"authorization", b"Bearer ")],
        [(b"authorization", b"Basic YWxpY2U6YWxpY2U=")],
    ],
)
@live
async def test_strangers_stay_outside(headers: list[tuple[bytes, bytes]], alice: User) -> None:
    async with opened(*headers) as page:
        assert await page.closing_code() == consumers.UNAUTHENTICATED


@pytest.mark.parametrize(
    "origin", [b"https://evil.example", b"null", b"", b"http://localhost.evil.example", b"file://"]
)
@live
async def test_other_sites_cannot_use_a_members_session(origin: bytes, alice: User) -> None:
    async with opened(await sync_to_async(session_of)(alice), (b"origin", origin)) as page:
        assert await page.closing_code() == consumers.UNAUTHENTICATED


@pytest.mark.parametrize("origin", [b"http://127.0.0.1", b"https://LOCALHOST:8000", b"http://[::1]:8000"])
@live
async def test_our_own_site_may_have_any_of_its_names(origin: bytes, alice: User) -> None:
    async with opened(await sync_to_async(session_of)(alice), (b"origin", origin)) as page:
        assert (await page.receive())["type"] == "hello"


@pytest.mark.parametrize(
    "message",
    [
        "hello", "[]", "7", "null", "{}", '{"type": "resume"}', '{"type": "job", "seq": 1}',
        '{"type": "resume", "seq": -1}', '{"type": "resume", "seq": "x"}', '{"type": "resume", "seq": 1e999}',
        '{"type": "resume", "seq": NaN}', '{"type": "resume", "seq": null}',
        '{"type": "resume", "seq": 9223372036854775808}',
        "[" * 100_000, b"\x00\xff",
    ],
)  # fmt: skip
@live
async def test_what_it_does_not_understand_closes_the_socket(message: str | bytes, alice: User) -> None:
    async with page_of(alice) as page:
        await page.receive("hello")
        facts = {"text_data": message} if isinstance(message, str) else {"bytes_data": message}
        await page.socket.send_to(**facts)
        assert await page.closing_code() == consumers.BAD_MESSAGE


@live
async def test_the_seq_is_told_again_and_again(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "HELLO_SECONDS", 0.1)
    async with page_of(alice) as page:
        assert (await page.receive("hello"))["seq"] == 0
        await Feed.objects.aupdate_or_create(member=alice, defaults={"seq": 5})
        await page.receive("hello")
        assert (await page.receive("hello"))["seq"] == 5


@live
async def test_no_greeting_falls_behind_what_was_told(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "HELLO_SECONDS", 0.1)
    monkeypatch.setattr(consumers, "current_seq", lambda _: 0)  # read just before the job came
    async with page_of(alice) as page:
        await page.receive("hello")
        await sync_to_async(submit_job)(alice)
        await page.receive("job")
        assert (await page.receive("hello"))["seq"] == 1


@live
async def test_a_page_that_cannot_be_greeted_is_to_connect_again(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(member: int) -> int:
        raise OperationalError("away")

    monkeypatch.setattr(consumers, "current_seq", fail)
    async with page_of(alice) as page:
        assert await page.closing_code() == consumers.TRY_AGAIN_LATER


@pytest.mark.chaos
@live
async def test_an_idle_socket_lives_on(alice: User) -> None:
    async with page_of(alice) as page:
        await page.receive("hello")
        assert await page.socket.receive_nothing(timeout=7)
        await sync_to_async(submit_job)(alice)
        assert (await page.receive("job"))["seq"] == 1


def test_what_nobody_looks_at_is_not_worked_out(alice: User) -> None:
    make_engine()
    job = submit_job(alice)
    changed = [Change(alice.pk, job.pk, job.seq)]
    assert represent_changes(changed) == []
    events.note_presence(alice.pk)
    assert [told[:2] for told in represent_changes(changed)] == [(alice.pk, job.seq)]
