"""The child process that checks pictures: what one does to a decoder neither holds up nor ends the calls beside it."""

import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, cast

from generation.engines import messages
from generation.engines.child import ChildDied, ChildPool
from generation.processing.pictures import Inspected, InvalidPicture, Renditions, inspect

MODULE = "generation.engines.inspecting"


async def inspect_beside(inspectors: ChildPool, data: bytes, may_begin: Callable[[], Awaitable[None]]) -> Inspected:
    """Do what `inspect` does, in a child that runs `MODULE`. Raises `InvalidPicture`, also where it ends the child.

    `may_begin` is awaited when a child is free.
    """
    try:
        async with inspectors.child() as child:
            await may_begin()
            answer = [message async for message in child.call({}, data)][-1]
    except ChildDied as error:
        raise InvalidPicture("broken") from error
    found = cast(dict[str, Any], answer.head)
    if code := found.get("refused"):
        raise InvalidPicture(code)
    length = found["length"]
    renditions = Renditions(answer.body[:length], answer.body[length:], found["placeholder"])
    return Inspected(found["extension"], found["width"], found["height"], renditions)


def main() -> None:
    """Check pictures until the worker closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which closes the pipe
    while message := messages.receive(sys.stdin.buffer):
        try:
            _tell(inspect(message.body))
        except InvalidPicture as error:
            messages.send(sys.stdout.buffer, {"done": True, "refused": error.code})


def _tell(made: Inspected) -> None:
    found = asdict(made)
    shown = found.pop("renditions")
    found |= {"done": True, "placeholder": shown["placeholder"], "length": len(shown["thumbnail"])}
    messages.send(sys.stdout.buffer, found, shown["thumbnail"] + shown["display"])


if __name__ == "__main__":
    main()
