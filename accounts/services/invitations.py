"""The link that makes the first admin."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from accounts.exceptions import InvitationVoid
from accounts.models import AdminInvitation, Plan, User
from accounts.services.members import create_member


@transaction.atomic
def invite_first_admin() -> str | None:
    """Give the secret of a fresh link, and drop older ones; None when there is an admin."""
    if _admin_exists():
        return None
    secret = secrets.token_urlsafe(32)
    AdminInvitation.objects.filter(used_at__isnull=True).delete()
    AdminInvitation.objects.create(digest=_digest(secret))
    return secret


def invitation_open(secret: str) -> bool:
    """Tell whether this link still makes an admin: neither used nor superseded, and no admin came otherwise."""
    return AdminInvitation.objects.filter(digest=_digest(secret), used_at__isnull=True).exists() and not _admin_exists()


@transaction.atomic
def accept_invitation(secret: str, email: str, password: str) -> User:
    """Use the link once: make an admin on the highest plan; raises InvitationVoid."""
    unused = AdminInvitation.objects.filter(digest=_digest(secret), used_at__isnull=True)
    if not unused.update(used_at=timezone.now()) or _admin_exists():
        raise InvitationVoid
    return create_member(email, plan=Plan.objects.order_by("order").last(), password=password, staff=True)


def _admin_exists() -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
