"""Local diffusers: a tiny model with random weights through the real library, in a real child process."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from generation.engines.base import Abort, Cancelled, GenerateRequest, Misconfigured, Mode, ResourceExhausted
from generation.engines.diffusers_local.engine import CHILD_MODULE, Diffusers, _missing
from generation.engines.settings import read
from tests.generation.engines.cases import RecordingRun
from tests.generation.engines.peers.serving import picture

TINY = GenerateRequest(mode=Mode.TEXT_TO_IMAGE, prompt="a cat", width=64, height=64, seed=7, steps=4)
needs_library = pytest.mark.skipif(bool(_missing()), reason="the extra `diffusers` is not installed")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the tiny model, made in a process of its own."""
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("model")
    make = "import sys; from pathlib import Path; from tests.generation.engines.tiny_diffusion import make_tiny_model; "
    subprocess.run([sys.executable, "-c", f"{make}make_tiny_model(Path(sys.argv[1]))", str(folder)], check=True)
    return folder / "model"


@pytest.fixture
async def engine(model: Path) -> AsyncIterator[Diffusers]:
    engine = Diffusers(read(Diffusers.Settings, {"model": str(model)}))
    yield engine
    await engine.close()
    assert children() == set()


def children() -> set[int]:
    """Give the ids of the children that hold a model."""
    own = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return {int(pid) for pid in own if CHILD_MODULE.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()}


def opened(data: bytes) -> Image.Image:
    """Decode a picture."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


@needs_library
async def test_one_child_makes_picture_after_picture_and_a_seed_says_which(engine: Diffusers) -> None:
    run = RecordingRun()
    first = await engine.generate(TINY, run)
    (child,) = children()
    again, other = [await engine.generate(replace(TINY, seed=seed), RecordingRun()) for seed in (7, 8)]
    assert children() == {child}
    assert opened(first.data).size == (64, 64)
    assert first.data == again.data != other.data
    assert run.stages[0] == "loading"
    assert run.fractions == sorted(run.fractions)
    assert len(run.previews) == 4


@needs_library
async def test_a_reference_and_a_mask_are_painted_over(engine: Diffusers) -> None:
    reference, mask = picture(1, 100, 80), Image.new("L", (100, 80), 0)
    mask.paste(255, (0, 0, 50, 80))
    output = BytesIO()
    mask.save(output, "PNG")
    request = replace(TINY, width=96, height=80, reference=reference, strength=0.5)
    changed = await engine.generate(replace(request, mode=Mode.IMAGE_TO_IMAGE), RecordingRun())
    assert opened(changed.data).size == (96, 80)
    inpaint = replace(request, mode=Mode.INPAINT, mask=output.getvalue())
    painted = opened((await engine.generate(inpaint, RecordingRun())).data)
    kept = opened(reference).resize((96, 80))
    right = (60, 0, 96, 80)
    assert ImageChops.difference(painted.crop(right), kept.crop(right)).getbbox() is None
    assert ImageChops.difference(painted, kept).getbbox() is not None


@needs_library
async def test_a_strength_that_is_no_step_makes_one(engine: Diffusers) -> None:
    request = replace(TINY, mode=Mode.IMAGE_TO_IMAGE, reference=picture(1, 64, 64), strength=0.01)
    assert opened((await engine.generate(request, RecordingRun())).data).size == (64, 64)


@needs_library
async def test_cancel_stops_between_two_steps_and_the_model_stays_loaded(engine: Diffusers) -> None:
    await engine.generate(TINY, RecordingRun())
    before = children()
    with pytest.raises(Cancelled) as cancelled:
        await engine.generate(replace(TINY, steps=150), RecordingRun(cancel_at=0.01))
    assert cancelled.value.outcome is Abort.STOPPED
    assert children() == before
    assert (await engine.generate(TINY, RecordingRun())).data


@needs_library
async def test_a_killed_child_costs_one_picture(engine: Diffusers) -> None:
    await engine.generate(TINY, RecordingRun())
    call = asyncio.ensure_future(engine.generate(replace(TINY, steps=150), RecordingRun()))
    await asyncio.sleep(0.05)
    os.kill(children().pop(), 9)
    with pytest.raises(ResourceExhausted):
        await call
    assert (await engine.generate(TINY, RecordingRun())).data


@needs_library
async def test_a_model_that_is_not_there_is_the_admins_affair() -> None:
    engine = Diffusers(read(Diffusers.Settings, {"model": "/nowhere/model"}))
    assert [problem.setting for problem in await engine.check()] == ["model"]
    with pytest.raises(Misconfigured):
        await engine.generate(TINY, RecordingRun())
    await engine.close()


async def test_without_the_libraries_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generation.engines.diffusers_local.engine.LIBRARIES", ("a_library_that_is_not_there",))
    engine: Any = Diffusers(read(Diffusers.Settings, {"model": "hub/model"}))
    assert not (await engine.probe()).healthy
    assert await engine.check()
    with pytest.raises(Misconfigured):
        await engine.generate(TINY, RecordingRun())
