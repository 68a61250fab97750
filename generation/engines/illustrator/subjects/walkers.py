"""Animals seen from the side: horse, deer, fish, whale."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.sitters import CREAM, DARK, PINK


def _leg(s: Sprite, fill: Array, joints: Array, thick: float, hoof: Array) -> None:
    s.shape(tail(joints, thick, thick * 0.42, 8), fill)
    x, y = joints[-1]
    s.shape(blob(path("-0.5,-1 0.45,-1 0.6,4 -0.75,4", x, y, wide=thick), 4), hoof)


def horse(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A horse that stands and looks to the left."""
    mane, deep = darker(coat, 0.42), darker(coat, 0.2)
    s.shape(tail(path("98,46 112,52 114,72 108,88"), 3.5, 4.5), mane)
    _leg(s, deep, path("47,60 45,78 47,96"), 4.6, DARK)
    _leg(s, deep, path("88,58 93,76 88,96"), 5.4, DARK)
    s.shape(blob(path("36,46 52,42 76,43 94,40 103,48 100,61 84,63 60,66 42,64 34,56")), coat)
    s.shape(blob(path("34,60 31,42 26,26 30,14 42,20 53,42 49,62")), coat, volume=0.45)
    s.shape(blob(path("28,12 37,14 35,25 22,33 12,40 6,38 7,32 20,20")), coat)
    s.shape(blob(path("6,31.5 13,33 13,40.4 6,40")), mix(coat, PINK, 0.35), volume=0.4)
    s.shape(blob(path("29,14 30,3 36,13"), 5), coat)
    s.shape(blob(path("33,7 43,10 55,28 62,46 54,48 44,30 35,17")), mane, volume=0.7)
    s.shape(blob(path("30,8 36,9 28,20 24,20")), mane)
    _leg(s, coat, path("42,58 38,78 40,96"), 5, DARK)
    _leg(s, coat, path("95,56 99,76 96,96"), 6.4, DARK)
    s.shape(ellipse(23, 23, 1.7, 2.1), DARK, volume=0)
    s.shape(ellipse(22.4, 22.2, 0.6, 0.6), (1, 1, 1), volume=0)
    s.shape(ellipse(8.6, 34.4, 0.9, 1.2), DARK, volume=0, opacity=0.7)


