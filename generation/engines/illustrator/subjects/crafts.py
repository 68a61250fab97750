"""Things of fine make, and furniture: porcelain, steamer, perfume, piano, chest, rowboat, sofa, lamp, hearth, tent."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.sitters import DARK

GOLD = colour("#efbe4a")


def vase(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A vase of blue and white porcelain."""
    x, blue = s.width / 2, colour("#2b56a8")
    outline = path("-7,4 7,4 6,14 9,22 22,36 26,54 20,76 12,90 12,98 -12,98 -12,90 -20,76 -26,54 -22,36 -9,22 -6,14", x)
    pot = s.shape(blob(outline, 6), coat, volume=0.8, bottom=darker(coat, 0.08))
    for y, half, thick in (
        (4, 8, 1.2),
        (18, 8, 0.8),
        (26, 15, 1.2),
        (30, 18, 0.7),
        (80, 20, 1.2),
        (84, 18, 0.7),
        (94, 14, 1.6),
    ):
        s.shape(
            limb(curve([(x - half, y), (x, y + half * 0.14), (x + half, y)]), [thick] * 25), blue, volume=0, inside=pot
        )
    for number in range(9):
        at = x - 28 + number * 7
        s.shape(
            blob([(at, 90), (at + 3.5, 86), (at + 7, 90), (at + 3.5, 79)], 4), blue, volume=0, inside=pot, opacity=0.85
        )
    vine = curve(path("-26,66 -14,58 -4,66 8,56 18,62 28,52", x))
    s.shape(limb(vine, [0.7] * len(vine)), blue, volume=0, inside=pot)
    for px, py, size in ((-12, 50, 6.6), (10, 44, 5), (4, 66, 5.4), (22, 66, 4)):
        for petal in range(6):
            angle = petal * np.pi / 3
            leaf = ellipse(
                x + px + np.cos(angle) * size * 0.6, py + np.sin(angle) * size * 0.6, size * 0.46, size * 0.36
            )
            s.shape(leaf, mix(blue, (1, 1, 1), 0.14), volume=0, inside=pot, opacity=0.9)
        s.shape(ellipse(x + px, py, size * 0.26, size * 0.26), coat, volume=0, inside=pot)
    for px, py, turn in ((-20, 61, -30), (-7, 60, 30), (13, 54, -40), (-2, 72, 20), (18, 56, 40)):
        s.shape(ellipse(x + px, py, 3.6, 1.3, turn), blue, volume=0, inside=pot, opacity=0.85)
    s.shape(limb(path("-15,40 -18,52 -15,68", x), [1.0, 1.8, 0.6]), (1, 1, 1), volume=0, opacity=0.7, soft=0.8)


