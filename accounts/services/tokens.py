"""Tokens: how programs come in."""

import hashlib
import secrets
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import ApiToken, User
from imagegen.events import publish_session_ended

TOUCH_EVERY = timedelta(minutes=1)  # a busy program must not write a row with every call


def create_token(member: User, *, name: str, scope: str = ApiToken.Scope.WRITE) -> tuple[ApiToken, str]:
    """Make a token; the secret is given here once and kept nowhere."""
    secret = f"ig_{secrets.token_urlsafe(30)}"
    token = ApiToken.objects.create(member=member, name=name, scope=scope, prefix=secret[:8], digest=_digest(secret))
    return token, secret


def find_token(secret: str) -> ApiToken | None:
    """Find the usable token with this secret, its member and plan fetched, and note that it was used."""
    token = ApiToken.objects.usable().select_related("member__plan").filter(digest=_digest(secret)).first()
    now = timezone.now()
    if token and (token.last_used_at is None or token.last_used_at < now - TOUCH_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def revoke_token(token: ApiToken) -> bool:
    """Close this way in, open sockets included; tells whether it was open."""
    won = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    transaction.on_commit(partial(publish_session_ended, token.member_id))
    return won == 1


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
