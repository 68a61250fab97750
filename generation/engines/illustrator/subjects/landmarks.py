"""Buildings that people know: pagoda, temple, palace, Great Wall, Eiffel Tower, a television tower, windmill, Fuji."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Points, Sprite, blob, darker, ellipse, limb, path, tail, turned
from generation.engines.illustrator.subjects.buildings import box

RED, GOLD, TILE, JADE = colour("#b83a30"), colour("#e8b84a"), colour("#5a6478"), colour("#3f7a6a")
MARBLE, GLASS = colour("#efe9de"), colour("#ffe08a")


def _eaves(s: Sprite, y: float, half: float, rise: float, tone: Array, *, ridge: float = 0.35) -> None:
    """A Chinese roof: its lower edge swings up at the corners, its upper edge is short."""
    x = s.width / 2
    t = np.linspace(-1, 1, 21)
    low = [(x + half * u, y - 5 * abs(u) ** 3.2) for u in t]
    high = [(x + half * ridge, y - rise), (x - half * ridge, y - rise)]
    slope = [(x + half * (ridge + (1 - ridge) * v), y - rise + rise * v**0.6 - 5 * v**5) for v in (0.75, 0.5, 0.25)]
    roof = s.shape([*low, *slope, *high, *[(2 * x - px, py) for px, py in slope[::-1]]], tone, volume=0.4)
    for u in np.linspace(-0.94, 0.94, 15):
        line = [(x + half * ridge * u, y - rise), (x + half * u, y - 5 * abs(u) ** 3.2)]
        s.shape(limb(line, [0.25, 0.5]), darker(tone, 0.3), volume=0, inside=roof, opacity=0.7)
    s.shape(limb(low, [1.0] * 21), darker(tone, 0.25), volume=0.5)
    s.shape(limb([(x - half * ridge, y - rise), (x + half * ridge, y - rise)], [1.3, 1.3]), lighter(tone, 0.2))


def _storey(s: Sprite, top: float, foot: float, half: float, tone: Array) -> None:
    """A storey of red columns with lit windows between them."""
    x = s.width / 2
    s.shape(box(x - half, top, half * 2, foot - top), darker(tone, 0.32), volume=0)
    bays = max(3, round(half / 5) | 1)
    wide = half * 2 / bays
    for bay in range(bays):
        left = x - half + bay * wide
        s.shape(box(left + wide * 0.24, top + 1.5, wide * 0.52, (foot - top) * 0.7), GLASS, volume=0, opacity=0.85)
        s.stroke([(left + wide / 2, top + 1), (left + wide / 2, foot - 2)], 0.5, darker(tone, 0.3))
    for column in range(bays + 1):
        at = x - half + column * wide
        s.shape(limb([(at, top), (at, foot)], [wide * 0.1 + 0.4] * 2), tone, volume=0.7)


def pagoda(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """Five storeys, each smaller than the one below."""
    x = s.width / 2
    s.shape(path("-25,94 25,94 29,100 -29,100", x), MARBLE, volume=0.3, bottom=darker(MARBLE, 0.2))
    for level in range(5):
        foot, half = 94 - level * 16.2, 20 - level * 2.7
        _storey(s, foot - 11, foot, half * 0.82, RED)
        _eaves(s, foot - 9.4, half * 1.42, 6.6, coat, ridge=0.55)
    s.shape(tail([(x, 8), (x, -6)], 1.6, 0.4, 4), GOLD)
    for number in range(3):
        s.shape(ellipse(x, 6 - number * 4, 2.6 - number * 0.5, 1.1), GOLD, volume=0.5)


def temple(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A round hall with three roofs on a terrace of marble, as the Temple of Heaven."""
    x = s.width / 2
    for step, half in enumerate((60, 52, 44)):
        s.shape(box(x - half, 92 - step * 5.4, half * 2, 7), MARBLE, volume=0.2, bottom=darker(MARBLE, 0.2))
        s.stroke([(x - half, 92 - step * 5.4), (x + half, 92 - step * 5.4)], 1, lighter(MARBLE, 0.6))
        for post in np.linspace(-half, half, 17):
            s.stroke([(x + post, 89.6 - step * 5.4), (x + post, 93 - step * 5.4)], 1, lighter(MARBLE, 0.4))
    s.shape(path("-9,81 9,81 14,100 -14,100", x), lighter(MARBLE, 0.3), volume=0)
    for number in range(5):
        s.stroke([(x - 9 - number, 83 + number * 3.6), (x + 9 + number, 83 + number * 3.6)], 0.7, darker(MARBLE, 0.3))
    for foot, half, rise in ((81, 27, 9), (61, 21, 9), (43, 15, 20)):
        _storey(s, foot - 12, foot, half, RED)
        _eaves(s, foot - 10, half * 1.35, rise, coat, ridge=0.06 if rise > 10 else 0.62)
    s.shape(ellipse(x, 11, 2.6, 3.2), GOLD, volume=0.8)
    s.shape(box(x - 4, 46, 8, 5), colour("#2f4f9a"), volume=0)


