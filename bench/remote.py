"""A lane of 100 remote calls at once: 1,000 pictures of 2 s each from a server over HTTP, in one worker process."""

import asyncio
import base64
import json
import re
import resource
import socket
import sys
import threading
import time
import urllib.request
from io import BytesIO
from pathlib import Path
from typing import cast

from PIL import Image

from bench.figures import Figure
from bench.product import fresh_product, make_member, running, submit, until

IMAGES, SLOTS, SECONDS = 1_000, 100, 2.0
IDEAL = IMAGES / SLOTS * SECONDS
WARM = 200  # pictures after which memory must not grow any more


def main() -> None:
    """Time the drain from its start to the last picture, and watch its memory."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with fresh_product():
        with running("-m", "bench.remote", str(port)):
            until(lambda: _answers(port))
            others = _processor_of_children()
            started, finished, processor, memory = _drained(port)
            children = _processor_of_children() - others
        server = _processor_of_children() - others - children
        Figure(
            f"{IMAGES} remote calls of 2 s, {SLOTS} at once, one worker ÷ ideal", (finished - started) / IDEAL, "×", 1.1
        ).report()
        Figure(f"  its memory grows after the first {WARM} by", memory, "MB", 20).report()
        Figure("  its processor time a picture", 1000 * processor / IMAGES, "ms").report()
        Figure("  that of its children, which check pictures", 1000 * children / IMAGES, "ms").report()
        Figure("  and that of the server beside it", 1000 * server / IMAGES, "ms").report()
        Figure("  at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB").report()


def _drained(port: int) -> tuple[float, float, float, float]:
    from asgiref.sync import async_to_sync

    from generation.models import Engine, LaneState
    from generation.models import Image as Row
    from generation.services.runner import Drain
    from imagegen import events

    engine = Engine.objects.create(
        slug="remote", name="remote", kind="openai-images", concurrency=SLOTS,
        settings={"base_url": f"http://127.0.0.1:{port}/v1", "models": "m", "dialect": "other"},
    )  # fmt: skip
    LaneState.objects.create(engine=engine)
    member = make_member()
    submit(member, IMAGES)
    events.note_presence(member.pk)  # somebody looks, for as long as this takes: pages are told of each change
    made = Row.objects.filter(status=Row.Status.SUCCEEDED)
    resident: list[float] = []
    watching = threading.Event()
    threading.Thread(target=_watch, args=(watching, resident), daemon=True).start()
    started, processor = time.time(), time.process_time()
    async_to_sync(Drain(idle_seconds=0.5).run)()
    processor = time.process_time() - processor
    watching.set()
    assert made.count() == IMAGES
    last = made.order_by("-finished_at").values_list("finished_at", flat=True)[0]
    assert last
    warm = resident[round(len(resident) * WARM / IMAGES) :]
    half = len(warm) // 2
    return started, last.timestamp(), processor, max(warm[half:]) - max(warm[:half])


def _processor_of_children() -> float:
    """Give the seconds of processor of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(over: threading.Event, resident: list[float]) -> None:
    while not over.wait(0.25):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        resident.append(pages * resource.getpagesize() / 1_000_000)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/models", timeout=1).close()
        return True
    except OSError:
        return False


class Peer(asyncio.Protocol):
    """Answers a request for a picture two seconds after it has come, and takes next to no processor for that."""

    picture: bytes  # the whole answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        self._transport = cast(asyncio.Transport, transport)
        self._received = b""

    def data_received(self, data: bytes) -> None:
        """Answer once the request is whole."""
        self._received += data
        head, _, body = self._received.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        if head.startswith(b"GET"):
            self._answer(_http(b'{"data": []}'))
        elif length and len(body) == int(length[1]):
            asyncio.get_running_loop().call_later(SECONDS, self._answer, self.picture)

    def _answer(self, answer: bytes) -> None:
        self._transport.write(answer)
        self._transport.close()


def _http(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close"
    return head.encode() + b"\r\n\r\n" + body


async def serve(port: int) -> None:
    """Serve pictures until the process is ended."""
    output = BytesIO()
    Image.effect_noise((256, 256), 60).convert("RGB").save(output, "PNG")
    picture = base64.b64encode(output.getvalue()).decode()
    Peer.picture = _http(json.dumps({"created": 1, "data": [{"b64_json": picture}]}).encode())
    server = await asyncio.get_running_loop().create_server(Peer, "127.0.0.1", port, backlog=SLOTS)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]))) if len(sys.argv) > 1 else main()
