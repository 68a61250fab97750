"""What carries people: boat, car, train, rocket, balloon, airliner."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, turned
from generation.engines.illustrator.subjects.buildings import box

GLASS = colour("#a8d0e4")
STEEL = colour("#c4c8d0")
RUBBER = colour("#2e2c34")


def boat(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A sailing boat under main sail and jib."""
    wood, cloth = colour("#8a5e40"), colour("#fdf6e8")
    s.stroke([(48, 4), (48, 80)], 1.7, wood, volume=0.5)
    s.shape(blob(path("50.5,8 54,10 70,34 80,68 74,70 50.5,70"), 6), cloth, bottom=mix(cloth, coat, 0.14))
    for level in (30, 46, 60):
        s.stroke(
            curve([(51, level), (60, level + 1), (63 + (level - 30) * 0.45, level + 1)]),
            0.6,
            darker(cloth, 0.2),
            opacity=0.6,
        )
    s.shape(blob(path("46,13 40,34 24,66 18,71 45,71"), 6), mix(cloth, coat, 0.75), bottom=coat)
    s.shape(path("48,3 62,6.4 48,10"), coat, volume=0.2)
    s.shape(blob(path("8,79 30,82 66,82 92,76 84,94 72,99 26,99 14,92"), 6), coat, volume=0.8, bottom=darker(coat, 0.2))
    s.shape(limb(curve(path("8,79 30,82 66,82 92,76")), [1.5] * 37), lighter(coat, 0.6))
    s.stroke(curve(path("13,89 40,91.4 86,87")), 1.5, CREAM_LINE, opacity=0.8)


CREAM_LINE = colour("#fff2dc")


def _wheel(s: Sprite, x: float, y: float, size: float) -> None:
    s.shape(ellipse(x, y, size, size), RUBBER, volume=0.5)
    s.shape(ellipse(x, y, size * 0.66, size * 0.66), STEEL, bottom=colour("#7c8290"))
    for spoke in range(5):
        angle = spoke * 2 * np.pi / 5 + 0.3
        s.stroke(
            [(x, y), (x + np.cos(angle) * size * 0.56, y + np.sin(angle) * size * 0.56)], size * 0.17, colour("#5a606c")
        )
    s.shape(ellipse(x, y, size * 0.16, size * 0.16), lighter(STEEL, 0.4), volume=0.5)


