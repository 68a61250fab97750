"""The built-in illustrator paints what was asked, in child processes that never outlive their worker."""

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
from generation.engines.illustrator import art, subjects
from generation.engines.illustrator.arrangement import BACKDROPS
from generation.engines.illustrator.canvas import colour
from generation.engines.illustrator.composition import compose
from generation.engines.illustrator.cover import font_for
from generation.engines.illustrator.drawing import Light
from generation.engines.illustrator.engine import CHILD_MODULE, Illustrator
from generation.engines.illustrator.painting import Order, Painting
from generation.engines.illustrator.palettes import PALETTES
from generation.engines.illustrator.places import LAYERS
from generation.engines.illustrator.reading import CASTS, Wanted, known, read
from generation.engines.illustrator.stock import FLOORS, STOCK, Stand
from generation.engines.illustrator.styles import STYLES
from generation.engines.illustrator.subjects import ARTISTS
from tests.generation.engines.contact_sheets import prompts


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
    assert result.facts["drawn"] == ["kitten", "by the sea", "sunset", "watercolor"]
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


def photo(side: int = 256) -> bytes:
    """A picture with a dark ground, a bright sky and noise, as PNG."""
    rows = np.linspace(220, 60, side)[:, None, None] + np.random.default_rng(1).normal(0, 6, (side, side, 3))
    return encoded(Image.fromarray(np.clip(rows, 0, 255).astype(np.uint8)))


def encoded(image: Image.Image) -> bytes:
    output = BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


def painted(**order: Any) -> Image.Image:
    *_, last = Painting(replace(Order(prompt="", width=256, height=256, seed=5), **order)).stages()
    return last.image


async def test_inpainting_changes_what_is_masked_and_nothing_else(illustrator: Illustrator) -> None:
    mask = Image.new("L", (256, 256))
    mask.paste(255, (90, 60, 200, 220))
    request = asked("a cat", mode=Mode.INPAINT, reference=photo(), mask=encoded(mask))
    result = await drawn(illustrator, request)
    before, after = (np.asarray(Image.open(BytesIO(data)).convert("RGB"), int) for data in (photo(), result.data))
    changed = np.abs(before - after).max(-1) > 0
    assert not changed[np.asarray(mask) == 0].any()
    assert changed[100:180, 120:170].mean() > 0.9


def test_an_empty_prompt_fills_the_mask_from_around() -> None:
    mask = Image.new("L", (256, 256))
    mask.paste(255, (100, 100, 160, 160))
    after = np.asarray(painted(reference=photo(), mask=encoded(mask)), int)
    before = np.asarray(Image.open(BytesIO(photo())), int)
    assert np.abs(after - before)[110:150, 110:150].mean() < 15


def test_between_repainting_and_inventing_the_reference_leads() -> None:
    dark = encoded(Image.open(BytesIO(photo())).point(lambda value: value // 6))
    by_dark, by_bright = (painted(prompt="a cat", reference=data, strength=0.6) for data in (dark, photo()))
    assert np.asarray(by_dark).mean() < np.asarray(by_bright).mean() - 40


@pytest.mark.parametrize(
    "title", ["Night", "A Rather Long Title for One Cover", "江南春早", "夏日海边的一百个故事", "龍の物語 ∑"]
)
def test_a_title_is_set_over_the_picture(title: str) -> None:
    plain, titled = (np.asarray(painted(prompt="sea", title=text), int) for text in ("", title))
    assert (np.abs(plain - titled).max(-1) > 60).mean() > 0.005


def test_the_bundled_font_has_the_signs_of_common_titles() -> None:
    for sign in "Aé9，。中国梦魑":
        missing = font_for(sign, 40).getmask("\U000f0000")
        assert bytes(font_for(sign, 40).getmask(sign)) != bytes(missing)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_each_style_is_a_picture_of_its_own_at_any_shape(style: str) -> None:
    plain = np.asarray(painted(prompt="a cat", width=320, style="illustration"), int)
    styled = np.asarray(painted(prompt="a cat", width=320, style=style), int)
    assert styled.shape == plain.shape
    assert style == "illustration" or np.abs(styled - plain).mean() > 3


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


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("three red foxes", Wanted("fox", 3)),
        ("a blue car", Wanted("car", 1, "blue")),
        ("cats", Wanted("cat", 3)),
        ("两只白色的兔子", Wanted("rabbit", 2, "white")),
        ("hot air balloon", Wanted("balloon")),
        ("热气球", Wanted("balloon")),
    ],
)
def test_counts_and_colours_belong_to_the_next_subject(prompt: str, wanted: Wanted) -> None:
    assert read(prompt).subjects == (wanted,)


