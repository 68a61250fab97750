"""What people gather round and bring along: feast, game, picnic, fire, bouquet, opera mask, yurt, palace on a hill."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, mirrored, path
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.food import GREEN, steam
from generation.engines.illustrator.subjects.sitters import DARK, both

GOLD = colour("#e8b44a")


def _dish(s: Sprite, x: float, y: float, half: float, food: str) -> None:
    s.shape(ellipse(x, y + 1.4, half, half * 0.32), colour("#c8c0bc"), volume=0.3)
    s.shape(ellipse(x, y, half, half * 0.32), colour("#fdfaf4"), volume=0.4)
    s.shape(ellipse(x, y - half * 0.12, half * 0.68, half * 0.24), colour(food), volume=0.9)


def feast(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A round table laid for a feast: fish, dumplings, greens, a steaming pot, cups."""
    x = s.width / 2
    rim = [(x + 118 * np.cos(a), 52 + 26 * np.sin(a)) for a in np.linspace(0, np.pi, 50)]
    folds = [(px * 0.98 + x * 0.02, 98 + 1.6 * np.sin(number * 1.3)) for number, (px, _) in enumerate(rim)]
    s.shape([*rim, *folds[::-1]], coat, volume=0.5, bottom=darker(coat, 0.3))
    for number in range(3, 48, 5):
        s.stroke([(rim[number][0], rim[number][1] + 4), folds[number]], 1.4, darker(coat, 0.2), opacity=0.5)
    s.shape(ellipse(x, 52, 118, 26), lighter(coat, 0.12), volume=0.2)
    s.shape(ellipse(x, 52, 62, 13), colour("#b8825a"), volume=0.3)
    for px, py, half, food in (
        (-80, 48, 17, "#7ab04e"), (80, 48, 17, "#f0c86a"), (-62, 64, 19, "#f6ecd8"), (64, 64, 19, "#d86a3a"),
        (-36, 41, 14, "#c8503c"), (36, 41, 14, "#8ab85a"),
    ):  # fmt: skip
        _dish(s, x + px, py, half, food)
    for px in (-70, -62, -54):
        s.shape(ellipse(x + px, 60, 5.4, 3.6), colour("#fdf4e4"), volume=0.8)
    s.shape(ellipse(x, 68, 34, 8), colour("#fdfaf4"), volume=0.4)
    s.shape(blob(path("-26,67 -12,60 8,60 20,65 32,59 30,73 20,69 6,72 -14,72", x), 6), colour("#d87a3a"), volume=0.9)
    s.shape(ellipse(x - 19, 65.6, 1.1, 1.1), DARK, volume=0)
    s.shape(path("-22,44 22,44 17,56 -17,56", x), colour("#8a5040"), volume=0.8)
    s.shape(ellipse(x, 44, 22, 6), colour("#e8a04a"), volume=0.3)
    steam(s, 38, x - 10, x + 8)
    for px in (-100, -20, 24, 100):
        s.shape(path("-4,-9 4,-9 3,0 -3,0", x + px, 58), colour("#f8f4ee"), volume=0.7)