def steamer(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """Filled buns in a steamer of bamboo, with steam above."""
    x, wood = s.width / 2, coat
    for way, tall in ((-16, 22), (2, 30), (18, 20)):
        steam = curve([(x + way, 44), (x + way + 6, 34), (x + way - 5, 24), (x + way + 3, 46 - tall * 1.4)])
        s.shape(limb(steam, list(np.linspace(2.6, 0.6, len(steam)))), (1, 1, 1), volume=0, opacity=0.45, soft=1.6)
    s.shape(ellipse(x, 60, 58, 14), darker(wood, 0.24), volume=0.2)
    s.shape(ellipse(x, 61, 52, 11), colour("#f4ecd4"), volume=0.1)
    for px, py in ((-30, 55), (0, 52), (30, 55), (-16, 62), (16, 62)):
        bun = blob(
            [
                (x + px - 15, py + 2),
                (x + px - 9, py - 9),
                (x + px, py - 13),
                (x + px + 9, py - 9),
                (x + px + 15, py + 2),
                (x + px, py + 6),
            ]
        )
        s.shape(bun, colour("#fbf2e2"), volume=0.7, bottom=colour("#e6d4b6"))
        for fold in (-6, -3, 0, 3, 6):
            s.stroke(
                curve([(x + px, py - 12), (x + px + fold * 0.8, py - 7), (x + px + fold * 1.4, py - 2)]),
                0.6,
                colour("#cbb48c"),
            )
        s.shape(ellipse(x + px, py - 12, 2, 1.5), colour("#f0e2c4"), volume=0.6)
    ring = [(x + 58 * np.cos(a), 60 + 14 * np.sin(a)) for a in np.linspace(0, np.pi, 30)]
    low = [(px, py + 24) for px, py in ring[::-1]]
    s.shape([*ring, *low], wood, volume=0.5, bottom=darker(wood, 0.2))
    for level in (2, 12, 22):
        line = [(px, py + level) for px, py in ring]
        s.shape(limb(line, [1.3] * 30), darker(wood, 0.28), volume=0.5)


def perfume(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A faceted flacon of perfume, half full, with a golden cap."""
    x, glass = s.width / 2, mix(coat, (1, 1, 1), 0.55)
    s.shape(
        path("-24,38 24,38 27,42 27,95 23,99 -23,99 -27,95 -27,42", x), glass, volume=0.5, bottom=mix(glass, coat, 0.3)
    )
    s.shape(path("-21,56 21,56 21,93 -21,93", x), coat, volume=0.35, bottom=darker(coat, 0.12))
    s.shape(path("-21,56 21,56 18,58.4 -18,58.4", x), lighter(coat, 0.5), volume=0)
    s.shape(path("-21,44 -15,44 -15,93 -21,93", x), (1, 1, 1), volume=0, opacity=0.42, soft=0.4)
    s.shape(path("15,44 17,44 17,93 15,93", x), (1, 1, 1), volume=0, opacity=0.35, soft=0.4)
    s.shape(box(x - 9, 31, 18, 7.6), GOLD, volume=0.6, bottom=darker(GOLD, 0.2))
    for line in (33, 35.4):
        s.stroke([(x - 9, line), (x + 9, line)], 0.6, darker(GOLD, 0.3))
    s.shape(path("-12,6 12,6 13,9 13,29 -13,29 -13,9", x), lighter(GOLD, 0.15), volume=0.6, bottom=darker(GOLD, 0.2))
    s.shape(path("-9,9 -5.6,9 -5.6,27 -9,27", x), (1, 1, 1), volume=0, opacity=0.6, soft=0.6)
    s.shape(box(x - 11, 66, 22, 14), colour("#fdf8ee"), volume=0.1)
    s.stroke([(x - 6, 71), (x + 6, 71)], 1.2, darker(coat, 0.4))
    s.stroke([(x - 4, 75), (x + 4, 75)], 0.7, darker(coat, 0.3))


def piano(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A grand piano with its lid open."""
    shine = lighter(coat, 0.22)
    for at in (26, 92, 128):
        s.shape(limb([(at, 62), (at, 97)], [3, 2.2]), coat)
        s.shape(ellipse(at, 98, 3, 1.8), GOLD)
    s.shape(blob(path("18,44 60,6 112,0 140,20 134,48"), 5), shine, volume=0.5, bottom=coat)
    s.shape(path("20,46 136,44 138,50 20,52"), darker(GOLD, 0.2), volume=0.2)
    s.stroke([(104, 46), (112, 12)], 1.2, coat)
    s.shape(blob(path("12,52 60,48 138,48 146,56 140,68 14,70 8,62"), 5), coat, volume=0.6, bottom=darker(coat, 0.3))
    s.shape(path("6,56 62,56 58,62 2,62"), colour("#f8f4ec"), volume=0.1)
    for key in range(14):
        s.stroke([(8 + key * 3.9, 56), (4.4 + key * 3.9, 62)], 0.35, colour("#8a8478"))
        if key % 7 not in (2, 6):
            s.stroke([(10.4 + key * 3.9, 56), (8.4 + key * 3.9, 59.6)], 1.5, DARK)
    s.shape(path("2,62 58,62 58,68 2,68"), coat, volume=0.4)
    s.shape(path("28,38 56,34 58,50 30,52"), shine, volume=0.2)
    s.shape(path("31,39 53,36 54.4,47 33,49"), colour("#f8f2e4"), volume=0.1)


def chest(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """An open chest full of gold."""
    s.shape(ellipse(60, 46, 52, 30), colour("#ffd86a"), volume=0, opacity=0.35, soft=8)
    s.shape(blob(path("12,48 16,16 60,6 104,16 108,48"), 5), darker(coat, 0.3), volume=0.5)
    s.shape(blob(path("20,48 24,24 60,16 96,24 100,48"), 5), darker(coat, 0.55), volume=0.2)
    for number in range(26):
        px, py = 22 + (number * 37 % 78), 46 - (number * 13 % 17) * (1 - abs((number * 37 % 78) - 39) / 52)
        s.shape(
            ellipse(px, py + 4, 5.4, 3.6, number * 31 % 60 - 30),
            mix(GOLD, (1, 1, 1), 0.1 + 0.25 * (number % 3 == 0)),
            volume=0.8,
        )
    for px, tone in ((36, "#e0484e"), (64, "#4ab0d8"), (86, "#58b868")):
        s.shape(path("0,-6 5,-1 0,6 -5,-1", px, 40), colour(tone), volume=0.6)
    s.shape(path("10,52 110,52 106,98 14,98"), coat, volume=0.4, bottom=darker(coat, 0.25))
    for y in (66, 82):
        s.stroke([(12, y), (108, y)], 0.9, darker(coat, 0.4))
    for left in (10, 56, 100):
        s.shape(box(left, 50, 9, 48), GOLD, volume=0.5, bottom=darker(GOLD, 0.25))
    s.shape(path("8,50 112,50 112,57 8,57"), GOLD, volume=0.5)
    s.shape(blob(path("52,54 70,54 70,68 61,74 52,68"), 3), lighter(GOLD, 0.2), volume=0.6)
    s.shape(ellipse(61, 62, 2, 2.6), DARK, volume=0)


def rowboat(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A wooden boat with a canopy and an oar."""
    s.shape(tail(path("150,20 168,60 182,104"), 1.8, 1.6), lighter(coat, 0.3))
    s.shape(
        blob(path("0,58 14,66 60,72 130,72 176,64 190,54 178,80 150,98 44,98 14,82"), 6),
        coat,
        volume=0.6,
        bottom=darker(coat, 0.3),
    )
    s.shape(
        blob(path("0,58 14,63 60,68 130,68 176,62 190,54 176,70 130,76 60,76 14,70"), 6),
        lighter(coat, 0.25),
        volume=0.4,
    )
    s.shape(blob(path("52,70 54,34 70,24 112,24 128,34 130,70"), 4), darker(coat, 0.35), volume=0.2)
    canopy = s.shape(
        blob(path("46,70 48,34 66,20 114,20 132,34 134,70 124,70 120,40 106,34 74,34 60,40 56,70"), 4),
        colour("#b89a68"),
        volume=0.6,
    )
    for number in range(8):
        s.shape(box(50 + number * 11, 14, 1.2, 60), colour("#8a6f44"), volume=0, inside=canopy)
    s.shape(ellipse(148, 52, 5, 6), colour("#d8443a"), volume=0.6)
    s.shape(ellipse(148, 53, 2.4, 3.4), colour("#ffc46a"), volume=0)


def sofa(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A sofa with two cushions and a throw."""
    for at in (26, 164):
        s.shape(path("-3,90 3,90 2,99 -2,99", at), colour("#6a4a34"), volume=0.5)
    s.shape(blob(path("18,60 20,22 32,12 95,9 158,12 170,22 172,60"), 5), coat, volume=0.5, bottom=darker(coat, 0.14))
    s.stroke([(95, 12), (95, 56)], 1, darker(coat, 0.3))
    s.shape(
        blob(path("16,58 95,55 174,58 174,90 95,92 16,90"), 4), darker(coat, 0.1), volume=0.4, bottom=darker(coat, 0.25)
    )
    for left in (26, 96):
        s.shape(
            blob([(left, 56), (left + 34, 53), (left + 68, 56), (left + 69, 66), (left + 34, 69), (left - 1, 66)], 5),
            lighter(coat, 0.14),
            volume=0.6,
        )
    for left in (4, 160):
        s.shape(
            blob(path("0,44 4,36 14,34 24,36 27,44 26,90 14,92 2,90", left), 4),
            lighter(coat, 0.06),
            volume=0.6,
            bottom=darker(coat, 0.16),
        )
    for at, tone in ((46, "#f0c45a"), (142, "#f4ece0")):
        s.shape(
            blob(np.asarray(path("-16,-15 0,-13 16,-15 14,0 16,15 0,13 -16,15 -14,0", at, 42)), 5),
            colour(tone),
            volume=0.7,
        )


def lamp(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A lamp on a tall foot, lit."""
    x = s.width / 2
    s.shape(ellipse(x, 26, 40, 34), colour("#ffd88a"), volume=0, opacity=0.3, soft=7)
    s.stroke([(x, 30), (x, 96)], 1.6, colour("#8a6a4a"), volume=0.6)
    s.shape(ellipse(x, 97, 11, 3), colour("#7a5a3e"), volume=0.6)
    s.shape(path("-11,8 11,8 19,34 -19,34", x), coat, volume=0.4, bottom=colour("#ffd078"))
    s.stroke([(x - 18.6, 34), (x + 18.6, 34)], 1.2, darker(coat, 0.2))


def fireplace(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A hearth of brick with a fire and a mantelpiece."""
    s.shape(box(6, 14, 106, 86), coat, volume=0.2, bottom=darker(coat, 0.15))
    for row in range(12):
        for column in range(9):
            left = 7 + column * 12 - (row % 2) * 6
            brick = box(max(left, 6.5), 15 + row * 7, min(11, 111 - left), 6)
            s.shape(brick, coat * rng.uniform(0.82, 1.06), volume=0.2)
    s.shape(blob(path("28,100 28,56 40,44 59,40 78,44 90,56 90,100"), 3), colour("#2a1c1a"), volume=0)
    s.shape(ellipse(59, 84, 30, 22), colour("#ff9a3c"), volume=0, opacity=0.55, soft=5)
    for lean, tall, tone in (
        (-14, 22, "#f2622c"),
        (12, 26, "#f2622c"),
        (0, 36, "#f68a34"),
        (-6, 22, "#fcc04a"),
        (7, 18, "#fcc04a"),
        (0, 13, "#fff0b0"),
    ):
        s.shape(
            blob(
                [
                    (59 + lean - 7, 94),
                    (59 + lean - 4, 94 - tall * 0.6),
                    (59 + lean + 1, 94 - tall),
                    (59 + lean + 6, 94 - tall * 0.5),
                    (59 + lean + 7, 94),
                ],
                5,
            ),
            colour(tone),
            volume=0.2,
        )
    for y in (93, 97):
        s.shape(limb([(38, y + 1), (80, y - 1)], [2.6, 2.6]), colour("#6a4430"))
    s.shape(box(0, 8, 118, 9), colour("#7a5236"), volume=0.5, bottom=colour("#5a3a28"))
    for at, tall, tone in ((16, 15, "#f4ece0"), (24, 11, "#f4ece0"), (98, 12, "#5f8a8c")):
        s.shape(box(at - 2.4, 8 - tall, 5, tall), colour(tone), volume=0.6)


def camp(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A tent with a lamp in it, and its ropes."""
    for way, foot in ((34, 4), (126, 148)):
        s.stroke([(way, 40), (foot, 98)], 0.7, darker(coat, 0.4))
    s.shape(path("44,14 108,14 146,98 70,98"), darker(coat, 0.16), volume=0.3, bottom=darker(coat, 0.3))
    front = s.shape(path("44,12 82,98 8,98"), coat, volume=0.3, bottom=darker(coat, 0.1))
    s.shape(path("44,34 66,98 24,98"), colour("#ffdc8a"), volume=0, inside=front, bottom=colour("#f0a04a"))
    s.shape(path("44,34 50,98 24,98 30,90"), lighter(coat, 0.12), volume=0.4)
    s.stroke([(44, 12), (108, 14)], 1.6, lighter(coat, 0.2))
