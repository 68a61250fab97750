"""Birds, the butterfly and the bee."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Points, Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.sitters import CREAM, DARK, blush, both, eyes

BEAK = colour("#f0a63c")


def _eye(s: Sprite, x: float, y: float, size: float) -> None:
    s.shape(ellipse(x, y, size, size), DARK, volume=0)
    s.shape(ellipse(x - size * 0.3, y - size * 0.35, size * 0.36, size * 0.36), (1, 1, 1), volume=0)


def bird(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A small songbird on a branch or a stone."""
    belly = mix(coat, CREAM, 0.75)
    s.shape(blob(path("4,98 22,91 60,90 96,92 106,99 70,101 30,101")), colour("#8d8078"), volume=0.6)
    for x in (50, 60):
        s.stroke([(x, 80), (x + 1, 91)], 1.8, darker(BEAK, 0.2))
    s.shape(blob(path("86,62 110,76 106,83 84,74")), darker(coat, 0.25))
    round_body = s.shape(blob(path("20,34 30,20 46,19 58,34 78,46 92,64 76,82 48,85 26,70 20,50")), coat)
    s.shape(blob(path("22,46 40,52 62,72 60,88 36,84 20,66")), belly, volume=0.2, inside=round_body, soft=1.5)
    s.shape(blob(path("52,46 74,50 92,70 70,74 54,64")), darker(coat, 0.18), volume=0.7)
    for number in range(3):
        s.stroke(
            curve([(60, 66 - number * 5), (76, 68 - number * 4), (88, 71 - number * 3)]),
            0.9,
            darker(coat, 0.35),
            opacity=0.7,
        )
    s.shape(blob(path("22,34 6,40 22,44"), 4), BEAK)
    _eye(s, 34, 34, 4.4)
    s.shape(ellipse(31, 44, 4, 2.4), colour("#f0807a"), volume=0, opacity=0.35, soft=1)


