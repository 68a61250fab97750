"""`make sheets`: every operation on real photos, one contact sheet each, to be looked at."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from generation.processing.lettering import font_of
from generation.processing.operations import OptionMissing
from generation.processing.pictures import encode, open_picture
from generation.processing.recipes import OPERATIONS, read_recipe, run_recipe
from generation.processing.style import STYLES

PHOTOS = Path(__file__).parents[1] / "tests" / "photos"
NAMES = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")
TILE, LABEL, GAP, COLUMNS = 300, 34, 12, 4
OTHER = "00000000-0000-0000-0000-000000000001"

Variant = Mapping[str, object]
COLOURS: tuple[Variant, ...] = (
    *({"auto": 70}, {"brightness": 25}, {"contrast": 30}, {"saturation": 60}, {"temperature": -50}),
    *({"temperature": 50}, {"sharpen": 80}, {"filter": "greyscale"}, {"filter": "sepia"}),
)
TITLES: tuple[Variant, ...] = (
    {"text": "The quiet morning of a very long journey", "subtitle": "A story in twelve pictures"},
    {"text": "一杯咖啡的时间，足够想清楚一件事", "subtitle": "周末读物 · 第 12 期", "font": "serif", "align": "centre"},
    {"text": "Big & bold", "place": "top", "size": 18, "veil": 0},
    {"text": "Left alone", "place": "middle", "align": "right", "colour": "#ffd24a"},
)
BEHIND: tuple[Variant, ...] = (
    *({"shadow": 0}, {"fill": "colour", "colour": "#f2e8da", "shadow": 70}, {"fill": "gradient"}, {"fill": "blur"}),
    {"fill": "picture", "picture": OTHER},
)
VARIANTS: dict[str, Sequence[Variant]] = {
    "resize": [{"width": 400, "height": 200, "fit": fit} for fit in ("fit", "fill", "pad", "exact")],
    "crop": [{"ratio": "1:1"}, {"ratio": "9:16"}, {"ratio": "2:1"}, {"left": 20, "top": 10, "width": 50, "height": 60}],
    "rotate": [{"angle": 90}, {"angle": 12}, {"angle": -20, "corners": "fill"}, {"flip": "horizontal"}],
    "trim": [{"tolerance": 12}, {"margin": 5}],
    "border": [{"size": 6}, {"size": 3, "colour": "#101014", "corners": 12}, {"size": 0, "corners": 50}],
    "colour": COLOURS,
    "watermark": [
        *({"text": "© Alice 图像"}, {"text": "PREVIEW 样张", "tiled": True}),
        {"text": "top left", "place": "top-left", "size": 7},
    ],
    "logo": [{"picture": OTHER}, {"picture": OTHER, "place": "top-left", "size": 30, "opacity": 60}],
    "title": TITLES,
    "upscale": [{"factor": "2"}, {"factor": "4"}],
    "background": BEHIND,
    "style": [*[{"style": name} for name in STYLES], {"picture": OTHER}],
    "convert": [{"format": "jpeg", "at_most": 8}, {"format": "webp", "quality": 40}, {"format": "avif", "quality": 40}],
}


def main() -> None:
    """Write the sheets of the operations named on the command line, or of all, into the folder named first."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or OPERATIONS:
        try:
            sheet(name).save(folder / f"{name}.png")
        except OptionMissing as error:
            print(f"{name}: left out, {error} is not installed (make ai)")
        else:
            print(folder / f"{name}.png", flush=True)


def sheet(name: str) -> Image.Image:
    """Draw one operation: a row for each photo, or for each variant where there are many."""
    pairs = [(variant, photo) for variant in VARIANTS[name] for photo in NAMES]
    if name == "style":
        pairs = [(variant, "chelsea.png") for variant in VARIANTS[name]]
    rows = -(-len(pairs) // COLUMNS)
    paper = Image.new("RGB", (COLUMNS * (TILE + GAP) + GAP, rows * (TILE + LABEL + GAP) + GAP), "#8e939b")
    for number, (variant, photo) in enumerate(pairs):
        row, column = divmod(number, COLUMNS)
        _paste(
            paper, _run(name, variant, photo), (GAP + column * (TILE + GAP), GAP + row * (TILE + LABEL + GAP)), variant
        )
    return paper


def _run(name: str, variant: Variant, photo: str) -> Image.Image:
    data = (PHOTOS / photo).read_bytes()
    if name == "upscale":  # something small, cut from the middle
        small = open_picture(data)
        left, top = small.width // 2 - 80, small.height // 4
        data = encode(small.crop((left, top, left + 128, top + 128)))
    if name == "trim":
        data = encode(ImageOps.expand(open_picture(data), (60, 20, 100, 90), "#dfe3e8"))
    other = (PHOTOS / "coffee.png" if name != "logo" else PHOTOS / "logo.png").read_bytes()
    made = run_recipe(data, read_recipe([{"op": name, **variant}]), {OTHER: other})
    return open_picture(made.data)


def _paste(paper: Image.Image, picture: Image.Image, at: tuple[int, int], variant: Variant) -> None:
    words = ", ".join(f"{key} {value}" for key, value in variant.items() if value != OTHER)[:38]
    pen = ImageDraw.Draw(paper)
    pen.text(at, f"{words}\n{picture.width} × {picture.height}", fill="white", font=font_of("sans", 11), spacing=2)
    picture = ImageOps.contain(picture, (TILE, TILE))
    paper.paste(picture, (at[0], at[1] + LABEL), picture if picture.mode == "RGBA" else None)


if __name__ == "__main__":
    main()
