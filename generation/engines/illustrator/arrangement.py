"""Where each figure stands, how large it is beside the others, and what it holds, wears or rides."""

from dataclasses import dataclass, replace

import numpy as np

from generation.engines.illustrator.reading import Wanted
from generation.engines.illustrator.stock import FLOORS, PEOPLE, POSES, SITTERS, STOCK, Floor, Stand, Stock

ON_EYES, ON_HEAD, ROUND_NECK = (
    ("sunglasses", "glasses"),
    ("top-hat", "crown", "womans-hat", "billed-cap", "wreath"),
    ("scarf",),
)
IN_HAND = ("open-book", "phone")  # also where no word says so
OVERHEAD = ("oil-umbrella", "toy-balloon", "kite", "lantern")  # held up high, also where no word says so
MOUNTS = ("bicycle", "cyclist", "motorcycle", "motor-scooter")  # whoever is there with one of them rides it
CYCLES = ("bicycle", "cyclist")
ON_A_BACK = (4.0, 62.0, 84.0)  # where a rider's feet are beside the middle and below the top, and how tall he is
SADDLES = {"bicycle": (17.0, 28.0, 60.0), "motorcycle": (22.0, 78.0, 100.0), "motor-scooter": (0.0, 88.0, 118.0)}
HORSES = ("horse", "running-horse", "unicorn", "elephant", "camel", "dragon", "tiger", "deer", "whale")
SPREADS = ("feast", "picnic", "chesstable")  # people gather behind them
BACKDROPS = ("fuji", "greatwall", "pearl")  # landscape rather than figures: far away, everybody in front of them
VASES, FLOWERS = ("vase", "bottle", "amphora"), ("flower", "rose", "tulip", "sunflower", "blossom", "hibiscus", "lotus")
HANDS = {"child": (20.6, 24.0), "princess": (29.0, 46.0)}  # where the others have theirs: (14.4, 66)
PERCHERS = ("owl", "bird", "parrot", "eagle", "dove")  # sit on a branch where there is one
ASIDE = ("harbour",)  # what floats here keeps clear of the middle
CENTRED = ("podium", "marble", "studio", "theatre")  # one figure stands in the middle of these
HAND_SIZE = 0.6  # metres; what is larger cannot be held


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing that belongs to a figure: where its foot is and how tall it is, in hundredths of the figure's height."""

    name: str
    colour: str
    x: float  # from the figure's middle
    y: float  # from its top
    tall: float
    behind: bool = False


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
    stand: Stand
    props: tuple[Prop, ...] = ()


@dataclass(frozen=True, slots=True)
class Cast:
    """One who appears, with what he carries."""

    wanted: Wanted
    props: tuple[Prop, ...] = ()


def arrange(
    wanted: tuple[Wanted, ...], pose: str, place: str, *, horizon: float, sun: float, aspect: float,
    near: bool, rng: np.random.Generator,
) -> tuple[Figure, ...]:  # fmt: skip
    """Stand the figures about: one on the third away from the light, more of them side by side, large ones behind."""
    wanted = tuple(replace(one, name=POSES.get(pose, {}).get(one.name, one.name)) for one in wanted)
    casts = _equipped(wanted)
    copies = [cast for cast in casts for _ in range(cast.wanted.count)]
    copies.sort(key=lambda cast: -STOCK[cast.wanted.name].metres)
    foreground = [cast for cast in copies if cast.wanted.name not in BACKDROPS + SPREADS] or copies
    spots = _spots(foreground, sun if place not in CENTRED else 0.5, aspect, rng)
    figures = []
    for number, cast in enumerate(copies):
        name, floor = cast.wanted.name, FLOORS[place]
        stock = STOCK[name]
        if name in SPREADS and len(copies) > 1:
            figures.append(Figure(name, 0.5, 0.97, stock.size, cast.wanted.colour, False, number, stock.stand))
            continue
        if name in BACKDROPS:
            figures.append(_backdrop(cast, number, floor, horizon, sun, aspect))
            continue
        size, depth = _size_and_depth(stock, number, foreground, aspect, rng)
        stand = (
            Stand.AIR
            if cast.wanted.relation == "flying" and stock.stand is Stand.GROUND and stock.metres < 5
            else stock.stand
        )
        y = _height(replace(stock, stand=stand), floor, horizon=horizon, size=size, depth=depth, rng=rng)
        x = spots.pop(0)
        if stand is Stand.WATER and place in ASIDE:
            x += float(np.copysign(0.2, x - 0.5))
        if near and name in SITTERS + PEOPLE and number == 0:
            size, y, x = size * 1.75, y + size * (0.66 if name in SITTERS else 0.8), 0.5 + (x - 0.5) * 0.4
        flipped = (x < 0.5) != (rng.random() < 0.15)
        figures.append(Figure(name, x, y, size, cast.wanted.colour, flipped, number, stand, cast.props))
    return tuple(sorted(figures, key=lambda figure: (figure.name not in BACKDROPS, figure.y)))


