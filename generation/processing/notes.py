"""Notes inside a picture's file: who made it, and the settings that generators write. Kept only on request."""

from collections.abc import Mapping

from PIL import Image, PngImagePlugin

# PNG keyword -> EXIF tag. `parameters` is where generators write prompt and settings.
TAGS = {"Description": 0x010E, "Software": 0x0131, "Author": 0x013B, "Copyright": 0x8298}
USER_COMMENT, EXIF_IFD = 0x9286, 0x8769
KEPT = (*TAGS, "parameters", "prompt", "workflow")
MOST_CHARACTERS = 20_000  # JPEG has room for 64 kB


def read(header: Image.Image) -> dict[str, str]:
    """Give the notes of a picture that was opened but not yet made plain; places and cameras are not among them."""
    found = {name: text for name in KEPT if isinstance(text := header.info.get(name), str)}
    exif = Image.Image.getexif(header)  # PNG's own would decode the picture first
    for name, tag in TAGS.items():
        if isinstance(text := exif.get(tag), str):
            found.setdefault(name, text)
    comment = exif.get_ifd(EXIF_IFD).get(USER_COMMENT)
    if isinstance(comment, bytes) and comment.startswith(b"UNICODE\0"):
        found.setdefault("parameters", comment[8:].decode("utf-16-be", "ignore"))
    return {name: text.replace("\0", "")[:MOST_CHARACTERS] for name, text in found.items()}


def png_text(kept: Mapping[str, str]) -> PngImagePlugin.PngInfo:
    """Write notes the way PNG holds them."""
    info = PngImagePlugin.PngInfo()
    for name, text in kept.items():
        info.add_text(name, text)
    return info


def exif(kept: Mapping[str, str]) -> bytes:
    """Write notes the way JPEG, WebP and AVIF hold them; as bytes, since AVIF drops an `Exif` with sub-tags alone."""
    if not kept:
        return b""
    tags = Image.Exif()
    for name, tag in TAGS.items():
        if name in kept:
            tags[tag] = kept[name]
    if "parameters" in kept:
        tags.get_ifd(EXIF_IFD)[USER_COMMENT] = b"UNICODE\0" + kept["parameters"].encode("utf-16-be")
    return tags.tobytes()
