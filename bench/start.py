"""From submit to the engine's start, through a real worker."""

import json
import time
from pathlib import Path

from bench.figures import Figure
from bench.product import fresh_product, make_engine, make_member, percentile, running, submit, until

SUBMITS = 100


def main() -> None:
    """Submit one image at a time to an idle lane; the engine writes down when it started."""
    with fresh_product() as folder:
        timelines = folder / "timelines"
        timelines.mkdir()
        make_engine(seconds=0.05, folder=str(timelines))
        member = make_member()
        with running("manage.py", "work", "generate"):
            _delay(member, timelines)  # the first one waits for the worker to come up
            delays = [_delay(member, timelines) for _ in range(SUBMITS)]
        Figure("submit → start on an idle lane, p50", 1000 * percentile(delays, 0.5), "ms", 50).report()
        Figure("submit → start on an idle lane, p99", 1000 * percentile(delays, 0.99), "ms").report()


def _delay(member: object, timelines: Path) -> float:
    known = set(timelines.glob("*.json"))
    submitted = time.time()
    submit(member, 1)
    until(lambda: len(set(timelines.glob("*.json")) - known) == 1)
    time.sleep(0.15)  # the lane is idle again
    (new,) = set(timelines.glob("*.json")) - known
    started: float = json.loads(new.read_text())["started"]
    return started - submitted


if __name__ == "__main__":
    main()