def chesstable(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A board of go on a low table, a game on it, and a bowl of stones at each side."""
    x, ink = s.width / 2, colour("#5a3c22")
    for px in (-62, 62):
        s.shape(limb([(x + px, 50), (x + px * 1.04, 97)], [5, 4]), darker(coat, 0.2))
    s.shape(path("-58,22 58,22 78,54 -78,54", x), coat, volume=0.2, bottom=lighter(coat, 0.12))
    s.shape(path("-78,54 78,54 78,66 -78,66", x), darker(coat, 0.14), volume=0.3, bottom=darker(coat, 0.3))

    def spot(column: float, row: float) -> tuple[float, float]:
        depth = row / 8
        return x + (column - 4) / 4 * (50 + 19 * depth), 25 + 26 * depth**1.15

    for line in range(9):
        s.stroke([spot(line, 0), spot(line, 8)], 0.5, ink)
        s.stroke([spot(0, line), spot(8, line)], 0.5, ink)
    for point in sorted(rng.choice(81, 30, replace=False).tolist()):
        at = spot(point % 9, point // 9)
        s.shape(
            ellipse(at[0], at[1] - 1, 5 + point / 54, 2.6 + point / 80),
            DARK if rng.random() < 0.5 else (1, 1, 1),
            volume=0.9,
        )
    for way, stone in ((-1, DARK), (1, colour("#f8f6f0"))):
        s.shape(blob(path("-14,0 14,0 12,11 -12,11", x + way * 92, 84), 6), darker(coat, 0.25), volume=0.8)
        s.shape(ellipse(x + way * 92, 84, 13, 4.4), stone, volume=0.5)


def picnic(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A blanket on the grass with a basket, sandwiches, fruit and a bottle."""
    x = s.width / 2
    cloth = path("-96,72 70,66 104,96 -80,99", x)
    area = s.shape(cloth, coat, volume=0.1)
    for number in range(-9, 10):
        s.stroke([(x + number * 11, 60), (x + number * 11 + 14, 104)], 2.6, (1, 1, 1), opacity=0.4)
    s.alpha[:] = np.where(area > 0.02, s.alpha, 0)
    for y in (74, 82, 90):
        s.shape(box(x - 100, y, 210, 2.6), (1, 1, 1), volume=0, inside=area, opacity=0.4)
    wicker = colour("#b88850")
    s.shape(limb(curve(path("-66,56 -44,18 -20,56", x)), [2.0] * 25), darker(wicker, 0.2), volume=0.6)
    s.shape(blob(path("-72,52 -14,52 -20,84 -66,84", x), 4), wicker, volume=0.7, bottom=darker(wicker, 0.25))
    for y in (60, 68, 76):
        s.stroke([(x - 68, y), (x - 18, y)], 1.0, darker(wicker, 0.35), opacity=0.7)
    s.shape(blob(path("-74,50 -40,42 -12,50 -16,56 -70,56", x), 5), colour("#f6efe2"), volume=0.5)
    s.shape(path("-24,38 -18,38 -17,46 -12,54 -12,82 -30,82 -30,54 -25,46", x + 50), colour("#5a8a5c"), volume=0.8)
    _dish(s, x + 62, 84, 24, "#e8c88a")
    for px in (52, 64, 74):
        s.shape(path("-9,0 0,-12 9,0", x + px, 82), colour("#f4dfae"), volume=0.5)
        s.stroke([(x + px - 8, 80), (x + px + 8, 80)], 2, GREEN)
    for px, py, tone in ((-4, 90, "#d83a3a"), (6, 92, "#e8a03c"), (0, 86, "#8fb83c")):
        s.shape(ellipse(x + px, py, 6.2, 5.8), colour(tone), volume=1.0)


def campfire(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """Burning logs in a ring of stones, with sparks above."""
    x, wood = s.width / 2, colour("#6a4430")
    s.shape(ellipse(x, 70, 62, 48), colour("#ffae4a"), volume=0, opacity=0.34, soft=12)
    for number in range(9):
        angle = np.pi + number * np.pi / 8
        s.shape(ellipse(x + 46 * np.cos(angle), 90 - 9 * abs(np.sin(angle)), 7, 5), colour("#7a747c"), volume=0.8)
    for start, end in (((-34, 92), (20, 78)), ((34, 92), (-20, 78)), ((-8, 95), (6, 74))):
        s.stroke([(x + start[0], start[1]), (x + end[0], end[1])], 8, wood, volume=0.8)
    middle, bright = mix(coat, colour("#fbb843"), 0.7), colour("#fff2b4")
    for lean, tall, half, fill in (
        (-18, 42, 12, coat), (17, 48, 12, coat), (0, 74, 18, coat),
        (-10, 36, 9, middle), (10, 38, 9, middle), (0, 54, 12, middle), (0, 30, 7, bright),
    ):  # fmt: skip
        foot, tip = x + lean, x + lean * 1.2 + rng.uniform(-5, 5)
        left = [(foot - half * 0.5, 88), (foot - half, 80), (foot - half * 0.5, 84 - tall * 0.5)]
        right = [(foot + half * 0.7, 84 - tall * 0.42), (foot + half, 80), (foot + half * 0.5, 88)]
        s.shape(blob([*left, (tip, 84 - tall), *right], 7), fill, volume=0.15, soft=0.7)
    for number in range(10):
        angle = number * np.pi / 9
        at = x + 50 * np.cos(angle), 92 + 6 * np.sin(angle)
        s.shape(ellipse(*at, 7.6, 5.6), colour("#8a848c") * rng.uniform(0.8, 1.05), volume=0.9)
    for _ in range(14):
        s.shape(ellipse(x + rng.normal(0, 16), rng.uniform(-4, 40), 0.9, 1.2), colour("#ffd07a"), volume=0)


def _rose(s: Sprite, x: float, y: float, size: float, coat: Array) -> None:
    s.shape(ellipse(x, y, size, size * 0.94), darker(coat, 0.25), volume=0.5)
    for number in range(7):
        angle, reach = number * 2.4, size * (0.62 - 0.06 * number)
        petal = ellipse(
            x + np.cos(angle) * reach * 0.6, y + np.sin(angle) * reach * 0.55, reach, reach * 0.8, number * 50
        )
        s.shape(petal, mix(coat, (1, 1, 1), 0.05 + 0.04 * number), volume=0.8)
    s.shape(ellipse(x, y, size * 0.2, size * 0.16), darker(coat, 0.14), volume=0.4, soft=0.4)


def bouquet(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A dozen roses in paper, tied with a ribbon."""
    x, wrap = s.width / 2, colour("#f2e4d4")
    s.shape(path("-40,38 0,22 40,38 12,92 -12,92", x), darker(wrap, 0.12), volume=0.3)
    for px, py, turn in (
        (-40, 26, 30),
        (40, 26, -30),
        (-28, 8, 60),
        (28, 8, -60),
        (0, 0, 90),
        (-44, 42, 10),
        (44, 42, -10),
    ):
        s.shape(ellipse(x + px, py, 11, 5, turn), GREEN * rng.uniform(0.8, 1.1), volume=0.6)
    heads = (
        *((-14, 8), (14, 8), (-32, 20), (32, 20), (0, 18), (-18, 28), (18, 28)),
        *((-36, 38), (36, 38), (0, 38), (-20, 46), (20, 46)),
    )
    for px, py in heads:
        _rose(s, x + px, py, 12.6, mix(coat, (1, 1, 1), rng.uniform(0, 0.2)))
    for _ in range(16):
        s.shape(ellipse(x + rng.uniform(-32, 32), rng.uniform(12, 46), 1.5, 1.5), (1, 1, 1), volume=0.3)
    s.shape(blob(path("-46,44 -26,54 0,56 12,98 -12,98", x), 4), wrap, volume=0.6, bottom=darker(wrap, 0.16))
    s.shape(
        blob(path("46,44 26,54 -4,58 -10,98 12,98", x), 4), lighter(wrap, 0.3), volume=0.6, bottom=darker(wrap, 0.1)
    )
    ribbon = colour("#d8707a")
    s.shape(box(x - 13, 76, 26, 5), ribbon, volume=0.6)
    both(s, blob([(x, 78), (x - 14, 70), (x - 16, 80)], 5), ribbon, volume=0.7)
    both(s, path("-1,79 -9,96 -4,97", x), darker(ribbon, 0.12), volume=0.3)


def peony(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A bush of peonies: two in full bloom, a bud, broad leaves."""
    x = s.width / 2
    for px, py in ((-20, 38), (22, 56), (6, 22)):
        s.shape(limb(curve([(x + px, py), (x + px * 0.5, 76), (x, 99)]), [1.4] * 25), darker(GREEN, 0.2))
    leaves = ((-34, 70, 30), (36, 78, -30), (-20, 84, 50), (18, 88, -60), (-42, 54, 10), (44, 62, -14), (2, 76, 90))
    for px, py, turn in leaves:
        s.shape(ellipse(x + px, py, 15, 6.4, turn), GREEN * rng.uniform(0.75, 1.0), volume=0.7)
        s.shape(ellipse(x + px, py, 13, 0.5, turn), lighter(GREEN, 0.3), volume=0, opacity=0.7)
    _rose(s, x + 8, 20, 9, darker(coat, 0.1))
    for px, py, size in ((24, 54, 23), (-20, 38, 28)):
        for number in range(11):
            angle = number * 2 * np.pi / 11 + 0.2
            at = x + px + np.cos(angle) * size * 0.72, py + np.sin(angle) * size * 0.66
            s.shape(ellipse(*at, size * 0.38, size * 0.32, number * 33), mix(coat, (1, 1, 1), 0.1), volume=0.8)
        _rose(s, x + px, py, size * 0.74, coat)
        for number in range(9):
            angle = number * 0.7
            s.shape(ellipse(x + px + np.cos(angle) * 3.4, py + np.sin(angle) * 3, 1, 1), GOLD, volume=0.4)


def wreath(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A crown of flowers, as it is worn on the hair."""
    x = s.width / 2
    places = [(x + 100 * np.cos(angle), 88 - 60 * np.sin(angle)) for angle in np.linspace(0.12, np.pi - 0.12, 9)]
    for number, (px, py) in enumerate(places):
        s.shape(ellipse(px, py + 14, 20, 9, number * 40), GREEN * rng.uniform(0.8, 1.1), volume=0.6)
    for number, (px, py) in enumerate(places):
        tone = (coat, colour("#fdf2dc"), mix(coat, colour("#f6c84a"), 0.7))[number % 3]
        _rose(s, px, py, 22 if number % 2 else 17, tone)


def operamask(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A painted face of the Peking opera."""
    x, black, white = s.width / 2, colour("#1e1c22"), colour("#fbf8f2")
    face = s.shape(
        blob(path("0,2 22,6 36,24 38,48 30,76 14,94 0,99 -14,94 -30,76 -38,48 -36,24 -22,6", x), 8), coat, volume=0.8
    )

    def paint(points: Array, tone: Array) -> None:
        s.shape(points, tone, volume=0, inside=face)
        s.shape(mirrored(points, x), tone, volume=0, inside=face)

    paint(blob(path("0,14 -10,8 -26,12 -36,26 -38,46 -30,40 -16,40 -4,50 0,60", x), 6), white)
    paint(blob(path("-4,30 -12,22 -30,16 -40,6 -40,28 -26,30 -14,34", x), 6), black)
    paint(blob(path("-3,42 -14,36 -30,38 -38,50 -26,56 -12,54", x), 6), black)
    paint(blob(path("-9,46 -18,42 -29,46 -19,50", x), 5), white)
    paint(ellipse(x - 18.6, 46, 3.4, 3.2), black)
    paint(blob(path("-2,52 -8,60 -10,70 -4,72 0,70", x), 5), black)
    paint(blob(path("-10,72 -26,66 -34,56 -30,78 -18,88 -8,80", x), 6), white)
    paint(limb(curve(path("-12,78 -24,76 -30,64", x)), [1.6] * 25), black)
    s.shape(blob(path("0,82 -12,79 -16,83 0,90 16,83 12,79", x), 6), colour("#c8202c"), volume=0.3)
    s.shape(blob(path("0,5 6,14 3,30 0,36 -3,30 -6,14", x), 6), colour("#c8202c"), volume=0.2, inside=face)
    s.shape(ellipse(x, 16, 3, 4), GOLD, volume=0.5)
    s.shape(ellipse(x, 64, 5, 9), lighter(coat, 0.25), volume=0.5, inside=face, opacity=0.7)


def yurt(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A felt tent of the steppe with a painted door."""
    x, blue = s.width / 2, colour("#3f6fae")
    s.shape(limb([(x + 6, 2), (x + 6, 18)], [3, 2.4]), colour("#7a7078"))
    s.shape(blob(path("-64,52 -40,28 -12,14 12,14 40,28 64,52 0,58", x), 6), coat, volume=0.7, bottom=darker(coat, 0.1))
    wall = s.shape(path("-62,50 62,50 60,98 -60,98", x), coat, volume=0.8, bottom=darker(coat, 0.2))
    for at in range(-50, 60, 20):
        s.stroke([(x + at * 0.2, 16), (x + at * 1.14, 51)], 0.9, darker(coat, 0.3), opacity=0.6)
    s.shape(box(x - 64, 50, 128, 9), blue, volume=0, inside=wall)
    for at in range(-58, 62, 12):
        s.shape(blob([(x + at - 4, 57), (x + at, 52), (x + at + 4, 57), (x + at, 55)], 4), GOLD, volume=0, inside=wall)
    s.stroke([(x - 61, 78), (x + 61, 78)], 1.4, darker(coat, 0.3), opacity=0.7)
    s.shape(blob(path("-17,15 0,10 17,15 13,20 -13,20", x), 5), blue, volume=0.5)
    s.shape(box(x - 15, 58, 30, 40), colour("#8a3a2c"), volume=0.3)
    s.shape(box(x - 12, 61, 24, 37), colour("#d8843c"), volume=0.4)
    s.stroke([(x, 61), (x, 98)], 1, colour("#8a3a2c"))
    both(s, ellipse(x - 6, 76, 3.6, 5), blue, volume=0.2)


def potala(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A white and red palace that climbs a hill, with golden roofs and long flights of steps."""
    x, white, hill = s.width / 2, colour("#f6efe4"), colour("#9a8468")
    s.shape(blob(path("-110,99 -84,72 -40,58 50,58 90,74 112,99", x), 5), hill, volume=0.6, bottom=darker(hill, 0.25))

    def block(left: float, top: float, wide: float, tone: Array, rows: int, low: float = 84) -> None:
        s.shape(
            path("0.03,0 0.97,0 1,1 0,1", x + left, top, wide=wide, tall=low - top),
            tone,
            volume=0.3,
            bottom=darker(tone, 0.12),
        )
        s.shape(box(x + left, top, wide, 2.6), colour("#7a3028"), volume=0.2)
        for row in range(rows):
            for at in np.arange(left + 4, left + wide - 5, 7):
                s.shape(box(x + at, top + 6 + row * 8, 3.2, 4.4), DARK, volume=0)
                s.stroke([(x + at - 0.4, top + 5.6 + row * 8), (x + at + 3.6, top + 5.6 + row * 8)], 0.9, GOLD)

    block(-88, 52, 50, white, 3)
    block(44, 52, 46, white, 3)
    block(-62, 38, 40, white, 4)
    block(28, 40, 36, white, 4)
    block(-36, 22, 70, coat, 6)
    block(-30, 66, 62, white, 1, 88)
    for px, half in ((-22, 12), (2, 14), (24, 10)):
        s.shape(path("-1,0 -0.5,-8 0.5,-8 1,0", x + px, 22, wide=half, tall=1), GOLD, volume=0.7)
        s.stroke([(x + px, 14), (x + px, 8)], 1.4, GOLD)
    for way in (-1, 1):
        steps = [(x + way * 90, 97), (x + way * 34, 84), (x + way * 64, 76), (x + way * 20, 66)]
        s.shape(limb(steps, [2.8, 2.6, 2.4, 2.2]), lighter(white, 0.3), volume=0.5)
    for px in range(-100, 110, 16):
        s.shape(ellipse(x + px, 97 - 3 * (px % 3), 9, 5.4), colour("#6a8450"), volume=0.8)