def palace(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A wide hall with two golden roofs above red walls, as in the Forbidden City."""
    x = s.width / 2
    s.shape(box(x - 76, 84, 152, 16), darker(MARBLE, 0.05), volume=0.2, bottom=darker(MARBLE, 0.22))
    s.shape(path("-14,84 14,84 22,100 -22,100", x), lighter(MARBLE, 0.3), volume=0)
    for post in np.linspace(-75, 75, 31):
        s.stroke([(x + post, 80), (x + post, 86)], 1.1, lighter(MARBLE, 0.4))
    for number in range(5):
        s.stroke(
            [(x - 14 - number * 1.6, 86 + number * 3), (x + 14 + number * 1.6, 86 + number * 3)],
            0.6,
            darker(MARBLE, 0.3),
        )
    _storey(s, 56, 84, 60, RED)
    _eaves(s, 58, 72, 13, coat, ridge=0.78)
    _storey(s, 36, 46, 48, RED)
    _eaves(s, 38, 60, 19, coat, ridge=0.62)
    for way in (-1, 1):
        s.shape(
            blob([(x + way * 36, 19), (x + way * 38, 11), (x + way * 41, 15), (x + way * 39, 20)], 5),
            lighter(coat, 0.2),
        )
    s.shape(box(x - 6, 45.5, 12, 7), colour("#2f4f9a"), volume=0.2)


def greatwall(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """The Great Wall: it winds over ridges from tower to tower, nearer and larger towards us."""
    stone = coat
    spans = (
        ((178, 33), (150, 40), (128, 33), (104, 44)),
        ((104, 44), (84, 58), (62, 52), (44, 68)),
        ((44, 68), (30, 84), (6, 88), (-6, 98)),
    )
    for number, span in enumerate(spans):
        thick = 3.2 + number * 4.4
        line = _smooth(span)
        top, low = line - np.array([0, thick * 0.5]), line + np.array([0, thick * 0.9])
        side = darker(stone, 0.22)
        s.shape(np.concatenate([top, low[::-1] + np.array([0, thick])]), side, volume=0, bottom=darker(stone, 0.4))
        s.shape(np.concatenate([top, low[::-1]]), lighter(stone, 0.14), volume=0)
        for edge in (top, low):
            for at in range(0, len(edge) - 1, 2):
                px, py = edge[at]
                s.shape(box(px - thick * 0.16, py - thick * 0.5, thick * 0.36, thick * 0.55), stone, volume=0.3)
    for px, py, size in ((178, 34, 6), (104, 46, 10), (44, 72, 17)):
        _tower(s, px, py, size, stone)


def _smooth(points: Points) -> Array:
    spine = np.asarray(points, np.float32)
    at = np.linspace(0, len(spine) - 1, 25)
    whole = np.arange(len(spine))
    curve = np.stack([np.interp(at, whole, spine[:, axis]) for axis in (0, 1)], -1)
    return np.stack([np.convolve(np.pad(curve[:, axis], 2, "edge"), np.ones(5) / 5, "valid") for axis in (0, 1)], -1)


def _tower(s: Sprite, x: float, y: float, size: float, stone: Array) -> None:
    s.shape(
        path("-0.9,-1.9 0.9,-1.9 1,0.9 -1,0.9", x, y, wide=size, tall=size),
        stone,
        volume=0.25,
        bottom=darker(stone, 0.25),
    )
    for shift in (-0.52, 0, 0.52):
        window = blob(
            path(
                "-0.14,0.3 -0.14,-0.1 0,-0.24 0.14,-0.1 0.14,0.3",
                x + shift * size,
                y - 0.7 * size,
                wide=size,
                tall=size,
            ),
            3,
        )
        s.shape(window, darker(stone, 0.48), volume=0)
    for shift in (-0.86, -0.43, 0, 0.43, 0.86):
        s.shape(
            box(x + (shift - 0.13) * size, y - 2.2 * size, 0.28 * size, 0.4 * size), lighter(stone, 0.1), volume=0.2
        )
    s.stroke([(x - size, y - 1.7 * size), (x + size, y - 1.7 * size)], size * 0.1, lighter(stone, 0.25))


def eiffel(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """The Eiffel Tower, its lattice lit from within."""
    x = s.width / 2

    def half(y: float) -> float:
        return float(1.0 + 27 * max((y - 4) / 96, 0) ** 2.3)

    rows = np.linspace(2, 100, 40)
    for way in (-1, 1):
        outer = [(x + way * half(y), y) for y in rows]
        inner = [(x + way * half(y) * (0.2 if y < 62 else 0.46), y) for y in rows]
        leg = s.shape(outer + inner[::-1], coat, volume=0.4, bottom=darker(coat, 0.1))
        for y in np.arange(10, 98, 3.2):
            a, b = half(y), half(y + 3.2)
            for first, second in ((1.0, 0.3), (0.3, 1.0)):
                strut = limb([(x + way * a * first, y), (x + way * b * second, y + 3.2)], [0.32, 0.32])
                s.shape(strut, mix(GLASS, coat, 0.25), volume=0, inside=leg)
    s.shape(path("-14,76 14,76 15,80 -15,80", x), darker(coat, 0.2), volume=0.3)
    s.shape(path("-8,54 8,54 9,57.4 -9,57.4", x), darker(coat, 0.2), volume=0.3)
    arch = [(x + 13 * np.cos(a), 98 - 16 * np.sin(a)) for a in np.linspace(0, np.pi, 20)]
    s.shape(limb(arch, [1.2] * 20), darker(coat, 0.12), volume=0.4)
    s.shape(path("-3,12 3,12 3.4,15 -3.4,15", x), darker(coat, 0.15), volume=0.3)
    s.stroke([(x, 3), (x, -8)], 0.9, coat)


def pearl(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """The Oriental Pearl Tower of Shanghai: spheres on three columns."""
    x, steel = s.width / 2, colour("#b8bccc")
    for lean in (-12, 12):
        s.shape(limb([(x + lean, 100), (x + lean * 0.3, 70)], [1.5, 1.2]), steel)
    for shift in (-4.6, 0, 4.6):
        s.shape(limb([(x + shift, 100), (x + shift, 34)], [1.7, 1.5]), steel, volume=0.8)
    s.shape(ellipse(x, 72, 13, 12.4), coat, volume=0.8, bottom=darker(coat, 0.2))
    s.shape(ellipse(x, 34, 8.6, 8.4), coat, volume=0.8, bottom=darker(coat, 0.2))
    for y, reach in ((70, 12.8), (74, 12.8), (33, 8.4), (36, 8.2)):
        s.stroke([(x - reach, y), (x + reach, y)], 0.7, GLASS, opacity=0.9)
    s.shape(limb([(x, 30), (x, 8)], [1.8, 1.2]), steel)
    s.shape(ellipse(x, 16, 3, 3), coat, volume=0.8)
    s.shape(tail([(x, 10), (x, -10)], 1.0, 0.3, 4), steel)


def windmill(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A Dutch windmill."""
    x, wood = s.width / 2, colour("#6a4a38")
    s.shape(path("-10,34 10,34 17,99 -17,99", x), coat, volume=0.6, bottom=darker(coat, 0.14))
    s.shape(blob(path("-12,36 -9,24 0,17 9,24 12,36", x), 5), colour("#8a4a3c"), volume=0.6)
    s.shape(blob(path("-4,99 -4,88 0,84 4,88 4,99", x), 3), wood, volume=0.2)
    for y in (50, 68):
        s.shape(box(x - 2.6, y, 5.2, 6.4), GLASS, volume=0)
    s.stroke([(x - 15, 76), (x + 15, 76)], 1.6, wood)
    spin = rng.uniform(10, 80)
    for arm in range(4):
        sail = np.array([(1.4, -4), (9, -6), (9, -38), (1.4, -38)], np.float32)
        s.shape(turned(sail, spin + arm * 90) + np.array([x, 32]), colour("#f4ead6"), volume=0.2)
        for rung in np.linspace(-8, -38, 7):
            s.stroke(turned([(0, rung), (9, rung)], spin + arm * 90) + np.array([x, 32], np.float32), 0.6, wood)
        s.stroke(turned([(0, 0), (0, -39)], spin + arm * 90) + np.array([x, 32], np.float32), 1.5, wood)
    s.shape(ellipse(x, 32, 2.8, 2.8), wood)


def fuji(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """Mount Fuji with its cap of snow."""
    x = s.width / 2
    slope = [(x + way * (7 + 104 * ((y - 20) / 80) ** 1.5), y) for way in (-1, 1) for y in np.linspace(20, 100, 24)]
    left, right = slope[:24], slope[24:]
    mountain = s.shape([*left[::-1], *right], coat, volume=0.35, bottom=mix(coat, (0.8, 0.86, 0.95), 0.5))
    teeth = [(x + 46 * u, 52 + (7 if n % 2 else -5) - 5 * abs(u)) for n, u in enumerate(np.linspace(-1, 1, 15))]
    s.shape([*left[:10][::-1], *right[:10], *teeth[::-1]], (0.97, 0.98, 1.0), volume=0.3, inside=mountain)
    s.shape(path("-7,20 -3,22 1,20 4,22 7,20 3,19 -3,19", x), lighter(coat, 0.3), volume=0)
