"""Pictures that engines make are checked in a child process."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from functools import partial

import pytest

from generation.engines.child import ChildPool
from generation.engines.inspecting import MODULE, inspect_beside
from generation.processing.pictures import Inspected, InvalidPicture, inspect
from tests.generation.engines.peers.serving import picture


@pytest.fixture
async def inspectors() -> AsyncIterator[ChildPool]:
    pool = ChildPool(MODULE, 1)
    yield pool
    await pool.close()


async def look(inspectors: ChildPool, data: bytes) -> Inspected:
    """Have a picture checked as soon as a child is free."""
    return await inspect_beside(inspectors, data, partial(asyncio.sleep, 0))


async def test_a_child_finds_what_is_found_here(inspectors: ChildPool) -> None:
    data = picture(3, 400, 300)
    assert await look(inspectors, data) == inspect(data)


async def test_what_is_no_picture_is_refused_by_its_code(inspectors: ChildPool) -> None:
    with pytest.raises(InvalidPicture, match="not_a_picture"):
        await look(inspectors, b"<html>")


async def test_a_child_that_ends_costs_its_picture_alone(inspectors: ChildPool) -> None:
    async with inspectors.child() as child:
        os.kill(child.pid, signal.SIGSTOP)
    call = asyncio.create_task(look(inspectors, picture(3, 64, 64)))
    await asyncio.sleep(0)  # it is asked, and will not answer
    os.kill(child.pid, signal.SIGKILL)
    with pytest.raises(InvalidPicture, match="broken"):
        await call
    assert (await look(inspectors, picture(3, 64, 64))).width == 64


async def test_children_are_started_before_they_are_needed(inspectors: ChildPool) -> None:
    await inspectors.prepare(5)  # as many as the pool has
    async with inspectors.child() as child:
        assert child.alive
        prepared = child.pid
    await look(inspectors, picture(3, 64, 64))
    async with inspectors.child() as child:
        assert child.pid == prepared
