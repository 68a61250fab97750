"""What can be painted: how large each subject is, where it stands, where it is at home; and each place's floor."""

from dataclasses import dataclass
from enum import Enum


class Stand(Enum):
    """What carries a subject."""

    GROUND = "ground"
    WATER = "water"
    AIR = "air"
    SKY = "sky"  # painted with the sky, not as a figure


@dataclass(frozen=True, slots=True)
class Stock:
    """Height as a fraction of the picture's short side, what carries it, and the places that suit it."""

    size: float
    stand: Stand
    homes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """Where things stand in a place, as fractions of the height: the nearest and the farthest line."""

    horizon: float
    ground: tuple[float, float]
    water: tuple[float, float] | None = None
    floating: bool = False  # nothing touches the ground here
    wet: bool = False  # the ground mirrors what stands on it


FLOORS = {
    "sea": Floor(0.5, (0.945, 0.87), water=(0.66, 0.57)),
    "lake": Floor(0.5, (0.98, 0.9), water=(0.8, 0.6)),
    "mountains": Floor(0.6, (0.96, 0.86)),
    "meadow": Floor(0.56, (0.95, 0.82)),
    "forest": Floor(0.62, (0.95, 0.84)),
    "bamboo": Floor(0.64, (0.95, 0.84)),
    "desert": Floor(0.52, (0.95, 0.84)),
    "city": Floor(0.62, (0.95, 0.84), wet=True),
    "sky": Floor(0.66, (0.9, 0.84), floating=True),
    "space": Floor(0.8, (0.95, 0.88), floating=True),
    "underwater": Floor(0.8, (0.95, 0.88), floating=True),
    "room": Floor(0.64, (0.95, 0.84)),
    "table": Floor(0.66, (0.93, 0.84), wet=True),
    "studio": Floor(0.66, (0.9, 0.82), wet=True),
}

ON_A_TABLE = ("cup", "apple", "cake", "bottle", "flower", "mushroom")  # too small for the floor of a room
OUTDOORS = ("meadow", "sea", "mountains", "forest", "lake")
STOCK = {
    "cat": Stock(0.46, Stand.GROUND, ("meadow", "sea", "room")),
    "dog": Stock(0.48, Stand.GROUND, ("meadow", "sea", "mountains")),
    "fox": Stock(0.46, Stand.GROUND, ("forest", "meadow")),
    "rabbit": Stock(0.42, Stand.GROUND, ("meadow", "forest")),
    "bear": Stock(0.52, Stand.GROUND, ("forest", "mountains")),
    "panda": Stock(0.5, Stand.GROUND, ("bamboo",)),
    "bird": Stock(0.3, Stand.GROUND, ("meadow", "forest")),
    "gull": Stock(0.26, Stand.AIR, ("sea", "sky")),
    "owl": Stock(0.42, Stand.GROUND, ("forest",)),
    "penguin": Stock(0.46, Stand.GROUND, ("mountains",)),
    "duck": Stock(0.26, Stand.WATER, ("lake",)),
    "fish": Stock(0.3, Stand.WATER, ("underwater",)),
    "whale": Stock(0.36, Stand.WATER, ("underwater", "sea")),
    "horse": Stock(0.55, Stand.GROUND, ("meadow", "desert")),
    "deer": Stock(0.58, Stand.GROUND, ("forest", "meadow")),
    "house": Stock(0.5, Stand.GROUND, ("meadow", "mountains", "lake")),
    "castle": Stock(0.66, Stand.GROUND, ("mountains", "meadow")),
    "lighthouse": Stock(0.66, Stand.GROUND, ("sea",)),
    "tree": Stock(0.7, Stand.GROUND, ("meadow", "lake")),
    "cherry": Stock(0.7, Stand.GROUND, ("meadow", "lake")),
    "pine": Stock(0.68, Stand.GROUND, ("mountains",)),
    "flower": Stock(0.44, Stand.GROUND, ("meadow",)),
    "boat": Stock(0.34, Stand.WATER, ("sea", "lake")),
    "car": Stock(0.26, Stand.GROUND, ("city", "desert")),
    "train": Stock(0.24, Stand.GROUND, ("mountains", "meadow")),
    "robot": Stock(0.55, Stand.GROUND, ("city", "space")),
    "rocket": Stock(0.5, Stand.AIR, ("space",)),
    "astronaut": Stock(0.52, Stand.GROUND, ("space",)),
    "person": Stock(0.54, Stand.GROUND, OUTDOORS),
    "girl": Stock(0.54, Stand.GROUND, ("meadow", "sea", "lake")),
    "balloon": Stock(0.46, Stand.AIR, ("mountains", "sky", "meadow")),
    "kite": Stock(0.3, Stand.AIR, ("meadow", "sky")),
    "lantern": Stock(0.24, Stand.AIR, ("lake", "city")),
    "umbrella": Stock(0.36, Stand.GROUND, ("sea", "city")),
    "cup": Stock(0.36, Stand.GROUND, ("room",)),
    "apple": Stock(0.32, Stand.GROUND, ("room", "studio")),
    "cake": Stock(0.46, Stand.GROUND, ("room", "studio")),
    "butterfly": Stock(0.24, Stand.AIR, ("meadow",)),
    "mushroom": Stock(0.36, Stand.GROUND, ("forest",)),
    "bottle": Stock(0.46, Stand.GROUND, ("studio",)),
    "moon": Stock(0.2, Stand.SKY, ("lake", "mountains", "sea")),
    "sun": Stock(0.2, Stand.SKY, ("sea", "meadow", "mountains")),
    "rainbow": Stock(0.8, Stand.SKY, ("meadow", "lake")),
}
