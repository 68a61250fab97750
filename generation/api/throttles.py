"""How often a member may ask of the API; the same counters as those of the pages."""

from typing import cast

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from generation.api.authentication import MemberRequest
from generation.services.throttles import is_within, seconds_left


class MemberThrottle(BaseThrottle):
    """So many requests a minute for each member; one shared counter instead of ninja's list of times."""

    def __init__(self, setting: str) -> None:
        self._setting = setting

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this request; tell whether it is still within the limit."""
        return is_within(cast(MemberRequest, request).auth, self._setting)

    def wait(self) -> float:
        """Give the seconds until the next minute begins."""
        return seconds_left()


REQUESTS = MemberThrottle("API_REQUESTS_PER_MINUTE")
JOBS = MemberThrottle("API_JOBS_PER_MINUTE")
UPLOADS = MemberThrottle("API_UPLOADS_PER_MINUTE")
