"""What one bites into or sips: a hamburger, sushi on a board, a tea set."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path
from generation.engines.illustrator.subjects.food import GREEN, steam

WHITE = (1.0, 1.0, 1.0)
CRUST = colour("#d8924a")
BOARD = colour("#a8744a")


def hamburger(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A hamburger: bun with sesame, salad, tomato, cheese, meat."""
    x, meat = s.width / 2, colour("#7a4430")
    s.shape(ellipse(x, 96.4, 58, 4.6), darker(BOARD, 0.2), volume=0.5)
    s.shape(ellipse(x, 94.6, 58, 4.6), BOARD, volume=0.4)
    outline = blob(path("-44,80 44,80 46,86 42,93 30,95 -30,95 -42,93 -46,86", x), 6)
    s.shape(outline, CRUST, volume=1.0, bottom=darker(CRUST, 0.2))
    outline = blob(path("-48,72 -46,66 46,66 48,72 48,78 44,83 -44,83 -48,78", x), 6)
    s.shape(outline, meat, volume=0.9, bottom=darker(meat, 0.35))
    for _ in range(70):
        spot = x + rng.uniform(-45, 45), rng.uniform(68, 81)
        outline = ellipse(spot[0], spot[1], rng.uniform(0.7, 1.8), rng.uniform(0.5, 1.1))
        s.shape(outline, lighter(meat, 0.2) if rng.random() < 0.5 else darker(meat, 0.4), volume=0, opacity=0.6)
    cheese = path("-48,63 48,63 47,67 34,67 26,77 17,67 -4,67 -14,74 -23,67 -47,67", x)
    s.shape(blob(cheese, 4), colour("#f8c040"), volume=0.7, bottom=colour("#e8a02c"))
    for left in (-42.0, -13.0, 16.0):
        outline = blob([(x + left, 58), (x + left + 26, 58), (x + left + 27, 63.6), (x + left - 1, 63.6)], 5)
        s.shape(outline, colour("#d8402e"), volume=0.9)
        outline = limb([(x + left + 2, 59.6), (x + left + 24, 59.6)], [0.7, 0.7])
        s.shape(outline, colour("#f08a70"), volume=0, opacity=0.9)
    for row, tone in ((1.6, darker(GREEN, 0.2)), (0.0, lighter(GREEN, 0.12))):
        frill = [(x - 51, 52 + row)]
        for number in range(18):
            at = x - 51 + (number + 0.5) * 102 / 18
            frill += [(at - 1.4, 57.4 + row + rng.uniform(-1, 2.4)), (at + 1.6, 55 + row)]
        s.shape(blob([*frill, (x + 51, 52 + row), (x, 50 + row)], 4), tone, volume=0.8)
    s.shape(ellipse(x, 52, 46, 3.6), darker(CRUST, 0.4), volume=0, opacity=0.6, soft=1.2)
    outline = blob(path("-47,47 -45,32 -31,18 -12,11.6 12,11.6 31,18 45,32 47,47 42,52.6 20,54 -20,54 -42,52.6", x), 8)
    top = s.shape(outline, coat, volume=1.0, bottom=darker(coat, 0.3))
    s.shape(path("-60,49 60,49 60,60 -60,60", x), lighter(CRUST, 0.5), volume=0, inside=top, opacity=0.5, soft=1.6)
    outline = ellipse(x + s.light.side * 16, 21, 17, 5, s.light.side * 14)
    s.shape(outline, WHITE, volume=0, inside=top, opacity=0.4, soft=3)
    for _ in range(42):
        px, py = rng.uniform(-38, 38), rng.uniform(14, 42)
        if (px / 44) ** 2 + ((py - 50) / 38) ** 2 < 0.86:
            turn = float(rng.uniform(-50, 50))
            s.shape(ellipse(x + px + 0.3, py + 0.7, 2.0, 1.3, turn), darker(coat, 0.5), volume=0, opacity=0.5)
            s.shape(ellipse(x + px, py, 1.9, 1.2, turn), colour("#fbeecb"), volume=0.7)


