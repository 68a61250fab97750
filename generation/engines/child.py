"""Child processes for CPU work: messages over pipes, one call at a time per child.

Workers of the queue are daemonic and may not fork pools, so a child is a fresh interpreter. It ends
at the end of file on its input; whatever goes wrong in a call costs that child alone.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Self, cast

from generation.engines.messages import HEADER, Message, pack, unpack_head

PROJECT = Path(__file__).parents[2]
BUFFER = 2**22  # bytes; with asyncio's 64 kB a picture stops and starts the pipe again and again
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # one child, one core


class ChildDied(Exception):
    """The child process ended in the middle of a call."""


class Child:
    """One child process that runs `module` and answers one call at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.pid = process.pid
        self._process = process
        self._input = cast(asyncio.StreamWriter, process.stdin)
        self._output = cast(asyncio.StreamReader, process.stdout)

    @classmethod
    async def start(cls, module: str) -> Self:
        """Start a fresh interpreter on `module`."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=BUFFER,
            cwd=PROJECT,
            env=os.environ | ONE_THREAD,
        )
        return cls(process)

    async def call(self, head: Mapping[str, object], body: bytes = b"") -> AsyncIterator[Message]:
        """Send one message and yield the answers until the one that is `done`. Raises `ChildDied`."""
        try:
            self._input.write(pack(head, body))
            await self._input.drain()
            done = False
            while not done:
                message = await self._receive()
                done = bool(message.head.get("done"))
                yield message
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise ChildDied(f"child {self.pid} died with status {await self._process.wait()}") from error

    async def tell(self, head: Mapping[str, object]) -> None:
        """Send a message in the middle of a call; a child that is gone does not hear it."""
        with suppress(ConnectionError):
            self._input.write(pack(head))
            await self._input.drain()

    async def kill(self) -> None:
        """End the process now; killing twice is fine."""
        if self._process.returncode is None:
            self._process.kill()
        self._input.close()
        await self._process.wait()

    @property
    def alive(self) -> bool:
        """Whether the process was still running when last heard of."""
        return self._process.returncode is None

    async def _receive(self) -> Message:
        head_size, body_size = HEADER.unpack(await self._output.readexactly(HEADER.size))
        head = unpack_head(await self._output.readexactly(head_size))
        return Message(head, await self._output.readexactly(body_size))


class ChildPool:
    """At most `size` children of one module, started when needed and used again.

    Belongs to the event loop that first uses it.
    """

    def __init__(self, module: str, size: int) -> None:
        self._module = module
        self._size = size
        self._free = asyncio.Semaphore(size)
        self._children: set[Child] = set()
        self._idle: list[Child] = []

    @asynccontextmanager
    async def child(self) -> AsyncIterator[Child]:
        """Lend a child for one call; one that leaves by an exception, cancellation included, is killed."""
        async with self._free:
            child = await self._take()
            try:
                yield child
            except BaseException:
                self._children.discard(child)
                await child.kill()
                raise
            self._idle.append(child)

    async def prepare(self, count: int) -> None:
        """Start up to `count` children before they are needed."""
        async with AsyncExitStack() as lent:
            for _ in range(min(count, self._size)):
                await lent.enter_async_context(self.child())

    async def close(self) -> None:
        """End all children; calls that still run fail with `ChildDied`."""
        self._idle.clear()
        children, self._children = self._children, set()
        await asyncio.gather(*(child.kill() for child in children))

    async def _take(self) -> Child:
        while self._idle:
            child = self._idle.pop()
            if child.alive:
                return child
            self._children.discard(child)
        child = await Child.start(self._module)
        self._children.add(child)
        return child
