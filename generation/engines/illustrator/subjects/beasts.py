"""Animals seen from the side as they walk: elephant, horse, sea turtle."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail

DARK = colour("#2b2430")
IVORY = colour("#f6ecd4")


def _eye(s: Sprite, x: float, y: float, size: float) -> None:
    s.shape(ellipse(x, y, size * 1.3, size), darker(DARK, 0.1), volume=0)
    s.shape(ellipse(x + size * 0.1, y, size * 0.8, size * 0.8), colour("#5a3a26"), volume=0)
    s.shape(ellipse(x + size * 0.1, y, size * 0.46, size * 0.5), colour("#15101a"), volume=0)
    s.shape(ellipse(x - size * 0.2, y - size * 0.35, size * 0.26, size * 0.26), (1, 1, 1), volume=0)


def elephant(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An elephant that walks, its trunk hanging, large ears, tusks."""
    deep, far = darker(coat, 0.22), darker(coat, 0.34)
    s.shape(tail(path("20,38 14,52 15,66"), 1.5, 0.9), deep)
    for tip in (15, 11):
        s.shape(tail([(15, 65), (tip, 72)], 1.2, 0.5), DARK)
    for points in (path("39,60 43,76 40,93"), path("84,62 80,78 83,93")):
        s.shape(limb(curve(points), list(np.linspace(9.6, 7.4, 25))), far, volume=0.8, bottom=darker(far, 0.2))
    for foot in (40, 83):
        s.shape(ellipse(foot, 96.4, 7.6, 2.8), far, volume=0.5)
    body = s.shape(
        blob(path("19,42 24,25 42,15 64,14 84,20 95,36 95,56 84,70 62,75 40,73 25,66"), 8),
        coat,
        volume=0.9,
        bottom=deep,
    )
    s.shape(ellipse(58, 74, 34, 11), darker(coat, 0.5), volume=0, inside=body, opacity=0.5, soft=5)
    for points, foot in ((path("29,54 27,74 30,94"), 30), (path("90,54 93,74 91,94"), 91)):
        s.shape(limb(curve(points), list(np.linspace(12.6, 8.4, 25))), coat, volume=0.9, bottom=deep)
        for level in (72, 76.5, 81):
            fold = curve([(foot - 8, level), (foot, level + 1.6), (foot + 8, level)])
            s.shape(limb(fold, [0.4] * len(fold)), deep, volume=0, opacity=0.7)
        s.shape(ellipse(foot, 97, 9.2, 3.4), coat, volume=0.6)
        for toe in (-5.4, 0.6, 6.2):
            s.shape(ellipse(foot + toe, 98, 2.1, 1.7), IVORY, volume=0.5)
    trunk = curve(path("112,42 121,54 122,70 118,84 121,92 127,93"), 12)
    s.shape(blob(path("90,30 93,14 106,8 118,13 124,28 123,44 114,54 101,54 92,44"), 8), coat, volume=0.9)
    s.shape(limb(trunk, list(np.linspace(10.5, 3.2, len(trunk)))), coat, volume=0.95, bottom=deep)
    for at in range(10, len(trunk) - 4, 4):
        (px, py), wide = trunk[at], 9.2 - 6 * at / len(trunk)
        fold = curve([(px - wide * 0.8, py - 0.8), (px, py + 1.2), (px + wide * 0.8, py - 0.8)])
        s.shape(limb(fold, [0.34] * len(fold)), deep, volume=0, opacity=0.6)
    s.shape(tail(path("112,50 120,60 131,60 137,53"), 2.9, 0.7), IVORY, volume=0.9)
    s.shape(blob(path("106,47 116,46 117,54 108,55"), 6), coat, volume=0.5)
    ear = blob(path("100,16 91,9 79,11 71,24 70,42 77,58 87,61 95,52 101,38"), 8)
    s.shape(ear + np.array([-1.4, 2], np.float32), darker(coat, 0.5), volume=0, opacity=0.5, soft=2)
    flap = s.shape(ear, lighter(coat, 0.06), volume=1.0, bottom=deep)
    s.shape(
        blob(path("96,20 88,15 80,20 76,34 80,48 87,52 93,42"), 8),
        mix(coat, colour("#d8a0a0"), 0.34),
        volume=0.3,
        inside=flap,
        opacity=0.7,
        soft=1.6,
    )
    _eye(s, 110, 27, 2.1)
    for lift in (-3.6, 3.2):
        lid = curve([(106.6, 27 + lift * 0.7), (110, 27 + lift), (113.6, 27 + lift * 0.6)])
        s.shape(limb(lid, [0.4] * len(lid)), deep, volume=0)
    for _ in range(16):
        x, y = rng.uniform(34, 66), rng.uniform(24, 60)
        fold = curve([(x, y), (x + 4, y + 1), (x + 9, y - 0.4)])
        s.shape(limb(fold, [0.24] * len(fold)), deep, volume=0, opacity=0.35)


