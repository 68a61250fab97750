"""How often a member may ask: counted by the minute in the cache, and not at all while the cache is away."""

import logging
import math
import time

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.models import User
from generation.exceptions import TooManyRequests

logger = logging.getLogger(__name__)

MINUTE = 60


def is_within(who: User | str, setting: str) -> bool:
    """Count one request of a member or an address; tell whether it is within what this setting gives a minute."""
    key = f"{setting}.{who if isinstance(who, str) else who.pk}.{int(time.time() // MINUTE)}"
    try:
        cache.add(key, 0, timeout=2 * MINUTE)
        return bool(cache.incr(key) <= getattr(settings, setting))
    except (RedisError, OSError) as error:
        logger.warning("requests are not counted: %r", error)
        return True


def seconds_left() -> float:
    """Give the seconds until the next minute begins."""
    return MINUTE - time.time() % MINUTE


def throttle(member: User, *names: str) -> None:
    """Count one request against each of these settings. Raises `TooManyRequests`."""
    if not all(is_within(member, setting) for setting in names):
        raise TooManyRequests(retry_after=math.ceil(seconds_left()))
