"""The child process that draws: orders come over standard input, previews and the picture go back."""

import ctypes
import os
import signal
import sys
from typing import TypedDict, cast

from generation.engines import messages
from generation.engines.illustrator.painting import Order, Painting

PR_SET_PDEATHSIG = 1


class OrderHead(TypedDict):
    """What the worker asks for; the reference picture travels as the body, the mask behind it."""

    prompt: str
    negative_prompt: str
    style: str
    width: int
    height: int
    seed: int
    strength: float | None
    title: str


def main() -> None:
    """Draw what is ordered until the worker closes the pipe."""
    _live_and_die_with_the_worker()
    while message := messages.receive(sys.stdin.buffer):
        size = cast(int, message.head.pop("reference_size"))
        reference, mask = message.body[:size], message.body[size:]
        _answer(Painting(Order(**cast(OrderHead, message.head), reference=reference or None, mask=mask or None)))


def _answer(painting: Painting) -> None:
    for stage in painting.stages():
        head = {"fraction": stage.fraction, "stage": stage.name}
        messages.send(sys.stdout.buffer, head, stage.preview())
    messages.send(sys.stdout.buffer, {"done": True, "facts": painting.facts}, painting.png())


def _live_and_die_with_the_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which closes the pipe
    os.nice(5)
    if sys.platform == "linux":  # elsewhere the end of file on the pipe must do
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
