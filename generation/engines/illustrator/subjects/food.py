"""Food as it stands before you, seen a little from above: noodles, hot pot, pizza, ice cream."""

import numpy as np

from generation.engines.illustrator.canvas import Array, Colour, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path
from generation.engines.illustrator.subjects.sitters import CREAM, DARK

GREEN = colour("#6aa84a")
STEEL = colour("#b8bcc6")


def steam(s: Sprite, y: float, *places: float) -> None:
    """Wisps that rise from hot food."""
    for number, x in enumerate(places):
        wisp = curve([(x, y), (x + 6, y - 13), (x - 5, y - 26), (x + 3, y - 40 - 5 * (number % 2))])
        s.shape(limb(wisp, list(np.linspace(2.8, 0.5, len(wisp)))), (1, 1, 1), volume=0, opacity=0.45, soft=1.7)


def _bowl(s: Sprite, y: float, half: float, foot: float, coat: Array) -> Array:
    """A bowl with its opening; what is in it is drawn inside the mask."""
    x, flat = s.width / 2, half * 0.27
    side = [(x - half, y), (x - half * 0.9, y + 24), (x - half * 0.5, foot - 6), (x - half * 0.42, foot)]
    across = [(2 * x - px, py) for px, py in side[::-1]]
    s.shape(blob([*side, *across], 6), coat, volume=0.8, bottom=darker(coat, 0.25))
    s.shape(ellipse(x, y, half, flat), lighter(coat, 0.35), volume=0.2)
    return s.shape(ellipse(x, y + 1, half - 3.4, flat - 2), darker(coat, 0.3), volume=0)


