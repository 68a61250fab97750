"""Journeys: steam train, sailing ship, fisherman in his boat, cyclist, floating island."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.people import HAIRS, SKINS
from generation.engines.illustrator.subjects.sitters import DARK

BRASS = colour("#e0b050")
IRON = colour("#34343e")
WOOD = colour("#7a5038")


def _spoked(s: Sprite, x: float, y: float, size: float, tone: Array) -> None:
    rim = ellipse(x, y, size, size)
    s.shape(limb(np.concatenate([rim, rim[:1]]), [size * 0.14] * 65), tone, volume=0.6)
    for angle in np.arange(0, np.pi, np.pi / 5):
        way = np.array([np.cos(angle), np.sin(angle)]) * size
        s.stroke([(x - way[0], y - way[1]), (x + way[0], y + way[1])], size * 0.1, tone)
    s.shape(ellipse(x, y, size * 0.24, size * 0.24), BRASS, volume=0.7)


def steamtrain(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A steam engine with two carriages on its rails, a plume of smoke above."""
    for number in range(15):
        at = 58 + number * 15 + rng.uniform(-3, 3), 26 - 15 * (1 - np.exp(-number / 3)) + rng.uniform(-3, 3)
        size = 8 + number * 0.9
        s.shape(
            ellipse(*at, size, size * 0.8),
            colour("#f4f0ee") * rng.uniform(0.9, 1),
            volume=0.5,
            opacity=0.86 - number * 0.045,
            soft=1.4,
        )
    for sleeper in range(-4, 352, 14):
        s.shape(box(sleeper, 96, 8, 3), colour("#5a4638"), volume=0)
    s.shape(box(-8, 94, 364, 2), colour("#a09aa4"), volume=0)
    for left in (160, 258):
        s.shape(box(left - 14, 84, 18, 3), IRON, volume=0)
        s.shape(blob(path("0,46 88,46 92,42 -4,42", left), 2), IRON, volume=0.4)
        s.shape(box(left, 46, 88, 38), coat, volume=0.5, bottom=darker(coat, 0.2))
        s.shape(box(left, 70, 88, 3), BRASS, volume=0.2)
        for window in range(left + 6, left + 82, 16):
            s.shape(box(window, 51, 11, 14), colour("#ffe6a8"), volume=0.2, bottom=colour("#f0b860"))
        for wheel in (left + 16, left + 72):
            _spoked(s, wheel, 87, 7, colour("#b8402c"))
    s.shape(box(112, 34, 36, 50), coat, volume=0.5, bottom=darker(coat, 0.2))
    s.shape(blob(path("106,34 154,34 152,29 108,29"), 3), IRON, volume=0.5)
    s.shape(box(118, 41, 10, 14), colour("#ffe6a8"), volume=0.2)
    s.shape(box(133, 41, 10, 14), colour("#ffe6a8"), volume=0.2)
    s.shape(blob(path("22,46 30,43 114,43 114,76 30,76 22,73"), 4), IRON, volume=1.0)
    s.shape(ellipse(24, 60, 6, 15), lighter(IRON, 0.14), volume=0.6)
    s.shape(ellipse(22, 60, 3.4, 9), BRASS, volume=0.6)
    for band in (48, 72, 96):
        s.shape(box(band, 42.4, 2.4, 34), BRASS, volume=0.6)
    s.shape(path("-6,0 6,0 9,-20 -9,-20", 50, 45), IRON, volume=0.9)
    s.shape(box(38, 22, 24, 5), BRASS, volume=0.6)
    for dome in (76, 94):
        s.shape(blob(path("-6,0 -6,-7 0,-11 6,-7 6,0", dome, 44), 5), BRASS, volume=0.9)
    s.shape(box(20, 75, 130, 8), darker(coat, 0.2), volume=0.4)
    s.shape(path("20,78 20,94 0,94"), colour("#b8402c"), volume=0.4)
    for wheel, size in ((40, 8), (66, 13), (94, 13), (124, 10)):
        _spoked(s, wheel, 94 - size, size, colour("#b8402c"))
    s.stroke([(48, 82), (96, 82)], 2.4, colour("#c4c4cc"), volume=0.6)
    s.shape(ellipse(20, 42, 7, 6), colour("#fff4c0"), volume=0, opacity=0.5, soft=2.5)
    s.shape(ellipse(23, 42, 3.6, 4), colour("#fff8dc"), volume=0.2)


