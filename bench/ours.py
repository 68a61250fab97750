"""Our side of bench/peer.py: reads orders as lines of JSON, answers each with its CPU and wall time."""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from PIL import Image

from generation.processing.encoding import Output, write
from generation.processing.pictures import SMALL, encode, render, shrunk
from generation.processing.recipes import read_recipe, run_recipe

QUALITY = {"png": 85, "jpeg": 90, "webp": 85, "avif": 60}


def main() -> None:
    """Serve orders until the input ends."""
    for line in sys.stdin:
        order = json.loads(line)
        before, start = _cpu(), time.monotonic()
        for source, target in order["files"]:
            (_renditions if order["way"] == "renditions" else _recipe)(order, Path(source), Path(target))
        print(json.dumps({"cpu": _cpu() - before, "wall": time.monotonic() - start}), flush=True)


def _recipe(order: dict[str, Any], source: Path, target: Path) -> None:
    name = order["format"]
    recipe = read_recipe(
        [
            {"op": "resize", "width": 768, "height": 768},
            {"op": "watermark", "text": order["mark"]["text"]},
            {"op": "convert", "format": name, "quality": QUALITY[name]},
        ]
    )
    made = run_recipe(source.read_bytes(), recipe)
    target.write_bytes(made.data)
    small = write(shrunk(made.pixels, SMALL), Output("webp", quality=80))[0]
    Path(f"{target}.thumb.webp").write_bytes(small)


def _renditions(order: dict[str, Any], source: Path, target: Path) -> None:
    image = Image.frombytes("RGB", (order["size"],) * 2, source.read_bytes())
    made = render(image, longest=768)
    for index, data in enumerate((encode(image), made.display, made.thumbnail, made.placeholder.encode())):
        Path(f"{target}.{index}").write_bytes(data)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
