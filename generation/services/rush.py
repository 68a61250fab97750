"""When a drain has time for what can wait: a call that starts is waited for longest, so slots are filled first."""

import asyncio
import time
from contextlib import suppress
from math import inf

CALM_SECONDS = 0.05  # without a call that returns: those that started together return together
KEEP_SECONDS = 1.0  # the longest that a picture is put off while calls return and freed slots are filled


class Rush:
    """Whether calls return, and the slots that they leave wait for claims. It belongs to the drain's loop."""

    def __init__(self) -> None:
        self._filled = asyncio.Event()  # no freed slot waits for a claim
        self._scarce = True  # slots: those that were freed last found work that waited for them
        self._returned_at = -inf

    def note_return(self, *, short: bool) -> None:
        """Note that a call has returned; `short`: a claim has to follow."""
        self._returned_at = time.monotonic()
        if self._scarce and short:
            self._filled.clear()

    def note_claim(self, *, found: bool) -> None:
        """Note whether there was work for the slots that were free."""
        self._scarce = found

    def note_filled(self) -> None:
        """Note that no freed slot waits for a claim."""
        self._filled.set()

    async def until_filled(self, patience: float | None = None) -> None:
        """Wait while freed slots are filled, so many seconds at most."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._filled.wait(), patience)

    async def until_calm(self, returned_at: float) -> None:
        """Wait with work on a picture while calls return and freed slots are filled.

        Its own call returned at `returned_at`, in `time.monotonic`. Where nothing waits for slots, none is waited for.
        """
        latest = returned_at + KEEP_SECONDS
        while (now := time.monotonic()) < latest:
            calm_at = self._returned_at + CALM_SECONDS if self._scarce else now
            if not self._filled.is_set():
                await self.until_filled(latest - now)
            elif now < calm_at:
                await asyncio.sleep(min(calm_at, latest) - now)
            else:
                return
