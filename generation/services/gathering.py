"""What many calls ask the database at the same time, answered in one turn of its thread."""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from asgiref.sync import sync_to_async

Question = TypeVar("Question")
Reply = TypeVar("Reply")


class Gathering(Generic[Question, Reply]):
    """Collects questions while the database answers earlier ones; `answer` gives one reply for each, in order.

    It belongs to the event loop that first asks.
    """

    def __init__(self, answer: Callable[[list[Question]], list[Reply]]) -> None:
        self._answer = sync_to_async(answer)
        self._asked: list[tuple[Question, asyncio.Future[Reply]]] = []
        self._answering: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Reply:
        """Give the reply, read after this was asked. Raises what `answer` raises."""
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._asked.append((question, reply))
        if self._answering is None or self._answering.done():
            self._answering = asyncio.create_task(self._answer_all())
        return await reply

    async def _answer_all(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            waiting = [(question, reply) for question, reply in asked if not reply.done()]
            try:
                replies = await self._answer([question for question, _ in waiting])
            except Exception as error:
                for _, reply in waiting:
                    if not reply.done():
                        reply.set_exception(error)
            else:
                for (_, reply), said in zip(waiting, replies, strict=True):
                    if not reply.done():  # who asked may be gone
                        reply.set_result(said)
