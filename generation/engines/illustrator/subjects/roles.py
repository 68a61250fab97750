"""People with a part to play: child, princess, elder, wizard, witch, knight, warrior, lady in hanfu, Santa, mermaid."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.people import HAIRS, SKINS, face
from generation.engines.illustrator.subjects.sitters import DARK, both

GOLD, STEEL, SNOW = colour("#e8bc4c"), colour("#aab4c4"), colour("#f4f1ea")


def tone(rng: np.random.Generator, tones: tuple[str, ...]) -> Array:
    """One of some colours."""
    return colour(str(rng.choice(tones)))


def legs(s: Sprite, cloth: Array, shoe: Array) -> None:
    """Two legs in trousers, with shoes."""
    x = s.width / 2
    both(s, limb(path("-4.6,68 -5,84 -5,95", x), [5, 4.4, 3.8]), cloth)
    both(s, blob(path("-9.4,94 -1.6,94 -1.4,99.4 -12,99.4", x), 4), shoe)


def arms(s: Sprite, cloth: Array, skin: Array, *, wide: float = 3.6) -> None:
    """Two arms that hang down."""
    x = s.width / 2
    both(s, limb(path("-11,45 -14.5,56 -14.4,66", x), [wide + 0.4, wide, wide - 0.4]), cloth)
    both(s, ellipse(x - 14.4, 68.6, 2.9, 3.2), skin)


def robe(s: Sprite, fill: Array, *, hem: float = 20, top: float = 40) -> Array:
    """A garment to the ground that widens downwards."""
    x = s.width / 2
    outline = [
        (x - 8, top),
        (x + 8, top),
        (x + 12, top + 16),
        (x + hem, 97),
        (x, 99.5),
        (x - hem, 97),
        (x - 12, top + 16),
    ]
    cloth = s.shape(blob(outline, 7), fill, bottom=darker(fill, 0.2))
    for fold in (-0.6, -0.2, 0.25, 0.65):
        line = limb([(x + fold * 8, 64), (x + fold * hem, 97)], [0.3, 1.2])
        s.shape(line, darker(fill, 0.3), volume=0, inside=cloth, opacity=0.5)
    return cloth


def short_hair(s: Sprite, hair: Array) -> None:
    """A fringe over the brow."""
    x = s.width / 2
    s.shape(blob(path("-13.4,23 -11,10 0,5 11,10 13.4,23 8,16.5 1,18 -6,15.5", x)), hair, volume=0.7)


def child(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A boy in a striped shirt and shorts, one arm up."""
    x, skin, hair = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS)
    legs(s, skin, coat * 0.8)
    both(s, limb(path("-5,68 -5.6,80", x), [6.4, 6]), colour("#4d5f86"))
    s.shape(limb(path("-11,45 -15,55 -15.4,65", x), [3.9, 3.4, 3.2]), coat)
    s.shape(limb(path("11,45 17,38 20,28", x), [3.9, 3.4, 3.2]), coat)
    s.shape(ellipse(x - 15.4, 67, 3, 3.2), skin)
    s.shape(ellipse(x + 20.6, 25.5, 3, 3.2), skin)
    shirt = s.shape(blob(path("-9,40 9,40 13,47 12,72 -12,72 -13,47", x), 6), coat, bottom=darker(coat, 0.12))
    for level in (50, 57, 64):
        s.shape(box(x - 14, level, 28, 2.6), SNOW, volume=0, inside=shirt, opacity=0.85)
    s.shape(blob(path("-14.5,24 -10,9 0,5 10,9 14.5,24 11,35 -11,35", x)), hair)
    both(s, ellipse(x - 12.4, 26, 2.4, 3.2), skin, volume=0.4)
    face(s, 25.5, skin, hair, lashes=False)
    short_hair(s, hair)


