"""A plan and a seed become a scene: place, light, season, and where each figure stands."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from generation.engines.illustrator.canvas import Array, colour
from generation.engines.illustrator.palettes import PALETTES, Palette, dulled
from generation.engines.illustrator.reading import Plan, Wanted
from generation.engines.illustrator.stock import FLOORS, STOCK, Stand

VERSION = 1  # part of every seed: raise it when pictures change

OVERCAST = {"rain": (colour("#8f9aa8"), 0.75), "snow": (colour("#dfe6ee"), 0.6), "fog": (colour("#d6dcde"), 0.65)}
ABSTRACT_PLACES = ("meadow", "mountains", "sea", "lake", "sky")


@dataclass(frozen=True, slots=True)
class Figure:
    """One subject in the picture: its feet at (x, y) and its height, as fractions of the picture and its short side."""

    name: str
    x: float
    y: float
    size: float
    colour: str
    flipped: bool
    key: int  # tells two of a kind apart


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is decided before the first stroke."""

    width: int
    height: int
    seed: tuple[int, ...]
    place: str
    time: str
    weather: str
    season: str
    palette: Palette
    horizon: float  # fraction of the height
    sun: tuple[float, float]  # where the sun or moon stands, as fractions
    sun_size: float
    figures: tuple[Figure, ...]

    @property
    def unit(self) -> int:
        """The short side in pixels: what sizes are measured by."""
        return min(self.width, self.height)

    @property
    def side(self) -> float:
        """Where the light comes from: -1 left … 1 right."""
        return -1.0 if self.sun[0] < 0.5 else 1.0

    @property
    def snowy(self) -> bool:
        """Whether the ground is white."""
        return self.weather == "snow" or self.season == "winter"

    def rng(self, part: str, number: int = 0) -> np.random.Generator:
        """Chance of its own for each part, so that one part cannot disturb another."""
        return np.random.default_rng([*self.seed, crc32(part.encode()), number])

    def lit(self, tone: str) -> Array:
        """A colour as it looks in the light of this scene."""
        return np.asarray(colour(tone) * self.palette.ambient, np.float32)


def compose(plan: Plan, prompt: str, seed: int, width: int, height: int) -> Scene:
    """Decide everything that the words leave open by the seed."""
    key = (VERSION, seed, crc32(prompt.encode()))
    rng = np.random.default_rng(key)
    place = plan.place or _place_for(plan, rng)
    celestial = {wanted.name for wanted in plan.subjects} & {"moon", "sun"}
    time = plan.time or ("night" if "moon" in celestial else _time_for(place, rng))
    season = plan.season or str(rng.choice(["spring", "summer", "summer", "autumn"]))
    palette = PALETTES[time][rng.integers(len(PALETTES[time]))]
    if plan.weather:
        palette = dulled(palette, *OVERCAST[plan.weather])
    floor = FLOORS[place]
    horizon = floor.horizon + rng.uniform(-0.04, 0.04)
    sun, sun_size = _sun(time, horizon, rng, large=bool(celestial))
    wanted = [one for one in plan.subjects if STOCK[one.name].stand is not Stand.SKY]
    figures = _arrange(wanted, place, horizon, sun[0], width / height, rng)
    return Scene(width, height, key, place, time, plan.weather, season, palette, horizon, sun, sun_size, figures)


def _place_for(plan: Plan, rng: np.random.Generator) -> str:
    homes = [STOCK[wanted.name].homes for wanted in plan.subjects if STOCK[wanted.name].homes]
    return str(rng.choice(homes[0] if homes else ABSTRACT_PLACES))


def _time_for(place: str, rng: np.random.Generator) -> str:
    if place in ("city", "space"):
        return "night"
    if place in ("studio", "underwater"):
        return "day"
    return str(rng.choice(["day", "day", "sunrise", "sunset"]))


def _sun(time: str, horizon: float, rng: np.random.Generator, *, large: bool) -> tuple[tuple[float, float], float]:
    x = rng.uniform(0.16, 0.34) if rng.random() < 0.5 else rng.uniform(0.66, 0.84)
    low = {"sunrise": 0.74, "sunset": 0.8, "day": 0.26, "night": 0.34}[time]
    size = {"sunrise": 0.045, "sunset": 0.055, "day": 0.04, "night": 0.05}[time]
    return (float(x), horizon * (low + rng.uniform(-0.06, 0.06))), size * (2.2 if large else 1)


def _arrange(
    wanted: list[Wanted], place: str, horizon: float, sun: float, aspect: float, rng: np.random.Generator
) -> tuple[Figure, ...]:
    """Stand the figures about: the first one on the third away from the light, the others beside and behind it."""
    copies = [one for one in wanted for _ in range(one.count)]
    crowd = len(copies)
    first = 0.38 if sun > 0.5 else 0.62
    if crowd == 1:
        spots = [first + rng.uniform(-0.05, 0.05)]
    else:
        spots = list(np.linspace(0.5 - 0.14 * min(crowd - 1, 2.4), 0.5 + 0.14 * min(crowd - 1, 2.4), crowd))
        spots = spots if first < 0.5 else spots[::-1]
    figures = [
        _place_figure(one, number, float(spot), crowd, place, horizon, aspect, rng)
        for number, (one, spot) in enumerate(zip(copies, spots, strict=True))
    ]
    return tuple(sorted(figures, key=lambda figure: figure.y))


def _place_figure(
    wanted: Wanted,
    number: int,
    x: float,
    crowd: int,
    place: str,
    horizon: float,
    aspect: float,
    rng: np.random.Generator,
) -> Figure:
    stock, floor = STOCK[wanted.name], FLOORS[place]
    size = stock.size * (1.0 if crowd == 1 else 0.8 if crowd == 2 else 0.62) * rng.uniform(0.94, 1.06)
    size *= min(1.0, aspect**0.35) if aspect < 1 else 1.0
    depth = rng.uniform(0.35, 0.75) if number else rng.uniform(0.55, 0.8)
    if crowd > 2:
        size *= 0.82 + 0.3 * depth
    afloat = floor.floating or stock.stand is Stand.AIR
    if afloat:
        y = (0.5 if floor.floating else horizon * 0.78) + size * 0.5 + rng.uniform(-0.1, 0.06)
        y = min(y, 0.9 if floor.floating else max(horizon * 1.05, size + 0.06))
    elif stock.stand is Stand.WATER and floor.water:
        near, far = floor.water
        y = far + (near - far) * rng.uniform(0.3, 0.7)
    else:
        near, far = floor.ground
        y = far + (near - far) * (depth if stock.size < 0.6 else depth * 0.45)
    flipped = bool(x < 0.5) != bool(rng.random() < 0.15)
    return Figure(wanted.name, x, float(y), size, wanted.colour, flipped, number)