def _equipped(wanted: tuple[Wanted, ...]) -> list[Cast]:
    """Give things that somebody holds, wears or rides to whoever that is."""
    if together := _together(wanted):
        return together
    being = next((one for one in wanted if one.name in SITTERS + PEOPLE), None)
    mount = next((one for one in wanted if _rides(one, being)), None)
    if being is None:
        return [Cast(one) for one in wanted]
    props = tuple(_prop(one, being.name) for one in wanted if one is not mount and _carried(one, being))
    rest = [one for one in wanted if one is not being and one is not mount and not _carried(one, being)]
    if mount is None:
        return [Cast(being, props), *map(Cast, rest)]
    if mount.name in CYCLES:
        if being.name in PEOPLE:
            return [Cast(Wanted("cyclist", being.count, mount.colour), props), *map(Cast, rest)]
        mount = replace(mount, name="bicycle")
    x, foot, tall = SADDLES.get(mount.name, ON_A_BACK)
    rider = Prop(being.name, being.colour, x, foot, tall, behind=mount.name in MOUNTS)
    return [Cast(replace(mount, count=1), (rider,)), *map(Cast, rest)]


def _together(wanted: tuple[Wanted, ...]) -> list[Cast]:
    """What makes one figure: flowers in a vase, a bird on a branch, a couple under one umbrella; else nothing."""
    vase, flowers = (next((one for one in wanted if one.name in names), None) for names in (VASES, FLOWERS))
    if vase and flowers:
        stems = tuple(
            Prop(flowers.name, flowers.colour, x, 24, tall, behind=True) for x, tall in ((-18, 48), (18, 50), (0, 66))
        )
        return [Cast(vase, stems), *(Cast(one) for one in wanted if one not in (vase, flowers))]
    branch, percher = (next((one for one in wanted if one.name in names), None) for names in (("branch",), PERCHERS))
    if branch and percher:
        bough = Prop("branch", branch.colour, 0, 116, 38)
        rest = [one for one in wanted if one not in (branch, percher)]
        return [Cast(replace(percher, relation="flying"), (bough,)), *map(Cast, rest)]
    roof = next((one for one in wanted if one.name == "oil-umbrella"), None)
    if roof and {"person", "girl"} <= {one.name for one in wanted}:
        he, she = (next(one for one in wanted if one.name == name) for name in ("person", "girl"))
        over = Prop(roof.name, roof.colour, 15, 62, 88, behind=True)
        rest = [one for one in wanted if one not in (he, she, roof)]
        return [Cast(he, (over, Prop(she.name, she.colour, 31, 100, 95))), *map(Cast, rest)]
    return []


def _rides(one: Wanted, being: Wanted | None) -> bool:
    return (
        being is not None
        and one is not being
        and (one.name in MOUNTS or (one.relation == "riding" and one.name in HORSES))
    )


def _carried(one: Wanted, being: Wanted) -> bool:
    if one is being or one.count > 1:
        return False
    if one.name in ON_EYES + ON_HEAD + ROUND_NECK:
        return True
    if being.name in PEOPLE and one.name in OVERHEAD:
        return True
    if one.name in IN_HAND:
        return True
    return one.relation == "holding" and STOCK[one.name].metres <= HAND_SIZE


