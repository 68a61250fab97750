"""Single flowers, near: a rose and a sunflower."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path

STEM = colour("#4f8a42")


def _leaf(s: Sprite, root: tuple[float, float], reach: tuple[float, float], wide: float) -> None:
    """A leaf with its veins."""
    start, way = np.array(root, np.float32), np.array(reach, np.float32)
    across = np.array([-way[1], way[0]]) / float(np.hypot(*way)) * wide
    outline: list[Array] = [
        start,
        start + way * 0.3 + across,
        start + way * 0.66 + across * 0.8,
        start + way,
        start + way * 0.6 - across * 0.8,
        start + way * 0.24 - across * 0.9,
    ]
    leaf = s.shape(blob(outline, 6), STEM, volume=0.9, bottom=darker(STEM, 0.25))
    s.shape(limb([start, start + way * 0.94], [0.7, 0.25]), lighter(STEM, 0.3), volume=0, inside=leaf)
    for at in (0.25, 0.42, 0.59, 0.76):
        for side in (-1, 1):
            vein = [start + way * at, start + way * (at + 0.16) + across * side * 0.62]
            s.shape(limb(vein, [0.35, 0.15]), lighter(STEM, 0.22), volume=0, inside=leaf, opacity=0.8)


def rose(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A rose in bloom on its stem, with leaves and thorns."""
    x, deep, pale = s.width / 2, darker(coat, 0.4), lighter(coat, 0.22)
    stem = curve([(x, 42), (x + 2.4, 60), (x - 1.6, 80), (x + 0.6, 99.6)])
    s.shape(limb(stem, list(np.linspace(1.9, 1.5, len(stem)))), STEM, volume=0.9)
    for at, way in ((12, 1), (20, -1), (28, 1)):
        px, py = stem[at]
        s.shape(path("0,-1.6 3.4,-2.6 0,1.4", px, py, wide=way), darker(STEM, 0.2), volume=0.4)
    _leaf(s, (x + 1.6, 66), (24, -9), 6.4)
    _leaf(s, (x - 1, 76), (-25, -8), 6.8)
    _leaf(s, (x + 1, 86), (17, -4), 4.6)
    for points in (
        path("-3,40 -14,46 -19,54 -8,48", x),
        path("3,40 14,46 19,53 8,48", x),
        path("-4,42 0,54 4,42 0,40", x),
    ):
        s.shape(blob(points, 6), STEM, volume=0.7)
    outer = (
        path("-8,40 -22,36 -29,24 -24,14 -14,18 -8,30", x), path("8,40 22,36 29,24 24,14 14,18 8,30", x),
        path("0,44 -16,42 -25,32 -20,24 -6,30 2,38", x), path("0,44 16,42 25,32 20,24 6,30 -2,38", x),
    )  # fmt: skip
    for number, petal in enumerate(outer):
        s.shape(blob(petal + np.array([0.4, 1.2], np.float32), 8), deep, volume=0, opacity=0.5, soft=0.9)
        outline = blob(petal, 8)
        s.shape(outline, pale if number < 2 else coat, volume=1.0, bottom=coat if number < 2 else darker(coat, 0.16))
    outline = blob(path("0,43 -14,39 -19,27 -17,13 -8,6 0,4.6 8,6 17,13 19,27 14,39", x), 8)
    cup = s.shape(outline, coat, volume=0.9, bottom=deep)
    for points, tone in (
        (path("-17,14 -12,24 -2,28 10,24 17,12 12,30 2,38 -10,35", x), pale),
        (path("17,16 12,27 2,32 -9,29 -15,22 -10,36 2,42 13,36", x), coat),
    ):
        edge = blob(points, 8)
        s.shape(edge - np.array([0, 1.2], np.float32), deep, volume=0, opacity=0.55, soft=0.8, inside=cup)
        s.shape(edge, tone, volume=0.8, bottom=darker(tone, 0.2), inside=cup)
    s.shape(ellipse(x, 14.6, 13.4, 8.6), deep, volume=0, inside=cup, soft=0.8)
    for turn, (across, down), tone in (
        (0, (11.6, 7.2), coat),
        (40, (9, 6), pale),
        (95, (6.4, 4.8), coat),
        (150, (4, 3.4), pale),
    ):
        s.shape(ellipse(x + 0.7, 15.4, across, down, turn * 0.2), deep, volume=0, inside=cup, opacity=0.7, soft=0.5)
        s.shape(ellipse(x, 14.4, across * 0.94, down * 0.92, turn * 0.2), tone, volume=0.9, inside=cup)
        whirl = [
            (x + across * 0.8 * np.cos(a), 14.4 + down * 0.8 * np.sin(a))
            for a in np.radians(np.linspace(turn, turn + 230, 30))
        ]
        s.shape(limb(whirl, list(0.2 + 0.8 * np.sin(np.linspace(0, np.pi, 30)))), deep, volume=0, opacity=0.7)
    s.shape(ellipse(x, 14.4, 1.9, 1.5), deep, volume=0)


def sunflower(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A sunflower with two rings of petals and its seeds in spirals."""
    x, y, brown = s.width / 2, 31.0, colour("#6a4226")
    stem = curve([(x, 40), (x - 1.6, 60), (x + 1, 82), (x, 99.6)])
    s.shape(limb(stem, list(np.linspace(2.4, 2.8, len(stem)))), STEM, volume=0.9)
    _leaf(s, (x + 1, 74), (27, -11), 9.4)
    _leaf(s, (x - 1, 82), (-27, -10), 9.4)
    for ring, long, tone in ((0, 31.0, mix(coat, colour("#d8802a"), 0.36)), (1, 28.0, coat)):
        for number in range(18):
            angle = (number + ring * 0.5) * 2 * np.pi / 18 + rng.uniform(-0.05, 0.05)
            out = np.array([np.cos(angle), np.sin(angle)])
            side = np.array([-out[1], out[0]])
            reach, centre = long * rng.uniform(0.93, 1.05), np.array([x, y])
            petal = [
                centre + out * 12 - side * 3.4,
                centre + out * reach * 0.66 - side * 5.0,
                centre + out * reach,
                centre + out * reach * 0.66 + side * 5.0,
                centre + out * 12 + side * 3.4,
            ]
            s.shape(blob(petal, 5), tone * rng.uniform(0.95, 1.04), volume=0.9)
            outline = limb([centre + out * 13, centre + out * reach * 0.82], [0.5, 0.2])
            s.shape(outline, darker(tone, 0.24), volume=0, opacity=0.7)
    s.shape(ellipse(x, y, 16.4, 16.4), darker(brown, 0.4), volume=0, opacity=0.6, soft=1)
    disc = s.shape(ellipse(x, y, 15.4, 15.4), brown, volume=1.0, bottom=darker(brown, 0.3))
    s.shape(ellipse(x, y, 7.4, 7.4), mix(brown, colour("#8a9a3c"), 0.5), volume=0, inside=disc, soft=2)
    for number in range(150):
        radius, angle = 1.24 * number**0.5, number * 2.39996
        spot = x + radius * np.cos(angle), y + radius * np.sin(angle)
        tone = lighter(brown, 0.2) if number > 70 else mix(colour("#c8a83c"), brown, 0.3)
        s.shape(ellipse(spot[0], spot[1], 0.66, 0.5, float(np.degrees(angle))), tone, volume=0, inside=None)
