"""What runs every second or two must not read the whole history, however long it is."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from generation.services.positions import positions_of
from generation.services.recovery import free_dead_processes, sweep
from generation.services.runner import _cancelled
from generation.services.scheduling import claim_images, renew_leases
from tests.factories import make_engine, submit_job
from tests.generation.services.playing import DRAIN, claim, end

pytestmark = pytest.mark.django_db(transaction=True)

HISTORY = ("generation_image", "generation_attempt", "generation_job")
WHOLE = ("SCAN {0} USING INDEX sqlite_autoindex", "SCAN {0}\n", "SCAN {0} USING COVERING INDEX sqlite_autoindex")


@pytest.mark.parametrize(
    "act",
    [
        lambda: claim_images(DRAIN, limit=5),
        lambda: renew_leases(DRAIN),
        lambda: _cancelled(DRAIN),
        lambda: end(claim()),
        lambda: positions_of([]),
        sweep,
        free_dead_processes,
    ],
)
def test_it_reads_what_is_active_alone(act: Callable[[], object], alice: User) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by statistics")
    make_engine()
    submit_job(alice, count=4)
    end(claim(1))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    plans = [_plan(query["sql"]) for query in queries if query["sql"].startswith(("SELECT", "UPDATE"))]
    assert [plan for plan in plans for table in HISTORY for scan in WHOLE if scan.format(table) in plan] == []


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return sql + "\n" + "".join(f"{row[3]}\n" for row in cursor.fetchall())
