"""Vehicles on the road, seen from the side: a motorcycle, a vintage car, a taxi."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path

WHITE = (1.0, 1.0, 1.0)
TYRE = colour("#2a2a30")
CHROME = colour("#d2d7de")
GLASS = colour("#3c4f66")


def _wheel(s: Sprite, x: float, y: float, size: float, spokes: int, hub: Array) -> None:
    """A tyre with a bright rim and spokes."""
    s.shape(ellipse(x, y, size, size), TYRE, volume=0.8)
    s.shape(ellipse(x, y, size * 0.76, size * 0.76), CHROME, volume=0.8)
    s.shape(ellipse(x, y, size * 0.67, size * 0.67), darker(TYRE, 0.1), volume=0)
    for number in range(spokes):
        angle = number * 2 * np.pi / spokes
        way = np.array([np.cos(angle), np.sin(angle)])
        s.stroke(np.array([x, y]) + np.array([[0.12], [0.68]]) * size * way, size * 0.05, CHROME)
    s.shape(ellipse(x, y, size * 0.22, size * 0.22), hub, volume=0.9)
    s.shape(ellipse(x, y, size * 0.1, size * 0.1), darker(CHROME, 0.3), volume=0.7)


def _shine(s: Sprite, body: Array) -> None:
    """The sky along the shoulder of a car."""
    line = curve([(20, 50), (60, 45.2), (150, 44.2), (200, 52)])
    widths = list(0.3 + 1.1 * np.sin(np.linspace(0, np.pi, len(line))))
    s.shape(limb(line, widths), WHITE, volume=0, inside=body, opacity=0.6, soft=0.5)


def motorcycle(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A classic motorcycle with its tank, engine and exhaust in chrome."""
    black, leather = colour("#303038"), colour("#7a4a2c")
    front, rear, y, size = 130.0, 30.0, 77.0, 22.0
    for x in (rear, front):
        _wheel(s, x, y, size, 22, darker(CHROME, 0.15))
        s.shape(limb(ellipse(x, y, 8, 8), [0.8] * 64), CHROME, volume=0)
    for shift in (-2.6, 2.0):
        s.shape(limb([(104 + shift, 26), (front + shift, y)], [2.0, 1.8]), CHROME, volume=1.0)
        s.shape(limb([(112 + shift, 44), (121 + shift, 60)], [3.0, 2.8]), black, volume=0.9)
    s.shape(limb(curve([(108, 62), (118, 53), (132, 52), (146, 60), (151, 68)]), [2.4] * 49), coat, volume=0.9)
    s.shape(limb(curve([(8, 76), (12, 60), (26, 52), (40, 53), (48, 58)]), [3.0] * 49), coat, volume=0.9)
    s.shape(limb([(30, y), (66, 78)], [3.0, 3.4]), darker(CHROME, 0.35), volume=0.8)
    s.shape(limb([(102, 30), (92, 58), (80, 84), (56, 84)], [2.4] * 4), black, volume=0.8)
    s.shape(limb([(98, 38), (60, 44), (44, 54)], [2.4] * 3), black, volume=0.8)
    s.shape(limb([(44, 54), (58, 82)], [2.2, 2.2]), black, volume=0.8)
    for shift in (0, 6):
        s.shape(limb([(40 + shift * 0.2, 52), (31 + shift * 0.2, 74)], [2.2, 2.2]), CHROME, volume=0.9)
    for level in np.arange(55, 73, 2.6):
        s.stroke([(33.4 + (73 - level) * 0.36, level), (38 + (73 - level) * 0.36, level + 1)], 1.0, black)
    s.shape(
        blob(path("60,66 66,58 88,58 96,68 92,84 66,85"), 5),
        darker(CHROME, 0.22),
        volume=0.8,
        bottom=darker(CHROME, 0.5),
    )
    for lean, left in ((-8, 70), (8, 82)):
        for level in range(7):
            x, v = left + lean * level / 8, 62 - level * 2.4
            s.shape(
                limb([(x - 7.4, v), (x + 7.4, v)], [1.0, 1.0]),
                lighter(CHROME, 0.1) if level % 2 else darker(CHROME, 0.3),
                volume=0.6,
            )
    s.shape(ellipse(76, 74, 9.4, 9.4), CHROME, volume=1.0, bottom=darker(CHROME, 0.3))
    s.shape(ellipse(76, 74, 5.4, 5.4), lighter(CHROME, 0.4), volume=0.7)
    pipe = curve([(88, 56), (99, 62), (98, 80), (84, 89), (60, 89.6), (34, 87.6), (6, 85)])
    s.shape(
        limb(pipe, list(np.interp(np.arange(len(pipe)), [0, 44, 52, len(pipe) - 1], [2.0, 2.0, 3.6, 4.2]))),
        CHROME,
        volume=1.0,
    )
    gleam = pipe[34:] - np.array([0, 1.1], np.float32)
    s.shape(limb(gleam, [0.6] * len(gleam)), WHITE, volume=0, opacity=0.8)
    outline = blob(path("62,42 66,32 82,25 98,27 104,36 98,44 80,47 66,47"), 7)
    tank = s.shape(outline, coat, volume=1.0, bottom=darker(coat, 0.25))
    outline = blob(path("70,40 76,33 92,32 96,37 90,42 76,43"), 7)
    s.shape(outline, lighter(CHROME, 0.1), volume=0.5, inside=tank, opacity=0.9)
    s.shape(ellipse(84, 28.6, 10, 1.5, -4), WHITE, volume=0, inside=tank, opacity=0.75, soft=0.7)
    s.shape(ellipse(88, 25, 3, 1.6), CHROME, volume=0.8)
    s.shape(
        blob(path("22,47 28,42 46,40 62,40 66,45 60,50 44,51 28,51"), 6),
        leather,
        volume=1.0,
        bottom=darker(leather, 0.3),
    )
    for x in range(30, 62, 5):
        s.stroke([(x, 41.6), (x + 0.6, 49.6)], 0.5, darker(leather, 0.4), opacity=0.7)
    bar = curve([(105, 29), (104, 18), (98, 12), (88, 12)])
    s.shape(limb(bar, [1.3] * len(bar)), CHROME, volume=0.9)
    s.shape(limb([(95, 12), (85, 12.4)], [2.0, 2.0]), black, volume=0.9)
    s.shape(limb([(101, 13), (96, 3)], [0.6, 0.6]), CHROME)
    s.shape(ellipse(94, 2, 4.4, 3.2, -12), black, volume=0.9)
    s.shape(ellipse(112, 28, 8, 8), black, volume=1.0)
    s.shape(blob(path("112,20 118,21.6 120,28 118,34.4 112,36"), 6), lighter(CHROME, 0.3), volume=0.8)
    s.shape(ellipse(117, 28, 2.6, 6.2), colour("#fff4cc"), volume=0.3)
    s.shape(ellipse(104, 21, 4, 4), CHROME, volume=0.9)
    s.shape(ellipse(19, 50, 3.4, 2.6), colour("#e0402c"), volume=0.9)
    s.shape(limb([(62, 85), (57, 99)], [1.3, 1.3]), black, volume=0.5)


