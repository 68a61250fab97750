"""What many calls ask the database at the same time, answered in one transaction of a thread that serves them alone."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from django.db import close_old_connections, connections

Question = TypeVar("Question")
Reply = TypeVar("Reply")


class Gathering(Generic[Question, Reply]):
    """Collects questions while the database answers earlier ones; `answer` gives one reply for each, in order.

    It belongs to the event loop that first asks. Its thread has a connection of its own, so that calls which are about
    to start need not wait until the endings of others are recorded.
    """

    def __init__(self, answer: Callable[[list[Question]], list[Reply]]) -> None:
        self._answer = answer
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gathering")
        self._asked: list[tuple[Question, asyncio.Future[Reply]]] = []
        self._answering: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Reply:
        """Give the reply, read after this was asked. Raises what `answer` raises."""
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._asked.append((question, reply))
        if self._answering is None or self._answering.done():
            self._answering = asyncio.create_task(self._answer_all())
        return await reply

    def close(self) -> None:
        """Give back the thread and its connection, once it has answered what was asked."""
        self._thread.submit(connections.close_all)
        self._thread.shutdown(wait=False)

    async def _answer_all(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            waiting = [(question, reply) for question, reply in asked if not reply.done()]
            try:
                replies = await asyncio.get_running_loop().run_in_executor(
                    self._thread, self._answered, [question for question, _ in waiting]
                )
            except Exception as error:
                for _, reply in waiting:
                    if not reply.done():
                        reply.set_exception(error)
            else:
                for (_, reply), said in zip(waiting, replies, strict=True):
                    if not reply.done():  # who asked may be gone
                        reply.set_result(said)

    def _answered(self, questions: list[Question]) -> list[Reply]:
        close_old_connections()  # one that broke since the last time
        return self._answer(questions)
