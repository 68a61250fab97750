"""A plan and a seed become a scene: place, light, season, and where each figure stands."""

from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from generation.engines.illustrator.arrangement import SPREADS, Figure, arrange
from generation.engines.illustrator.canvas import Array, colour
from generation.engines.illustrator.palettes import PALETTES, Palette, dulled
from generation.engines.illustrator.reading import Plan, Wanted
from generation.engines.illustrator.reference import Guide
from generation.engines.illustrator.stock import FLOORS, INDOORS, ON_A_TABLE, PEOPLE, ROOMS, SITTERS, STOCK, Stand

VERSION = 11  # part of every seed: raise it when pictures change

OVERCAST = {"rain": (colour("#8f9aa8"), 0.75), "snow": (colour("#dfe6ee"), 0.6), "fog": (colour("#d6dcde"), 0.65)}
STAFFAGE = {  # where nobody is named, one of these
    "sky": (Wanted("gull", 3), Wanted("balloon", 2), Wanted("dove", 3), Wanted("kite", 2)),
    "sea": (Wanted("boat"), Wanted("boat", 2), Wanted("gull", 3)),
    "watertown": (Wanted("rowboat"),),
    "karst": (Wanted("rowboat"), Wanted("crane", 2)),
    "underwater": (Wanted("tropical-fish", 3), Wanted("fish", 4)),
    "table": (Wanted("hot-beverage"), Wanted("teapot"), Wanted("croissant")),
    "room": (Wanted("sofa"),),
    "library": (Wanted("sofa"),),
    "garden": (Wanted("fountain"),),
    "pond": (Wanted("koi", 3), Wanted("koi", 4)),
    "summit": (Wanted("gull", 3), Wanted("gull", 2)),
    "harbour": (Wanted("boat", 2), Wanted("gull", 3)),
    "roof": (Wanted("cat"),),
    "sill": (Wanted("cat"), Wanted("sleepingcat"), Wanted("potted-plant")),
}
NIGHTLY = {"moon", "fireworks", "aurora", "meteor"}
ICY = ("penguin", "polarbear", "snowman", "santa", "aurora", "christmas-tree")
NAMELESS = ("abstract", "abstract", "abstract", "sky", "lake")  # for words that name nothing we know
PAINTED_THERE = {"pond": ("lotus",), "station": ("train",)}  # figures that a place has of its own
AT_HOME = ("vase", "fireplace", "sofa", "lamp", "bed")  # what stands beside them is in a room too
A_HANDFUL = 0.6  # metres: among such things a product is the chief one
PRODUCTS = ("podium", "marble", "studio")
BLOOMS = {"lavender": "#8f6ac8", "薰衣草": "#8f6ac8", "sunflower": "#f6c42e", "向日葵": "#f6c42e", "油菜花": "#f4d23c"}


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
    bloom: str  # the colour of flowers that cover a field
    aloft: tuple[str, ...]  # what the words want in the sky: moon, rainbow, fireworks …
    tints: tuple[str, ...]  # colours asked for that belong to no figure

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


def compose(plan: Plan, prompt: str, seed: int, width: int, height: int, lead: Guide | None = None) -> Scene:
    """Decide everything that the words leave open: by the reference that leads, or by the seed."""
    key = (VERSION, seed, crc32(prompt.encode()))
    rng = np.random.default_rng(key)
    names = [wanted.name for wanted in plan.subjects]
    aloft = tuple(name for name in names if STOCK[name].stand is Stand.SKY)
    place = _place(plan, names, rng)
    weather = "" if "rainbow" in aloft else plan.weather or ("rain" if "lightning" in aloft else "")
    hour = "night" if NIGHTLY.intersection(aloft) else _time_for(place, weather, rng)
    time = plan.time or (lead.time if lead and place not in INDOORS else hour)
    season = plan.season or _season_for(place, weather, plan, rng)
    palette = PALETTES[time][rng.integers(len(PALETTES[time]))]
    if weather and place not in INDOORS:
        palette = dulled(palette, *OVERCAST[weather])
    horizon = FLOORS[place].horizon + rng.uniform(-0.04, 0.04)
    if lead and place not in INDOORS:
        horizon = (horizon + lead.horizon) / 2
    sun, sun_size = _sun(time, horizon, rng, large=bool({"moon", "sun"}.intersection(aloft)))
    there = (*aloft, *PAINTED_THERE.get(place, ()))
    wanted = tuple(one for one in plan.subjects if one.name not in there) or _staffage(place, plan, rng)
    figures = arrange(
        wanted, plan.pose, place, horizon=horizon, sun=sun[0], aspect=width / height, near=plan.near, rng=rng
    )
    if lead:
        sun = lead.sun, sun[1]
        figures = _drawn_to(lead, figures)
    bloom = next((tone for word, tone in BLOOMS.items() if word in prompt.lower()), "#e8607a")
    return Scene(
        width=width, height=height, seed=key, place=place, time=time, weather=weather, season=season, palette=palette,
        horizon=horizon, sun=sun, sun_size=sun_size, figures=figures, bloom=bloom, aloft=aloft, tints=plan.tints,
    )  # fmt: skip


