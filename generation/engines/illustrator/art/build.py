"""Render the art pack: `python -m generation.engines.illustrator.art.build FOLDER`.

FOLDER holds the unpacked npm package @iconify-json/fluent-emoji 1.2.7. Needs `resvg` 0.2.0, which the product does not.
"""

import json
import sys
import tomllib
from io import BytesIO
from pathlib import Path

import resvg  # type: ignore[import-not-found]  # only who renders the pack installs it
from PIL import Image

HERE = Path(__file__).parent
SIDE = 512
WATER_LINE = 0.86  # boats of the pack bring a block of water along; it is cut off here
RENAMED = {"oil-umbrella": "umbrella", "toy-balloon": "balloon"}  # our name: theirs
BOATS = ("speedboat", "passenger-ship")


def main() -> None:
    """Render every picture that art.toml names, cut to its outline."""
    icons = json.loads((Path(sys.argv[1]) / "package" / "icons.json").read_text())
    table = tomllib.loads((HERE / "art.toml").read_text(encoding="utf-8"))
    for name in (name for group in table["group"] for name in group["art"]):
        image = render(icons["icons"][RENAMED.get(name, name)]["body"])
        if name in BOATS:
            image = image.crop((0, 0, image.width, round(image.height * WATER_LINE)))
        image.crop(image.getbbox()).save(HERE / f"{name}.webp", quality=86, method=4)


def render(body: str) -> Image.Image:
    """Turn the inside of one drawing into pixels."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 32 32">{body}</svg>'
    tree = resvg.usvg.Tree.from_str(svg, resvg.usvg.Options.default())
    return Image.open(BytesIO(bytes(resvg.render(tree, (1, 0, 0, 0, 1, 0))))).convert("RGBA")


if __name__ == "__main__":
    main()
