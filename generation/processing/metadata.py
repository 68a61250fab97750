"""What a picture says about how it was made: written by the conventions that people's tools read.

PNG gets a text chunk `parameters` in the words of AUTOMATIC1111's web UI and a chunk `imagegen` with everything as
JSON; JPEG and WebP get the same words as EXIF user comment, and the JSON in XMP. All say in XMP, by IPTC's
vocabulary, that they were made by a machine. Pixels are not touched.
"""

import json
from dataclasses import asdict, dataclass
from typing import Literal
from xml.sax.saxutils import escape

from generation.processing import exif
from generation.processing.containers import Metadata, UnknownContainer, read, replace
from generation.processing.pictures import encode, open_picture

OURS = "imagegen"
NAMESPACE = "https://imagegen.example/ns/1.0/"
Source = Literal["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "algorithmicMedia"]

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:imagegen="{namespace}">
<xmp:CreatorTool>imagegen</xmp:CreatorTool>
<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/{source}</Iptc4xmpExt:DigitalSourceType>
{own}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What went into one picture; "" and None mean that it has no such setting."""

    prompt: str
    width: int
    height: int
    seed: int
    mode: str
    engine: str = ""
    model: str = ""
    negative_prompt: str = ""
    style: str = ""
    title: str = ""
    sampler: str = ""
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None


def stamp(data: bytes, made: Parameters, source: Source) -> bytes:
    """Write how a picture was made into it, instead of everything that it said before.

    Raises `UnknownContainer` for what is no PNG, JPEG or WebP.
    """
    words = as_words(made)
    facts = {name: value for name, value in asdict(made).items() if value not in ("", None)}
    own = json.dumps({"version": 1} | facts, ensure_ascii=False)
    if data.startswith(b"\x89PNG"):
        return replace(data, Metadata({"parameters": words, OURS: own}, xmp=_xmp(source)))
    block = exif.build(words, exif.orientation_of(read(data).exif))
    return replace(data, Metadata(exif=block, xmp=_xmp(source, own)))


def strip(data: bytes) -> bytes:
    """Give the picture without a word about it. Formats that cannot be taken apart come back as PNG."""
    try:
        return replace(data, Metadata())
    except UnknownContainer:
        return encode(open_picture(data), "PNG")


def as_words(made: Parameters) -> str:
    """Say the parameters as AUTOMATIC1111's web UI does."""
    facts: list[tuple[str, object]] = [
        ("Steps", made.steps), ("Sampler", made.sampler), ("CFG scale", made.guidance), ("Seed", made.seed),
        ("Size", f"{made.width}x{made.height}"), ("Model", made.model), ("Denoising strength", made.strength),
        ("Style", made.style), ("Engine", made.engine), ("Version", OURS),
    ]  # fmt: skip
    lines = [made.prompt.strip()]
    if made.negative_prompt:
        lines.append(f"Negative prompt: {made.negative_prompt.strip()}")
    lines.append(", ".join(f"{name}: {_quoted(value)}" for name, value in facts if value not in ("", None)))
    return "\n".join(lines)


def _quoted(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return json.dumps(text, ensure_ascii=False) if any(mark in text for mark in ',:\n"') else text


def _xmp(source: Source, own: str = "") -> bytes:
    parameters = f"<imagegen:parameters>{escape(own)}</imagegen:parameters>\n" if own else ""
    return _XMP.format(namespace=NAMESPACE, source=source, own=parameters).encode()
