"""How adapters speak HTTP: one place that knows what can go wrong on the way and which `EngineError` each of it is.

Nothing here tries a request again but the download of a picture, follows a redirect, or lets a key into a text.
Every request has a connection of its own: one that was kept open may be closed by the other side in the moment of a
POST, and then nobody knows whether the picture is being made, and charged.
"""

import asyncio
import email.utils
import json
import os
import random
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from generation.engines.base import (
    AuthFailed,
    BadResult,
    EngineDown,
    EngineError,
    InvalidParameter,
    Misconfigured,
    QuotaExhausted,
    RateLimited,
    RemoteFailed,
    TimedOut,
)
from generation.engines.public import PublicResolver, is_public
from generation.engines.settings import RemoteSettings, gettext_noop

MOST_PICTURE_BYTES = 32_000_000
MOST_BODY_BYTES = 64_000_000  # a picture of that size in base64, and more
MOST_DETAIL = 300
BUFFER = 2**20  # bytes; with aiohttp's 64 kB a picture stops and starts its connection again and again
DOWNLOAD_TRIES = 3
LONGEST_RETRY_AFTER = 3600.0
LIKE_A_KEY = re.compile(r"\bsk-[\w-]{8,}")
NO_LONGER_SURE = (408, 504, 524)  # a gateway gave up; what stands behind it may have gone on


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, of any status."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether it is what was asked for."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Read the body as JSON. Raises `BadResult`: HTML of a proxy, for one, is no answer."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            kind = self.headers.get("Content-Type", "no type")
            raise BadResult(f"{self.status} with {kind} instead of JSON: {self.text}") from error

    def object(self) -> dict[str, Any]:
        """Read the body as a JSON object, or give an empty one."""
        try:
            value = self.json()
        except BadResult:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def text(self) -> str:
        """Give the beginning of the body, for a log."""
        return self.body[:MOST_DETAIL].decode(errors="replace")

    @property
    def retry_after(self) -> float | None:
        """Give the seconds after which the other side wants to be asked again, if it says so."""
        try:
            if milliseconds := self.headers.get("Retry-After-Ms"):
                seconds = float(milliseconds) / 1000
            elif re.fullmatch(r"\s*\d+(\.\d+)?\s*", text := self.headers.get("Retry-After", "")):
                seconds = float(text)
            else:
                seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
        return min(max(0.0, seconds), LONGEST_RETRY_AFTER)