def test_what_the_negative_prompt_names_is_left_out() -> None:
    plan = read("a cat and a dog in the rain", "dog, 雨")
    assert plan.drawn == (("cat", "cat"),)
    assert not plan.weather


def test_every_word_leads_to_something_that_can_be_painted() -> None:
    figures = {name for name, stock in STOCK.items() if stock.stand is not Stand.SKY or name in BACKDROPS}
    assert known("subjects") - set(CASTS) == set(STOCK)
    assert figures == set(ARTISTS) | set(art.words())
    assert known("places") <= set(LAYERS)
    assert set(LAYERS) == set(FLOORS)
    assert (known("times"), known("styles")) == (set(PALETTES), set(STYLES))
    assert {home for stock in STOCK.values() for home in stock.homes} <= set(LAYERS)


@pytest.mark.parametrize("subject", sorted(set(ARTISTS) | set(art.words())))
def test_every_subject_can_be_drawn(subject: str) -> None:
    light = Light(1.0, colour("#fff4d8"), colour("#8080b0"))
    pixels, alpha = subjects.draw(subject, 64, "blue", light, np.random.default_rng(1))
    assert alpha.max() > 0.9
    assert np.isfinite(pixels).all()


@pytest.mark.parametrize(("language", "least"), [("en", 0.95), ("zh", 0.9)])
def test_most_common_prompts_get_something_of_their_own(language: str, least: float) -> None:
    plans = [read(prompt) for prompt in prompts(language)]
    assert sum(bool(plan.subjects or plan.place) for plan in plans) / len(plans) >= least


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        "   ",
        "?!…",
        "asdf qwer",
        "🐱🌊🌅",
        "قطة على البحر",
        "خروف a cat 一只狗 שלום",
        "very " * 400 + "cat",
        "猫" * 2000,
        "\x00\n\t",
    ],
    ids=["empty", "blank", "marks", "nonsense", "emoji", "right to left", "mixed", "long", "long Chinese", "control"],
)
def test_any_prompt_gives_a_picture(prompt: str) -> None:
    *_, last = Painting(Order(prompt=prompt, width=256, height=256, seed=3)).stages()
    assert np.asarray(last.image).std() > 5


@pytest.mark.parametrize(
    ("prompt", "relation"),
    [
        ("a corgi wearing sunglasses", ("dog", "sunglasses")),
        ("a little girl holding a red balloon", ("princess", "toy-balloon")),
        ("一只戴着眼镜的橘猫", ("cat", "glasses")),
        ("穿汉服的古风少女，撑着油纸伞", ("hanfu", "oil-umbrella")),
        ("骑自行车的少年", ("bicycle", "child")),
    ],
)
def test_what_somebody_holds_wears_or_rides_belongs_to_one_figure(prompt: str, relation: tuple[str, str]) -> None:
    (figure,) = compose(read(prompt), prompt, 1, 512, 512).figures
    assert (figure.name, *(prop.name for prop in figure.props)) == relation


def test_a_small_thing_is_smaller_than_the_large_one_beside_it() -> None:
    castle, knight = sorted(compose(read("a knight and a castle"), "", 1, 512, 512).figures, key=lambda f: -f.size)
    assert (castle.name, knight.name) == ("castle", "knight")
    assert knight.size < castle.size / 2


@pytest.mark.parametrize("place", sorted(LAYERS))
def test_every_place_can_be_painted_at_any_time_in_any_shape(place: str) -> None:
    for time, size in zip(PALETTES, [(256, 256), (1024, 256), (256, 1024), (300, 257)], strict=True):
        painting = Painting(Order(prompt=f"{place} {time}", width=size[0], height=size[1], seed=1))
        *_, last = painting.stages()
        assert (last.fraction, last.image.size) == (1, size)
