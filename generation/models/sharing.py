"""Links by which members show one picture to people without an account."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from generation.models.identifiers import time_ordered_uuid
from generation.models.job import Image


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """Reads of links."""

    def visible_to(self, member: User | int) -> ShareLinkQuerySet:
        """Links this member may see: their own."""
        return self.filter(member=member)

    def working(self) -> ShareLinkQuerySet:
        """Links that still show their picture: of a member in good standing, neither revoked nor expired."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()),
            revoked_at__isnull=True,
            member__is_active=True,
            member__suspended_at__isnull=True,
        )


class ShareLink(models.Model):
    """One public address of one picture. The address is the id, signed: nothing that is stored opens it."""

    id = models.UUIDField(primary_key=True, default=time_ordered_uuid, editable=False)
    image = models.ForeignKey(Image, verbose_name=_("image"), on_delete=models.CASCADE, related_name="share_links")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="share_links"
    )
    shows_prompt = models.BooleanField(_("shows the prompt"), default=False)
    keeps_metadata = models.BooleanField(_("keeps the settings in the file"), default=False)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    views = models.PositiveIntegerField(_("views"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        indexes: ClassVar = [models.Index(fields=["member", "-id"], name="share_link_list")]

    def __str__(self) -> str:
        return str(self.pk)