def princess(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A girl who dances in a wide skirt, her hair in a bun."""
    x, skin, hair = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS)
    s.shape(ellipse(x, 6, 7, 6.4), hair, volume=0.7)
    s.shape(limb([(x - 2, 78), (x - 2, 97)], [2.8, 1.8]), skin)
    s.shape(limb([(x + 4, 76), (x + 18, 84), (x + 9, 92)], [2.8, 2.2, 1.6]), skin)
    s.shape(limb([(x - 2, 92), (x - 2, 99.4)], [2.3, 1.3]), coat)
    s.shape(limb(path("-8,46 -19,40 -15,26", x), [2.7, 2.3, 2]), skin)
    s.shape(limb(path("8,46 22,50 30,44", x), [2.7, 2.3, 2]), skin)
    for number, (wide, low) in enumerate(((31, 74), (26, 70), (20, 66))):
        hem = [
            (x + wide * np.cos(a), low + 6 * np.sin(a) + (1.6 if i % 2 else 0))
            for i, a in enumerate(np.linspace(0, np.pi, 13))
        ]
        s.shape([(x - 7, 58), (x + 7, 58), *hem], lighter(coat, 0.12 + 0.16 * number), volume=0.4)
    s.shape(blob(path("-7,40 7,40 7.4,50 6.4,60 -6.4,60 -7.4,50", x), 6), coat)
    face(s, 25.5, skin, hair, lashes=True)
    s.shape(blob(path("-13.6,26 -12,12 0,6 12,12 13.6,26 8,16 0,13 -8,16", x)), hair, volume=0.7)
    s.shape(path("-6,10 -6,4 -3,7 0,2 3,7 6,4 6,10", x), GOLD, volume=0.5)


def elder(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An old man with a white beard, a cardigan and a stick."""
    x, skin, white = s.width / 2, tone(rng, SKINS[:3]), colour("#efece6")
    s.shape(tail(path("21,58 22,80 22.4,99", x), 1.5, 1.3), colour("#7a5236"))
    legs(s, colour("#6a6258"), colour("#4a352c"))
    arms(s, darker(coat, 0.12), skin)
    s.shape(limb(path("11,45 18,55 21,60", x), [4, 3.6, 3.2]), darker(coat, 0.12))
    s.shape(ellipse(x + 21.4, 60, 3, 3.2), skin)
    s.shape(blob(path("-9,40 9,40 13,47 13,73 -13,73 -13,47", x), 6), coat, bottom=darker(coat, 0.15))
    s.stroke([(x, 46), (x, 72)], 0.9, darker(coat, 0.35))
    both(s, ellipse(x - 12, 23, 3.4, 6.4), white, volume=0.5)
    both(s, ellipse(x - 12.4, 26, 2.4, 3.2), skin, volume=0.4)
    face(s, 25.5, skin, white, lashes=False)
    s.shape(blob(path("-12,27 -8,33 0,34.5 8,33 12,27 12.5,40 6,51 0,56 -6,51 -12.5,40", x)), white, volume=0.6)
    s.stroke(curve([(x - 3, 36.6), (x, 37.8), (x + 3, 36.6)]), 0.9, darker(skin, 0.4))
    both(s, blob([(x - 6, 33), (x, 32), (x - 1, 35), (x - 7, 36)], 5), lighter(white, 0.5), volume=0.4)
    both(s, limb([(x - 8, 21.6), (x - 3.4, 21)], [0.9, 1.1]), white, volume=0)


def wizard(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A wizard in robe and pointed hat, with a glowing staff."""
    elder_skin, white, x = tone(rng, SKINS[:2]), colour("#eceaf0"), s.width / 2
    s.shape(tail(path("24,30 23,60 23,99", x), 1.4, 1.7), colour("#6a4a34"))
    s.shape(ellipse(x + 24, 25, 11, 11), colour("#a8e4ff"), volume=0, opacity=0.4, soft=4)
    s.shape(ellipse(x + 24, 25.4, 4.6, 4.6), colour("#d8f6ff"), volume=0.4)
    robe(s, coat, hem=23)
    s.shape(limb(path("-10,46 -17,58 -15,68", x), [4, 5, 6]), darker(coat, 0.1))
    s.shape(limb(path("10,46 18,54 22,60", x), [4, 5, 5.4]), darker(coat, 0.1))
    both(s, ellipse(x - 14.5, 71, 2.9, 3), elder_skin)
    s.shape(ellipse(x + 23, 59, 3, 3.2), elder_skin)
    s.shape(limb(curve(path("-11,62 0,64.4 11,62", x)), [1.5] * 25), GOLD)
    face(s, 26, elder_skin, white, lashes=False)
    s.shape(blob(path("-12,28 0,35 12,28 12,42 5,58 0,64 -5,58 -12,42", x)), white, volume=0.6)
    s.shape(blob(path("-20,17 0,11 20,17 0,21", x), 6), darker(coat, 0.15), volume=0.5)
    s.shape(blob(path("-12,16 -6,2 6,-10 14,-8 9,2 12,16", x), 6), coat, volume=0.6)
    s.shape(limb(curve(path("-11.6,14.4 0,17 11.6,14.4", x)), [1.5] * 25), GOLD)
    for at in ((-3, 4), (5, -1), (2, 9)):
        s.shape(_star(x + at[0], at[1], 2.2), GOLD, volume=0)


def witch(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A young witch in a dark dress and pointed hat, with a broom."""
    x, skin, hair, wood = s.width / 2, tone(rng, SKINS), colour("#c8643c"), colour("#8a6238")
    s.shape(tail(path("24,26 23,60 22,84", x), 1.3, 1.3), wood)
    s.shape(blob(path("19,80 25,80 30,99 15,99", x), 4), colour("#d8b05a"), volume=0.5)
    s.stroke([(x + 18.6, 83), (x + 25.6, 83)], 1.6, colour("#a8443c"))
    s.shape(blob(path("-14,20 0,4 14,20 18,46 12,54 0,50 -12,54 -18,46", x)), hair, volume=0.7)
    robe(s, coat, hem=22)
    s.shape(limb(path("-9,45 -14,56 -14,66", x), [3.4, 3.6, 3.8]), lighter(coat, 0.08))
    s.shape(limb(path("9,45 17,52 21,58", x), [3.4, 3.6, 3.8]), lighter(coat, 0.08))
    for hand in ((x - 14, 68.6), (x + 22, 57.6)):
        s.shape(ellipse(hand[0], hand[1], 2.7, 3), skin)
    s.shape(limb(curve(path("-9,57 0,59 9,57", x)), [1.5] * 25), colour("#e8803c"))
    face(s, 25.5, skin, hair, lashes=True)
    s.shape(blob(path("-13.6,27 -12,12 0,6 12,12 13.6,27 9,17 -2,15 -9,20", x)), hair, volume=0.7)
    s.shape(blob(path("-22,16 0,10 22,16 0,20", x), 6), darker(coat, 0.2), volume=0.5)
    s.shape(blob(path("-12,15 -6,2 6,-10 16,-6 9,2 12,15", x), 6), coat, volume=0.6)
    s.shape(limb(curve(path("-11.6,13.4 0,16 11.6,13.4", x)), [1.5] * 25), colour("#e8803c"))


def _star(x: float, y: float, size: float) -> list[tuple[float, float]]:
    reach = [size if n % 2 == 0 else size * 0.42 for n in range(10)]
    return [(x + r * np.sin(n * np.pi / 5), y - r * np.cos(n * np.pi / 5)) for n, r in enumerate(reach)]


def knight(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A knight in plate, with a plume, a sword and a shield."""
    x, dark = s.width / 2, darker(STEEL, 0.3)
    s.shape(blob(path("-14,44 14,44 19,90 -19,90", x), 6), darker(coat, 0.25), volume=0.5)
    legs(s, STEEL, dark)
    both(s, ellipse(x - 5, 82, 5, 4), lighter(STEEL, 0.3), volume=0.7)
    both(s, limb(path("-12,46 -16,56 -16.6,66", x), [4.4, 4, 3.8]), STEEL)
    both(s, ellipse(x - 12.6, 45, 6, 5.4), lighter(STEEL, 0.2), volume=0.8)
    s.shape(blob(path("-10,40 10,40 13,48 11,72 -11,72 -13,48", x), 6), STEEL, bottom=darker(STEEL, 0.16))
    s.shape(path("-6,46 6,46 7,82 0,86 -7,82", x), coat, volume=0.2)
    s.shape(limb([(x - 12, 71), (x + 12, 71)], [1.8, 1.8]), colour("#6a4a34"))
    s.shape(
        [(x - 18.2, 64), (x - 15.4, 64), (x - 15.8, 24), (x - 16.8, 20), (x - 17.8, 24)],
        lighter(STEEL, 0.5),
        volume=0.2,
    )
    s.stroke([(x - 22, 64.5), (x - 11.6, 64.5)], 2, GOLD, volume=0.4)
    s.shape(limb([(x - 16.8, 65), (x - 16.8, 72)], [1.3, 1.3]), colour("#6a4a34"))
    shield = blob([(x + 8, 52), (x + 19, 50), (x + 30, 52), (x + 29, 68), (x + 19, 80), (x + 9, 68)], 6)
    s.shape(shield, GOLD, volume=0.4)
    s.shape(np.asarray(shield) * 0.86 + np.array([x + 19, 63]) * 0.14, coat, volume=0.5)
    s.stroke([(x + 19, 55), (x + 19, 74)], 2, SNOW)
    s.stroke([(x + 12.5, 62), (x + 25.5, 62)], 2, SNOW)
    s.shape(tail(path("0,6 10,-6 22,0 24,12", x), 4.4, 1.4), colour("#d8443c"), volume=0.7)
    s.shape(blob(path("-14,24 -11,8 0,3 11,8 14,24 13,36 0,42 -13,36", x)), STEEL, volume=0.8)
    s.shape(blob(path("-11,21 11,21 11,26.5 1.6,27 0,30 -1.6,27 -11,26.5", x), 3), DARK, volume=0)
    both(s, ellipse(x - 5, 24, 1.2, 1.1), (1, 1, 1), volume=0, opacity=0.85)
    for hole in (-5, -2.5, 2.5, 5):
        s.stroke([(x + hole, 32), (x + hole, 36)], 0.8, dark)
    s.stroke([(x, 4), (x, 20)], 1.4, GOLD)


def warrior(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A swordsman in a robe, his hair tied up, a cape in the wind and the blade drawn."""
    x, skin, hair = s.width / 2, tone(rng, SKINS[:2]), colour("#2a2630")
    s.shape(blob(path("-10,44 6,42 14,60 34,84 20,90 -6,86", x), 6), colour("#a83a34"), volume=0.7)
    legs(s, darker(coat, 0.3), colour("#3a2c2a"))
    s.shape(blob(path("-9,66 9,66 15,90 4,88 0,84 -4,88 -15,90", x), 5), coat, bottom=darker(coat, 0.2))
    s.shape(limb(path("11,45 17,55 17,65", x), [4.6, 5, 5]), darker(coat, 0.1))
    s.shape(ellipse(x + 17, 68.5, 2.9, 3.2), skin)
    s.shape(limb(path("-11,45 -18,52 -24,46", x), [4.6, 4.8, 4.4]), darker(coat, 0.1))
    s.shape([(x - 25, 44), (x - 26.6, 43.4), (x - 42, 10), (x - 40, 9), (x - 25, 42)], colour("#dfe6f0"), volume=0)
    s.stroke([(x - 28.6, 44), (x - 22.4, 41.4)], 1.8, GOLD)
    s.shape(ellipse(x - 24, 45, 3, 3.2), skin)
    s.shape(blob(path("-9,39.6 9,39.6 12.6,47 11,70 -11,70 -12.6,47", x), 6), coat)
    s.shape(path("-6,39.6 0,52 6,39.6 3,39.6 0,46 -3,39.6", x), SNOW, volume=0)
    s.shape(limb([(x - 11, 66), (x + 11, 66)], [2.2, 2.2]), colour("#a83a34"))
    s.shape(tail(path("4,8 16,6 26,14 30,26", x), 4, 1), hair, volume=0.7)
    s.shape(blob(path("-14,24 -10,9 0,5 10,9 14,24 11,33 -11,33", x)), hair)
    both(s, ellipse(x - 12.4, 26, 2.4, 3.2), skin, volume=0.4)
    face(s, 25.5, skin, hair, lashes=False)
    s.shape(blob(path("-13.4,23 -11,10 0,5 11,10 13.4,23 8,15 0,13 -8,15", x)), hair, volume=0.7)
    s.shape(ellipse(x, 5, 5, 5), hair, volume=0.6)
    s.stroke([(x - 4, 7.4), (x + 4, 7.4)], 1.6, colour("#a83a34"))


def hanfu(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A lady in hanfu: wide sleeves, a high sash, pins in her hair."""
    x, skin, hair = s.width / 2, tone(rng, SKINS[:2]), colour("#262230")
    pale = lighter(coat, 0.6)
    s.shape(blob(path("-12,18 0,6 12,18 15,42 17,66 8,60 0,50 -8,60 -17,66 -15,42", x)), hair, volume=0.6)
    robe(s, coat, hem=19, top=48)
    both(s, blob(path("-8,42 -14,50 -27,72 -16,78 -6,66 -5,54", x), 6), pale, volume=0.5, bottom=mix(pale, coat, 0.35))
    s.shape(blob(path("-8,40 8,40 10,50 9,58 -9,58 -10,50", x), 6), pale)
    s.shape(path("-4.4,39.5 0,50 4.4,39.5", x), skin, volume=0)
    s.stroke([(x - 5.4, 40), (x + 2, 54)], 1.5, coat)
    s.stroke([(x + 5.4, 40), (x - 2, 54)], 1.5, coat)
    s.shape(box(x - 9, 54, 18, 5.4), darker(coat, 0.25), volume=0.5)
    s.shape(tail([(x + 1, 59), (x + 2, 70), (x, 84)], 1.3, 1.0), darker(coat, 0.25))
    both(s, ellipse(x - 3, 68, 3.4, 2.6), skin)
    face(s, 25.5, skin, hair, lashes=True)
    s.shape(ellipse(x, 22.6, 1, 1.4), colour("#d8443c"), volume=0)
    s.shape(blob(path("-13.6,27 -12,11 0,6 12,11 13.6,27 9,16 0,11 -9,16", x)), hair, volume=0.7)
    both(s, ellipse(x - 5.4, 3.4, 5.6, 5), hair, volume=0.7)
    for at, metal in (((-9, 9), "#f0a0b4"), ((9, 9), "#f0a0b4"), ((0, 6), "#f0c45a")):
        s.shape(_star(x + at[0], at[1], 3), colour(metal), volume=0.4)
    both(s, tail([(x - 12, 10), (x - 14.6, 18)], 0.5, 0.9, 4), GOLD)


def santa(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """Santa Claus with his sack."""
    x, red, skin = s.width / 2, colour("#d2383a"), tone(rng, SKINS[:2])
    s.shape(blob(path("14,46 30,44 36,62 30,80 14,82", x), 6), colour("#9a7448"), volume=0.7)
    legs(s, red, DARK)
    both(s, limb(path("-14,48 -20,58 -18,68", x), [5, 4.8, 4.4]), red)
    both(s, ellipse(x - 18, 70.6, 3.6, 3.6), DARK)
    s.shape(blob(path("-11,40 11,40 19,56 18,80 -18,80 -19,56", x), 6), red, bottom=darker(red, 0.16))
    s.shape(box(x - 2.4, 44, 4.8, 34), SNOW, volume=0.5)
    s.shape(limb([(x - 17, 79), (x + 17, 79)], [3, 3]), SNOW)
    s.shape(limb(curve(path("-18,66 0,69 18,66", x)), [2.4] * 25), DARK)
    s.shape(box(x - 3.6, 64.6, 7.2, 6.4), GOLD, volume=0.3)
    face(s, 26, skin, SNOW, lashes=False)
    s.shape(blob(path("-13,27 0,35 13,27 14,42 0,58 -14,42", x)), SNOW, volume=0.6)
    both(s, blob([(x - 7, 33), (x, 31.6), (x - 1, 35.4), (x - 8, 37)], 5), lighter(SNOW, 0.6), volume=0.4)
    s.shape(tail(path("-4,12 8,0 20,8 22,20", x), 9, 2.4), red, volume=0.7)
    s.shape(ellipse(x + 22, 22, 4, 4), SNOW, volume=0.7)
    s.shape(limb(curve(path("-14,17 0,13 14,17", x)), [3.4] * 25), SNOW)


def mermaid(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A mermaid with flowing hair."""
    x, skin, hair = (
        s.width / 2,
        tone(rng, SKINS),
        colour(str(rng.choice(["#c8503c", "#e0b85a", "#7a4a8c", "#3a2a2c"]))),
    )
    s.shape(blob(path("-14,20 0,4 14,20 20,40 26,62 12,56 0,52 -12,58 -22,66 -18,40", x)), hair, volume=0.7)
    s.shape(tail(path("0,58 2,76 12,88 26,90", x), 9.6, 3), coat, volume=0.7)
    s.shape(blob(path("22,88 30,76 42,72 38,86 44,98 30,98 22,92", x), 6), lighter(coat, 0.15), volume=0.6)
    both(s, limb(path("-8.6,45 -14,56 -12,66", x), [2.9, 2.6, 2.3]), skin)
    s.shape(blob(path("-7.4,40 7.4,40 8,54 9.4,64 -9.4,64 -8,54", x), 6), skin, volume=0.4)
    both(s, ellipse(x - 4, 47.6, 4.4, 3.8), darker(coat, 0.1), volume=0.7)
    s.shape(blob(path("-10,59 10,59 9,68 -9,68", x), 6), coat)
    face(s, 25.5, skin, hair, lashes=True)
    s.shape(blob(path("-13.6,27 -12,12 0,6 12,12 13.6,27 9,17 -2,15 -9,20", x)), hair, volume=0.7)
    s.shape(_star(x + 9, 12, 4), colour("#f6a04f"), volume=0.4)
