"""The lane of post-processing, beside what the contract asks of it."""

import pytest
from PIL import Image

from generation.engines.base import GenerateRequest, InvalidParameter, Mode, NoSubject, ResourceExhausted
from generation.engines.processing.engine import Processing, ProcessingSettings
from generation.processing.pictures import encode, open_picture
from tests.generation.engines.cases import RecordingRun
from tests.generation.processing.photos import photo


def request(data: bytes, *recipe: dict[str, object]) -> GenerateRequest:
    """Ask for a recipe."""
    return GenerateRequest(mode=Mode.PROCESS, prompt="", width=1, height=1, seed=0, reference=data, recipe=list(recipe))


async def test_too_much_memory_fails_one_picture_with_a_reason() -> None:
    engine = Processing(ProcessingSettings(memory_mb=512), slots=1)
    large = encode(Image.new("RGB", (6000, 6000)))
    try:
        with pytest.raises(ResourceExhausted):
            await engine.generate(request(large, {"op": "colour", "auto": 50, "sharpen": 50}), RecordingRun())
        small = await engine.generate(request(photo(), {"op": "resize", "width": 99}), RecordingRun())
    finally:
        await engine.close()
    assert open_picture(small.data).size == (99, 99)


async def test_what_cannot_be_made_light_enough_is_said_so() -> None:
    engine = Processing(slots=1)
    noise = encode(Image.effect_noise((8000, 17), 90).convert("RGB"))
    try:
        with pytest.raises(InvalidParameter, match="too_heavy"):
            await engine.generate(request(noise, {"op": "convert", "format": "jpeg", "at_most": 5}), RecordingRun())
    finally:
        await engine.close()


async def test_what_has_no_subject_to_cut_out_is_said_so() -> None:
    engine = Processing(slots=1)
    try:
        with pytest.raises(NoSubject):
            await engine.generate(request(encode(Image.new("RGB", (64, 64))), {"op": "background"}), RecordingRun())
    finally:
        await engine.close()
