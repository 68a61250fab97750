"""How often a member may ask: counted by the minute in the cache, and not at all while the cache is away."""

import logging
import time
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle
from redis.exceptions import RedisError

from generation.api.authentication import MemberRequest

logger = logging.getLogger(__name__)

MINUTE = 60


class MemberThrottle(BaseThrottle):
    """So many requests a minute for each member; one shared counter instead of ninja's list of times."""

    def __init__(self, setting: str) -> None:
        self._setting = setting

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this request; tell whether it is still within the limit."""
        member = cast(MemberRequest, request).auth
        key = f"{self._setting}.{member.pk}.{int(time.time() // MINUTE)}"
        try:
            cache.add(key, 0, timeout=2 * MINUTE)
            return bool(cache.incr(key) <= getattr(settings, self._setting))
        except (RedisError, OSError) as error:
            logger.warning("requests are not counted: %r", error)
            return True

    def wait(self) -> float:
        """Give the seconds until the next minute begins."""
        return MINUTE - time.time() % MINUTE


REQUESTS = MemberThrottle("API_REQUESTS_PER_MINUTE")
JOBS = MemberThrottle("API_JOBS_PER_MINUTE")
UPLOADS = MemberThrottle("API_UPLOADS_PER_MINUTE")
