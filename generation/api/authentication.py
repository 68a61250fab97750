"""Two ways in: a program's bearer token, or the session of a browser that proves it shows our page."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import translation
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from accounts.models import ApiToken, User
from accounts.services.tokens import find_token
from generation.api.problems import CsrfFailed, NotSignedIn, WrongScope

SAFE = ("GET", "HEAD", "OPTIONS")


class MemberRequest(HttpRequest):
    """A request that has come in."""

    auth: User


class BearerToken(HttpBearer):
    """`Authorization: Bearer TOKEN`. A token of scope `read` is refused where something would change."""

    def __init__(self, *, changes_nothing: bool = False) -> None:
        super().__init__()
        self._changes_nothing = changes_nothing  # for what is asked by POST only because it needs a body

    def authenticate(self, request: HttpRequest, token: str) -> User:
        """Give the token's member, whose language is spoken from now on."""
        found = find_token(token)
        if found is None:
            raise NotSignedIn()
        member = found.member
        if member.language:
            translation.activate(member.language)
        if found.scope == ApiToken.Scope.READ and not (self._changes_nothing or request.method in SAFE):
            raise WrongScope()
        return member


class SessionCookie(APIKeyCookie):
    """The session of a signed-in browser; what changes something needs the header `X-CSRFToken`."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> User | None:
        """Give the signed-in member. Unlike ninja's own, ask who it is before asking where the page is from."""
        member = self.authenticate(request, None)
        if member and check_csrf(request):
            raise CsrfFailed()
        return member

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """Give the member whose session it is; the session middleware has read the cookie."""
        return None if isinstance(request.user, AnonymousUser) else request.user


ANY_MEMBER = [BearerToken(), SessionCookie()]
ANY_MEMBER_ASKING = [BearerToken(changes_nothing=True), SessionCookie()]
