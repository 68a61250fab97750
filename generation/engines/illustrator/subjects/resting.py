"""Animals at rest and seen otherwise: curled up asleep; koi from above."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import (
    Points,
    Sprite,
    blob,
    curve,
    darker,
    ellipse,
    limb,
    path,
    tail,
    turned,
)
from generation.engines.illustrator.subjects.sitters import CREAM, DARK, PINK


def _curled(s: Sprite, coat: Array, pale: Array) -> None:
    """A body curled up on its side, the tail laid round it."""
    s.shape(
        blob(path("18,78 24,46 52,28 92,26 122,44 134,72 122,94 84,99 40,98"), 8),
        coat,
        volume=0.9,
        bottom=darker(coat, 0.2),
    )
    s.shape(blob(path("84,60 108,50 126,66 122,88 98,94 84,80"), 7), darker(coat, 0.04), volume=0.7)
    s.shape(tail(path("122,88 92,101 56,98 40,88"), 7.5, 5.4), coat, volume=0.8)
    s.shape(ellipse(42, 88, 7.4, 6), pale, volume=0.6)


def _sleeping_face(s: Sprite, coat: Array, pale: Array) -> None:
    s.shape(ellipse(40, 66, 29, 22), coat, volume=0.7, bottom=darker(coat, 0.08))
    s.shape(blob(path("40,66 52,72 54,82 40,88 26,82 28,72"), 6), pale, volume=0.4)
    for way in (-1, 1):
        lid = curve([(40 + way * 18, 66), (40 + way * 12.5, 70), (40 + way * 7, 67)])
        s.shape(limb(lid, [0.9] * len(lid)), DARK, volume=0)
        smile = curve([(40, 77), (40 + way * 3, 80), (40 + way * 7, 78)])
        s.shape(limb(smile, [0.6] * len(smile)), DARK, volume=0, opacity=0.7)
        s.shape(ellipse(40 + way * 18, 75, 4.4, 2.6), colour("#f0807a"), volume=0, opacity=0.3, soft=1.2)
    s.shape(ellipse(40, 88.5, 10, 4), pale, volume=0.6)


def sleepingcat(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A cat curled up asleep."""
    pale, deep = mix(coat, CREAM, 0.72), darker(coat, 0.28)
    _curled(s, coat, pale)
    for number in range(4):
        stripe = curve([(62 + number * 16, 31 - number), (66 + number * 16, 40), (64 + number * 16, 50)])
        s.shape(limb(stripe, list(np.linspace(2.2, 0.5, len(stripe)))), deep, volume=0, opacity=0.6)
    for way in (-1, 1):
        ear = [(40 + way * 27, 58), (40 + way * 25, 35), (40 + way * 8, 48)]
        s.shape(blob([*ear, (40 + way * 16, 58)], 5), coat, volume=0.5)
        s.shape(
            blob([(40 + way * 23, 54), (40 + way * 23, 41), (40 + way * 13, 49)], 5), PINK, volume=0.3, opacity=0.85
        )
    _sleeping_face(s, coat, pale)
    s.shape(blob(path("36.6,73 43.4,73 40,77"), 4), PINK)
    for lean in (-5, 0, 5):
        s.stroke([(40 + lean, 47), (40 + lean * 0.8, 54)], 1.8, deep, opacity=0.7)
    for way in (-1, 1):
        for number in range(3):
            s.stroke([(40 + way * 12, 76 + number), (40 + way * 36, 73 + number * 4)], 0.5, (1, 1, 1), opacity=0.8)


def sleepingdog(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A dog curled up asleep."""
    pale, deep = mix(coat, CREAM, 0.72), darker(coat, 0.28)
    _curled(s, coat, pale)
    _sleeping_face(s, coat, pale)
    for way in (-1, 1):
        ear = [(40 + way * 12, 47), (40 + way * 26, 50), (40 + way * 34, 68), (40 + way * 30, 82), (40 + way * 23, 70)]
        s.shape(blob(ear, 6), deep, volume=0.6)
    s.shape(ellipse(40, 74.4, 4.4, 3.2), DARK, volume=0.6)


def koi(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A koi seen from above, bending as it swims any way it likes; white with patches of its colour."""
    white = colour("#fbf4ea")
    veil = lighter(mix(coat, white, 0.6), 0.2)
    bend, turn = rng.choice((-1, 1)) * rng.uniform(5, 9), rng.uniform(0, 360)

    def placed(points: Points) -> Array:
        return turned((np.asarray(points) - (80, 50)) * 0.66, turn) + np.array([s.width / 2, 50], np.float32)

    spine = curve([(14, 50 + bend), (40, 50 - bend * 0.7), (74, 50), (108, 50 + bend), (132, 50 - bend * 0.4)], 10)
    for way in (-1, 1):
        fin = [(40, 50 - bend * 0.6 + way * 9), (52, 50 + way * 28), (62, 50 + way * 25), (54, 50 + way * 9)]
        s.shape(placed(blob(fin, 6)), veil, volume=0.3, opacity=0.8)
        rear = [(88, 50 + way * 6), (98, 50 + way * 17), (102, 50 + way * 14), (97, 50 + way * 5)]
        s.shape(placed(blob(rear, 6)), veil, volume=0.3, opacity=0.8)
        lobe = [(124, 50), (146, 50 - bend + way * 15), (160, 50 - bend + way * 13), (140, 50 - bend * 0.5 + way * 3)]
        s.shape(placed(blob(lobe, 6)), mix(coat, white, 0.5), volume=0.3, opacity=0.85)
    radii = np.interp(np.linspace(0, 1, len(spine)), (0, 0.06, 0.25, 0.45, 0.75, 1), (5, 9, 15, 15, 9, 2.6))
    body = s.shape(placed(limb(spine, list(radii))), white, volume=0.9)
    for px, across, down in ((16, 8, 9), (40, 15, 12), (72, 13, 11), (104, 14, 8)):
        patch = ellipse(px + rng.uniform(-3, 3), 50 + rng.uniform(-6, 6), across, down, rng.uniform(0, 90))
        ragged = patch[::8] + rng.normal(0, 1.6, (8, 2)).astype(np.float32)
        s.shape(placed(blob(ragged, 6)), coat, volume=0.3, inside=body)
    ridge = placed(limb(spine[10:34], [*np.linspace(0.4, 2.2, 12), *np.linspace(2.2, 0.4, 12)]))
    s.shape(ridge, lighter(coat, 0.4), volume=0.5, opacity=0.8)
    for way in (-1, 1):
        s.shape(placed(ellipse(20, 50 + bend * 0.8 + way * 7.4, 1.9, 1.9)), DARK, volume=0)
