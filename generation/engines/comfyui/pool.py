"""Which server takes the next prompt."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from generation.engines.base import EngineError
from generation.engines.comfyui.server import Server
from generation.engines.comfyui.settings import ComfyUISettings

DOWN_SECONDS = 10.0  # until a server that was lost is asked again


class Pool:
    """The servers of one engine."""

    def __init__(self, settings: ComfyUISettings) -> None:
        self._settings = settings
        self._all = {url: Server(url, settings) for url in settings.servers}
        self.servers = list(self._all.values())

    def server(self, url: str) -> Server:
        """Give a server by its address, one that the admin has taken out of the list included."""
        if url not in self._all:
            self._all[url] = Server(url, self._settings)
        return self._all[url]

    async def in_turn(self) -> AsyncIterator[Server]:
        """Give the servers that answer, the one with least to do first; those that were down wait until they may be up.

        Raises `EngineError` where none answers.
        """
        up = [server for server in self.servers if server.down_until < time.monotonic()] or self.servers
        lengths = await asyncio.gather(*(server.queue_length() for server in up), return_exceptions=True)
        queues: dict[Server, int] = {}
        fault: BaseException | None = None
        for server, length in zip(up, lengths, strict=True):
            if isinstance(length, EngineError):
                self.note_down(server)
                fault = length
            elif isinstance(length, BaseException):
                raise length
            else:
                queues[server] = length
        if fault and not queues:
            raise fault
        while queues:
            # What others of ours have just been given does not show in a queue yet.
            server = min(queues, key=lambda server: (max(queues[server], server.load), server.load))
            del queues[server]
            yield server

    @contextmanager
    def using(self, server: Server) -> Iterator[None]:
        """Count a prompt of ours while it is there."""
        server.load += 1
        try:
            yield
        finally:
            server.load -= 1

    def note_down(self, server: Server) -> None:
        """Leave a server alone for a while."""
        server.down_until = time.monotonic() + DOWN_SECONDS

    async def close(self) -> None:
        """Give back what is open."""
        await asyncio.gather(*(server.close() for server in self._all.values()))