def vintagecar(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A car of the fifties: round wings, white-walled tyres, chrome, a pale roof."""
    cream, deep = colour("#f6eedc"), darker(coat, 0.22)
    roof = blob(path("66,42 76,22 92,12 124,11 142,17 158,38 160,44"), 7)
    s.shape(roof, cream, volume=0.8)
    for pane in (
        path("76,40 83,24 95,17.6 105,17 106,18 106,28 106,39 105,40 90,40"),
        path("112,39 112,28 112,18 113,17 124,17.4 137,22 149,39 148,40 130,40 113,40"),
    ):
        glass = s.shape(blob(pane, 5), GLASS, volume=0, bottom=lighter(GLASS, 0.34))
        low = pane.min(0)
        s.shape(path("4,26 14,-2 20,-2 10,26", *low), WHITE, volume=0, inside=glass, opacity=0.22)
    outline = limb(curve([(70, 42), (80, 22), (94, 14.6), (122, 13.6), (140, 20), (155, 41)]), [0.7] * 61)
    s.shape(outline, CHROME, volume=0.5)
    body = s.shape(
        blob(path("8,66 10,52 26,44 66,41 160,40 184,43 204,48 213,58 213,74 204,79 180,80 40,80 16,79 8,75"), 7),
        coat,
        volume=1.0,
        bottom=deep,
    )
    s.shape(path("0,60 220,60 220,66 0,67"), cream, volume=0, inside=body)
    for level in (59.4, 67):
        s.shape(limb([(12, level), (209, level)], [0.6, 0.6]), CHROME, volume=0.6)
    _shine(s, body)
    s.shape(limb([(110, 43), (110, 77)], [0.3, 0.3]), deep, volume=0)
    s.shape(limb([(70, 44), (66, 62), (68, 77)], [0.3] * 3), deep, volume=0, opacity=0.8)
    s.shape(limb([(154, 44), (157, 62), (152, 77)], [0.3] * 3), deep, volume=0, opacity=0.8)
    for x in (100.0, 143.0):
        s.shape(limb([(x, 53), (x + 7, 53)], [0.9, 0.9]), CHROME, volume=0.9)
    for x in (48.0, 172.0):
        arch = [(x + 23 * np.cos(a), 80 - 23 * np.sin(a)) for a in np.linspace(0, np.pi, 24)]
        s.shape(arch, darker(coat, 0.5), volume=0)
        s.shape(limb(arch, [1.0] * 24), lighter(coat, 0.1), volume=0.7)
        s.shape(ellipse(x, 80, 19, 19), TYRE, volume=0.7)
        s.shape(ellipse(x, 80, 14.4, 14.4), cream, volume=0.3)
        s.shape(ellipse(x, 80, 10.6, 10.6), darker(CHROME, 0.25), volume=0.6)
        s.shape(ellipse(x, 80, 9.2, 9.2), CHROME, volume=1.0)
        s.shape(ellipse(x, 80, 3.6, 3.6), coat, volume=0.9)
    for left, right in ((200, 219), (3, 22)):
        s.shape(limb([(left, 76), (right, 76)], [3.2, 3.2]), CHROME, volume=1.0)
    s.shape(limb([(78, 82), (144, 82)], [1.5, 1.5]), CHROME, volume=0.8)
    s.shape(ellipse(208, 57, 5.4, 6.6), CHROME, volume=0.9)
    s.shape(ellipse(209.6, 57, 4, 5.2), colour("#fff6d8"), volume=0.5)
    s.shape(limb([(10, 52), (8.6, 62)], [2.6, 2.2]), colour("#d8382c"), volume=0.9)
    s.shape(limb([(158, 38), (166, 35)], [0.8, 0.8]), CHROME)
    s.shape(ellipse(168, 34, 3.4, 2.6), CHROME, volume=0.9)


def taxi(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A taxi with its sign on the roof and a chequered band."""
    deep, black = darker(coat, 0.2), colour("#2a2a30")
    s.shape(path("92,5 124,5 127,14 89,14"), colour("#fff2c0"), volume=0.5, bottom=colour("#f4c84a"))
    for left in (97, 103.4, 109.8, 116.2):
        s.shape(path("0,7.4 4,7.4 4,11.4 0,11.4", left), black, volume=0)
    s.shape(blob(path("54,44 64,24 82,14 134,14 150,21 168,44 110,46"), 6), coat, volume=0.9)
    for pane in (
        path("60,40 71,24 84,18.4 101,18 102,19 102,28 102,39 101,40 80,40"),
        path("108,39 108,28 108,19 109,18 132,18.4 144,23 160,39 159,40 134,40 109,40"),
    ):
        glass = s.shape(blob(pane, 4), GLASS, volume=0, bottom=lighter(GLASS, 0.36))
        low = pane.min(0)
        s.shape(path("8,26 20,-2 27,-2 15,26", *low), WHITE, volume=0, inside=glass, opacity=0.24)
    body = s.shape(
        blob(path("8,72 7,58 16,46 48,41 172,40 204,48 214,58 214,72 206,80 182,82 40,82 14,80"), 7),
        coat,
        volume=1.0,
        bottom=deep,
    )
    for row in range(2):
        for column in range(24):
            if (row + column) % 2:
                s.shape(path("0,0 5,0 5,4.4 0,4.4", 52 + column * 5, 57 + row * 4.4), black, volume=0, inside=body)
    _shine(s, body)
    for points in ([(106, 42), (106, 79)], [(56, 43), (52, 60), (58, 79)], [(164, 43), (166, 60), (160, 79)]):
        s.shape(limb(points, [0.3] * len(points)), deep, volume=0)
    for x in (92.0, 148.0):
        s.shape(limb([(x, 51), (x + 8, 51)], [1.1, 1.1]), black, volume=0.6)
    s.shape(path("10,76 212,76 208,83 14,83"), black, volume=0.3, inside=body)
    for x in (46.0, 174.0):
        arch = [(x + 22 * np.cos(a), 81 - 22 * np.sin(a)) for a in np.linspace(0, np.pi, 24)]
        s.shape(arch, darker(black, 0.2), volume=0)
        _wheel(s, x, 81, 18, 10, CHROME)
    for left, right in ((203, 217), (3, 16)):
        s.shape(limb([(left, 73), (right, 73)], [2.8, 2.8]), darker(CHROME, 0.2), volume=0.9)
    s.shape(ellipse(208, 59, 6, 4.6, 12), colour("#fff8dc"), volume=0.6)
    s.shape(limb([(9, 54), (8.4, 62)], [2.4, 2.2]), colour("#d8382c"), volume=0.9)
    s.shape(ellipse(166, 39, 4, 3.2), black, volume=0.8)