def horse(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A horse that walks, with a flowing mane and tail."""
    hair = _hair(coat)
    for spread in (-4, 0, 4):
        lock = [(24, 36), (14 + spread * 0.4, 46), (11 + spread, 64), (15 + spread * 1.6, 82 - abs(spread))]
        s.shape(tail(lock, 3.6, 0.8), hair, volume=0.9)
    far, near = (
        ("40,56 47,68 42,79 45,93", "78,58 72,70 74,82 69,93"),
        (
            "33,46 29,62 34,76 28,94",
            "84,48 87,66 88,80 90,94",
        ),
    )
    _horse(s, coat, far, near, 0)


def galloping(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A horse at full gallop, mane and tail in the wind."""
    hair = _hair(coat)
    for spread in (-5, -1, 3, 7):
        lock = [(26, 36), (14, 30 + spread * 0.6), (0, 34 + spread * 1.5), (-10 + abs(spread), 42 + spread * 2.2)]
        s.shape(tail(lock, 3.6, 0.7), hair if spread % 2 else lighter(hair, 0.1), volume=0.9)
    far, near = (
        ("38,54 34,68 20,76 10,88", "80,54 97,60 112,68 126,74"),
        (
            "33,46 22,60 14,72 -1,79",
            "84,48 101,52 110,62 106,76",
        ),
    )
    _horse(s, coat, far, near, 1)


def _hair(coat: Array) -> Array:
    return mix(darker(coat, 0.5), colour("#2a1c1c"), 0.55)


def _horse_leg(s: Sprite, joints: Array, widths: tuple[float, ...], tone: Array, bottom: Array) -> None:
    line = curve(joints)
    s.shape(
        limb(line, list(np.interp(np.linspace(0, 3, len(line)), range(4), widths))), tone, volume=0.95, bottom=bottom
    )
    way = joints[-1] - joints[-2]
    way = (
        np.array([0.0, 1.0]) if way[1] > 2 * abs(way[0]) else way / np.hypot(*way)
    )  # flat on the ground, or in the air
    side, end = np.array([way[1], -way[0]]), joints[-1]
    outline = [end - way - side * 3, end - way + side * 3, end + way * 5 + side * 4.4, end + way * 5 - side * 4]
    s.shape(np.array(outline), colour("#3a302c"), volume=0.5)


def _horse(s: Sprite, coat: Array, far: tuple[str, str], near: tuple[str, str], wind: float) -> None:
    """Body, head and mane of a horse over its four legs; the more wind, the more the mane flies."""
    deep, dim, hair = darker(coat, 0.24), darker(coat, 0.36), _hair(coat)
    for text, thin in zip(far, ((9.0, 5.4, 3.0, 2.5), (6.4, 4.2, 2.9, 2.4)), strict=True):
        _horse_leg(s, path(text), thin, dim, darker(dim, 0.1))
    body = s.shape(
        blob(path("23,44 28,33 42,31 58,35 74,31 86,34 92,46 87,58 74,62 56,64 42,60 29,58"), 8),
        coat,
        volume=1.0,
        bottom=deep,
    )
    s.shape(ellipse(60, 65, 26, 6), darker(coat, 0.5), volume=0, inside=body, opacity=0.45, soft=3)
    for text, thick in zip(near, ((13.0, 8.0, 3.6, 2.8), (10.0, 5.0, 3.4, 2.7)), strict=True):
        _horse_leg(s, path(text), thick, coat, deep)
    s.shape(
        blob(path("72,36 80,30 92,14 102,6 110,14 106,26 98,40 93,54 82,56 74,48"), 8),
        coat,
        volume=0.95,
        bottom=mix(coat, deep, 0.5),
    )
    s.shape(blob(path("98,8 106,4 113,9 121,21 125,29 124,34 118,36 111,31 103,28 98,20"), 8), coat, volume=0.9)
    s.shape(blob(path("119,25 125,28 125,34 119,36.4 115,33 116,28"), 8), mix(coat, DARK, 0.34), volume=0.6)
    s.shape(ellipse(122.4, 29.4, 1.0, 1.5, 20), DARK, volume=0)
    s.shape(limb(curve([(124, 33), (120, 33.6), (116.6, 32)]), [0.4] * 25), DARK, volume=0, opacity=0.7)
    s.shape(blob(path("97,10 96,0 99,-6 103,0 104,7"), 6), coat, volume=0.7)
    s.shape(blob(path("99,7 98.6,0 99.6,-2.4 101.4,2"), 6), mix(coat, colour("#d89a90"), 0.5), volume=0.2)
    _eye(s, 109, 14.6, 1.7)
    cheek = curve([(103, 26), (108, 25.4), (110.6, 20)])
    s.shape(limb(cheek, [0.5] * len(cheek)), deep, volume=0, opacity=0.45)
    for number, at in enumerate(np.linspace(0, 1, 15)):
        x, y = 102 - 27 * at, 2 + 33 * at**1.1
        sway = 1.6 * (number % 3 - 1)
        down = (y + 4 - 5 * wind, y + 13 - 16 * wind, y + 21 - 5 * at - (19 + 2 * sway) * wind)
        back = (x - 3 - 4 * wind, x - 4 + sway - 9 * wind, x - 1 + sway * (1 + 2 * wind) - 21 * wind)
        lock = curve([(x + 1, y - 1), *zip(back, down, strict=True)])
        wide = 0.5 + 2.0 * np.sin(np.linspace(0.5, np.pi, len(lock)))
        s.shape(limb(lock, list(wide)), hair if number % 2 else lighter(hair, 0.1), volume=0.6)
    s.shape(tail([(101, 0), (105, 3), (108, 8), (106, 13)], 1.6, 0.4), hair, volume=0.8)


def seaturtle(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A sea turtle that glides, its flippers spread."""
    skin, deep = mix(coat, colour("#d8d8a0"), 0.34), darker(coat, 0.3)

    def speckled(points: Array, dim: float, count: int) -> None:
        tone = skin * dim
        mask = s.shape(points, tone, volume=0.9, bottom=darker(tone, 0.3))
        low, high = points.min(0), points.max(0)
        for _ in range(count):
            x, y = rng.uniform(low, high)
            s.shape(
                ellipse(x, y, rng.uniform(1.2, 2.4), rng.uniform(0.9, 1.8), rng.uniform(0, 180)),
                darker(tone, 0.4),
                volume=0,
                inside=mask,
                opacity=0.8,
            )

    speckled(blob(path("82,52 92,40 104,24 118,14 122,18 114,34 104,50 94,60"), 8), 0.74, 10)
    speckled(blob(path("36,62 24,58 12,60 4,68 10,72 24,72 36,72"), 8), 0.74, 6)
    shell = blob(path("26,60 34,44 52,32 72,30 90,38 100,52 98,62 84,68 60,72 38,70"), 8)
    s.shape(
        blob(path("28,62 40,68 64,72 88,68 99,60 96,70 80,78 56,80 36,74"), 8),
        mix(skin, colour("#f4ecc8"), 0.6),
        volume=0.7,
    )
    dome = s.shape(shell, coat, volume=1.0, bottom=deep)
    plates = (
        path("45,40 58,34 62,46 52,56 40,54"), path("62,33 76,32 80,44 72,54 64,47"),
        path("80,34 91,42 93,53 82,54 83,44"), path("38,57 51,59 54,68 42,68 33,63"), path("55,58 71,57 74,67 58,70"),
        path("74,57 92,56 92,62 78,67"),
    )  # fmt: skip
    for plate in plates:
        s.shape(
            blob(plate, 4),
            mix(coat, colour("#c89a4a"), 0.42),
            volume=1.0,
            bottom=mix(deep, colour("#7a5a2c"), 0.4),
            inside=dome,
        )
    rim = curve(path("27,61 40,68 60,71.6 84,67.6 98,61"))
    s.shape(limb(rim, [1.6] * len(rim)), lighter(coat, 0.16), volume=0.8)
    s.shape(ellipse(66 + 12 * s.light.side, 40, 16, 6, 10), (1, 1, 1), volume=0, inside=dome, opacity=0.22, soft=4)
    speckled(blob(path("96,50 104,44 116,42 126,46 130,54 126,61 114,63 102,62"), 8), 1.0, 9)
    s.shape(blob(path("124,53 131,54 130,58 124,58.6"), 6), darker(skin, 0.3), volume=0.5)
    _eye(s, 120, 50.6, 2.0)
    speckled(blob(path("86,62 96,68 100,80 96,96 90,99 84,88 76,74 76,66"), 8), 1.0, 14)
    speckled(blob(path("40,68 32,74 22,86 16,92 22,95 36,88 48,76"), 8), 1.0, 7)
