"""Settings of the form that a member keeps under a name."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from generation.models.identifiers import time_ordered_uuid


class PresetQuerySet(models.QuerySet["Preset"]):
    """Reads of presets."""

    def visible_to(self, member: User | int) -> PresetQuerySet:
        """Presets this member may see: their own."""
        return self.filter(member=member)


class Preset(models.Model):
    """Saved settings of the form; what it holds is checked when it is used, as if it were typed."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=time_ordered_uuid, editable=False
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="presets"
    )
    name = models.CharField(_("name"), max_length=60)
    settings = models.JSONField(_("settings"), default=dict)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = PresetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("preset")
        verbose_name_plural = _("presets")
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "name"], name="one_preset_of_a_name")]

    def __str__(self) -> str:
        return self.name
