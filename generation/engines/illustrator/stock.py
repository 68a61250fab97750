"""What can be painted: how large each subject is, where it stands, where it is at home; and each place's floor."""

from dataclasses import dataclass
from enum import Enum

from generation.engines.illustrator import art


class Stand(Enum):
    """What carries a subject."""

    GROUND = "ground"
    WATER = "water"
    AIR = "air"
    SKY = "sky"  # painted with the sky, not as a figure


@dataclass(frozen=True, slots=True)
class Stock:
    """Height as a fraction of the picture's short side, what carries it, the places that suit it."""

    size: float
    stand: Stand
    homes: tuple[str, ...]
    metres: float = 1.0  # how high it really is: who is the larger of two


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
    "neon": Floor(0.62, (0.95, 0.84), wet=True),
    "sky": Floor(0.66, (0.9, 0.84), floating=True),
    "space": Floor(0.8, (0.95, 0.88), floating=True),
    "underwater": Floor(0.8, (0.95, 0.88), floating=True),
    "room": Floor(0.64, (0.95, 0.84)),
    "table": Floor(0.66, (0.93, 0.84), wet=True),
    "studio": Floor(0.66, (0.9, 0.82), wet=True),
    "podium": Floor(0.66, (0.81, 0.8), wet=True),
    "marble": Floor(0.62, (0.9, 0.82), wet=True),
    "theatre": Floor(0.7, (0.93, 0.87), wet=True),
    "library": Floor(0.68, (0.95, 0.86)),
    "abstract": Floor(0.7, (0.9, 0.84), floating=True),
    "savanna": Floor(0.54, (0.95, 0.82)),
    "jungle": Floor(0.62, (0.95, 0.86)),
    "garden": Floor(0.5, (0.95, 0.82)),
    "field": Floor(0.46, (0.95, 0.84)),
    "street": Floor(0.5, (0.95, 0.82)),
    "watertown": Floor(0.5, (0.97, 0.9), water=(0.82, 0.66)),
    "karst": Floor(0.56, (0.97, 0.9), water=(0.82, 0.66)),
    "snowfield": Floor(0.6, (0.96, 0.86)),
    "village": Floor(0.46, (0.96, 0.88)),
    "avenue": Floor(0.7, (0.96, 0.88)),
    "crag": Floor(0.56, (0.95, 0.9)),
    "falls": Floor(0.66, (0.98, 0.92), water=(0.86, 0.74)),
    "moon": Floor(0.64, (0.95, 0.84)),
    "pattern": Floor(0.7, (0.9, 0.84), floating=True),
    "summit": Floor(0.6, (0.95, 0.86), floating=True),
    "pond": Floor(0.02, (0.95, 0.5), floating=True),
    "station": Floor(0.5, (0.95, 0.88)),
    "market": Floor(0.55, (0.96, 0.88), wet=True),
    "harbour": Floor(0.5, (0.95, 0.9), water=(0.6, 0.55)),
    "bridge": Floor(0.62, (0.97, 0.92), water=(0.86, 0.74)),
    "terraces": Floor(0.36, (0.95, 0.88)),
    "cafe": Floor(0.43, (0.96, 0.88)),
    "kitchen": Floor(0.43, (0.96, 0.88)),
    "bedroom": Floor(0.43, (0.96, 0.9)),
    "office": Floor(0.43, (0.96, 0.9)),
    "classroom": Floor(0.43, (0.96, 0.9)),
    "supermarket": Floor(0.46, (0.96, 0.88), wet=True),
    "stadium": Floor(0.44, (0.96, 0.88)),
    "pool": Floor(0.42, (0.96, 0.9)),
    "roof": Floor(0.76, (0.93, 0.86)),
    "sill": Floor(0.76, (0.9, 0.85)),
}

