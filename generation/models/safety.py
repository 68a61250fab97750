"""What becomes of pictures that look like nakedness: admins decide."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from generation.models.job import Image

SCORES = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class SafetyRule(models.Model):
    """The one rule of the place: one row, and none before the first change."""

    class Mode(models.TextChoices):
        OFF = "off", _("off: nothing is looked at")
        BLUR = "blur", _("blur until it is clicked")
        BLOCK = "block", _("blur, and refuse what is certain")

    mode = models.CharField(_("safety check"), max_length=5, choices=Mode, default=Mode.OFF)
    blur_at = models.FloatField(
        _("blur from a score of"), default=0.4, validators=SCORES, help_text=_("0 is harmless, 1 certain nakedness.")
    )
    block_at = models.FloatField(_("refuse from a score of"), default=0.8, validators=SCORES)

    class Meta:
        verbose_name = _("safety check")
        verbose_name_plural = _("safety check")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_safety_rule")]

    def __str__(self) -> str:
        return str(_("safety check"))

    def clean(self) -> None:
        """Refuse to blur less than is refused."""
        if self.blur_at > self.block_at:
            raise ValidationError({"block_at": _("This must not be below the score from which pictures are blurred.")})


class SensitiveImage(Image):
    """A picture that is blurred until its member clicks it, for admins to review."""

    class Meta:
        proxy = True
        verbose_name = _("blurred picture")
        verbose_name_plural = _("blurred pictures")
