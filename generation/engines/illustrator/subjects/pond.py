"""Small animals of woods and waters: a frog, a parrot, a squirrel."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.sitters import both

DARK = colour("#22201f")
GOLD = colour("#f0bc3c")
WHITE = (1.0, 1.0, 1.0)


def frog(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A frog that sits and smiles, its eyes on top of its head."""
    x, deep, belly = s.width / 2, darker(coat, 0.26), mix(coat, colour("#f8f4c8"), 0.78)
    both(s, blob(path("-18,70 -34,58 -54,62 -62,80 -56,94 -36,97 -22,90", x), 8), deep, volume=1.0)
    for toe in (-14.0, -5.0, 5.0):
        both(s, tail([(x - 46, 93), (x - 52 + toe * 0.7, 97), (x - 55 + toe * 1.3, 98)], 3.0, 2.2), coat, volume=0.8)
    both(s, blob(path("-30,66 -44,60 -56,68 -58,82 -46,91 -32,88", x), 8), coat, volume=1.0, bottom=deep)
    trunk = s.shape(blob(path("-26,46 0,40 26,46 34,66 30,88 16,97 -16,97 -30,88 -34,66", x), 8), coat, volume=0.9)
    s.shape(
        blob(path("-18,56 0,52 18,56 24,74 18,92 0,96 -18,92 -24,74", x), 8), belly, volume=0.5, inside=trunk, soft=1.4
    )
    for way in (-1, 1):
        arm = curve([(x + way * 27, 60), (x + way * 31, 76), (x + way * 22, 92)])
        s.shape(limb(arm, list(np.linspace(7.0, 4.6, len(arm)))), coat, volume=0.9, bottom=deep)
        for toe in (-8.0, -1.6, 5.0):
            ends = [(x + way * 22, 92), (x + way * (21 + toe * 0.7), 96), (x + way * (21 + toe * 1.3), 97.6)]
            s.shape(tail(ends, 2.4, 1.5), coat, volume=0.7)
            s.shape(ellipse(*ends[-1], 2.5, 1.9), lighter(coat, 0.14), volume=0.7)
    s.shape(ellipse(x, 57, 30, 5), darker(coat, 0.5), volume=0, opacity=0.45, soft=2.4)
    both(s, ellipse(x - 22, 18, 14.5, 15), coat, volume=0.9)
    skull = s.shape(
        blob(path("-20,14 0,18 20,14 40,26 45,40 36,54 16,60 -16,60 -36,54 -45,40 -40,26", x), 8), coat, volume=0.9
    )
    s.shape(blob(path("-44,44 0,47 44,44 36,64 -36,64", x), 6), belly, volume=0, inside=skull, soft=1.6)
    for _ in range(14):
        spot = x + rng.uniform(-30, 30), rng.uniform(20, 32)
        s.shape(ellipse(*spot, rng.uniform(1, 2.6), rng.uniform(0.8, 1.8)), deep, volume=0.3, inside=skull, opacity=0.5)
    for way in (-1, 1):
        cx = x + way * 22
        s.shape(ellipse(cx, 16.6, 11.4, 11.8), lighter(GOLD, 0.1), volume=0.7, bottom=colour("#d8862c"))
        s.shape(ellipse(cx + way * -0.8, 17.4, 7.2, 7.8), DARK, volume=0)
        s.shape(ellipse(cx - 3.4, 13.4, 2.8, 3.0), WHITE, volume=0)
        s.shape(ellipse(cx + 2.2, 21, 1.3, 1.3), WHITE, volume=0, opacity=0.8)
        lid = curve([(cx - 11.6, 14.6), (cx - 6, 6), (cx + 5, 5), (cx + 11.6, 13)])
        s.shape(limb(lid, list(0.6 + 1.3 * np.sin(np.linspace(0, np.pi, len(lid))))), deep, volume=0.4)
    smile = curve([(x - 37, 39), (x - 26, 46.4), (x, 49.4), (x + 26, 46.4), (x + 37, 39)])
    s.shape(limb(smile, list(0.5 + 0.5 * np.sin(np.linspace(0, np.pi, len(smile))))), darker(coat, 0.5), volume=0)
    both(s, ellipse(x - 3.6, 33, 1.0, 0.8), darker(coat, 0.5), volume=0)
    both(s, ellipse(x - 33, 44, 5, 3), colour("#f0807a"), volume=0, opacity=0.4, soft=1.4)


