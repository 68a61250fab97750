"""Each operation keeps its promise on real photos."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy
import pytest
from PIL import Image, ImageOps

from generation.processing.encoding import flatten
from generation.processing.pictures import encode, open_picture
from tests.generation.processing.photos import OTHER, done, photo, process, psnr, values
from tests.generation.processing.profiles import display_p3


@pytest.mark.parametrize(
    ("parameters", "size"),
    [
        ({"width": 200}, (200, 133)),
        ({"height": 200}, (300, 200)),
        ({"width": 300, "height": 300}, (300, 200)),
        ({"width": 300, "height": 300, "fit": "fill"}, (300, 300)),
        ({"width": 300, "height": 301, "fit": "pad"}, (300, 301)),
        ({"width": 77, "height": 999, "fit": "exact"}, (77, 999)),
        ({"width": 1200, "enlarge": False}, (600, 400)),
    ],
)
def test_resize_gives_exactly_the_size(parameters: dict[str, Any], size: tuple[int, int]) -> None:
    assert done(photo("coffee.png"), "resize", **parameters).size == size


def test_resize_is_as_good_as_pillows_best() -> None:
    best = open_picture(photo("coffee.png")).resize((240, 160), Image.Resampling.LANCZOS)
    assert psnr(done(photo("coffee.png"), "resize", width=240), best) > 40


def test_padding_is_transparent_unless_it_has_a_colour() -> None:
    padded = done(photo("coffee.png"), "resize", width=300, height=300, fit="pad")
    coloured = done(photo("coffee.png"), "resize", width=300, height=300, fit="pad", background="#ff0000")
    assert padded.getpixel((150, 5)) == (0, 0, 0, 0)
    assert coloured.getpixel((150, 5)) == (255, 0, 0)


@pytest.mark.parametrize(("ratio", "size"), [("1:1", (400, 400)), ("9:16", (225, 400)), ("2:1", (600, 300))])
def test_crop_to_a_ratio_takes_the_largest_part(ratio: str, size: tuple[int, int]) -> None:
    assert done(photo("coffee.png"), "crop", ratio=ratio).size == size


def test_a_smart_crop_keeps_the_face() -> None:
    whole = open_picture(photo())
    cut = done(photo(), "crop", ratio="2:1")
    offsets = [psnr(cut, whole.crop((0, top, 512, top + 256))) for top in range(257)]
    assert int(numpy.argmax(offsets)) < 60  # her hair begins at 40, her chin ends at 200


def test_crop_by_a_box_cuts_what_was_named() -> None:
    whole = open_picture(photo("coffee.png"))
    cut = done(photo("coffee.png"), "crop", left=25, top=50, width=50, height=50)
    assert psnr(cut, whole.crop((150, 200, 450, 400))) == 99


def test_quarter_turns_and_mirrors_lose_nothing() -> None:
    whole = open_picture(photo("coffee.png"))
    assert psnr(done(photo("coffee.png"), "rotate", angle=90), whole.rotate(-90, expand=True)) == 99
    assert psnr(done(photo("coffee.png"), "rotate", flip="horizontal"), ImageOps.mirror(whole)) == 99


@pytest.mark.parametrize("angle", [1, 12, 45, 80, -33])
@pytest.mark.parametrize("size", [(300, 200), (200, 300), (900, 40)])
def test_a_crooked_turn_leaves_no_empty_corner(angle: float, size: tuple[int, int]) -> None:
    turned = done(Image.new("RGB", size, "white"), "rotate", angle=angle)
    assert values(turned).min() > 250


def test_trim_finds_the_subject_in_an_even_margin() -> None:
    subject = open_picture(photo("coffee.png"))
    framed = ImageOps.expand(subject, (30, 10, 50, 70), "#dfe3e8")
    assert psnr(done(framed, "trim"), subject) == 99
    assert done(Image.new("RGB", (40, 30), "white"), "trim").size == (40, 30)


def test_trim_cuts_transparent_margins() -> None:
    clear = Image.new("RGBA", (100, 100))
    clear.paste((255, 0, 0, 255), (20, 30, 60, 50))
    assert done(clear, "trim").size == (40, 20)


def test_a_border_goes_around_and_corners_are_cut_away() -> None:
    framed = done(photo("coffee.png"), "border", size=5, colour="#00ff00", corners=10)
    assert framed.size == (640, 440)
    assert framed.getpixel((0, 0))[3] == 0  # type: ignore[index]  # RGBA has four values
    assert framed.getpixel((320, 10)) == (0, 255, 0, 255)


@pytest.mark.parametrize(
    ("parameters", "what"),
    [
        ({"brightness": 30}, lambda v: v.mean()),
        ({"contrast": 30}, lambda v: v.std()),
        ({"saturation": 40}, lambda v: (v.max(axis=2) - v.min(axis=2)).mean()),
        ({"temperature": 50}, lambda v: v[..., 0].mean() - v[..., 2].mean()),
        ({"sharpen": 80}, lambda v: numpy.abs(numpy.diff(v, axis=0)).mean()),
    ],
    ids=lambda case: next(iter(case)) if isinstance(case, dict) else "",
)
def test_colour_changes_what_it_names(parameters: dict[str, Any], what: Callable[[Any], float]) -> None:
    before, after = open_picture(photo("chelsea.png")), done(photo("chelsea.png"), "colour", **parameters)
    assert what(values(after)) > what(values(before)) * 1.05


def test_auto_correction_brings_a_dull_photo_back() -> None:
    good = open_picture(photo("coffee.png"))
    dull = good.point(lambda value: 60 + value // 3)
    assert psnr(done(dull, "colour", auto=100), good) > psnr(dull, good) + 6


def test_greyscale_has_no_colour_and_sepia_one() -> None:
    grey = values(done(photo(), "colour", filter="greyscale"))
    sepia = values(done(photo(), "colour", filter="sepia"))
    assert (grey.max(axis=2) == grey.min(axis=2)).all()
    assert (sepia[..., 0] >= sepia[..., 2]).all()


@pytest.mark.parametrize("ground", ["white", "black", "busy", "transparent"])
@pytest.mark.parametrize("tiled", [False, True])
def test_a_watermark_is_seen_on_every_ground(ground: str, tiled: bool) -> None:
    noise = numpy.random.default_rng(1).integers(0, 255, (400, 600, 3), numpy.uint8)
    plain = {"busy": Image.fromarray(noise), "transparent": Image.new("RGBA", (600, 400))}
    picture = plain.get(ground) or Image.new("RGB", (600, 400), ground)
    marked = done(picture, "watermark", text="© Alice 图像", size=8, tiled=tiled)
    changed = numpy.abs(values(flatten(marked, "#ffffff")) - values(flatten(picture, "#ffffff"))).max(axis=2)
    corner = changed if tiled else changed[300:, 300:]
    assert (corner > 60).mean() > 0.02
    assert changed[:100, :100].max() == 0 or tiled


def test_a_logo_lies_where_and_as_large_as_asked() -> None:
    red = encode(Image.new("RGB", (50, 25), "red"))
    marked = done(Image.new("RGB", (400, 200)), "logo", picture=OTHER, place="top-left", size=50, margin=5, other=red)
    assert marked.getpixel((9, 100)) == (0, 0, 0)
    assert marked.getpixel((11, 11)) == (255, 0, 0)
    assert marked.getpixel((208, 108)) == (255, 0, 0)
    assert marked.getpixel((212, 60)) == (0, 0, 0)


def test_a_long_title_stays_inside_the_picture() -> None:
    words = "The unbelievably long title of a book that nobody has the time to read to its end 一杯咖啡的时间"
    titled = done(Image.new("RGB", (300, 400), "#777777"), "title", text=words, size=20, veil=0, subtitle="Part one")
    changed = numpy.abs(values(titled) - 0x77).max(axis=2) > 40
    assert changed.any()
    assert not changed[:, :10].any()
    assert not changed[:, -10:].any()
    assert not changed[:10].any()
    assert not changed[-10:].any()


@pytest.mark.parametrize("name", ["png", "jpeg", "webp", "webp-lossless", "avif"])
def test_convert_writes_that_kind_of_file(name: str) -> None:
    made = process(photo("coffee.png"), {"op": "convert", "format": name, "quality": 90})
    with Image.open(BytesIO(made.data)) as image:
        assert image.format == {"webp-lossless": "WEBP"}.get(name, name.upper())
    likeness = psnr(open_picture(made.data), open_picture(photo("coffee.png")))
    assert likeness == 99 if name in ("png", "webp-lossless") else likeness > 32


@pytest.mark.parametrize("name", ["jpeg", "webp", "avif"])
@pytest.mark.parametrize("weight", [60, 12, 5])
def test_a_weight_is_never_passed(name: str, weight: int) -> None:
    made = process(photo(), {"op": "convert", "format": name, "at_most": weight})
    assert len(made.data) <= weight * 1000
    assert open_picture(made.data).size == made.size


def test_transparency_survives_where_the_format_has_it() -> None:
    clear = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    for name in ("png", "webp", "webp-lossless", "avif"):
        assert done(clear, "convert", format=name).getchannel("A").getextrema() == (0, 0)
    assert done(clear, "convert", format="jpeg", background="#00ff00").getpixel((9, 9))[1] > 250  # type: ignore[index]


def test_a_photo_that_becomes_transparent_is_not_written_as_jpeg() -> None:
    assert process(photo("rocket.jpg"), {"op": "rotate", "angle": 90}).format == "jpg"
    assert process(photo("rocket.jpg"), {"op": "border", "corners": 20}).format == "png"


@pytest.mark.parametrize("name", ["png", "jpeg", "webp", "avif"])
def test_notes_go_unless_they_are_to_be_kept(name: str) -> None:
    comment = b"UNICODE\0" + "a kitten, Steps: 20, 小猫".encode("utf-16-be")
    exif = Image.Exif()
    exif[0x8298] = "Alice"
    exif[0x0110] = "a camera"
    exif.get_ifd(0x8769)[0x9286] = comment
    file = BytesIO()
    Image.new("RGB", (40, 30)).save(file, "JPEG", exif=exif)

    kept = process(file.getvalue(), {"op": "convert", "format": name, "metadata": "keep"}).data
    stripped = process(file.getvalue(), {"op": "convert", "format": name}).data

    with Image.open(BytesIO(kept)) as image:
        image.load()
        assert "Alice" in (image.info.get("Copyright"), image.getexif().get(0x8298))
        written = image.info.get("parameters") or image.getexif().get_ifd(0x8769)[0x9286]
        assert written in ("a kitten, Steps: 20, 小猫", comment)
        assert 0x0110 not in image.getexif()
    with Image.open(BytesIO(stripped)) as image:
        image.load()
        assert not image.getexif()
        assert "parameters" not in image.info


def test_colours_of_a_wide_profile_come_out_in_srgb() -> None:
    file = BytesIO()
    red_of_srgb = (234, 51, 35)  # as Display P3 writes it
    Image.new("RGB", (8, 8), red_of_srgb).save(file, "PNG", icc_profile=display_p3())
    red, green, blue = done(file.getvalue(), "convert", format="png").getpixel((4, 4))  # type: ignore[misc]
    assert red == 255
    assert max(green, blue) < 12
