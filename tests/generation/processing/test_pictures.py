"""Pictures from members and engines are opened safely and come out plain."""

import struct
import zlib
from base64 import b64decode
from io import BytesIO

import numpy
import pytest
from PIL import Image, ImageCms

from generation.processing.pictures import LIMITS, Encoding, InvalidPicture, Limits, encode, open_picture, render


def saved(image: Image.Image, file_format: str, **options: object) -> bytes:
    output = BytesIO()
    image.save(output, file_format, **options)
    return output.getvalue()


def photo(width: int = 64, height: int = 48) -> Image.Image:
    return Image.radial_gradient("L").resize((width, height)).convert("RGB")


def png_header(width: int, height: int) -> bytes:
    """The start of a PNG that claims to be huge."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    idat = b"IDAT" + zlib.compress(bytes(900))
    chunks = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (chunk, idat)]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def refusal(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(InvalidPicture) as caught:
        open_picture(data, limits)
    return caught.value.code


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_it_opens_by_content(file_format: str) -> None:
    image = open_picture(saved(photo(), file_format))
    assert (image.mode, image.size) == ("RGB", (64, 48))


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_a_truncated_file_is_broken(file_format: str) -> None:
    data = saved(photo(256, 256), file_format)
    assert refusal(data[: len(data) * 2 // 3]) in ("broken", "not_a_picture")


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90\x00" + bytes(500), b"\x7fELF" + bytes(500)],
    ids=["empty", "svg", "windows program", "linux program"],
)
def test_what_is_not_a_picture_is_refused(data: bytes) -> None:
    assert refusal(data) == "not_a_picture"


@pytest.mark.parametrize("file_format", ["TIFF", "BMP", "ICO"])
def test_formats_off_the_list_are_refused(file_format: str) -> None:
    assert refusal(saved(photo(), file_format)) == "not_a_picture"


def test_a_small_file_with_huge_sides_is_refused_before_decoding() -> None:
    assert refusal(png_header(50_000, 50_000)) == "too_many_pixels"


def test_a_picture_with_one_long_side_is_refused() -> None:
    assert refusal(png_header(20_000, 1)) == "too_many_pixels"


def test_too_many_bytes_are_refused_unread() -> None:
    assert refusal(saved(photo(), "PNG"), Limits(data=100)) == "too_large"


def test_a_text_bomb_is_refused() -> None:
    text = b"zTXt" + b"note\0\0" + zlib.compress(bytes(60_000_000))
    bomb = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    header = png_header(8, 8)
    assert refusal(header[:33] + bomb + header[33:]) in ("not_a_picture", "broken")


def test_a_note_of_the_camera_that_breaks_off_is_broken() -> None:
    data = saved(photo(), "PNG", exif=Image.Exif())
    note = b"eXIfMM\0*\0\0"
    chunk = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    assert refusal(data[:33] + chunk + data[33:]) == "broken"


def test_an_avif_without_its_picture_is_broken() -> None:
    data = saved(photo(), "AVIF")
    assert refusal(data.replace(b"iloc", b"free")) in ("broken", "not_a_picture")


def test_cmyk_becomes_rgb() -> None:
    image = open_picture(saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", quality=100))
    red, green, blue = numpy.asarray(image)[4, 4].tolist()
    assert image.mode == "RGB"
    assert red > 200
    assert max(green, blue) < 60


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    grey = Image.fromarray(numpy.full((8, 8), 0x7F7F, numpy.uint16))
    assert open_picture(saved(grey, "PNG")).getpixel((4, 4)) == (127, 127, 127)


def test_a_photo_taken_sideways_comes_out_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    image = open_picture(saved(photo(64, 48), "JPEG", exif=exif))
    assert image.size == (48, 64)
    assert not image.getexif()
    assert not image.info


def test_an_animation_gives_its_first_frame() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert open_picture(data).getpixel((4, 4)) == (255, 0, 0)


def test_transparency_is_kept() -> None:
    palette = Image.new("P", (8, 8))
    assert open_picture(saved(palette, "PNG", transparency=0)).getchannel("A").getpixel((0, 0)) == 0


def test_a_colour_profile_is_applied_and_removed() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, srgb, b"not a profile"):
        assert not open_picture(saved(photo(), "PNG", icc_profile=icc)).info


@pytest.mark.parametrize("encoding", ["PNG", "JPEG", "WEBP"])
def test_encode_gives_a_picture_of_that_kind(encoding: Encoding) -> None:
    with Image.open(BytesIO(encode(Image.new("RGBA", (8, 8)), encoding))) as image:
        assert image.format == encoding


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
@pytest.mark.parametrize("size", [(1, 1), (7, 1), (1, 9), (333, 257)])
def test_png_loses_nothing(mode: str, size: tuple[int, int]) -> None:
    noise = numpy.random.default_rng(1).integers(0, 256, size[0] * size[1] * len(mode), numpy.uint8)
    picture = Image.frombytes(mode, size, noise.tobytes())
    with Image.open(BytesIO(encode(picture))) as written:
        assert (written.mode, written.size, written.tobytes()) == (mode, size, picture.tobytes())


@pytest.mark.parametrize(
    ("name", "size"), [("thumbnail", (320, 160)), ("display", (1024, 512)), ("placeholder", (20, 10))]
)
def test_renditions_keep_the_shape(name: str, size: tuple[int, int]) -> None:
    made = getattr(render(photo(2000, 1000)), name)
    data = b64decode(made.partition(",")[2]) if name == "placeholder" else made
    with Image.open(BytesIO(data)) as small:
        assert (small.format, small.size) == ("WEBP", size)


def test_a_small_picture_is_not_blown_up() -> None:
    with Image.open(BytesIO(render(photo(200, 100)).display)) as same:
        assert same.size == (200, 100)


def test_a_placeholder_is_small_enough_for_a_page() -> None:
    assert len(render(photo(2000, 1000)).placeholder) < 1_000
