"""What waits in the street: a bicycle, a bus."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path
from generation.engines.illustrator.subjects.buildings import box

WHITE = (1.0, 1.0, 1.0)
TYRE = colour("#2c2c32")
CHROME = colour("#cdd3da")
LEATHER = colour("#7a4a2e")


def _ring(s: Sprite, x: float, y: float, size: float, wide: float, tone: Array) -> None:
    outer, inner = (ellipse(x, y, reach, reach) for reach in (size + wide, size - wide))
    s.shape(np.concatenate([outer, outer[:1], inner[:1], inner[::-1]]), tone, volume=0)


def _rounded(x: float, y: float, wide: float, tall: float, radius: float) -> Array:
    """A rectangle by its upper left corner, its corners round."""
    corners = ((x + wide, y + tall, 0), (x, y + tall, 90), (x, y, 180), (x + wide, y, 270))
    arcs = []
    for corner_x, corner_y, start in corners:
        angle = np.radians(start + np.linspace(0, 90, 8))
        inward = np.sign([x + wide / 2 - corner_x, y + tall / 2 - corner_y]) * radius
        arcs.append(np.stack([np.cos(angle), np.sin(angle)], -1) * radius + inward + (corner_x, corner_y))
    return np.concatenate(arcs).astype(np.float32)


def bicycle(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A town bicycle with a basket, mudguards and a leather saddle."""
    rear, front, y, size = (30.0, 72.0), (120.0, 72.0), 72.0, 25.0
    for x, _ in (rear, front):
        for number in range(14):
            angle = number * np.pi / 14
            way = np.array([np.cos(angle), np.sin(angle)]) * (size - 2)
            s.stroke([(x - way[0], y - way[1]), (x + way[0], y + way[1])], 0.45, darker(CHROME, 0.06), opacity=0.9)
        _ring(s, x, y, size, 1.7, TYRE)
        _ring(s, x, y, size - 2.4, 0.8, CHROME)
        s.shape(ellipse(x, y, 3.2, 3.2), darker(CHROME, 0.2), volume=0.8)
        guard = np.linspace(np.radians(186), np.radians(330 if x < 60 else 350), 30)
        arc = np.stack([x + np.cos(guard) * (size + 3.2), y + np.sin(guard) * (size + 3.2)], -1)
        s.shape(limb(arc, [1.2] * len(arc)), coat, volume=0.5)
    crank, seat, head, fork = (67.0, 76.0), (56.0, 34.0), (103.0, 34.0), (106.0, 43.0)
    for ends in ((rear, (58, 42)), (rear, crank)):
        s.stroke(ends, 2.0, darker(coat, 0.12), volume=0.8)
    s.stroke([fork, (112, 58), front], 2.6, coat, volume=0.9)
    for ends in ((seat, crank), ((58, 45), (104, 38)), (crank, fork), (head, fork)):
        s.stroke(ends, 3.4, coat, volume=0.9)
    s.stroke([(57.6, 41), (54.6, 27)], 2.2, CHROME, volume=0.9)
    s.stroke([head, (101.6, 24)], 2.4, CHROME, volume=0.9)
    s.shape(limb(curve([(101.6, 24), (108, 19), (101, 16), (88, 19)]), [1.3] * 37), CHROME, volume=0.8)
    s.shape(limb([(95, 17.2), (86, 19.6)], [2.2, 2.2]), LEATHER, volume=0.8)
    s.shape(
        blob(path("40,22 50,19 62,22 70,25 69,27 58,28 46,30 40,27"), 6),
        LEATHER,
        volume=1.0,
        bottom=darker(LEATHER, 0.3),
    )
    for x in (47.0, 52.0):
        s.stroke([(x, 28), (x + 1, 32)], 1.2, CHROME, volume=0.6)
    chain = path("30,68.6 67,69.6 67,82.4 30,75.4")
    s.shape(limb(np.concatenate([chain, chain[:1]]), [0.6] * 5), TYRE, volume=0)
    _ring(s, *crank, 6.4, 1.2, darker(CHROME, 0.2))
    for side in (-1, 1):
        x, low = crank[0] + side * 6, crank[1] + side * 11
        s.stroke([crank, (x, low)], 1.8, darker(CHROME, 0.1), volume=0.7)
        s.shape(box(x - 4.4, low - 1.2, 8.8, 2.6), TYRE, volume=0.4)
    s.shape(ellipse(*crank, 2.4, 2.4), CHROME, volume=0.8)
    wicker = colour("#c0905a")
    basket = s.shape(path("105,20 134,18 130,42 109,43"), wicker, volume=0.7, bottom=darker(wicker, 0.24))
    for number in range(7):
        s.stroke([(107 + number * 4, 18), (110 + number * 3.2, 44)], 0.7, darker(wicker, 0.3), opacity=0.8)
    for level in (24, 30, 36):
        s.shape(box(104, level, 32, 1.1), lighter(wicker, 0.16), volume=0, inside=basket)
    s.shape(limb([(104.6, 20), (134.4, 18)], [1.4, 1.4]), lighter(wicker, 0.1), volume=0.6)
    s.shape(ellipse(108, 47, 3.4, 3.4), CHROME, volume=0.9)
    s.shape(ellipse(109, 47, 2.2, 2.4), colour("#fff4c8"), volume=0.3)
    s.stroke([(66, 82), (58, 98)], 1.4, darker(CHROME, 0.3), volume=0.5)


