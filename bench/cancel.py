"""From pressing *Cancel* to the word of it on an open page, through a real daphne and a real worker."""

import asyncio
import json
import time
import urllib.request
from typing import Any

from bench.figures import Figure
from bench.product import (
    free_port,
    fresh_product,
    listens,
    make_engine,
    make_member,
    percentile,
    running,
    submit,
    until,
)

IMAGES = 48


def main() -> None:
    """Cancel pictures one after another while all of them run."""
    with fresh_product():
        from accounts.services.tokens import create_token
        from generation.models import Image

        make_engine(seconds=60.0)
        member = make_member()
        _, secret = create_token(member, name="bench", scope="write")
        submit(member, IMAGES)
        port = free_port()
        web = ("-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "imagegen.asgi:application")
        with running(*web), running("manage.py", "work", "generate"):
            until(lambda: listens(port))
            me = urllib.request.Request(
                f"http://127.0.0.1:{port}/api/v1/me", headers={"Authorization": f"Bearer {secret}"}
            )
            _send(me)  # the first request loads what all need
            until(lambda: Image.objects.filter(status=Image.Status.RUNNING).count() == IMAGES)
            images = [str(pk) for pk in Image.objects.values_list("pk", flat=True)]
            told, ended = asyncio.run(_measure(port, images, secret))
        Figure("cancel → told on the page, p50", 1000 * percentile(told, 0.5), "ms").report()
        Figure("cancel → told on the page, p99", 1000 * percentile(told, 0.99), "ms", 300).report()
        Figure("cancel → the engine has stopped, p99", 1000 * percentile(ended, 0.99), "ms").report()


async def _measure(port: int, images: list[str], secret: str) -> tuple[list[float], list[float]]:
    """Give the seconds until each cancel was told and until it was done."""
    from websockets.asyncio.client import connect

    headers = {"Authorization": f"Bearer {secret}"}
    told: list[float] = []
    ended: list[float] = []
    async with connect(f"ws://127.0.0.1:{port}/ws/jobs/", additional_headers=headers) as page:
        for image in images:
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/api/v1/images/{image}/cancel", method="POST", headers=headers
            )
            pressed = time.monotonic()
            answer = asyncio.create_task(asyncio.to_thread(_send, request))
            seen: list[str] = []
            while "over" not in seen:
                state = _state(json.loads(await page.recv()), image)
                if state and state not in seen:
                    seen.append(state)
                    (told if len(seen) == 1 else ended).append(time.monotonic() - pressed)
            await answer
    return told, ended or told


def _send(request: urllib.request.Request) -> None:
    with urllib.request.urlopen(request):  # noqa: S310  our own address
        pass


def _state(message: dict[str, Any], wanted: str) -> str:
    """Tell whether a message says that the image is being cancelled, or is over."""
    images = message["job"]["images"] if message["type"] == "job" else []
    for image in images:
        if image["id"] == wanted and image["status"] not in ("queued", "running"):
            return "over"
        if image["id"] == wanted and image["stage"] == "cancelling":
            return "cancelling"
    return ""


if __name__ == "__main__":
    main()
