"""The small mark on pictures of plans that have one: on what is delivered, never on what is stored."""

from dataclasses import replace

from generation.processing import containers, exif
from generation.processing.encoding import Output, write
from generation.processing.marks import Watermark
from generation.processing.operations import Picture, Work
from generation.processing.pictures import open_picture, size_and_notes
from generation.processing.recipes import SAME

LEAST_SIDE = 150  # pixels; on smaller pictures nobody could read it
LEAST_LETTERS = 12  # pixels high
PART = 2.6  # letters, in % of the shorter side


def is_marked(width: int, height: int) -> bool:
    """Tell whether a picture of this size is large enough for a mark."""
    return min(width, height) >= LEAST_SIDE


def marked_extension(extension: str) -> str:
    """Give the file ending of a marked picture: its own, but for GIF, which is not written."""
    return "png" if extension == "gif" else extension


def marked(data: bytes, words: str) -> bytes:
    """Give the picture with a mark that can be read on any ground, with what the file says. Raises `InvalidPicture`."""
    (width, height), extension, _notes = size_and_notes(data)
    size = max(PART, 100 * LEAST_LETTERS / min(width, height))
    picture = Picture(open_picture(data), SAME.get(extension, Output()))
    written, _pixels = write(
        Watermark(text=words, size=size, opacity=75.0).apply(picture, Work()).pixels, picture.output
    )
    return _with_what_it_says(data, written)


def _with_what_it_says(data: bytes, written: bytes) -> bytes:
    try:
        said = containers.read(data)
        if exif.orientation_of(said.exif) != 1:  # what is written is upright
            said = replace(said, exif=b"")
        return containers.replace(written, said)
    except containers.UnknownContainer:
        return written
