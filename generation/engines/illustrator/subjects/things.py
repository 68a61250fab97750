"""Small things: kite, lantern, umbrella, cup, cake, bottle."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.sitters import CREAM, DARK


def kite(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A kite with bows on its tail."""
    second = colour(str(rng.choice(["#fdf2dc", "#ffd66a", "#7fc4d8"])))
    line = curve(path("46,66 36,78 50,90 40,104"))
    s.shape(limb(line, [0.6] * len(line)), DARK)
    for number in (10, 20, 30):
        x, y = line[number]
        for way in (-1, 1):
            s.shape(
                [(x, y), (x + way * 7, y - 3.5), (x + way * 7, y + 3.5)], coat if number % 20 else second, volume=0.4
            )
    s.shape(path("50,2 82,28 46,68"), coat, volume=0.3)
    s.shape(path("50,2 14,26 46,68"), second, volume=0.3)
    s.shape(path("14,26 48.6,27 46,68"), coat, volume=0.2)
    s.shape(path("48.6,27 82,28 46,68"), second, volume=0.2)
    s.stroke([(50, 2), (46, 68)], 1, darker(coat, 0.4))
    s.stroke([(14, 26), (82, 28)], 1, darker(coat, 0.4))


def lantern(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A glowing paper lantern."""
    x, gold = s.width / 2, colour("#f0bc4a")
    s.shape(ellipse(x, 44, 31, 33), colour("#ffb84a"), volume=0, opacity=0.35, soft=6)
    s.stroke([(x, -8), (x, 12)], 1, gold)
    s.shape(ellipse(x, 44, 26, 28), coat, volume=0.5)
    s.shape(ellipse(x, 46, 13, 20), colour("#ffe08a"), volume=0, opacity=0.8, soft=6)
    for reach in (26, 17, 7):
        outline = ellipse(x, 44, reach, 28)
        s.shape(limb(outline, [0.35] * len(outline)), darker(coat, 0.3), volume=0, opacity=0.6)
    for y in (13, 71):
        s.shape(box(x - 11, y, 22, 5), gold, volume=0.5)
    for shift in (-4, 0, 4):
        s.shape(tail([(x + shift * 0.4, 76), (x + shift, 86), (x + shift * 1.2, 98)], 1.0, 1.4), coat)


def umbrella(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """An umbrella stuck in the ground."""
    x = s.width / 2
    s.stroke([(x, 4), (x, 99)], 2, colour("#8a6a4a"), volume=0.6)
    dome = s.shape(
        blob(
            [
                (3, 50),
                (14, 28),
                (38, 11),
                (x, 7),
                (86, 11),
                (110, 28),
                (121, 50),
                (102, 46),
                (82, 51),
                (x, 46),
                (42, 51),
                (22, 46),
            ],
            8,
        ),
        coat,
        volume=0.7,
    )
    for left, right in ((24, 44), (80, 100)):
        s.shape([(x, 6), (left - 2, 60), (right - 2, 60)], lighter(coat, 0.7), volume=0, inside=dome, opacity=0.85)
    s.shape(ellipse(x, 6, 2, 3), colour("#8a6a4a"), volume=0.4)


def cup(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A cup of coffee that steams."""
    handle = curve(path("88,52 108,50 109,72 86,80"))
    s.shape(ellipse(54, 94, 52, 6.4), lighter(coat, 0.25), volume=0.5)
    s.shape(ellipse(54, 92.6, 36, 4), darker(coat, 0.15), volume=0)
    s.shape(limb(handle, [3.6] * len(handle)), coat, volume=0.7)
    s.shape(
        blob(path("14,42 54,46 94,42 90,70 76,90 54,93 32,90 18,70"), 8), coat, volume=0.8, bottom=darker(coat, 0.12)
    )
    s.shape(ellipse(54, 42, 40, 9), lighter(coat, 0.4), volume=0.2)
    s.shape(ellipse(54, 43, 36, 7.2), colour("#6a4028"), volume=0, bottom=colour("#9a6a44"))
    s.shape(blob(path("42,43 47,40.6 54,42.4 61,40.6 66,43 54,47.6"), 6), colour("#f0dcc0"), volume=0, opacity=0.9)
    for x in (40, 55, 70):
        steam = curve(path("0,36 4,26 -3,15 2,2", x))
        s.shape(limb(steam, list(np.linspace(2.4, 0.6, len(steam)))), (1, 1, 1), volume=0, opacity=0.4, soft=1.5)


def cake(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A cake in two tiers, with cherries and a candle."""
    x, cream = s.width / 2, colour("#fff8ee")
    s.shape(ellipse(x, 94, 53, 6), colour("#e4e0e8"), volume=0.5)
    for top, half, low in ((60.0, 44.0, 93.0), (30.0, 30.0, 62.0)):
        tier = path("-1,0 1,0 1,1 0,1.1 -1,1", x, top, wide=half, tall=low - 3 - top)
        s.shape(blob(tier, 3), coat, volume=0.5, bottom=darker(coat, 0.1))
        s.shape(ellipse(x, top, half, 6.6), cream, volume=0.2)
        points = [(x - half - 0.6, top)]
        for number in range(9):
            at = x - half + (number + 0.5) * half * 2 / 9
            points += [(at - half / 11, top + 5.5 + rng.uniform(1, 6)), (at + half / 11, top + 4.6)]
        s.shape(blob([*points, (x + half + 0.6, top), (x, top - 3)], 5), cream, volume=0.35)
        for number in range(6):
            angle = number / 5 * np.pi
            s.shape(
                ellipse(x - np.cos(angle) * half * 0.84, top + np.sin(angle) * 4 - 2, 3.4, 3.4),
                colour("#d83a4a"),
                volume=0.9,
            )
    s.shape(box(x - 1.7, 8, 3.4, 18), colour("#f0a8c0"), volume=0.6)
    s.shape(ellipse(x, 3, 6, 7), colour("#ffd06a"), volume=0, opacity=0.6, soft=2.5)
    s.shape(blob(path("0,-3 2.4,4 0,8 -2.4,4", x), 6), colour("#fff0a0"), volume=0, bottom=colour("#ff9a3c"))


def bottle(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A glass bottle with a label and a golden cap."""
    x, gold = s.width / 2, colour("#d8b46a")
    s.shape(box(x - 6, 8, 12, 14), gold, volume=0.9)
    s.shape(box(x - 4.4, 21, 8.8, 8), lighter(coat, 0.5), volume=0.6)
    glass = s.shape(
        blob(path("-7,28 7,28 20,38 23,56 22,94 14,99 -14,99 -22,94 -23,56 -20,38", x), 8),
        mix(coat, (1, 1, 1), 0.3),
        volume=0.8,
        bottom=coat,
    )
    s.shape(box(x - 30, 52, 60, 60), coat, volume=0, inside=glass, opacity=0.55, soft=1)
    s.shape(box(x - 13, 58, 26, 24), CREAM, volume=0.1)
    s.stroke([(x - 8, 66), (x + 8, 66)], 1, gold)
    s.stroke([(x - 5, 71), (x + 5, 71)], 0.8, gold)
    shine = path("17,40 19,60 18,90 15.4,90 15.4,44", x, wide=s.light.side)
    s.shape(blob(shine, 6), (1, 1, 1), volume=0, opacity=0.6, soft=0.7)
