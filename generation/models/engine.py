"""Engines as admins configure them, and their lanes as the scheduler sees them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class EngineQuerySet(models.QuerySet["Engine"]):
    """Reads of engines."""

    def open(self) -> EngineQuerySet:
        """Engines that take new work."""
        return self.filter(enabled=True)

    def running(self) -> EngineQuerySet:
        """Engines that start work now."""
        return self.filter(enabled=True, paused=False)


class Engine(models.Model):
    """A configured place that makes pictures; seen as a queue it is a lane."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    paused = models.BooleanField(_("paused"), default=False, help_text=_("Takes work but starts none."))
    message = models.CharField(_("message to members"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    concurrency = models.PositiveSmallIntegerField(_("pictures at once"), default=1, validators=[MinValueValidator(1)])
    time_limit = models.PositiveIntegerField(_("seconds a picture may take"), default=120)
    base_price = models.PositiveIntegerField(_("credits a picture"), default=0)
    megapixel_price = models.DecimalField(_("credits a megapixel"), max_digits=8, decimal_places=3, default=1)
    step_price = models.DecimalField(_("credits a step"), max_digits=8, decimal_places=4, default=0)
    base_seconds = models.FloatField(_("expected seconds a picture"), default=0.2)
    megapixel_seconds = models.FloatField(_("expected seconds a megapixel"), default=1.0)

    objects = EngineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("engine")
        verbose_name_plural = _("engines")

    def __str__(self) -> str:
        return self.name


class LaneState(models.Model):
    """What changes often about a lane; claiming locks these rows, in order, so claims happen one at a time."""

    engine = models.OneToOneField(
        Engine, verbose_name=_("engine"), on_delete=models.CASCADE, primary_key=True, related_name="lane"
    )
    virtual_time = models.FloatField(_("virtual time"), default=0.0)

    class Meta:
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")

    def __str__(self) -> str:
        return str(self.engine)


class Share(models.Model):
    """A member's place in a lane's fair order: start-time fair queueing, see docs/architecture.md."""

    lane = models.ForeignKey(LaneState, verbose_name=_("lane"), on_delete=models.CASCADE, related_name="shares")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="shares"
    )
    finish = models.FloatField(_("finish"), default=0.0)
    running = models.PositiveIntegerField(_("running"), default=0)

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        constraints: ClassVar = [models.UniqueConstraint(fields=["lane", "member"], name="one_share_per_lane")]

    def __str__(self) -> str:
        return f"{self.member} in {self.lane}"