def ship(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A three-masted ship under full sail."""
    cloth = colour("#f8eedc")
    for mast, top in ((34, 12), (66, 0), (98, 14)):
        s.stroke([(mast, top - 4), (mast, 80)], 1.8, WOOD, volume=0.5)
        for number in range(3):
            y, half = top + 3 + number * (72 - top) / 3.3, 9 + number * 5
            tall = (72 - top) / 3.5
            sail = [(mast - half, y), (mast + half, y), (mast + half + 5, y + tall * 0.5), (mast + half + 1, y + tall)]
            s.shape(
                blob([*sail, (mast - half + 3, y + tall * 0.94), (mast - half + 5, y + tall * 0.5)], 5),
                cloth,
                volume=0.7,
                bottom=mix(cloth, coat, 0.18),
            )
            s.stroke([(mast - half - 1, y), (mast + half + 1, y)], 1.1, WOOD)
        s.shape(
            blob([(mast, top - 5), (mast + 11, top - 3), (mast + 8, top), (mast, top)], 4),
            colour("#c8383a"),
            volume=0.3,
        )
    s.stroke([(112, 76), (140, 58)], 1.8, WOOD)
    s.shape(path("136,61 104,20 112,74"), cloth, volume=0.4, bottom=mix(cloth, coat, 0.2))
    hull = s.shape(
        blob(path("2,66 16,70 20,78 100,80 118,72 128,74 118,92 102,99 24,99 10,90"), 6),
        coat,
        volume=0.9,
        bottom=darker(coat, 0.35),
    )
    s.shape(box(0, 84, 130, 3), BRASS, volume=0.3, inside=hull)
    for port in range(28, 108, 12):
        s.shape(box(port, 88.5, 5, 4), IRON, volume=0, inside=hull)
    s.shape(path("2,66 18,70 18,80 8,80"), darker(coat, 0.15), volume=0.4)
    for number in range(2):
        s.shape(box(6 + number * 6, 71, 3.4, 5), colour("#ffe09a"), volume=0)


def fisher(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An old fisherman who sits in his boat with a straw hat and a rod."""
    straw, skin = colour("#d8b56a"), colour("#d8a27a")
    s.shape(
        blob(path("6,80 24,84 126,84 150,76 138,94 118,99 34,99 18,94"), 6), WOOD, volume=0.7, bottom=darker(WOOD, 0.3)
    )
    s.shape(blob(path("6,80 24,83 126,83 150,76 128,87 30,87"), 5), lighter(WOOD, 0.25), volume=0.4)
    s.shape(box(36, 74, 18, 10), darker(straw, 0.25), volume=0.6)
    rod = curve([(84, 62), (120, 30), (160, 8), (186, 12)])
    s.shape(limb(rod, list(np.linspace(1.1, 0.4, len(rod)))), colour("#6a4a30"))
    s.stroke([(186, 12), (188, 92)], 0.4, colour("#f4f0e8"), opacity=0.8)
    s.shape(ellipse(188, 93, 1.8, 1.8), colour("#d8383a"), volume=0.6)
    s.shape(blob(path("50,84 52,54 60,44 72,44 80,54 80,84"), 5), coat, volume=0.7, bottom=darker(coat, 0.2))
    s.shape(limb([(72, 70), (92, 70), (98, 83)], [6.4, 5.6, 4.6]), colour("#4a5266"), volume=0.6)
    s.shape(limb([(70, 51), (78, 60), (86, 60)], [4.4, 3.8, 3.2]), darker(coat, 0.12), volume=0.6)
    s.shape(ellipse(88, 60, 3, 2.8), skin)
    s.shape(ellipse(68, 34, 9.4, 10), skin, volume=0.5)
    s.shape(blob(path("64,38 72,40 78,37 78,46 72,56 66,50 62,42"), 5), colour("#f4f1ea"), volume=0.7)
    s.shape(ellipse(74, 33, 1.1, 1.4), DARK, volume=0)
    s.stroke([(71, 30), (76, 30)], 0.9, colour("#f4f1ea"))
    s.shape(ellipse(77.4, 35.4, 1.8, 1.6), darker(skin, 0.06), volume=0.5)
    s.shape(blob(path("42,30 68,10 94,29 80,31 68,27 54,31"), 5), straw, volume=0.7, bottom=darker(straw, 0.2))
    for edge in (48, 58, 68, 78, 88):
        s.stroke([(68, 13), (edge, 28)], 0.5, darker(straw, 0.25), opacity=0.6)


def cyclist(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """Somebody riding a bicycle."""
    skin, hair = (colour(str(rng.choice(tones))) for tones in (SKINS, HAIRS))
    shirt, trousers = colour(str(rng.choice(["#f4efe4", "#f0b84a", "#5aa090"]))), colour("#46506a")
    s.shape(limb([(52, 52), (66, 66), (56, 82)], [4.6, 3.8, 3]), darker(trousers, 0.2), volume=0.6)
    for x in (28, 92):
        rim = ellipse(x, 80, 19, 19)
        s.shape(limb(np.concatenate([rim, rim[:1]]), [1.5] * 65), IRON, volume=0.3)
        for angle in np.arange(0, np.pi, np.pi / 6):
            way = np.array([np.cos(angle), np.sin(angle)]) * 18
            s.stroke([(x - way[0], 80 - way[1]), (x + way[0], 80 + way[1])], 0.3, colour("#c4c8d0"), opacity=0.8)
    for frame in (
        ((28, 80), (48, 58)),
        ((28, 80), (58, 82)),
        ((48, 58), (58, 82)),
        ((48, 60), (82, 56)),
        ((58, 82), (83, 58)),
        ((80, 48), (92, 80)),
    ):
        s.stroke(frame, 2.4, coat, volume=0.5)
    s.stroke([(80, 48), (76, 45)], 2, IRON)
    s.stroke([(42, 56), (54, 55)], 3, IRON, volume=0.5)
    s.shape(ellipse(58, 82, 4.4, 4.4), colour("#9aa0b0"), volume=0.5)
    s.shape(limb([(48, 52), (70, 62), (62, 80)], [5.4, 4.4, 3.4]), trousers, volume=0.7)
    s.shape(limb([(60, 84), (69, 85)], [2.6, 2]), colour("#f4f4f2"), volume=0.6)
    s.shape(blob(path("42,54 44,38 54,26 64,28 62,42 56,56"), 6), shirt, volume=0.7, bottom=darker(shirt, 0.14))
    s.shape(limb([(58, 33), (66, 44), (77, 46)], [4, 3.2, 2.4]), darker(shirt, 0.1), volume=0.6)
    s.shape(ellipse(78, 46, 2.6, 2.4), skin)
    s.shape(ellipse(62, 15, 11, 11.6), skin, volume=0.5)
    s.shape(blob(path("50,18 50,6 60,0 72,3 74,10 66,9 62,14 57,16 55,22"), 6), hair, volume=0.7)
    s.shape(ellipse(68, 15, 1.3, 1.7), DARK, volume=0)
    s.stroke(curve([(65, 21), (68, 22), (71, 20)]), 0.9, darker(skin, 0.4))
    s.shape(ellipse(58, 17, 1.8, 2.4), darker(skin, 0.06), volume=0.4)


def island(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An island that floats in the air: meadow, trees, a small house, a waterfall over its edge."""
    x, rock = s.width / 2, colour("#8a7466")
    under = [
        (x - 62, 58),
        (x - 50, 70),
        (x - 34, 76),
        (x - 22, 90),
        (x - 4, 100),
        (x + 8, 88),
        (x + 26, 82),
        (x + 44, 70),
        (x + 62, 58),
    ]
    s.shape(blob(under, 3), rock, volume=0.8, bottom=darker(rock, 0.4))
    for number in range(9):
        px, tall = x - 48 + number * 12, rng.uniform(8, 22)
        s.shape(path(f"-5,0 5,0 1,{tall}", px, 62), darker(rock, rng.uniform(0.05, 0.3)), volume=0.4)
    s.shape(
        blob([(x - 66, 58), (x - 40, 50), (x, 47), (x + 40, 50), (x + 66, 58), (x + 30, 66), (x - 30, 66)], 6),
        coat,
        volume=0.6,
        bottom=darker(coat, 0.25),
    )
    fall = path("0,56 9,55 11,76 9,98 3,98 1,76", x + 28)
    s.shape(blob(fall, 4), colour("#dff2fa"), volume=0.3, opacity=0.85, soft=0.6)
    s.shape(blob(path("-6,57 4,52 18,54 14,59 2,60", x + 28), 5), colour("#8fd0e8"), volume=0.3)
    wall = colour("#f4e6cc")
    s.shape(box(x - 8, 36, 20, 17), wall, volume=0.3)
    s.shape(path("-12,37 -4,25 10,25 17,37", x), colour("#c8604a"), volume=0.4)
    s.shape(box(x - 3, 43, 5, 10), WOOD, volume=0.2)
    s.shape(box(x + 4, 41, 5, 5), colour("#ffe09a"), volume=0)
    for px, foot, size in ((-40, 56, 18), (-24, 54, 24), (48, 56, 16)):
        s.stroke([(x + px, foot), (x + px, foot - size * 0.8)], 2.6, WOOD, volume=0.4)
        for lean, rise in ((-0.4, 0.9), (0.4, 0.95), (0, 1.25)):
            s.shape(
                ellipse(x + px + lean * size * 0.7, foot - rise * size, size * 0.5, size * 0.42),
                darker(coat, 0.14),
                volume=0.9,
            )
