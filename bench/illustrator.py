"""What a picture of the built-in illustrator costs: processor time, memory, the first one, a cancelled one."""

import asyncio
import os
import statistics
import time
from pathlib import Path

from bench.figures import Figure
from generation.engines.base import Cancelled, CancelToken, GenerateRequest, Mode, RemoteRef
from generation.engines.illustrator.engine import STYLES, Illustrator
from generation.engines.illustrator.painting import Order, Painting

PROMPTS = (
    "a cute kitten by the sea at sunset", "red sports car in a neon city at night", "两只熊猫在竹林里", "江南水乡",
    "a castle on a mountain", "a bowl of ramen", "robot reading a book in a library", "lavender field at sunset",
    "老北京 胡同", "a whale under the sea", "an astronaut in space", "a couple in the rain",
)  # fmt: skip


class Watch:
    """A run that asks to stop at the first preview, where it is told to."""

    def __init__(self, *, stops: bool = False) -> None:
        self.cancel = CancelToken()
        self.deadline = asyncio.get_running_loop().time() + 60
        self.asked = 0.0
        self._stops = stops

    async def checkpoint(self, ref: RemoteRef) -> None:
        """Remember nothing: no remote work is started."""

    def progress(self, fraction: float, stage: str = "", *, step: int | None = None, steps: int | None = None) -> None:
        """Ignore progress."""

    def preview(self, data: bytes) -> None:
        """Ask to stop once something is to be seen."""
        if self._stops and not self.cancel.requested:
            self.asked = time.perf_counter()
            self.cancel.request()

    def settle(self) -> None:
        """Free nothing: it has no slot."""


def main() -> None:
    """Report processor seconds by size and style, then what a child process takes."""
    for side, budget in ((1024, 1.3), (512, 0.4)):
        Figure(f"illustrator, {side} × {side}, median CPU", _median(side, ""), "s", budget).report()
    by_style = {style: _median(1024, style, PROMPTS[:4]) for style in STYLES}
    worst = max(by_style, key=by_style.__getitem__)
    Figure(f"  its slowest style ({worst}), 1024 × 1024, median CPU", by_style[worst], "s", 2.5).report()
    asyncio.run(_child())


def _median(side: int, style: str, prompts: tuple[str, ...] = PROMPTS) -> float:
    return statistics.median(_cpu(prompt, side, style) for prompt in prompts)


def _cpu(prompt: str, side: int, style: str) -> float:
    """Processor seconds of one picture with its previews and its PNG."""
    start = time.process_time()
    painting = Painting(Order(prompt=prompt, width=side, height=side, seed=1, style=style))
    for stage in painting.stages():
        stage.preview()
    painting.png()
    return time.process_time() - start


async def _child() -> None:
    engine = Illustrator(slots=1)
    walls = []
    for number in range(4):
        start = time.perf_counter()
        await engine.generate(_request(PROMPTS[0], seed=number), Watch())
        walls.append(time.perf_counter() - start)
    extra = walls[0] - statistics.median(walls[1:])
    Figure("  the first picture after the start, later than the following ones", extra, "s", 2.0).report()
    for prompt in PROMPTS:
        for style in ("", "oil"):
            await engine.generate(_request(prompt, style=style), Watch())
    (child,) = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    Figure("  its child process, most memory (RSS)", _peak(child), "MB", 350).report()
    delays = []
    for number in range(5):
        watch = Watch(stops=True)
        try:
            await engine.generate(_request(PROMPTS[1], seed=number), watch)
        except Cancelled:
            delays.append(time.perf_counter() - watch.asked)
    Figure("  from cancel to its child's end, worst of 5", max(delays) * 1000, "ms", 300).report()
    await engine.close()


def _request(prompt: str, *, seed: int = 1, style: str = "") -> GenerateRequest:
    return GenerateRequest(mode=Mode.TEXT_TO_IMAGE, prompt=prompt, width=1024, height=1024, seed=seed, style=style)


def _peak(pid: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    main()
