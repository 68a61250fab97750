"""What is wrong with the installation, so that each trouble is told once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TroubleQuerySet(models.QuerySet["Trouble"]):
    """Reads of troubles."""

    def open(self) -> TroubleQuerySet:
        """Troubles that are still there."""
        return self.filter(gone_at__isnull=True)


class Trouble(models.Model):
    """Something admins should look at, from when it was first seen until it was gone for a while."""

    class Kind(models.TextChoices):
        LANE_DOWN = "lane_down", _("an engine fails")
        MEMORY_LOW = "memory_low", _("memory is short")
        DISK_LOW = "disk_low", _("the disk is nearly full")
        WORKER_SILENT = "worker_silent", _("a worker is silent")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    subject = models.CharField(_("where"), max_length=60, blank=True)  # an engine's or a cluster's name
    detail = models.CharField(_("detail"), max_length=200, blank=True)  # an error code, bytes that are free
    since = models.DateTimeField(_("since"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    told_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    gone_at = models.DateTimeField(_("gone"), null=True, blank=True)

    objects = TroubleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        verbose_name = _("trouble")
        verbose_name_plural = _("troubles")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(gone_at__isnull=True), name="one_open_trouble_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}".strip()
