"""Pictures that members bring."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from generation.models.identifiers import time_ordered_uuid


class UploadQuerySet(models.QuerySet["Upload"]):
    """Reads of uploads."""

    def visible_to(self, member: User | int) -> UploadQuerySet:
        """Uploads this member may see: their own."""
        return self.filter(member=member)


class Upload(models.Model):
    """A checked, upright sRGB picture, used as reference or mask."""

    id = models.UUIDField(primary_key=True, default=time_ordered_uuid, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="uploads"
    )
    file_name = models.CharField(_("file"), max_length=120, unique=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    bytes = models.PositiveIntegerField(_("bytes"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.file_name
