"""A recipe is read whole, refused with everything that is wrong, and run with one decoding and one encoding."""

from collections.abc import Callable

import pytest
from PIL import Image

from generation.processing import pictures, recipes
from generation.processing.operations import Picture, Work
from generation.processing.pictures import InvalidPicture, Limits, encode, open_picture
from generation.processing.recipes import (
    OPERATIONS,
    InvalidRecipe,
    TooLarge,
    as_json,
    digest,
    expected_seconds,
    picture_ids,
    read_recipe,
    run_recipe,
    sizes_after,
)
from tests.generation.processing.photos import OTHER, photo, process, psnr

FIVE: list[dict[str, object]] = [
    {"op": "crop", "ratio": "1:1"},
    {"op": "resize", "width": 256},
    {"op": "colour", "auto": 70, "sharpen": 20},
    {"op": "watermark", "text": "© Alice"},
    {"op": "convert", "format": "webp"},
]


def mistakes(value: object) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InvalidRecipe) as caught:
        read_recipe(value)
    return [(index, wrong.parameter, wrong.code) for index, wrong in caught.value.errors]


def test_a_recipe_is_read_and_written_alike() -> None:
    assert as_json(read_recipe(FIVE)) == FIVE


def test_equal_recipes_have_equal_fingerprints_however_they_are_written() -> None:
    short, long = [{"op": "rotate", "angle": 90}], [{"angle": 90.0, "corners": "cut", "flip": None, "op": "rotate"}]
    assert digest(read_recipe(short)) == digest(read_recipe(long))
    assert digest(read_recipe(short)) != digest(read_recipe([{"op": "rotate", "angle": 91}]))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, (None, "", "not_a_list")),
        ([], (None, "", "not_a_list")),
        ({"op": "resize"}, (None, "", "not_a_list")),
        ([{"op": "trim"}] * 21, (None, "", "too_many")),
        (["resize"], (0, "", "not_an_operation")),
        ([{"op": "trim"}, {"op": "explode"}], (1, "op", "unknown_operation")),
        ([{}], (0, "op", "unknown_operation")),
        ([{"op": "trim", "colour": "#ffffff"}], (0, "colour", "unknown_parameter")),
        ([{"op": "resize"}], (0, "width", "needs_side")),
        ([{"op": "resize", "width": 5, "fit": "pad"}], (0, "height", "needs_both_sides")),
        ([{"op": "resize", "width": 0}], (0, "width", "range")),
        ([{"op": "resize", "width": 10**400}], (0, "width", "range")),
        ([{"op": "resize", "width": 1.5}], (0, "width", "whole")),
        ([{"op": "resize", "width": float("nan")}], (0, "width", "whole")),
        ([{"op": "resize", "width": float("inf")}], (0, "width", "whole")),
        ([{"op": "resize", "width": True}], (0, "width", "whole")),
        ([{"op": "resize", "width": "300"}], (0, "width", "whole")),
        ([{"op": "resize", "width": 5, "fit": "squash"}], (0, "fit", "choice")),
        ([{"op": "resize", "width": 5, "fit": ["fit"]}], (0, "fit", "choice")),
        ([{"op": "resize", "width": 5, "enlarge": 1}], (0, "enlarge", "flag")),
        ([{"op": "crop"}], (0, "ratio", "needs_ratio_or_box")),
        ([{"op": "crop", "left": 60, "width": 50}], (0, "width", "outside")),
        ([{"op": "rotate"}], (0, "angle", "needs_angle_or_flip")),
        ([{"op": "rotate", "angle": float("nan")}], (0, "angle", "range")),
        ([{"op": "rotate", "angle": "a lot"}], (0, "angle", "number")),
        ([{"op": "border", "size": 0}], (0, "size", "needs_border_or_corners")),
        ([{"op": "border", "colour": "red"}], (0, "colour", "colour")),
        ([{"op": "colour"}], (0, "auto", "needs_a_change")),
        ([{"op": "watermark"}], (0, "text", "required")),
        ([{"op": "watermark", "text": "\u200b "}], (0, "text", "text")),
        ([{"op": "watermark", "text": "x" * 121}], (0, "text", "too_long")),
        ([{"op": "logo", "picture": "../../etc/passwd"}], (0, "picture", "picture")),
        ([{"op": "convert"}], (0, "format", "required")),
        ([{"op": "convert", "format": "svg"}], (0, "format", "choice")),
        ([{"op": "convert", "format": "png", "at_most": 100}], (0, "at_most", "no_weight_without_loss")),
        ([{"op": "style"}], (0, "style", "needs_style_or_picture")),
        ([{"op": "background", "fill": "picture"}], (0, "picture", "required")),
    ],
)
def test_what_is_wrong_is_named(value: object, expected: tuple[int | None, str, str]) -> None:
    assert expected in mistakes(value)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = [{"op": "resize", "width": -1, "height": -1}, {"op": "watermark"}, {"op": "trim"}]
    assert [(index, name) for index, name, _ in mistakes(wrong)] == [(0, "width"), (0, "height"), (1, "text")]


