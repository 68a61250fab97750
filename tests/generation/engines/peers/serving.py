"""Serving an aiohttp application, and pictures to answer with."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

from aiohttp import web
from PIL import Image
from PIL.PngImagePlugin import PngInfo


@asynccontextmanager
async def served(application: web.Application, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on a loopback port and give its address."""
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await asyncio.sleep(0)


def picture(seed: int, width: int, height: int, *, text: str = "") -> bytes:
    """Make a PNG in the colour of a seed."""
    colours = random.Random(seed)
    image = Image.new("RGB", (width, height), tuple(colours.randrange(256) for _ in range(3)))
    facts, output = PngInfo(), BytesIO()
    if text:
        facts.add_text("prompt", text)
    image.save(output, "PNG", pnginfo=facts)
    return output.getvalue()


def small_jpeg() -> bytes:
    """Make a preview."""
    output = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(output, "JPEG")
    return output.getvalue()
