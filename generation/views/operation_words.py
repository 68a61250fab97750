"""Operations, their settings and what they are set to, in the words of the page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from generation.processing.parameters import Choice, Colour, Flag, Kind, Number, PictureId, Text, Whole
from generation.processing.recipes import OPERATIONS

NAMES: dict[str, Promise] = {
    "resize": gettext_lazy("Resize"),
    "crop": gettext_lazy("Crop"),
    "rotate": gettext_lazy("Rotate and flip"),
    "trim": gettext_lazy("Trim the margin"),
    "border": gettext_lazy("Border and corners"),
    "colour": gettext_lazy("Light and colour"),
    "watermark": gettext_lazy("Watermark"),
    "logo": gettext_lazy("Logo"),
    "title": pgettext_lazy("on a picture", "Title"),
    "upscale": gettext_lazy("Upscale"),
    "background": gettext_lazy("Background"),
    "style": gettext_lazy("Repaint in a style"),
    "convert": gettext_lazy("File format"),
}
ICONS = {
    "resize": "scaling", "crop": "crop", "rotate": "rotate-cw", "trim": "scissors", "border": "frame",
    "colour": "palette", "watermark": "copyright", "logo": "badge", "title": "heading", "upscale": "image-upscale",
    "background": "user-round", "style": "brush", "convert": "file-image",
}  # fmt: skip
GROUPS: dict[str, Promise] = {
    "shape": pgettext_lazy("of a picture", "Shape"),
    "colour": gettext_lazy("Colour"),
    "marks": gettext_lazy("Marks and words"),
    "ai": gettext_lazy("With AI"),
    "file": gettext_lazy("File"),
}
SETTINGS: dict[str, Promise] = {
    "align": gettext_lazy("Lines"),
    "angle": gettext_lazy("Angle"),
    "at_most": gettext_lazy("Weight at most"),
    "auto": gettext_lazy("Auto-correct"),
    "background": gettext_lazy("Behind it"),
    "brightness": gettext_lazy("Brightness"),
    "colour": gettext_lazy("Colour"),
    "contrast": gettext_lazy("Contrast"),
    "corners": gettext_lazy("Corners"),
    "enlarge": gettext_lazy("Enlarge small pictures"),
    "factor": gettext_lazy("How much larger"),
    "fill": gettext_lazy("Put behind it"),
    "filter": pgettext_lazy("of colours", "Filter"),
    "fit": gettext_lazy("How it fits"),
    "flip": gettext_lazy("Mirror"),
    "focus": gettext_lazy("What is kept"),
    "font": gettext_lazy("Letters"),
    "format": gettext_lazy("Format"),
    "height": gettext_lazy("Height"),
    "keep_colours": gettext_lazy("Keep the colours"),
    "left": gettext_lazy("From the left"),
    "margin": gettext_lazy("Margin"),
    "metadata": gettext_lazy("Metadata"),
    "opacity": gettext_lazy("Opacity"),
    "picture": gettext_lazy("Picture"),
    "place": gettext_lazy("Place"),
    "quality": gettext_lazy("Quality"),
    "ratio": gettext_lazy("Ratio"),
    "saturation": gettext_lazy("Saturation"),
    "second_colour": gettext_lazy("Second colour"),
    "shadow": gettext_lazy("Shadow"),
    "sharpen": gettext_lazy("Sharpen"),
    "size": gettext_lazy("Size"),
    "strength": pgettext_lazy("of a style", "Strength"),
    "style": gettext_lazy("Style"),
    "subtitle": gettext_lazy("Second line"),
    "temperature": gettext_lazy("Temperature"),
    "text": gettext_lazy("Words"),
    "tiled": gettext_lazy("All over the picture"),
    "tolerance": gettext_lazy("Tolerance"),
    "top": gettext_lazy("From the top"),
    "veil": gettext_lazy("Veil under the words"),
    "width": gettext_lazy("Width"),
}
OPTIONS: dict[str, Promise | str] = {
    "fit": gettext_lazy("Fit in"), "fill": gettext_lazy("Fill and cut"), "pad": gettext_lazy("Fit in and pad"),
    "exact": gettext_lazy("Stretch"), "smart": gettext_lazy("The subject"), "centre": gettext_lazy("Middle"),
    "top": gettext_lazy("Top"), "bottom": gettext_lazy("Bottom"), "left": gettext_lazy("Left"),
    "right": gettext_lazy("Right"), "middle": gettext_lazy("Middle"), "top-left": gettext_lazy("Top left"),
    "top-right": gettext_lazy("Top right"), "bottom-left": gettext_lazy("Bottom left"),
    "bottom-right": gettext_lazy("Bottom right"), "horizontal": gettext_lazy("Left to right"),
    "vertical": gettext_lazy("Top to bottom"), "cut": gettext_lazy("Cut off"), "greyscale": gettext_lazy("Greyscale"),
    "sepia": gettext_lazy("Sepia"), "sans": gettext_lazy("Plain"), "serif": gettext_lazy("Serif"),
    "fast": gettext_lazy("Fast and faithful"), "best": gettext_lazy("Finest, slow"),
    "transparent": gettext_lazy("Nothing"), "colour": gettext_lazy("A colour"), "gradient": gettext_lazy("Two colours"),
    "blur": gettext_lazy("Itself, blurred"), "picture": gettext_lazy("A picture"), "png": "PNG",
    "jpeg": "JPEG", "webp": "WebP", "webp-lossless": gettext_lazy("WebP without loss"),
    "avif": "AVIF", "strip": pgettext_lazy("metadata", "Take out"), "keep": gettext_lazy("Keep"),
    "pastel": gettext_lazy("Pastel"), "neoplastic": gettext_lazy("Neoplastic"), "woodcut": gettext_lazy("Woodcut"),
    "kaleidoscope": gettext_lazy("Kaleidoscope"), "poster": gettext_lazy("Poster"), "fauvist": gettext_lazy("Fauvist"),
    "speckled": gettext_lazy("Speckled"), "neon": gettext_lazy("Neon"), "comic": gettext_lazy("Comic"),
    "mosaic": gettext_lazy("Mosaic"), "mahogany": gettext_lazy("Mahogany"), "engraving": gettext_lazy("Engraving"),
    "impressionist": gettext_lazy("Impressionist"), "acid": gettext_lazy("Acid"),
    "watercolour": gettext_lazy("Watercolour"), "stained-glass": gettext_lazy("Stained glass"),
    "dusk": gettext_lazy("Dusk"), "weave": gettext_lazy("Weave"), "old-print": gettext_lazy("Old print"),
    "starry-night": gettext_lazy("Starry night"), "crimson": gettext_lazy("Crimson"),
    "cut-out": gettext_lazy("Cut-out"), "expressionist": gettext_lazy("Expressionist"),
    "charcoal": gettext_lazy("Charcoal"), "seafoam": gettext_lazy("Seafoam"), "rugged": gettext_lazy("Rugged"),
}  # fmt: skip
# The same word says something else here.
HERE: dict[tuple[str, str, str], Promise | str] = {
    ("rotate", "corners", "fill"): gettext_lazy("Fill"),
    ("upscale", "factor", "2"): "2×",
    ("upscale", "factor", "4"): "4×",
    ("border", "size", ""): gettext_lazy("Border"),
    ("upscale", "quality", ""): gettext_lazy("Care"),
}


def operation_name(op: str) -> str:
    """Name an operation; one that does not exist any more keeps its own name."""
    return str(NAMES[op]) if op in NAMES else op


def setting_name(op: str, parameter: str) -> str:
    """Name a setting of an operation."""
    return str(HERE.get((op, parameter, "")) or SETTINGS.get(parameter) or parameter)


def option_name(op: str, parameter: str, option: str) -> str:
    """Name one of the words to choose from; what is no word, such as 16:9, says itself."""
    return str(HERE.get((op, parameter, option)) or OPTIONS.get(option) or option)


def summary_of(operation: Mapping[str, Any]) -> str:
    """Say in few words what an operation is set to, as far as that is not what it always is."""
    op = str(operation.get("op", ""))
    kinds = OPERATIONS[op].parameters() if op in OPERATIONS else {}
    given = {name: operation[name] for name in kinds if operation.get(name) is not None}
    if op == "resize" and {"width", "height"} <= given.keys():
        given = {"size": f"{given['width']} × {given['height']} px", **given}
        del given["width"], given["height"]
    return " · ".join(_said(op, kinds, given))


def recipe_words(operations: Sequence[Mapping[str, Any]]) -> str:
    """Say a whole recipe in one line."""
    steps = (f"{operation_name(str(each.get('op', '')))} {summary_of(each)}".strip() for each in operations)
    return " → ".join(steps)


def prompt_words(job: Mapping[str, Any]) -> str:
    """Say what a picture is: its prompt, or what was done to one that came without any."""
    names = [str(each["op"]) for each in job["recipe"] or []]
    if job["mode"] == "process" and job["prompt"] == " · ".join(names):
        return " · ".join(map(operation_name, names))
    return str(job["prompt"])


def _said(op: str, kinds: Mapping[str, Kind], given: Mapping[str, Any]) -> Iterator[str]:
    """Say each value; a number that could be any of several settings goes with its name."""
    for name, value in given.items():
        match kinds.get(name):
            case Choice():
                yield option_name(op, name, str(value))
            case Whole(unit=unit) | Number(unit=unit):
                number = f"{value:g} {unit}".rstrip() if isinstance(value, int | float) else str(value)
                yield number if op in ("resize", "rotate") else f"{setting_name(op, name)} {number}"
            case Text():
                yield f"“{value}”"
            case Flag():
                yield setting_name(op, name) if value else _("not: %(setting)s") % {"setting": setting_name(op, name)}
            case Colour():
                yield str(value)
            case PictureId():
                continue
            case None:
                yield str(value)
