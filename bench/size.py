"""Pages with 1,000,000 pictures of one member beside the same pages with 1,000, on the database of DATABASE_URL."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.figures import Figure
from bench.product import fresh_product, make_engine, make_member

FEW, MANY = 1_000, 1_000_000
IMAGES_A_JOB = 4
RUNS = 11
PROMPTS = (
    "A cute kitten by the sea at sunset, watercolor",
    "A lighthouse on the coast in a storm, oil painting",
    "Snow mountains behind a flower meadow at dawn",
    "日落海边的一只可爱小猫，水彩",
    "A kitten asleep in a red armchair, flat poster",
)
RARE = "zeppelin"  # in the oldest prompt alone
PAGES = {
    "feed": "/",
    "gallery": "/gallery/",
    "gallery, favourites": "/gallery/?favourites=1",
    "search, a common word": "/gallery/?q=kitten",
    "search, common words": "/gallery/?q=kitten+watercolor+sea",
    "search, a rare word": f"/gallery/?q={RARE}",
    "search, Chinese": "/gallery/?q=小猫",
    "tasks, searched": "/api/v1/jobs?q=kitten",
}

# Ids as the product makes them, so many milliseconds apart; a job's images follow it.
SQL: dict[str, dict[str, str]] = {
    "sqlite": {
        "job": "printf('%012x7000b%015x', {base} + i, i)",
        "image": "substr(j.id, 1, 12) || '7' || printf('%03x', k.i) || substr(j.id, 17)",
    },
    "postgresql": {
        "job": "(lpad(to_hex({base} + i), 12, '0') || '7000b' || lpad(to_hex(i), 15, '0'))::uuid",
        "image": "overlay(j.id::text placing lpad(to_hex(k.i), 3, '0') from 16 for 3)::uuid",
    },
}
JOBS = """
    INSERT INTO generation_job (id, number, {columns})
    WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
    SELECT {job}, 1000 + i, {values} FROM n
    JOIN generation_job p ON p.member_id = {member} AND p.number = 2 + i % {prompts} ORDER BY i"""
ENTRIES = """
    INSERT INTO generation_searchentry (job_id, words)
    SELECT j.id, s.words FROM generation_job j
    JOIN generation_job p ON p.member_id = {member} AND p.number = 2 + (j.number - 1000) % {prompts}
    JOIN generation_searchentry s ON s.job_id = p.id
    WHERE j.member_id = {member} AND j.number >= 1000 + {first} ORDER BY j.number"""
IMAGES = """
    INSERT INTO generation_image (id, job_id, "index", {columns})
    WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < {each})
    SELECT {image}, j.id, k.i - 1, {values} FROM generation_job j JOIN k ON true
    JOIN generation_image p ON p.job_id = {pattern}
    WHERE j.member_id = {member} AND j.number >= 1000 + {first} ORDER BY j.number, k.i"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page takes: queries, and milliseconds in the best of some runs, which other work disturbs least."""

    queries: int
    milliseconds: float


def main() -> None:
    """Measure with few pictures, add the others, measure again."""
    with fresh_product():
        from django.db import connection

        from generation.models import Image

        make_engine()
        member = make_member()
        pattern = _patterns(member)
        jobs = FEW // IMAGES_A_JOB
        _add(member, pattern, 1, jobs)
        few = _measure(member)
        _add(member, pattern, jobs + 1, MANY // IMAGES_A_JOB)
        many = _measure(member)
        where = f"{Image.objects.count():,} pictures, {connection.vendor}"
        for name, cost in many.items():
            Figure(f"{name}: {where}", cost.milliseconds, "ms").report()
            Figure("  beside the same with 1,000", cost.milliseconds / few[name].milliseconds, "×", 1.5).report()
            Figure("  queries more", cost.queries - few[name].queries, "queries", 0).report()


def _patterns(member: Any) -> str:
    """Make the jobs that all others are copies of, number 1 with the rare word; gives the id of one with a picture."""
    from django.utils import timezone

    from generation.models import Image, Job
    from generation.services import jobs
    from generation.services.requests import JobRequest

    for prompt in (f"a {RARE}", *PROMPTS):
        job, _new = jobs.submit(member, JobRequest(prompt=prompt, width=1024, height=1024))
        jobs.cancel_job(job)
    made = {"status": "succeeded", "format": "png", "bytes": 1000, "width": 1024, "height": 1024}
    placeholder = "data:image/webp;base64," + "A" * 200
    Image.objects.update(**made, file_name="picture.png", finished_at=timezone.now(), placeholder=placeholder)
    Job.objects.update(status="succeeded", finished_at=timezone.now())
    return str(job.pk)


def _add(member: Any, pattern: str, first: int, last: int) -> None:
    """Add jobs `first` to `last` with pictures, in SQL alone; one in four a favourite, which fills a page."""
    from django.db import connection, transaction

    from generation.models import Image, Job

    forms = SQL[connection.vendor]
    base = int(time.time() * 1000) + first if first > 1 else int(time.time() * 1000) + 10_000
    pattern = pattern.replace("-", "") if connection.vendor == "sqlite" else pattern
    jobs, images = _columns(Job, "id", "number"), _columns(Image, "id", "job_id", "index")
    with transaction.atomic(), connection.cursor() as cursor:
        facts: dict[str, object] = {
            "first": first,
            "last": last,
            "prompts": len(PROMPTS),
            "each": IMAGES_A_JOB,
            "member": member.pk,
        }
        facts |= {"job": forms["job"].format(base=base), "image": forms["image"], "pattern": f"'{pattern}'"}
        cursor.execute(JOBS.format(columns=", ".join(jobs), values=", ".join(f"p.{name}" for name in jobs), **facts))
        cursor.execute(ENTRIES.format(**facts))
        cursor.execute(
            IMAGES.format(columns=", ".join(images), values=", ".join(f"p.{name}" for name in images), **facts)
        )
        cursor.execute(
            "UPDATE generation_image SET favourite = true WHERE job_id IN "
            "(SELECT id FROM generation_job WHERE number % 4 = 0)"
        )
    if connection.vendor == "postgresql":  # as autovacuum does sooner or later; SQLite works without
        connection.cursor().execute("ANALYZE")


def _columns(model: Any, *without: str) -> list[str]:
    return [f'"{field.column}"' for field in model._meta.concrete_fields if field.column not in without]


def _measure(member: Any) -> dict[str, Cost]:
    """Ask for every page as the member's browser does."""
    from django.conf import settings
    from django.test import Client

    from generation.models import Image
    from generation.services.jobs import cancel_job, submit
    from generation.services.requests import JobRequest

    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    client = Client(SERVER_NAME="localhost")
    client.force_login(member)
    middle = Image.objects.order_by("pk")[Image.objects.count() // 2]
    pages = PAGES | {"image page": f"/images/{middle.pk}/", "image page, searched": f"/images/{middle.pk}/?q=kitten"}
    costs = {name: _cost(lambda path=path: _get(client, path)) for name, path in pages.items()}  # type: ignore[misc]
    costs["submit and cancel"] = _cost(lambda: cancel_job(submit(member, JobRequest(prompt="a kitten"))[0]))
    return costs


def _get(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _cost(act: Callable[[], object]) -> Cost:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act()
    with CaptureQueriesContext(connection) as queries:
        act()
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - started))
    return Cost(len(queries), min(times))


if __name__ == "__main__":
    main()
