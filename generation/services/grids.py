"""One prompt over several settings: a grid, whose cells are ordinary jobs of one picture, accepted all or none."""

import hashlib
import json
import math
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from typing import Any

from django.utils.translation import gettext as _

from accounts.exceptions import FieldError, Reason
from accounts.models import User
from generation.engines.base import Mode
from generation.exceptions import Invalid, NotInPlan
from generation.models import Engine, Job
from generation.models.identifiers import time_ordered_uuid
from generation.services import gate
from generation.services.jobs import Part, accept
from generation.services.requests import JobRequest

Value = int | float | str

# What can be compared, and what its values are; a size is written as 1024x768.
AXES: dict[str, type[Value]] = {
    "engine": str,
    "model": str,
    "style": str,
    "size": str,
    "steps": int,
    "guidance": float,
    "strength": float,
    "sampler": str,
    "seed": int,
}
MOST_AXES = 2
MOST_CELLS = 36


@dataclass(frozen=True, slots=True)
class Axis:
    """One setting and the values that it takes in turn."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRequest:
    """What all cells have in common, and the axes by which they differ: the columns, then the rows."""

    request: JobRequest
    axes: Sequence[Axis]

    def digest(self) -> str:
        """Fingerprint of the whole request, as a job's."""
        told = [self.request.digest(), [asdict(axis) for axis in self.axes]]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Cell:
    """One job of a grid; `places` are its values' places on the axes."""

    request: JobRequest
    axes: Sequence[Axis]
    places: Sequence[int]

    def as_json(self) -> list[dict[str, Any]]:
        """Give what its job keeps."""
        return [
            {"axis": axis.name, "value": axis.values[place], "place": place}
            for axis, place in zip(self.axes, self.places, strict=True)
        ]

    def blame(self, error: FieldError, engines: dict[str, str]) -> FieldError:
        """Name the value of an axis that an error is about, and the engine where that is one of the axes."""
        engine = engines.get(self.request.engine, "") if self._place_of("engine") is not None else ""
        words = f"{engine}: {error.message}" if engine and error.field != "engine" else error.message
        name = "size" if error.field in ("width", "height") else error.field
        place = self._place_of(name)
        return FieldError(error.field if place is None else f"axes.{place[0]}.values.{place[1]}", words)

    def _place_of(self, name: str) -> tuple[int, int] | None:
        return next(((at, self.places[at]) for at, axis in enumerate(self.axes) if axis.name == name), None)


def submit_grid(member: User, asked: GridRequest, *, idempotency_key: str | None = None) -> tuple[Job, bool]:
    """Accept every cell as a job, or none; once per key. Gives the first cell, and whether the grid is new.

    Raises what `submit` raises: every reason against any cell at once.
    """

    def pass_gate() -> list[Part]:
        cells = list(cells_of(asked))
        orders = check_cells(member, cells, gate.check)
        group, seed = time_ordered_uuid(), secrets.randbelow(2**32)
        return [Part(order, group, cell.as_json(), seed) for cell, order in zip(cells, orders, strict=True)]

    return accept(member, asked.digest(), idempotency_key, pass_gate)


def cells_of(asked: GridRequest) -> Iterator[Cell]:
    """Give the cells, row after row. Raises `Invalid` for axes that make no grid."""
    axes = _read_axes(asked)
    if asked.request.mode == Mode.PROCESS:
        raise Invalid(errors=[FieldError("mode", _("Settings are compared for new pictures. Choose another mode."))])
    if asked.request.count != 1:
        raise Invalid(errors=[FieldError("count", _("Each cell of a grid holds one picture. Choose 1."))])
    for backwards in product(*(range(len(axis.values)) for axis in reversed(axes))):
        places = backwards[::-1]
        fields: dict[str, Any] = {}
        for axis, place in zip(axes, places, strict=True):
            fields |= _fields(axis.name, axis.values[place])
        yield Cell(replace(asked.request, **fields), axes, places)


