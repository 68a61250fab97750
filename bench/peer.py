"""Our post-processing beside sharp, the library that most people would take: same pictures, sizes and qualities.

Each side works in processes that are warm, in turns; the least of the rounds counts. CPU time hardly minds what else
the machine does, pictures a second do.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy
from PIL import Image, ImageDraw

from bench.figures import Figure
from generation.processing.lettering import font_of

HERE = Path(__file__).parent
PHOTOS = HERE.parent / "tests" / "photos"
INSTALLED = HERE.parent / ".venv" / "sharp"
NAMES = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")
KINDS = [("png", 1024)] * 16 + [("png", 1536)] * 12 + [("jpg", 1024)] * 8 + [("jpg", 1536)] * 4
FORMATS = ("png", "jpeg", "webp", "avif")
SLOW = 4  # pictures of the one peer that takes 1.5 seconds each
TEXT = "© Alice"
ROUNDS = 2

Times = dict[str, float]


def main() -> None:
    """Measure; without Node there is nobody to be measured against."""
    if not shutil.which("npm"):
        print("sharp is left out: no Node here", file=sys.stderr)
        return
    _install()
    with tempfile.TemporaryDirectory(prefix="imagegen-bench-") as folder:
        files = _pictures(Path(folder))
        for cores in (1, 2):
            if cores <= len(os.sched_getaffinity(0)):
                with _workers(cores) as (ours, sharp):
                    _compare(Path(folder), files, ours, sharp, cores)


def _install() -> None:
    INSTALLED.mkdir(exist_ok=True)
    for name in ("package.json", "work.mjs"):
        shutil.copy(HERE / "sharp" / name, INSTALLED)
    quiet = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(INSTALLED)]
    subprocess.run(quiet, check=True, stdout=sys.stderr)


def _pictures(folder: Path) -> list[Path]:
    """Make 40 grainy pictures from four photos, and the pixels of as many for the studio's own job."""
    random = numpy.random.default_rng(5)
    files = []
    for number, (kind, side) in enumerate(KINDS):
        photo = Image.open(PHOTOS / NAMES[number % 4]).convert("RGB")
        cut = random.uniform(0.6, 1.0) * min(photo.size)
        left, top = (random.uniform(0, length - cut) for length in photo.size)
        image = photo.resize((side, side), Image.Resampling.BICUBIC, box=(left, top, left + cut, top + cut))
        grain = random.normal(0, 3.0, (side, side, 1))
        image = Image.fromarray((numpy.asarray(image) + grain).clip(0, 255).astype(numpy.uint8))
        files.append(folder / f"{number}.{kind}")
        image.save(files[-1], quality=92)
        if side == 1024:
            (folder / f"{number}.raw").write_bytes(image.tobytes())
    return files


class Worker:
    """A process that answers orders, one at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def send(self, order: dict[str, Any]) -> None:
        """Give an order."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def receive(self) -> Times:
        """Wait for the answer."""
        assert self._process.stdout
        answer: Times = json.loads(self._process.stdout.readline())
        return answer


@contextmanager
def _workers(cores: int) -> Iterator[tuple[list[Worker], Worker]]:
    """Start as many of our processes as cores, and the one of sharp, all on these cores alone."""
    allowed = ",".join(str(core) for core in sorted(os.sched_getaffinity(0))[:cores])
    with ExitStack() as stack:

        def start(*command: str, folder: Path = HERE.parent) -> Worker:
            words = ["taskset", "-c", allowed, *command]
            pipe = subprocess.PIPE
            process = stack.enter_context(subprocess.Popen(words, text=True, cwd=folder, stdin=pipe, stdout=pipe))
            assert process.stdin
            stack.callback(process.stdin.close)
            return Worker(process)

        ours = [start(sys.executable, "-m", "bench.ours") for _ in range(cores)]
        yield ours, start("node", "work.mjs", folder=INSTALLED)


def _compare(folder: Path, files: list[Path], ours: list[Worker], sharp: Worker, cores: int) -> None:
    raws = sorted(folder.glob("*.raw"))
    for name in FORMATS:
        best = _rounds(folder, files, ours, sharp, cores, {"format": name})
        _report(best, len(files), cores, name.upper())
        if cores == 1:
            _likeness(folder, files, name)
    own = _rounds(folder, raws, ours, sharp, cores, {"way": "renditions", "size": 1024})
    _report(own, len(raws), cores, "original + display + thumbnail + placeholder", least=1.4)


