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
            processes = [worker.pid, *_descendants(worker.pid)]
            largest = max(_pss(pid) for pid in processes)
            Figure("worker process with 50 calls in flight, PSS", largest, "MB", 150).report()
            Figure(f"  its whole cluster, {len(processes)} processes, PSS", sum(map(_pss, processes)), "MB").report()


def _descendants(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [grandchild for child in children for grandchild in _descendants(child)]


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
