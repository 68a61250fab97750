"""Read from a picture file how it was made: by us, or by one of the tools that people come from.

Nothing in a file is trusted: texts are bounded where they are read, JSON that is no JSON or too deep is no find, and
every value is brought to its type or named as not understood. Pixels are not decoded.
"""

import html
import re
from collections.abc import Callable, Iterator

from generation.processing import containers, exif
from generation.processing.metadata import OURS
from generation.processing.recalling import automatic, comfyui, dialects
from generation.processing.recalling.values import Recalled, Setting

__all__ = ["Recalled", "Setting", "recall"]

_OWN_XMP = re.compile(rb"<imagegen:parameters>([^<]*)</imagegen:parameters>")
_NAMED_TEXT = re.compile(r"(prompt|workflow):\s*(?=\{)", re.IGNORECASE)

# Which reader understands the text of which keyword, the surest first.
READERS: list[tuple[str, Callable[[str], Recalled | None]]] = [
    (OURS, dialects.read_own),
    ("invokeai_metadata", dialects.read_invoke),
    ("sd-metadata", dialects.read_old_invoke),
    ("parameters", dialects.read_swarm),
    ("parameters", dialects.read_fooocus),
    ("parameters", automatic.read),
    ("prompt", comfyui.read_prompt),
    ("workflow", comfyui.read_workflow),
    ("parameters", comfyui.read_prompt),
]


def recall(data: bytes) -> Recalled | None:
    """Give the settings that a file speaks of, by the names of our form; None where it speaks of none."""
    texts = list(_texts(containers.read(data)))
    for wanted, read in READERS:
        for keyword, text in texts:
            if keyword == wanted and (found := read(text)) and found.settings:
                return found
    return None


def _texts(said: containers.Metadata) -> Iterator[tuple[str, str]]:
    """Give all texts by keyword; those of EXIF have none, but for ComfyUI's, which begin with it."""
    yield from said.texts.items()
    for tag, value in exif.read(said.exif).items():
        if tag != exif.ORIENTATION:
            text = exif.text_of(value[: containers.MOST_TEXT])
            named = _NAMED_TEXT.match(text)
            yield (named[1].lower(), text[named.end() :]) if named else ("parameters", text)
    if own := _OWN_XMP.search(said.xmp):
        yield OURS, html.unescape(own[1].decode("utf-8", "replace"))
