"""Pictures say how they were made, in words that other tools read, and no pixel changes."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from generation.processing import containers, exif
from generation.processing.containers import Metadata, UnknownContainer
from generation.processing.metadata import Parameters, stamp, strip

MADE = Parameters(
    prompt="日落海边的小猫 🐱\na cat, “café” style", negative_prompt="模糊", width=640, height=480, seed=2**60,
    mode="text-to-image", engine="comfy", model="flux, dev", sampler="Euler a", steps=20, guidance=7.5,
)  # fmt: skip
WORDS = (
    "日落海边的小猫 🐱\na cat, “café” style\nNegative prompt: 模糊\n"
    'Steps: 20, Sampler: Euler a, CFG scale: 7.5, Seed: 1152921504606846976, Size: 640x480, Model: "flux, dev", '
    "Engine: comfy, Version: imagegen"
)
EXIF_FOLDER, USER_COMMENT, ORIENTATION = 0x8769, 0x9286, 0x0112
KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "png": ("PNG", "RGB", {}),
    "png-alpha": ("PNG", "RGBA", {}),
    "png-palette": ("PNG", "P", {}),
    "jpeg": ("JPEG", "RGB", {"quality": 90}),
    "jpeg-progressive": ("JPEG", "RGB", {"progressive": True}),
    "jpeg-cmyk": ("JPEG", "CMYK", {}),
    "webp": ("WEBP", "RGB", {}),
    "webp-alpha": ("WEBP", "RGBA", {}),
    "webp-lossless": ("WEBP", "RGBA", {"lossless": True}),
}


def saved(kind: str, **options: Any) -> bytes:
    file_format, mode, own = KINDS[kind]
    image = Image.radial_gradient("L").resize((91, 47)).convert("RGB")
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    output = BytesIO()
    image.convert(mode).save(output, file_format, **own | options)
    return output.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def same_pixels(one: bytes, other: bytes) -> bool:
    return numpy.array_equal(numpy.asarray(opened(one)), numpy.asarray(opened(other)))


def comment_of(data: bytes) -> str:
    value = opened(data).getexif().get_ifd(EXIF_FOLDER)[USER_COMMENT]
    assert value.startswith(b"UNICODE\0")
    return str(value[8:].decode("utf-16-be"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_are_where_tools_look_and_pixels_stay(kind: str) -> None:
    data = saved(kind)
    said = stamp(data, MADE, "trainedAlgorithmicMedia")
    words = opened(said).info["parameters"] if kind.startswith("png") else comment_of(said)
    assert words == WORDS
    assert same_pixels(said, data)


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_that_a_machine_made_it(kind: str) -> None:
    packet = opened(stamp(saved(kind), MADE, "algorithmicMedia")).info["xmp"]
    root = ElementTree.fromstring(packet)  # noqa: S314  our own
    said = root.find(".//{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType")
    assert said is not None
    assert said.text == "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"


@pytest.mark.parametrize("kind", KINDS)
def test_stripped_it_is_the_picture_as_it_was(kind: str) -> None:
    data = saved(kind)
    assert strip(stamp(data, MADE, "trainedAlgorithmicMedia")) == strip(data)
    assert containers.read(strip(data)) == Metadata()


def test_what_the_engine_wrote_is_gone() -> None:
    graph = PngImagePlugin.PngInfo()
    graph.add_text("workflow", '{"secret": "C:\\\\path"}')
    graph.add_itxt("note", "secret", zip=True)
    assert set(containers.read(saved("png", pnginfo=graph)).texts) == {"workflow", "note"}
    said = stamp(saved("png", pnginfo=graph), MADE, "trainedAlgorithmicMedia")
    assert set(opened(said).info) == {"parameters", "imagegen", "xmp", "XML:com.adobe.xmp"}


@pytest.mark.parametrize("kind", ["jpeg", "webp", "png"])
def test_stripping_takes_places_and_cameras(kind: str) -> None:
    camera = Image.Exif()
    camera[0x0110] = "a camera"
    camera.get_ifd(0x8825)[1] = "N"
    data = strip(saved(kind, exif=camera.tobytes(), xmp=b"<x>here</x>"))
    assert b"a camera" not in data
    assert b"here" not in data
    assert not opened(data).getexif()


def test_what_hides_behind_a_jpeg_goes_too() -> None:
    data = saved("jpeg", comment=b"hidden")
    assert strip(data + saved("jpeg", comment=b"behind")) == strip(data)
    assert b"hidden" not in strip(data)


@pytest.mark.parametrize("kind", ["jpeg", "jpeg-cmyk", "webp", "png"])
def test_the_colour_profile_stays(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = stamp(saved(kind, icc_profile=profile), MADE, "trainedAlgorithmicMedia")
    assert opened(data).info["icc_profile"] == opened(strip(data)).info["icc_profile"] == profile


@pytest.mark.parametrize("kind", ["jpeg", "webp", "png"])
def test_a_picture_that_lies_on_its_side_is_still_turned(kind: str) -> None:
    turned = Image.Exif()
    turned[ORIENTATION] = 6
    data = saved(kind, exif=turned.tobytes())
    said = stamp(data, MADE, "trainedAlgorithmicMedia")
    assert [opened(file).getexif()[ORIENTATION] for file in (said, strip(said))] == [6, 6]


def test_an_animation_keeps_moving() -> None:
    output = BytesIO()
    frames = [Image.new("RGB", (16, 16), colour) for colour in ("red", "blue")]
    frames[0].save(output, "WEBP", save_all=True, append_images=frames[1:])
    assert opened(stamp(output.getvalue(), MADE, "trainedAlgorithmicMedia")).n_frames == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("file_format", ["GIF", "AVIF"])
def test_what_cannot_be_taken_apart_is_encoded_again(file_format: str) -> None:
    output = BytesIO()
    Image.new("RGB", (16, 16), "teal").save(output, file_format)
    with pytest.raises(UnknownContainer):
        stamp(output.getvalue(), MADE, "trainedAlgorithmicMedia")
    assert opened(strip(output.getvalue())).format == "PNG"


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_long_prompt_of_any_letters_fits(kind: str) -> None:
    long = Parameters(prompt='🐱<&"\n' * 800, negative_prompt="&" * 4000, width=1, height=1, seed=1, mode="inpaint")
    data = containers.read(stamp(saved(kind), long, "trainedAlgorithmicMedia"))
    words = data.texts.get("parameters") or exif.text_of(exif.read(data.exif)[USER_COMMENT])
    assert words.startswith(long.prompt.strip())
    assert b"DigitalSourceType" in data.xmp


@given(st.sampled_from(sorted(KINDS)), st.data())
@settings(deadline=None)  # how long it takes says nothing on a busy machine
def test_a_file_that_is_cut_or_changed_never_breaks_us(kind: str, draw: st.DataObject) -> None:
    data = bytearray(stamp(saved(kind), MADE, "trainedAlgorithmicMedia"))
    for at in draw.draw(st.lists(st.integers(0, len(data) - 1), max_size=8)):
        data[at] = draw.draw(st.integers(0, 255))
    hostile = bytes(data[: draw.draw(st.integers(0, len(data)))])
    containers.read(hostile)
    exif.read(hostile)
    try:
        plain = containers.replace(hostile, Metadata())
    except UnknownContainer:
        return
    assert b"parameters\0" not in plain
    assert len(plain) <= len(hostile)
