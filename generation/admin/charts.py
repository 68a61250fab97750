"""Small charts as geometry: the templates draw them as SVG, which needs neither script nor inline style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

HEIGHT = 60.0
STEP = 10.0  # width of an hour
SERIES = ("first", "second")


@dataclass(frozen=True, slots=True)
class Column:
    """One hour: where it stands, and the height of each part, from below."""

    start: datetime
    x: float
    low_y: float
    low_height: float
    high_y: float
    high_height: float
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A part of one series without gaps: the points of an SVG polyline."""

    series: str
    points: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns or lines over the hours; `top` is the value at the upper edge."""

    width: float
    top: float
    columns: list[Column]
    lines: list[Line]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return self.top == 0


def stacked(hours: Sequence[tuple[datetime, float, float]]) -> Chart:
    """Draw two counts an hour on top of each other."""
    top = max((low + high for _, low, high in hours), default=0)
    scale = HEIGHT / top if top else 0
    columns = []
    for place, (start, low, high) in enumerate(hours):
        low_height, high_height = low * scale, high * scale
        low_y = HEIGHT - low_height
        columns.append(
            Column(start, place * STEP, low_y, low_height, low_y - high_height, high_height, (int(low), int(high)))
        )
    return Chart(len(hours) * STEP, top, columns, [])


def lines(hours: Sequence[tuple[datetime, Sequence[float | None]]]) -> Chart:
    """Draw values as lines that break where there is none; a value between two gaps is a short dash."""
    top = max((value for _, values in hours for value in values if value is not None), default=0)
    found: list[Line] = []
    for name, series in zip(SERIES, zip(*(values for _, values in hours), strict=True), strict=True):
        found += [Line(name, points) for points in _polylines(series, HEIGHT / top if top else 0)]
    columns = [Column(start, place * STEP, 0, 0, 0, 0, tuple(values)) for place, (start, values) in enumerate(hours)]
    return Chart(len(hours) * STEP, top, columns, found)


def _polylines(series: Sequence[float | None], scale: float) -> list[str]:
    found: list[list[str]] = [[]]
    for place, value in enumerate(series):
        if value is None:
            found.append([])
            continue
        y = HEIGHT - value * scale
        found[-1] += [f"{place * STEP:g},{y:.1f}", f"{(place + 1) * STEP:g},{y:.1f}"]
    return [" ".join(points) for points in found if points]
