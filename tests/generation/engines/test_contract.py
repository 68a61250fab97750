"""What `generation.engines.base` asks of every engine. A new engine is added to `CASES` in cases.py and must pass."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generation.engines.base import (
    Abort,
    Cancelled,
    Engine,
    InvalidParameter,
    LostRemote,
    Mode,
    Result,
    TimedOut,
)
from tests.generation.engines.cases import CASES, REQUEST, Case, LateRun, RecordingRun


@pytest.fixture(params=CASES)
async def case(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Case]:
    """Give one kind of engine with its other side."""
    async with CASES[request.param](tmp_path) as case:
        yield case


@pytest.fixture
async def engine(case: Case) -> AsyncIterator[Engine]:
    """Give an engine, and see to it that closing leaves nothing behind."""
    tasks, children = asyncio.all_tasks(), own_children()
    engine = case.make()
    yield engine
    await engine.close()
    assert own_children() == children
    await settled(lambda: {task for task in asyncio.all_tasks() - tasks if not task.done()} <= {asyncio.current_task()})


async def settled(condition: Callable[[], bool]) -> None:
    """Give the other side, which lives in this process too, a moment to see that a connection has closed."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


def own_children() -> set[str]:
    """Give the ids of this process's children."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def size_of(result: Result) -> tuple[int, int]:
    """Decode a picture in full and give its size."""
    with Image.open(BytesIO(result.data)) as picture:
        picture.load()
        return picture.size


async def stop_at_deadline(engine: Engine, run: RecordingRun) -> Result:
    """Call an engine and, as the runner does, ask it to stop at the deadline."""
    call = asyncio.ensure_future(engine.generate(REQUEST, run))
    await asyncio.wait({call}, timeout=run.deadline - asyncio.get_running_loop().time())
    run.cancel.request()
    return await asyncio.wait_for(call, 5)


async def test_it_makes_the_picture_that_was_asked_for(engine: Engine) -> None:
    result = await engine.generate(replace(REQUEST, width=640), RecordingRun())
    assert size_of(result) == (640, 512)
    assert result.seed == (REQUEST.seed if engine.capabilities.seed else None)


async def test_the_same_seed_gives_the_same_picture(engine: Engine) -> None:
    if engine.capabilities.seed:
        results = [(await engine.generate(REQUEST, RecordingRun())).data for _ in range(2)]
        assert results[0] == results[1]


async def test_progress_only_rises_and_previews_can_be_shown(engine: Engine) -> None:
    run = RecordingRun()
    await engine.generate(REQUEST, run)
    assert run.fractions == sorted(run.fractions)
    assert all(0 <= fraction <= 1 for fraction in run.fractions)
    assert any(run.fractions) == (engine.capabilities.progress in ("steps", "fraction"))
    assert bool(run.previews) == engine.capabilities.preview
    assert {Image.open(BytesIO(preview)).format for preview in run.previews} <= {"WEBP"}


@pytest.mark.parametrize("change", [{"width": 1}, {"height": 100_000}, {"mode": Mode.PROCESS}])
async def test_what_it_cannot_do_is_refused_before_any_work(
    engine: Engine, case: Case, change: dict[str, object]
) -> None:
    run = RecordingRun()
    with pytest.raises(InvalidParameter) as refusal:
        await engine.generate(replace(REQUEST, **change), run)  # type: ignore[arg-type]
    assert refusal.value.parameter in change
    assert (run.refs, run.fractions) == ([], [])
    assert case.started() == 0


async def test_a_cancel_before_the_start_starts_nothing(engine: Engine) -> None:
    run = RecordingRun()
    run.cancel.request()
    with pytest.raises(Cancelled) as cancelled:
        await engine.generate(REQUEST, run)
    assert cancelled.value.outcome == Abort.NEVER_STARTED
    assert run.refs == []


async def test_a_cancel_stops_this_picture_and_no_other(engine: Engine) -> None:
    moving = engine.capabilities.progress in ("steps", "fraction")
    cancelled, other = await asyncio.gather(
        engine.generate(REQUEST, RecordingRun(cancel_at=0.05 if moving else 0.0)),
        engine.generate(REQUEST, RecordingRun()),
        return_exceptions=True,
    )
    assert isinstance(cancelled, Cancelled)
    stops = engine.capabilities.cancel in ("stops_running", "pending_only")
    assert cancelled.outcome == (Abort.STOPPED if stops else Abort.CANNOT_STOP)
    assert isinstance(other, Result)


async def test_a_cancel_at_the_end_stops_or_gives_the_picture(engine: Engine) -> None:
    call = engine.generate(REQUEST, RecordingRun(cancel_at=1.0))
    (ended,) = await asyncio.gather(call, return_exceptions=True)
    settles = engine.capabilities.cancel == "stops_running"
    assert isinstance(ended, Result) or (isinstance(ended, Cancelled) and (ended.settled or not settles))
    assert size_of(await engine.generate(REQUEST, RecordingRun())) == (512, 512)


async def test_it_ends_at_its_deadline(engine: Engine) -> None:
    with pytest.raises((Cancelled, TimedOut)):
        await stop_at_deadline(engine, RecordingRun(seconds=0.05))


async def test_a_worker_that_stops_takes_its_calls_down(engine: Engine) -> None:
    run = RecordingRun()
    call = asyncio.ensure_future(engine.generate(REQUEST, run))
    while not run.fractions:
        await asyncio.sleep(0.005)
    call.cancel()
    _, pending = await asyncio.wait({call}, timeout=5)
    assert not pending
    assert call.cancelled()


async def test_more_calls_than_slots_all_come_to_their_end(engine: Engine) -> None:
    if not engine.capabilities.seed:
        return
    results = await asyncio.gather(*(engine.generate(replace(REQUEST, seed=n), RecordingRun()) for n in range(5)))
    assert len({result.data for result in results}) == 5


async def test_fifteen_calls_leave_no_file_open(engine: Engine) -> None:
    async def call() -> None:
        await engine.generate(replace(REQUEST, width=512, height=512), RecordingRun())

    await call()
    await asyncio.sleep(0.1)
    first = open_files()
    for _ in range(14):
        await call()
    await settled(lambda: open_files() <= first)


def open_files() -> int:
    """Count this process's open files."""
    return len(os.listdir("/proc/self/fd"))


