"""Animals that sit and look at you: cat, dog, fox, rabbit, bear, panda."""

from typing import Any

import numpy as np

from generation.engines.illustrator.canvas import Array, Colour, colour, lighter, mix
from generation.engines.illustrator.drawing import (
    Points,
    Sprite,
    blob,
    curve,
    darker,
    ellipse,
    limb,
    mirrored,
    path,
    tail,
)

DARK = colour("#2b2430")
PINK = colour("#e79a96")
CREAM = colour("#fff4e6")


def both(s: Sprite, points: Points, fill: Colour, **options: Any) -> None:
    """The same shape left and right."""
    axis = s.width / 2
    s.shape(points, fill, **options)
    s.shape(mirrored(points, axis), fill, **options)


def eyes(s: Sprite, y: float, gap: float, size: float, iris: Colour, *, round_: float = 1.12) -> None:
    """Large wet eyes with two lights in each."""
    middle = s.width / 2
    for x in (middle - gap, middle + gap):
        s.shape(ellipse(x, y, size * 1.12, size * round_ * 1.1), DARK, volume=0)
        s.shape(ellipse(x, y + size * 0.1, size * 0.9, size * round_ * 0.9), iris, volume=0, bottom=lighter(iris, 0.45))
        s.shape(ellipse(x, y, size * 0.62, size * round_ * 0.7), DARK, volume=0)
        s.shape(ellipse(x - size * 0.32, y - size * 0.42, size * 0.34, size * 0.38), (1, 1, 1), volume=0)
        s.shape(ellipse(x + size * 0.36, y + size * 0.42, size * 0.17, size * 0.17), (1, 1, 1), volume=0, opacity=0.8)


def muzzle(s: Sprite, y: float, size: float, nose: Colour, fill: Colour) -> None:
    """Two soft cheeks, a nose and a smile under it."""
    x = s.width / 2
    both(s, ellipse(x - size * 0.46, y + size * 0.5, size * 0.66, size * 0.54), fill, volume=0.35)
    s.shape(blob([(x - size * 0.32, y - size * 0.1), (x + size * 0.32, y - size * 0.1), (x, y + size * 0.3)]), nose)
    for way in (-1, 1):
        smile = curve(
            [(x, y + size * 0.3), (x + way * size * 0.2, y + size * 0.72), (x + way * size * 0.62, y + size * 0.62)]
        )
        s.stroke(smile, size * 0.12, DARK, opacity=0.75)


def body(s: Sprite, fill: Colour, chest: Colour, *, neck: float = 50, wide: float = 1.0) -> None:
    """A sitting body seen from the front: haunches, chest, front legs and paws."""
    x = s.width / 2
    deep = darker(fill, 0.16)
    both(s, ellipse(x - 19 * wide, 87, 12 * wide, 11.5), deep, volume=0.6)
    both(s, ellipse(x - 21 * wide, 96.5, 9 * wide, 3.8), fill, volume=0.5)
    outline = path("-13,0 0,-4 13,0 20,22 22,40 12,48 -12,48 -22,40 -20,22", x, neck, wide=wide, tall=(98 - neck) / 48)
    torso = s.shape(blob(outline), fill, bottom=deep)
    s.shape(ellipse(x, 66, 11.5 * wide, 16), chest, volume=0.2, inside=torso, soft=1.6)
    both(s, limb(path("-7.5,66 -8,82 -8,95", x, wide=wide), [6 * wide, 5.4 * wide, 5.2 * wide]), fill)
    s.stroke([(x, 80), (x, 96)], 0.9, deep, opacity=0.6)
    both(s, ellipse(x - 8.6 * wide, 96.8, 7 * wide, 3.6), lighter(chest, 0.1), volume=0.6)
    for toe in (-11, -8.6, -6.2):
        both(s, limb([(x + toe * wide, 96.4), (x + toe * wide, 98.8)], [0.35, 0.35]), deep, volume=0)


def head(s: Sprite, fill: Colour, *, y: float = 34, across: float = 26, down: float = 21, cheek: float = 3.0) -> Array:
    """A broad head with fluffy cheeks."""
    x = s.width / 2
    shadow = darker(fill, 0.3)
    s.shape(ellipse(x, y + down * 0.95, across * 0.62, 4.5), shadow, volume=0, opacity=0.5, soft=1.5)
    points = []
    for angle in np.linspace(0, 2 * np.pi, 28, endpoint=False):
        fluff = cheek * max(0.0, np.sin(angle) * 0.9 + 0.1) ** 2 * abs(np.cos(angle)) * 2
        points.append((x + np.cos(angle) * (across + fluff), y + np.sin(angle) * (down + fluff * 0.4)))
    return s.shape(blob(points, 4), fill, volume=0.6, bottom=mix(fill, darker(fill, 0.1), 0.6))


def blush(s: Sprite, y: float, gap: float) -> None:
    """A little warmth under the eyes."""
    both(s, ellipse(s.width / 2 - gap, y, 4.6, 2.6), colour("#f0807a"), volume=0, opacity=0.3, soft=1.2)


