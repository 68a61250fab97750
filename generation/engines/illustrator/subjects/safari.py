"""Animals of the savanna and the desert, seen from the side: zebra, giraffe, camel, dromedary."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Points, Sprite, blob, curve, darker, ellipse, limb, path, tail

DARK = colour("#2b2430")
HOOF = colour("#3a302c")
CREAM = colour("#f8ead0")


def _eye(s: Sprite, x: float, y: float, size: float) -> None:
    """A dark wet eye with lashes."""
    s.shape(ellipse(x, y, size * 1.25, size), DARK, volume=0)
    s.shape(ellipse(x - size * 0.3, y - size * 0.35, size * 0.34, size * 0.3), (1, 1, 1), volume=0)
    for lean in (0.2, 1.0, 1.8):
        s.stroke([(x + lean * size * 0.7, y - size * 0.7), (x + lean * size * 1.1, y - size * 1.5)], size * 0.24, DARK)


def _leg(s: Sprite, joints: Points, widths: tuple[float, ...], tone: Array) -> Array:
    """A leg through its joints; returns its mask."""
    line = curve(joints)
    along = np.linspace(0, len(widths) - 1, len(line))
    outline = limb(line, list(np.interp(along, range(len(widths)), widths)))
    return s.shape(outline, tone, volume=0.9, bottom=darker(tone, 0.16))


def _hoof(s: Sprite, foot: Array, size: float) -> None:
    s.shape(path("-2.4,-1 2.4,-1 3.6,4 -3,4", foot[0], foot[1], wide=size, tall=size), HOOF, volume=0.5)


def _stripe(s: Sprite, points: Points, wide: float, mask: Array) -> None:
    line = curve(points)
    widths = wide * (0.35 + 0.65 * np.sin(np.linspace(0.15, np.pi - 0.1, len(line))))
    s.shape(limb(line, list(widths)), DARK, volume=0, inside=mask)


def zebra(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A zebra that walks."""
    far = darker(coat, 0.2)
    s.shape(tail(path("24,38 16,46 14,60"), 1.8, 1.2), coat, volume=0.6)
    for level in (44.0, 49.0, 54.0):
        s.stroke([(19 - (level - 44) * 0.4, level), (14.4 - (level - 44) * 0.1, level + 1)], 1.1, DARK)
    s.shape(blob(path("12.4,58 16,58 17.6,72 13,80 10,72"), 6), DARK, volume=0.6)
    for joints, widths in (
        (path("40,56 47,68 42,80 45,94"), (9.0, 5.4, 3.0, 2.4)),
        (path("78,58 73,70 74,82 69,94"), (6.4, 4.2, 2.9, 2.3)),
    ):
        mask = _leg(s, joints, widths, far)
        for level in np.arange(66, 92, 4.6):
            _stripe(s, [(30, level + 1), (56, level - 1), (90, level + 1)], 1.0, mask)
        _hoof(s, joints[-1], 0.95)
    trunk = s.shape(
        blob(path("22,44 27,34 42,32 58,36 74,32 86,35 92,47 87,59 74,63 56,65 42,61 28,59"), 8),
        coat, volume=1.0, bottom=mix(darker(coat, 0.24), colour("#8a88a0"), 0.2),
    )  # fmt: skip
    for number, x in enumerate(np.linspace(47, 84, 8)):
        _stripe(s, [(x + 1.5, 29), (x + 1, 42), (x - 1, 52), (x - 2 + number * 0.3, 62)], 1.75, trunk)
    for number in range(5):
        reach = 5.5 * number
        bow = [(45 - reach * 0.4, 29 + reach * 0.5), (39 - reach * 0.5, 41 + reach * 0.9), (44 - reach, 64 + reach)]
        _stripe(s, bow, 1.75, trunk)
    for joints, widths in (
        (path("33,46 29,62 34,77 29,95"), (13.0, 8.0, 3.6, 2.7)),
        (path("84,48 87,66 88,81 90,95"), (10.0, 5.0, 3.4, 2.6)),
    ):
        mask = _leg(s, joints, widths, coat)
        for level in np.arange(54 if joints[0, 0] > 50 else 40, 93, 4.4):
            drop = -5 if level < 54 else 3 if level < 70 else 1
            x = float(np.interp(level, joints[:, 1], joints[:, 0]))
            _stripe(s, [(x - 13, level - drop), (x, level + 1), (x + 13, level - drop)], 1.25, mask)
        _hoof(s, joints[-1], 1.1)
    _zebra_head(s, coat)


