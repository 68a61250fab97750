"""Every try at making an image."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generation.models.engine import Engine
from generation.models.identifiers import time_ordered_uuid
from generation.models.job import Image


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Reads of attempts."""

    def in_slots(self) -> "AttemptQuerySet":
        """Attempts that hold a slot of their lane now."""
        return self.filter(holds_slot=True, ahead=False)


class Attempt(models.Model):
    """One try of one image in one lane. Its id is the lease: who holds it may finish the image."""

    class Outcome(models.TextChoices):
        SUCCEEDED = "succeeded", _("succeeded")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")
        RETURNED = "returned", _("returned to the queue")  # by a worker that stops: not counted
        LOST = "lost", _("lost")  # the worker died or fell silent

    id = models.UUIDField(primary_key=True, default=time_ordered_uuid, editable=False)
    image = models.ForeignKey(Image, verbose_name=_("image"), on_delete=models.CASCADE, related_name="tries")
    lane = models.ForeignKey(Engine, verbose_name=_("lane"), on_delete=models.PROTECT, related_name="attempts")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="attempts"
    )
    drain = models.CharField(_("drain"), max_length=120)  # host:pid:start time:random
    lease_until = models.DateTimeField(_("lease until"))
    holds_slot = models.BooleanField(_("holds a slot"), default=True)  # until it is certain that nothing runs
    # Of its member's, not yet of its lane's: it starts in the slot of the next call of its drain that returns.
    ahead = models.BooleanField(_("claimed ahead"), default=False)
    simplification = models.PositiveSmallIntegerField(_("prompt simplified"), default=0)  # the words of this try
    remote = models.JSONField(_("remote"), null=True, blank=True)
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)  # empty: open
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    detail = models.TextField(_("detail"), blank=True)  # for admins, never for members
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes: ClassVar = [
            models.Index(fields=["lease_until"], condition=Q(outcome=""), name="attempt_open"),
            models.Index(fields=["lane"], condition=Q(holds_slot=True), name="attempt_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.lane_id}"
