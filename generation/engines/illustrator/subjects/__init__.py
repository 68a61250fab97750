"""Figures: each subject is a function that draws on a sprite in a given colour."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from generation.engines.illustrator import art
from generation.engines.illustrator.canvas import NAMED, Array, colour
from generation.engines.illustrator.drawing import MARGIN, Light, Sprite
from generation.engines.illustrator.subjects import (
    beasts,
    blooms,
    buildings,
    crafts,
    creatures,
    festive,
    flyers,
    food,
    fruit,
    instruments,
    jobs,
    journeys,
    landmarks,
    outings,
    pack,
    people,
    plants,
    pond,
    resting,
    roles,
    safari,
    sitters,
    streets,
    things,
    travel,
    treats,
    walkers,
    wares,
    wheels,
    wild,
)

Draw = Callable[[Sprite, Array, np.random.Generator], None]


def _leftwards(draw: Draw) -> Draw:
    """Mirror what is drawn looking to the right: all look to the left until they are placed."""

    def mirrored(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
        s.light = replace(s.light, side=-s.light.side)
        draw(s, coat, rng)
        s.pixels, s.alpha = s.pixels[:, ::-1], s.alpha[:, ::-1]

    return mirrored


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
    "horse": (_leftwards(beasts.horse), 130, "#a8683e #6a4a3c #f0e8dc #c89058"),
    "running-horse": (_leftwards(beasts.galloping), 130, "#a8683e #6a4a3c #f0e8dc #c89058"),
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
    "child": (roles.child, 60, "#e0603c #3f8ac0 #4aa06a #e0a83c"),
    "princess": (roles.princess, 76, "#f29ac0 #b49ae8 #8fc4f0 #f6b8a8"),
    "elder": (roles.elder, 62, "#8a6a4c #5a6a8a #7a8a5c"),
    "wizard": (roles.wizard, 74, "#4a4a9a #6a3f8c #2f5f8a"),
    "knight": (roles.knight, 72, "#b83a3c #2f5fa8 #5a3f8c"),
    "warrior": (roles.warrior, 90, "#3a4a6a #4a3a4a #e8e4dc"),
    "hanfu": (roles.hanfu, 70, "#d8607a #4a9a9a #8a7ac8 #e08a5a"),
    "santa": (roles.santa, 80, "#d2383a"),
    "mermaid": (roles.mermaid, 84, "#2fa89a #4a8ad0 #8a6ad0"),
    "pagoda": (landmarks.pagoda, 66, "#5a6478 #3f7a6a #6a5a5a"),
    "temple": (landmarks.temple, 122, "#2f5fa8"),
    "palace": (landmarks.palace, 156, "#e0a83c"),
    "greatwall": (landmarks.greatwall, 186, "#b8a488 #b0a494"),
    "eiffel": (landmarks.eiffel, 64, "#8a6a4c #9a7450"),
    "pearl": (landmarks.pearl, 40, "#c8527a #b8486a"),
    "windmill": (landmarks.windmill, 92, "#e8dcc8 #d8b89a"),
    "fuji": (landmarks.fuji, 224, "#5f78a8 #6a7ab0"),
    "lion": (creatures.lion, 100, "#dca45a #d09648"),
    "polarbear": (creatures.polarbear, 92, "#f4f2ec"),
    "unicorn": (creatures.unicorn, 118, "#f8f4f6"),
    "phoenix": (creatures.phoenix, 150, "#e0503a #e8663a"),
    "crane": (creatures.crane, 104, "#f8f6f2"),
    "liondance": (creatures.liondance, 116, "#d83a34 #e8a02e"),
    "vase": (crafts.vase, 56, "#f6f6f4"),
    "steamer": (crafts.steamer, 122, "#c89a5e"),
    "perfume": (crafts.perfume, 58, "#f0a8b0 #e8c07a #a8c8e0 #c8a8e0"),
    "piano": (crafts.piano, 148, "#2c2a32"),
    "chest": (crafts.chest, 120, "#8a5a34"),
    "rowboat": (crafts.rowboat, 190, "#8a5a3a #7a4a34"),
    "sofa": (crafts.sofa, 190, "#5f8a8c #c8704e #7a6a9a #6a8a5c #d8c4a4"),
    "lamp": (crafts.lamp, 50, "#f4e4c0 #e8c8a0"),
    "fireplace": (crafts.fireplace, 118, "#a8685a #b8b0a8"),
    "camp": (crafts.camp, 150, "#e8803c #4a9a7c #d8b04a"),
    "acacia": (plants.acacia, 132, "#7a9a48 #6a8a44"),
    "plum": (plants.plum, 112, "#d8344a #e05a74"),
    "maple": (plants.tree, 96, "#e0702c #d8502c #e8a030"),
    "ramen": (food.ramen, 132, "#a83a34 #3a4a6a #2f3a44"),
    "hotpot": (food.hotpot, 156, "#c8382a"),
    "pizza": (food.pizza, 160, "#f6cc62"),
    "icecream": (food.icecream, 84, "#f29ab0 #f4a8a8"),
    "sneaker": (food.sneaker, 172, "#f4f4f2 #4a90d8 #e8e4dc"),
    "chesstable": (festive.chesstable, 216, "#d8a860 #c8924c"),
    "feast": (festive.feast, 244, "#b8362e"),
    "picnic": (festive.picnic, 214, "#d8504a #4a8ac0"),
    "campfire": (festive.campfire, 124, "#f0682c"),
    "bouquet": (festive.bouquet, 104, "#d8344a #f08aa0"),
    "peony": (festive.peony, 112, "#e86a9a #d8446a #f6c8d8"),
    "wreath": (festive.wreath, 250, "#f07a9a #e8904a"),
    "branch": (plants.branch, 620, "#7a5a44"),
    "operamask": (festive.operamask, 80, "#c8302c #2f5fa8 #d8a03c"),
    "yurt": (festive.yurt, 136, "#f6f2ea"),
    "potala": (festive.potala, 222, "#8a3026"),
    "steamtrain": (journeys.steamtrain, 350, "#a8342c #2f5f4a #34507a"),
    "ship": (journeys.ship, 142, "#7a4a30 #5a3a2c"),
    "fisher": (journeys.fisher, 194, "#5a6a8a #7a6a4c"),
    "cyclist": (journeys.cyclist, 116, "#d8504a #3f8ac0 #f0b03c"),
    "island": (journeys.island, 136, "#7ab04e"),
    "sleepingcat": (resting.sleepingcat, 146, "#e48a3c #e89a52 #8d8a96 #c99a6c"),
    "sleepingdog": (resting.sleepingdog, 146, "#d9a066 #f0d9b4 #9a6a44"),
    "koi": (resting.koi, 116, "#e8562c #e8802c #3a3a44"),
    "grandmother": (jobs.grandmother, 62, "#8a6a8c #6a7a9a #9a5a5a #6a8a7a"),
    "bride": (jobs.bride, 76, "#fbf8f4"),
    "king": (jobs.king, 70, "#a8343c #5a3f8c"),
    "queen": (jobs.queen, 72, "#8a4aa8 #c83a5c #2f6aa8"),
    "doctor": (jobs.doctor, 60, "#f8fafb"),
    "chef": (jobs.chef, 62, "#f6f4f0"),
    "farmer": (jobs.farmer, 66, "#c8503c #d8a43c #e8dcc8"),
    "soldier": (jobs.soldier, 60, "#66704a"),
    "police": (jobs.police, 60, "#2f3a56"),
    "firefighter": (jobs.firefighter, 60, "#c89a4a"),
    "builder": (jobs.builder, 60, "#f08030"),
    "businessman": (jobs.businessman, 64, "#333b50"),
    "student": (jobs.student, 60, "#3f6ea8 #c8443c #4a6a5c"),
    "headphones": (wares.headphones, 104, "#e8e4de #3a3a42 #c8a890 #5a7a8c"),
    "watch": (wares.watch, 76, "#2f4a6a #2f5a4a #5a2f34 #3a3a42"),
    "lipstick": (wares.lipstick, 90, "#c8283c #d8505a #a8324a"),
    "cosmetics": (wares.cosmetics, 124, "#e8b4a0 #c8a8d0 #a8c8b8 #e0c090"),
    "phone": (wares.phone, 86, "#5a6a8c #3a3a42 #c8a0a8 #7a9a8c"),
    "backpack": (wares.backpack, 90, "#3f6a6a #3a4a6a #a8503c #6a6a4a"),
    "handbag": (wares.handbag, 104, "#a8583a #3a3a42 #c88a94 #5a6a4a"),
    "camera": (wares.camera, 140, "#3a3a40 #7a4a30"),
    "elephant": (_leftwards(beasts.elephant), 140, "#9a96a0 #a89c94"),
    "seaturtle": (_leftwards(beasts.seaturtle), 134, "#5a8a6a #6a8a4a"),
    "motorcycle": (_leftwards(wheels.motorcycle), 160, "#c8382e #2f4a6a #3a3a42 #2f6a54"),
    "vintagecar": (_leftwards(wheels.vintagecar), 222, "#4aa0a0 #c8503e #e0b04a #7aa8c8"),
    "taxi": (_leftwards(wheels.taxi), 222, "#f0b82e"),
    "dragon": (wild.dragon, 190, "#c8382e #d8a02e #2f8a7a #3f6ab0"),
    "tiger": (wild.tiger, 104, "#f08a2c"),
    "wolf": (wild.wolf, 96, "#8d909c #a49a94"),
    "eagle": (flyers.eagle, 200, "#6a4630"),
    "dolphin": (_leftwards(wild.dolphin), 134, "#5a8ab4 #6a94a8"),
    "swan": (flyers.swan, 140, "#f8f8fa"),
    "rose": (blooms.rose, 70, "#d2283c #e8708a #f4d8d0 #e8a84a"),
    "sunflower": (blooms.sunflower, 80, "#f6c22e"),
    "hamburger": (treats.hamburger, 124, "#dc9648"),
    "sushi": (treats.sushi, 200, "#f4845a"),
    "teaset": (treats.teaset, 200, "#a8c4c0 #e8e4dc #9ab090 #a8684a"),
    "guitar": (instruments.guitar, 64, "#d89a54 #b86a34 #e0b878"),
    "typewriter": (instruments.typewriter, 150, "#3a7a78 #a8483c #3a3a42 #d8c8a8"),
    "airplane": (_leftwards(travel.airplane), 230, "#2f6ab8 #c8383c #2f8a7a"),
    "peacock": (flyers.peacock, 190, "#2a4ab0"),
    "bee": (_leftwards(flyers.bee), 130, "#f0b42e"),
    "littlegirl": (people.girl, 66, "#f08aa8 #f0c04a #8ab4e0 #e8685a"),
    "witch": (roles.witch, 84, "#3a2f4a #4a2f5a #2f2f3a"),
    "frog": (pond.frog, 130, "#6ab048 #7aba3c #4f9a58"),
    "parrot": (pond.parrot, 104, "#d8342e #2f9a5a"),
    "banana": (fruit.banana, 136, "#f6cc36"),
    "strawberry": (fruit.strawberry, 146, "#dc2a34"),
    "lemon": (fruit.lemon, 148, "#f6d634"),
    "tangerine": (fruit.tangerine, 146, "#f28a24"),
    "watermelon": (fruit.watermelon, 190, "#e8464e"),
    "grapes": (fruit.grapes, 100, "#6a3f8a #5a3a7a #8fb04a"),
    "bicycle": (_leftwards(streets.bicycle), 152, "#d8504a #3f8ac0 #4a9a7c #f0b03c"),
    "bus": (_leftwards(streets.bus), 246, "#d8403c #3f7fc0 #f0b02e #3a9a78"),
    "runningdog": (_leftwards(outings.runningdog), 140, "#d9a066 #e8c48a #9a6a44 #c8885a"),
    "raft": (_leftwards(outings.raft), 214, "#4a6a8a #6a7a5a #8a5a4c"),
    "mushroomhouse": (outings.mushroomhouse, 124, "#d8403a #d8403a #d8743c"),
    "fruitbowl": (fruit.fruitbowl, 160, "#4a7a9a #e8e0d0 #c8704a"),
    "squirrel": (pond.squirrel, 112, "#c8622c #b8683a"),
    "zebra": (_leftwards(safari.zebra), 130, "#f4f1ea"),
    "giraffe": (_leftwards(safari.giraffe), 104, "#e6ae5c #dca04e"),
    "camel": (_leftwards(safari.camel), 136, "#c8955a #b8844c"),
    "dromedary": (_leftwards(safari.dromedary), 136, "#d2a468 #c8955a"),
    "girl": (people.girl, 66, "#e0708a #5a90c8 #f0c04a #8a6ab8"),
}


class Cutout(NamedTuple):
    """A drawn figure; its feet are at the lower edge."""

    pixels: Array
    alpha: Array


def breadth(name: str) -> float:
    """How wide a subject is drawn, as a part of its height."""
    if name in art.words():
        picture = art.picture(name, 100)
        return picture.width / picture.height
    return (ARTISTS[name][1] + 2 * MARGIN) / 100


def draw(name: str, height: int, named: str, light: Light, rng: np.random.Generator) -> Cutout:
    """Draw a subject `height` pixels high, in the colour that is named or in one of its own."""
    asked = colour(NAMED[named]) if named in NAMED else None
    if name in art.words():
        return Cutout(*pack.drawn(name, height, asked, light))
    artist, width, natural = ARTISTS[name]
    choices = natural.split()
    own = colour(choices[rng.integers(len(choices))])
    sprite = Sprite(width, height, light)
    artist(sprite, own if asked is None else asked, rng)
    return Cutout(sprite.pixels, sprite.alpha)