def _zebra_head(s: Sprite, coat: Array) -> None:
    for number, at in enumerate(np.linspace(0, 1, 22)):  # the mane stands up like a brush
        x, y = 104 - 29 * at, 1 + 31 * at**1.15
        root = [(x + 3, y + 3), (x - 3.4 + 1.2 * at, y - 5.4 + 2.4 * at)]
        s.shape(limb(root, [1.5, 0.7]), DARK if number % 3 else lighter(coat, 0.1), volume=0.3)
    neck = s.shape(
        blob(path("72,37 80,31 92,15 102,6 110,14 106,27 98,41 93,55 82,57 74,49"), 8),
        coat, volume=0.9, bottom=mix(coat, darker(coat, 0.24), 0.5),
    )  # fmt: skip
    for at in np.linspace(0, 1, 7):
        x, y = 100 - 25 * at, 7 + 27 * at
        _stripe(s, [(x - 3, y - 3), (x + 6, y + 5 + at), (x + 11 + 6 * at, y + 15 + 3 * at)], 1.5, neck)
    skull = s.shape(blob(path("98,8 106,4 113,9 121,21 125,29 124,34 118,36 111,31 103,28 98,20"), 8), coat, volume=0.9)
    for at in (0.16, 0.5, 0.68, 0.86):
        x, y = 102 + 18 * at, 8 + 19 * at
        _stripe(s, [(x + 6, y - 6), (x + 2, y - 1), (x - 1, y + 1)], 0.85, skull)
    for at in (0.1, 0.34, 0.58, 0.82):
        x, y = 99 + 16 * at, 15 + 15 * at
        _stripe(s, [(x - 4, y + 8), (x + 1, y + 3), (x + 4.6, y + 2)], 0.85, skull)
    s.shape(blob(path("118,24 125,28 125,34 119,36.4 114,32 115,27"), 8), mix(DARK, coat, 0.14), volume=0.6)
    s.shape(ellipse(122.6, 29.6, 1.0, 1.5, 20), (0.05, 0.04, 0.06), volume=0)
    ear = s.shape(blob(path("97,10 96,0 99,-6 103,0 104,7"), 6), coat, volume=0.7)
    s.shape(ellipse(99.4, -4.6, 4, 2.6), DARK, volume=0, inside=ear)
    s.shape(blob(path("99,7 98.6,1 99.6,-1 101.4,3"), 6), mix(DARK, coat, 0.4), volume=0.2)
    _eye(s, 109, 15.4, 1.7)


def _patches(s: Sprite, mask: Array, low: tuple[float, float], high: tuple[float, float], size: float, tone: Array,
             rng: np.random.Generator) -> None:  # fmt: skip
    """Brown patches with pale seams between them, as on a giraffe."""
    for row, y in enumerate(np.arange(low[1], high[1], size * 0.92)):
        for x in np.arange(low[0] + row % 2 * size / 2, high[0], size):
            angle = np.linspace(0, 2 * np.pi, 6, endpoint=False) + rng.uniform(0, 1)
            far = size * 0.53 * rng.uniform(0.8, 1.08, 6)
            outline = np.stack([x + np.cos(angle) * far, y + np.sin(angle) * far], -1)
            s.shape(
                blob(outline, 2), mix(tone, darker(tone, 0.3), rng.uniform(0, 0.5)), volume=0, inside=mask, opacity=0.92
            )


