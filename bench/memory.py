"""What a worker with 50 calls in flight takes."""

import time
from pathlib import Path

from bench.figures import Figure
from bench.product import fresh_product, make_engine, make_member, running, submit, until


def main() -> None:
    """Add up the memory (PSS) of the cluster's processes while 50 calls run."""
    with fresh_product():
        from generation.models import Image

        make_engine(seconds=20.0)
        submit(make_member(), 50)
        with running("manage.py", "work", "generate") as worker:
            until(lambda: Image.objects.filter(status=Image.Status.RUNNING).count() == 50)
            time.sleep(3)
            processes = [worker.pid, *descendants(worker.pid)]
            largest = max(pss(pid) for pid in processes)
            Figure("worker process with 50 calls in flight, PSS", largest, "MB", 150).report()
            Figure(f"  its whole cluster, {len(processes)} processes, PSS", sum(map(pss, processes)), "MB").report()


def descendants(pid: int) -> list[int]:
    """Give the processes below this one, whichever of its threads started them."""
    try:
        lists = [thread.joinpath("children").read_text() for thread in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:  # it has just ended
        return []
    children = [int(child) for found in lists for child in found.split()]
    return children + [grandchild for child in children for grandchild in descendants(child)]


def pss(pid: int) -> float:
    """Give the memory of a process in MB, what it shares counted in parts; 0 where it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024


if __name__ == "__main__":
    main()
