"""Figures: each subject is a function that draws on a sprite in a given colour."""

from collections.abc import Callable

import numpy as np

from generation.engines.illustrator.canvas import Array, colour
from generation.engines.illustrator.drawing import Light, Sprite
from generation.engines.illustrator.subjects import buildings, flyers, people, plants, sitters, things, travel, walkers

Draw = Callable[[Sprite, Array, np.random.Generator], None]

# For each subject: who draws it, its width where its height is 100, and its natural colours.
ARTISTS: dict[str, tuple[Draw, float, str]] = {
    "cat": (sitters.cat, 96, "#e48a3c #e89a52 #8d8a96 #5a5260 #c99a6c"),
    "dog": (sitters.dog, 92, "#d9a066 #f0d9b4 #9a6a44 #c8885a"),
    "fox": (sitters.fox, 104, "#e2703a #d8622e"),
    "rabbit": (sitters.rabbit, 80, "#f3ece4 #c9a88a #b4aeb4"),
    "bear": (sitters.bear, 92, "#9a6a48 #b98a5c #7d5a44"),
    "panda": (sitters.panda, 92, "#f7f5f0"),
    "bird": (flyers.bird, 110, "#4f8fd0 #e2724e #f0b440 #5aa86a"),
    "gull": (flyers.gull, 190, "#f8f8fa"),
    "owl": (flyers.owl, 70, "#a07850 #8d8088 #c49a6c"),
    "penguin": (flyers.penguin, 70, "#3a4560"),
    "duck": (flyers.duck, 130, "#f8f4ea #f4d05a"),
    "butterfly": (flyers.butterfly, 116, "#f0883a #5a8ff0 #e06aa8 #8a6ae0"),
    "fish": (walkers.fish, 150, "#f48a3c #f0c23c #5aa0f0 #e8607a"),
    "whale": (walkers.whale, 190, "#5a86b4 #4a9ab0"),
    "horse": (walkers.horse, 118, "#a8683e #6a4a3c #f0e8dc #c89058"),
    "deer": (walkers.deer, 92, "#b97f4c #a87048"),
    "house": (buildings.house, 112, "#f2e4cc #e8c8a8 #dfe6e4"),
    "castle": (buildings.castle, 110, "#cfc4ba #b8b4c4 #e4d4c4"),
    "lighthouse": (buildings.lighthouse, 56, "#d8463e #3f6ea8 #c8504e"),
    "tree": (plants.tree, 96, "#5f9a48 #78a84a #4c8a4c"),
    "cherry": (plants.tree, 96, "#f2a6bc #f6bccb #ee94b0"),
    "pine": (plants.pine, 62, "#3a7256 #2f6a5c"),
    "flower": (plants.flower, 90, "#f06a8a #f4b83c #e8504a #b07ae0 #f6f0e8"),
    "mushroom": (plants.mushroom, 92, "#d8483e #c87a4a"),
    "apple": (plants.apple, 100, "#d83a3a #8fb83c #e8b43c"),
    "boat": (travel.boat, 96, "#d8563e #3f78b0 #f2f0e8"),
    "car": (travel.car, 224, "#d8403c #3f7fc0 #f0b83c #e8e8ea #3aa890"),
    "train": (travel.train, 330, "#3f78b0 #c8483e #4a9a7c"),
    "rocket": (travel.rocket, 56, "#f0f0f4 #e6e8f0"),
    "balloon": (travel.balloon, 78, "#e8604a #f0a83c #4a90c8 #c85a98"),
    "kite": (things.kite, 92, "#e8604a #4a90d8 #f0b03c"),
    "lantern": (things.lantern, 66, "#e8483a #f08a3c"),
    "umbrella": (things.umbrella, 124, "#e0504c #4a90c8 #f0b03c"),
    "cup": (things.cup, 124, "#f2ede4 #d8745a #6a9ab0 #8fae8a"),
    "cake": (things.cake, 110, "#f6c8d0 #f4e4cc #c89a78"),
    "bottle": (things.bottle, 60, "#e8b4a8 #9ac0c4 #c8a8d8 #e4c88a"),
    "robot": (people.robot, 84, "#dfe6ee #7fb4d8 #f0a85a #8fd0b4"),
    "astronaut": (people.astronaut, 84, "#f4f4f6"),
    "person": (people.person, 60, "#3f6ea8 #c8604a #4a8a6a #d8a43c"),
    "girl": (people.girl, 66, "#e0708a #5a90c8 #f0c04a #8a6ab8"),
}

NAMED = {
    "red": "#d63c3a",
    "orange": "#ec8838",
    "yellow": "#f2c53d",
    "green": "#5fa854",
    "blue": "#3f80cc",
    "purple": "#8f62c4",
    "pink": "#f29ab4",
    "white": "#f6f4f0",
    "black": "#3c3a44",
    "grey": "#9a98a0",
    "brown": "#95653f",
    "teal": "#38a3a0",
}


def draw(name: str, height: int, named: str, light: Light, rng: np.random.Generator) -> Sprite:
    """Draw a subject `height` pixels high, in the colour that is named or in one of its own."""
    artist, width, natural = ARTISTS[name]
    choices = natural.split()
    own = choices[rng.integers(len(choices))]
    sprite = Sprite(width, height, light)
    artist(sprite, colour(NAMED.get(named, own)), rng)
    return sprite
