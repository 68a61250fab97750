"""Notes inside a picture's file: who made it, and the settings that generators write. Kept only on request."""

from collections.abc import Mapping

from PIL import Image

from generation.processing import exif

# PNG keyword -> EXIF tag. `parameters` is where generators write prompt and settings.
TAGS = {"Description": exif.DESCRIPTION, "Software": 0x0131, "Author": 0x013B, "Copyright": 0x8298}
KEPT = (*TAGS, "parameters", "prompt", "workflow")
MOST_CHARACTERS = 20_000  # JPEG has room for 64 kB


def read(header: Image.Image) -> dict[str, str]:
    """Give the notes of a picture that was opened but not yet made plain; places and cameras are not among them."""
    found = {name: text for name in KEPT if isinstance(text := header.info.get(name), str)}
    tags = exif.read(header.info.get("exif", b""))
    for name, tag in (TAGS | {"parameters": exif.USER_COMMENT}).items():
        if tag in tags and (text := exif.text_of(tags[tag])):
            found.setdefault(name, text)
    return {name: text.replace("\0", "")[:MOST_CHARACTERS] for name, text in found.items()}


def exif_block(kept: Mapping[str, str]) -> bytes:
    """Write notes the way JPEG, WebP and AVIF hold them."""
    texts = {tag: kept[name] for name, tag in TAGS.items() if name in kept}
    block = exif.build(kept.get("parameters", ""), texts=texts)
    return b"Exif\0\0" + block if block else b""
