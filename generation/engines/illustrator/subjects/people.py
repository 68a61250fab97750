"""People, an astronaut and a robot."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.sitters import DARK, blush, both

SKINS = ("#f6d2b4", "#e8b48c", "#c68a5e", "#8d5a3c")
HAIRS = ("#3a2a2c", "#5c3a28", "#8a5a34", "#c8924c", "#2c2c38")


def _face(s: Sprite, y: float, skin: Array, hair: Array, *, lashes: bool) -> None:
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
    both(s, limb([(x - 4.6, 66), (x - 5, 82), (x - 5, 95)], [5, 4.4, 3.8]), trousers)
    both(s, blob([(x - 9.4, 94), (x - 1.6, 94), (x - 1.4, 99.4), (x - 12, 99.4)], 4), colour("#5a3c30"))
    both(s, limb([(x - 11, 44), (x - 14.5, 56), (x - 14, 66)], [4, 3.6, 3.2]), darker(coat, 0.14))
    both(s, ellipse(x - 14, 68.6, 2.9, 3.2), skin)
    s.shape(
        blob([(x - 9, 39), (x + 9, 39), (x + 13, 46), (x + 12.4, 72), (x - 12.4, 72), (x - 13, 46)], 6),
        coat,
        bottom=darker(coat, 0.15),
    )
    s.stroke([(x, 42), (x, 71)], 0.8, darker(coat, 0.35))
    scarf = colour(str(rng.choice(["#f0b84a", "#d8564a", "#f4efe4", "#5aa090"])))
    s.shape(ellipse(x, 40.5, 9.4, 4), scarf, volume=0.7)
    s.shape(limb([(x + 5, 42), (x + 6.6, 55)], [2.7, 3]), darker(scarf, 0.08))
    s.shape(blob([(x - 14.5, 24), (x - 10, 9), (x, 5), (x + 10, 9), (x + 14.5, 24), (x + 11, 35), (x - 11, 35)]), hair)
    both(s, ellipse(x - 12.4, 26, 2.4, 3.2), skin, volume=0.4)
    _face(s, 25.5, skin, hair, lashes=False)
    s.shape(
        blob(
            [
                (x - 13.4, 23),
                (x - 11, 10),
                (x, 5),
                (x + 11, 10),
                (x + 13.4, 23),
                (x + 8, 16.5),
                (x + 1, 18),
                (x - 6, 15.5),
            ]
        ),
        hair,
        volume=0.7,
    )


def girl(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A girl in a dress, with long hair and perhaps a hat."""
    x = s.width / 2
    skin, hair = (colour(str(rng.choice(tones))) for tones in (SKINS, HAIRS))
    s.shape(
        blob([(x - 14, 20), (x, 4), (x + 14, 20), (x + 17, 44), (x + 14, 57), (x, 52), (x - 14, 57), (x - 17, 44)]),
        hair,
        volume=0.7,
    )
    both(s, limb([(x - 4, 80), (x - 4.4, 95)], [3, 2.5]), skin)
    both(s, blob([(x - 8, 94.4), (x - 1.8, 94.4), (x - 1.6, 99.4), (x - 9.6, 99.4)], 4), darker(coat, 0.35))
    both(s, limb([(x - 8.6, 45), (x - 13, 56), (x - 14.6, 66)], [2.9, 2.6, 2.3]), skin)
    dress = s.shape(
        blob(
            [
                (x - 7, 39.5),
                (x + 7, 39.5),
                (x + 9, 54),
                (x + 21, 84),
                (x + 10, 87.4),
                (x, 86),
                (x - 10, 87.4),
                (x - 21, 84),
                (x - 9, 54),
            ],
            7,
        ),
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
    s.shape(limb(curve([(x - 9, 55), (x, 57), (x + 9, 55)]), [1.5] * 25), lighter(coat, 0.65))
    both(s, ellipse(x - 9, 44.4, 4.4, 4.2), lighter(coat, 0.15))
    _face(s, 25.5, skin, hair, lashes=True)
    s.shape(
        blob(
            [(x - 13.6, 27), (x - 12, 12), (x, 6), (x + 12, 12), (x + 13.6, 27), (x + 9, 17), (x - 2, 15), (x - 9, 20)]
        ),
        hair,
        volume=0.7,
    )
    if rng.random() < 0.5:
        straw = colour("#ecd08e")
        s.shape(ellipse(x, 13.5, 23, 4.6), straw, volume=0.6)
        s.shape(blob([(x - 12, 12.5), (x - 9, 2), (x, -1), (x + 9, 2), (x + 12, 12.5)], 6), straw, volume=0.7)
        s.shape(limb(curve([(x - 12, 11), (x, 13.4), (x + 12, 11)]), [1.4] * 25), coat)


def astronaut(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An astronaut who waves."""
    x, trim = s.width / 2, colour(str(rng.choice(["#e8743c", "#3f80c8", "#d8484a"])))
    s.shape(blob([(x - 19, 44), (x + 19, 44), (x + 20, 74), (x - 20, 74)], 5), darker(coat, 0.3), volume=0.5)
    both(s, limb([(x - 8, 74), (x - 9.4, 84), (x - 9.6, 94)], [8, 7.2, 6.8]), coat)
    both(s, blob([(x - 17, 92), (x - 3, 92), (x - 2.4, 99.6), (x - 18.4, 99.6)], 5), darker(coat, 0.35))
    s.shape(limb([(x - 16, 50), (x - 25, 60), (x - 23, 70)], [6.4, 6, 5.4]), coat)
    s.shape(limb([(x + 16, 50), (x + 28, 45), (x + 30, 31)], [6.4, 6, 5.4]), coat)
    for at in ((x - 22.8, 73.5), (x + 30.4, 26)):
        s.shape(ellipse(*at, 5, 5.2), darker(coat, 0.3))
    s.shape(
        blob([(x - 14, 43), (x + 14, 43), (x + 17, 60), (x + 14, 80), (x - 14, 80), (x - 17, 60)], 7),
        coat,
        bottom=darker(coat, 0.12),
    )
    s.shape(box(x - 9, 56, 18, 12), lighter(coat, 0.3), volume=0.3)
    for number, tone in enumerate(("#e8564a", "#f0c04a", "#5aa8e0")):
        s.shape(ellipse(x - 5 + number * 5, 60, 1.6, 1.6), colour(tone), volume=0.4)
    s.stroke([(x - 6, 65), (x + 6, 65)], 1, colour("#9aa0b0"))
    both(s, limb([(x - 16, 81), (x - 3, 82.4)], [1.2, 1.2]), trim)
    s.shape(ellipse(x, 25, 22, 21), coat, volume=0.7)
    s.shape(ellipse(x, 26, 17.4, 15.2), colour("#27304a"), volume=0.3, bottom=colour("#5a6ea0"))
    s.shape(
        blob([(x - 12, 22), (x - 7, 15), (x + 2, 14), (x - 4, 19), (x - 9, 27)], 6),
        (1, 1, 1),
        volume=0,
        opacity=0.55,
        soft=0.6,
    )
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
    both(s, blob([(x - 18, 91), (x - 3, 91), (x - 2, 99.6), (x - 20, 99.6)], 5), coat)
    both(s, limb([(x - 21, 56), (x - 29, 65), (x - 28, 76)], [3.4, 3.2, 3.2]), steel)
    both(s, ellipse(x - 20.5, 55, 5.6, 5.6), coat)
    both(s, ellipse(x - 28, 79, 5.4, 5.4), coat)
    s.shape(
        blob([(x - 18, 48), (x + 18, 48), (x + 20, 62), (x + 16, 82), (x - 16, 82), (x - 20, 62)], 7),
        coat,
        bottom=darker(coat, 0.14),
    )
    s.shape(blob([(x - 9, 57), (x + 9, 57), (x + 9, 72), (x - 9, 72)], 4), darker(coat, 0.2), volume=0.3)
    s.shape(ellipse(x, 64.4, 4.6, 4.6), glow_, volume=0.3)
    s.shape(ellipse(x, 64.4, 9, 9), glow_, volume=0, opacity=0.3, soft=2.5)
    s.shape(box(x - 6, 43, 12, 6), steel, volume=0.6)
    both(s, blob([(x - 31, 24), (x - 25, 22), (x - 25, 36), (x - 31, 34)], 4), accent)
    s.shape(
        blob(
            [(x - 25, 14), (x, 11.5), (x + 25, 14), (x + 28, 29), (x + 25, 43), (x, 45.5), (x - 25, 43), (x - 28, 29)],
            6,
        ),
        coat,
        volume=0.7,
    )
    s.shape(
        blob(
            [(x - 20, 19), (x, 17.6), (x + 20, 19), (x + 22, 29), (x + 20, 38), (x, 39.6), (x - 20, 38), (x - 22, 29)],
            6,
        ),
        dark,
        volume=0.3,
    )
    both(s, ellipse(x - 9, 27.4, 4, 5), glow_, volume=0)
    both(s, ellipse(x - 9, 27.4, 6.4, 7.4), glow_, volume=0, opacity=0.28, soft=1.8)
    both(s, ellipse(x - 10, 25.6, 1.2, 1.5), (1, 1, 1), volume=0)
    s.stroke(curve([(x - 4, 34), (x, 36), (x + 4, 34)]), 1.3, glow_)
