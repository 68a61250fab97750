"""Trees, flowers, mushrooms and fruit."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail, turned
from generation.engines.illustrator.subjects.sitters import CREAM, DARK

LEAF = colour("#6aa84c")


def tree(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A broad tree whose crown is built from many tufts, dark within and light on top."""
    x, bark = s.width / 2, colour("#7a5a44")
    s.shape(blob(path("-5,60 5,60 5,84 12,99 -12,99 -5,84", x)), bark, volume=0.8)
    for way in (-1, 1):
        s.shape(tail([(x, 72), (x + way * 10, 58), (x + way * 20, 46)], 3.4, 1.6, 6), bark, volume=0.6)
    for layer in range(4):
        tone = mix(darker(coat, 0.34), lighter(coat, 0.16), layer / 3)
        for _ in range(20):
            angle, reach = rng.uniform(0, 2 * np.pi), rng.random() ** 0.5
            cx = x + np.cos(angle) * reach * (39 - layer * 5) + s.light.side * layer * 1.6
            cy = 38 + np.sin(angle) * reach * (28 - layer * 4) - layer * 3.4
            size = rng.uniform(5.5, 10) - layer * 0.9
            puff = [
                (cx + np.cos(a) * size * rng.uniform(0.8, 1.2), cy + np.sin(a) * size * rng.uniform(0.7, 1.05))
                for a in np.linspace(0, 2 * np.pi, 9, endpoint=False)
            ]
            s.shape(blob(puff, 4), tone * rng.uniform(0.93, 1.06), volume=0.5)