def check_cells(
    member: User, cells: Sequence[Cell], check: Callable[[User, JobRequest], gate.Order]
) -> list[gate.Order]:
    """Let every cell through, or refuse with what is wrong with any of them, each thing once."""
    orders: list[gate.Order] = []
    errors: dict[tuple[str, str], FieldError] = {}
    reasons: dict[str, Reason] = {}
    engines: dict[str, str] = {}
    for cell in cells:
        try:
            orders.append(check(member, cell.request))
        except (Invalid, NotInPlan) as refusal:
            engines = engines or {engine.slug: _(engine.name) for engine in Engine.objects.all()}
            told = [cell.blame(error, engines) for error in refusal.errors]
            errors |= {(error.field, str(error.message)): error for error in told}
            reasons = {reason.code: reason for reason in refusal.reasons} | reasons
    if errors:
        raise Invalid(errors=list(errors.values()), reasons=list(reasons.values()))
    if reasons:
        raise NotInPlan(reasons=list(reasons.values()))
    return orders


def axes_of(jobs: Sequence[Job]) -> list[Axis]:
    """Give the axes as the cells that are still there remember them."""
    found: dict[str, dict[int, Value]] = {}
    for job in jobs:
        for told in job.cell or ():
            found.setdefault(told["axis"], {})[told["place"]] = told["value"]
    return [Axis(name, [values[place] for place in sorted(values)]) for name, values in found.items()]


def _read_axes(asked: GridRequest) -> list[Axis]:
    """Read names and values. Raises `Invalid`."""
    names = [axis.name for axis in asked.axes]
    if not 1 <= len(names) <= MOST_AXES or len(set(names)) < len(names):
        words = _("Choose one or two different settings to compare.")
        raise Invalid(errors=[FieldError("axes", words)])
    errors = [error for at, axis in enumerate(asked.axes) for error in _axis_errors(at, axis)]
    if errors:
        raise Invalid(errors=errors)
    axes = [Axis(each.name, tuple(_read(each.name, value) for value in each.values)) for each in asked.axes]
    cells = math.prod(len(axis.values) for axis in axes)
    if not 2 <= cells <= MOST_CELLS:
        words = _("Choose values that make 2 to %(most)s pictures; these make %(cells)s.")
        raise Invalid(errors=[FieldError("axes", words % {"most": MOST_CELLS, "cells": cells})])
    return axes


def _axis_errors(at: int, axis: Axis) -> Iterator[FieldError]:
    if axis.name not in AXES:
        words = _("This cannot be compared. Choose one of: %(choices)s.")
        yield FieldError(f"axes.{at}.name", words % {"choices": ", ".join(AXES)})
        return
    if not axis.values:
        yield FieldError(f"axes.{at}.values", _("Give some values to compare."))
    read: set[Value] = set()
    for place, value in enumerate(axis.values):
        try:
            if _read(axis.name, value) in read:
                raise ValueError(_("Give each value once."))
            read.add(_read(axis.name, value))
        except ValueError as error:
            yield FieldError(f"axes.{at}.values.{place}", str(error))


def _read(name: str, value: Value) -> Value:
    """Read one value of an axis, also where it comes as text. Raises ValueError with the remedy."""
    kind = AXES[name]
    if name == "size":
        pixels_of(value)
    if kind is str:
        if isinstance(value, str) and value.strip():
            return value.strip()
        raise ValueError(_("Give text here."))
    try:
        number = int(value) if kind is int else float(value)
    except (ValueError, OverflowError):
        number = math.nan
    if number != number or (isinstance(value, float) and number != value):  # noqa: PLR0124  so is what is no number
        raise ValueError(_("Give a whole number here.") if kind is int else _("Give a number here."))
    return number


def _fields(name: str, value: Value) -> dict[str, Any]:
    """Give the fields of a request that a value stands for."""
    if name != "size":
        return {name: value}
    width, height = pixels_of(value)
    return {"width": width, "height": height}


def pixels_of(value: Value) -> tuple[int, int]:
    """Read a size. Raises ValueError with the remedy."""
    try:
        width, height = str(value).lower().replace("×", "x").split("x")
        return int(width), int(height)
    except ValueError:
        raise ValueError(_("Write a size as 1024x768.")) from None