def giraffe(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A giraffe that strolls, its neck stretched."""
    far, brown = darker(coat, 0.24), mix(darker(coat, 0.4), colour("#8a4a22"), 0.6)
    s.shape(tail(path("19,47 12,54 12,66"), 1.0, 0.6), coat)
    s.shape(blob(path("11,65 13,65 14.4,73 12,79 9.6,73"), 5), DARK, volume=0.5)
    for joints, widths in (
        (path("30,60 34,70 31,82 34,95"), (5.0, 2.7, 2.0, 1.6)),
        (path("53,60 49,72 50,83 47,95"), (4.0, 2.4, 1.9, 1.6)),
    ):
        _patches(s, _leg(s, joints, widths, far), (26, 60), (58, 78), 3.4, darker(brown, 0.2), rng)
        _hoof(s, joints[-1], 0.74)
    outline = path(
        "17,54 19,46 30,43 42,40 52,36 60,33 67,22 73,10 79,8 82,12 79,22 74,36 69,48 63,59 52,64 38,65 25,63"
    )
    trunk = s.shape(blob(outline, 8), coat, volume=0.85, bottom=mix(coat, CREAM, 0.3))
    _patches(s, trunk, (17, 42), (66, 63), 6.2, brown, rng)
    _patches(s, trunk, (60, 13), (84, 42), 4.4, brown, rng)
    shade = blob(path("20,62 40,62 62,58 60,68 30,70"), 6)
    s.shape(shade, darker(coat, 0.4), volume=0, inside=trunk, opacity=0.5, soft=2.4)
    s.shape(limb([(66 + 4 * s.light.side, 44), (76 + 3 * s.light.side, 12)], [3, 2]), (1, 1, 1), volume=0, inside=trunk,
            opacity=0.22, soft=2)  # fmt: skip
    for joints, widths in (
        (path("24,52 22,66 26,79 22,95.5"), (7.4, 4.4, 2.2, 1.8)),
        (path("58,54 60,68 60,80 62,95.5"), (6, 3.2, 2.2, 1.8)),
    ):
        mask = _leg(s, joints, widths, coat)
        _patches(s, mask, (14, 50), (68, 76), 4.2, brown, rng)
        _hoof(s, joints[-1], 0.84)
    for at in np.linspace(0, 1, 18):  # a short mane along the neck
        x, y = 72.6 - 17 * at, 9 + 26 * at**1.2
        s.stroke([(x + 1, y + 1), (x - 1.7, y - 1.2)], 1.1, darker(brown, 0.2))
    for x, y in ((77, -3), (80.6, -3.4)):
        s.shape(limb([(x + 0.6, y + 9), (x, y)], [1.0, 0.8]), coat, volume=0.6)
        s.shape(ellipse(x, y - 0.6, 1.5, 1.4), darker(brown, 0.4), volume=0.6)
    s.shape(blob(path("73,7 67,3.4 64,4 68,9 73,11"), 6), coat, volume=0.7)
    s.shape(blob(path("72,7.4 68,4.9 66.4,5.2 69,8.4"), 6), mix(coat, colour("#d89a90"), 0.6), volume=0)
    skull = s.shape(
        blob(path("74,6 79,3 85,5.4 91,11 96,15.4 96.4,19 92,20.6 85,18.6 78,17 74,12"), 8), coat, volume=0.9
    )
    _patches(s, skull, (74, 6), (84, 13), 3.2, brown, rng)
    s.shape(blob(path("90,11.6 96.6,15.4 97,19 92,20.8 87.4,18"), 8), mix(coat, CREAM, 0.7), volume=0.5)
    s.shape(ellipse(94.6, 15.8, 0.7, 0.5, 30), DARK, volume=0)
    mouth = curve([(96.4, 18.6), (92, 18.8), (88.6, 17.6)])
    s.shape(limb(mouth, [0.25] * len(mouth)), DARK, volume=0, opacity=0.7)
    _eye(s, 83, 9.4, 1.35)


def _camel(s: Sprite, coat: Array, humps: tuple[float, ...], rng: np.random.Generator) -> None:
    """A camel with its humps along the back."""
    far, deep, wool = darker(coat, 0.3), darker(coat, 0.22), mix(darker(coat, 0.4), colour("#6a4022"), 0.5)
    s.shape(tail(path("20,48 14,56 14,66"), 1.6, 0.8), deep)
    s.shape(blob(path("12.6,64 15.4,64 16.4,72 14,77 11.6,72"), 5), wool, volume=0.5)

    def leg(joints: Array, widths: tuple[float, ...], tone: Array) -> None:
        _leg(s, joints, widths, tone)
        foot = joints[-1]
        s.shape(blob(path("-3.8,-2 3.4,-2 6,2.6 -4.6,2.6", foot[0], foot[1]), 5), darker(tone, 0.24), volume=0.6)

    leg(path("37,62 43,72 39,82 42,96"), (8, 4.4, 3.4, 2.4), far)
    leg(path("78,64 73,74 74,83 70,96"), (6, 3.6, 3.2, 2.4), far)
    back: list[tuple[float, float]] = []
    for x in humps:
        half, high = (13, 17) if len(humps) > 1 else (18, 15)
        back += [(x - half, 37), (x - half * 0.5, high + 6), (x - half * 0.05, high), (x + half * 0.45, high + 6)]
    outline = [
        (17, 54), (21, 44), *back, (83, 40), (92, 46), (99, 44), (102.5, 34), (103.4, 22), (104, 12),
        (113, 15), (113.6, 30), (113, 46), (107, 60), (97, 67), (84, 69), (66, 71), (48, 71), (32, 69), (21, 64),
    ]  # fmt: skip
    trunk = s.shape(blob(outline, 8), coat, volume=1.0, bottom=deep)
    for x in humps:
        for number in range(14):
            at = (number - 6.5) / 7
            y = high + 1 + abs(at) ** 1.8 * 16
            lock = [(x + at * half * 0.62, y), (x + at * half * 0.72, y + 4), (x + at * half * 0.66 + 1, y + 8.5)]
            s.shape(tail(lock, 1.6, 0.3, 5), mix(wool, coat, 0.3), volume=0.5, inside=trunk)
    s.shape(ellipse(56, 70, 30, 6), darker(coat, 0.5), volume=0, inside=trunk, opacity=0.45, soft=3)
    leg(path("29,52 26,68 31,80 26,96.5"), (11, 6.4, 3.9, 2.7), coat)
    leg(path("83,54 86,70 87,81 88,96.5"), (8, 4.8, 3.8, 2.7), coat)
    throat = curve(path("98,66 107,60 113,46 113.6,30 112.6,24"))
    for number in range(15):  # wool down the throat
        x, y = throat[number * 3]
        lock = [(x - 1.4, y - 2), (x + 0.8, y + 3), (x - 0.6, y + 8)]
        s.shape(tail(lock, 2.0, 0.3, 5), mix(wool, coat, 0.25 + 0.3 * rng.random()), volume=0.6)
    s.shape(blob(path("104,12 110,9 117,12 124,16 130,20 131,25 127,29 120,28 112,27 105,24"), 8), coat, volume=0.95)
    s.shape(blob(path("123,17 130,20 131,25 127,29.4 122,27.4"), 8), mix(coat, CREAM, 0.4), volume=0.5)
    s.shape(limb(curve([(130.6, 25.4), (126, 25.6), (121, 24)]), [0.5] * 25), DARK, volume=0, opacity=0.75)
    s.shape(limb([(128.6, 20.4), (129.4, 21.6)], [0.5, 0.7]), DARK, volume=0)
    for x in (104.6, 107.4):
        s.shape(blob(path("-1.6,2 -2.4,-4 0.4,-5.6 2,-1 1.4,3", x, 11), 5), coat, volume=0.6)
    for number in range(8):
        tuft = [(106 + number * 0.9, 11), (105 + number * 0.9, 7.4), (103 + number * 1.2, 6)]
        s.shape(tail(tuft, 1.5, 0.3, 5), wool if number % 2 else mix(wool, coat, 0.3), volume=0.5)
    _eye(s, 114.6, 16, 1.7)
    lid = curve([(111.8, 15.6), (114.4, 13.6), (117.4, 15.2)])
    s.shape(limb(lid, [0.7] * len(lid)), deep, volume=0)


def camel(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A camel with two humps."""
    _camel(s, coat, (40, 70), rng)


def dromedary(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A camel with one hump."""
    _camel(s, coat, (54,), rng)
