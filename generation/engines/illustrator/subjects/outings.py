"""Out of doors: a dog that runs, a bamboo raft with its boatman, a house in a mushroom."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.buildings import box

DARK = colour("#2b2430")
CREAM = colour("#fff4e6")
WHITE = (1.0, 1.0, 1.0)
BAMBOO = colour("#b8a45a")
STRAW = colour("#d8b872")


def runningdog(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A dog in full run, ears flying, its tongue out."""
    deep, far, pale = darker(coat, 0.24), darker(coat, 0.34), mix(coat, CREAM, 0.75)

    def leg(text: str, widths: tuple[float, float, float], tone: Array) -> None:
        joints = path(text)
        line = curve(joints)
        s.shape(limb(line, list(np.interp(np.linspace(0, 2, len(line)), range(3), widths))), tone, volume=0.9)
        way = np.sign(joints[-1, 0] - joints[-2, 0])
        s.shape(ellipse(joints[-1, 0] + way * 2, joints[-1, 1] + 1, 5.6, 4), mix(tone, pale, 0.5), volume=0.8)

    for lean in (0.0, 3.0, 6.0):
        s.shape(
            tail([(26, 46), (10, 36 + lean), (-2, 20 + lean * 1.4)], 5.4, 1.6), mix(coat, pale, lean / 8), volume=0.8
        )
    leg("42,62 26,74 10,88", (8.0, 5.0, 3.6), far)
    leg("88,64 106,76 122,82", (7.0, 4.6, 3.6), far)
    trunk = s.shape(blob(path("20,50 30,38 52,36 76,36 98,40 106,54 98,68 80,72 58,66 38,66 24,62"), 8), coat,
                    volume=1.0, bottom=deep)  # fmt: skip
    s.shape(blob(path("100,46 106,58 98,70 84,72 90,58"), 8), pale, volume=0, inside=trunk, soft=2.4)
    leg("34,56 18,70 -2,76", (11.0, 6.0, 3.8), coat)
    leg("94,60 108,70 106,90", (8.6, 5.0, 3.8), coat)
    s.shape(tail(path("92,50 104,42 112,34"), 13, 12), coat, volume=0.8)
    s.shape(limb(curve(path("100,50 110,54 121,48")), [2.4] * 25), colour("#d8383a"), volume=0.7)
    s.shape(ellipse(114, 56, 3, 3), colour("#f2c23c"), volume=0.9)
    s.shape(tail(path("106,12 90,8 76,16 70,26"), 7.6, 4.6), darker(coat, 0.34), volume=0.8)
    s.shape(blob(path("131,36 138,37 141,46 137,52 131,47"), 6), colour("#f08090"), volume=0.7)
    skull = s.shape(ellipse(116, 26, 20, 19), coat, volume=0.9, bottom=mix(coat, deep, 0.4))
    s.shape(blob(path("121,10 127,16 130,28 128,40 120,42 119,26"), 6), pale, volume=0, inside=skull, soft=1.4)
    s.shape(blob(path("122,27 134,25 146,28 149,34 143,39 130,40 121,37"), 8), pale, volume=0.8)
    s.shape(blob(path("141,24 149,25 150,30 145,32 140,29"), 6), DARK, volume=0.8)
    s.shape(limb(curve(path("146,32 143,37.4 134,38.6 126,35.6")), [0.7] * 37), DARK, volume=0, opacity=0.8)
    s.shape(ellipse(122, 21.4, 4.2, 4.9), DARK, volume=0)
    s.shape(ellipse(122.4, 22, 3.3, 4.0), colour("#6a3f24"), volume=0, bottom=colour("#b0703c"))
    s.shape(ellipse(122.4, 21.6, 2.3, 2.8), DARK, volume=0)
    s.shape(ellipse(121, 19.6, 1.4, 1.5), WHITE, volume=0)
    s.shape(limb(curve([(117, 15), (120.4, 12.6), (125, 13.6)]), [0.6] * 25), deep, volume=0, opacity=0.6)
    s.shape(tail(path("108,13 97,16 88,26 86,36"), 8.4, 5.4), deep, volume=0.9)