@pytest.mark.parametrize("name", ["astronaut.png", "chelsea.png", "rocket.jpg"])
@pytest.mark.parametrize(
    "operation",
    [
        {"op": "resize", "width": 333},
        {"op": "resize", "width": 300, "height": 111, "fit": "fill"},
        {"op": "crop", "ratio": "3:4"},
        {"op": "crop", "left": 10, "width": 33},
        {"op": "rotate", "angle": 17},
        {"op": "rotate", "angle": -17, "corners": "fill"},
        {"op": "border", "size": 7},
    ],
)
def test_the_size_is_known_before_the_run(name: str, operation: dict[str, object]) -> None:
    size = open_picture(photo(name)).size
    expected = sizes_after(read_recipe([operation]), size)[-1]
    made = process(photo(name), operation)
    if "corners" in operation:  # the room that is kept for corners may be a pixel more than they need
        assert max(abs(expected[0] - made.size[0]), abs(expected[1] - made.size[1])) <= 2
    else:
        assert made.size == expected


def test_a_recipe_that_would_blow_a_picture_up_is_refused_before_it_is_decoded() -> None:
    recipe = read_recipe([{"op": "upscale", "factor": "4"}, {"op": "upscale", "factor": "4"}])
    with pytest.raises(TooLarge) as caught:
        run_recipe(encode(Image.new("RGB", (2000, 1000))), recipe)
    assert caught.value.index == 1


def test_a_broken_picture_is_refused() -> None:
    with pytest.raises(InvalidPicture):
        run_recipe(photo()[:5000], read_recipe(FIVE))
    with pytest.raises(InvalidPicture):
        run_recipe(photo(), read_recipe(FIVE), limits=Limits(pixels=1000))


def test_one_decoding_and_one_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    watch(monkeypatch, calls, recipes, "open_picture")
    watch(monkeypatch, calls, recipes, "write")
    process(photo(), *FIVE)
    assert calls == ["open_picture", "write"]


def test_each_operation_tells_how_far_the_whole_is() -> None:
    told: list[tuple[float, str]] = []
    run_recipe(photo(), read_recipe(FIVE), report=lambda fraction, name, number: told.append((fraction, name)))
    assert [name for _, name in told][1:] == ["crop", "resize", "colour", "watermark", "convert", "encoding"]
    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)


def test_a_run_is_stopped_between_operations() -> None:
    def stop(fraction: float, name: str, number: int) -> None:
        if name == "colour":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_recipe(photo(), read_recipe(FIVE), report=stop)


def test_other_pictures_are_named_and_opened_as_carefully() -> None:
    logo = read_recipe([{"op": "logo", "picture": OTHER}])
    assert picture_ids(logo) == {OTHER}
    with pytest.raises(InvalidPicture):
        run_recipe(photo(), logo, {OTHER: b"not a picture"})


def test_the_original_is_left_alone() -> None:
    picture = open_picture(photo())
    before = picture.tobytes()
    for operation in ({"op": "watermark", "text": "x"}, {"op": "title", "text": "x"}, {"op": "colour", "auto": 50}):
        recipe = read_recipe([operation])
        recipe[0].apply(Picture(picture), Work())
    assert picture.tobytes() == before


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (3, 2)])
@pytest.mark.parametrize(
    "operation",
    [
        *(
            {"op": "resize", "width": 50},
            {"op": "crop", "ratio": "9:16"},
            {"op": "rotate", "angle": 33},
            {"op": "trim"},
        ),
        *({"op": "border", "corners": 50}, {"op": "colour", "sharpen": 50, "auto": 50, "filter": "sepia"}),
        *(
            {"op": "watermark", "text": "W"},
            {"op": "watermark", "text": "W", "tiled": True},
            {"op": "title", "text": "W"},
        ),
        *({"op": "logo", "picture": OTHER}, {"op": "convert", "format": "avif"}),
    ],
    ids=lambda operation: operation["op"] if isinstance(operation, dict) else str(operation),
)
def test_the_smallest_pictures_go_through(operation: dict[str, object], size: tuple[int, int], mode: str) -> None:
    other = encode(Image.new("RGB", (9, 5)))
    made = process(Image.new(mode, size), operation, other=other)
    assert min(made.size) >= 1


def test_every_operation_has_a_group_and_expects_to_take_some_time() -> None:
    for kind in OPERATIONS.values():
        assert kind.group in ("shape", "colour", "marks", "ai", "file")
    assert 0.05 < expected_seconds(read_recipe(FIVE), (1024, 1024)) < 2


def watch(monkeypatch: pytest.MonkeyPatch, calls: list[str], module: object, name: str) -> None:
    """Note each call of a function, and let it do its work."""
    real: Callable[..., object] = getattr(module, name)

    def noted(*arguments: object, **options: object) -> object:
        calls.append(name)
        return real(*arguments, **options)

    monkeypatch.setattr(module, name, noted)


def test_shrinking_while_decoding_gives_the_same_picture() -> None:
    whole = pictures.open_picture(photo("coffee.png"))
    small = process(encode(whole, "JPEG"), {"op": "resize", "width": 200}, {"op": "convert", "format": "png"})
    assert psnr(open_picture(small.data), whole.resize((200, 133), Image.Resampling.LANCZOS)) > 35