def gull(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A white bird on spread wings."""
    lift = rng.uniform(-10, 8)
    grey, x = mix(coat, colour("#8f9cb4"), 0.45), s.width / 2
    far = blob(
        [(x - 8, 56), (x + 20, 30 + lift), (x + 52, 16 + lift), (x + 88, 26 + lift), (x + 58, 34 + lift), (x + 26, 60)]
    )
    s.shape(far, grey, volume=0.5)
    s.shape(blob([(x + 70, 21 + lift), (x + 92, 27 + lift), (x + 68, 31 + lift)]), DARK, volume=0.2)
    s.shape(blob(path("26,64 50,70 48,77 24,72", x)), coat)
    s.shape(blob(path("-44,62 -34,54 -14,55 14,58 34,67 6,75 -26,72", x)), coat)
    near = blob(
        [
            (x - 18, 60),
            (x - 22, 34 + lift),
            (x - 46, 10 + lift),
            (x - 84, 4 + lift),
            (x - 58, 24 + lift),
            (x - 34, 44),
            (x + 14, 66),
        ]
    )
    s.shape(near, lighter(coat, 0.3), bottom=grey)
    s.shape(blob([(x - 66, 6 + lift), (x - 90, 3 + lift), (x - 62, 18 + lift)]), DARK, volume=0.2)
    s.shape(blob(path("-42,61 -56,66 -42,67", x), 4), BEAK)
    _eye(s, x - 35, 60, 1.8)


def owl(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """An owl with a heart-shaped face."""
    x, pale = s.width / 2, mix(coat, CREAM, 0.65)
    both(s, blob(path("-24,24 -26,3 -8,12", x)), darker(coat, 0.2))
    s.shape(blob(path("0,9 24,16 29,45 27,78 14,96 -14,96 -27,78 -29,45 -24,16", x)), coat)
    s.shape(ellipse(x, 72, 18, 22), pale, volume=0.2, soft=1)
    for row in range(4):
        for number in range(4 - row % 2):
            cx = x + (number - (3 - row % 2) / 2) * 8.4
            s.stroke(
                curve([(cx - 2.6, 58 + row * 8), (cx, 61.5 + row * 8), (cx + 2.6, 58 + row * 8)]),
                1.3,
                darker(coat, 0.1),
                opacity=0.7,
            )
    both(s, blob(path("-27,44 -33,64 -25,88 -17,70", x)), darker(coat, 0.22), volume=0.7)
    both(s, ellipse(x - 11, 33, 13.5, 14), pale, volume=0.35)
    eyes(s, 33, 11, 7.4, colour("#f0b43c"), round_=1.0)
    s.shape(blob(path("-3.6,39 3.6,39 0,48", x)), BEAK)
    for foot in (-10, -5, 5, 10):
        s.shape(ellipse(x + foot, 97, 2.6, 3), BEAK)


def penguin(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A penguin, perhaps in a scarf."""
    x, white = s.width / 2, colour("#fbfaf6")
    both(s, ellipse(x - 11, 97, 9.5, 3.6), BEAK)
    both(s, blob(path("-23,46 -35,66 -31,78 -22,66", x)), darker(coat, 0.15))
    s.shape(blob(path("0,4 20,14 26,42 28,74 18,95 -18,95 -28,74 -26,42 -20,14", x)), coat)
    s.shape(ellipse(x, 70, 20, 25), white, volume=0.35)
    both(s, ellipse(x - 8, 28, 10.6, 12.4), white, volume=0.15)
    eyes(s, 28, 9, 4.0, colour("#3a4a6a"))
    s.shape(blob(path("-5,34 5,34 0,41", x)), BEAK)
    blush(s, 37, 14.5)
    if rng.random() < 0.7:
        scarf = colour(str(rng.choice(["#d8463e", "#f0b03c", "#4aa088"])))
        s.shape(limb(curve(path("-22,46 0,52 22,46", x)), [3.6] * 25), scarf)
        s.shape(limb([(x + 13, 51), (x + 15, 66)], [3.4, 3.8]), darker(scarf, 0.1))


def duck(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A duck that swims; a white one may pass for a swan's cousin."""
    s.shape(blob(path("28,62 50,60 86,58 112,44 116,58 104,84 74,97 40,95 24,80")), coat)
    s.shape(limb(curve(path("40,74 36,50 38,30")), list(np.linspace(15, 10, 25))), coat, volume=0.4)
    s.shape(ellipse(38, 24, 16, 15), coat)
    s.shape(blob(path("26,26 8,30 10,36 27,35")), BEAK)
    _eye(s, 34, 21, 3)
    s.shape(blob(path("52,66 78,60 108,62 86,84 60,84")), mix(coat, colour("#b8a890"), 0.25), volume=0.7)


def butterfly(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A butterfly with patterned wings."""
    x = s.width / 2
    for wing, inner in (
        (path("-3,46 -22,12 -50,4 -56,26 -40,50 -4,56", x), 0.72),
        (path("-3,54 -36,56 -46,76 -30,94 -12,82 -3,62", x), 0.7),
    ):
        outline = blob(wing)
        both(s, outline, darker(coat, 0.42), volume=0.4)
        core = outline * inner + np.array([x - 4, 52], np.float32) * 0.06 + outline.mean(0) * (0.94 - inner)
        both(s, core, coat, volume=0.3)
    for at in ((x - 47, 14), (x - 48, 27), (x - 36, 84)):
        both(s, ellipse(*at, 2.6, 2.6), CREAM, volume=0)
    s.shape(limb(path("0,34 0,56 0,78", x), [2.6, 3.2, 1.4]), DARK)
    for way in (-1, 1):
        s.shape(tail([(x, 34), (x + way * 6, 22), (x + way * 13, 17)], 0.6, 0.5), DARK)


def eagle(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """An eagle that soars, its wings wide."""
    x, deep = s.width / 2, darker(coat, 0.4)
    for way in (-1, 1):
        _eagle_wing(s, way, coat, deep)
    for number in range(7):
        lean = (number - 3) * 5.2
        line = curve([(x + lean * 0.3, 66), (x + lean * 0.7, 80), (x + lean, 96 - abs(lean) * 0.3)])
        outline = limb(line, list(1.2 + 2.6 * np.sin(np.linspace(0.3, np.pi - 0.3, 25))))
        s.shape(outline, lighter(CREAM, 0.5), volume=0.7, bottom=colour("#d8d4d0"))
    s.shape(blob(path("-11,36 0,30 11,36 12,54 6,72 0,78 -6,72 -12,54", x), 6), coat, volume=1.0, bottom=deep)
    for px, py in ((-5, 50), (4, 47), (0, 57), (-4, 64), (5, 60), (0, 41)):
        s.shape(ellipse(x + px, py, 3, 2.2), lighter(coat, 0.14), volume=0.8, opacity=0.8)
    for way in (-1, 1):
        s.shape(limb([(x + way * 5, 72), (x + way * 6, 79)], [3, 2]), deep, volume=0.7)
        for lean in (-2.4, 0, 2.4):
            outline = tail([(x + way * 6, 79), (x + way * 6 + lean, 82), (x + way * 6 + lean * 1.3, 85)], 1.2, 0.3)
            s.shape(outline, BEAK, volume=0.6)
    white = lighter(CREAM, 0.6)
    outline = blob(path("-9,38 -10,26 -6,17 0,14 7,17 10,26 9,38 4,43 0,40 -4,43", x), 6)
    s.shape(outline, white, volume=0.9, bottom=colour("#dcd8d8"))
    outline = blob(path("-3.6,25 3.6,25 4,31 1.6,37 0,39.4 -1.6,37 -4,31", x), 6)
    s.shape(outline, BEAK, volume=1.0, bottom=colour("#d8882c"))
    for way in (-1, 1):
        s.shape(ellipse(x + way * 5.4, 24.6, 2.0, 2.0), colour("#f4c83c"), volume=0.2)
        s.shape(ellipse(x + way * 5.2, 24.8, 1.2, 1.3), DARK, volume=0)
        s.shape(ellipse(x + way * 5.6, 24.2, 0.4, 0.4), (1, 1, 1), volume=0)
        s.shape(limb([(x + way * 8.4, 21.4), (x + way * 3, 23.6)], [0.8, 1.2]), mix(white, DARK, 0.35), volume=0.2)


def _eagle_wing(s: Sprite, way: int, coat: Array, deep: Array) -> None:
    """One wing: fingers at its tip, the row of long feathers, the short ones over them."""
    x = s.width / 2

    def out(points: Points) -> Array:
        return np.asarray(np.asarray(points, np.float32) * (way, 1) + (x, 0), np.float32)

    for number in range(8):
        reach = number / 7
        root = 46 + 22 * reach, 30 - 8 * reach
        tip = 52 + 44 * reach**0.9, 70 - 62 * reach**1.25
        line = out([root, ((root[0] + tip[0]) / 2 + 3, (root[1] + tip[1]) / 2 - 3), tip])
        outline = limb(curve(line), list(1.0 + 2.6 * np.sin(np.linspace(0.5, np.pi, 25))))
        s.shape(outline, mix(deep, coat, 0.25 * (number % 2)), volume=0.7)
    for number in range(9):
        start = 8 + 5 * number
        line = out([(start, 38 - 1.4 * number), (start + 2, 54 - number), (start + 4, 68 - 0.6 * number)])
        outline = limb(curve(line), list(1.6 + 2.4 * np.sin(np.linspace(0.6, np.pi, 25))))
        s.shape(outline, mix(deep, coat, 0.3 + 0.2 * (number % 2)), volume=0.7)
    arm = out(path("4,36 16,26 34,18 52,13 66,14 70,22 58,32 40,40 20,48 6,54"))
    wing = s.shape(blob(arm, 6), coat, volume=0.9, bottom=darker(coat, 0.2))
    for row in range(3):
        for number in range(9 - row):
            px, py = 12 + 6.2 * number + 2 * row, 47 - 2.4 * number - 7 * row
            outline = ellipse(x + way * px, py, 4.4, 3.0, way * -24)
            s.shape(outline, lighter(coat, 0.1 + 0.06 * row), volume=0.9, inside=wing, opacity=0.85)


def swan(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A swan on the water, its neck bent, its wings a little raised."""
    white, shade = lighter(coat, 0.3), mix(coat, colour("#a8b0cc"), 0.42)
    s.shape(blob(path("118,66 130,60 138,52 134,66 126,78 112,84"), 6), white, volume=0.8, bottom=shade)
    outline = blob(path("34,84 38,68 52,58 76,56 102,60 122,70 126,82 116,93 92,98 60,98 42,94"), 8)
    s.shape(outline, white, volume=1.0, bottom=shade)
    neck = curve(path("47,78 37,67 42,52 52,38 52,22 42,12 32,15"), 12)
    outline = limb(neck, list(np.interp(np.linspace(0, 1, len(neck)), [0, 0.25, 0.6, 1], [10, 8.0, 5.6, 5.4])))
    s.shape(outline, white, volume=1.0)
    s.shape(ellipse(33, 15.6, 8.4, 6.6, -14), white, volume=0.9)
    s.shape(blob(path("28,12.6 20,17 12,23 11,25.4 20,25 28,21"), 6), colour("#f0842c"), volume=0.8)
    s.shape(blob(path("29,10.6 25,12.4 24.6,16.4 28.6,20.6 31,15"), 6), DARK, volume=0.3)
    s.shape(ellipse(34.6, 14, 1.2, 1.3), DARK, volume=0)
    s.shape(ellipse(34.2, 13.5, 0.4, 0.4), (1, 1, 1), volume=0)
    for row, (count, drop, dim) in enumerate(((8, 0, 0.5), (7, -8, 0.28), (6, -15, 0.1))):
        for number in range(count):
            x = 62 + number * (8.4 - 0.4 * row) - 2 * row
            line = curve(
                [(x - 14, 66 + drop * 0.4 + number * 0.6), (x + 2, 76 + drop), (x + 20, 74 + drop - number * 1.2)]
            )
            outline = limb(line, list(0.8 + 4.2 * np.sin(np.linspace(0.6, np.pi - 0.25, len(line)))))
            s.shape(outline, mix(white, shade, dim), volume=0.9)
    s.shape(blob(path("46,70 56,60 76,57 92,60 84,68 66,72"), 8), white, volume=0.9)


def _train(s: Sprite, green: Array, gold: Array) -> None:
    """Four rings of feathers, each with its eye."""
    foot = np.array([s.width / 2, 82.0])
    for ring, (long, count, size) in enumerate(((84, 17, 4.8), (67, 14, 4.6), (50, 11, 4.0), (34, 7, 3.2))):
        for number in range(count):
            angle = np.radians(-172 + 164 * (number + 0.5 * (ring % 2)) / (count - 0.5))
            out = np.array([np.cos(angle), np.sin(angle)])
            tip = foot + out * long
            line = np.array([foot + out * 14, foot + out * long * 0.6, tip])
            outline = limb(line, [1.4, 2.4, size * 1.25])
            s.shape(outline, mix(green, gold, 0.12 * ring), volume=0, bottom=darker(green, 0.2))
            turn = float(np.degrees(angle))
            s.shape(ellipse(tip[0], tip[1], size * 1.3, size * 1.1, turn), gold, volume=0.8)
            s.shape(ellipse(tip[0], tip[1], size * 0.95, size * 0.8, turn), colour("#2fa8a0"), volume=0.4)
            heart = tip - out * size * 0.12
            s.shape(ellipse(heart[0], heart[1], size * 0.56, size * 0.5, turn), colour("#22327a"), volume=0.5)


def peacock(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A peacock that spreads its train."""
    x, green, gold = s.width / 2, colour("#2f9a6a"), colour("#d8b04a")
    _train(s, green, gold)
    for way in (-1, 1):
        s.shape(limb([(x + way * 4, 88), (x + way * 4.6, 97)], [1.1, 0.9]), colour("#8a7a6a"), volume=0.6)
        for toe in (-3, 0, 3):
            s.shape(limb([(x + way * 4.6, 97), (x + way * 4.6 + toe, 99.4)], [0.8, 0.4]), colour("#8a7a6a"), volume=0.5)
    outline = blob(path("-12,66 -14,78 -8,89 0,92 8,89 14,78 12,66 6,58 -6,58", x), 8)
    s.shape(outline, coat, volume=1.0, bottom=darker(coat, 0.35))
    neck = curve([(x, 74), (x + 1.4, 60), (x - 1.6, 48), (x, 39)])
    s.shape(limb(neck, list(np.interp(np.linspace(0, 1, len(neck)), [0, 0.4, 1], [11, 6, 4.4]))), coat, volume=1.0)
    for row in range(5):
        for number in range(5 - row % 2):
            px, py = x - 7 + 3.5 * number + 1.75 * (row % 2), 66 + 4.4 * row
            s.shape(ellipse(px, py, 2.2, 1.9), lighter(coat, 0.22), volume=0.9, opacity=0.65)
    for lean in (-5, -2.5, 0, 2.5, 5):
        s.stroke([(x, 33), (x + lean, 23)], 0.5, coat)
        s.shape(ellipse(x + lean, 22.4, 1.3, 1.5), colour("#2fa8a0"), volume=0.7)
    s.shape(ellipse(x, 36.6, 5.8, 5.4), coat, volume=1.0)
    for way in (-1, 1):
        s.shape(ellipse(x + way * 2.8, 35.6, 2.4, 1.7, way * 16), (1, 1, 1), volume=0.2)
        s.shape(ellipse(x + way * 2.6, 35.6, 1.2, 1.3), DARK, volume=0)
        s.shape(ellipse(x + way * 2.9, 35.1, 0.4, 0.4), (1, 1, 1), volume=0)
    s.shape(blob(path("-1.6,37.4 1.6,37.4 0,42.4", x), 4), colour("#e0b04a"), volume=0.8)


def bee(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A bee in flight, furry, with clear wings."""
    black, fur = colour("#33261f"), mix(coat, colour("#fff0c0"), 0.3)
    for points in (path("66,46 52,20 58,2 76,0 84,18 78,42"), path("74,44 82,18 100,8 112,18 104,36 86,48")):
        wing = s.shape(blob(points, 7), colour("#e4f0f6"), volume=0.5, opacity=0.62)
        low, high = points.min(0), points.max(0)
        for reach in (0.3, 0.6, 0.85):
            outline = limb([(72, 46), low + (high - low) * (reach, 0.3)], [0.5, 0.2])
            s.shape(outline, colour("#8a9aa8"), volume=0, inside=wing, opacity=0.7)
    for x in (70, 80, 90):
        outline = limb(curve([(x, 74), (x + 2, 84), (x - 3, 90), (x - 1, 95)]), list(np.linspace(1.5, 0.6, 37)))
        s.shape(outline, black, volume=0.5)
    s.shape(path("10,66 22,60 24,70"), black, volume=0.4)
    outline = blob(path("16,65 24,52 42,46 62,48 70,60 66,74 48,82 30,78 20,72"), 8)
    tail_end = s.shape(outline, coat, volume=1.0, bottom=darker(coat, 0.3))
    for left in (26, 40, 54):
        stripe = [(left, 40), (left + 7, 40), (left + 4, 60), (left + 7, 90), (left, 90), (left - 3, 60)]
        s.shape(blob(stripe, 5), black, volume=0.3, inside=tail_end)
    s.shape(ellipse(46, 52, 16, 3, -4), (1, 1, 1), volume=0, inside=tail_end, opacity=0.35, soft=1.4)
    for angle in np.linspace(0, 2 * np.pi, 60):
        root = np.array([80 + 15 * np.cos(angle), 60 + 14 * np.sin(angle)])
        outline = tail(
            [
                root,
                root + 1.4 * np.array([np.cos(angle), np.sin(angle)]),
                root + 3 * np.array([np.cos(angle + 0.3), np.sin(angle + 0.3)]),
            ],
            2.6,
            0.3,
            4,
        )
        s.shape(outline, fur, volume=0.4)
    s.shape(ellipse(80, 60, 16, 15), fur, volume=0.9, bottom=coat)
    s.shape(ellipse(104, 61, 11, 11.4), black, volume=0.9)
    s.shape(ellipse(106, 57, 5.4, 6.4), colour("#4a3428"), volume=0.6)
    s.shape(ellipse(107.6, 54.4, 1.8, 2), (1, 1, 1), volume=0, opacity=0.9)
    for end in ((118, 38), (124, 44)):
        line = curve([(108, 52), (112, 42), end])
        s.shape(limb(line, list(np.linspace(0.9, 0.6, len(line)))), black, volume=0.4)
        s.shape(ellipse(end[0], end[1], 1.6, 1.6), black, volume=0.6)
    s.shape(limb(curve([(108, 67), (111, 68.6), (113.6, 66)]), [0.6] * 25), colour("#f0c8a0"), volume=0)