def ramen(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A bowl of noodles in broth, with egg, meat, seaweed and spring onions."""
    x = s.width / 2
    for lean, tall in ((-34, 18), (-24, 14)):
        s.shape(path(f"{lean},{tall} {lean + 19},{tall + 5} {lean + 15},44 {lean - 5},44", x), colour("#26382e"))
    inside = _bowl(s, 46, 60, 98, coat)
    s.shape(ellipse(x, 48, 55, 13), colour("#d98f3e"), volume=0, bottom=colour("#b8692a"), inside=inside)
    for number in range(16):
        left, high = x - 46 + rng.uniform(0, 40), 40 + rng.uniform(0, 14)
        strand = curve([(left, high), (left + 14, high + 5), (left + 30, high - 3), (left + 48, high + 4)])
        s.shape(
            limb(strand, [1.3] * len(strand)),
            colour("#f8e0a0") * (0.88 + 0.14 * (number % 2)),
            volume=0.6,
            inside=inside,
        )
    for px, py in ((-30, 44), (-14, 42)):
        s.shape(ellipse(x + px, py, 13, 6.4, -12), colour("#b8765a"), volume=0.5, bottom=colour("#8a4c3a"))
        s.shape(ellipse(x + px, py, 8, 3.4, -12), colour("#e8bca0"), volume=0.1, opacity=0.8)
    for px, py in ((14, 42), (34, 46)):
        s.shape(ellipse(x + px, py, 11, 7.4, 8), colour("#fdf8ee"), volume=0.5)
        s.shape(ellipse(x + px + 0.6, py + 0.4, 6.4, 4, 8), colour("#f6a52c"), volume=0.6, bottom=colour("#e0782a"))
    s.shape(ellipse(x + 2, 53, 8, 4), colour("#fdf4f2"), volume=0.4)
    s.shape(limb(curve([(x - 1, 53), (x + 2, 51), (x + 5, 53), (x + 2, 55)]), [0.7] * 37), colour("#e8608a"), volume=0)
    for _ in range(22):
        at = x + rng.normal(-8, 16), 51 + rng.normal(0, 3)
        s.shape(ellipse(*at, 1.9, 1.2, rng.uniform(0, 90)), GREEN, volume=0.5, inside=inside)
    band = [(x + 58 * np.cos(a), 60 + 13 * np.sin(a)) for a in np.linspace(0.2, np.pi - 0.2, 30)]
    s.shape(limb(band, [1.2] * 30), colour("#f4d9a0"), volume=0, opacity=0.8)
    for way in (0, 5):
        s.stroke([(x + 20 + way, 40), (x + 70, 14 + way)], 2.2, colour("#7a4a34"), volume=0.6)
    steam(s, 34, x - 20, x + 4, x + 24)


def hotpot(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A hot pot of two halves, one red and one white, on a small stove."""
    x = s.width / 2
    s.shape(path("-34,86 34,86 38,99 -38,99", x), colour("#3a3840"), volume=0.5)
    for lean in (-14, 0, 14):
        s.shape(blob([(x + lean - 6, 91), (x + lean, 80), (x + lean + 6, 91)], 5), colour("#5aa0f0"), volume=0)
    for way in (-1, 1):
        s.stroke(
            curve([(x + way * 60, 58), (x + way * 74, 56), (x + way * 60, 68)]), 3.4, darker(STEEL, 0.2), volume=0.7
        )
    rim = [(x + 62 * np.cos(a), 52 + 19 * np.sin(a)) for a in np.linspace(0, np.pi, 40)]
    wall = [(px, py + 22) for px, py in rim[::-1]]
    s.shape([*rim, *wall], STEEL, volume=0.8, bottom=darker(STEEL, 0.3))
    s.shape(ellipse(x, 52, 62, 19), lighter(STEEL, 0.5), volume=0.3)
    inside = s.shape(ellipse(x, 53, 57, 16), coat, volume=0, bottom=darker(coat, 0.2))
    wave = curve([(x + 14, 36), (x + 26, 46), (x, 53), (x - 26, 60), (x - 12, 72)])
    white = [*wave.tolist(), (x + 70, 76), (x + 70, 36)]
    s.shape(white, colour("#f4e6c4"), volume=0, inside=inside)
    s.shape(limb(wave, [1.6] * len(wave)), lighter(STEEL, 0.3), volume=0.5, inside=inside)
    for _ in range(9):
        at = x - rng.uniform(14, 46), 54 + rng.normal(0, 4)
        s.shape(ellipse(*at, 4.6, 1.6, rng.uniform(0, 180)), colour("#a81c1c"), volume=0.6, inside=inside)
    for _ in range(12):
        at = x - rng.uniform(8, 48), 54 + rng.normal(0, 6)
        s.shape(ellipse(*at, 1.6, 1.2), colour("#ffb04a"), volume=0.3, inside=inside, opacity=0.8)
    for px, py in ((16, 56), (32, 50), (40, 60), (10, 64)):
        s.shape(ellipse(x + px, py, 6.4, 3.6), colour("#d8b48a"), volume=0.8, inside=inside)
        s.shape(ellipse(x + px, py - 0.6, 3, 1.4), colour("#fdf4e2"), volume=0, opacity=0.7, inside=inside)
    for px, py in ((24, 62), (46, 52), (-30, 62)):
        s.shape(blob([(x + px - 8, py), (x + px, py - 4), (x + px + 8, py), (x + px, py + 3)], 5), GREEN, inside=inside)
    steam(s, 40, x - 30, x - 6, x + 18, x + 38)


def pizza(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A whole pizza on a board, one slice drawn away from it."""
    x, y, crust = s.width / 2, 68, colour("#d8964a")
    board = colour("#9a6a44")
    s.shape(ellipse(x, y + 13, 78, 20), darker(board, 0.3), volume=0.4)
    s.shape(ellipse(x, y + 10, 78, 20), board, volume=0.3)
    s.shape(ellipse(x, y + 5, 66, 21), darker(crust, 0.25), volume=0.6)
    s.shape(ellipse(x, y, 66, 21), crust, volume=0.7)
    cheese = s.shape(ellipse(x, y, 57, 16.4), coat, volume=0.3, bottom=mix(coat, colour("#e8803c"), 0.4))
    for _ in range(26):
        at = x + rng.normal(0, 26), y + rng.normal(0, 7)
        s.shape(
            ellipse(*at, rng.uniform(3, 7), rng.uniform(1, 2.2)), lighter(coat, 0.5), volume=0, inside=cheese, soft=0.7
        )
    for px, py in ((-36, -3), (-14, -9), (12, -8), (36, -4), (-24, 6), (2, 1), (22, 7), (-4, 11), (-46, 4), (44, 5)):
        s.shape(ellipse(x + px, y + py + 0.8, 7.4, 3), darker(colour("#a83228"), 0.3), volume=0, inside=cheese)
        s.shape(ellipse(x + px, y + py, 7.2, 2.8), colour("#c8402e"), volume=0.6, inside=cheese)
    for _ in range(7):
        leaf = ellipse(x + rng.normal(0, 28), y + rng.normal(0, 6), 5.4, 2, rng.uniform(-40, 40))
        s.shape(leaf, GREEN, volume=0.6, inside=cheese)
    for end in ((-66, -2), (66, -2), (0, 21), (-44, 15), (44, 15), (0, -21)):
        s.stroke([(x, y), (x + end[0], y + end[1])], 0.8, darker(crust, 0.3), opacity=0.6)
    steam(s, 52, x - 22, x + 8, x + 30)


def icecream(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """Three balls of ice cream in a glass, with a wafer, sauce and a cherry."""
    x, glass = s.width / 2, colour("#c4dae8")
    s.shape(path("16,4 30,0 20,46 8,46", x), colour("#d8a05a"), volume=0.4)
    for level in (12, 22, 32):
        s.stroke(
            [(x + 27 - level * 0.2, level), (x + 12 - level * 0.06, level - 1)], 0.7, darker(colour("#d8a05a"), 0.3)
        )
    tones: tuple[Colour, ...] = (coat, colour("#fbeecb"), mix(coat, CREAM, 0.45))
    for (px, py, size), tone in zip(((-17, 38, 19), (17, 38, 19), (0, 26, 20)), tones, strict=True):
        s.shape(ellipse(x + px, py, size, size * 0.94), tone, volume=1.0)
        frill = [(x + px + size * np.cos(a), py + size * 0.72 + 2.2 * np.sin(a * 7)) for a in np.linspace(0, np.pi, 25)]
        s.shape(limb(frill, [2.6] * 25), tone, volume=0.7)
        for _ in range(6):
            s.shape(ellipse(x + px + rng.normal(0, 7), py + rng.normal(0, 6), 1.1, 0.8), darker(tone, 0.2), volume=0)
    s.shape(blob(path("-15,16 0,6 15,16 12,26 7,22 3,30 -3,22 -8,28 -13,22", x), 6), colour("#8a3a3c"), volume=0.8)
    s.shape(ellipse(x + 1, 5, 5.4, 5.2), colour("#d8263c"), volume=1.0)
    s.stroke(curve([(x + 1, 1), (x + 4, -5), (x + 9, -8)]), 0.8, GREEN)
    cup = path("-38,44 38,44 30,66 12,76 -12,76 -30,66", x)
    s.shape(blob(cup, 6), glass, volume=0.7, opacity=0.5)
    s.shape(ellipse(x, 44.6, 37, 4.6), (1, 1, 1), volume=0, opacity=0.4)
    s.shape(blob(path("-30,48 -24,48 -19,66 -23,64", x), 5), (1, 1, 1), volume=0, opacity=0.7, soft=0.6)
    s.shape(limb([(x, 75), (x, 94)], [3.4, 2.6]), glass, volume=0.8, opacity=0.85)
    s.shape(ellipse(x, 96, 19, 3.4), glass, volume=0.8, opacity=0.9)


def sneaker(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A running shoe seen from the side."""
    deep, accent = darker(coat, 0.14), colour("#e8743c")
    s.shape(blob(path("6,86 30,88 100,88 158,80 166,88 162,98 20,99 6,96"), 5), colour("#fbfaf7"), volume=0.7)
    for at in range(16, 156, 8):
        s.stroke([(at, 96), (at + 3, 99)], 1.4, colour("#c8c4c0"))
    upper = path("8,88 6,62 14,34 30,30 40,40 58,38 66,28 84,40 112,60 146,68 164,80 160,87 100,89 30,89")
    body = s.shape(blob(upper, 8), coat, volume=0.8, bottom=deep)
    s.shape(blob(path("10,46 16,32 30,30 42,42 60,39 66,28 70,34 62,46 40,50 24,42"), 6), deep, volume=0.3)
    s.shape(blob(path("110,62 146,66 168,80 160,90 116,90 124,76"), 6), deep, volume=0.4, inside=body)
    s.shape(blob(path("4,60 22,62 26,88 4,90"), 5), accent, volume=0.3, inside=body)
    s.shape(limb(curve(path("34,82 62,78 92,58 100,50")), [1.8, *[3.4] * 35, 1.6]), accent, volume=0.2, inside=body)
    for number in range(5):
        left, high = 70 + number * 9, 40 + number * 6
        s.stroke([(left - 6, high + 8), (left + 6, high - 1)], 2.6, (1, 1, 1), volume=0.6)
        s.shape(ellipse(left - 6, high + 8, 1.3, 1.3), DARK, volume=0)
    s.shape(blob(path("62,28 74,18 92,40 84,46 70,38"), 5), mix(coat, (1, 1, 1), 0.4), volume=0.5)
