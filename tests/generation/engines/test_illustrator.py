"""The built-in illustrator draws in child processes that never outlive their worker."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from generation.engines import messages
from generation.engines.base import (
    Abort,
    Cancelled,
    CancelToken,
    GenerateRequest,
    InvalidParameter,
    Mode,
    RemoteRef,
    ResourceExhausted,
    Result,
    TimedOut,
)
from generation.engines.illustrator.engine import CHILD_MODULE, Illustrator
from tests.generation.engines.test_illustrator_pictures import encoded, photo


class RecordingRun:
    """A run that remembers what the engine told it."""

    def __init__(self, seconds: float = 60) -> None:
        self.cancel = CancelToken()
        self.deadline = asyncio.get_running_loop().time() + seconds
        self.fractions: list[float] = []
        self.stages: list[str] = []
        self.previews: list[bytes] = []

    async def checkpoint(self, ref: RemoteRef) -> None:
        raise AssertionError("the illustrator has nothing to re-attach to")

    def progress(self, fraction: float, stage: str = "", *, step: int | None = None, steps: int | None = None) -> None:
        self.fractions.append(fraction)
        self.stages.append(stage)

    def preview(self, data: bytes) -> None:
        self.previews.append(data)

    def settle(self) -> None:
        raise AssertionError("the illustrator has nothing to fetch")


class StoppingRun(RecordingRun):
    """A member who cancels as soon as something is to be seen."""

    def preview(self, data: bytes) -> None:
        self.cancel.request()


@pytest.fixture
async def illustrator() -> AsyncIterator[Illustrator]:
    engine = Illustrator(slots=2)
    yield engine
    await engine.close()


SMALL = GenerateRequest(mode=Mode.TEXT_TO_IMAGE, prompt="a cat by the sea", width=256, height=256, seed=7)


def asked(prompt: str = SMALL.prompt, **changes: Any) -> GenerateRequest:
    return replace(SMALL, prompt=prompt, **changes)


async def drawn(engine: Illustrator, request: GenerateRequest) -> Result:
    return await engine.generate(request, RecordingRun())


def children() -> set[int]:
    """Process ids of the children that draw for this test process."""
    listing = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return {int(line.split()[0]) for line in listing.stdout.splitlines() if CHILD_MODULE in line}


async def test_it_makes_a_picture_of_the_size_asked_for(illustrator: Illustrator) -> None:
    result = await drawn(illustrator, asked(width=320, height=256))
    with Image.open(BytesIO(result.data)) as image:
        assert (image.format, image.size, result.seed) == ("PNG", (320, 256), 7)


async def test_it_draws_the_subject_and_says_what_it_did_not_understand(illustrator: Illustrator) -> None:
    result = await drawn(illustrator, asked("a cute kitten by the sea at sunset, quixotic, watercolor"))
    assert result.facts["drawn"] == ["kitten", "by the sea", "at sunset", "watercolor"]
    assert result.facts["not_understood"] == ["quixotic"]


async def test_it_reads_chinese(illustrator: Illustrator) -> None:
    result = await drawn(illustrator, asked("一只小猫在海边看日落，水彩"))
    assert result.facts["drawn"] == ["小猫", "海边", "日落", "水彩"]


async def test_progress_rises_to_one_with_a_preview_of_each_stage(illustrator: Illustrator) -> None:
    run = RecordingRun()
    await illustrator.generate(asked(), run)
    assert run.fractions == sorted(run.fractions)
    assert run.fractions[-1] == 1
    assert len(set(run.stages)) >= 4
    assert all(Image.open(BytesIO(preview)).format == "WEBP" for preview in run.previews)


async def test_the_same_seed_gives_the_same_bytes(illustrator: Illustrator) -> None:
    first, again = await asyncio.gather(drawn(illustrator, asked()), drawn(illustrator, asked()))
    assert first.data == again.data


async def test_another_seed_gives_another_picture(illustrator: Illustrator) -> None:
    first, other = await asyncio.gather(drawn(illustrator, asked()), drawn(illustrator, asked(seed=8)))
    assert first.data != other.data


async def test_a_reference_is_repainted(illustrator: Illustrator) -> None:
    reference = (await drawn(illustrator, asked("mountains", width=300))).data
    request = asked("a dog, oil painting", mode=Mode.IMAGE_TO_IMAGE, reference=reference, strength=0.3)
    result = await drawn(illustrator, request)
    assert result.facts["drawn"] == ["oil painting"]
    assert result.data != reference


async def test_inpainting_changes_what_is_masked_and_nothing_else(illustrator: Illustrator) -> None:
    mask = Image.new("L", (256, 256))
    mask.paste(255, (90, 60, 200, 220))
    request = asked("a cat", mode=Mode.INPAINT, reference=photo(), mask=encoded(mask))
    result = await drawn(illustrator, request)
    before, after = (np.asarray(Image.open(BytesIO(data)).convert("RGB"), int) for data in (photo(), result.data))
    changed = np.abs(before - after).max(-1) > 0
    assert not changed[np.asarray(mask) == 0].any()
    assert changed[100:180, 120:170].mean() > 0.9


async def test_children_are_used_again(illustrator: Illustrator) -> None:
    await drawn(illustrator, asked())
    first = children()
    await drawn(illustrator, asked(seed=8))
    assert len(first) == 1
    assert children() == first


async def test_cancel_ends_the_child_and_the_next_picture_works(illustrator: Illustrator) -> None:
    with pytest.raises(Cancelled) as caught:
        await illustrator.generate(asked(width=2048, height=2048), StoppingRun())
    assert caught.value.outcome is Abort.STOPPED
    assert not children()
    assert (await drawn(illustrator, asked())).data


async def test_a_wish_that_comes_first_starts_nothing(illustrator: Illustrator) -> None:
    run = RecordingRun()
    run.cancel.request()
    with pytest.raises(Cancelled) as caught:
        await illustrator.generate(asked(), run)
    assert caught.value.outcome is Abort.NEVER_STARTED
    assert not children()


async def test_a_killed_child_fails_its_picture_alone(illustrator: Illustrator) -> None:
    await drawn(illustrator, asked())
    (victim,) = children()
    broken = asyncio.create_task(drawn(illustrator, asked(width=2048, height=2048)))
    other = asyncio.create_task(drawn(illustrator, asked()))
    await asyncio.sleep(0)
    os.kill(victim, signal.SIGKILL)
    with pytest.raises(ResourceExhausted):
        await broken
    assert (await other).data
    assert (await drawn(illustrator, asked())).data


async def test_a_deadline_ends_the_child(illustrator: Illustrator) -> None:
    with pytest.raises(TimedOut):
        await illustrator.generate(asked(width=2048, height=2048), RecordingRun(seconds=0.05))
    assert not children()


async def test_a_worker_that_shuts_down_takes_the_child_along(illustrator: Illustrator) -> None:
    drawing = asyncio.create_task(drawn(illustrator, asked(width=2048, height=2048)))
    await asyncio.sleep(0.05)
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert not children()


async def test_close_ends_idle_children() -> None:
    engine = Illustrator()
    await drawn(engine, asked())
    await engine.close()
    assert not children()


async def test_end_of_file_ends_the_child() -> None:
    child = subprocess.Popen([sys.executable, "-m", CHILD_MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.communicate(timeout=20)
    assert child.returncode == 0


async def test_a_busy_child_ends_when_its_worker_is_gone() -> None:
    order = {"prompt": "a cat", "negative_prompt": "", "style": "", "width": 2048, "height": 2048, "seed": 1}
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", CHILD_MODULE), stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
    )
    stream = cast(asyncio.StreamWriter, child.stdin)
    stream.write(messages.pack(order | {"strength": None, "title": "", "reference_size": 0}))
    stream.close()
    child._transport.get_pipe_transport(1).close()  # type: ignore[attr-defined]  # what a dead worker's end does
    assert await asyncio.wait_for(child.wait(), 30) != 0


@pytest.mark.parametrize(
    ("changes", "parameter"),
    [
        ({"width": 0}, "width"),
        ({"height": 100_000}, "height"),
        ({"style": "baroque"}, "style"),
        ({"mode": Mode.INPAINT}, "reference"),
        ({"mode": Mode.INPAINT, "reference": b"picture"}, "mask"),
        ({"mode": Mode.IMAGE_TO_IMAGE}, "reference"),
    ],
)
async def test_what_it_cannot_do_is_refused_before_any_work(
    illustrator: Illustrator, changes: dict[str, Any], parameter: str
) -> None:
    with pytest.raises(InvalidParameter) as caught:
        await drawn(illustrator, asked(**changes))
    assert caught.value.parameter == parameter
    assert not children()
