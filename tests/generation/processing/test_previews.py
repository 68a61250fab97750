"""A preview is what the recipe makes, only smaller."""

from io import BytesIO

import pytest
from PIL import Image

from generation.processing.pictures import open_picture
from generation.processing.previews import LARGEST, SHOWN, frame_of, preview_of
from generation.processing.recipes import read_recipe, run_recipe, sizes_after
from tests.generation.processing.photos import photo, psnr


@pytest.mark.parametrize(
    "operations",
    [
        [
            {"op": "crop", "ratio": "1:1"},
            {"op": "resize", "width": 400},
            {"op": "colour", "auto": 70, "temperature": 40},
        ],
        [{"op": "resize", "width": 500, "height": 500, "fit": "pad", "background": "#ff8800"}, {"op": "border"}],
        [
            {"op": "rotate", "angle": 12, "corners": "fill"},
            {"op": "convert", "format": "jpeg", "background": "#00aa00"},
        ],
        [{"op": "title", "text": "Morning"}, {"op": "resize", "width": 300}],
    ],
)
def test_it_looks_like_the_result(operations: list[dict[str, object]]) -> None:
    recipe = read_recipe(operations)
    picture = open_picture(photo())
    large = picture.resize((2048, 2048), Image.Resampling.LANCZOS)
    file = BytesIO()
    large.save(file, "PNG")
    wanted = open_picture(run_recipe(file.getvalue(), recipe).data).convert("RGBA")
    shown = open_picture(run_recipe(file.getvalue(), preview_of(recipe, large.size)[0]).data).convert("RGBA")
    assert shown.width / shown.height == pytest.approx(wanted.width / wanted.height, rel=0.02)
    assert psnr(shown.resize((256, 256)), wanted.resize((256, 256))) > 26


@pytest.mark.parametrize("size", [(10, 16000), (4000, 3000), (64, 64)])
def test_no_size_on_the_way_is_large(size: tuple[int, int]) -> None:
    recipe = read_recipe([{"op": "upscale", "factor": "2"}, {"op": "crop", "ratio": "1:1"}])
    shown, start = preview_of(recipe, size)
    sizes = [start, *sizes_after(shown, size)]
    assert max(sizes[-1]) <= SHOWN + 1
    assert max(max(each) for each in sizes) <= LARGEST + 1
    assert min(min(each) for each in sizes) >= 1


def test_a_small_cut_is_as_sharp_as_what_is_shown() -> None:
    recipe = read_recipe([{"op": "crop", "left": 40, "top": 40, "width": 25, "height": 25}])
    _shown, start = preview_of(recipe, (4000, 3000))
    assert start == (2048, 1536)


def test_before_is_cut_as_the_result_is() -> None:
    recipe = read_recipe([{"op": "crop", "ratio": "1:1"}, {"op": "colour", "auto": 70}, {"op": "rotate", "angle": 90}])
    frame = frame_of(recipe)
    assert [each.name for each in frame] == ["crop", "rotate"]
    assert sizes_after(frame, (600, 400))[-1] == sizes_after(recipe, (600, 400))[-1]


def test_what_only_cuts_is_seen_beside_the_whole() -> None:
    assert frame_of(read_recipe([{"op": "crop", "ratio": "1:1"}, {"op": "convert", "format": "webp"}])) == ()


def test_what_is_made_small_later_begins_small() -> None:
    recipe = read_recipe(
        [{"op": "crop", "ratio": "1:1"}, {"op": "resize", "width": 1024}, {"op": "colour", "auto": 70}]
    )
    _shown, start = preview_of(recipe, (2048, 2048))
    assert start == (SHOWN, SHOWN)
