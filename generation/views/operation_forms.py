"""The small form of each operation, made from the parameters that it declares."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from operator import methodcaller
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Entitlements, Plan, User
from generation.processing.marks import PLACES
from generation.processing.operations import Operation, OptionMissing
from generation.processing.parameters import Choice, Colour, Flag, Kind, Number, PictureId, Text, Whole
from generation.processing.recipes import OPERATIONS
from generation.processing.style import STYLES
from generation.views.operation_words import GROUPS, ICONS, operation_name, option_name, setting_name
from generation.views.reasons import locked_by

FEW = 4  # options that stand side by side
CONTROLS = {PLACES: "places", STYLES: "styles"}  # options that are looked at
# A setting that only counts where another one has one of these values.
WHEN: dict[tuple[str, str], tuple[str, str]] = {
    ("resize", "background"): ("fit", "pad"),
    ("resize", "enlarge"): ("fit", "fit pad"),
    ("rotate", "background"): ("corners", "fill"),
    ("watermark", "place"): ("tiled", "false"),
    ("background", "colour"): ("fill", "colour gradient"),
    ("background", "second_colour"): ("fill", "gradient"),
    ("background", "picture"): ("fill", "picture"),
    ("convert", "quality"): ("format", "jpeg webp avif"),
    ("convert", "at_most"): ("format", "jpeg webp avif"),
    ("convert", "background"): ("format", "jpeg"),
}
# What an operation begins with, where its defaults alone would do nothing.
STARTS: dict[str, dict[str, object]] = {
    "resize": {"width": 1024},
    "crop": {"ratio": "1:1"},
    "rotate": {"angle": 90},
    "colour": {"auto": 70},
    "style": {"style": "watercolour"},
    "convert": {"format": "webp"},
}
WORDLESS = {"left", "top", "width", "height"}  # of a crop: a box for those who want it


@dataclass(frozen=True, slots=True)
class Option:
    """One word to choose."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One setting; `control` names how it is set: range, number, options, select, places, styles, flag, colour …"""

    name: str
    label: str
    control: str
    start: str
    default: str  # as JSON
    optional: bool
    least: float | None = None
    most: float | None = None
    step: float | None = None
    unit: str = ""
    options: Sequence[Option] = ()
    when: str = ""
    values: str = ""  # of the setting `when`
    rare: bool = False  # folded away


@dataclass(frozen=True, slots=True)
class OperationForm:
    """One operation as the page offers it: `locked_by` names the plan it comes with, `missing` says it is not there."""

    name: str
    label: str
    icon: str
    group: str
    fields: Sequence[Field]
    locked_by: str
    missing: bool

    @property
    def usual(self) -> list[Field]:
        """The settings that are always to be seen."""
        return [field for field in self.fields if not field.rare]

    @property
    def rare(self) -> list[Field]:
        """The settings that are folded away."""
        return [field for field in self.fields if field.rare]


@dataclass(frozen=True, slots=True)
class Group:
    """Operations that belong together."""

    label: str
    forms: Sequence[OperationForm]


def typed_recipe(typed: QueryDict) -> object:
    """Read the list of operations that a form sends; what is no JSON is no recipe, which the gate says."""
    try:
        return json.loads(typed.get("recipe", ""))
    except (ValueError, RecursionError):
        return None


def operation_groups(member: User, allowed: Entitlements) -> list[Group]:
    """Give every operation, in groups; those that the member's plan does not include are locked."""
    plans = list(Plan.objects.all())
    forms = [
        _form(kind, member, locked_by(methodcaller("allows_operation", name), allowed, plans))
        for name, kind in OPERATIONS.items()
    ]
    return [Group(str(label), [form for form in forms if form.group == group]) for group, label in GROUPS.items()]


def _form(kind: type[Operation], member: User, locked_by: str) -> OperationForm:
    starts = {"text": _starting_words(kind.name, member)} | STARTS.get(kind.name, {})
    fields = [_field(kind, name, parameter, starts) for name, parameter in kind.parameters().items()]
    return OperationForm(
        name=kind.name,
        label=operation_name(kind.name),
        icon=ICONS[kind.name],
        group=kind.group,
        fields=fields,
        locked_by=locked_by,
        missing=_is_missing(kind),
    )


def _starting_words(op: str, member: User) -> str:
    name = member.email.partition("@")[0]
    return f"© {timezone.localdate().year} {name}" if op == "watermark" else _("Your title")


def _is_missing(kind: type[Operation]) -> bool:
    """Tell whether it needs an extra that is not installed; those that need one can be made from their start alone."""
    operation, _wrong = kind.read(STARTS.get(kind.name, {}))
    try:
        if operation:
            operation.check_installed()
    except OptionMissing:
        return True
    return False


def _field(kind: type[Operation], name: str, parameter: Kind, starts: dict[str, object]) -> Field:
    default = kind.default_of(name)
    start = starts.get(name, default)
    when, values = WHEN.get((kind.name, name), ("", ""))
    control, facts = _control(kind.name, name, parameter)
    return Field(
        name=name,
        label=setting_name(kind.name, name),
        control=control,
        start=_typed(start),
        default=json.dumps(default),
        optional=default is None,
        when=when,
        values=values,
        rare=kind.name == "crop" and name in WORDLESS,
        **facts,
    )


def _control(op: str, name: str, parameter: Kind) -> tuple[str, dict[str, Any]]:
    match parameter:
        case Whole(least, most, unit) | Number(least, most, unit):
            control = "number" if unit in ("px", "kB") else "range"
            step = 0.5 if isinstance(parameter, Number) and most <= 30 else 1
            return control, {"least": least, "most": most, "unit": unit, "step": step}
        case Choice(options):
            named = [Option(option, option_name(op, name, option)) for option in options]
            return CONTROLS.get(options, "options" if len(options) <= FEW else "select"), {"options": named}
        case Text():
            return ("lines" if op == "title" else "text"), {}
        case Flag():
            return "flag", {}
        case Colour():
            return "colour", {}
        case PictureId():
            return "picture", {}
    raise TypeError(parameter)


def _typed(value: object) -> str:
    """Write a value as a control holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, int | float) else str(value)