def deer(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A deer with antlers, or a spotted fawn."""
    pale, deep, fawn = mix(coat, CREAM, 0.7), darker(coat, 0.2), rng.random() < 0.4
    _leg(s, deep, path("38,72 37,84 39,97"), 4, DARK)
    _leg(s, deep, path("70,70 73,82 69,97"), 4.6, DARK)
    s.shape(blob(path("78,52 86,50 84,60")), pale)
    s.shape(blob(path("30,58 44,53 62,54 78,51 83,60 80,71 64,75 44,77 32,71")), coat)
    s.shape(blob(path("36,72 56,72 72,70 58,77 42,78")), pale, volume=0.1, opacity=0.8, soft=1)
    s.shape(blob(path("29,70 26,52 24,38 32,32 39,42 46,58 42,70")), coat, volume=0.4)
    if not fawn:
        _antlers(s)
    s.shape(blob(path("34,31 46,24 48,29 38,37")), coat)
    s.shape(blob(path("22,31 13,24 12,29 19,36")), coat)
    s.shape(blob(path("20,30 29,27 36,33 33,42 25,52 18,53 16,48 18,38")), coat)
    s.shape(ellipse(20.4, 50, 4.4, 3.6, -20), pale, volume=0.3)
    s.shape(ellipse(17.8, 48.6, 2.2, 1.6), DARK)
    s.shape(ellipse(26, 37.6, 2.2, 2.6), DARK, volume=0)
    s.shape(ellipse(25.4, 36.8, 0.8, 0.8), (1, 1, 1), volume=0)
    for _ in range(14 if fawn else 0):
        s.shape(ellipse(rng.uniform(46, 78), rng.uniform(55, 66), 1.4, 1.2), CREAM, volume=0, opacity=0.9)
    _leg(s, coat, path("35,70 33,84 34,97"), 4.4, DARK)
    _leg(s, coat, path("76,68 80,82 77,97"), 5.4, DARK)


def _antlers(s: Sprite) -> None:
    bone = colour("#d8c0a0")
    for way, x in ((-1, 23.0), (1, 32.0)):
        for tine in (
            [(x, 30), (x + way * 8, 20), (x + way * 9, 8), (x + way * 5, 0)],
            [(x + way * 7, 21), (x + way * 15, 15), (x + way * 17, 7)],
            [(x + way * 4, 25), (x + way * 1, 16), (x + way * 1, 12)],
        ):
            s.shape(tail(tine, 1.5, 0.7, 6), bone, volume=0.4)


def fish(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A tropical fish that swims to the left, with bands or plain."""
    x, y, deep, pale = 66, 52, darker(coat, 0.2), lighter(coat, 0.45)
    s.shape(blob(path("104,50 124,24 144,14 138,50 144,88 124,78 104,56")), deep, volume=0.5, bottom=pale)
    s.shape(blob(path("46,24 66,6 96,10 104,34 78,32")), deep, volume=0.5)
    s.shape(blob(path("62,78 76,96 94,92 92,70")), deep, volume=0.5)
    flank = s.shape(
        blob([(10, y), (24, 34), (50, 22), (84, 28), (112, 48), (112, 56), (84, 77), (50, 82), (24, 70)]),
        coat,
        bottom=mix(coat, CREAM, 0.5),
    )
    if rng.random() < 0.65:
        for band in (46, 78, 102):
            s.shape(
                limb(curve([(band, 16), (band - 5, y), (band, 88)]), [5.5] * 25),
                CREAM,
                volume=0,
                inside=flank,
                opacity=0.92,
            )
    for row in range(3):
        for column in range(4):
            cx, cy = x + column * 9 - row % 2 * 4, 42 + row * 9
            s.stroke(curve([(cx + 2, cy - 4), (cx - 2, cy), (cx + 2, cy + 4)]), 0.9, deep, opacity=0.3)
    s.shape(blob(path("56,54 76,60 80,72 62,66")), deep, volume=0.6)
    s.shape(ellipse(27, 46, 6.4, 6.8), (1, 1, 1), volume=0)
    s.shape(ellipse(26, 46, 4.2, 4.8), DARK, volume=0)
    s.shape(ellipse(24.6, 44, 1.5, 1.6), (1, 1, 1), volume=0)
    s.stroke(curve(path("11,57 15,60 20,59")), 1.2, deep)
    s.shape(ellipse(32, 58, 4, 2.4), colour("#f0706a"), volume=0, opacity=0.3, soft=1)


def whale(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A whale with a pale throat."""
    pale = mix(coat, CREAM, 0.75)
    s.shape(blob(path("150,50 166,34 160,10 174,16 180,26 190,14 196,22 184,44 166,62")), coat)
    back = s.shape(
        blob(path("6,58 14,32 46,16 92,20 134,42 168,44 164,58 128,84 80,97 34,90 10,76")),
        coat,
        bottom=darker(coat, 0.1),
    )
    s.shape(blob(path("2,66 40,70 88,78 140,74 100,104 40,102 4,88")), pale, volume=0.2, inside=back, soft=0.6)
    for number in range(5):
        s.stroke(
            curve([(12 + number * 4, 74 + number * 4), (44, 80 + number * 4), (84, 83 + number * 3)]),
            1.0,
            darker(pale, 0.15),
            opacity=0.6,
        )
    s.shape(blob(path("62,76 88,84 98,102 76,98")), darker(coat, 0.15), volume=0.7)
    s.shape(ellipse(36, 62, 3.6, 4.0), DARK, volume=0)
    s.shape(ellipse(35, 60.6, 1.2, 1.2), (1, 1, 1), volume=0)
    s.shape(ellipse(42, 70, 5, 2.8), colour("#f0908a"), volume=0, opacity=0.35, soft=1)
    s.stroke(curve(path("8,66 22,71 34,70")), 1.3, darker(coat, 0.35))