async def test_it_says_whether_it_is_well_and_has_what_its_settings_name(engine: Engine) -> None:
    assert (await engine.probe()).healthy
    assert await engine.check() == []


async def test_work_that_it_does_not_know_is_lost_and_never_done(engine: Engine, case: Case) -> None:
    assert (await engine.abort(case.unknown)).settled
    with pytest.raises(LostRemote):
        await engine.reattach(case.unknown, REQUEST, RecordingRun())


async def started(engine: Engine, run: RecordingRun) -> asyncio.Future[Result]:
    """Start a picture and wait until there is something to be seen of it."""
    call = asyncio.ensure_future(engine.generate(REQUEST, run))
    while not run.fractions:
        await asyncio.sleep(0.005)
    return call


async def test_another_process_takes_over_and_starts_nothing_again(engine: Engine, case: Case) -> None:
    if engine.capabilities.resumable:
        run = RecordingRun()
        (await started(engine, run)).cancel()
        other, again = case.make(), RecordingRun()
        result = await other.reattach(run.refs[-1], REQUEST, again)
        assert (size_of(result), result.seed) == ((512, 512), REQUEST.seed)
        assert (again.refs, case.started()) == ([], 1)
        await other.close()


async def test_another_process_aborts_once_and_for_all(engine: Engine, case: Case) -> None:
    if engine.capabilities.resumable:
        run = RecordingRun()
        call = await started(engine, run)
        other = case.make()
        outcomes = [await other.abort(run.refs[-1]) for _ in range(2)]
        assert set(outcomes) <= {Abort.STOPPED, Abort.NEVER_STARTED}
        with pytest.raises(LostRemote):
            await call
        await other.close()


async def test_a_lost_lease_keeps_remote_work_from_starting(engine: Engine, case: Case) -> None:
    if engine.capabilities.resumable:
        with pytest.raises(Cancelled):
            await engine.generate(REQUEST, LateRun())
        assert case.started() == 0
