"""A grid as its card shows it: one table, whose cells are the tiles of jobs of one picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generation.forms import AXIS_NAMES, SIZES, STYLE_NAMES, shape_of
from generation.models import Engine, Image, Job
from generation.models.job import derive_status
from generation.services.grids import Axis, Value, axes_of, pixels_of
from generation.services.representation import JSON
from generation.views.card import AXES_FIELDS, Card

UNSET: dict[str, Any] = {"style": "", "model": "", "sampler": "", "steps": None, "guidance": None, "strength": None}


@dataclass(frozen=True, slots=True)
class Cell:
    """One picture, and its job, which is of the grid's many."""

    job: JSON
    image: JSON


@dataclass(frozen=True, slots=True)
class Row:
    """The cells beside one value of the second axis; None where one was deleted."""

    label: str
    cells: Sequence[Cell | None]


@dataclass(frozen=True, kw_only=True)
class GridCard(Card):
    """All cells as one card; `job` is what they are together, with the grid's id in the place of a job's."""

    cells: Sequence[Job]
    shown: Sequence[JSON]
    engines: dict[str, str]  # names by slug

    @cached_property
    def axes(self) -> list[Axis]:
        """The columns, then the rows."""
        return axes_of(self.cells)

    @property
    def axis_names(self) -> list[str]:
        """Which settings differ."""
        return [axis.name for axis in self.axes]

    @property
    def titles(self) -> list[str]:
        """What is compared, in words."""
        return [str(AXIS_NAMES[name]) for name in self.axis_names]

    @property
    def columns(self) -> list[str]:
        """The heads of the columns."""
        return [self._words(self.axes[0].name, value) for value in self.axes[0].values]

    @property
    def rows(self) -> list[Row]:
        """The lines of the table."""
        tiles = {self._key(job): Cell(shown | {"count": len(self.cells)}, image) for job, shown, image in self._made()}
        across = self.axes[0].values
        if len(self.axes) == 1:
            return [Row("", [tiles.get((value,)) for value in across])]
        down = self.axes[1]
        return [
            Row(self._words(down.name, below), [tiles.get((value, below)) for value in across]) for below in down.values
        ]

    @property
    def axes_fields(self) -> dict[str, str]:
        """What the form holds to make the same grid."""
        fields: dict[str, str] = {}
        for at, axis in enumerate(self.axes, start=1):
            values = [_typed(axis.name, value) for value in axis.values]
            fields |= {f"axis_{at}": axis.name, f"values_{at}": ", ".join(values)}
        return dict.fromkeys(AXES_FIELDS, "") | fields

    @property
    def told_seeds(self) -> list[JSON]:
        """All have the same seed, where that is not what is compared."""
        return [] if "seed" in self.axis_names else self.images[:1]

    @property
    def refused(self) -> bool:
        """A grid is made again, or its prompt changed, as a whole."""
        return False

    @property
    def moves(self) -> list[Engine]:
        """On another engine its cells would no longer differ in the axes alone."""
        return []

    @property
    def left(self) -> str:
        """Nothing of a grid moves to another engine."""
        return ""

    @property
    def _rows(self) -> list[Image]:
        return [image for job in self.cells for image in job.results]

    def _made(self) -> list[tuple[Job, JSON, JSON]]:
        return list(zip(self.cells, self.shown, self.images, strict=True))

    def _key(self, job: Job) -> tuple[Value, ...]:
        return tuple(axis["value"] for axis in job.cell or ())

    def _words(self, name: str, value: Value) -> str:
        if name == "size":
            return "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}".join(map(str, pixels_of(value)))
        if name == "engine":
            return self.engines.get(str(value), str(value))
        if name == "style":
            return str(STYLE_NAMES.get(str(value), value))
        return f"{value:g}" if isinstance(value, float) else str(value)


def together(shown: Sequence[JSON], cells: Sequence[Job]) -> JSON:
    """Say what the cells of a grid are together, as the JSON of one job."""
    images = [image | {"index": at} for at, image in enumerate(job["images"][0] for job in shown)]
    first, last = shown[0], shown[-1]
    compared = {axis.name for axis in axes_of(cells)}
    lead = next((job for job in shown if job["stage"] not in ("", "waiting")), None) or first
    ended = [job["finished_at"] for job in shown]
    return {
        **first,
        **{name: value for name, value in UNSET.items() if name in compared},
        "id": first["group"],
        "number": f"{first['number']}–{last['number']}" if len(shown) > 1 else first["number"],
        "status": derive_status(image["status"] for image in images),
        "count": len(images),
        "seed": None if "seed" in compared else first["seed"],
        "images": images,
        "progress": sum(job["progress"] for job in shown) / len(shown),
        "stage": lead["stage"],
        "stage_label": lead["stage_label"],
        **_soonest(shown),
        "eta_seconds": max((job["eta_seconds"] for job in shown if job["eta_seconds"] is not None), default=None),
        "error": next((job["error"] for job in shown if job["error"]), None),
        "credits": {name: sum(job["credits"][name] for job in shown) for name in first["credits"]},
        "seq": max(job["seq"] for job in shown),
        "started_at": min((job["started_at"] for job in shown if job["started_at"]), default=None),
        "finished_at": max(ended) if all(ended) else None,
    }


def _soonest(shown: Sequence[JSON]) -> JSON:
    placed = [job for job in shown if job["position"]]
    soonest = min(placed, key=lambda job: (job["starts_in"] is None, job["starts_in"], job["position"]), default=None)
    return {name: soonest and soonest[name] for name in ("position", "starts_in")}


def _typed(name: str, value: Value) -> str:
    """Write a value as the form has it; a size by its shape where the form has one."""
    if name != "size":
        return f"{value:g}" if isinstance(value, float) else str(value)
    aspect = shape_of(*pixels_of(value))["aspect"]
    return aspect if aspect in SIZES else str(value)