def _drawn_to(lead: Guide, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Move the figures so that the largest stands where the eye goes, about as large as what stands there."""
    movable = [figure for figure in figures if figure.stand is not Stand.SKY]
    if not movable:
        return figures
    largest = max(movable, key=lambda figure: figure.size)
    away, growth = lead.focus - largest.x, float(np.clip(lead.size * 0.95 / largest.size, 0.6, 1.7))
    drop = np.clip(lead.foot - largest.y, -0.04, 0.06) if largest.stand is Stand.GROUND else lead.foot - largest.y
    return tuple(
        replace(
            one, x=float(np.clip(one.x + away, 0.12, 0.88)), y=float(min(one.y + drop, 0.97)), size=one.size * growth
        )
        if one in movable
        else one
        for one in figures
    )


def retouched(scene: Scene, plan: Plan, mask: Array) -> Scene | None:
    """The scene with its first figure put where the mask is; None where the words name nobody or nothing is masked."""
    rows, columns = np.nonzero(mask > 0.5)
    if not plan.subjects or not scene.figures or not rows.size:
        return None
    top, foot, left, right = rows.min(), rows.max(), columns.min(), columns.max()
    tall = min(foot - top, (right - left) * 1.15) * 0.92
    figure = replace(
        scene.figures[0],
        x=float(left + right) / 2 / scene.width,
        y=float(foot - 0.02 * (foot - top)) / scene.height,
        size=float(tall) / scene.unit,
    )
    return replace(scene, place="meadow", time="day", weather="", palette=PALETTES["day"][0], figures=(figure,))


def _place(plan: Plan, names: list[str], rng: np.random.Generator) -> str:
    """Where it is: as the words say, or where the largest subject is at home."""
    place = plan.place or _place_for(plan, rng)
    grounded = any(STOCK[one.name].stand is Stand.GROUND and one.relation != "flying" for one in plan.subjects)
    if place == "sky" and plan.place and grounded:
        place = _place_for(plan, rng)
    if place == "abstract" and "island" in names:
        return "sky"
    small = bool(names) and all(name in ON_A_TABLE for name in names)
    if place in ROOMS and small:
        return "table"
    if place == "studio" and small:
        return str(rng.choice(PRODUCTS))
    if plan.near and not plan.place and any(name in SITTERS + PEOPLE for name in names):
        return "studio"
    return place


def _season_for(place: str, weather: str, plan: Plan, rng: np.random.Generator) -> str:
    if weather == "snow" or any(one.name in ICY for one in plan.subjects):
        return "winter"
    if place == "snowfield":
        return "winter"
    if place == "savanna" or any(one.name == "maple" for one in plan.subjects):
        return "autumn"
    if any(one.name == "cherry" for one in plan.subjects):
        return "spring"
    if "green" in plan.tints:
        return "summer"
    return str(rng.choice(["spring", "summer", "summer", "autumn"]))


def _staffage(place: str, plan: Plan, rng: np.random.Generator) -> tuple[Wanted, ...]:
    """Somebody for a place where the words name nobody; what hangs in the sky is enough."""
    named = {one.name for one in plan.subjects} - set(PAINTED_THERE.get(place, ()))
    choices = () if named else STAFFAGE.get(place, ())
    return (choices[rng.integers(len(choices))],) if choices else ()


def _place_for(plan: Plan, rng: np.random.Generator) -> str:
    def weight(one: Wanted) -> tuple[bool, bool, float]:
        return STOCK[one.name].stand is Stand.SKY, STOCK[one.name].stand is not Stand.AIR, STOCK[one.name].metres

    gathered = next((one for one in plan.subjects if one.name in (*SPREADS, *AT_HOME)), None)
    product = next((one for one in plan.subjects if STOCK[one.name].homes[0] == "studio"), None)
    if any(STOCK[one.name].metres > A_HANDFUL for one in plan.subjects):
        product = None
    largest = gathered or product or max(plan.subjects, key=weight, default=None)
    return str(rng.choice(STOCK[largest.name].homes if largest else NAMELESS))


def _time_for(place: str, weather: str, rng: np.random.Generator) -> str:
    if place in ("neon", "space", "moon", "market") or (place in ("city", "roof") and rng.random() < 0.6):
        return "night"
    if weather:
        return "day"
    if place in ("studio", "underwater", "podium", "marble", "pattern"):
        return "day"
    return str(rng.choice(["day", "day", "sunrise", "sunset"]))


def _sun(time: str, horizon: float, rng: np.random.Generator, *, large: bool) -> tuple[tuple[float, float], float]:
    x = rng.uniform(0.16, 0.34) if rng.random() < 0.5 else rng.uniform(0.66, 0.84)
    low = {"sunrise": 0.74, "sunset": 0.8, "day": 0.26, "night": 0.34}[time]
    size = {"sunrise": 0.045, "sunset": 0.055, "day": 0.04, "night": 0.05}[time]
    return (float(x), horizon * (low + rng.uniform(-0.06, 0.06))), size * (2.2 if large else 1)
