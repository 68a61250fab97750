"""What many calls ask at the same time is answered in one turn."""

import asyncio
import threading

import pytest
from asgiref.sync import sync_to_async

from generation.services.gathering import Gathering


async def test_what_is_asked_at_the_same_time_is_answered_at_once() -> None:
    turns: list[list[int]] = []

    def double(numbers: list[int]) -> list[int]:
        turns.append(numbers)
        return [2 * number for number in numbers]

    gathering = Gathering(double)
    assert await asyncio.gather(*map(gathering.ask, range(100))) == list(range(0, 200, 2))
    assert await gathering.ask(7) == 14
    assert turns == [list(range(100)), [7]]


async def test_everybody_hears_of_a_failure_and_the_next_ask_is_a_new_one() -> None:
    def divide(numbers: list[int]) -> list[float]:
        return [1 / number for number in numbers]

    gathering = Gathering(divide)
    failed = await asyncio.gather(gathering.ask(0), gathering.ask(1), return_exceptions=True)
    assert [type(error) for error in failed] == [ZeroDivisionError] * 2
    assert await gathering.ask(2) == 0.5


async def test_who_is_gone_keeps_nobody_from_a_reply() -> None:
    gathering: Gathering[int, int] = Gathering(lambda numbers: numbers)
    gone = asyncio.create_task(gathering.ask(1))
    await asyncio.sleep(0)
    gone.cancel()
    assert await gathering.ask(2) == 2
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_nobody_waits_for_what_the_drain_records_meanwhile() -> None:
    recorded = threading.Event()
    recording = asyncio.create_task(sync_to_async(recorded.wait)())
    gathering: Gathering[int, int] = Gathering(lambda numbers: numbers)
    try:
        assert await asyncio.wait_for(gathering.ask(1), 5) == 1
    finally:
        recorded.set()
        await recording


async def test_its_thread_ends_with_it() -> None:
    gathering: Gathering[int, threading.Thread] = Gathering(lambda asked: [threading.current_thread()] * len(asked))
    thread = await gathering.ask(1)
    gathering.close()
    thread.join(5)
    assert not thread.is_alive()
