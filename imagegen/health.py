"""Whether everything is there that members need."""

import time

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from imagegen import queue

CLUSTERS = ("generate", "process")
STALE_SECONDS = 30  # beats come every five seconds


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and Valkey answer and both clusters consume tasks, else 503."""
    states = {"web": True, "database": _database_answers(), "valkey": True}
    try:
        states |= {cluster: _is_fresh(queue.last_beat(cluster)) for cluster in CLUSTERS}
    except RedisError:
        states |= dict.fromkeys(("valkey", *CLUSTERS), False)
    return JsonResponse(states, status=200 if all(states.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _is_fresh(beat: float | None) -> bool:
    return beat is not None and time.time() - beat < STALE_SECONDS
