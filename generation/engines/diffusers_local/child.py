"""The child process that holds a model: orders come over standard input, steps and the picture go back.

A thread reads the input all the time: a wish to stop is heard between two steps, and the end of the input ends the
process in the middle of whatever it does.
"""

import ctypes
import os
import queue
import signal
import sys
import threading
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image

from generation.engines.diffusers_local.pipelines import Models, Order, Refused, Stopped
from generation.engines.messages import Message, receive, send
from generation.processing.png import encode_png

PR_SET_PDEATHSIG = 1


class Voice:
    """What the child says; libraries that print are sent to standard error."""

    def __init__(self) -> None:
        self._stream: BinaryIO = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)

    def say(self, head: dict[str, object], body: bytes = b"") -> None:
        """Send a message."""
        send(self._stream, head, body)


def main() -> None:
    """Make what is ordered until the worker closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which closes the pipe
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    voice, models = Voice(), Models()
    orders: queue.Queue[Message] = queue.Queue()
    stopping = threading.Event()
    threading.Thread(target=_hear, args=(orders, stopping), daemon=True).start()
    while True:
        order = orders.get()
        stopping.clear()
        _carry_out(models, order, voice, stopping)


def _hear(orders: "queue.Queue[Message]", stopping: threading.Event) -> None:
    while message := receive(sys.stdin.buffer):
        if message.head.get("cancel"):
            stopping.set()
        else:
            orders.put(message)
    os._exit(0)


def _carry_out(models: Models, message: Message, voice: Voice, stopping: threading.Event) -> None:
    head: dict[str, Any] = message.head
    pictures = message.body[: head["reference"]], message.body[head["reference"] :]
    order = Order(**(head | {"reference": _opened(pictures[0], "RGB"), "mask": _opened(pictures[1], "L")}))
    try:
        voice.say({"fraction": 0.0, "stage": "loading"})
        image = models.make(order, lambda *told: _tell(voice, *told), stopping.is_set)
    except Stopped:
        voice.say({"done": True, "stopped": True})
    except Refused as refusal:
        voice.say({"done": True, "error": refusal.code, "detail": refusal.detail})
    except MemoryError:
        voice.say({"done": True, "error": "memory"})
    except Exception as error:  # whatever a library raises costs this picture alone
        memory = "out of memory" in str(error).lower() or "OutOfMemory" in type(error).__name__
        voice.say(
            {
                "done": True,
                "error": "memory" if memory else "failed",
                "detail": f"{type(error).__name__}: {error}"[:300],
            }
        )
    else:
        voice.say({"done": True}, encode_png(image))


def _tell(voice: Voice, step: int, steps: int, preview: Image.Image | None) -> None:
    head: dict[str, object] = {"fraction": 0.97 * step / steps, "stage": "sampling", "step": step, "steps": steps}
    voice.say(head, _webp(preview) if preview else b"")


def _opened(data: bytes, mode: str) -> Image.Image | None:
    return Image.open(BytesIO(data)).convert(mode) if data else None


def _webp(image: Image.Image) -> bytes:
    output = BytesIO()
    image.save(output, "WEBP")
    return output.getvalue()


if __name__ == "__main__":
    main()
