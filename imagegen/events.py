"""The only door to the channel layer. Events are hints: the row was written first, and a reload is always right."""

import asyncio
import logging
from collections.abc import Awaitable, Iterable, Mapping
from typing import Any
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

WORK = "work"  # every drain listens here
SEND_SECONDS = 2.0  # a Valkey that hangs must not hold up the work
PROGRESS_SECONDS = 120
PRESENT_SECONDS = 40

Message = dict[str, Any]


def member_group(member: int) -> str:
    """Name the group of a member's open pages."""
    return f"member.{member}"


async def send(group: str, message: Message) -> bool:
    """Send a hint and tell whether it went out; a failure is logged, whoever listens heals by the next `hello`."""
    try:
        async with asyncio.timeout(SEND_SECONDS):
            await get_channel_layer().group_send(group, message)
    except (RedisError, OSError, TimeoutError) as error:
        logger.warning("event %s not sent: %r", message["type"], error)
        return False
    return True


def _send_now(group: str, message: Message) -> None:
    async_to_sync(send)(group, message)


# --- For members: each type has a rule in generation.consumers -------------------------------------------------


async def send_jobs(changes: Iterable[tuple[int, int, Message]]) -> None:
    """Tell owners' pages that jobs changed: member, seq and the job's JSON each, in order."""
    for member, seq, job in changes:
        if not await send(member_group(member), {"type": "job.changed", "seq": seq, "job": job}):
            return  # a Valkey that is away must not hold up the work once for each message


def publish_jobs(changes: Iterable[tuple[int, int, Message]]) -> None:
    """Do what `send_jobs` does, where no event loop runs."""
    async_to_sync(send_jobs)(changes)


def publish_gone(member: int, *, seq: int, job: UUID) -> None:
    """Tell the owner's pages that a job was deleted."""
    _send_now(member_group(member), {"type": "job.gone", "seq": seq, "job": str(job)})


def publish_session_ended(member: int) -> None:
    """Make the member's sockets check whether their session or token still holds."""
    _send_now(member_group(member), {"type": "session.ended"})


def publish_progress(member: int, states: list[Message]) -> Awaitable[bool]:
    """Send the latest progress of some images to their owner."""
    return send(member_group(member), {"type": "job.progress", "states": states})


def publish_preview(member: int, image: UUID, picture: bytes) -> Awaitable[bool]:
    """Send the latest preview (WebP) of one image to its owner."""
    return send(member_group(member), {"type": "job.preview", "frame": image.bytes + picture})


# --- For drains ------------------------------------------------------------------------------------------------


def publish_work() -> None:
    """Tell running drains that there may be something to claim."""
    _send_now(WORK, {"type": "work.waiting"})


def publish_cancel(images: list[UUID]) -> None:
    """Tell running drains that members want these images stopped."""
    _send_now(WORK, {"type": "work.cancel", "images": [str(image) for image in images]})


class WorkListener:
    """A drain's ear, for as long as its event loop runs."""

    def __init__(self) -> None:
        self._layer = get_channel_layer()
        self._channel = ""

    async def receive(self) -> Message:
        """Wait for the next message of `publish_work` or `publish_cancel`; survives a broker that was away."""
        while True:
            try:
                if not self._channel:
                    channel = await self._layer.new_channel()
                    await self._layer.group_add(WORK, channel)
                    self._channel = channel
                message: Message = await self._layer.receive(self._channel)
            except (RedisError, OSError) as error:
                logger.warning("drain does not hear: %r", error)
                self._channel = ""
                await asyncio.sleep(1)
            else:
                return message


# --- The latest progress, for pages that load and for those that poll ------------------------------------------


def remember_progress(states: Mapping[UUID, Message]) -> None:
    """Keep the latest progress of running images; it is not worth a row, and gone when Valkey restarts."""
    try:
        cache.set_many({f"progress.{image}": state for image, state in states.items()}, timeout=PROGRESS_SECONDS)
    except (RedisError, OSError) as error:
        logger.warning("progress not kept: %r", error)


def recall_progress(images: list[UUID]) -> dict[UUID, Message]:
    """Give the latest progress of these images, as far as it is known."""
    try:
        found = cache.get_many([f"progress.{image}" for image in images]) if images else {}
    except (RedisError, OSError) as error:
        logger.warning("progress not known: %r", error)
        return {}
    return {UUID(key.removeprefix("progress.")): state for key, state in found.items()}


# --- Who has a page open -----------------------------------------------------------------------------------------


def note_presence(member: int) -> None:
    """Note that this member has a page open; holds a little longer than the time between two notes."""
    try:
        cache.set(f"present.{member}", True, timeout=PRESENT_SECONDS)
    except (RedisError, OSError) as error:
        logger.warning("presence not kept: %r", error)


def present(members: Iterable[int]) -> set[int]:
    """Give those of these members who have a page open, or had until a moment ago, as far as it is known."""
    try:
        found = cache.get_many([f"present.{member}" for member in members])
    except (RedisError, OSError) as error:
        logger.warning("who has a page open is not known: %r", error)
        return set()
    return {int(key.removeprefix("present.")) for key in found}