def whiskers(s: Sprite, y: float, start: float, end: float) -> None:
    """Three fine hairs on each side."""
    x = s.width / 2
    for number in (-1, 0, 1):
        hair = curve(
            [
                (x - start, y + number * 1.2),
                (x - (start + end) / 2, y - 0.6 + number * 2.2),
                (x - end, y + number * 4.2),
            ]
        )
        both(s, limb(hair, list(np.linspace(0.36, 0.1, len(hair)))), (1, 1, 1), volume=0, opacity=0.85)


def cat(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A kitten with its tail around it; often striped."""
    x, pale = s.width / 2, mix(coat, CREAM, 0.72)
    deep = darker(coat, 0.28)
    striped = rng.random() < 0.65
    s.shape(tail(path("14,93 32,96 41,84 37,68 41,60", x), 4.6, 3.4), coat)
    if striped:
        for at in ((x + 40.6, 80), (x + 38.8, 73)):
            s.stroke([(at[0] - 4, at[1] + 0.6), (at[0] + 4, at[1])], 2.2, deep, opacity=0.7)
    body(s, coat, pale)
    if striped:
        for level in (70, 76.5, 83):
            both(s, limb([(x - 21, level), (x - 15.5, level + 1.6)], [1.5, 0.5]), deep, volume=0, opacity=0.65)
    both(s, blob(path("-25,27 -25.5,6 -22,3.5 -7,15 -14,26", x)), coat, volume=0.5)
    both(s, blob(path("-22,23 -22,9.5 -11.5,17 -15,24", x)), PINK, volume=0.3, opacity=0.85)
    face = head(s, coat)
    s.shape(blob(path("-5,24 0,14 5,24 12,43 0,52 -12,43", x)), pale, volume=0, inside=face, soft=1.4, opacity=0.9)
    if striped:
        for shift, length in ((0, 9), (-5.5, 7), (5.5, 7)):
            s.stroke([(x + shift, 14.5), (x + shift * 0.8, 14.5 + length)], 2.1, deep, opacity=0.7)
        for level in (33, 38):
            both(s, limb([(x - 27.5, level), (x - 20.5, level + 1)], [1.3, 0.4]), deep, volume=0, opacity=0.65)
    iris = colour(str(rng.choice(["#7fb24a", "#e0a234", "#5aa6c8"])))
    eyes(s, 35.5, 11.5, 5.7, iris)
    blush(s, 43.5, 17.5)
    muzzle(s, 41.5, 5.6, PINK, lighter(pale, 0.35))
    whiskers(s, 44.5, 9.5, 33)


def dog(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A puppy with hanging ears and its tongue out."""
    x, pale = s.width / 2, mix(coat, CREAM, 0.78)
    deep = darker(coat, 0.3)
    s.shape(tail(path("15,92 30,88 36,74", x), 5, 2.4), coat)
    body(s, coat, pale, wide=1.05)
    s.shape(
        limb(curve(path("-15,53 0,57.5 15,53", x)), [2.0] * 25),
        colour(str(rng.choice(["#d8463e", "#3f7fc0", "#3a9a7c"]))),
    )
    s.shape(ellipse(x, 60.5, 3.2, 3.4), colour("#f2c544"))
    face = head(s, coat, y=33, across=24, down=22, cheek=1)
    s.shape(blob(path("-6,10 6,10 7,30 15,46 0,56 -15,46 -7,30", x)), pale, volume=0, inside=face, soft=1.2)
    both(s, blob(path("-17,13 -27,15 -34,30 -33,46 -26,48 -21,34", x)), deep, volume=0.6)
    eyes(s, 32, 10.5, 4.6, colour("#6a4428"), round_=1.1)
    both(s, limb([(x - 14, 24), (x - 8.5, 23)], [1.0, 0.7]), deep, volume=0, opacity=0.7)
    s.shape(blob(path("-3.6,48 3.6,48 3.4,54.5 0,57 -3.4,54.5", x)), colour("#f08a8e"))
    muzzle(s, 40.5, 7.6, DARK, lighter(pale, 0.3))
    s.shape(ellipse(x - 1, 39.8, 1.3, 0.6), (1, 1, 1), volume=0, opacity=0.6)
    blush(s, 42, 18)


def fox(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A fox with a brush of a tail and black stockings."""
    x, pale = s.width / 2, CREAM
    s.shape(tail(path("12,93 32,97 44,84 38,64", x), 6, 9, 14), coat, volume=0.7)
    s.shape(blob(path("29.5,68 46.5,71 40,54 33,56", x)), pale)
    body(s, coat, pale, wide=0.92)
    both(s, limb([(x - 7.4, 84), (x - 7.4, 95)], [5, 4.9]), darker(DARK, 0.05), volume=0.5)
    both(s, ellipse(x - 8, 96.6, 6.4, 3.4), DARK, volume=0.5)
    both(s, blob(path("-25,28 -27,1 -23,0 -6,15 -12,26", x)), coat)
    both(s, blob(path("-22.5,22 -23.5,8 -12,17", x)), DARK, volume=0.3)
    face = head(s, coat, across=25, down=19, cheek=7)
    both(s, blob(path("-3,38 -12,33 -26,37 -31,44 -14,52 0,55", x)), pale, volume=0.2, inside=face, soft=0.8)
    eyes(s, 33.5, 10.5, 4.4, colour("#c8802a"))
    both(s, ellipse(x - 3, 47, 5, 4.4), pale, volume=0.3)
    s.shape(blob(path("-3,42.5 3,42.5 0,46", x)), DARK)
    for way in (-1, 1):
        s.stroke(curve([(x, 46), (x + way * 1.6, 49), (x + way * 5, 48)]), 0.8, DARK, opacity=0.7)


def rabbit(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A rabbit; one ear may hang."""
    x, pale = s.width / 2, mix(coat, CREAM, 0.75)
    s.shape(ellipse(x + 21, 90, 7, 7), lighter(pale, 0.5))
    body(s, coat, pale, neck=56, wide=0.9)
    lop = rng.random() < 0.35
    for way in (-1, 1):
        tip = (
            [(x + way * 16, 6), (x + way * 12, 0)] if not (lop and way > 0) else [(x + way * 27, 14), (x + way * 25, 9)]
        )
        ear = blob([(x + way * 4, 30), (x + way * 6, 12), tip[1], tip[0], (x + way * 15, 28)])
        s.shape(ear, coat)
        s.shape(np.asarray(ear) * 0.62 + np.mean(ear, 0) * 0.38, PINK, volume=0.2, opacity=0.75)
    head(s, coat, y=42, across=21, down=17.5, cheek=3.5)
    eyes(s, 42, 10.6, 4.5, colour("#6a4438"))
    blush(s, 49, 14)
    muzzle(s, 46.8, 4.8, PINK, lighter(pale, 0.4))
    s.shape(blob(path("-1.8,52 1.8,52 1.6,55 -1.6,55", x), 3), (1, 1, 1), volume=0)
    whiskers(s, 49, 8, 24)


def bear(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A round bear."""
    _round_bear(s, coat, coat, coat, mix(coat, CREAM, 0.55))
    eyes(s, 33, 9.5, 3.4, colour("#4a3020"))
    _bear_nose(s, mix(coat, CREAM, 0.6))


def panda(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A panda with its bamboo."""
    x, black = s.width / 2, colour("#34323c")
    _round_bear(s, coat, black, black, coat)
    both(s, ellipse(x - 10.6, 34, 6.2, 7.6, 24), black, volume=0.2)
    eyes(s, 33.8, 9.9, 3.3, colour("#5a3a28"))
    _bear_nose(s, coat)
    s.stroke(curve(path("-20,92 -4,76 14,56", x)), 2.4, colour("#7fae4c"), volume=0.5)
    for at in ((x + 8, 62), (x + 13, 57), (x + 2, 69)):
        s.shape(blob([at, (at[0] + 7, at[1] - 5), (at[0] + 13, at[1] - 4), (at[0] + 6, at[1])], 5), colour("#6a9f44"))
    s.shape(ellipse(x + 3, 72, 6, 5.4), black)


def _round_bear(s: Sprite, coat: Array, limbs: Array, ears: Array, belly: Array) -> None:
    x = s.width / 2
    both(s, ellipse(x - 20, 16.5, 8.4, 8.2), ears)
    both(s, ellipse(x - 20, 17.5, 4.8, 4.6), mix(ears, PINK, 0.3), volume=0.3)
    s.shape(ellipse(x, 76, 27, 23.5), coat, volume=0.6, bottom=darker(coat, 0.12))
    s.shape(ellipse(x, 79, 17, 16), belly, volume=0.2, soft=1.5)
    both(s, ellipse(x - 20, 91, 11.5, 9), limbs, volume=0.7)
    both(s, ellipse(x - 21, 92.5, 6, 5), mix(limbs, PINK, 0.35), volume=0.2)
    s.shape(limb(path("-22,60 -24,72 -15,79", x), [6.5, 6.6, 5.8]), limbs)
    s.shape(limb(path("22,60 24,72 15,79", x), [6.5, 6.6, 5.8]), limbs)
    head(s, coat, y=33, across=25.5, down=21.5, cheek=2)


def _bear_nose(s: Sprite, fill: Array) -> None:
    x = s.width / 2
    s.shape(ellipse(x, 44, 8.6, 6.4), lighter(fill, 0.25), volume=0.4)
    s.shape(ellipse(x, 40.8, 3.8, 2.6), DARK, volume=0.6)
    s.stroke([(x, 43), (x, 45.5)], 0.9, DARK)
    s.stroke(curve(path("-4,45.4 0,47.4 4,45.4", x)), 0.9, DARK)
    blush(s, 42, 17)
