"""Whatever goes wrong at an engine, the picture ends with the right code, its neighbours live, no key is written."""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import LazySettings
from django.utils import translation

from accounts.models import User
from accounts.services import credits as ledger
from generation.models import Attempt, Engine, Image
from generation.services.runner import Drain
from generation.services.trials import check_engine
from tests.factories import make_engine, submit_job
from tests.generation.engines.cases import KEY
from tests.generation.engines.peers.comfyui import ComfyUIPeer
from tests.generation.engines.peers.dashscope import DashScopePeer
from tests.generation.engines.peers.faults import answer, huge, no_such_name, raw, refused, untrusted
from tests.generation.engines.peers.openai_images import OpenAIImagesPeer
from tests.generation.engines.peers.serving import served

pytestmark = pytest.mark.django_db(transaction=True)

LIMITS = {"connect_seconds": 2, "idle_seconds": 0.5, "key": KEY}
SETTINGS: dict[str, Callable[[str], dict[str, Any]]] = {
    "comfyui": lambda address: {"servers": [address], "checkpoints": "tiny.safetensors"},
    "openai-images": lambda address: {"base_url": f"{address}/v1", "models": "gpt-image-2", "dialect": "other"},
    "dashscope": lambda address: {"base_url": address, "models": "wan2.2-t2i-flash", "poll_seconds": 0.05},
}
Peer = Callable[[Path], AbstractAsyncContextManager[str]]


def says(**words: Any) -> Peer:
    """Give a server that says the same to everybody."""
    return lambda _: raw(**words)


# What the other side does, and the code that the picture ends with.
ON_THE_WAY: dict[str, tuple[Peer, str]] = {
    "refuses the connection": (refused, "engine_down"),
    "has a name that nobody knows": (no_such_name, "engine_down"),
    "has a certificate that nobody trusts": (untrusted, "engine_down"),
    "hangs after it accepted": (says(hang=True), "timed_out"),
    "hangs in the middle": (says(said=answer("200 OK", b'{"output', length=100), hang=True), "timed_out"),
    "closes without a word": (says(), "engine_down"),
    "cuts its answer short": (says(said=answer("200 OK", b'{"output', length=100)), "bad_result"),
    "does not speak HTTP": (says(said=b"SSH-2.0-OpenSSH_9.2\r\n"), "bad_result"),
    "fails": (says(said=answer("500 Internal Server Error", b"oops")), "engine_failed"),
    "stands behind a proxy that cannot reach it": (says(said=answer("502 Bad Gateway", b"<html>")), "engine_down"),
    "is asked too much": (says(said=answer("429 Too Many Requests")), "rate_limited"),
    "says when to come back": (says(said=answer("429 No", b"", "Retry-After: 7\r\n")), "rate_limited"),
    "answers HTML": (says(said=answer("200 OK", b"<html>sign in", "Content-Type: text/html\r\n")), "bad_result"),
    "sends elsewhere": (says(said=answer("302 Found", b"", "Location: http://127.0.0.1:1/\r\n")), "misconfigured"),
    "does not take the key": (
        says(said=answer("401 Unauthorized", f'{{"error": "no {KEY}"}}'.encode())),
        "auth_failed",
    ),
}


def comfyui_with(file: Callable[..., Any]) -> web.Application:
    """Give a server whose files are of some kind."""
    peer = ComfyUIPeer(seconds=0.05)
    peer._view = file  # type: ignore[method-assign]
    return peer.application()


def openai_images_with(file: Callable[..., Any]) -> web.Application:
    """Give a server whose files are of some kind."""
    peer = OpenAIImagesPeer(seconds=0.05)
    peer.answers_with_url = True
    peer._file = file  # type: ignore[method-assign]
    return peer.application()


def dashscope_with(file: Callable[..., Any]) -> web.Application:
    """Give a server whose files are of some kind."""
    peer = DashScopePeer(seconds=0.05)
    peer._file = file  # type: ignore[method-assign]
    return peer.application()


async def garbage(_: web.Request) -> web.Response:
    """Send a picture that is no picture."""
    return web.Response(body=b"not a picture", content_type="image/png")


async def missing(_: web.Request) -> web.Response:
    """Have lost the file."""
    return web.Response(status=404)


