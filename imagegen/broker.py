"""django-q2's Redis broker, for a Valkey that may go away and come back."""

import time

import redis
from django_q.brokers import redis_broker
from django_q.conf import Conf
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import TimeoutError as TimedOut
from redis.retry import Retry

AWAY = (ConnectionLost, TimedOut)
PAUSE_SECONDS = 0.5


class Broker(redis_broker.Redis):  # type: ignore[misc] # django-q2 is not typed
    """Fails at once where redis-py would try for seconds, and waits where django-q2 would restart processes."""

    def dequeue(self) -> list[tuple[None, bytes]] | None:
        """Give the next task, None when there is none for a second or Valkey is away."""
        try:
            return super().dequeue()  # type: ignore[no-any-return]
        except AWAY:
            time.sleep(PAUSE_SECONDS)
            return None

    def set_stat(self, key: str, value: str, timeout: int) -> None:
        """Save a cluster's statistics; those of the seconds without Valkey are not missed."""
        try:
            super().set_stat(key, value, timeout)
        except AWAY:
            return

    @staticmethod
    def get_connection(list_key: str | None = None) -> redis.Redis:
        """Connect to Valkey; a connection it closed since the last call is opened again."""
        retry = Retry(NoBackoff(), retries=1)
        return redis.Redis.from_url(Conf.REDIS, socket_connect_timeout=2, socket_timeout=5, retry=retry)
