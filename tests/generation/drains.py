"""Drains in a test: run until there is nothing to do, alone or beside a story."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from asgiref.sync import async_to_sync, sync_to_async

from generation.models import Image
from generation.services.runner import Drain


def drain(idle_seconds: float = 0.2) -> None:
    """Run a drain until it is idle, as a worker does."""
    async_to_sync(Drain(idle_seconds=idle_seconds).run)()


def play(story: Callable[[], Awaitable[None]], *, drains: int = 1, idle_seconds: float = 0.2) -> None:
    """Run drains beside a story, then until they are idle."""

    async def both() -> None:
        tasks = [asyncio.create_task(Drain(idle_seconds=idle_seconds).run()) for _ in range(drains)]
        await story()
        async with asyncio.timeout(30):
            await asyncio.gather(*tasks)

    async_to_sync(both)()


async def until(condition: Callable[[], object], seconds: float = 10) -> None:
    """Wait until `condition`, which may ask the database, holds."""
    deadline = time.monotonic() + seconds
    while not await sync_to_async(condition)():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.02)


def statuses() -> list[str]:
    """Give the state of every image."""
    return list(Image.objects.order_by("pk").values_list("status", flat=True))
