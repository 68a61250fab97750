"""The live channel: one socket a page, the owner's own jobs alone."""

import asyncio
import json
import logging
import random
from contextlib import suppress
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from accounts.models import User
from accounts.services.tokens import find_token
from generation.services.feeds import changes_since, current_seq
from imagegen import events

logger = logging.getLogger(__name__)

HELLO_SECONDS = 15.0
SEND_SECONDS = 0.1
UNAUTHENTICATED = 4401
BAD_MESSAGE = 4400
TRY_AGAIN_LATER = 1013


class JobsConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """Hints to one open page. Events without a handler here are not sent to anybody."""

    member: User | None = None

    async def connect(self) -> None:
        """Let in members by session, from our own pages, or by bearer token; greet with the current seq."""
        self._latest: dict[str, dict[str, Any]] = {}
        self._previews: dict[bytes, bytes] = {}
        self._news = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._told = 0  # the highest seq that was sent
        self.member = await self._authenticated()
        await self.accept()
        if self.member is None:
            await self.close(UNAUTHENTICATED)
            return
        await self.channel_layer.group_add(events.member_group(self.member.pk), self.channel_name)
        self._tasks = [asyncio.create_task(self._greet_forever()), asyncio.create_task(self._send_forever())]

    async def disconnect(self, code: int) -> None:
        """Stop listening."""
        for task in self._tasks:
            task.cancel()
        if self.member:
            await self.channel_layer.group_discard(events.member_group(self.member.pk), self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Understand `{"type": "resume", "seq": n}`; anything else closes the socket."""
        try:
            message = json.loads(text_data or "")
            if message["type"] != "resume" or not 0 <= int(message["seq"]) < 2**63:
                raise ValueError("no such message")
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            await self.close(BAD_MESSAGE)
            return
        if member := self.member:
            seq = int(message["seq"])
            for change in await sync_to_async(lambda: list(changes_since(member.pk, seq, member.language)))():
                await self._send_json(change)

    # --- One handler for each type that `imagegen.events` sends to a member's group ---

    async def job_changed(self, event: dict[str, Any]) -> None:
        """Pass on a job's new state, and drop what was said about it before."""
        for image in event["job"]["images"]:
            self._latest.pop(image["id"], None)
        await self._send_json({"type": "job", "seq": event["seq"], "job": event["job"]})

    async def job_gone(self, event: dict[str, Any]) -> None:
        """Pass on that a job was deleted."""
        await self._send_json({"type": "gone", "seq": event["seq"], "job": event["job"]})

    async def job_progress(self, event: dict[str, Any]) -> None:
        """Keep the latest progress of each image until the next sending."""
        self._latest.update({state["image"]: state for state in event["states"]})
        self._news.set()

    async def job_preview(self, event: dict[str, Any]) -> None:
        """Keep the latest preview of each image until the next sending."""
        self._previews[event["frame"][:16]] = event["frame"]
        self._news.set()

    async def session_ended(self, event: dict[str, Any]) -> None:
        """Look at once whether this socket's own session or token has ended."""
        await self._close_if_ended()

    # ---

    async def _greet_forever(self) -> None:
        try:
            while self.member and not await self._close_if_ended():
                seq = await sync_to_async(_note_presence)(self.member.pk)
                # A job may have changed, and been told, since the seq was read; less than that would mean a reset.
                await self._send_json({"type": "hello", "seq": max(seq, self._told)})
                # Pages that came together, after a restart, must not all be greeted in one moment again and again.
                await asyncio.sleep(HELLO_SECONDS * random.uniform(0.5, 1))  # noqa: S311
        except DatabaseError as error:  # whoever connects again is greeted again
            logger.warning("a page is not greeted: %r", error)
            await self.close(TRY_AGAIN_LATER)

    async def _send_forever(self) -> None:
        """Send what is new at once, but not more often than every 100 ms."""
        while True:
            await self._news.wait()
            self._news.clear()
            latest, self._latest = self._latest, {}
            previews, self._previews = self._previews, {}
            for state in latest.values():
                await self._send_json({"type": "progress", **state})
            for frame in previews.values():
                await self._send(bytes_data=frame)
            await asyncio.sleep(SEND_SECONDS)

    async def _close_if_ended(self) -> bool:
        ended = await self._authenticated() is None
        if ended:
            await self.close(UNAUTHENTICATED)
        return ended

    async def _authenticated(self) -> User | None:
        """Give the member by bearer token, or by session where the page is one of ours."""
        headers = {name: value.decode("latin-1") for name, value in self.scope["headers"]}
        scheme, _, secret = headers.get(b"authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            token = await sync_to_async(find_token)(secret.strip())
            return token.member if token else None
        origin, _port = split_domain_port(headers.get(b"origin", "").partition("://")[2])
        if not origin or not validate_host(origin, settings.ALLOWED_HOSTS):
            return None
        return await sync_to_async(self._session_member)()

    def _session_member(self) -> User | None:
        request = HttpRequest()
        key = self.scope["cookies"].get(settings.SESSION_COOKIE_NAME)
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)  # read anew: it may have ended
        user = get_user(request)
        return user if isinstance(user, User) and user.is_active else None

    async def _send_json(self, message: dict[str, Any]) -> None:
        self._told = max(self._told, message.get("seq", 0))
        await self._send(text_data=json.dumps(message))

    async def _send(self, **content: str | bytes) -> None:
        with suppress(RuntimeError):  # the socket has closed meanwhile
            await self.send(**content)


def _note_presence(member: int) -> int:
    """Note that this member has a page open, and give the seq of their last change."""
    events.note_presence(member)
    return current_seq(member)
