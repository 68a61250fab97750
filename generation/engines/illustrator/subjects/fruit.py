"""Fruit on the table: bananas, strawberries, a lemon, an orange, a watermelon, grapes, a bowl of them."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail, turned

WHITE = (1.0, 1.0, 1.0)
LEAF = colour("#5a9a3c")
STALK = colour("#7a5a34")
APPLE = blob(
    path("0,-0.86 0.42,-1 0.86,-0.74 1,-0.1 0.78,0.64 0.36,1 0,0.92 -0.36,1 -0.78,0.64 -1,-0.1 -0.86,-0.74 -0.42,-1"), 6
)


def _gleam(s: Sprite, x: float, y: float, size: float, inside: Array) -> None:
    """The window that a round skin mirrors."""
    spot = ellipse(x + s.light.side * size * 0.9, y - size * 0.7, size * 0.34, size * 0.5, s.light.side * 30)
    s.shape(spot, WHITE, volume=0, inside=inside, opacity=0.55, soft=size * 0.1)


def _leaf(s: Sprite, x: float, y: float, long: float, turn: float) -> None:
    outline = blob(path("0,0 0.25,-0.24 0.65,-0.26 1,0 0.65,0.2 0.25,0.18") * long, 8)
    place = np.array([x, y], np.float32)
    s.shape(turned(outline, turn) + place, LEAF, volume=0.7, bottom=darker(LEAF, 0.3))
    vein = turned(curve([(0, 0), (long * 0.5, -long * 0.03), (long * 0.92, 0)]), turn) + place
    s.shape(limb(vein, [0.4] * len(vein)), lighter(LEAF, 0.4), volume=0)


def _dots(s: Sprite, x: float, y: float, across: float, down: float, tone: Array, mask: Array,
          rng: np.random.Generator) -> None:  # fmt: skip
    """Pores of a peel."""
    for _ in range(60):
        spot = x + rng.uniform(-across, across), y + rng.uniform(-down, down)
        s.shape(ellipse(*spot, 0.5, 0.45), tone, volume=0, inside=mask, opacity=0.5)


def banana(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A bunch of three ripe bananas."""
    tip, shade = colour("#5a4426"), darker(coat, 0.24)
    fruits = (
        path("118,16 104,34 78,46 46,44 26,34"),
        path("120,16 112,44 84,63 46,64 20,52"),
        path("122,16 122,54 92,82 50,88 22,78"),
    )
    for number, points in enumerate(fruits):
        line = curve(points, 14)
        at = np.linspace(0, 1, len(line))
        thick = np.interp(at, [0, 0.1, 0.24, 0.6, 0.86, 0.96, 1], [2.6, 3.2, 9.5, 11.5, 8.5, 3.6, 2.6])
        body = s.shape(limb(line, list(thick)), mix(coat, shade, 0.26 * (2 - number)), volume=1.0, bottom=shade)
        for off, tone, wide in ((-0.3, lighter(coat, 0.36), 0.9), (0.36, darker(coat, 0.3), 0.6)):
            along = np.gradient(line, axis=0)
            normal = np.stack([along[:, 1], -along[:, 0]], -1) / np.linalg.norm(along, axis=1, keepdims=True)
            edge = (line + normal * thick[:, None] * off)[8:-6]
            s.shape(limb(edge, [wide] * len(edge)), tone, volume=0, inside=body, opacity=0.7, soft=0.3)
        s.shape(ellipse(line[-1, 0], line[-1, 1], 3, 2.6), tip, volume=0.6)
        s.shape(limb(line[:7], [2.8] * 7), mix(coat, LEAF, 0.45), volume=0.8)
    s.shape(limb([(117, 17), (122, 6)], [4.4, 3.2]), mix(STALK, LEAF, 0.3), volume=0.8)
    s.shape(ellipse(122.4, 4.6, 3.2, 2), tip, volume=0.4)


