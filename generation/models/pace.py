"""How long pictures really take."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from generation.models.engine import Engine


class Pace(models.Model):
    """The running mean of the seconds that an engine takes for a picture of this size, with this model."""

    engine = models.ForeignKey(Engine, verbose_name=_("engine"), on_delete=models.CASCADE, related_name="paces")
    model = models.CharField(_("model"), max_length=200, blank=True)
    size = models.SmallIntegerField(_("size"))  # half the times that a megapixel is doubled: see `services/paces.py`
    count = models.PositiveIntegerField(_("pictures"), default=0)
    seconds = models.FloatField(_("seconds"), default=0.0)

    class Meta:
        ordering: ClassVar = ["engine", "model", "size"]
        verbose_name = _("pace")
        verbose_name_plural = _("paces")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engine", "model", "size"], name="one_pace_per_engine_model_and_size")
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.seconds:.1f} s"
