"""A preview is what the recipe makes, only smaller."""

from io import BytesIO

import pytest
from PIL import Image

from generation.processing.pictures import open_picture
from generation.processing.previews import LARGEST, SHOWN, preview_of
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
