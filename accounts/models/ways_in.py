"""Ways in beside the log-in: tokens and invitations. Of each secret only the hash is kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.members import User
from accounts.models.plans import Plan


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Reads of tokens."""

    def visible_to(self, member: User) -> ApiTokenQuerySet:
        """Tokens this member may see: their own."""
        return self.filter(member=member)

    def usable(self) -> ApiTokenQuerySet:
        """Tokens that still open the door."""
        return self.filter(revoked_at__isnull=True, member__is_active=True)


class ApiToken(models.Model):
    """A program's way in; only the hash of the secret is kept."""

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    member = models.ForeignKey(User, verbose_name=_("member"), on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.WRITE)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class AdminInvitation(models.Model):
    """The first-run link that makes the first admin: the hash of its secret, used once."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def usable(self) -> InvitationQuerySet:
        """Invitations that still let somebody in."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now(), used__lt=F("uses"))


class Invitation(models.Model):
    """A link by which people may sign up, once or several times, until a day."""

    note = models.CharField(_("for whom"), max_length=120, help_text=_("Only admins see this."))
    plan = models.ForeignKey(
        Plan, verbose_name=_("plan"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("Empty: the plan of new members."),
    )  # fmt: skip
    uses = models.PositiveIntegerField(_("sign-ups allowed"), default=1)
    used = models.PositiveIntegerField(_("sign-ups so far"), default=0)
    expires_at = models.DateTimeField(_("valid until"))
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        User, verbose_name=_("invited by"), on_delete=models.SET_NULL, null=True, related_name="invitations"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(used__lte=F("uses")), name="invitation_not_overused")
        ]

    def __str__(self) -> str:
        return self.note
