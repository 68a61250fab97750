"""Sizes and rules of places where pictures go: shops, channels, paper. Admins edit them."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

SIDE = [MinValueValidator(16), MaxValueValidator(8192)]


class TargetQuerySet(models.QuerySet["Target"]):
    """Reads of targets."""

    def offered(self) -> TargetQuerySet:
        """Targets that members may choose."""
        return self.filter(enabled=True)


class Target(models.Model):
    """One place: the pixels it wants, how a picture is fitted into them, and what the file may weigh."""

    class Fit(models.TextChoices):
        FILL = "fill", _("cut to fill it")
        PAD = "pad", _("whole, on the background")

    class Format(models.TextChoices):
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    width = models.PositiveIntegerField(_("width"), validators=SIDE)
    height = models.PositiveIntegerField(_("height"), validators=SIDE)
    fit = models.CharField(_("fit"), max_length=4, choices=Fit, default=Fit.FILL)
    background = models.CharField(
        _("background"), max_length=7, default="#ffffff", validators=[RegexValidator("^#[0-9a-f]{6}$")]
    )
    format = models.CharField(_("format"), max_length=4, choices=Format, default=Format.JPEG)
    at_most_kb = models.PositiveIntegerField(
        _("at most kB"), null=True, blank=True, validators=[MinValueValidator(20), MaxValueValidator(50_000)]
    )
    rules = models.CharField(_("rules"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    enabled = models.BooleanField(_("enabled"), default=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")

    def __str__(self) -> str:
        return str(_(self.name))  # the seeded ones have a name in each language

    def operations(self) -> list[dict[str, object]]:
        """Give the recipe that makes a picture fit."""
        resize: dict[str, object] = {"op": "resize", "width": self.width, "height": self.height, "fit": self.fit}
        if self.fit == self.Fit.PAD:
            resize["background"] = self.background
        convert: dict[str, object] = {"op": "convert", "format": self.format, "quality": 92}
        if self.format == self.Format.JPEG:
            convert["background"] = self.background
        if self.at_most_kb and self.format != self.Format.PNG:
            convert["at_most"] = self.at_most_kb
        return [resize, convert]
