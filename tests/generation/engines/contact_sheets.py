"""Contact sheets of the illustrator's pictures: `python -m tests.generation.engines.contact_sheets OUT`.

Made to be looked at. Draws the committed lists of prompts, or those on the command line, each with one fixed seed.
"""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from generation.engines.illustrator.painting import Order, Painting

LISTS = Path(__file__).with_name("prompts")
COLUMNS, ROWS = 4, 3
THUMB, CAPTION = 320, 34
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"


def prompts(language: str) -> list[str]:
    """Give the committed prompts of one language, `en` or `zh`."""
    return (LISTS / f"{language}.txt").read_text(encoding="utf-8").splitlines()


def draw(order: Order) -> tuple[Image.Image, str]:
    """Draw one picture, small, and say what was not understood."""
    painting = Painting(order)
    *_, last = painting.stages()
    last.image.thumbnail((THUMB, THUMB))
    return last.image, ", ".join(painting.facts["not_understood"])


def sheet(cells: list[tuple[str, Image.Image, str]]) -> Image.Image:
    """Lay pictures out with their prompts below; what was not understood in red."""
    font = ImageFont.truetype(FONT, 13) if Path(FONT).exists() else ImageFont.load_default(13)
    page = Image.new("RGB", (COLUMNS * (THUMB + 8), ROWS * (THUMB + CAPTION + 8)), "white")
    write = ImageDraw.Draw(page)
    for number, (prompt, picture, unknown) in enumerate(cells):
        left, top = number % COLUMNS * (THUMB + 8), number // COLUMNS * (THUMB + CAPTION + 8)
        page.paste(picture, (left + (THUMB - picture.width) // 2, top))
        write.text((left + 2, top + THUMB), prompt[:50], "black", font)
        write.text((left + 2, top + THUMB + 16), unknown[:50], "firebrick", font)
    return page


def sheets(orders: list[Order], processes: int) -> Iterator[Image.Image]:
    """Draw in several processes and give page after page."""
    with ProcessPoolExecutor(processes) as pool:
        drawn = zip(orders, pool.map(draw, orders), strict=True)
        while page := list(islice(drawn, COLUMNS * ROWS)):
            yield sheet([(order.prompt, *cell) for order, cell in page])


def main() -> None:
    """Read the command line and write the sheets as PNG."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("folder", type=Path)
    read.add_argument("prompt", nargs="*", help="draw these and not the committed lists")
    read.add_argument("--side", type=int, default=512)
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--style", default="")
    read.add_argument("--reference", type=Path)
    read.add_argument("--strength", type=float)
    read.add_argument("--title", default="")
    read.add_argument("--processes", type=int, default=2)
    asked = read.parse_intermixed_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    orders = [
        Order(
            prompt=prompt,
            width=asked.side,
            height=asked.side,
            seed=asked.seed + number if asked.prompt else asked.seed,
            style=asked.style,
            strength=asked.strength,
            title=asked.title,
            reference=asked.reference.read_bytes() if asked.reference else None,
        )
        for number, prompt in enumerate(asked.prompt or prompts("en") + prompts("zh"))
    ]
    for number, page in enumerate(sheets(orders, asked.processes), 1):
        path = asked.folder / f"sheet-{number:02}.png"
        page.save(path)
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
