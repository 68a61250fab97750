"""Requests run in threads that are kept, and never in one that is still at work."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from imagegen.threads import ThreadedHandler

together = threading.Barrier(2, timeout=10)
begun, go_on = threading.Event(), threading.Event()


def here(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(threading.get_ident()))


def with_another(request: HttpRequest) -> HttpResponse:
    together.wait()
    return here(request)


def long_work(request: HttpRequest) -> HttpResponse:
    begun.set()
    go_on.wait(10)
    return here(request)


async def in_the_loop(request: HttpRequest) -> HttpResponse:
    return here(request)


urlpatterns = [path(view.__name__, view) for view in (here, with_another, long_work, in_the_loop)]


@pytest.fixture
def handler(settings: LazySettings) -> Iterator[ThreadedHandler]:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    begun.clear()
    go_on.clear()
    yield ThreadedHandler()
    go_on.set()


class Browser:
    """Asks for one thing."""

    def __init__(self, handler: ThreadedHandler) -> None:
        self._handler = handler
        self._says: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._hears: list[dict[str, Any]] = []

    async def ask(self, name: str) -> int:
        """Give the thread in which the view ran; 0 if there was no answer."""
        asked = {"type": "http", "method": "GET", "path": f"/{name}", "query_string": b"", "headers": []}
        self._says.put_nowait({"type": "http.request"})
        await self._handler(asked, self._says.get, self._hear)
        return int(self._hears[-1]["body"]) if self._hears else 0

    def leave(self) -> None:
        """Wait for the answer no longer."""
        self._says.put_nowait({"type": "http.disconnect"})

    async def _hear(self, message: dict[str, Any]) -> None:
        self._hears.append(message)


async def ask(handler: ThreadedHandler, name: str) -> int:
    return await Browser(handler).ask(name)


async def test_a_thread_is_kept_for_the_next_request(handler: ThreadedHandler) -> None:
    first = await ask(handler, "here")
    assert await ask(handler, "here") == first != threading.get_ident()


async def test_each_of_two_at_once_has_its_own(handler: ThreadedHandler) -> None:
    one, other = await asyncio.gather(ask(handler, "with_another"), ask(handler, "with_another"))
    assert one != other


async def test_an_async_view_runs_in_the_event_loop(handler: ThreadedHandler) -> None:
    assert await ask(handler, "in_the_loop") == threading.get_ident()


async def test_nobody_waits_for_what_a_browser_that_left_had_asked_for(handler: ThreadedHandler) -> None:
    browser = Browser(handler)
    left = asyncio.create_task(browser.ask("long_work"))
    await asyncio.to_thread(begun.wait, 10)
    browser.leave()
    assert await ask(handler, "here")
    assert not left.done()
    go_on.set()
    assert await left == 0
