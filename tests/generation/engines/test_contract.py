"""What `generation.engines.base` asks of every engine. A new engine is added to `ENGINES` and must pass."""

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
    CancelToken,
    Engine,
    GenerateRequest,
    InvalidParameter,
    LostRemote,
    Mode,
    RemoteRef,
    Result,
    TimedOut,
)
from generation.engines.illustrator.engine import Illustrator
from generation.engines.simulated import Simulated, SimulatedSettings

ENGINES: dict[str, Callable[[Path], Engine]] = {
    "simulated": lambda folder: Simulated(SimulatedSettings(seconds=0.2, folder=str(folder)), slots=2),
    "illustrator": lambda _: Illustrator(slots=2),
}
REQUEST = GenerateRequest(mode=Mode.TEXT_TO_IMAGE, prompt="a cat by the sea", width=512, height=512, seed=7)


class RecordingRun:
    """A run that remembers what it was told, and whose member cancels once this `fraction` is done."""

    def __init__(self, *, cancel_at: float | None = None, seconds: float = 60) -> None:
        self.cancel = CancelToken()
        self.deadline = asyncio.get_running_loop().time() + seconds
        self.fractions: list[float] = []
        self.previews: list[bytes] = []
        self.refs: list[RemoteRef] = []
        self._cancel_at = cancel_at

    async def checkpoint(self, ref: RemoteRef) -> None:
        self.refs.append(ref)

    def progress(self, fraction: float, stage: str = "", *, step: int | None = None, steps: int | None = None) -> None:
        self.fractions.append(fraction)
        if self._cancel_at is not None and fraction >= self._cancel_at:
            self.cancel.request()

    def preview(self, data: bytes) -> None:
        self.previews.append(data)


class LateRun(RecordingRun):
    """A run whose worker has lost its lease."""

    async def checkpoint(self, ref: RemoteRef) -> None:
        raise Cancelled(Abort.NEVER_STARTED)


@pytest.fixture(params=ENGINES)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Engine]:
    """Give a maker of one kind of engine; two of them are as in two processes."""
    return lambda: ENGINES[request.param](tmp_path)


@pytest.fixture
async def engine(make: Callable[[], Engine]) -> AsyncIterator[Engine]:
    """Give an engine, and see to it that closing leaves nothing behind."""
    tasks, children = asyncio.all_tasks(), own_children()
    engine = make()
    yield engine
    await engine.close()
    assert own_children() == children
    assert {task for task in asyncio.all_tasks() - tasks if not task.done()} <= {asyncio.current_task()}


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
    result = await engine.generate(replace(REQUEST, width=320), RecordingRun())
    assert size_of(result) == (320, 512)
    assert result.seed == REQUEST.seed


async def test_the_same_seed_gives_the_same_picture(engine: Engine) -> None:
    if engine.capabilities.seed:
        results = [(await engine.generate(REQUEST, RecordingRun())).data for _ in range(2)]
        assert results[0] == results[1]


async def test_progress_only_rises_and_previews_can_be_shown(engine: Engine) -> None:
    run = RecordingRun()
    await engine.generate(REQUEST, run)
    assert run.fractions == sorted(run.fractions)
    assert all(0 <= fraction <= 1 for fraction in run.fractions)
    assert bool(run.fractions) == (engine.capabilities.progress in ("steps", "fraction"))
    assert bool(run.previews) == engine.capabilities.preview
    assert {Image.open(BytesIO(preview)).format for preview in run.previews} <= {"WEBP"}


@pytest.mark.parametrize("change", [{"width": 1}, {"height": 100_000}, {"mode": Mode.PROCESS}])
async def test_what_it_cannot_do_is_refused_before_any_work(engine: Engine, change: dict[str, object]) -> None:
    run = RecordingRun()
    with pytest.raises(InvalidParameter) as refusal:
        await engine.generate(replace(REQUEST, **change), run)  # type: ignore[arg-type]
    assert refusal.value.parameter in change
    assert (run.refs, run.fractions) == ([], [])


async def test_a_cancel_before_the_start_starts_nothing(engine: Engine) -> None:
    run = RecordingRun()
    run.cancel.request()
    with pytest.raises(Cancelled) as cancelled:
        await engine.generate(REQUEST, run)
    assert cancelled.value.outcome == Abort.NEVER_STARTED
    assert run.refs == []


async def test_a_cancel_stops_this_picture_and_no_other(engine: Engine) -> None:
    cancelled, other = await asyncio.gather(
        engine.generate(REQUEST, RecordingRun(cancel_at=0.05)),
        engine.generate(REQUEST, RecordingRun()),
        return_exceptions=True,
    )
    assert isinstance(cancelled, Cancelled)
    assert cancelled.outcome == Abort.STOPPED
    assert isinstance(other, Result)


async def test_a_cancel_at_the_end_stops_or_gives_the_picture(engine: Engine) -> None:
    call = engine.generate(REQUEST, RecordingRun(cancel_at=1.0))
    (ended,) = await asyncio.gather(call, return_exceptions=True)
    assert isinstance(ended, Result) or (isinstance(ended, Cancelled) and ended.settled)
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
    results = await asyncio.gather(*(engine.generate(replace(REQUEST, seed=n), RecordingRun()) for n in range(5)))
    assert len({result.data for result in results}) == 5


async def test_fifteen_calls_leave_no_file_open(engine: Engine) -> None:
    async def call() -> int:
        await engine.generate(replace(REQUEST, width=256, height=256), RecordingRun())
        return len(os.listdir("/proc/self/fd"))

    first = await call()
    assert [await call() for _ in range(14)][-1] <= first


async def test_it_says_whether_it_is_well(engine: Engine) -> None:
    assert (await engine.probe()).healthy


async def test_work_that_it_does_not_know_is_lost_and_never_done(engine: Engine) -> None:
    unknown = RemoteRef("0" * 32, extra={"image": "", "seconds": "1"})
    assert (await engine.abort(unknown)).settled
    with pytest.raises(LostRemote):
        await engine.reattach(unknown, REQUEST, RecordingRun())


async def test_another_process_takes_over_and_starts_nothing_again(engine: Engine, make: Callable[[], Engine]) -> None:
    if engine.capabilities.resumable:
        run = RecordingRun()
        call = asyncio.ensure_future(engine.generate(REQUEST, run))
        while not run.fractions:
            await asyncio.sleep(0.005)
        call.cancel()
        other, again = make(), RecordingRun()
        assert size_of(await other.reattach(run.refs[0], REQUEST, again)) == (512, 512)
        assert again.refs == []
        await other.close()


async def test_another_process_aborts_once_and_for_all(engine: Engine, make: Callable[[], Engine]) -> None:
    if engine.capabilities.resumable:
        run = RecordingRun()
        call = asyncio.ensure_future(engine.generate(REQUEST, run))
        while not run.fractions:
            await asyncio.sleep(0.005)
        other = make()
        assert [await other.abort(run.refs[0]) for _ in range(2)] == [Abort.STOPPED, Abort.STOPPED]
        with pytest.raises(LostRemote):
            await call
        await other.close()


async def test_a_lost_lease_keeps_remote_work_from_starting(engine: Engine, tmp_path: Path) -> None:
    if engine.capabilities.resumable:
        with pytest.raises(Cancelled):
            await engine.generate(REQUEST, LateRun())
        assert list(tmp_path.iterdir()) == []