PICTURES = {
    "is no picture": (garbage, "bad_result"),
    "has 200 MB": (huge, "bad_result"),
    "is gone": (missing, "misconfigured"),
}
WITH_FILES = {"comfyui": comfyui_with, "openai-images": openai_images_with, "dashscope": dashscope_with}

SLOW: dict[str, Callable[[], web.Application]] = {
    "comfyui": lambda: ComfyUIPeer(seconds=30).application(),
    "openai-images": lambda: OpenAIImagesPeer(seconds=30).application(),
    "dashscope": lambda: DashScopePeer(seconds=30).application(),
}


@pytest.fixture(autouse=True)
def once(settings: LazySettings) -> None:
    """Let a failure be final."""
    settings.IMAGE_GENERATION_MAX_RETRIES = 0


def tell(kind: str, peer: AbstractAsyncContextManager[str], members: tuple[User, User], **row: Any) -> Attempt:
    """Let a picture meet an engine while a neighbour's is made elsewhere; give how its attempt ended."""
    alice, bob = members

    async def story() -> None:
        async with peer as address:
            await sync_to_async(submit)(address)
            await Drain(idle_seconds=0.3).run()

    def submit(address: str) -> None:
        make_engine("tested", kind=kind, settings=SETTINGS[kind](address) | LIMITS, order=2, **row)
        make_engine("neighbour", settings={"seconds": 0.2}, order=1)
        submit_job(alice, engine="tested", width=512, height=512)
        submit_job(bob, engine="neighbour")

    async_to_sync(story)()
    neighbour = Image.objects.get(member=bob)
    assert neighbour.status == Image.Status.SUCCEEDED
    return Attempt.objects.filter(image__member=alice).earliest("pk")  # one asked too much may have been asked again


@pytest.fixture
def members(carol: User, dave: User) -> tuple[User, User]:
    """Give two who may choose their engine."""
    return carol, dave


@pytest.mark.parametrize("kind", SETTINGS)
def test_a_server_that_is_away_is_told_in_one_sentence(kind: str) -> None:
    row = Engine(slug="tested", kind=kind, settings=SETTINGS[kind]("http://127.0.0.1:1") | LIMITS)
    (told,) = check_engine(row)
    assert told.endswith(" cannot be reached (no connection: Connection refused).")
    with translation.override("zh-hans"):
        assert check_engine(row)[0].endswith("（连接失败：Connection refused）。")


@pytest.mark.parametrize("kind", SETTINGS)
@pytest.mark.parametrize("fault", ON_THE_WAY)
def test_what_goes_wrong_on_the_way(
    kind: str, fault: str, members: tuple[User, User], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    peer, code = ON_THE_WAY[fault]
    started = time.monotonic()
    with caplog.at_level(logging.DEBUG):
        attempt = tell(kind, peer(tmp_path), members)
    assert (attempt.error_code, attempt.holds_slot) == (code, False)
    assert time.monotonic() - started < 50  # the limits that were set, not the minute of a socket
    assert KEY not in attempt.detail + caplog.text
    assert ledger.audit() == []


@pytest.mark.parametrize("kind", SETTINGS)
@pytest.mark.parametrize("fault", PICTURES)
def test_a_picture_that_cannot_be_used(kind: str, fault: str, members: tuple[User, User]) -> None:
    file, code = PICTURES[fault]
    attempt = tell(kind, served(WITH_FILES[kind](file)), members)
    assert attempt.error_code == code


@pytest.mark.parametrize("kind", SETTINGS)
def test_the_limit_of_the_row_ends_a_call_that_is_only_slow(kind: str, members: tuple[User, User]) -> None:
    attempt = tell(kind, served(SLOW[kind]()), members, time_limit=1)
    assert attempt.error_code == "timed_out"


def test_a_limit_of_calls_says_when_to_come_back(members: tuple[User, User], tmp_path: Path) -> None:
    peer, _ = ON_THE_WAY["says when to come back"]
    attempt = tell("openai-images", peer(tmp_path), members)
    image = Image.objects.get(pk=attempt.image_id)
    assert image.status == Image.Status.QUEUED
    assert image.not_before
    assert attempt.ended_at
    assert 5 < (image.not_before - attempt.ended_at).total_seconds() <= 10