def _rounds(
    folder: Path, files: list[Path], ours: list[Worker], sharp: Worker, cores: int, order: dict[str, Any]
) -> dict[str, Times]:
    """Let both sides work in turns; give the least CPU and wall time of each."""
    best: dict[str, Times] = {}
    order = {"mark": _mark(), "threads": 1, "parallel": cores} | order
    for number in range(ROUNDS + 1):
        times: dict[str, Times] = {}
        # Two pictures at a time, or one with two threads: whichever sharp is faster with. Both have as many tries.
        for threads, parallel in {(1, cores), (1, cores + 1), (cores, 1)}:
            times["ours"] = _least(times.get("ours"), _ours(ours, _pairs(files, folder, "ours"), order))
            setting = order | {"threads": threads, "parallel": parallel, "files": _pairs(files, folder, "sharp")}
            sharp.send({"way": "tuned"} | setting)
            times["tuned"] = _least(times.get("tuned"), sharp.receive())
        if "way" not in order and number == 1:
            few = files[:: len(files) // SLOW] if order["format"] == "avif" else files
            plain = order | {"way": "idiomatic", "threads": cores, "parallel": 4, "files": _pairs(few, folder, "plain")}
            sharp.send(plain)
            times["idiomatic"] = {key: value * len(files) / len(few) for key, value in sharp.receive().items()}
        if number:  # the first round warms up
            best = {key: _least(best.get(key), times.get(key)) for key in best | times}
    return best


def _ours(workers: list[Worker], pairs: list[tuple[str, str]], order: dict[str, Any]) -> Times:
    for index, worker in enumerate(workers):
        worker.send({"way": "recipe"} | order | {"files": pairs[index :: len(workers)]})
    answers = [worker.receive() for worker in workers]
    return {"cpu": sum(answer["cpu"] for answer in answers), "wall": max(answer["wall"] for answer in answers)}


def _pairs(files: list[Path], folder: Path, side: str) -> list[tuple[str, str]]:
    return [(str(file), str(folder / f"{side}-{file.stem}")) for file in files]


def _least(*times: Times | None) -> Times:
    known = [each for each in times if each]
    return {key: min(each[key] for each in known) for key in ("cpu", "wall")}


def _report(best: dict[str, Times], count: int, cores: int, what: str, least: float | None = None) -> None:
    on = f"{what} on {cores} core{'s' if cores > 1 else ''}"
    ours, tuned = best["ours"], best["tuned"]
    Figure(f"{on}: CPU time a picture", ours["cpu"] / count * 1000, "ms").report()
    Figure(f"{on}: pictures", count / ours["wall"], "/s").report()
    if cores == 1:
        Figure(f"{on}: CPU time of tuned sharp", tuned["cpu"] / ours["cpu"], "× ours", least or 1.1, True).report()
        if plain := best.get("idiomatic"):
            Figure(f"{on}: CPU time of idiomatic sharp", plain["cpu"] / ours["cpu"], "× ours", 1.7, True).report()
    else:
        ratio = tuned["wall"] / ours["wall"]
        Figure(f"{on}: pictures a second", ratio, "× sharp", least or 1.05, True).report()


def _likeness(folder: Path, files: list[Path], name: str) -> None:
    """Compare what both made with the best resizing there is, above the mark."""
    sides: dict[str, list[float]] = {"ours": [], "sharp": []}
    for file in files:
        with Image.open(file) as photo:
            best = photo.convert("RGB").resize((768, 768), Image.Resampling.LANCZOS).crop((0, 0, 768, 600))
        for side, values in sides.items():
            with Image.open(folder / f"{side}-{file.stem}") as made:
                error = numpy.asarray(made.convert("RGB").crop((0, 0, 768, 600)), float) - numpy.asarray(best, float)
            values.append(float(10 * numpy.log10(255**2 / (error**2).mean())))
    ours, theirs = (float(numpy.mean(values)) for values in sides.values())
    weights = [sum((folder / f"{side}-{file.stem}").stat().st_size for file in files) for side in sides]
    Figure(f"{name.upper()}: likeness (PSNR {ours:.2f} dB) beside sharp's", ours - theirs, "dB", -0.3, True).report()
    Figure(f"{name.upper()}: weight beside sharp's", weights[0] / weights[1], "× sharp").report()


def _mark() -> dict[str, str]:
    """Give the mark as both sides take it: words, SVG, and drawn beforehand."""
    svg = (
        '<svg width="150" height="50"><text x="75" y="32" text-anchor="middle" font-size="30" fill="white" '
        f'fill-opacity="0.8">{TEXT}</text></svg>'
    )
    drawn = Image.new("RGBA", (150, 50))
    ImageDraw.Draw(drawn).text((10, 5), TEXT, fill=(255, 255, 255, 204), font=font_of("sans", 30))
    file = BytesIO()
    drawn.save(file, "PNG")
    return {"text": TEXT, "svg": svg, "png": base64.b64encode(file.getvalue()).decode()}


if __name__ == "__main__":
    main()
