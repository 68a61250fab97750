"""What one plays and writes on: a guitar, a typewriter."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter
from generation.engines.illustrator.drawing import Sprite, blob, darker, ellipse, limb, path, turned

WHITE = (1.0, 1.0, 1.0)
CHROME = colour("#d2d7de")


def guitar(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """An acoustic guitar that leans a little."""
    x, neck, deep = s.width / 2, colour("#5a3828"), darker(coat, 0.35)
    middle = (x, 99.0)

    def lean(points: Array) -> Array:
        return turned(points, 9, middle)

    outline = lean(
        blob(
            path("-14,52 -17,60 -15,67 -21,76 -22,88 -14,97 0,99 14,97 22,88 21,76 15,67 17,60 14,52 0,49", x + 1.6), 6
        )
    )
    s.shape(outline, deep, volume=0.8)
    outline = lean(
        blob(
            path("-13,53 -16,60 -14,67 -20,76 -21,88 -13,96.4 0,98.4 13,96.4 21,88 20,76 14,67 16,60 13,53 0,50", x), 6
        )
    )
    top = s.shape(outline, coat, volume=0.7, bottom=darker(coat, 0.2))
    for number in range(12):
        at = x - 20 + number * 3.6
        outline = lean(limb([(at, 48), (at + 0.6, 75), (at, 100)], [0.22] * 3))
        s.shape(outline, darker(coat, 0.3), volume=0, inside=top, opacity=0.35)
    rim = lean(
        blob(
            path(
                "-12,54 -15,60 -13,67 -19,76 -20,88 -12,95 0,97 12,95 20,88 19,76 13,67 15,60 12,54 0,51",
                x,
            ),
            6,
        )
    )
    s.shape(limb(np.concatenate([rim, rim[:1]]), [0.45] * (len(rim) + 1)), colour("#f4e6c8"), volume=0)
    s.shape(lean(blob(path("7,66 13,70 16,78 11,84 6,77", x), 6)), colour("#4a2418"), volume=0.5, inside=top)
    for size, tone in ((7.2, colour("#f4e6c8")), (6.7, deep), (6.2, colour("#f4e6c8")), (5.8, colour("#2a1a14"))):
        s.shape(lean(ellipse(x, 70, size, size)), tone, volume=0)
    s.shape(lean(path("-7.6,85 7.6,85 8.6,88.4 -8.6,88.4", x)), neck, volume=0.6)
    s.shape(lean(path("-2.5,9 2.5,9 2.9,66 -2.9,66", x)), neck, volume=0.5)
    for fret in 66 - 57 * (1 - 0.5 ** (np.arange(1, 16) / 7)) / (1 - 0.5 ** (15 / 7)):
        s.shape(lean(limb([(x - 2.7, fret), (x + 2.7, fret)], [0.24, 0.24])), CHROME, volume=0)
    for dot in (22, 30, 37, 47):
        s.shape(lean(ellipse(x, dot, 0.7, 0.7)), colour("#f4efe2"), volume=0)
    s.shape(lean(blob(path("-2.6,10 -4.6,6 -4.4,-6 -2.4,-8 0,-7 2.4,-8 4.4,-6 4.6,6 2.6,10", x), 5)), neck, volume=0.8)
    for way in (-1, 1):
        for peg in (-4.4, 0, 4.4):
            s.shape(lean(limb([(x + way * 3, peg), (x + way * 6, peg)], [0.6, 0.6])), CHROME, volume=0.7)
            s.shape(lean(ellipse(x + way * 7, peg, 1.7, 1.4)), colour("#f4efe2"), volume=0.8)
            s.shape(lean(ellipse(x + way * 2.4, peg, 0.8, 0.8)), CHROME, volume=0.7)
    for number in range(6):
        shift = (number - 2.5) * 0.72
        s.shape(lean(limb([(x + shift * 1.1, 9), (x + shift * 1.9, 86.6)], [0.13, 0.13])), colour("#f6f2e6"), volume=0)
    gleam = lean(blob(path("-16,86 -18,78 -12,70 -11,78 -13,88", x, wide=-s.light.side), 6))
    s.shape(gleam, WHITE, volume=0, inside=top, opacity=0.35, soft=1.4)


def typewriter(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """An old typewriter with a sheet of paper in it."""
    x, black = s.width / 2, colour("#2e2c32")
    deep = darker(coat, 0.3)
    s.shape(path("-36,-2 36,-2 37,44 -37,44", x), colour("#fdfaf2"), volume=0, bottom=colour("#e8e2d4"))
    for row, wide in enumerate((50, 56, 44, 54, 30)):
        y = 6 + row * 5.4
        left = x - 28
        while left < x - 28 + wide:
            s.shape(limb([(left, y), (left + 4 + (left * 7 + row) % 5, y)], [0.6, 0.6]), colour("#6a6468"), volume=0)
            left += 8 + (left * 7 + row) % 5
    s.shape(limb([(x - 58, 42), (x + 58, 42)], [6.4, 6.4]), black, volume=1.0)
    for way in (-1, 1):
        s.shape(limb([(x + way * 58, 42), (x + way * 68, 42)], [5.2, 5.2]), black, volume=1.0)
        for rib in (60, 63, 66):
            s.shape(limb([(x + way * rib, 37.4), (x + way * rib, 46.6)], [0.5, 0.5]), lighter(black, 0.25), volume=0)
    s.shape(limb([(x - 62, 40), (x - 70, 26), (x - 64, 22)], [1.2, 1.0, 1.4]), CHROME, volume=0.9)
    s.shape(limb([(x - 40, 35.4), (x + 40, 35.4)], [1.0, 1.0]), CHROME, volume=0.8)
    s.shape(blob(path("-52,46 52,46 58,62 68,88 66,98 -66,98 -68,88 -58,62", x), 6), coat, volume=0.9, bottom=deep)
    s.shape(blob(path("-34,50 34,50 30,61 -30,61", x), 5), black, volume=0.4)
    for number in range(21):
        lean = (number - 10) / 10
        s.shape(limb([(x + lean * 27, 59.4), (x + lean * 11, 50.4)], [0.5, 0.5]), CHROME, volume=0)
    for way in (-1, 1):
        s.shape(ellipse(x + way * 42, 52, 7, 3.4), black, volume=0.8)
        s.shape(ellipse(x + way * 42, 51.4, 2.4, 1.2), CHROME, volume=0.6)
    s.shape(path("-52,66 52,66 60,92 -60,92", x), deep, volume=0.3)
    for row in range(4):
        count, y, half = 10 - row % 2, 69.4 + row * 6, 46 + row * 3.4
        for number in range(count):
            px = x - half + 2 * half * (number + 0.5) / count
            s.shape(ellipse(px, y + 1.5, 3.9, 2.5), black, volume=0)
            s.shape(ellipse(px, y, 3.8, 2.4), CHROME, volume=0.6)
            s.shape(ellipse(px, y - 0.2, 3.0, 1.8), colour("#f6f1e4"), volume=0.3)
            s.stroke([(px - 0.7, y - 0.2), (px + 0.7, y - 0.2)], 0.6, black)
    s.shape(limb([(x - 30, 94.6), (x + 30, 94.6)], [1.9, 1.9]), colour("#f6f1e4"), volume=0.7)
    s.shape(limb([(x - 20, 63.6), (x + 20, 63.6)], [0.8, 0.8]), colour("#d8b46a"), volume=0.5)
    for way in (-1, 1):
        s.shape(ellipse(x + way * 56, 98.6, 6, 1.6), black, volume=0.5)
