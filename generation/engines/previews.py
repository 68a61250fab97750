"""Previews on their way from an engine to a page: small, WebP, and only the latest."""

import asyncio
from contextlib import suppress
from io import BytesIO
from types import TracebackType
from typing import Self

from PIL import Image

from generation.engines.base import Run

LONGEST_SIDE = 384
SECONDS = 0.25  # between two
MOST_PIXELS = 4096 * 4096


class Previews:
    """Shrinks previews beside the call that receives them, which is never held up; broken ones are dropped."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._latest: bytes | None = None
        self._shrinking: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        if self._shrinking:
            if kind:
                self._shrinking.cancel()
            await asyncio.gather(self._shrinking, return_exceptions=True)

    def show(self, picture: bytes) -> None:
        """Show a picture of any common format as soon as may be."""
        self._latest = picture
        if self._shrinking is None or self._shrinking.done():
            self._shrinking = asyncio.create_task(self._shrink_all())

    async def _shrink_all(self) -> None:
        while self._latest:
            picture, self._latest = self._latest, None
            if small := await asyncio.to_thread(_shrink, picture):
                self._run.preview(small)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), SECONDS)
                return


def _shrink(picture: bytes) -> bytes | None:
    output = BytesIO()
    try:
        with Image.open(BytesIO(picture), formats=("PNG", "JPEG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            small = image.convert("RGB")
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            small.save(output, "WEBP", quality=70)
    except (OSError, SyntaxError, ValueError):
        return None
    return output.getvalue()
