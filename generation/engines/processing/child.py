"""The child process that runs recipes: a picture and a recipe come in, progress and the new picture go back."""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from typing import cast

from generation.engines import messages
from generation.processing.encoding import TooHeavy
from generation.processing.operations import NoSubject, OptionMissing
from generation.processing.pictures import InvalidPicture
from generation.processing.recipes import MOST_OPERATIONS, Processed, TooLarge, read_recipe, run_recipe

PR_SET_PDEATHSIG = 1
NICE = 10  # pictures of members who look come first; the illustrator is at 5


def main(nice: int = NICE) -> None:
    """Run what is ordered until the worker closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which closes the pipe
    os.nice(nice)
    if sys.platform == "linux":  # elsewhere the end of file on the pipe must do
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    while message := messages.receive(sys.stdin.buffer):
        _answer(message.head, message.body)


def _answer(head: Mapping[str, object], body: bytes) -> None:
    """Run one order; what went wrong is an answer, too."""
    try:
        made = _run(head, body)
    except MemoryError as error:
        failure = ("memory", repr(error))
    except InvalidPicture as error:
        failure = ("picture", error.code)
    except (TooLarge, TooHeavy, OptionMissing, NoSubject) as error:
        names: dict[type[Exception], str] = {
            TooLarge: "too_large", TooHeavy: "too_heavy", OptionMissing: "option_missing", NoSubject: "no_subject",
        }  # fmt: skip
        failure = (names[type(error)], str(error))
    except Exception as error:  # the worker decides what becomes of it, and this process is still good
        failure = ("failed", repr(error))
    else:
        return messages.send(sys.stdout.buffer, {"done": True}, made.data)
    return messages.send(sys.stdout.buffer, {"done": True, "failure": failure[0], "detail": failure[1]})


def _run(head: Mapping[str, object], body: bytes) -> Processed:
    limit = int(cast(int, head["memory_mb"])) * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (limit, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    length = cast(int, head["length"])
    pictures, start = {}, length
    for name, size in json.loads(cast(str, head["pictures"])):
        pictures[name] = body[start : start + size]
        start += size
    # Its length was looked at before; that of a preview begins and ends with an operation of its own.
    recipe = read_recipe(json.loads(cast(str, head["recipe"])), most=MOST_OPERATIONS + 2)
    return run_recipe(body[:length], recipe, pictures, report=_report)


def _report(fraction: float, operation: str, number: int) -> None:
    messages.send(sys.stdout.buffer, {"fraction": fraction, "operation": operation, "number": number})


if __name__ == "__main__":
    main()
