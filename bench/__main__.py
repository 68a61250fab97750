"""`make bench`: each benchmark in a process of its own, one table in the end."""

import json
import subprocess
import sys

from bench.figures import Figure

BENCHMARKS = (
    ("bench.schedule", False),
    ("bench.remote", False),
    ("bench.illustrator", False),
    ("bench.start", False),
    ("bench.cancel", False),
    ("bench.press", False),
    ("bench.preview", False),
    ("bench.claims", False),
    ("bench.claims", True),
    ("bench.memory", False),
    ("bench.live", False),
    ("bench.recipes", False),
    ("bench.size", False),
    ("bench.size", True),
    ("bench.feed", False),
    ("bench.peer", False),
)
BY_NAME = (("bench.lighthouse", False),)  # fetches Lighthouse by npm, so it runs where it is named


def main() -> int:
    """Run what is named on the command line, or everything; fails where a benchmark fails, not where it is slow."""
    wanted = sys.argv[1:]
    failed = 0
    figures: list[Figure] = []
    for module, on_postgres in (*BENCHMARKS, *BY_NAME) if wanted else BENCHMARKS:
        if wanted and module.removeprefix("bench.") not in wanted:
            continue
        command = [sys.executable, "-m", module]
        if on_postgres:
            command = [sys.executable, "-m", "tests.postgres", *command]
        print(f"… {module}{' on PostgreSQL' if on_postgres else ''}", file=sys.stderr, flush=True)
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        failed += done.returncode != 0
        figures += [Figure(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    print("\n".join(figure.row() for figure in figures))
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
