"""From a worker to open pages: 200 sockets on a real daphne, 400 events a second."""

import asyncio
import json
import time
import uuid
from typing import Any

from bench.figures import Figure
from bench.product import free_port, fresh_product, listens, make_member, percentile, running, until

SOCKETS = 200
SECONDS = 15
RATE = 400  # events a second: half changes of state, half progress


def main() -> None:
    """Send as a drain does, read as pages do, all on this machine."""
    with fresh_product():
        from accounts.services.tokens import create_token

        members = [make_member(f"member{number}") for number in range(SOCKETS)]
        secrets = [create_token(member, name="bench", scope="read")[1] for member in members]
        port = free_port()
        with running("-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "imagegen.asgi:application"):
            until(lambda: listens(port))
            asyncio.run(_measure(port, [member.pk for member in members], secrets))


async def _measure(port: int, members: list[int], secrets: list[str]) -> None:
    from websockets.asyncio.client import connect

    received: dict[str, list[float]] = {"job": [], "progress": []}
    greeted = asyncio.Semaphore(0)

    async def listen(secret: str) -> None:
        headers = {"Authorization": f"Bearer {secret}"}
        async with connect(f"ws://127.0.0.1:{port}/ws/jobs/", additional_headers=headers) as page:
            async for text in page:
                message = json.loads(text)
                if message["type"] == "hello":
                    greeted.release()
                else:
                    sent = message.get("sent") or message["job"]["sent"]
                    received[message["type"]].append(time.time() - sent)

    pages = [asyncio.create_task(listen(secret)) for secret in secrets]
    for _ in secrets:
        await greeted.acquire()
    sent = await _send(members)
    await asyncio.sleep(1)
    for page in pages:
        page.cancel()
    await asyncio.gather(*pages, return_exceptions=True)
    _report(sent, received)


async def _send(members: list[int]) -> int:
    """Change one state and one progress 200 times a second, round the members; the board sends as in a drain."""
    from generation.services.progress import ProgressBoard
    from imagegen import events

    board = ProgressBoard()
    sender = asyncio.create_task(board.send_forever())
    sent, started = 0, time.monotonic()
    while time.monotonic() - started < SECONDS:
        member = members[sent % len(members)]
        message = {
            "type": "job.changed",
            "seq": sent,
            "job": {"images": [], "prompt": "a kitten" * 100, "sent": time.time()},
        }
        await events.send(events.member_group(member), message)
        image = uuid.uuid4()
        state: dict[str, Any] = {"job": "", "image": str(image), "index": 0, "progress": 0.5, "sent": time.time()}
        board.put(image, member, state)
        sent += 1
        await asyncio.sleep(max(0.0, started + sent / (RATE / 2) - time.monotonic()))
    await asyncio.sleep(0.5)
    sender.cancel()
    return sent


def _report(sent: int, received: dict[str, list[float]]) -> None:
    jobs, progress = received["job"], received["progress"]
    scene = f"{SOCKETS} sockets, {RATE} events/s"
    Figure(f"worker → page, {scene}: change of state, p50", 1000 * percentile(jobs, 0.5), "ms").report()
    Figure(f"worker → page, {scene}: change of state, p99", 1000 * percentile(jobs, 0.99), "ms", 100).report()
    Figure(f"worker → page, {scene}: progress, p99", 1000 * percentile(progress, 0.99), "ms", 250).report()
    Figure("  events lost", 2 * sent - len(jobs) - len(progress), "events", 0).report()


if __name__ == "__main__":
    main()
