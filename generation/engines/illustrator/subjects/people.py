"""People, an astronaut and a robot."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.sitters import DARK, blush, both

SKINS = ("#f6d2b4", "#e8b48c", "#c68a5e", "#8d5a3c")
HAIRS = ("#3a2a2c", "#5c3a28", "#8a5a34", "#c8924c", "#2c2c38")


def face(s: Sprite, y: float, skin: Array, hair: Array, *, lashes: bool) -> None:
    """A friendly face from the front."""
    x = s.width / 2
    s.shape(ellipse(x, y, 12.4, 13), skin, volume=0.4)
    both(s, ellipse(x - 5, y + 1.5, 1.5, 2.1), DARK, volume=0)
    both(s, ellipse(x - 5.5, y + 0.7, 0.5, 0.6), (1, 1, 1), volume=0)
    both(s, limb([(x - 6.8, y - 3.4), (x - 3.4, y - 3.8)], [0.5, 0.4]), darker(hair, 0.1), volume=0)
    if lashes:
        both(s, limb([(x - 6.2, y + 0.4), (x - 8, y - 0.6)], [0.4, 0.2]), DARK, volume=0)
    s.stroke(curve([(x - 2.6, y + 6), (x, y + 7.3), (x + 2.6, y + 6)]), 0.9, darker(skin, 0.4))
    blush(s, y + 5, 7.6)


def person(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A young traveller in a jacket, hands at the side."""
    x = s.width / 2
    skin, hair = (colour(str(rng.choice(tones))) for tones in (SKINS, HAIRS))
    trousers = colour(str(rng.choice(["#46506a", "#6a5a4c", "#8a7a62"])))
    both(s, limb(path("-4.6,66 -5,82 -5,95", x), [5, 4.4, 3.8]), trousers)
    both(s, blob(path("-9.4,94 -1.6,94 -1.4,99.4 -12,99.4", x), 4), colour("#5a3c30"))
    both(s, limb(path("-11,44 -14.5,56 -14,66", x), [4, 3.6, 3.2]), darker(coat, 0.14))
    both(s, ellipse(x - 14, 68.6, 2.9, 3.2), skin)
    s.shape(blob(path("-9,39 9,39 13,46 12.4,72 -12.4,72 -13,46", x), 6), coat, bottom=darker(coat, 0.15))
    s.stroke([(x, 42), (x, 71)], 0.8, darker(coat, 0.35))
    scarf = colour(str(rng.choice(["#f0b84a", "#d8564a", "#f4efe4", "#5aa090"])))
    s.shape(ellipse(x, 40.5, 9.4, 4), scarf, volume=0.7)
    s.shape(limb([(x + 5, 42), (x + 6.6, 55)], [2.7, 3]), darker(scarf, 0.08))
    s.shape(blob(path("-14.5,24 -10,9 0,5 10,9 14.5,24 11,35 -11,35", x)), hair)
    both(s, ellipse(x - 12.4, 26, 2.4, 3.2), skin, volume=0.4)
    face(s, 25.5, skin, hair, lashes=False)
    s.shape(blob(path("-13.4,23 -11,10 0,5 11,10 13.4,23 8,16.5 1,18 -6,15.5", x)), hair, volume=0.7)


