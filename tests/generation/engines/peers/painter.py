"""The painter of docs/adding-an-engine.md."""

import asyncio

from aiohttp import web

from tests.generation.engines.peers.serving import picture

SECONDS = 0.2


def painter() -> web.Application:
    """Give the server to serve."""
    application = web.Application()
    application.add_routes([web.get("/health", _health), web.get("/paint", _paint)])
    return application


async def _health(_: web.Request) -> web.Response:
    return web.Response(text="well")


async def _paint(request: web.Request) -> web.Response:
    await asyncio.sleep(SECONDS)
    size = (int(request.query[side]) for side in ("width", "height"))
    return web.Response(body=picture(int(request.query["seed"]), *size), content_type="image/png")