def car(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A low sports car seen from the side, its lamps on."""
    deep = darker(coat, 0.25)
    s.shape(box(24, 76, 176, 12), RUBBER, volume=0)
    s.shape(blob(path("72,42 90,20 122,12 152,18 178,42 126,50"), 8), deep, volume=0.4)
    s.shape(blob(path("80,41 95,23 118,17 118,43"), 6), GLASS, bottom=lighter(GLASS, 0.5), volume=0.2)
    s.shape(blob(path("124,43 124,17 148,22 167,41"), 6), GLASS, bottom=lighter(GLASS, 0.5), volume=0.2)
    hull = blob(path("5,72 8,57 26,48 70,41 120,40 174,40 206,45 219,56 220,76 206,85 112,87 18,85 7,80"), 8)
    shell = s.shape(hull, coat, volume=0.9, bottom=deep)
    s.shape(
        blob(path("20,56 80,47 170,45 212,53 170,51 80,53"), 8),
        lighter(coat, 0.7),
        volume=0,
        inside=shell,
        opacity=0.55,
        soft=0.8,
    )
    s.shape(box(10, 76, 206, 7), RUBBER, volume=0, inside=shell, opacity=0.75)
    for x in (52, 174):
        s.shape(ellipse(x, 79, 24, 24), darker(deep, 0.3), volume=0, inside=shell)
        _wheel(s, x, 80, 20)
    s.stroke([(116, 46), (114, 74)], 0.8, deep)
    s.stroke([(96, 55), (106, 54.6)], 1.8, lighter(coat, 0.5))
    s.shape(blob(path("9,60 16,53 32,51 26,59 12,64"), 6), colour("#fff8dc"), volume=0.3)
    s.shape(ellipse(14, 59, 11, 7), colour("#fff3c0"), volume=0, opacity=0.55, soft=3)
    s.shape(blob(path("206,52 219,57 219,64 208,60"), 5), colour("#ff5a4a"), volume=0.2)
    s.shape(blob(path("188,40 206,30 218,30 216,35 204,43"), 5), deep, volume=0.5)


def train(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A fast train, three carriages long."""
    cream = colour("#f8f4ec")
    for start, long in ((232, 96), (126, 102)):
        s.shape(blob(path("0,20 .04,15 .96,15 1,20 1,84 .96,88 .04,88 0,84", start, wide=long), 4), cream, volume=0.5)
        s.shape(box(start, 62, long, 12), coat, volume=0.2)
        for x in range(start + 7, start + long - 12, 17):
            s.shape(box(x, 32, 12, 17), GLASS, volume=0.2, bottom=lighter(GLASS, 0.5))
    nose = s.shape(blob(path("122,15 122,88 16,88 4,82 4,72 26,50 54,24 78,15"), 8), cream, volume=0.7)
    s.shape(box(0, 62, 124, 12), coat, volume=0.2, inside=nose)
    s.shape(blob(path("34,47 54,28 70,24 66,46 48,52"), 6), colour("#3a4a5c"), volume=0.4)
    for x in (78, 96):
        s.shape(box(x, 32, 12, 17), GLASS, volume=0.2, bottom=lighter(GLASS, 0.5))
    s.shape(ellipse(17, 69, 5, 3), colour("#fff6c8"), volume=0)
    s.shape(box(2, 89, 326, 5), RUBBER, volume=0)
    s.shape(box(-6, 95, 340, 3), colour("#7a7480"), volume=0)


def rocket(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A rocket on its flame."""
    x, red = s.width / 2, colour(str(rng.choice(["#e0504a", "#4a80d0", "#f0903c"])))
    s.shape(blob(path("-10,72 10,72 13,84 0,106 -13,84", x)), colour("#ff9a3c"), volume=0, soft=1.8)
    s.shape(blob(path("-6,72 6,72 7,82 0,95 -7,82", x)), colour("#fff0a8"), volume=0, soft=1)
    for way in (-1, 1):
        s.shape(blob([(x + way * 10, 50), (x + way * 23, 64), (x + way * 25, 82), (x + way * 11, 72)], 6), red)
    s.shape(blob(path("-9,68 9,68 7.4,75 -7.4,75", x), 4), colour("#5a606c"), volume=0.7)
    hull = s.shape(blob(path("0,0 9,14 14,34 13,56 10,70 -10,70 -13,56 -14,34 -9,14", x)), coat, volume=1.0)
    s.shape(blob(path("-20,-4 20,-4 20,17 0,20 -20,17", x), 6), red, volume=0, inside=hull, opacity=0.95)
    s.shape(box(x - 20, 58, 40, 4), red, volume=0, inside=hull, opacity=0.9)
    s.shape(ellipse(x, 34, 7.2, 7.2), colour("#5a606c"), volume=0.8)
    s.shape(ellipse(x, 34, 5.4, 5.4), GLASS, bottom=colour("#3f78a8"))
    s.shape(ellipse(x - 1.8, 32, 1.7, 1.3, -30), (1, 1, 1), volume=0, opacity=0.85)
    s.shape(blob(path("-1.8,52 1.8,52 2.4,80 -2.4,80", x), 5), red)


def balloon(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A hot air balloon with gores in two colours."""
    x, second = s.width / 2, colour(str(rng.choice(["#fdf2dc", "#ffd66a", "#f6f6f2"])))
    for way in (-1, -0.35, 0.35, 1):
        s.stroke([(x + way * 12, 70), (x + way * 6, 87)], 0.6, colour("#6a5444"))
    outline = blob(path("0,0 24,7 36,27 31,48 15,66 8,73 -8,73 -15,66 -31,48 -36,27 -24,7", x))
    dome = s.shape(outline, coat, volume=0)
    for edge in (0.92, 0.52, 0.13):
        strip = outline.copy()
        strip[:, 0] = x + (strip[:, 0] - x) * edge
        s.shape(strip, second, volume=0, inside=dome)
        strip[:, 0] = x + (strip[:, 0] - x) * (edge - 0.2 if edge > 0.3 else 0.0)
        if edge > 0.3:
            s.shape(strip, coat, volume=0, inside=dome)
    outline = blob(path("-40,33 0,40 40,33 40,42 0,50 -40,42", x))
    s.shape(outline, darker(coat, 0.12), volume=0, inside=dome, opacity=0.85)
    away = -s.light.side
    s.shape(ellipse(x + away * 30, 46, 26, 44), darker(coat, 0.5), volume=0, inside=dome, opacity=0.34, soft=9)
    s.shape(ellipse(x - away * 17, 20, 9, 14, -away * 20), (1, 1, 1), volume=0, inside=dome, opacity=0.34, soft=5)
    s.shape(blob(path("-8,72 8,72 5,76 -5,76", x), 4), darker(coat, 0.3), volume=0.3)
    s.shape(blob(path("-7.5,86 7.5,86 6,99 -6,99", x), 4), colour("#a87848"), volume=0.7)
    s.shape(box(x - 8, 85, 16, 2.6), colour("#7a5434"), volume=0.4)
    for level in (90, 94):
        s.stroke([(x - 7, level), (x + 7, level)], 0.6, colour("#7a5434"), opacity=0.7)


def airplane(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """An airliner in flight, seen from its side."""
    white, grey = colour("#f4f6f8"), colour("#c2c9d4")

    def up(points: Array) -> Array:
        return turned(points, -7, (120, 60))

    s.shape(up(blob(path("118,52 96,30 84,22 92,22 122,40 140,52"), 4)), darker(grey, 0.2), volume=0.6)
    s.shape(up(blob(path("30,50 20,42 12,38 18,37 34,44 42,50"), 4)), darker(grey, 0.2), volume=0.6)
    s.shape(up(blob(path("24,50 14,22 12,17 24,18 46,46 50,52"), 4)), coat, volume=0.8, bottom=darker(coat, 0.2))
    trunk = up(blob(path("8,54 20,48 60,44.6 170,44 200,47 216,54 221,60 214,66 192,70 90,70 40,64 14,58"), 8))
    hull = s.shape(trunk, white, volume=1.0, bottom=darker(grey, 0.05))
    s.shape(up(path("0,58 230,58 230,61 0,61")), coat, volume=0, inside=hull)
    s.shape(up(path("0,62 230,62 230,63 0,63")), lighter(coat, 0.4), volume=0, inside=hull)
    for x in np.arange(46, 190, 6.4):
        s.shape(up(ellipse(x, 53.4, 1.5, 2.0)), colour("#3c5878"), volume=0.2)
    for x in (40.0, 116.0, 194.0):
        door = up(path("-2.4,48 2.4,48 2.4,58 -2.4,58", x))
        s.shape(limb(np.concatenate([door, door[:1]]), [0.25] * 5), darker(grey, 0.3), volume=0)
    s.shape(up(blob(path("203,50 211,53 213,56 203,55.4"), 4)), colour("#2c4058"), volume=0.2, inside=hull)
    s.shape(up(ellipse(160, 47, 44, 1.5)), (1, 1, 1), volume=0, inside=hull, opacity=0.9, soft=0.8)
    outline = up(blob(path("126,62 142,62 118,88 96,96 86,97 92,90 106,76"), 5))
    s.shape(outline, grey, volume=0.7, bottom=darker(grey, 0.2))
    for x, y, size in ((122.0, 79.0, 1.0), (104.0, 88.0, 0.8)):
        outline = up(limb([(x - 12 * size, y), (x + 11 * size, y)], [4.4 * size, 5.6 * size]))
        s.shape(outline, white, volume=1.0, bottom=grey)
        s.shape(up(ellipse(x + 14 * size, y, 2.4 * size, 5.6 * size)), coat, volume=0.6)
        s.shape(up(ellipse(x + 14.6 * size, y, 1.5 * size, 4.2 * size)), darker(grey, 0.5), volume=0)
    s.shape(up(blob(path("36,56 50,57 28,66 16,69 12,68 22,62"), 4)), grey, volume=0.7)
    s.shape(up(path("16,24 26,24 33,33 19,33")), lighter(coat, 0.45), volume=0, opacity=0.9)