def girl(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A girl in a dress, with long hair and perhaps a hat."""
    x = s.width / 2
    skin, hair = (colour(str(rng.choice(tones))) for tones in (SKINS, HAIRS))
    s.shape(blob(path("-14,20 0,4 14,20 17,44 14,57 0,52 -14,57 -17,44", x)), hair, volume=0.7)
    both(s, limb([(x - 4, 80), (x - 4.4, 95)], [3, 2.5]), skin)
    both(s, blob(path("-8,94.4 -1.8,94.4 -1.6,99.4 -9.6,99.4", x), 4), darker(coat, 0.35))
    both(s, limb(path("-8.6,45 -13,56 -14.6,66", x), [2.9, 2.6, 2.3]), skin)
    dress = s.shape(
        blob(path("-7,39.5 7,39.5 9,54 21,84 10,87.4 0,86 -10,87.4 -21,84 -9,54", x), 7),
        coat,
        bottom=darker(coat, 0.14),
    )
    for fold in (-9, -3, 4, 10):
        s.shape(
            limb([(x + fold * 0.45, 60), (x + fold, 86)], [0.3, 1.1]),
            darker(coat, 0.25),
            volume=0,
            inside=dress,
            opacity=0.5,
        )
    s.shape(limb(curve(path("-9,55 0,57 9,55", x)), [1.5] * 25), lighter(coat, 0.65))
    both(s, ellipse(x - 9, 44.4, 4.4, 4.2), lighter(coat, 0.15))
    face(s, 25.5, skin, hair, lashes=True)
    s.shape(blob(path("-13.6,27 -12,12 0,6 12,12 13.6,27 9,17 -2,15 -9,20", x)), hair, volume=0.7)
    if rng.random() < 0.5:
        straw = colour("#ecd08e")
        s.shape(ellipse(x, 13.5, 23, 4.6), straw, volume=0.6)
        s.shape(blob(path("-12,12.5 -9,2 0,-1 9,2 12,12.5", x), 6), straw, volume=0.7)
        s.shape(limb(curve(path("-12,11 0,13.4 12,11", x)), [1.4] * 25), coat)


def astronaut(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An astronaut who waves."""
    x, trim = s.width / 2, colour(str(rng.choice(["#e8743c", "#3f80c8", "#d8484a"])))
    s.shape(blob(path("-19,44 19,44 20,74 -20,74", x), 5), darker(coat, 0.3), volume=0.5)
    both(s, limb(path("-8,74 -9.4,84 -9.6,94", x), [8, 7.2, 6.8]), coat)
    both(s, blob(path("-17,92 -3,92 -2.4,99.6 -18.4,99.6", x), 5), darker(coat, 0.35))
    s.shape(limb(path("-16,50 -25,60 -23,70", x), [6.4, 6, 5.4]), coat)
    s.shape(limb(path("16,50 28,45 30,31", x), [6.4, 6, 5.4]), coat)
    for at in ((x - 22.8, 73.5), (x + 30.4, 26)):
        s.shape(ellipse(at[0], at[1], 5, 5.2), darker(coat, 0.3))
    s.shape(blob(path("-14,43 14,43 17,60 14,80 -14,80 -17,60", x), 7), coat, bottom=darker(coat, 0.12))
    s.shape(box(x - 9, 56, 18, 12), lighter(coat, 0.3), volume=0.3)
    for number, tone in enumerate(("#e8564a", "#f0c04a", "#5aa8e0")):
        s.shape(ellipse(x - 5 + number * 5, 60, 1.6, 1.6), colour(tone), volume=0.4)
    s.stroke([(x - 6, 65), (x + 6, 65)], 1, colour("#9aa0b0"))
    both(s, limb([(x - 16, 81), (x - 3, 82.4)], [1.2, 1.2]), trim)
    s.shape(ellipse(x, 25, 22, 21), coat, volume=0.7)
    s.shape(ellipse(x, 26, 17.4, 15.2), colour("#27304a"), volume=0.3, bottom=colour("#5a6ea0"))
    s.shape(blob(path("-12,22 -7,15 2,14 -4,19 -9,27", x), 6), (1, 1, 1), volume=0, opacity=0.55, soft=0.6)
    s.shape(ellipse(x + 8, 34, 5, 2.4, -28), colour("#f0b070"), volume=0, opacity=0.5, soft=1.2)
    both(s, ellipse(x - 21.5, 27, 3.2, 5), trim)


def robot(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A friendly robot with a screen for a face."""
    x, glow_ = s.width / 2, colour(str(rng.choice(["#6af0e8", "#ffd66a", "#8ad0ff"])))
    steel, dark = colour("#8a94a4"), colour("#2a3244")
    accent = mix(coat, colour("#e8743c"), 0.75)
    s.stroke([(x, 14), (x, 4)], 1.5, steel)
    s.shape(ellipse(x, 2.6, 3, 3), accent)
    both(s, limb([(x - 9, 78), (x - 9, 92)], [4, 4]), steel)
    both(s, blob(path("-18,91 -3,91 -2,99.6 -20,99.6", x), 5), coat)
    both(s, limb(path("-21,56 -29,65 -28,76", x), [3.4, 3.2, 3.2]), steel)
    both(s, ellipse(x - 20.5, 55, 5.6, 5.6), coat)
    both(s, ellipse(x - 28, 79, 5.4, 5.4), coat)
    s.shape(blob(path("-18,48 18,48 20,62 16,82 -16,82 -20,62", x), 7), coat, bottom=darker(coat, 0.14))
    s.shape(blob(path("-9,57 9,57 9,72 -9,72", x), 4), darker(coat, 0.2), volume=0.3)
    s.shape(ellipse(x, 64.4, 4.6, 4.6), glow_, volume=0.3)
    s.shape(ellipse(x, 64.4, 9, 9), glow_, volume=0, opacity=0.3, soft=2.5)
    s.shape(box(x - 6, 43, 12, 6), steel, volume=0.6)
    both(s, blob(path("-31,24 -25,22 -25,36 -31,34", x), 4), accent)
    s.shape(blob(path("-25,14 0,11.5 25,14 28,29 25,43 0,45.5 -25,43 -28,29", x), 6), coat, volume=0.7)
    s.shape(blob(path("-20,19 0,17.6 20,19 22,29 20,38 0,39.6 -20,38 -22,29", x), 6), dark, volume=0.3)
    both(s, ellipse(x - 9, 27.4, 4, 5), glow_, volume=0)
    both(s, ellipse(x - 9, 27.4, 6.4, 7.4), glow_, volume=0, opacity=0.28, soft=1.8)
    both(s, ellipse(x - 10, 25.6, 1.2, 1.5), (1, 1, 1), volume=0)
    s.stroke(curve(path("-4,34 0,36 4,34", x)), 1.3, glow_)
