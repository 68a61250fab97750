"""What a drain has committed, told to the pages: beside its turns, for a claim must not wait until they have heard.

A page is told by a hint; whoever misses one asks for what has changed since.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from asgiref.sync import sync_to_async

from generation.services.changes import Changes, represent_changes
from imagegen import events

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.05  # the longest that pages wait while freed slots are filled
CHECKPOINT_SECONDS = 0.005  # calls that start store their checkpoints first
PUBLISH_SECONDS = 0.05  # pages hear of changes at most so often
PUBLISH_PAUSE = 4  # times as long as telling them took: claims and endings need the same database thread


class Publisher:
    """Tells pages of changes, those of several commits at once.

    `until_filled` waits so many seconds at most while freed slots are filled.
    """

    def __init__(self, until_filled: Callable[[float], Awaitable[None]]) -> None:
        self._until_filled = until_filled
        self._changed: Changes = []
        self._telling: asyncio.Task[None] | None = None

    def note(self, changed: Changes) -> None:
        """Note what was committed; any thread may."""
        self._changed.extend(changed)

    def tell(self) -> None:
        """See to it that pages hear of what was noted; called in the loop."""
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_all())

    async def finish(self) -> None:
        """Wait until pages have heard of all."""
        if self._telling:
            await self._telling

    async def _tell_all(self) -> None:
        while self._changed:
            await asyncio.sleep(CHECKPOINT_SECONDS)
            await self._until_filled(PATIENCE_SECONDS)
            begun_at = time.monotonic()
            changed = list(self._changed)
            try:
                await events.send_jobs(await sync_to_async(represent_changes)(changed))
            except Exception:  # the rows are right all the same
                logger.exception("pages do not hear of %d changes", len(changed))
            del self._changed[: len(changed)]
            await asyncio.sleep(max(PUBLISH_SECONDS, PUBLISH_PAUSE * (time.monotonic() - begun_at)))