def _strawberry(s: Sprite, x: float, y: float, size: float, turn: float, coat: Array) -> None:
    place = np.array([x, y], np.float32)

    def put(points: Array) -> Array:
        return turned(points * size, turn) + place

    outline = put(
        blob(path("0,-0.72 0.5,-0.74 0.8,-0.42 0.72,0.1 0.4,0.66 0,0.98 -0.4,0.66 -0.72,0.1 -0.8,-0.42 -0.5,-0.74"), 8)
    )
    body = s.shape(outline, coat, volume=1.0, bottom=darker(coat, 0.24))
    for row, level in enumerate(np.linspace(-0.5, 0.74, 7)):
        half = float(np.interp(level, [-0.5, -0.1, 0.4, 0.8], [0.66, 0.7, 0.5, 0.16]))
        count = max(1, round(half * 7))
        for across in np.linspace(-half, half, count) + (0.06 if row % 2 else -0.04):
            seed = put(np.array([[across, level]], np.float32))[0]
            pit = ellipse(seed[0] + 0.02 * size, seed[1] + 0.03 * size, size * 0.05, size * 0.066, turn)
            s.shape(pit, darker(coat, 0.5), volume=0, inside=body, opacity=0.7)
            s.shape(
                ellipse(seed[0], seed[1], size * 0.035, size * 0.055, turn), colour("#f6d878"), volume=0, inside=body
            )
    _gleam(s, x, y - size * 0.1, size * 0.42, body)
    for way in np.linspace(-80, 80, 6):
        point = put(turned(path("0,-0.06 0.14,-0.3 0,-0.66 -0.14,-0.3"), way + 180) + np.array([0, -0.74], np.float32))
        s.shape(blob(point, 5), LEAF, volume=0.6, bottom=darker(LEAF, 0.2))
    s.shape(limb(put(path("0,-0.72 0.05,-0.94 0.16,-1.1")), [size * 0.05] * 3), darker(LEAF, 0.1), volume=0.5)


