"""A drain against the ideal, and against a bare asyncio loop over the same engine calls in the same run."""

import asyncio
import time

from bench.figures import Figure
from bench.product import fresh_product, make_engine, make_member, submit


def main() -> None:
    """Time 200 calls of 2 s at 50 at once, and 5 at 3, without the time it takes to submit them."""
    with fresh_product():
        member = make_member()
        bare = asyncio.run(_bare(200, 50))
        drained = _drained(member, 200, 50)
        Figure("200 simulated calls of 2 s, 50 at once: drain ÷ ideal (8 s)", drained / 8, "×", 1.10).report()
        Figure("  bare asyncio loop ÷ ideal, same engine", bare / 8, "×").report()
        Figure("  drain ÷ bare loop", drained / bare, "×").report()
        few = _drained(member, 5, 3)
        saved = 100 * (1 - few / 10)
        Figure("5 calls of 2 s, 3 at once: saved against one after another", saved, "%", 59, at_least=True).report()


def _drained(member: object, images: int, slots: int) -> float:
    from asgiref.sync import async_to_sync

    from generation.models import Image
    from generation.services.runner import Drain

    make_engine(slots=slots, seconds=2.0)
    before = Image.objects.filter(status=Image.Status.SUCCEEDED).count()
    submit(member, images)
    started = time.time()
    async_to_sync(Drain(idle_seconds=0.5).run)()
    made = Image.objects.filter(status=Image.Status.SUCCEEDED)
    assert made.count() == before + images  # a run that lost images measures nothing
    last = made.order_by("-finished_at").values_list("finished_at", flat=True)[0]
    assert last
    return last.timestamp() - started


async def _bare(images: int, slots: int) -> float:
    from generation.engines.base import CancelToken, GenerateRequest, Mode
    from generation.engines.simulated import Simulated, SimulatedSettings

    class Silent:
        cancel = CancelToken()
        deadline = asyncio.get_running_loop().time() + 600

        async def checkpoint(self, ref: object) -> None: ...
        def progress(self, fraction: float, stage: str = "", **_: object) -> None: ...
        def preview(self, data: bytes) -> None: ...
        def settle(self) -> None: ...

    engine, free = Simulated(SimulatedSettings(seconds=2.0), slots=slots), asyncio.Semaphore(slots)

    async def call(seed: int) -> None:
        async with free:
            await engine.generate(GenerateRequest(Mode.TEXT_TO_IMAGE, "a kitten", 64, 64, seed), Silent())

    started = time.time()
    await asyncio.gather(*(call(seed) for seed in range(images)))
    return time.time() - started


if __name__ == "__main__":
    main()
