"""Creatures of tales and far lands: lion, polar bear, unicorn, phoenix, crane, the lion of the Spring Festival."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects import sitters, walkers
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.sitters import CREAM, DARK, PINK, both

GOLD = colour("#efbe4a")


def lion(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A lion with a full mane."""
    x, mane = s.width / 2, darker(mix(coat, colour("#a8541e"), 0.6), 0.1)
    s.shape(tail(path("15,93 34,96 42,82 38,68", x), 3.6, 2.4), coat)
    s.shape(ellipse(x + 38, 64, 5.6, 7), mane)
    sitters.body(s, coat, mix(coat, CREAM, 0.55), wide=1.05)
    for reach, tone in ((1.0, darker(mane, 0.2)), (0.86, mane)):
        tufts = []
        for number in range(26):
            angle, far = number / 26 * 2 * np.pi, (37 if number % 2 else 32) * reach
            tufts.append((x + np.cos(angle) * far, 37 + np.sin(angle) * far * 0.95))
        s.shape(blob(tufts, 5), tone, volume=0.7)
    both(s, ellipse(x - 20, 17, 7, 7), coat)
    both(s, ellipse(x - 20, 18, 4, 4), mix(coat, PINK, 0.5), volume=0.3)
    sitters.head(s, coat, y=36, across=22, down=20, cheek=1)
    sitters.eyes(s, 34, 9, 3.6, colour("#b8742a"))
    both(s, limb([(x - 13, 27), (x - 6, 26.4)], [1.0, 0.8]), darker(coat, 0.4), volume=0)
    sitters.muzzle(s, 43, 8, darker(PINK, 0.35), mix(coat, CREAM, 0.75))


