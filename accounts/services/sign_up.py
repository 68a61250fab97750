"""How people may come in: openly, by invitation, or not at all."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.exceptions import InvitationVoid
from accounts.models import Invitation, Plan, SiteSettings, User
from accounts.services.members import enrol

SignUp = SiteSettings.SignUp
SESSION_KEY = "invitation"  # where a visitor's session keeps the secret they came with


def sign_up_mode() -> str:
    """Tell how people may sign up: as an admin chose, else as the environment says."""
    chosen = SiteSettings.objects.values_list("sign_up", flat=True).first()
    return chosen or settings.SIGN_UP


def invite(
    *, note: str, days: int, uses: int = 1, plan: Plan | None = None, by: User | None = None
) -> tuple[Invitation, str]:
    """Make a link; its secret is given here once and kept nowhere."""
    secret = secrets.token_urlsafe(24)
    expires = timezone.now() + timedelta(days=days)
    invitation = Invitation.objects.create(
        note=note, expires_at=expires, uses=uses, plan=plan, created_by=by, digest=_digest(secret)
    )
    return invitation, secret


def find_invitation(secret: str) -> Invitation | None:
    """Give the invitation with this secret, if it still lets somebody in."""
    return Invitation.objects.usable().filter(digest=_digest(secret)).first() if secret else None


def may_sign_up(secret: str = "") -> bool:
    """Tell whether somebody with this invitation, or with none, may sign up now."""
    mode = sign_up_mode()
    return mode == SignUp.OPEN or (mode == SignUp.INVITATION and find_invitation(secret) is not None)


@transaction.atomic
def sign_up(member: User, secret: str = "") -> None:
    """Store a new member who came by themselves, using up their invitation; raises `InvitationVoid`.

    Where everybody may come in an invitation still gives its plan.
    """
    invitation = find_invitation(secret)
    used = invitation and Invitation.objects.usable().filter(pk=invitation.pk).update(used=F("used") + 1)
    mode = sign_up_mode()
    if mode == SignUp.CLOSED or (mode == SignUp.INVITATION and not used):
        raise InvitationVoid
    if invitation and used:
        member.plan = invitation.plan
    enrol(member)


def revoke_invitation(invitation: Invitation) -> bool:
    """Let nobody in by this link any more; tells whether it let somebody in until now."""
    return Invitation.objects.usable().filter(pk=invitation.pk).update(revoked_at=timezone.now()) == 1


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
