"""The built-in illustrator paints any subject, place, style, reference and title at any size."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generation.engines.illustrator import art, subjects
from generation.engines.illustrator.arrangement import BACKDROPS
from generation.engines.illustrator.canvas import colour
from generation.engines.illustrator.cover import font_for
from generation.engines.illustrator.drawing import Light
from generation.engines.illustrator.painting import Order, Painting
from generation.engines.illustrator.palettes import PALETTES
from generation.engines.illustrator.places import LAYERS
from generation.engines.illustrator.reading import CASTS
from generation.engines.illustrator.stock import FLOORS, STOCK, Stand
from generation.engines.illustrator.styles import STYLES
from generation.engines.illustrator.subjects import ARTISTS
from generation.engines.illustrator.vocabulary import known


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


def test_a_weak_strength_keeps_more_of_the_photo() -> None:
    before = np.asarray(Image.open(BytesIO(photo())), int)
    drafts = (np.asarray(painted(reference=photo(), strength=strength, style="oil"), int) for strength in (0.1, 0.44))
    faithful, free = (np.abs(draft - before).mean() for draft in drafts)
    assert faithful < free * 0.7


def test_an_empty_prompt_fills_the_mask_from_around() -> None:
    mask = Image.new("L", (256, 256))
    mask.paste(255, (100, 100, 160, 160))
    after = np.asarray(painted(reference=photo(), mask=encoded(mask)), int)
    before = np.asarray(Image.open(BytesIO(photo())), int)
    assert np.abs(after - before)[110:150, 110:150].mean() < 15


def test_the_fill_has_the_texture_of_what_is_around() -> None:
    stripes = np.broadcast_to(np.where(np.arange(256) // 6 % 2, 200, 60)[None, :, None], (256, 256, 3))
    mask = Image.new("L", (256, 256))
    mask.paste(255, (100, 100, 160, 160))
    reference = encoded(Image.fromarray(stripes.astype(np.uint8)))
    after = np.asarray(painted(reference=reference, mask=encoded(mask)), int)
    assert np.abs(after - stripes)[100:160, 100:160].mean() < 20


def test_a_mask_over_everything_still_gives_a_picture() -> None:
    mask = encoded(Image.new("L", (256, 256), 255))
    assert painted(prompt="a cat", reference=photo(), mask=mask).size == (256, 256)


def test_at_middle_strength_the_figure_stands_where_the_reference_has_its_own() -> None:
    for left in (20, 170):
        sight = Image.new("RGB", (256, 256), "#88aacc")
        sight.paste((200, 40, 30), (left, 90, left + 66, 230))
        order = Order(prompt="a cat", width=256, height=256, seed=5, reference=encoded(sight), strength=0.6)
        (figure,) = Painting(order)._scene().figures
        assert abs(figure.x - (left + 33) / 256) < 0.12


def test_at_middle_strength_a_prompt_that_names_nothing_repaints() -> None:
    before = np.asarray(Image.open(BytesIO(photo())), int)
    after = np.asarray(painted(prompt="beautiful, oil painting", reference=photo(), strength=0.6), int)
    assert np.abs(after - before).mean() < 30


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


def test_signs_without_a_font_are_left_out_of_the_title_and_named() -> None:
    painting = Painting(Order(prompt="sea", width=256, height=256, seed=5, title="Night \U000f0001 夜"))
    *_, last = painting.stages()
    assert painting.facts["not_set"] == ["\U000f0001"]
    assert last.image.tobytes() == painted(prompt="sea", title="Night 夜").tobytes()


def test_a_title_for_which_no_font_is_there_leaves_the_picture_alone() -> None:
    assert painted(prompt="sea", title="\U000f0001").tobytes() == painted(prompt="sea").tobytes()


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


def test_snow_falls_behind_the_window() -> None:
    picture = np.asarray(painted(prompt="a window sill, snow", width=256, height=256).convert("RGB"))
    board = picture[-24:]
    assert (board > 225).all(axis=-1).mean() < 0.001


@pytest.mark.parametrize("place", sorted(LAYERS))
def test_every_place_can_be_painted_at_any_time_in_any_shape(place: str) -> None:
    for time, size in zip(PALETTES, [(256, 256), (1024, 256), (256, 1024), (300, 257)], strict=True):
        painting = Painting(Order(prompt=f"{place} {time}", width=size[0], height=size[1], seed=1))
        *_, last = painting.stages()
        assert (last.fraction, last.image.size) == (1, size)