def parrot(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A macaw on a bough, with a long tail."""
    yellow, blue, bough = colour("#f6c22e"), colour("#2f6ad0"), colour("#7a5a44")
    for number, tone in enumerate((blue, darker(coat, 0.24), coat)):
        feather = [(58 - number * 2, 62), (68 - number * 4, 80), (76 - number * 7, 98 - number * 2)]
        s.shape(tail(feather, 5.4, 1.6), tone, volume=0.7)
    perch = curve(path("99,100 98,90 86,81 56,80 24,78 -4,82"))
    s.shape(limb(perch, list(np.linspace(5.4, 3.0, len(perch)))), bough, volume=0.9, bottom=darker(bough, 0.3))
    s.shape(blob(path("88,74 98,62 110,60 102,72"), 6), colour("#5a9a3c"), volume=0.6)
    s.shape(blob(path("84,76 98,80 108,90 94,86"), 6), colour("#4a8a3c"), volume=0.6)
    body = s.shape(blob(path("22,24 30,10 46,6 58,16 62,32 66,52 62,68 50,78 38,76 28,64 22,46"), 8), coat, volume=1.0,
                   bottom=darker(coat, 0.2))  # fmt: skip
    for row in range(5):
        for number in range(4):
            at = 27 + number * 6 + row % 2 * 3, 44 + row * 6.2
            scallop = curve([(at[0] - 3, at[1]), (at[0], at[1] + 2.4), (at[0] + 3, at[1])])
            s.shape(limb(scallop, [0.45] * len(scallop)), darker(coat, 0.3), volume=0, inside=body, opacity=0.6)
    wing = blob(path("44,30 56,28 66,40 72,60 70,80 64,84 54,70 46,52"), 8)
    s.shape(wing, coat, volume=0.9)
    for row, (tone, high) in enumerate(((blue, 54), (yellow, 44), (coat, 36))):
        for number in range(5):
            root = np.array([50 + number * 3.2, high - number * 0.6])
            tip = root + np.array([9 - row * 2 + number * 0.6, 27 - row * 7 - abs(number - 2) * 1.6])
            plume = [root, (root + tip) / 2 + np.array([2.4, -1]), tip]
            s.shape(tail(plume, 3.6, 2.0), mix(tone, darker(tone, 0.3), number % 2 * 0.5), volume=0.8)
    cheek = s.shape(blob(path("25,22 34,17 42,22 42,32 34,37 26,33"), 8), colour("#fbf4ec"), volume=0.5)
    for level in (27.4, 30.0, 32.6):
        s.stroke([(33, level), (40, level + 0.6)], 0.5, coat, opacity=0.7)
    beak = blob(path("28,20 20,18 12,24 10,34 14,42 17,34 22,33 28,33"), 8)
    s.shape(blob(path("17,33 26,33 24,40 18,41"), 6), DARK, volume=0.6)
    s.shape(beak, colour("#f2e6cc"), volume=1.0, bottom=colour("#8a7a68"))
    s.shape(ellipse(34, 24, 3.7, 3.7), lighter(GOLD, 0.4), volume=0.4, inside=cheek)
    s.shape(ellipse(34, 24, 2.3, 2.4), DARK, volume=0)
    s.shape(ellipse(33.2, 23.1, 0.8, 0.8), WHITE, volume=0)
    for foot in (40.0, 50.0):
        for toe in (-2.4, 0.4, 3.0):
            s.shape(
                tail([(foot, 74), (foot + toe, 79), (foot + toe * 1.2, 84)], 1.6, 1.1), colour("#4a444a"), volume=0.6
            )


def squirrel(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A red squirrel that sits up with an acorn in its paws, its tail along its back."""
    deep, pale, nut = darker(coat, 0.26), colour("#fbf0e0"), colour("#b8743c")
    plume = curve(path("56,92 82,90 95,70 87,48 84,28 94,12 107,14"), 14)
    along = np.linspace(0, 1, len(plume))
    thick = np.interp(along, [0, 0.2, 0.5, 0.75, 0.92, 1], [6, 11, 14, 12, 7.5, 4])
    s.shape(limb(plume, list(thick)), coat, volume=1.0, bottom=deep)
    trunk = s.shape(
        blob(path("30,46 44,40 58,50 68,68 70,86 62,96 38,97 28,88 26,66"), 8), coat, volume=1.0, bottom=deep
    )
    s.shape(blob(path("28,50 38,48 44,62 44,82 36,94 27,88 23,66"), 8), pale, volume=0.3, inside=trunk, soft=1.6)
    s.shape(ellipse(58, 82, 15, 14.6), coat, volume=1.0, bottom=deep)
    s.shape(blob(path("34,93 54,92 58,97 54,99.6 34,99.6 30,97"), 6), mix(coat, deep, 0.4), volume=0.8)
    s.shape(ellipse(24, 62, 6.6, 6.2), nut, volume=1.0, bottom=darker(nut, 0.3))
    s.shape(blob(path("16,60 17,55 24,52.6 31,55 32,60 24,58.4"), 6), darker(nut, 0.4), volume=0.7)
    s.stroke([(24, 53), (23, 49.6)], 1.2, darker(nut, 0.4))
    for points in (path("42,56 38,66 29,67"), path("38,54 32,62 26,66")):
        line = curve(points)
        s.shape(limb(line, list(np.linspace(5.0, 2.8, len(line)))), coat, volume=0.9, bottom=deep)
    for x, tip in ((45.0, (49.0, -5.0)), (34.0, (33.0, -6.0))):
        s.shape(blob([(x - 5, 18), (x - 3, 6), tip, (x + 5, 7), (x + 6, 18)], 6), coat, volume=0.7)
        s.shape(blob([(x - 2.4, 16), (x - 1, 8), (tip[0] - 0.4, 1), (x + 3, 9), (x + 3, 16)], 6), deep, volume=0.3)
        for tuft in (-1.6, 0.4, 2.2):
            s.shape(tail([(tip[0], 0), (tip[0] + tuft, -5), (tip[0] + tuft * 2, -9)], 1.2, 0.3), deep, volume=0.3)
    skull = s.shape(blob(path("16,32 22,20 36,13 50,17 58,29 56,42 46,50 32,50 20,44"), 8), coat, volume=1.0)
    s.shape(blob(path("12,36 22,34 34,40 44,46 34,53 20,48"), 8), pale, volume=0, inside=skull, soft=1.4)
    s.shape(ellipse(15.8, 35.4, 2.8, 2.2), colour("#4a2c2a"), volume=0.7)
    smile = curve([(17, 38.6), (20, 41.4), (25, 41)])
    s.shape(limb(smile, [0.5] * len(smile)), deep, volume=0)
    s.shape(ellipse(34, 30, 6.0, 6.6), pale, volume=0, opacity=0.7, soft=0.8)
    s.shape(ellipse(33.6, 30, 4.6, 5.3), DARK, volume=0)
    s.shape(ellipse(32.2, 28, 1.6, 1.8), WHITE, volume=0)
    s.shape(ellipse(35.4, 32.6, 0.8, 0.8), WHITE, volume=0, opacity=0.8)
    s.shape(ellipse(41, 40, 4.4, 2.6), colour("#f0807a"), volume=0, opacity=0.4, soft=1.4)