def strawberry(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """Three strawberries, one leaning on the others."""
    _strawberry(s, 34, 66, 32, 24, darker(coat, 0.06))
    _strawberry(s, 112, 68, 30, -34, darker(coat, 0.06))
    _strawberry(s, 74, 60, 40, 4, coat)


def _half(s: Sprite, x: float, y: float, size: float, flesh: Array, peel: Array) -> None:
    """Half a citrus fruit that shows its segments."""
    s.shape(ellipse(x, y, size, size), peel, volume=0.7)
    s.shape(ellipse(x, y, size * 0.93, size * 0.93), mix(flesh, WHITE, 0.8), volume=0)
    for number in range(10):
        angle = np.radians(number * 36 + 10)
        points = [
            np.array([np.cos(angle + lean), np.sin(angle + lean)]) * far * size
            for lean, far in ((0, 0.14), (-0.22, 0.5), (-0.265, 0.8), (0, 0.86), (0.265, 0.8), (0.22, 0.5))
        ]
        wedge = s.shape(blob(np.array(points) + np.array([x, y]), 5), flesh, volume=0.5, bottom=lighter(flesh, 0.2))
        for far in (0.42, 0.6, 0.74):
            drop = np.array([np.cos(angle + far - 0.6), np.sin(angle + far - 0.6)]) * far * size + (x, y)
            cell = ellipse(drop[0], drop[1], size * 0.09, size * 0.03, float(np.degrees(angle)))
            s.shape(cell, WHITE, volume=0, inside=wedge, opacity=0.4)
    s.shape(ellipse(x, y, size * 0.07, size * 0.07), mix(flesh, WHITE, 0.86), volume=0)


def lemon(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A lemon with its leaf, and half of one in front."""
    outline = blob(path("8,54 18,46 30,30 56,22 82,30 96,46 106,52 107,60 96,66 82,84 56,92 30,84 16,66 8,60"), 8)
    body = s.shape(outline, coat, volume=1.0, bottom=mix(darker(coat, 0.24), LEAF, 0.12))
    _dots(s, 56, 56, 42, 32, darker(coat, 0.3), body, rng)
    _gleam(s, 56, 46, 22, body)
    _leaf(s, 16, 50, 40, -58)
    _half(s, 118, 72, 27, mix(coat, colour("#f8e060"), 0.5), coat)


def tangerine(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An orange with a leaf, and half of one in front."""
    body = s.shape(ellipse(52, 54, 44, 43), coat, volume=1.0, bottom=darker(coat, 0.2))
    _dots(s, 52, 54, 40, 40, darker(coat, 0.3), body, rng)
    _gleam(s, 52, 42, 24, body)
    s.shape(
        blob(path("-5,0 -1.6,-1.6 0,-4 1.6,-1.6 5,0 1.6,1.8 0,4 -1.6,1.8", 54, 15), 4), darker(LEAF, 0.2), volume=0.5
    )
    s.shape(limb([(54, 15), (56, 6)], [1.5, 1.2]), STALK, volume=0.6)
    _leaf(s, 56, 10, 38, -8)
    _half(s, 112, 66, 32, mix(coat, colour("#f8a040"), 0.4), coat)


def watermelon(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A watermelon, and a slice before it."""
    rind, dark = colour("#5aa04a"), colour("#24582e")
    melon = s.shape(ellipse(84, 52, 66, 46), rind, volume=1.0, bottom=darker(rind, 0.3))
    for lean in np.linspace(-1, 1, 9):
        line = curve(
            [
                (84 + lean * 16, 4),
                (84 + lean * 52, 26),
                (84 + lean * 64, 52),
                (84 + lean * 52, 78),
                (84 + lean * 16, 101),
            ]
        )
        jag = line + np.stack([rng.uniform(-1.8, 1.8, len(line)), np.zeros(len(line))], -1)
        wide = 1.0 + 3.2 * np.sin(np.linspace(0.1, np.pi - 0.1, len(line)))
        s.shape(limb(jag, list(wide)), dark, volume=0.2, inside=melon, opacity=0.85)
    s.shape(ellipse(84, 100, 60, 14), darker(dark, 0.4), volume=0, inside=melon, opacity=0.5, soft=5)
    _gleam(s, 84, 36, 24, melon)
    s.shape(tail(path("84,8 88,0 96,-4 100,1"), 1.8, 1.0), STALK, volume=0.6)
    angle = np.linspace(0.06, np.pi - 0.06, 40)

    def bow(reach: float) -> Array:
        rim = np.stack([128 + np.cos(angle) * 54 * reach, 56 + np.sin(angle) * 44 * reach], -1)
        return np.asarray(rim, np.float32)

    for reach, tone in ((1.0, dark), (0.95, colour("#8fc46a")), (0.9, colour("#f4f4d8")), (0.84, coat)):
        flesh = s.shape(bow(reach), tone, volume=0.3 if tone is coat else 0.1, bottom=lighter(tone, 0.1))
    for number in range(13):
        at = np.radians(14 + number * 12.6)
        far = 0.66 if number % 2 else 0.44
        spot = 128 + np.cos(at) * 54 * far, 57 + np.sin(at) * 44 * far
        s.shape(ellipse(*spot, 1.3, 2.4, float(np.degrees(at)) - 90), colour("#2c1a1a"), volume=0.5, inside=flesh)


def grapes(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A bunch of grapes with its leaf and a tendril."""
    s.shape(tail(path("52,26 50,12 58,2"), 1.8, 2.4), STALK, volume=0.7)
    s.shape(limb(curve(path("54,14 70,4 80,12 72,18 68,10")), [0.7] * 49), darker(LEAF, 0.1), volume=0.3)
    outline = path("50,20 40,10 24,10 26,2 12,4 10,14 2,20 10,28 8,36 22,34 30,40 36,30 48,28")
    leaf = s.shape(blob(outline, 6), LEAF, volume=0.6, bottom=darker(LEAF, 0.3))
    for tip in ((12, 6), (8, 22), (14, 34), (32, 36)):
        s.stroke([(48, 23), tip], 0.6, lighter(LEAF, 0.4))
        s.shape(ellipse(*tip, 1, 1), LEAF, volume=0, inside=leaf)
    for row, count in enumerate((5, 6, 5, 5, 4, 3, 2, 1)):
        y = 30 + row * 9.2
        for number in rng.permutation(count):
            x = 52 + (number - (count - 1) / 2) * 13.2 + rng.uniform(-1.4, 1.4)
            size, tone = 8.2 * rng.uniform(0.92, 1.06), mix(coat, darker(coat, 0.3), rng.uniform(0, 0.7))
            s.shape(ellipse(x + 0.6, y + 1.6, size, size), darker(coat, 0.5), volume=0, opacity=0.5, soft=0.8)
            ball = s.shape(ellipse(x, y, size, size), tone, volume=1.0, bottom=darker(tone, 0.3))
            s.shape(
                ellipse(x - s.light.side * 2, y + 4, 5, 3),
                lighter(coat, 0.4),
                volume=0,
                inside=ball,
                opacity=0.35,
                soft=1,
            )
            s.shape(ellipse(x + s.light.side * 3, y - 3, 1.7, 1.3), WHITE, volume=0, inside=ball, opacity=0.8, soft=0.3)


def _grape(s: Sprite, x: float, y: float, tone: Array) -> None:
    s.shape(ellipse(x + 0.5, y + 1.2, 6, 6), darker(tone, 0.5), volume=0, opacity=0.5, soft=0.8)
    ball = s.shape(ellipse(x, y, 5.8, 5.8), tone, volume=1.0, bottom=darker(tone, 0.3))
    s.shape(ellipse(x + s.light.side * 2, y - 2, 1.3, 1.0), WHITE, volume=0, inside=ball, opacity=0.8)


def fruitbowl(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A bowl heaped with apples, oranges, bananas and grapes."""
    x, rim = s.width / 2, 62.0
    s.shape(ellipse(x, 98, 30, 3.6), darker(coat, 0.3), volume=0.6)
    s.shape(ellipse(x, rim, 72, 9), darker(coat, 0.42), volume=0.3)
    line = curve(path("-64,58 -56,34 -34,14 -8,8", x), 14)
    thick = np.interp(np.linspace(0, 1, len(line)), [0, 0.1, 0.3, 0.7, 0.9, 1], [2.4, 3, 9, 9, 4, 2.4])
    for lift, tone in ((-8.0, colour("#d8aa2c")), (3.0, colour("#f6cc36"))):
        place = line + np.array([lift * 0.6, lift], np.float32)
        s.shape(limb(place, list(thick)), tone, volume=1.0, bottom=darker(tone, 0.24))
        s.shape(ellipse(place[-1, 0], place[-1, 1], 2.6, 2.4), colour("#5a4426"), volume=0.6)
    green, red, amber = colour("#9abf3e"), colour("#cf2f34"), colour("#f28a24")
    for px, py, size, tone, stalk in (
        (6, 28, 20, green, True), (40, 34, 21, amber, False), (-24, 40, 20, amber, False), (-48, 52, 18, red, True),
        (16, 50, 22, red, True), (56, 54, 17, green, True),
    ):  # fmt: skip
        outline = APPLE * size if stalk else ellipse(0, 0, size, size * 0.97)
        s.shape(ellipse(x + px, py + 3, size * 1.02, size), darker(tone, 0.5), volume=0, opacity=0.35, soft=2)
        body = s.shape(outline + np.array([x + px, py], np.float32), tone, volume=1.0, bottom=darker(tone, 0.26))
        if stalk:
            top = py - size * 0.8
            s.shape(ellipse(x + px, top, size * 0.3, size * 0.12), darker(tone, 0.5), volume=0, inside=body, soft=1)
            s.shape(
                tail([(x + px, top), (x + px + 0.6, top - 5), (x + px + 2.6, top - 9)], 0.9, 1.3), STALK, volume=0.6
            )
        else:
            _dots(s, x + px, py, size * 0.9, size * 0.9, darker(tone, 0.3), body, rng)
        _gleam(s, x + px, py - size * 0.06, size * 0.5, body)
    _leaf(s, x + 8, 10, 22, -24)
    for row, count in enumerate((4, 4, 3, 2, 1)):
        for number in range(count):
            cx, cy = x - 26 + (number - (count - 1) / 2) * 9.6, 52 + row * 7.4
            tone = mix(colour("#6a3f8a"), colour("#4a2a66"), rng.uniform(0, 0.8))
            _grape(s, cx, cy, tone)
    lower = curve(path("-73,61 -66,78 -48,91 -26,97 0,98 26,97 48,91 66,78 73,61", x))
    bowl = np.concatenate([lower, ellipse(x, rim - 1.4, 73, 9)[:33]])
    front = s.shape(bowl, coat, volume=1.0, bottom=darker(coat, 0.24))
    band = curve(path("-66,78 -36,84 0,86 36,84 66,78", x))
    s.shape(limb(band, [1.1] * len(band)), mix(coat, WHITE, 0.6), volume=0, inside=front)
    for number in range(3):  # the last grapes hang over the rim
        cx, cy = x - 30 + number * 8, 68 + (number % 2) * 7
        tone = mix(colour("#6a3f8a"), colour("#4a2a66"), number / 3)
        _grape(s, cx, cy, tone)
