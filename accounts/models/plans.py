"""Plans: what members may do, and what it costs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAMES_HELP = _('A list of names; ["*"] allows every one.')


@dataclass(frozen=True, slots=True)
class Entitlements:
    """What a plan allows, as one value; it is stored on a job at submit, and what was accepted runs."""

    plan: str = "basic"
    modes: tuple[str, ...] = ("text-to-image", "image-to-image")
    parameters: tuple[str, ...] = ("prompt", "size", "count", "style", "reference")  # ("*",): every one
    operations: tuple[str, ...] = ("resize", "crop", "rotate", "colour", "convert")  # ("*",): every one
    max_side: int = 1536  # pixels
    max_pixels: int = 1_600_000
    images_per_job: int = 4
    running_images: int = 2
    waiting_images: int = 40
    weight: int = 1
    batch_rows: int = 20
    monthly_credits: int = 200
    visible_mark: bool = True
    retention_days: int = 30  # 0: for ever
    storage_bytes: int = 1_000_000_000
    own_engine_keys: bool = False

    def allows_mode(self, name: str) -> bool:
        """Tell whether jobs of this mode may be submitted."""
        return "*" in self.modes or name in self.modes

    def allows_parameter(self, name: str) -> bool:
        """Tell whether the form's field `name` may be used."""
        return "*" in self.parameters or name in self.parameters

    def allows_size(self, width: int, height: int) -> bool:
        """Tell whether members may make pictures of so many pixels."""
        return max(width, height) <= self.max_side and width * height <= self.max_pixels

    def allows_operation(self, name: str) -> bool:
        """Tell whether the operation `name` may stand in a recipe."""
        return "*" in self.operations or name in self.operations

    def as_json(self) -> dict[str, object]:
        """Give plain values for a JSON column."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: dict[str, object]) -> Entitlements:
        """Read what `as_json` wrote; fields that did not exist then have their defaults."""
        known = {item.name for item in fields(cls)}
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}
        return cls(**{key: value for key, value in values.items() if key in known})  # type: ignore[arg-type]  # our own JSON


def validate_names(value: object) -> None:
    """Refuse what is not a list of names."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValidationError(_('Write a list of names, such as ["resize", "crop"], or ["*"] for every one.'))


class Plan(models.Model):
    """A tier. Admins edit every number; members see the words."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Plans are shown from low to high."))
    default = models.BooleanField(_("given to new members"), default=False)
    modes = models.JSONField(_("modes"), default=list, validators=[validate_names], help_text=NAMES_HELP)
    parameters = models.JSONField(_("parameters"), default=list, validators=[validate_names], help_text=NAMES_HELP)
    operations = models.JSONField(_("operations"), default=list, validators=[validate_names], help_text=NAMES_HELP)
    max_side = models.PositiveIntegerField(_("longest side in pixels"), default=1536)
    max_pixels = models.PositiveIntegerField(_("largest picture in pixels"), default=1_600_000)
    images_per_job = models.PositiveSmallIntegerField(_("images a task"), default=4)
    running_images = models.PositiveSmallIntegerField(_("images running at once"), default=2)
    waiting_images = models.PositiveIntegerField(_("images waiting at most"), default=40)
    weight = models.PositiveSmallIntegerField(_("weight in the fair order"), default=1)
    batch_rows = models.PositiveIntegerField(_("rows a batch"), default=20)
    monthly_credits = models.PositiveIntegerField(_("credits a month"), default=200)
    visible_mark = models.BooleanField(_("visible mark on pictures"), default=True)
    retention_days = models.PositiveIntegerField(
        _("days pictures are kept"), default=30, help_text=_("Then they are deleted. 0: kept for ever.")
    )
    storage_bytes = models.PositiveBigIntegerField(_("storage in bytes"), default=1_000_000_000)
    own_engine_keys = models.BooleanField(_("own engine keys"), default=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["default"],
                condition=models.Q(default=True),
                name="one_default_plan",
                violation_error_message=_("Another plan is given to new members: change that one first."),
            ),
            models.CheckConstraint(condition=models.Q(weight__gte=1), name="plan_weight_positive"),
        ]

    def __str__(self) -> str:
        return gettext(self.name)

    def entitlements(self) -> Entitlements:
        """Freeze this plan into one value."""
        names = [item.name for item in fields(Entitlements) if item.name != "plan"]
        return Entitlements.from_json({"plan": self.slug} | {name: getattr(self, name) for name in names})