def raft(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A bamboo raft on which a boatman stands with his pole."""
    skin, hat, robe = colour("#d8a47c"), STRAW, coat
    s.shape(limb([(104, 4), (150, 108)], [1.1, 1.2]), colour("#8a9a4c"), volume=0.8)
    for number in range(6):
        y = 84 + number * 2.5
        line = curve([(4 - number * 1.6, y), (60, y + 1.6), (150, y + 1.6), (196, y - 3), (214 + number * 1.4, y - 13)])
        tone = mix(BAMBOO, darker(BAMBOO, 0.36), (number % 3) * 0.3)
        s.shape(limb(line, [2.6] * len(line)), tone, volume=1.0, bottom=darker(tone, 0.26))
        for joint in range(4 + number % 2 * 3, len(line) - 1, 7):
            px, py = line[joint]
            s.stroke([(px, py - 2.4), (px, py + 2.4)], 0.8, darker(BAMBOO, 0.46), opacity=0.8)
    for x in (28.0, 108.0, 178.0):
        s.shape(limb([(x + 1, 83), (x - 2, 98)], [1.5, 1.5]), darker(STRAW, 0.34), volume=0.7)
    basket = s.shape(blob(path("30,64 52,64 54,74 50,85 32,85 28,74"), 6), colour("#a8743c"), volume=0.9)
    for level in (68, 73, 78):
        s.shape(box(26, level, 30, 0.9), darker(STRAW, 0.4), volume=0, inside=basket, opacity=0.7)
    s.shape(ellipse(41, 64, 11, 2.4), darker(STRAW, 0.5), volume=0)
    for x, lean in ((92.0, -3.0), (104.0, 3.0)):
        s.shape(limb([(98 + lean * 0.6, 62), (x, 84)], [5.4, 3.2]), colour("#4a5068"), volume=0.7)
        s.shape(ellipse(x + 2.4, 85.4, 4.6, 2.2), skin, volume=0.6)
    s.shape(
        blob(path("86,34 98,29 110,34 113,50 112,68 98,71 84,68 85,48"), 8), robe, volume=0.9, bottom=darker(robe, 0.24)
    )
    s.stroke([(84.6, 54), (112.6, 54)], 2.2, darker(robe, 0.4))
    for shoulder, elbow, hand in (((89, 38), (98, 52), (121.6, 44)), ((108, 38), (116, 40), (114.4, 28))):
        line = curve([shoulder, elbow, hand])
        s.shape(limb(line, list(np.linspace(4.8, 3.2, len(line)))), darker(robe, 0.1), volume=0.8)
        s.shape(ellipse(*hand, 3, 3), skin, volume=0.7)
    s.shape(ellipse(99, 22, 8, 9), skin, volume=0.7)
    s.shape(ellipse(103.4, 22, 0.9, 1.2), DARK, volume=0)
    s.shape(limb(curve([(101, 27), (103.4, 27.8), (105.4, 26.6)]), [0.45] * 25), darker(skin, 0.5), volume=0)
    brim = s.shape(
        blob(path("78,20 92,9 99,3 106,9 120,20 110,21 99,18 88,21"), 5), hat, volume=0.8, bottom=darker(hat, 0.2)
    )
    for edge in (82, 90, 99, 108, 116):
        s.shape(limb([(99, 4), (edge, 20)], [0.25, 0.4]), darker(hat, 0.34), volume=0, inside=brim, opacity=0.7)


def mushroomhouse(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A house in a toadstool: door, lit windows, a chimney through the cap."""
    x, wall, wood = s.width / 2, colour("#f6ead2"), colour("#8a5a38")
    s.shape(path("24,30 24,2 35,2 35,34", x - 2), colour("#b8745a"), volume=0.6)
    s.shape(box(x + 20.4, 0, 14.2, 4), darker(colour("#b8745a"), 0.2), volume=0.5)
    stem = blob(path("-24,44 24,44 27,62 33,84 38,98 -38,98 -33,84 -27,62", x), 8)
    trunk = s.shape(stem, wall, volume=0.9, bottom=darker(wall, 0.16))
    s.shape(ellipse(x, 50, 40, 9), darker(wall, 0.5), volume=0, inside=trunk, opacity=0.55, soft=3)
    s.shape(
        blob(path("-56,50 -30,45 30,45 56,50 34,57 0,59 -34,57", x), 8), mix(wall, colour("#e8c0a0"), 0.4), volume=0.4
    )
    for number in range(15):
        at = (number - 7) / 7.5
        s.stroke([(x + at * 30, 47), (x + at * 50, 52.6)], 0.7, darker(wall, 0.3), opacity=0.6)
    dome = blob(path("-62,46 -58,30 -42,14 -20,5 0,3 20,5 42,14 58,30 62,46 56,51 30,47 0,48.6 -30,47 -56,51", x), 8)
    cap = s.shape(dome, coat, volume=1.0, bottom=darker(coat, 0.24))
    for px, py, size in (
        (-38, 30, 8),
        (-14, 16, 7),
        (8, 34, 9.5),
        (30, 19, 7.4),
        (46, 38, 6.4),
        (-20, 39, 4.4),
        (-54, 44, 5),
    ):
        spot = ellipse(x + px, py, size * (1 - abs(px) / 200), size * 0.84, px * 0.5)
        s.shape(spot, colour("#fdf6ea"), volume=0.7, inside=cap)
    s.shape(
        ellipse(x + s.light.side * 26, 16, 16, 5, s.light.side * 24), WHITE, volume=0, inside=cap, opacity=0.34, soft=3
    )
    arch = np.concatenate([ellipse(x, 76, 11.5, 13)[32:], path("11.5,98 -11.5,98", x)])
    s.shape(arch + np.array([0, -0.8], np.float32), darker(wood, 0.4), volume=0.4)
    door = s.shape(np.concatenate([ellipse(x, 77, 9.6, 11)[32:], path("9.6,98 -9.6,98", x)]), wood, volume=0.6)
    for plank in (-4.6, 0.0, 4.6):
        s.shape(limb([(x + plank, 62), (x + plank, 99)], [0.4, 0.4]), darker(wood, 0.4), volume=0, inside=door)
    s.shape(ellipse(x + 6, 84, 1.4, 1.4), colour("#f2c23c"), volume=0.8)
    for px, py in ((-22, 72), (22, 72)):
        s.shape(ellipse(x + px, py, 6.6, 6.8), wood, volume=0.5)
        s.shape(ellipse(x + px, py, 5.2, 5.4), colour("#ffe08a"), volume=0.2, bottom=colour("#f8b84a"))
        s.stroke([(x + px, py - 5.6), (x + px, py + 5.6)], 1.0, wood)
        s.stroke([(x + px - 5.4, py), (x + px + 5.4, py)], 1.0, wood)
    for step, wide in ((97.4, 15.0), (99.4, 19.0)):
        s.shape(ellipse(x, step, wide, 2.2), colour("#a8a098"), volume=0.6)
    for side in (-1, 1):
        for number in range(9):
            root = x + side * (24 + number * 2.6)
            blade = [(root, 100), (root + rng.uniform(-2, 2), 94), (root + rng.uniform(-4, 4), 88 + rng.uniform(-3, 3))]
            s.shape(tail(blade, 1.4, 0.3, 5), mix(colour("#5a9a3c"), colour("#3f7a34"), rng.random()), volume=0.5)
        bloom = x + side * 36, 90.0
        for turn in np.arange(5) * 1.257:
            s.shape(
                ellipse(bloom[0] + np.cos(turn) * 2.6, bloom[1] + np.sin(turn) * 2.6, 2, 2),
                lighter(coat, 0.5),
                volume=0.6,
            )
        s.shape(ellipse(*bloom, 1.6, 1.6), colour("#f2c23c"), volume=0.6)