ROOMS = ("room", "cafe", "kitchen", "bedroom", "office", "classroom", "supermarket")
INDOORS = (*ROOMS, "table", "studio", "podium", "marble", "library", "theatre", "abstract", "pattern")
OUTDOORS = ("meadow", "sea", "mountains", "forest", "lake")
OWN = {
    "cat": Stock(0.46, Stand.GROUND, ("meadow", "sea", "room"), 0.35),
    "dog": Stock(0.48, Stand.GROUND, ("meadow", "sea", "mountains"), 0.5),
    "fox": Stock(0.46, Stand.GROUND, ("forest", "meadow"), 0.45),
    "rabbit": Stock(0.42, Stand.GROUND, ("meadow", "forest"), 0.3),
    "bear": Stock(0.52, Stand.GROUND, ("forest", "mountains"), 1.3),
    "panda": Stock(0.5, Stand.GROUND, ("bamboo",), 1.1),
    "bird": Stock(0.3, Stand.GROUND, ("meadow", "forest"), 0.2),
    "gull": Stock(0.26, Stand.AIR, ("sea", "sky"), 0.5),
    "owl": Stock(0.42, Stand.GROUND, ("forest",), 0.35),
    "penguin": Stock(0.46, Stand.GROUND, ("mountains",), 0.6),
    "duck": Stock(0.26, Stand.WATER, ("lake",), 0.3),
    "fish": Stock(0.3, Stand.WATER, ("underwater",), 0.2),
    "whale": Stock(0.36, Stand.WATER, ("underwater", "sea"), 5),
    "horse": Stock(0.55, Stand.GROUND, ("meadow", "desert"), 1.7),
    "running-horse": Stock(0.47, Stand.GROUND, ("meadow", "desert"), 1.7),
    "deer": Stock(0.58, Stand.GROUND, ("forest", "meadow"), 1.5),
    "house": Stock(0.5, Stand.GROUND, ("meadow", "mountains", "lake"), 6),
    "castle": Stock(0.66, Stand.GROUND, ("mountains", "meadow"), 22),
    "lighthouse": Stock(0.66, Stand.GROUND, ("sea",), 18),
    "tree": Stock(0.7, Stand.GROUND, ("meadow", "lake"), 7),
    "cherry": Stock(0.7, Stand.GROUND, ("meadow", "lake"), 6),
    "pine": Stock(0.68, Stand.GROUND, ("mountains",), 9),
    "flower": Stock(0.44, Stand.GROUND, ("meadow",), 0.5),
    "boat": Stock(0.34, Stand.WATER, ("sea", "lake"), 7),
    "car": Stock(0.26, Stand.GROUND, ("city", "desert"), 1.5),
    "train": Stock(0.24, Stand.GROUND, ("mountains", "meadow"), 4),
    "robot": Stock(0.55, Stand.GROUND, ("city", "space"), 1.7),
    "rocket": Stock(0.5, Stand.AIR, ("space",), 25),
    "astronaut": Stock(0.52, Stand.GROUND, ("space",), 1.8),
    "person": Stock(0.54, Stand.GROUND, OUTDOORS, 1.7),
    "child": Stock(0.5, Stand.GROUND, ("meadow", "garden", "sea"), 1.2),
    "princess": Stock(0.52, Stand.GROUND, ("garden", "room"), 1.5),
    "elder": Stock(0.54, Stand.GROUND, ("garden", "street"), 1.65),
    "wizard": Stock(0.56, Stand.GROUND, ("forest", "library"), 1.7),
    "knight": Stock(0.56, Stand.GROUND, ("meadow", "mountains"), 1.75),
    "warrior": Stock(0.56, Stand.GROUND, ("karst", "bamboo"), 1.75),
    "hanfu": Stock(0.56, Stand.GROUND, ("watertown", "garden"), 1.6),
    "santa": Stock(0.54, Stand.GROUND, ("mountains",), 1.75),
    "mermaid": Stock(0.5, Stand.WATER, ("underwater", "sea"), 1.8),
    "pagoda": Stock(0.72, Stand.GROUND, ("garden", "lake", "mountains"), 24),
    "temple": Stock(0.58, Stand.GROUND, ("garden", "meadow"), 20),
    "palace": Stock(0.5, Stand.GROUND, ("garden", "meadow"), 16),
    "greatwall": Stock(0.56, Stand.GROUND, ("mountains",), 16),
    "eiffel": Stock(0.78, Stand.GROUND, ("garden", "city"), 60),
    "pearl": Stock(0.7, Stand.GROUND, ("neon", "city"), 60),
    "windmill": Stock(0.64, Stand.GROUND, ("meadow",), 14),
    "fuji": Stock(0.42, Stand.GROUND, ("lake", "meadow"), 200),
    "lion": Stock(0.52, Stand.GROUND, ("savanna",), 1.2),
    "polarbear": Stock(0.52, Stand.GROUND, ("mountains",), 1.4),
    "unicorn": Stock(0.56, Stand.GROUND, ("forest", "meadow"), 1.7),
    "phoenix": Stock(0.54, Stand.AIR, ("sky", "mountains"), 3),
    "crane": Stock(0.5, Stand.GROUND, ("lake", "karst"), 1.5),
    "liondance": Stock(0.5, Stand.GROUND, ("street",), 2.2),
    "vase": Stock(0.52, Stand.GROUND, ("studio", "room"), 0.4),
    "steamer": Stock(0.4, Stand.GROUND, ("table",), 0.15),
    "perfume": Stock(0.44, Stand.GROUND, ("studio", "podium", "marble"), 0.12),
    "piano": Stock(0.46, Stand.GROUND, ("room",), 1.6),
    "chest": Stock(0.4, Stand.GROUND, ("sea",), 0.7),
    "acacia": Stock(0.6, Stand.GROUND, ("savanna",), 7),
    "plum": Stock(0.72, Stand.GROUND, ("garden",), 3),
    "maple": Stock(0.7, Stand.GROUND, ("lake", "garden"), 7),
    "aurora": Stock(0.6, Stand.SKY, ("mountains", "lake")),
    "lightning": Stock(0.6, Stand.SKY, ("sea", "meadow")),
    "rowboat": Stock(0.2, Stand.WATER, ("lake", "karst"), 2.0),
    "sofa": Stock(0.34, Stand.GROUND, ("room",), 1.0),
    "lamp": Stock(0.56, Stand.GROUND, ("room", "library"), 1.4),
    "fireplace": Stock(0.5, Stand.GROUND, ("room",), 1.6),
    "camp": Stock(0.36, Stand.GROUND, ("meadow", "lake"), 1.9),
    "ramen": Stock(0.56, Stand.GROUND, ("table",), 0.14),
    "hotpot": Stock(0.44, Stand.GROUND, ("table",), 0.2),
    "pizza": Stock(0.45, Stand.GROUND, ("table",), 0.06),
    "icecream": Stock(0.56, Stand.GROUND, ("podium", "table"), 0.2),
    "sneaker": Stock(0.36, Stand.GROUND, ("podium", "marble", "studio"), 0.13),
    "chesstable": Stock(0.24, Stand.GROUND, ("garden",), 0.7),
    "feast": Stock(0.36, Stand.GROUND, ("room",), 0.9),
    "picnic": Stock(0.26, Stand.GROUND, ("meadow", "garden"), 0.5),
    "campfire": Stock(0.4, Stand.GROUND, ("meadow", "forest"), 0.7),
    "bouquet": Stock(0.62, Stand.GROUND, ("table", "studio"), 0.5),
    "peony": Stock(0.56, Stand.GROUND, ("garden",), 0.9),
    "wreath": Stock(0.2, Stand.GROUND, ("studio",), 0.1),
    "branch": Stock(0.3, Stand.AIR, ("forest",), 0.4),
    "operamask": Stock(0.6, Stand.GROUND, ("studio",), 0.3),
    "yurt": Stock(0.42, Stand.GROUND, ("meadow",), 3.5),
    "potala": Stock(0.56, Stand.GROUND, ("mountains",), 110),
    "steamtrain": Stock(0.34, Stand.GROUND, ("mountains", "meadow"), 4.5),
    "ship": Stock(0.52, Stand.WATER, ("sea",), 30),
    "fisher": Stock(0.36, Stand.WATER, ("lake", "karst"), 1.8),
    "cyclist": Stock(0.54, Stand.GROUND, ("avenue", "meadow", "garden"), 1.7),
    "island": Stock(0.62, Stand.AIR, ("sky",), 60),
    "sleepingcat": Stock(0.34, Stand.GROUND, ("sill", "room"), 0.2),
    "sleepingdog": Stock(0.34, Stand.GROUND, ("meadow", "room"), 0.3),
    "koi": Stock(0.4, Stand.WATER, ("pond",), 0.5),
    "meteor": Stock(0.6, Stand.SKY, ("lake", "mountains", "meadow")),
    "fireworks": Stock(0.6, Stand.SKY, ("city", "lake")),
    "grandmother": Stock(0.54, Stand.GROUND, ("room", "garden"), 1.55),
    "bride": Stock(0.54, Stand.GROUND, ("garden",), 1.65),
    "king": Stock(0.54, Stand.GROUND, ("theatre", "room"), 1.75),
    "queen": Stock(0.54, Stand.GROUND, ("theatre", "room"), 1.65),
    "doctor": Stock(0.54, Stand.GROUND, ("room",), 1.7),
    "chef": Stock(0.54, Stand.GROUND, ("room",), 1.75),
    "farmer": Stock(0.54, Stand.GROUND, ("field", "meadow"), 1.7),
    "soldier": Stock(0.54, Stand.GROUND, ("mountains", "desert"), 1.75),
    "police": Stock(0.54, Stand.GROUND, ("avenue", "city"), 1.75),
    "firefighter": Stock(0.54, Stand.GROUND, ("avenue",), 1.75),
    "builder": Stock(0.54, Stand.GROUND, ("city",), 1.75),
    "businessman": Stock(0.54, Stand.GROUND, ("city", "avenue"), 1.75),
    "student": Stock(0.54, Stand.GROUND, ("avenue", "garden"), 1.4),
    "headphones": Stock(0.44, Stand.GROUND, ("studio", "podium", "marble"), 0.2),
    "watch": Stock(0.5, Stand.GROUND, ("studio", "podium", "marble"), 0.12),
    "lipstick": Stock(0.42, Stand.GROUND, ("studio", "podium", "marble"), 0.1),
    "cosmetics": Stock(0.46, Stand.GROUND, ("studio", "podium", "marble"), 0.14),
    "phone": Stock(0.48, Stand.GROUND, ("studio", "podium", "marble"), 0.15),
    "backpack": Stock(0.52, Stand.GROUND, ("studio", "podium"), 0.45),
    "handbag": Stock(0.5, Stand.GROUND, ("studio", "podium", "marble"), 0.3),
    "camera": Stock(0.4, Stand.GROUND, ("studio", "podium", "marble"), 0.12),
    "elephant": Stock(0.6, Stand.GROUND, ("savanna",), 3.0),
    "seaturtle": Stock(0.46, Stand.WATER, ("underwater",), 0.8),
    "frog": Stock(0.36, Stand.GROUND, ("lake", "forest"), 0.1),
    "parrot": Stock(0.5, Stand.GROUND, ("jungle", "forest"), 0.7),
    "banana": Stock(0.4, Stand.GROUND, ("table", "studio"), 0.14),
    "strawberry": Stock(0.4, Stand.GROUND, ("table", "studio"), 0.05),
    "lemon": Stock(0.38, Stand.GROUND, ("table", "studio"), 0.08),
    "tangerine": Stock(0.4, Stand.GROUND, ("table", "studio"), 0.09),
    "watermelon": Stock(0.4, Stand.GROUND, ("table", "studio"), 0.28),
    "grapes": Stock(0.5, Stand.GROUND, ("table", "studio"), 0.2),
    "bicycle": Stock(0.42, Stand.GROUND, ("avenue", "street"), 1.1),
    "bus": Stock(0.34, Stand.GROUND, ("avenue", "city"), 3.0),
    "runningdog": Stock(0.36, Stand.GROUND, ("meadow", "sea"), 0.5),
    "raft": Stock(0.3, Stand.WATER, ("karst", "lake"), 2.0),
    "mushroomhouse": Stock(0.52, Stand.GROUND, ("forest",), 3.0),
    "fruitbowl": Stock(0.48, Stand.GROUND, ("table", "studio"), 0.28),
    "squirrel": Stock(0.46, Stand.GROUND, ("forest", "meadow"), 0.3),
    "zebra": Stock(0.52, Stand.GROUND, ("savanna",), 1.5),
    "giraffe": Stock(0.7, Stand.GROUND, ("savanna",), 4.6),
    "camel": Stock(0.56, Stand.GROUND, ("desert",), 2.1),
    "dromedary": Stock(0.56, Stand.GROUND, ("desert",), 2.1),
    "motorcycle": Stock(0.44, Stand.GROUND, ("avenue", "city"), 1.3),
    "vintagecar": Stock(0.3, Stand.GROUND, ("avenue", "city"), 1.5),
    "taxi": Stock(0.3, Stand.GROUND, ("avenue", "city"), 1.5),
    "dragon": Stock(0.52, Stand.AIR, ("mountains", "sky", "summit"), 6.0),
    "tiger": Stock(0.54, Stand.GROUND, ("forest", "bamboo", "savanna"), 1.2),
    "wolf": Stock(0.52, Stand.GROUND, ("forest", "snowfield"), 0.9),
    "eagle": Stock(0.42, Stand.AIR, ("mountains", "summit"), 1.2),
    "dolphin": Stock(0.44, Stand.WATER, ("underwater",), 2.0),
    "swan": Stock(0.34, Stand.WATER, ("lake",), 1.0),
    "rose": Stock(0.6, Stand.GROUND, ("garden",), 0.5),
    "sunflower": Stock(0.62, Stand.GROUND, ("garden", "meadow"), 0.9),
    "hamburger": Stock(0.46, Stand.GROUND, ("table",), 0.12),
    "sushi": Stock(0.44, Stand.GROUND, ("table",), 0.1),
    "teaset": Stock(0.4, Stand.GROUND, ("table",), 0.2),
    "guitar": Stock(0.66, Stand.GROUND, ("studio", "room"), 0.6),
    "typewriter": Stock(0.46, Stand.GROUND, ("table",), 0.3),
    "airplane": Stock(0.34, Stand.AIR, ("sky",), 12.0),
    "peacock": Stock(0.56, Stand.GROUND, ("garden", "forest"), 1.6),
    "bee": Stock(0.24, Stand.AIR, ("garden", "meadow"), 0.06),
    "littlegirl": Stock(0.48, Stand.GROUND, ("meadow", "garden", "sea"), 1.15),
    "witch": Stock(0.56, Stand.GROUND, ("forest", "village"), 1.65),
    "girl": Stock(0.54, Stand.GROUND, ("meadow", "sea", "lake"), 1.6),
    "balloon": Stock(0.46, Stand.AIR, ("mountains", "sky", "meadow"), 18),
    "kite": Stock(0.3, Stand.AIR, ("meadow", "sky"), 1),
    "lantern": Stock(0.24, Stand.AIR, ("lake", "city"), 0.5),
    "umbrella": Stock(0.5, Stand.GROUND, ("sea",), 2.2),
    "cup": Stock(0.36, Stand.GROUND, ("room",), 0.1),
    "apple": Stock(0.32, Stand.GROUND, ("room", "studio"), 0.08),
    "cake": Stock(0.46, Stand.GROUND, ("room", "studio"), 0.2),
    "butterfly": Stock(0.24, Stand.AIR, ("meadow",), 0.08),
    "mushroom": Stock(0.36, Stand.GROUND, ("forest",), 0.15),
    "bottle": Stock(0.46, Stand.GROUND, ("studio",), 0.2),
    "moon": Stock(0.2, Stand.SKY, ("lake", "mountains", "sea")),
    "sun": Stock(0.2, Stand.SKY, ("sea", "meadow", "mountains")),
    "rainbow": Stock(0.8, Stand.SKY, ("meadow", "lake")),
}