class Http:
    """The connections of one engine; belongs to the event loop that first uses it."""

    def __init__(
        self, base: str, limits: RemoteSettings, *, headers: Mapping[str, str] | None = None, secret: str = ""
    ) -> None:
        self.base = base
        self._limits = limits
        self._headers = dict(headers or {})
        self._secret = secret
        self._own: aiohttp.ClientSession | None = None
        self._foreign: aiohttp.ClientSession | None = None

    async def send(self, method: str, path: str, *, charges: bool = False, **arguments: Any) -> Answer:
        """Send one request and read the whole answer. Raises `EngineError` where there is none.

        With `charges`, an error says that what was asked for may be charged if the request may have arrived.
        """
        async with self.open(method, path, charges=charges, **arguments) as response:
            body = await self.read(response, MOST_BODY_BYTES)
            return Answer(response.status, response.headers, body)

    @asynccontextmanager
    async def open(
        self, method: str, path: str, *, charges: bool = False, **arguments: Any
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send one request and let the caller read the answer, under the same errors."""
        session = self._session_for(own=True)
        with _faults(self, charges=charges):
            async with session.request(method, self.base + path, allow_redirects=False, **arguments) as response:
                yield response

    @asynccontextmanager
    async def websocket(self, path: str) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """Open a websocket whose silence is noticed; messages may be large."""
        session = self._session_for(own=True)
        with _faults(self, charges=False):
            async with session.ws_connect(self.base + path, heartbeat=10, max_msg_size=MOST_BODY_BYTES) as socket:
                yield socket

    async def picture(self, url: str) -> bytes:
        """Fetch a picture that an answer names, from the engine itself or from a public address; tried again."""
        for attempt in range(1, DOWNLOAD_TRIES + 1):
            try:
                return await self._picture(url)
            except EngineError as error:
                if not error.retryable or attempt == DOWNLOAD_TRIES:
                    raise
                await asyncio.sleep(0.3 * 2**attempt * random.uniform(0.5, 1))  # noqa: S311
        raise AssertionError

    async def read(self, response: aiohttp.ClientResponse, limit: int) -> bytes:
        """Read a body of at most `limit` bytes. Raises `BadResult` for a larger one, as soon as that is known."""
        chunks, size = [], 0
        async for chunk in response.content.iter_any():
            size += len(chunk)
            if size > limit or (response.content_length or 0) > limit:
                raise BadResult(f"an answer of more than {limit} bytes")
            chunks.append(chunk)
        return b"".join(chunks)

    def clean(self, text: str) -> str:
        """Make a remote text fit for a log: short, on one line, without our key or one of a gateway."""
        if self._secret:
            text = text.replace(self._secret, "•••")
        text = LIKE_A_KEY.sub("•••", text)
        return " ".join(text.split())[:MOST_DETAIL]

    async def close(self) -> None:
        """Give back what is open."""
        for session in (self._own, self._foreign):
            if session:
                await session.close()

    async def _picture(self, url: str) -> bytes:
        base, wanted = urlsplit(self.base), urlsplit(url)
        if wanted.scheme not in ("http", "https", ""):
            raise BadResult(self.clean(f"a picture at {url}"))
        if wanted.hostname in ("0.0.0.0", "localhost", "127.0.0.1", None):  # noqa: S104
            # A server that names itself as it sees itself.
            wanted = wanted._replace(scheme=base.scheme, netloc=base.netloc)
        own = (wanted.scheme, wanted.netloc) == (base.scheme, base.netloc)
        if not own and not is_public(wanted.hostname or ""):
            raise BadResult(f"a picture at {wanted.hostname}, inside the network")
        with _faults(self, charges=False):
            session = self._session_for(own=own)
            async with session.get(wanted.geturl(), allow_redirects=False) as response:
                if response.status != 200:
                    raise status_error(Answer(response.status, response.headers, b""), self.clean("the picture's file"))
                return await self.read(response, MOST_PICTURE_BYTES)

    def _session_for(self, *, own: bool) -> aiohttp.ClientSession:
        """Give the session for the engine itself, or for a stranger, who sees no key."""
        if own:
            self._own = self._own or self._session(None, self._headers)
            return self._own
        self._foreign = self._foreign or self._session(PublicResolver(), {})
        return self._foreign

    def _session(self, resolver: AbstractResolver | None, headers: Mapping[str, str]) -> aiohttp.ClientSession:
        limits = self._limits
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, force_close=True, resolver=resolver),
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=None, connect=limits.connect_seconds, sock_read=limits.idle_seconds),
            cookie_jar=aiohttp.DummyCookieJar(),
            read_bufsize=BUFFER,
        )


# What goes wrong on the way, the first that fits: what it means, and whether the request may have arrived.
_FAULTS: tuple[tuple[type[Exception], type[EngineError], str, bool], ...] = (
    (aiohttp.InvalidURL, Misconfigured, gettext_noop("not an address"), False),
    (aiohttp.ClientConnectorDNSError, EngineDown, gettext_noop("the name is not known"), False),
    (aiohttp.ClientSSLError, EngineDown, gettext_noop("no TLS connection that can be trusted"), False),
    (aiohttp.ConnectionTimeoutError, EngineDown, gettext_noop("no connection in time"), False),
    (aiohttp.ClientConnectorError, EngineDown, gettext_noop("no connection"), False),
    (TimeoutError, TimedOut, gettext_noop("silent for too long"), True),
    (aiohttp.ClientPayloadError, BadResult, gettext_noop("the answer was cut short"), True),
    (aiohttp.WSServerHandshakeError, RemoteFailed, gettext_noop("no websocket"), False),
    (aiohttp.ClientResponseError, BadResult, gettext_noop("the answer is not HTTP"), True),
    (aiohttp.ClientError, EngineDown, gettext_noop("the connection broke"), True),
    (OSError, EngineDown, gettext_noop("the connection broke"), True),
)


@contextmanager
def _faults(http: Http, *, charges: bool) -> Iterator[None]:
    """Turn what goes wrong on the way into an `EngineError`."""
    try:
        yield
    except (aiohttp.ClientError, OSError) as fault:  # TimeoutError is an OSError
        for kind, error, text, arrived in _FAULTS:
            if isinstance(fault, kind):
                detail = http.clean(f"{text}: {_reason(fault)}")
                raise error(detail, maybe_charged=charges and arrived) from None  # the fault may show headers
        raise


def _reason(fault: Exception) -> str:
    """Say what the system or TLS says, where the library only packs it into its own words."""
    cause = getattr(fault, "os_error", None) or getattr(fault, "certificate_error", None) or fault
    refused = isinstance(cause, ConnectionError) and cause.errno
    return os.strerror(refused) if refused else str(getattr(cause, "strerror", None) or cause)


def status_error(answer: Answer, detail: str, *, charges: bool = False) -> EngineError:
    """Give what a status means where the body does not say more."""
    detail, status = f"{answer.status}: {detail}", answer.status
    if status == 429:
        return RateLimited(detail, retry_after=answer.retry_after)
    if status in (401, 403):
        return AuthFailed(detail)
    if status == 402:
        return QuotaExhausted(detail)
    if status in (400, 413, 422):
        return InvalidParameter("", detail)
    if status in NO_LONGER_SURE or 502 <= status <= 599:
        unsure = charges and status in NO_LONGER_SURE
        return EngineDown(detail, retry_after=answer.retry_after, maybe_charged=unsure)
    return RemoteFailed(detail) if status >= 500 else Misconfigured(detail)
