"""Zip files as a browser gets them."""

import asyncio
from typing import Any

from django.test import AsyncClient

from accounts.models import User


def download(member: User, *images: object) -> tuple[Any, bytes]:
    """Ask for a zip as a browser does; gives the answer and its bytes."""

    async def ask() -> tuple[Any, bytes]:
        client = AsyncClient()
        await client.aforce_login(member)
        answer: Any = await client.post("/images/download/", {"image": list(images)})
        return answer, b"".join([piece async for piece in answer.streaming_content]) if answer.streaming else b""

    return asyncio.run(ask())
