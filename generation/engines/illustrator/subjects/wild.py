"""Wild and mighty creatures: a Chinese dragon, tiger, wolf, dolphin."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.sitters import CREAM, DARK, PINK, body, both, eyes, head, muzzle, whiskers

GOLD = colour("#f0bc48")
WHITE = (1.0, 1.0, 1.0)


def _spike(s: Sprite, root: Array, tip: Array, wide: float, tone: Array) -> None:
    """A flame that leans, from its root to its tip."""
    along = tip - root
    across = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-6) * wide
    outline = blob(
        [root - across, root + along * 0.5 + across * 0.3, tip, root + along * 0.35 + across * 1.1, root + across], 4
    )
    s.shape(outline, tone, volume=0.6)


def dragon(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A Chinese dragon that winds through the air, with antlers, whiskers, mane and claws."""
    deep, belly, flame = darker(coat, 0.34), mix(GOLD, CREAM, 0.45), colour("#e8722e")
    spine = curve(path("182,64 176,46 160,34 144,42 136,62 120,82 98,86 82,72 84,50 76,32 60,26 48,34"), 14)
    count = len(spine)
    along = np.gradient(spine, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    back = np.stack([-along[:, 1], along[:, 0]], -1)
    thick = np.interp(np.linspace(0, 1, count), [0, 0.25, 0.6, 0.85, 1], [1.2, 6.4, 10.6, 10.0, 8.6])
    for lean in (-0.7, 0.0, 0.7):
        _spike(s, spine[2], spine[2] + np.array([4 + 8 * lean, 17 - 6 * abs(lean)]), 2.6, flame)
    for at in range(8, count - 6, 6):
        root = spine[at] + back[at] * thick[at] * 0.8
        _spike(s, root, root + back[at] * (3.4 + thick[at] * 0.55) - along[at] * 5, 2.6, flame if at % 12 else GOLD)
    for at, way in ((58, 1.0), (112, 1.0)):
        _claw(s, spine[at] - back[at] * thick[at] * 0.4, way, darker(coat, 0.2))
    trunk = s.shape(limb(spine, list(thick)), coat, volume=0.9)
    under = spine - back * thick[:, None] * 0.62
    s.shape(limb(under, list(thick * 0.4)), belly, volume=0.5, inside=trunk)
    for at in range(6, count, 3):
        ends = [under[at] - back[at] * thick[at] * 0.42, under[at] + back[at] * thick[at] * 0.36]
        s.stroke(ends, 0.55, darker(belly, 0.42), opacity=0.8)
    for at in range(10, count - 4, 4):
        for row, shift in ((0.62, 0), (0.26, 2), (-0.08, 0)):
            spot = spine[min(at + shift, count - 1)] + back[at] * thick[at] * row
            turn = float(np.degrees(np.arctan2(along[at][1], along[at][0])))
            scale = ellipse(spot[0], spot[1], thick[at] * 0.33, thick[at] * 0.27, turn)
            s.shape(scale, lighter(coat, 0.14), volume=0.9, inside=trunk, bottom=coat, opacity=0.9)
    for at in (42, 128):
        _claw(s, spine[at] - back[at] * thick[at] * 0.3, -1.0, coat)
    _dragon_head(s, coat, deep, flame)


def _claw(s: Sprite, root: Array, way: float, tone: Array) -> None:
    """A leg with four talons."""
    x, y = root
    joints = curve([(x, y), (x - 5 * way, y + 9), (x + 3 * way, y + 15), (x - 1 * way, y + 20)])
    s.shape(limb(joints, list(np.linspace(5.4, 2.4, len(joints)))), tone, volume=0.9)
    for reach in (-8, -3, 2.6, 7):
        outline = tail([(x - way, y + 19), (x - way + reach * 0.7, y + 22), (x - way + reach, y + 27)], 1.8, 0.3)
        s.shape(outline, mix(GOLD, CREAM, 0.3), volume=0.7)


def _dragon_head(s: Sprite, coat: Array, deep: Array, flame: Array) -> None:
    hair = (flame, GOLD, lighter(flame, 0.2))
    for number, (px, py) in enumerate(((66, 8), (74, 14), (78, 22), (78, 31), (74, 40), (67, 47), (70, 6), (60, 4))):
        s.shape(
            tail([(52, 28), ((52 + px) / 2 + 2, (28 + py) / 2 - 3), (px, py)], 4.2, 0.4), hair[number % 3], volume=0.8
        )
    for points in (path("50,20 58,8 70,2 80,-5"), path("46,18 50,6 58,-3 60,-10")):
        s.shape(tail(points, 2.5, 0.8), mix(GOLD, CREAM, 0.4), volume=0.9)
    for points in (path("61,6 64,-2 62,-7"), path("53,3 48,-3 48,-7")):
        s.shape(tail(points, 1.5, 0.5), mix(GOLD, CREAM, 0.4), volume=0.9)
    s.shape(blob(path("48,43 40,48 28,50 18,49 15,46 22,44 34,42"), 6), darker(coat, 0.12), volume=0.8)
    s.shape(blob(path("46,42 34,44.5 20,45.5 19,41 34,38"), 6), colour("#8a2434"), volume=0)
    s.shape(tail(path("36,43 28,44 20,45.4 14,43"), 1.7, 0.6), colour("#e8606a"), volume=0.6)
    outline = blob(path("60,26 56,16 44,14 36,20 27,25 16,25 10,29 10,36 17,39 30,38.6 42,42 54,40"), 8)
    s.shape(outline, coat, volume=1.0)
    for x, y in ((15.0, 38.4), (20.0, 38.8), (26.0, 38.4), (32.0, 38.8)):
        s.shape(path("-1.4,0 1.4,0 0,4.4", x, y), colour("#fdf8ec"), volume=0.3)
    for x, y in ((21.0, 46.6), (28.0, 46.4)):
        s.shape(path("-1.2,0 1.2,0 0,-3.4", x, y), colour("#fdf8ec"), volume=0.3)
    s.shape(ellipse(14, 27.6, 5.4, 3.8), lighter(coat, 0.12), volume=1.0)
    s.shape(ellipse(11.4, 28.6, 1.5, 1.1), deep, volume=0)
    s.shape(limb(curve([(18, 35), (28, 34), (40, 37)]), [0.6] * 25), deep, volume=0, opacity=0.7)
    s.shape(ellipse(40, 24.6, 5.6, 5.0), CREAM, volume=0.4)
    s.shape(ellipse(39, 25, 3.4, 3.8), colour("#d8402c"), volume=0.3)
    s.shape(ellipse(38.4, 25, 1.8, 2.6), DARK, volume=0)
    s.shape(ellipse(37.6, 23.4, 0.9, 0.9), WHITE, volume=0)
    s.shape(blob(path("32,21 38,16.4 46,16 51,20 45,20.4 38,21.6"), 6), flame, volume=0.8)
    s.shape(blob(path("50,30 58,24 64,28 58,31 63,36 55,36 56,42 49,37"), 5), GOLD, volume=0.6)
    for number, x in enumerate((24, 30, 36, 42)):
        s.shape(tail([(x, 48), (x + 1, 55), (x + 5 + number, 60)], 2.1, 0.3), hair[number % 3], volume=0.7)
    for points in (path("12,33 2,38 -4,50 2,60 -2,68"), path("16,34 6,44 6,58 14,66 12,74")):
        line = curve(points)
        s.shape(limb(line, list(np.linspace(1.1, 0.3, len(line)))), GOLD, volume=0.4)


def tiger(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A tiger that sits and looks at us."""
    x, pale, black = s.width / 2, CREAM, colour("#33262a")
    s.shape(tail(path("16,93 33,95 43,82 40,66 45,56", x), 5, 4), coat, volume=0.8)
    for px, py in ((43.4, 82), (40.8, 72), (42, 63)):
        s.stroke([(x + px - 4.6, py + 1), (x + px + 4.6, py - 0.6)], 2.8, black)
    s.shape(ellipse(x + 45, 55.6, 4.4, 4.2), black, volume=0.6)
    body(s, coat, pale, wide=1.12)
    for level in (60, 67, 74, 81):
        both(
            s,
            limb(
                curve([(x - 24, level - 1), (x - 19, level + 1.4), (x - 14.6, level + 0.6)]),
                list(np.linspace(1.7, 0.4, 25)),
            ),
            black,
            volume=0,
        )
    for level in (84, 90):
        both(s, limb([(x - 14, level), (x - 8, level + 1)], [1.4, 0.4]), black, volume=0)
    both(s, ellipse(x - 20, 14.4, 8.4, 8.4), coat, volume=0.6)
    both(s, ellipse(x - 20, 14, 5.4, 5.4), black, volume=0.2)
    both(s, ellipse(x - 19.4, 15, 2.8, 2.8), pale, volume=0)
    face = head(s, coat, y=34, across=25.5, down=22, cheek=5)
    both(s, blob(path("-27,36 -20,36 -13,42 -14,52 -24,50 -30,44", x)), pale, volume=0, inside=face, soft=1.4)
    both(s, ellipse(x - 11, 27, 6.4, 4.6), pale, volume=0, inside=face, soft=1.4, opacity=0.9)
    for high, half in ((15.6, 6.5), (19.6, 5.0), (23.6, 3.4)):
        line = curve([(x - half, high + 0.8), (x, high - 0.8), (x + half, high + 0.8)])
        s.shape(limb(line, list(0.3 + 1.1 * np.sin(np.linspace(0.2, np.pi - 0.2, len(line))))), black, volume=0)
    s.stroke([(x, 14.4), (x, 25)], 1.5, black)
    for points in (
        path("-16,16 -11,19 -8,17", x),
        path("-25,26 -20,29 -18,26", x),
        path("-28,34 -22,35 -19,33", x),
        path("-28,42 -22,41 -19,43", x),
    ):
        both(s, limb(curve(points), list(np.linspace(1.7, 0.4, 25))), black, volume=0)
    eyes(s, 33.5, 11, 4.8, colour("#c8a032"))
    muzzle(s, 41, 7.4, PINK, lighter(pale, 0.4))
    whiskers(s, 45, 11, 33)


def wolf(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A wolf that sits, grey with a pale mask and a bushy tail."""
    x, pale, deep = s.width / 2, colour("#f2efec"), darker(coat, 0.34)
    s.shape(tail(path("12,94 30,98 42,88 40,70", x), 6, 8, 14), coat, volume=0.8)
    s.shape(blob(path("33,72 47,75 43,58 37,60", x)), deep, volume=0.7)
    body(s, coat, pale, wide=1.02)
    for px, py in ((0, 53), (-6, 57), (6, 57), (-3, 62), (3, 62), (0, 68), (-9, 63), (9, 63)):
        s.shape(tail([(x + px, py - 2), (x + px * 1.1, py + 3), (x + px * 0.9, py + 7)], 4.2, 0.6), pale, volume=0.25)
    both(s, blob(path("-23,30 -25.4,4 -22,0 -9,12 -10,24", x)), coat, volume=0.6)
    both(s, blob(path("-21,24 -22.4,9 -20.6,6.6 -13,15 -14,23", x)), mix(deep, PINK, 0.3), volume=0.3)
    face = head(s, coat, y=34, across=22.5, down=20.5, cheek=7)
    s.shape(blob(path("-6,12 0,16 6,12 8,24 0,33 -8,24", x)), deep, volume=0, inside=face, soft=2, opacity=0.7)
    both(s, blob(path("-30,42 -22,34 -13,36 -6,46 -10,56 -22,52", x)), pale, volume=0, inside=face, soft=1.4)
    both(s, ellipse(x - 9.4, 26, 4.6, 2.6, -20), pale, volume=0, soft=0.8, opacity=0.9)
    eyes(s, 33, 9.8, 3.7, colour("#e0a83c"), round_=0.95)
    both(
        s,
        limb(curve([(x - 15, 28.4), (x - 9.6, 27.6), (x - 5.4, 31)]), list(np.linspace(0.5, 1.1, 25))),
        DARK,
        volume=0,
        opacity=0.8,
    )
    s.shape(blob(path("-6.4,36 6.4,36 10,47 0,55 -10,47", x)), pale, volume=0.5)
    s.shape(blob(path("-4.4,32 4.4,32 5,42 -5,42", x)), mix(coat, pale, 0.4), volume=0, soft=1.2)
    muzzle(s, 43.4, 6.6, DARK, lighter(pale, 0.2))


def dolphin(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A dolphin that leaps."""
    deep, pale = darker(coat, 0.3), mix(coat, WHITE, 0.82)
    s.shape(blob(path("28,66 20,78 8,88 2,86 8,76 4,66 6,62 16,64"), 6), deep, volume=0.8)
    s.shape(blob(path("62,32 57,22 50,15 53,13 64,17 76,28"), 6), deep, volume=0.8)
    outline = path(
        "128,58 122,53 114,50 108,42 94,32 76,27 56,32 38,46 22,62 20,68 28,70 46,66 66,66 88,68 106,66 118,62"
    )
    trunk = s.shape(blob(outline, 8), coat, volume=1.0, bottom=mix(coat, deep, 0.4))
    outline = blob(path("130,60 114,58 96,60 80,57 60,58 42,64 40,74 80,80 120,72"), 8)
    s.shape(outline, pale, volume=0, inside=trunk, soft=2.4)
    s.shape(ellipse(78, 36, 30, 5, -4), WHITE, volume=0, inside=trunk, opacity=0.34, soft=3)
    s.shape(blob(path("88,62 96,68 92,82 84,92 80,90 82,78 78,66"), 6), deep, volume=0.9)
    line = curve([(127, 58.4), (118, 59), (108, 57.6)])
    s.shape(limb(line, [0.5] * len(line)), darker(deep, 0.3), volume=0)
    s.shape(ellipse(105, 51.4, 2.0, 1.9), DARK, volume=0)
    s.shape(ellipse(105.5, 50.8, 0.6, 0.6), WHITE, volume=0)