def _pack() -> dict[str, Stock]:
    return {
        name: Stock(group["size"], Stand(group["stand"]), tuple(group["homes"].split()), group["metres"])
        for group in art.groups()
        for name in group["art"]
    }


STOCK = _pack() | OWN
ON_A_TABLE = tuple(
    name for name, stock in STOCK.items() if stock.metres <= 0.5 and stock.homes[0] in ("table", "studio", "room")
)
SITTERS = ("cat", "dog", "fox", "rabbit", "bear", "panda", "polarbear", "lion", "tiger", "wolf")
PEOPLE = (
    *("person", "girl", "child", "princess", "elder", "wizard", "knight", "warrior", "hanfu", "santa", "mermaid"),
    *("robot", "astronaut", "grandmother", "bride", "king", "queen", "doctor", "chef", "farmer", "soldier", "police"),
    *("firefighter", "builder", "businessman", "student", "littlegirl", "witch"),
)
GARMENTS = ("dress", "t-shirt", "coat", "kimono", "jeans")  # worn wherever there is somebody to wear them
POSES = {  # who takes a pose, and how he looks then
    "running": {"horse": "running-horse", "dog": "runningdog"},
    "sleeping": {"cat": "sleepingcat", "dog": "sleepingdog"},
    "sitting": {name: name for name in SITTERS},
    "swimming": {name: name for name, stock in STOCK.items() if stock.stand is Stand.WATER},
}
