"""Checks pictures in child processes: decoding one, whatever it holds, neither holds up nor ends the calls beside it.

Each thread that asks has a child of its own, started when needed and used again.
"""

import signal
import subprocess
import sys
import threading
from typing import Any, BinaryIO, cast

from generation.engines import messages
from generation.engines.child import PROJECT
from generation.processing.pictures import Inspected, InvalidPicture, Renditions, inspect

MODULE = "generation.engines.inspecting"
_own = threading.local()


def inspect_beside(data: bytes) -> Inspected:
    """Do what `inspect` does, in this thread's child process. Raises `InvalidPicture`, also for one that ends it."""
    answer = _ask(data) or _ask(data)  # the child may have been killed while it had nothing to do
    if answer is None:
        raise InvalidPicture("broken")
    head = cast(dict[str, Any], answer.head)
    if failure := head.get("failure"):
        raise InvalidPicture(failure)
    length = head.pop("thumbnail")
    renditions = Renditions(answer.body[:length], answer.body[length:], head.pop("placeholder"))
    return Inspected(**head, renditions=renditions)


def _ask(data: bytes) -> messages.Message | None:
    """Give the child's answer; None where there is no child any more."""
    if not hasattr(_own, "child"):
        _own.child = subprocess.Popen(
            [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=PROJECT
        )
    child: subprocess.Popen[bytes] = _own.child
    try:
        messages.send(cast(BinaryIO, child.stdin), {}, data)
        answer = messages.receive(cast(BinaryIO, child.stdout))
    except OSError:
        answer = None
    if answer is None:
        del _own.child
        child.kill()
        child.communicate()  # closes the pipes
    return answer


def main() -> None:
    """Check pictures until the worker closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which closes the pipe
    while message := messages.receive(sys.stdin.buffer):
        try:
            made = inspect(message.body)
        except InvalidPicture as error:
            messages.send(sys.stdout.buffer, {"failure": error.code})
        else:
            _send(made)


def _send(made: Inspected) -> None:
    shown = made.renditions
    head = {
        "extension": made.extension, "width": made.width, "height": made.height,
        "placeholder": shown.placeholder, "thumbnail": len(shown.thumbnail),
    }  # fmt: skip
    messages.send(sys.stdout.buffer, head, shown.thumbnail + shown.display)


if __name__ == "__main__":
    main()
