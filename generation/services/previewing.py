"""Small pictures of what a recipe would make, drawn in child processes of the web, so that none can hurt it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from generation import storage
from generation.engines.child import ChildDied, ChildPool
from generation.exceptions import Invalid
from generation.models import Image, Upload
from generation.processing.pictures import size_and_notes
from generation.processing.previews import frame_of, preview_of
from generation.processing.recipes import Recipe, as_json, expected_seconds, read_recipe
from generation.processing.visible_mark import is_marked, marked
from generation.services.delivery import LONGEST, mark_of
from generation.services.messages import RECIPE_ERRORS
from generation.services.own_pictures import own_pictures, size_of
from generation.services.recipes import others_of

CHILD_MODULE = "generation.engines.processing.previews"
MEMORY_MB = 2048
QUICK = 0.6  # expected seconds: up to here a preview follows every change
QUICK_SLOTS, SLOW_SLOTS = 2, 1
PATIENCE = {
    True: 15.0,
    False: 60.0,
}  # seconds, of quick previews and of those that were asked for; a child starts in it


class NoPreview(Invalid):
    """This recipe cannot be shown beforehand; it may run all the same."""

    code = "no_preview"
    title = _("This cannot be shown beforehand. It can be run all the same.")


@dataclass(frozen=True, slots=True)
class Preview:
    """What is to be drawn: operations on a file, with the files of other pictures that they name.

    `before` is the picture without what changes its pixels, cut and turned as the result is; None: as it is.
    """

    operations: list[dict[str, object]]
    file_name: str
    others: Mapping[str, str]
    seconds: float
    mark: str  # the words of the plan's mark, which the result will bear, too
    large: bool = False  # it begins with more pixels than the rendition for screens has
    before: Preview | None = None

    @property
    def quick(self) -> bool:
        """Whether it is drawn after every change, unasked."""
        return self.seconds <= QUICK


def plan_preview(member: User, picture: Upload | Image, operations: list[dict[str, Any]]) -> Preview:
    """Plan the preview of checked operations on one of the member's pictures."""
    recipe = read_recipe(operations)
    others = own_pictures(member, others_of(operations))
    files = {str(other.pk): other.file_name for other in others}
    words = mark.words if (mark := mark_of(member)) else ""
    frame = frame_of(recipe)
    before = _planned(picture, frame, {}, "") if frame else None
    return _planned(picture, recipe, files, words, before)


def _planned(
    picture: Upload | Image, recipe: Recipe, others: Mapping[str, str], mark: str, before: Preview | None = None
) -> Preview:
    shown, start = preview_of(recipe, size_of(picture))
    return Preview(
        operations=as_json(shown),
        file_name=picture.file_name,
        others=others,
        seconds=expected_seconds(shown, start),
        mark=mark,
        large=max(start) > LONGEST["display"],
        before=before,
    )


async def draw_preview(preview: Preview) -> bytes:
    """Draw it as WebP. Raises `NoPreview` where it takes too long or too much, or its picture is gone."""
    try:
        source, others = await sync_to_async(_files, thread_sensitive=False)(preview)
        async with asyncio.timeout(PATIENCE[preview.quick]):
            drawn = await _draw(preview, source, others)
        return await asyncio.to_thread(_marked, drawn, preview.mark) if preview.mark else drawn
    except (TimeoutError, ChildDied, FileNotFoundError) as error:
        raise NoPreview from error


async def _draw(preview: Preview, source: bytes, others: Mapping[str, bytes]) -> bytes:
    order = {
        "recipe": json.dumps(preview.operations),
        "memory_mb": MEMORY_MB,
        "pictures": json.dumps([[name, len(data)] for name, data in others.items()]),
        "length": len(source),
    }
    async with _pool(quick=preview.quick).child() as child:
        answers = [answer async for answer in child.call(order, source + b"".join(others.values()))]
        if not preview.quick:
            await child.kill()  # with its networks, which take memory
    if failure := answers[-1].head.get("failure"):
        raise NoPreview(RECIPE_ERRORS["no_subject"] if failure == "no_subject" else "")
    return answers[-1].body


def _marked(drawn: bytes, words: str) -> bytes:
    """Mark what our own child process has written, as deliveries are."""
    size, _extension, _notes = size_and_notes(drawn)
    return marked(drawn, words) if is_marked(*size) else drawn


def _files(preview: Preview) -> tuple[bytes, dict[str, bytes]]:
    try:
        name = preview.file_name if preview.large else storage.display_name(preview.file_name)
        source = storage.read(name)
    except FileNotFoundError:  # an old picture has no rendition for screens
        source = storage.read(preview.file_name)
    return source, {name: storage.read(file_name) for name, file_name in preview.others.items()}


# Child processes belong to the loop that started them; a server has one, and every test its own.
_pools: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[bool, ChildPool]] = WeakKeyDictionary()


def _pool(*, quick: bool) -> ChildPool:
    pools = _pools.setdefault(asyncio.get_running_loop(), {})
    return pools.setdefault(quick, ChildPool(CHILD_MODULE, QUICK_SLOTS if quick else SLOW_SLOTS))


async def close_previews() -> None:
    """End the child processes of this loop."""
    for pool in _pools.pop(asyncio.get_running_loop(), {}).values():
        await pool.close()
