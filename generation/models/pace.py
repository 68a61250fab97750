"""How long pictures really take."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from generation.models.engine import Engine


class Pace(models.Model):
    """The running mean of an engine's seconds for a picture of this size, with this model and so many steps."""

    engine = models.ForeignKey(Engine, verbose_name=_("engine"), on_delete=models.CASCADE, related_name="paces")
    model = models.CharField(_("model"), max_length=200, blank=True)
    size = models.SmallIntegerField(_("size"))  # in half doublings of a megapixel: see `services/paces.py`
    steps = models.SmallIntegerField(_("steps"), default=0)  # in half doublings of one; 0: the engine chooses
    count = models.PositiveIntegerField(_("pictures"), default=0)
    seconds = models.FloatField(_("seconds"), default=0.0)

    class Meta:
        ordering: ClassVar = ["engine", "model", "size", "steps"]
        verbose_name = _("pace")
        verbose_name_plural = _("paces")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engine", "model", "size", "steps"], name="one_pace_each")
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.seconds:.1f} s"