def polarbear(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A white bear."""
    sitters.bear(s, coat, rng)


def unicorn(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A white horse with a golden horn and a mane of several colours."""
    walkers.horse(s, coat, rng)
    s.shape(path("26,15 31,13 18,-9"), GOLD, volume=0.6)
    for number in range(4):
        at = 10 - number * 5.6
        s.stroke([(27.5 - number * 2.3, at + 2), (30 - number * 2.6, at + 0.6)], 0.7, darker(GOLD, 0.3))
    for number, tone in enumerate(("#f29ac0", "#b48ae8", "#7fc4f0", "#f6c86a")):
        line = path("34,9 44,14 52,28 60,46 56,54") + np.array([number * 2.4 - 3, number * 1.2], np.float32)
        s.shape(tail(line, 2.8, 1.2), colour(tone), volume=0.5)
        s.shape(
            tail(path("98,46 112,52 114,72 108,88") + np.array([number * 2 - 3, 0], np.float32), 2.2, 2), colour(tone)
        )


def phoenix(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A phoenix that rises with spread wings, its long tail of fire sweeping to one side."""
    x, ember = s.width / 2, lighter(mix(coat, GOLD, 0.6), 0.1)
    s.shape(ellipse(x, 46, 56, 34), colour("#ffc25a"), volume=0, opacity=0.22, soft=12)
    for number in (0, 6, 1, 5, 2, 4, 3):
        way = (number - 3) / 3
        tip = (x + way * 52, 97 - 20 * abs(way))
        plume = [(x, 54), (x + way * 3, 66), (x + way * 26, 80 - 6 * abs(way)), tip]
        tone = mix(coat, ember, 1 - abs(way))
        s.shape(tail(plume, 2.6, 1.6), tone, volume=0.6)
        turn = -50 * way
        s.shape(ellipse(*tip, 4, 5.6, turn), tone, volume=0.7)
        s.shape(ellipse(*tip, 2, 3, turn), colour("#2a8aa8"), volume=0.4)
        s.shape(ellipse(*tip, 0.9, 1.4, turn), GOLD, volume=0.3)
    for row, (long, thick) in enumerate(((1.0, 5.4), (0.72, 5), (0.46, 4.4))):
        for number in range(9):
            angle = np.radians(-4 + number * 13)
            far = (74 - number * 3.4) * long
            tip = (x - np.cos(angle) * far, 44 - np.sin(angle) * far * 0.72)
            bend = ((x - 4 + tip[0]) / 2 - 3, (44 + tip[1]) / 2 - 9 * long)
            both(
                s,
                tail([(x - 4, 44), bend, tip], thick, 1.6),
                mix(coat, ember, (number / 9 + row * 0.4) % 1),
                volume=0.7,
            )
    s.shape(blob(path("-9,40 -7,30 0,26 7,30 9,40 7,54 0,62 -7,54", x)), coat, volume=0.8, bottom=ember)
    for level in (40, 46, 52):
        for px in (-4, 0, 4):
            s.shape(ellipse(x + px, level, 2.4, 2), mix(coat, ember, 0.6), volume=0.6)
    s.shape(tail(path("0,36 -3,24 2,14", x), 5.4, 4.6), coat)
    s.shape(ellipse(x + 3, 12, 6.4, 6), coat)
    s.shape(blob([(x + 8, 9.6), (x + 17, 13), (x + 15, 16), (x + 8, 15)], 4), GOLD, volume=0.5)
    s.shape(ellipse(x + 5, 11, 1.6, 1.7), DARK, volume=0)
    s.shape(ellipse(x + 4.6, 10.4, 0.6, 0.6), (1, 1, 1), volume=0)
    for lean in (-8, -2, 4):
        crest = [(x + 2, 8), (x + lean - 2, 0), (x + lean - 7, -7)]
        s.shape(tail(crest, 1.0, 1.4, 5), ember)
        s.shape(ellipse(*crest[-1], 2.4, 2.6), GOLD, volume=0.7)


def crane(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A red-crowned crane on one leg."""
    black = colour("#2c2a34")
    s.shape(tail(path("52,64 51,82 52,99"), 1.2, 1.0), black)
    s.shape(tail(path("58,64 66,76 56,82"), 1.2, 0.9), black)
    for number in range(4):
        s.shape(
            tail(path(f"62,54 80,{58 + number * 3} {96 - number * 4},{66 + number * 5}"), 3.6, 1.4), black, volume=0.6
        )
    s.shape(blob(path("34,54 42,44 60,42 78,50 88,60 70,68 50,68 38,64")), coat, bottom=darker(coat, 0.14))
    for number in range(4):
        s.stroke(
            curve([(48 + number * 5, 50 + number), (60 + number * 5, 53 + number), (72 + number * 4, 60)]),
            0.6,
            darker(coat, 0.3),
        )
    s.shape(tail(path("42,54 32,44 34,30 28,16"), 6, 2.6), coat, volume=0.5)
    s.shape(tail(path("36,40 34,30 29,20"), 2.6, 2.4), black)
    s.shape(ellipse(27, 13.6, 5, 4.2), coat)
    s.shape(blob(path("24,11 27,8.6 31,10 30,12 26,12.4"), 5), colour("#d8383a"))
    s.shape(path("23,13 6,18 23,16"), colour("#8a8468"), volume=0.4)
    s.shape(ellipse(25.4, 13.4, 1.0, 1.1), black, volume=0)


def liondance(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """The lion of the Spring Festival: a huge head with fringes, and a dancer's legs under the cloth."""
    x, white = s.width / 2, colour("#fbf4e6")
    s.shape(blob(path("0,44 34,40 52,56 54,86 20,90 0,86", x), 6), coat, volume=0.7)
    for number in range(5):
        scallop = [(x + 14 + number * 8.6, 50 + number * 2), (x + 18 + number * 8.6, 86), (x + 10 + number * 8.6, 86)]
        s.shape(blob(scallop, 5), GOLD if number % 2 else white, volume=0.5)
    for leg in (-16, -4, 28, 42):
        s.shape(limb([(x + leg, 78), (x + leg, 94)], [4.6, 4]), GOLD)
        s.shape(ellipse(x + leg - 1.4, 97, 5.4, 2.8), DARK)
    s.shape(blob(path("-46,34 -38,12 -18,4 2,12 10,34 8,58 -6,74 -18,78 -30,74 -44,58", x)), coat, volume=0.7)
    for angle in np.linspace(0, 2 * np.pi, 22, endpoint=False):
        s.shape(ellipse(x - 18 + np.cos(angle) * 28, 41 + np.sin(angle) * 35, 5, 5), white, volume=0.7)
    s.shape(blob(path("-42,40 -34,18 -18,12 -2,18 6,40 0,62 -18,70 -36,62", x)), coat, volume=0.5)
    for way in (-1, 1):
        cx = x - 18 + way * 11.5
        s.shape(ellipse(cx, 36, 9.4, 9.6), white, volume=0.5)
        s.shape(ellipse(cx, 37, 6, 6.4), colour("#3fae6c"), volume=0.3)
        s.shape(ellipse(cx, 37, 3.8, 4.2), DARK, volume=0)
        s.shape(ellipse(cx - 1.6, 35, 1.5, 1.5), (1, 1, 1), volume=0)
        s.shape(limb(curve([(cx - 10, 27), (cx, 22.4), (cx + 10, 26)]), [2.4] * 25), GOLD)
    s.shape(ellipse(x - 18, 49, 6.4, 5), GOLD, volume=0.8)
    s.shape(blob(path("-36,57 -18,54 0,57 -4,68 -18,72 -32,68", x)), colour("#8c1e22"), volume=0.2)
    for tooth in (-28, -23, -18, -13, -8):
        s.shape(box(x + tooth - 1.7, 56.4, 3.4, 3.6), white, volume=0.2)
    s.shape(ellipse(x - 18, 17, 6, 6), colour("#dfeef6"), volume=0.9)
    s.shape(tail([(x - 18, 8), (x - 18, 0), (x - 15, -8)], 2.6, 1.2), GOLD)
