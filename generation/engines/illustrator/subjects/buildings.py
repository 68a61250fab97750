"""Houses, castles and lighthouses."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, darker, ellipse, path

WARM = colour("#ffd98a")
STONE = colour("#9a9298")


def box(x: float, y: float, wide: float, tall: float) -> Array:
    """A rectangle by its upper left corner."""
    return np.array([(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)], np.float32)


def _window(s: Sprite, x: float, y: float, frame: Array) -> None:
    wide, tall = 13, 15
    s.shape(box(x - 1.2, y - 1.2, wide + 2.4, tall + 2.4), frame, volume=0)
    s.shape(box(x, y, wide, tall), lighter(WARM, 0.35), volume=0, bottom=colour("#f0a850"))
    s.shape(box(x + wide / 2 - 0.5, y, 1, tall), frame, volume=0)
    s.shape(box(x, y + tall / 2 - 0.5, wide, 1), frame, volume=0)


def house(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A cottage with a warm light in its windows."""
    roof = colour(str(rng.choice(["#c8604a", "#8a5a4a", "#5a7a94", "#a8483e"])))
    wood, away = colour("#7a5238"), darker(coat, 0.2)
    s.shape(box(78, 12, 9, 26), colour("#a87862"), volume=0.4)
    s.shape(box(76.5, 10, 12, 4), colour("#8a5e4c"), volume=0.3)
    s.shape(box(52, 50, 52, 48), away if s.light.side < 0 else coat, volume=0, bottom=darker(coat, 0.22))
    s.shape(
        path("8,52 30,24 52,52 52,98 8,98"), coat if s.light.side < 0 else away, volume=0, bottom=darker(coat, 0.14)
    )
    s.shape(path("28,18 86,18 110,54 54,54"), roof, volume=0.25, bottom=darker(roof, 0.18))
    for row in range(1, 5):
        y = 18 + row * 7.2
        s.stroke([(28 + row * 5.2, y), (86 + row * 4.8, y)], 0.7, darker(roof, 0.35), opacity=0.6)
    s.shape(path("28,16 32,18 56,54 50,54 30,24 8,56 2,55"), darker(roof, 0.12), volume=0.3)
    s.shape(box(23, 66, 15, 32), wood, volume=0.3)
    s.shape(ellipse(35.4, 83, 1.2, 1.2), WARM, volume=0)
    s.shape(ellipse(30.5, 50, 4.2, 4.2), lighter(WARM, 0.3), volume=0)
    _window(s, 60, 64, wood)
    _window(s, 84, 64, wood)
    for x in (60, 84):
        s.shape(box(x - 2, 80, 17, 4), darker(wood, 0.1), volume=0.3)
        for number in range(5):
            s.shape(
                ellipse(x + number * 3.4 - 0.3, 79.5, 2.1, 2.1),
                colour(str(rng.choice(["#f06a8a", "#f4c84a", "#fff2e4"]))),
                volume=0.4,
            )
    for x in (3, 46, 104):
        s.shape(blob(path("-8,99 -7,90 0,86 8,90 9,99", x)), colour("#5f8f4c"), volume=0.7)


def _turret(s: Sprite, x: float, top: float, wide: float, *, wall: Array, roof: Array) -> None:
    s.shape(box(x, top, wide, 99 - top), wall, volume=0.9, bottom=darker(wall, 0.15))
    for number in range(3):
        s.shape(box(x - 1 + number * (wide + 2) * 0.375, top - 4, (wide + 2) * 0.25, 5), wall, volume=0.2)
    s.shape([(x - 2.5, top - 3), (x + wide / 2, top - 24), (x + wide + 2.5, top - 3)], roof, volume=0.7)
    s.stroke([(x + wide / 2, top - 24), (x + wide / 2, top - 31)], 0.7, STONE)
    s.shape(
        [(x + wide / 2, top - 31), (x + wide / 2 + 7, top - 28.6), (x + wide / 2, top - 26.4)],
        colour("#e8b43c"),
        volume=0,
    )
    s.shape(
        blob(
            [
                (x + wide * 0.36, top + 15),
                (x + wide * 0.36, top + 9),
                (x + wide * 0.5, top + 7),
                (x + wide * 0.64, top + 9),
                (x + wide * 0.64, top + 15),
            ],
            4,
        ),
        WARM,
        volume=0,
    )


def castle(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A castle with four turrets and flags."""
    roof = colour(str(rng.choice(["#4a6a9a", "#b0504a", "#7a5a9a", "#3f8088"])))
    back = mix(coat, roof, 0.12)
    _turret(s, 44, 32, 20, wall=back, roof=roof)
    _turret(s, 22, 48, 14, wall=coat, roof=roof)
    _turret(s, 74, 48, 14, wall=coat, roof=roof)
    s.shape(box(14, 66, 82, 33), coat, volume=0.2, bottom=darker(coat, 0.15))
    for number in range(10):
        s.shape(box(14 + number * 8.4, 61.5, 5, 6), coat, volume=0.2)
    _turret(s, 4, 58, 16, wall=lighter(coat, 0.1), roof=roof)
    _turret(s, 90, 58, 16, wall=darker(coat, 0.08), roof=roof)
    s.shape(blob(path("46,99 46,82 55,74 64,82 64,99"), 5), colour("#4a3430"), volume=0.3)
    for slit in (33, 76):
        s.shape(ellipse(slit, 80, 2.4, 4), WARM, volume=0)
    for _ in range(34):
        x, y = rng.uniform(18, 90), rng.uniform(69, 97)
        s.stroke([(x, y), (x + 3.4, y)], 0.9, darker(coat, 0.25), opacity=0.35)


def lighthouse(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A striped lighthouse on its rock, the lamp lit."""
    white, x = colour("#f6f1e8"), s.width / 2
    s.shape(blob(path("2,100 8,90 22,86 40,87 50,91 55,100"), 6), colour("#7a7078"), volume=0.9)
    tower = s.shape(path("-9,26 9,26 13.5,90 -13.5,90", x), white, volume=0.9)
    for level in (34, 55, 76):
        s.shape(box(x - 20, level, 40, 10.5), coat, volume=0, inside=tower, opacity=0.96)
    s.shape(
        path("0,24 16,24 16,92 0,92", x) if s.light.side < 0 else path("-16,24 0,24 0,92 -16,92", x),
        darker(coat, 0.4),
        volume=0,
        inside=tower,
        opacity=0.22,
        soft=4,
    )
    s.shape(box(x - 12, 23, 24, 3.4), colour("#4a4450"), volume=0.3)
    s.shape(box(x - 6.4, 11.5, 12.8, 12), colour("#fff3c4"), volume=0)
    s.shape(ellipse(x, 17.4, 9.5, 7), colour("#fff0a8"), volume=0, opacity=0.75, soft=2.4)
    for post in (-6.4, 0, 6.4):
        s.stroke([(x + post, 11.5), (x + post, 23.5)], 1, colour("#4a4450"))
    s.shape(blob(path("-9.5,12 -6,6 0,2.5 6,6 9.5,12", x), 5), coat)
    s.stroke([(x, 3), (x, -2)], 1, colour("#4a4450"))
    s.shape(blob(path("-3,90 -3,82 0,79.5 3,82 3,90", x), 4), colour("#4a3a3a"), volume=0)
    for level in (47, 69):
        s.shape(ellipse(x + 1, level + 2, 1.9, 2.8), colour("#f8d088"), volume=0)