def bus(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A city bus seen from the side, its windows full of sky."""
    glass, pale = colour("#5f88a6"), mix(coat, WHITE, 0.86)
    body = s.shape(_rounded(4, 6, 238, 83, 9), coat, volume=0.7, bottom=darker(coat, 0.2))
    s.shape(box(0, 4, 246, 9), pale, volume=0, inside=body)
    s.shape(box(0, 13, 246, 1.0), darker(pale, 0.2), volume=0, inside=body)
    s.shape(box(0, 62, 246, 5), pale, volume=0, inside=body)
    s.shape(box(0, 80, 246, 12), darker(coat, 0.4), volume=0, inside=body)
    panes = [(12 + number * 31.0, 28.0) for number in range(6) if number != 3]
    for x, wide in [*panes, (198.0, 38.0)]:
        s.shape(_rounded(x - 1, 19, wide + 2, 36, 3), darker(coat, 0.5), volume=0)
        pane = s.shape(_rounded(x + 0.4, 20.4, wide - 0.8, 33.2, 2), glass, volume=0, bottom=lighter(glass, 0.5))
        for lean in (4.0, 13.0):
            ray = [(x + lean + 12, 18), (x + lean + 17, 18), (x + lean + 3, 58), (x + lean - 2, 58)]
            s.shape(ray, WHITE, volume=0, inside=pane, opacity=0.26)
        if wide < 30:
            s.shape(_rounded(x + 6, 42, 11, 16, 3), darker(glass, 0.4), volume=0.5, inside=pane, opacity=0.7)
            s.shape(box(x + 0.8, 29, wide - 1.6, 0.9), darker(glass, 0.3), volume=0, inside=pane, opacity=0.6)
    s.shape(box(104, 18, 31, 66), darker(coat, 0.44), volume=0)
    for x in (105.4, 120.4):
        door = s.shape(box(x, 20, 13.4, 62), glass, volume=0, bottom=lighter(glass, 0.5))
        s.shape([(x + 8, 18), (x + 12, 18), (x + 2, 84), (x - 2, 84)], WHITE, volume=0, inside=door, opacity=0.26)
    for x in (54.0, 190.0):
        s.shape(ellipse(x, 88, 16, 17), darker(TYRE, 0.3), volume=0, inside=body)
        s.shape(ellipse(x, 86.6, 13.2, 13.2), TYRE, volume=0.8)
        s.shape(ellipse(x, 86.6, 7.6, 7.6), CHROME, volume=0.9)
        s.shape(ellipse(x, 86.6, 2.6, 2.6), darker(CHROME, 0.4), volume=0.6)
        for number in range(6):
            angle = number * np.pi / 3
            nut = ellipse(x + np.cos(angle) * 5, 86.6 + np.sin(angle) * 5, 0.8, 0.8)
            s.shape(nut, darker(CHROME, 0.4), volume=0)
    s.shape(blob(path("229,66 240,66 240,75 231,76"), 5), colour("#fff2c0"), volume=0.6)
    s.shape(blob(path("4,64 9,64 9,76 4,76"), 5), colour("#d83a34"), volume=0.6)
    s.shape(box(200, 7.6, 34, 4.6), colour("#2b2b32"), volume=0)
    for x in range(204, 230, 4):
        s.shape(box(x, 9, 2.6, 1.8), colour("#f8b83c"), volume=0)
    s.stroke([(238, 18), (245, 24)], 1.4, TYRE)
    s.shape(box(243, 23, 4, 12), TYRE, volume=0.6)
    sheen = curve([(14, 58), (120, 57), (232, 58)])
    s.shape(limb(sheen, [0.7] * len(sheen)), WHITE, volume=0, inside=body, opacity=0.5, soft=0.4)