def sushi(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """Sushi on a board: salmon, tuna and shrimp on rice, rolls, wasabi, ginger, chopsticks."""
    wood = darker(BOARD, 0.12)
    for foot in (34.0, 166.0):
        s.shape(path("-7,88 7,88 6,99 -6,99", foot), darker(wood, 0.4), volume=0.4)
    s.shape(path("10,66 190,66 198,84 2,84"), BOARD, volume=0, bottom=lighter(BOARD, 0.12))
    for _ in range(16):
        y, left = rng.uniform(67, 83), rng.uniform(8, 130)
        outline = limb(curve([(left, y), (left + 25, y + 0.5), (left + 60, y)]), [0.25] * 25)
        s.shape(outline, darker(BOARD, 0.3), volume=0, opacity=0.5)
    s.shape(path("2,84 198,84 198,91 2,91"), wood, volume=0.3)
    for x, fish, lined in ((36.0, coat, True), (78.0, colour("#c83a44"), True), (120.0, colour("#f4b89a"), False)):
        s.shape(ellipse(x, 78, 21, 4), colour("#4a2c1c"), volume=0, opacity=0.5, soft=1.4)
        outline = blob([(x - 18, 62), (x + 18, 62), (x + 20, 72), (x + 16, 78), (x - 16, 78), (x - 20, 72)], 6)
        s.shape(outline, colour("#faf7f0"), volume=0.9, bottom=colour("#dcd6cc"))
        for _ in range(26):
            outline = ellipse(x + rng.uniform(-17, 17), rng.uniform(66, 77), 1.8, 0.9, rng.uniform(0, 180))
            s.shape(outline, WHITE, volume=0.8, opacity=0.8)
        outline = blob(
            [
                (x - 22, 66),
                (x - 21, 57),
                (x - 12, 51),
                (x + 8, 50),
                (x + 20, 55),
                (x + 24, 64),
                (x + 21, 68),
                (x, 63),
                (x - 19, 69),
            ],
            7,
        )
        top = s.shape(outline, fish, volume=1.0, bottom=darker(fish, 0.2))
        for number in range(6):
            start = x - 18 + number * 7
            line = curve([(start, 48), (start + 4, 57), (start + 3, 70)])
            outline = limb(line, [0.7 if lined else 1.5] * len(line))
            s.shape(outline, lighter(fish, 0.5) if lined else colour("#e8705a"), volume=0, inside=top, opacity=0.75)
        s.shape(ellipse(x - 2 + 8 * s.light.side, 54, 9, 1.6, 4), WHITE, volume=0, inside=top, opacity=0.6, soft=0.8)
    s.shape(limb([(120, 51), (120, 76)], [3.2, 3.2]), colour("#24382e"), volume=0.6)
    for x, y in ((158.0, 70.0), (177.0, 74.0)):
        s.shape(path("-9,-6 9,-6 9,6 -9,6", x, y), colour("#22322c"), volume=0.7)
        s.shape(ellipse(x, y + 6, 9, 3.4), colour("#1a2822"), volume=0.4)
        s.shape(ellipse(x, y - 6, 9, 3.8), colour("#22322c"), volume=0.2)
        s.shape(ellipse(x, y - 6.2, 7.8, 3.1), colour("#fbf8f2"), volume=0.3)
        s.shape(ellipse(x - 1.4, y - 6.4, 3, 1.5), coat, volume=0.6)
        s.shape(ellipse(x + 2.4, y - 5.8, 2, 1.1), GREEN, volume=0.6)
    s.shape(blob(path("146,82 142,77 146,73 152,74 155,79 152,83"), 6), lighter(GREEN, 0.3), volume=0.9)
    for shift in (0, 5):
        outline = limb([(28 + shift, 97 - shift * 0.3), (188 + shift, 88.6 - shift * 0.2)], [1.5, 0.8])
        s.shape(outline, colour("#5a2c24"), volume=0.9)


def teaset(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A round teapot and two cups of tea on a tray."""
    tray, glaze = colour("#7a4c32"), lighter(coat, 0.3)
    s.shape(path("6,88 194,88 199,94 194,99.4 6,99.4 1,94"), darker(tray, 0.2), volume=0.6)
    s.shape(ellipse(100, 89, 96, 7), tray, volume=0.2)
    s.shape(ellipse(100, 89.4, 90, 5.6), darker(tray, 0.2), volume=0)
    handle = curve([(112, 40), (134, 34), (142, 52), (132, 70), (112, 74)])
    s.shape(limb(handle, list(np.linspace(3.6, 2.8, len(handle)))), coat, volume=1.0)
    outline = blob(path("44,66 34,58 26,44 16,36 20,32 32,38 42,48 50,52"), 7)
    s.shape(outline, coat, volume=1.0, bottom=darker(coat, 0.2))
    outline = blob(path("80,28 104,33 119,48 121,66 112,82 96,89 64,89 48,82 39,66 41,48 56,33"), 8)
    pot = s.shape(outline, coat, volume=1.0, bottom=darker(coat, 0.3))
    outline = ellipse(80 + s.light.side * 20, 46, 9, 16, s.light.side * -24)
    s.shape(outline, WHITE, volume=0, inside=pot, opacity=0.5, soft=3)
    branch = curve([(50, 76), (64, 66), (80, 62), (98, 54)])
    s.shape(limb(branch, list(np.linspace(1.5, 0.5, len(branch)))), darker(coat, 0.6), volume=0, inside=pot)
    for x, y in ((62.0, 64.0), (73.0, 70.0), (82.0, 58.0), (92.0, 60.0), (98.0, 51.0)):
        for angle in np.arange(5) * 1.2566:
            s.shape(ellipse(x + 2.2 * np.cos(angle), y + 2.2 * np.sin(angle), 1.9, 1.9), colour("#e8708a"), volume=0.7)
        s.shape(ellipse(x, y, 1.0, 1.0), colour("#f8d86a"), volume=0)
    s.shape(ellipse(80, 31, 24, 5), darker(coat, 0.3), volume=0.3)
    s.shape(blob(path("58,30 64,23 80,20 96,23 102,30 80,34"), 7), glaze, volume=1.0)
    s.shape(ellipse(80, 17, 5, 4.4), coat, volume=1.0)
    for x, y in ((140.0, 70.0), (172.0, 74.0)):
        s.shape(ellipse(x, y + 20, 14, 2.6), colour("#2c1a12"), volume=0, opacity=0.5, soft=1)
        outline = blob(
            [(x - 15, y), (x + 15, y), (x + 12, y + 14), (x + 6, y + 20), (x - 6, y + 20), (x - 12, y + 14)], 6
        )
        s.shape(outline, coat, volume=1.0, bottom=darker(coat, 0.2))
        s.shape(ellipse(x, y, 15, 4.4), glaze, volume=0.2)
        s.shape(ellipse(x, y + 0.6, 13, 3.4), colour("#a8622c"), volume=0, bottom=colour("#d8984a"))
    steam(s, 66, 138, 146)
