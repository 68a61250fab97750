"""A plan and a seed become a scene: place, light, season, and where each figure stands."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from generation.engines.illustrator.canvas import Array, colour
from generation.engines.illustrator.palettes import PALETTES, Palette, dulled
from generation.engines.illustrator.reading import Plan, Wanted
from generation.engines.illustrator.stock import FLOORS, ON_A_TABLE, STOCK, Floor, Stand, Stock

VERSION = 1  # part of every seed: raise it when pictures change

OVERCAST = {"rain": (colour("#8f9aa8"), 0.75), "snow": (colour("#dfe6ee"), 0.6), "fog": (colour("#d6dcde"), 0.65)}
STAFFAGE = {"sky": [Wanted("gull", 3)], "sea": [Wanted("boat")], "lake": [Wanted("boat")]}  # where nobody is named
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
    if place == "room" and plan.subjects and plan.subjects[0].name in ON_A_TABLE:
        place = "table"
    celestial = {wanted.name for wanted in plan.subjects} & {"moon", "sun"}
    time = plan.time or ("night" if "moon" in celestial else _time_for(place, rng))
    season = plan.season or str(rng.choice(["spring", "summer", "summer", "autumn"]))
    palette = PALETTES[time][rng.integers(len(PALETTES[time]))]
    if plan.weather:
        palette = dulled(palette, *OVERCAST[plan.weather])
    floor = FLOORS[place]
    horizon = floor.horizon + rng.uniform(-0.04, 0.04)
    sun, sun_size = _sun(time, horizon, rng, large=bool(celestial))
    wanted = [one for one in plan.subjects if STOCK[one.name].stand is not Stand.SKY] or STAFFAGE.get(place, [])
    figures = _arrange(wanted, FLOORS[place], horizon=horizon, sun=sun[0], aspect=width / height, rng=rng)
    return Scene(width, height, key, place, time, plan.weather, season, palette, horizon, sun, sun_size, figures)


def _place_for(plan: Plan, rng: np.random.Generator) -> str:
    in_the_sky_first = sorted(plan.subjects, key=lambda wanted: STOCK[wanted.name].stand is not Stand.SKY)
    return str(rng.choice(STOCK[in_the_sky_first[0].name].homes if in_the_sky_first else ABSTRACT_PLACES))


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
    wanted: list[Wanted], floor: Floor, *, horizon: float, sun: float, aspect: float, rng: np.random.Generator
) -> tuple[Figure, ...]:
    """Stand the figures about: one on the third away from the light, more of them side by side."""
    copies = [one for one in wanted for _ in range(one.count)]
    crowd = len(copies)
    if crowd == 1:
        spots = np.array([(0.38 if sun > 0.5 else 0.62) + rng.uniform(-0.05, 0.05)])
    else:
        reach = 0.14 * min(crowd - 1, 2.4) * min(1.0, 1.25 / aspect)
        spots = np.linspace(0.5 - reach, 0.5 + reach, crowd)[:: 1 if sun > 0.5 else -1]
    largest = max((STOCK[one.name].size for one in copies), default=0)
    figures = []
    for number, (one, x) in enumerate(zip(copies, spots.tolist(), strict=True)):
        size, depth = _size_and_depth(STOCK[one.name], number, crowd, aspect, rng)
        if STOCK[one.name].size < 0.5 < largest:
            size *= 0.66  # a dog beside a boy, a cat in front of a house
        y = _height(STOCK[one.name], floor, horizon=horizon, size=size, depth=depth, rng=rng)
        flipped = (x < 0.5) != (rng.random() < 0.15)
        figures.append(Figure(one.name, x, y, size, one.colour, flipped, number))
    return tuple(sorted(figures, key=lambda figure: figure.y))


def _size_and_depth(
    stock: Stock, number: int, crowd: int, aspect: float, rng: np.random.Generator
) -> tuple[float, float]:
    """How large a figure is, and how near between the back (0) and the front (1) of its floor."""
    depth = rng.uniform(0.35, 0.75) if number else rng.uniform(0.55, 0.8)
    size = stock.size * {1: 1.0, 2: 0.8}.get(crowd, 0.5 + 0.2 * depth) * rng.uniform(0.94, 1.06)
    tall_picture = 1.2 if aspect < 0.8 and crowd == 1 else 1.0
    return float(size * tall_picture), float(depth if stock.size < 0.6 else depth * 0.45)


def _height(
    stock: Stock, floor: Floor, *, horizon: float, size: float, depth: float, rng: np.random.Generator
) -> float:
    """Where the feet are, as a fraction of the height."""
    if floor.floating:
        return float(min(0.5 + size * 0.5 + rng.uniform(-0.1, 0.06), 0.9))
    if stock.stand is Stand.AIR:
        y = horizon * 0.78 + size * 0.5 + rng.uniform(-0.1, 0.06)
        return float(min(y, max(horizon * 1.05, size + 0.06)))
    if stock.stand is Stand.WATER and floor.water:
        near, far = floor.water
        return float(far + (near - far) * rng.uniform(0.3, 0.7))
    near, far = floor.ground
    return far + (near - far) * depth