def pine(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A fir of ragged tiers."""
    x = s.width / 2
    s.shape(path("-3.4,80 3.4,80 4,99 -4,99", x), colour("#6a4a38"), volume=0.7)
    for tier in range(7):
        top, low, half = 64 - tier * 10.5, 90 - tier * 11.5, 29 - tier * 3.7
        points = [(x, top)]
        for step in range(1, 9):
            t = step / 8
            points += [(x + half * t * 0.9, top + (low - top) * (t - 0.05)), (x + half * t, top + (low - top) * t + 2)]
        right = points[1:]
        hem = [(x + half * (1 - 2 * n / 12), low + (2.4 if n % 2 else -1.4)) for n in range(1, 12)]
        left = [(2 * x - px, py) for px, py in right[::-1]]
        tone = mix(darker(coat, 0.16), lighter(coat, 0.12), tier / 6) * rng.uniform(0.96, 1.04)
        s.shape([*points, *hem, *left], tone, volume=0.7, bottom=darker(tone, 0.16))


def flower(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """Three blooms on their stems, each a little different."""
    for x, y, size, lean in ((28, 44, 12.5, -6), (66, 37, 13, 5), (46, 23, 17, 0)):
        stem = curve([(46 + lean * 0.4, 100), (x - lean * 0.3, 72), (x, y)])
        s.shape(limb(stem, list(np.linspace(1.7, 1.1, len(stem)))), darker(LEAF, 0.16))
        for way in (-1, 1):
            foot = (46 + lean * 0.4 + (x - 46) * 0.35, 82 + way * 3)
            leaf = blob(
                [
                    foot,
                    (foot[0] + way * 9, foot[1] - 9),
                    (foot[0] + way * 19, foot[1] - 13),
                    (foot[0] + way * 11, foot[1] - 2),
                ]
            )
            s.shape(leaf, LEAF, volume=0.7)
        _bloom(s, (x, y), size, coat * rng.uniform(0.95, 1.04), rng)


def _bloom(s: Sprite, at: tuple[float, float], size: float, tone: Array, rng: np.random.Generator) -> None:
    x, y = at
    start = rng.uniform(0, 40)
    for ring, (count, reach, shade) in enumerate(((8, 1.0, darker(tone, 0.14)), (8, 0.78, tone))):
        for petal in range(count):
            outline = blob(path("0,0 0.36,-0.5 0.2,-1 -0.2,-1 -0.36,-0.5", wide=size * reach, tall=size * reach), 6)
            points = turned(outline, start + petal * 360 / count + ring * 22.5) * (1, 0.9) + (x, y)
            s.shape(points, lighter(shade, 0.18), volume=0.5)
    s.shape(ellipse(x, y, size * 0.32, size * 0.29), colour("#f2b63a"), bottom=colour("#c8782c"))


def mushroom(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """One large mushroom and a small one."""
    for x, size in ((74, 0.5), (40, 1.0)):
        stem = path("-9,-54 9,-54 12,-8 10,0 -10,0 -12,-8", x, 99, wide=size, tall=size)
        s.shape(blob(stem), CREAM, bottom=darker(CREAM, 0.14))
        s.shape(ellipse(x, 99 - 53 * size, 33 * size, 8 * size), darker(CREAM, 0.2), volume=0.3)
        hood = path("-38,-53 -34,-74 -16,-92 16,-92 34,-74 38,-53 0,-47", x, 99, wide=size, tall=size)
        cap = s.shape(blob(hood), coat, volume=0.8)
        for across, up, radius in ((-20, 66, 6), (2, 80, 7), (21, 66, 5.4), (-2, 59, 4.4), (-27, 56, 3.2), (30, 57, 3)):
            spot = ellipse(x + across * size, 99 - up * size, radius * size, radius * size * 0.82)
            s.shape(spot, CREAM, volume=0.5, inside=cap)


def apple(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An apple with its leaf."""
    s.shape(
        blob(path("50,24 66,17 86,26 92,50 82,82 64,98 50,95 36,98 18,82 8,50 14,26 34,17")),
        coat,
        volume=0.95,
        bottom=darker(coat, 0.16),
    )
    s.shape(ellipse(50, 25, 12, 4.4), darker(coat, 0.4), volume=0, opacity=0.6, soft=1.6)
    s.shape(tail(path("50,27 51,15 56,6"), 1.8, 2.2), colour("#6a4a30"))
    s.shape(blob(path("54,14 66,4 84,4 74,15 60,18")), LEAF)
    s.shape(ellipse(50 + s.light.side * 20, 40, 5.5, 10, s.light.side * 18), (1, 1, 1), volume=0, opacity=0.5, soft=1.8)
    for _ in range(26):
        s.shape(ellipse(rng.uniform(20, 80), rng.uniform(32, 86), 0.6, 0.8), lighter(coat, 0.6), volume=0, opacity=0.5)
    s.shape(ellipse(50, 97, 16, 1.6), DARK, volume=0, opacity=0.25, soft=1)


def acacia(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A flat-topped acacia."""
    x, bark = s.width / 2, colour("#6a4c3a")
    for way in (-1, 1):
        s.shape(
            tail([(x, 99), (x + way * 3, 72), (x + way * 16, 50), (x + way * 34, 36)], 4.4, 1.4, 8), bark, volume=0.7
        )
        s.shape(tail([(x + way * 6, 66), (x - way * 6, 46), (x - way * 12, 34)], 2, 1, 6), bark, volume=0.6)
    for layer in range(4):
        tone = mix(darker(coat, 0.36), lighter(coat, 0.14), layer / 3)
        for _ in range(17):
            cx, cy = x + rng.uniform(-58, 58) * (1 - layer * 0.08), 34 - layer * 4 + rng.uniform(-3, 3)
            cy += 7 * ((cx - x) / 58) ** 2
            s.shape(
                ellipse(cx, cy, rng.uniform(9, 15), rng.uniform(3.4, 5.6)), tone * rng.uniform(0.94, 1.06), volume=0.5
            )


def plum(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A gnarled branch of plum in bloom."""
    bark = colour("#4a3a36")
    branches = (
        ("10,100 20,78 38,62 44,40 66,24 84,4", 5, 1.2), ("34,66 56,64 74,52 98,50", 3, 0.8),
        ("44,40 34,26 36,8", 2.4, 0.7), ("62,28 84,28 104,20", 2, 0.6),
        ("72,54 86,66 100,72", 1.6, 0.6), ("24,76 12,60 10,42", 2.2, 0.7),
    )  # fmt: skip
    tips = []
    for text, thick, thin in branches:
        points = path(text)
        s.shape(tail(points, thick, thin), bark, volume=0.7)
        tips += [tuple(point) for point in curve(points)[8:].tolist()]
    for _ in range(34):
        px, py = tips[rng.integers(len(tips))]
        px, py, size = px + rng.normal() * 2.4, py + rng.normal() * 2.4, rng.uniform(2.6, 4.6)
        tone = mix(coat, (1, 1, 1), rng.uniform(0, 0.3))
        for petal in range(5):
            angle = petal * 2 * np.pi / 5 + rng.uniform(0, 0.3)
            s.shape(
                ellipse(px + np.cos(angle) * size * 0.6, py + np.sin(angle) * size * 0.6, size * 0.5, size * 0.5),
                tone,
                volume=0.5,
            )
        s.shape(ellipse(px, py, size * 0.3, size * 0.3), colour("#efbe4a"), volume=0)


def branch(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A bough that crosses the picture, with twigs and leaves; the bird sits in its middle."""
    leaf = colour("#6a9a4c")
    bough = curve([(0, 66), (150, 40), (310, 34), (470, 26), (620, 6)])
    for start, way in ((90, 1), (200, -1), (420, 1), (520, -1)):
        twig = curve([(start, 46), (start + 46, 40 + way * 26), (start + 84, 44 + way * 44)])
        s.shape(limb(twig, list(np.linspace(5, 1.4, len(twig)))), coat, volume=0.7)
        for x, y in twig[5:22:4]:
            tone = leaf * rng.uniform(0.8, 1.1)
            s.shape(ellipse(x, y + way * 8, 15, 6.4, rng.uniform(0, 180)), tone, volume=0.7)
    s.shape(limb(bough, list(np.linspace(17, 8, len(bough)))), coat, volume=0.9, bottom=darker(coat, 0.2))
    for x, y in bough[3:45:3]:
        s.stroke([(x, y - 5), (x + 16, y - 3)], 1.6, darker(coat, 0.25), opacity=0.6)