def _prop(one: Wanted, holder: str) -> Prop:
    """Where a thing belongs on its holder."""
    person = holder in PEOPLE
    middle, brow, top, neck = (0.0, 30.0, 13.0, 50.0) if person else (0.0, 42.0, 19.0, 62.0)
    if one.name in ON_EYES:
        return Prop(one.name, one.colour, middle, brow, 7.4 if person else 14)
    if one.name == "wreath":
        return Prop(one.name, one.colour, middle, top + 5, 13)
    if one.name in ON_HEAD:
        return Prop(one.name, one.colour, middle, top, 15 if person else 22)
    if one.name in ROUND_NECK:
        return Prop(one.name, one.colour, middle, neck, 18 if person else 24)
    if one.name in OVERHEAD and person:
        hand = HANDS.get(holder, (14.4, 66.0))
        tall = {"toy-balloon": 66.0, "oil-umbrella": 78.0, "kite": 44.0, "lantern": 34.0}[one.name]
        drop = {"lantern": 36.0, "kite": -8.0}.get(one.name, 2.0)
        return Prop(
            one.name,
            one.colour,
            hand[0] + (6 if one.name == "kite" else 0),
            hand[1] + drop,
            tall,
            behind=one.name != "lantern",
        )
    x, foot, tall = ((1.0, 84.0, 48.0) if one.name == "guitar" else (3.0, 74.0, 24.0)) if person else (0.0, 96.0, 30.0)
    return Prop(one.name, one.colour, x, foot, tall)


def _spots(casts: list[Cast], sun: float, aspect: float, rng: np.random.Generator) -> list[float]:
    """The middles of the figures, from the largest to the smallest."""
    crowd = len(casts)
    if crowd == 0:
        return []
    if crowd == 1:
        wide = STOCK[casts[0].wanted.name].size > 0.6 or sun == 0.5
        return [float((0.5 if wide else 0.4 if sun > 0.5 else 0.6) + rng.uniform(-0.06, 0.06))]
    if crowd == 2 and casts[0].wanted.name != casts[1].wanted.name:
        away = 0.16 * min(1.0, 1.25 / aspect) + 0.04
        way = -1 if sun > 0.5 else 1
        return [0.5 + way * away * 0.8, 0.5 - way * away * 1.1]
    reach = 0.14 * min(crowd - 1, 2.4) * min(1.0, 1.25 / aspect)
    line = np.linspace(0.5 - reach, 0.5 + reach, crowd)
    return [float(x + rng.uniform(-0.015, 0.015)) for x in line[:: 1 if sun > 0.5 else -1]]


def _size_and_depth(
    stock: Stock, number: int, casts: list[Cast], aspect: float, rng: np.random.Generator
) -> tuple[float, float]:
    """How large a figure is, and how near between the back (0) and the front (1) of its floor."""
    crowd = len(casts)
    largest = STOCK[casts[0].wanted.name]
    alike = all(cast.wanted.name == casts[0].wanted.name for cast in casts)
    depth = float(rng.uniform(0.35, 0.75) if number else rng.uniform(0.55, 0.8))
    if crowd == 1:
        tall_picture = 1.2 if aspect < 0.8 else 1.0
        return float(stock.size * tall_picture * rng.uniform(0.94, 1.08)), depth if stock.size < 0.6 else depth * 0.45
    if alike:
        return float(stock.size * {2: 0.82}.get(crowd, 0.5 + 0.22 * depth) * rng.uniform(0.92, 1.06)), depth
    ratio = float(np.clip((stock.metres / largest.metres) ** 0.36, 0.36, 1.0))
    size = max(largest.size, 0.5) * (0.95 if ratio == 1 else 1.0) * ratio * rng.uniform(0.95, 1.05)
    return float(size), 0.15 if ratio == 1 and largest.size > 0.5 else 0.55 + 0.4 * (number / crowd)


def _backdrop(cast: Cast, number: int, floor: Floor, horizon: float, sun: float, aspect: float) -> Figure:
    name = cast.wanted.name
    if name == "greatwall":
        return Figure(name, 0.5, 0.98, 0.56 * max(aspect, 1.0), cast.wanted.colour, sun > 0.5, number, Stand.SKY)
    size = 0.66 if name == "pearl" else 0.4
    return Figure(
        name, 0.38 if sun > 0.5 else 0.62, horizon + 0.008, size, cast.wanted.colour, False, number, Stand.SKY
    )


def _height(
    stock: Stock, floor: Floor, *, horizon: float, size: float, depth: float, rng: np.random.Generator
) -> float:
    """Where the feet are, as a fraction of the height."""
    if floor.floating and floor.horizon < 0.1:  # seen from above: anywhere
        return float(np.clip(0.28 + 0.6 * depth + size * 0.5 + rng.uniform(-0.16, 0.16), size, 0.92))
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
