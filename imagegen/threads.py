"""Where requests run: each in one thread, from its middlewares to its end, and threads are kept with what they hold."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

KEPT = 6  # idle threads: a browser asks for six things at once


class ThreadedHandler(ASGIHandler):
    """Answers in kept threads. Django's own starts one a request and changes threads between its middlewares.

    That, and opening the database anew, took a third of the processor's time that a thumbnail costs.
    """

    def __init__(self) -> None:
        self._idle: list[ThreadPoolExecutor] = []
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        """Have all of the chain run in the request's thread; an async view runs in the event loop all the same."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Go through the chain in the request's thread."""
        return await sync_to_async(self.get_response)(request)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request in a thread that nobody else uses meanwhile."""
        thread = self._idle.pop() if self._idle else ThreadPoolExecutor(1)
        keep = False
        try:
            async with ThreadSensitiveContext(executor=thread):
                await super().__call__(scope, receive, send)
            keep = len(self._idle) < KEPT
        finally:  # one that is not kept ends when it is done: a request that was broken off may still be at work in it
            if keep:
                self._idle.append(thread)
            else:
                thread.submit(connections.close_all)
                thread.shutdown(wait=False)
