"""Plans side by side, their numbers in people's words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.exceptions import Text
from accounts.models import Entitlements

EVERY = "*"
WORDS: dict[str, Text] = {
    "text-to-image": gettext_lazy("pictures from words"),
    "image-to-image": gettext_lazy("new pictures from a picture"),
    "inpaint": gettext_lazy("repainting a part of a picture"),
    "process": gettext_lazy("editing finished pictures"),
    "prompt": gettext_lazy("prompt"),
    "size": gettext_lazy("size"),
    "count": gettext_lazy("count"),
    "style": gettext_lazy("style"),
    "reference": gettext_lazy("reference picture"),
    "resize": gettext_lazy("resize"),
    "crop": gettext_lazy("crop"),
    "rotate": gettext_lazy("rotate"),
    "colour": gettext_lazy("colour"),
    "convert": gettext_lazy("convert"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison; a value is words, or whether a plan has it."""

    label: Text
    values: list[str | bool]


def compare(plans: Iterable[Entitlements]) -> list[Row]:
    """Lay what these plans allow side by side, the most telling lines first."""
    columns = list(plans)
    return [Row(label, [say(plan) for plan in columns]) for label, say in LINES]


def _several(names: tuple[str, ...], everything: str) -> str:
    if EVERY in names:
        return everything
    return _(", ").join(str(WORDS.get(name, name)) for name in names)


def _number(value: int) -> str:
    return str(number_format(value, force_grouping=True))


def _largest(plan: Entitlements) -> str:
    megapixels = number_format(plan.max_pixels / 1_000_000, decimal_pos=1)
    facts = {"megapixels": megapixels, "side": _number(plan.max_side)}
    return _("%(megapixels)s megapixels, up to %(side)s pixels a side") % facts


def _kept(plan: Entitlements) -> str:
    if not plan.retention_days:
        return _("for ever")
    return ngettext("%(days)d day", "%(days)d days", plan.retention_days) % {"days": plan.retention_days}


LINES: list[tuple[Text, Callable[[Entitlements], str | bool]]] = [
    (gettext_lazy("Credits each month"), lambda plan: _number(plan.monthly_credits)),
    (gettext_lazy("What you can make"), lambda plan: _several(plan.modes, _("everything, repainting included"))),
    (
        gettext_lazy("What you can set"),
        lambda plan: _several(plan.parameters, _("everything: seed, steps, guidance, sampler, strength, model …")),
    ),
    (gettext_lazy("Largest picture"), _largest),
    (gettext_lazy("Pictures in one task"), lambda plan: _number(plan.images_per_job)),
    (gettext_lazy("Pictures made at the same time"), lambda plan: _number(plan.running_images)),
    (gettext_lazy("Pictures waiting for their turn"), lambda plan: _number(plan.waiting_images)),
    (gettext_lazy("Your share when it is busy"), lambda plan: f"{_number(plan.weight)} ×"),
    (gettext_lazy("Editing"), lambda plan: _several(plan.operations, _("every operation"))),
    (gettext_lazy("Rows in a batch"), lambda plan: _number(plan.batch_rows)),
    (gettext_lazy("Pictures without a visible mark"), lambda plan: not plan.visible_mark),
    (gettext_lazy("Pictures are kept for"), _kept),
    (gettext_lazy("Storage"), lambda plan: f"{number_format(plan.storage_bytes / 1e9, decimal_pos=0)} GB"),
    (gettext_lazy("Own keys for outside engines"), lambda plan: plan.own_engine_keys),
]
