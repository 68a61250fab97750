"""The create bar as a page shows it: every choice, and for the locked ones the plan that opens them."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.exceptions import Reason
from accounts.models import Entitlements, Plan
from generation.engines.base import Capabilities, Mode
from generation.forms import AXIS_NAMES, COUNTS, CUSTOM, PARAMETERS, SIZES, STYLE_NAMES, CreateForm
from generation.models import Engine
from generation.processing.recipes import OPERATIONS
from generation.services.engines import may_use
from generation.views.operation_words import operation_name
from generation.views.reasons import locked_by
from generation.views.waiting import pause_words


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to choose; `locked_by` names the plan that opens it."""

    value: str
    label: str
    chosen: bool = False
    locked_by: str = ""


@dataclass(frozen=True, slots=True)
class EngineChoice(Choice):
    """An engine with what a member weighs: how long a picture of a megapixel takes, its price, why it rests."""

    description: str = ""
    seconds: float = 0.0
    credits: int = 0
    pause: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of the folded part; `engines` declare it."""

    name: str
    label: str
    value: str
    errors: Sequence[str]
    engines: Sequence[str]
    locked_by: str = ""
    choices: Sequence[Choice] = ()


@dataclass(frozen=True, slots=True)
class AxisSlot:
    """One place for a setting to compare: the names of its two fields, what they hold and what is wrong with it."""

    label: str
    axis: str
    chosen: str
    axis_errors: Sequence[str]
    values: str
    typed: str
    values_errors: Sequence[str]


@dataclass(frozen=True)
class CreateBar:
    """What the bar shows to one member."""

    form: CreateForm
    entitlements: Entitlements
    engines: Sequence[tuple[Engine, Capabilities]]
    plans: Sequence[Plan]
    reasons: Sequence[Reason] = ()
    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    @cached_property
    def aspects(self) -> list[Choice]:
        """The shapes as little rectangles."""
        chosen = self.form.value("aspect")
        return [Choice(name, name, name == chosen) for name in SIZES] + [
            Choice(CUSTOM, _("Custom"), chosen == CUSTOM, self._locked(lambda plan: plan.allows_parameter("size")))
        ]

    @cached_property
    def sizes(self) -> dict[str, dict[str, dict[str, object]]]:
        """Every size of every shape, for the page's script."""
        return {
            aspect: {
                size: {"width": width, "height": height, "locked_by": self._size_locked_by(width, height)}
                for size, (width, height) in sizes.items()
            }
            for aspect, sizes in SIZES.items()
        }

    @cached_property
    def size_choices(self) -> list[Choice]:
        """The sizes of the chosen shape."""
        aspect, chosen = self.form.value("aspect"), self.form.value("size")
        shown = SIZES.get(aspect, SIZES["1:1"])
        return [Choice(name, name.upper(), name == chosen, self._size_locked_by(*shown[name])) for name in shown]

    @cached_property
    def pixels(self) -> str:
        """The chosen size in words."""
        sizes = SIZES.get(self.form.value("aspect"), SIZES["1:1"])
        width, height = sizes.get(self.form.value("size"), sizes["m"])
        return f"{width} × {height}"

    @cached_property
    def reference_url(self) -> str:
        """Where the small picture of the chosen reference is; empty where none is chosen."""
        return self._picture_url("reference")

    @cached_property
    def mask_url(self) -> str:
        """Where the small picture of the mask is; empty where there is none."""
        return self._picture_url("mask")

    @cached_property
    def counts(self) -> list[Choice]:
        """How many pictures at once."""
        chosen = self.form.value("count")
        return [Choice(str(count), str(count), str(count) == chosen, self._count_locked_by(count)) for count in COUNTS]

    @cached_property
    def styles(self) -> list[Choice]:
        """The styles that the engines know, and none."""
        chosen = self.form.value("style")
        known = dict.fromkeys(style for _engine, can in self.engines for style in can.styles)
        return [Choice("", _("As the prompt says"), not chosen)] + [
            Choice(style, str(STYLE_NAMES.get(style, style)), style == chosen) for style in known
        ]

    @cached_property
    def parameters(self) -> list[Parameter]:
        """The fields of the folded part that some engine declares, the locked ones too."""
        return [parameter for name in PARAMETERS if (parameter := self._parameter(name)).engines]

    @cached_property
    def axes(self) -> list[Parameter]:
        """The settings that can be compared, as some engine declares them; `choices` where there are only so many."""
        offered = [replace(self._parameter(name), label=str(label)) for name, label in AXIS_NAMES.items()]
        return [replace(axis, choices=self._compared(axis)) for axis in offered if axis.engines]

    @cached_property
    def axis_slots(self) -> list[AxisSlot]:
        """The two places for them in the form."""
        values, errors = self.form.value, self.form.errors
        return [
            AxisSlot(
                label=label,
                axis=f"axis_{at}",
                chosen=values(f"axis_{at}"),
                axis_errors=[str(error) for error in errors.get(f"axis_{at}", [])],
                values=f"values_{at}",
                typed=values(f"values_{at}"),
                values_errors=[str(error) for error in errors.get(f"values_{at}", [])],
            )
            for at, label in ((1, _("Columns")), (2, _("Rows")))
        ]

    @property
    def compares(self) -> bool:
        """Whether the fold for it holds something."""
        return any(slot.chosen or slot.axis_errors for slot in self.axis_slots)

    @cached_property
    def axis_choices(self) -> dict[str, list[dict[str, str]]]:
        """The choices of each axis that has some, for the page's script."""
        return {
            axis.name: [
                {"value": each.value, "label": each.label, "locked_by": each.locked_by} for each in axis.choices
            ]
            for axis in self.axes
            if axis.choices
        }

    @cached_property
    def strength(self) -> Parameter:
        """How far the result may leave the reference picture."""
        return self._parameter("strength")

    @cached_property
    def mask(self) -> Parameter:
        """Which part of the reference picture is made anew."""
        return self._parameter("mask")

    @cached_property
    def steps_locked_by(self) -> str:
        """The plan that opens the steps after generating."""
        return self._locked(lambda plan: plan.allows_parameter("recipe"))

    @cached_property
    def operation_names(self) -> dict[str, str]:
        """What the page calls each operation."""
        return {op: operation_name(op) for op in OPERATIONS}

    @cached_property
    def changed(self) -> int:
        """How many folded fields hold something."""
        return sum(bool(parameter.value or parameter.errors) for parameter in self.parameters)

    @cached_property
    def locked_by(self) -> str:
        """The plan that opens the first locked field of the folded part."""
        return next((parameter.locked_by for parameter in self.parameters if parameter.locked_by), "")

    @cached_property
    def reference_allowed(self) -> bool:
        """Whether a picture can be brought at all."""
        return any("image-to-image" in can.modes for _engine, can in self.engines)

    def _picture_url(self, name: str) -> str:
        try:
            return reverse("reference", args=[UUID(self.form.value(name))])
        except ValueError:
            return ""

    def _parameter(self, name: str) -> Parameter:
        value = self.form.value(name)
        return Parameter(
            name=name,
            label=str(self.form.fields[name].label),
            value=value,
            errors=[str(error) for error in self.form.errors.get(name, [])],
            engines=[engine.slug for engine, can in self.engines if self._declares(can, name)],
            locked_by=self._locked(lambda plan: plan.allows_parameter(name)),
            choices=self._choices(name, value),
        )

    def _compared(self, axis: Parameter) -> Sequence[Choice]:
        if axis.name == "size":
            return [Choice(aspect, aspect) for aspect in SIZES]
        return self.styles[1:] if axis.name == "style" else axis.choices[1:]

    def _declares(self, can: Capabilities, name: str) -> bool:
        if name == "engine":
            return len(self.engines) > 1
        if name == "mask":
            return Mode.INPAINT in can.modes
        if name == "size":
            return True
        return bool(getattr(can, {"model": "models", "sampler": "samplers", "style": "styles"}.get(name, name)))

    def _choices(self, name: str, value: str) -> list[Choice]:
        if name == "engine":
            return [
                Choice("", _("Automatic"), not value),
                *(self._engine(engine, value) for engine, _can in self.engines),
            ]
        if name in ("model", "sampler"):
            options = [(each, each) for _engine, can in self.engines for each in getattr(can, f"{name}s")]
        else:
            return []
        return [Choice("", _("Automatic"), not value)] + [Choice(v, label, v == value) for v, label in options]

    def _engine(self, engine: Engine, chosen: str) -> EngineChoice:
        return EngineChoice(
            value=engine.slug,
            label=_(engine.name),
            chosen=engine.slug == chosen,
            locked_by=self._locked(lambda plan: may_use(engine, plan)),
            description=_(engine.description) if engine.description else "",
            seconds=engine.base_seconds + engine.megapixel_seconds,
            credits=math.ceil(engine.base_price + engine.megapixel_price),
            pause=pause_words(engine),
        )

    def _count_locked_by(self, count: int) -> str:
        return self._locked(lambda plan: count <= plan.images_per_job)

    def _size_locked_by(self, width: int, height: int) -> str:
        return self._locked(lambda plan: plan.allows_size(width, height))

    def _locked(self, allows: Callable[[Entitlements], bool]) -> str:
        return locked_by(allows, self.entitlements, self.plans)
