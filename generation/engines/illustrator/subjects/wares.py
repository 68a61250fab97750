"""Goods as a shop shows them: headphones, a watch, lipstick, cosmetics, phones, bags, a camera."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.drawing import (
    Sprite,
    blob,
    curve,
    darker,
    ellipse,
    limb,
    path,
    turned,
)

WHITE = (1.0, 1.0, 1.0)
GOLD = colour("#d9b26a")
STEEL = colour("#c9ced6")
BLACK = colour("#26262c")


def slab(left: float, top: float, right: float, foot: float, corner: float) -> Array:
    """A rectangle with round corners."""
    angle = np.linspace(0, np.pi / 2, 9)
    centres = (
        (right - corner, foot - corner),
        (left + corner, foot - corner),
        (left + corner, top + corner),
        (right - corner, top + corner),
    )
    return np.concatenate(
        [
            np.stack([x + corner * np.cos(angle + turn), y + corner * np.sin(angle + turn)], -1)
            for turn, (x, y) in zip(np.arange(4) * np.pi / 2, centres, strict=True)
        ]
    ).astype(np.float32)


def cylinder(
    s: Sprite, x: float, span: tuple[float, float], half: float, tone: Array, *, gleam: float = 0.6, flat: float = 0.16
) -> Array:
    """A standing tube from `span[0]` down to `span[1]`: dark at its edges, two bright streaks; give its mask."""
    top, foot = span
    low = [(x + half * np.cos(a), foot - half * flat + half * flat * np.sin(a)) for a in np.linspace(0, np.pi, 24)]
    body = s.shape([(x - half, top), (x + half, top), *low], tone, volume=0)
    for way in (-1, 1):
        edge = [
            (x + way * half * u, v) for u, v in ((1.05, top - 4), (0.72, top - 4), (0.72, foot + 4), (1.05, foot + 4))
        ]
        s.shape(
            edge,
            darker(tone, 0.42),
            volume=0,
            inside=body,
            opacity=0.6 if way == -s.light.side else 0.36,
            soft=half * 0.1,
        )
    side = s.light.side
    for at, wide, strength in ((0.46, 0.17, gleam), (-0.62, 0.07, gleam * 0.6)):
        streak = [
            (x + side * half * (at + w), v)
            for w, v in ((-wide, top - 2), (wide, top - 2), (wide, foot + 2), (-wide, foot + 2))
        ]
        s.shape(streak, WHITE, volume=0, inside=body, opacity=strength, soft=half * 0.05)
    s.shape(ellipse(x, top, half, half * flat), lighter(tone, 0.28), volume=0.15)
    return body


def headphones(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """Headphones with thick cushions, standing, a little turned."""
    x, deep, pad = s.width / 2, darker(coat, 0.3), mix(darker(coat, 0.5), BLACK, 0.55)
    arch = curve(path("-33,62 -35,38 -25,14 0,4 25,14 35,38 33,62", x), 14)
    s.shape(limb(arch, [3.6] * len(arch)), coat, volume=1.0)
    crown = curve(path("-25,22 -13,11.5 0,8.6 13,11.5 25,22", x), 14)
    s.shape(limb(crown, list(1.6 + 3.0 * np.sin(np.linspace(0.2, np.pi - 0.2, len(crown))) ** 0.4)), pad, volume=0.9)
    gleam = curve(path("-29,22 -20,9.4 -4,3.4 10,4.6", x), 12)
    s.shape(limb(gleam, list(np.linspace(0.3, 1.0, len(gleam)))), WHITE, volume=0, opacity=0.75, soft=0.4)
    for way in (-1, 1):
        s.shape(limb([(x + way * 34.6, 44), (x + way * 34.2, 60)], [2.5, 2.5]), STEEL, volume=1.0)
        for level in (47, 50, 53):
            s.stroke([(x + way * 32.6, level), (x + way * 36.6, level)], 0.5, darker(STEEL, 0.4))
    for way in (-1, 1):
        turn, cup = way * 7, x + way * 31
        s.shape(ellipse(cup - way * 8.6, 77, 8.4, 20, turn), pad, volume=1.0)
        s.shape(ellipse(cup - way * 10.8, 77, 4.2, 13.4, turn), darker(pad, 0.3), volume=0, soft=0.8)
        for seam in (-10, 0, 10):
            s.stroke(
                [(cup - way * 15.4, 77 + seam), (cup - way * 12, 77 + seam * 0.9)], 0.6, lighter(pad, 0.16), opacity=0.7
            )
        s.shape(ellipse(cup - way * 1.4, 77, 8.4, 20.6, turn), darker(STEEL, 0.12), volume=0.8)
        shell = s.shape(ellipse(cup + way * 2, 77, 9.4, 20, turn), coat, volume=1.1, bottom=deep)
        outline = ellipse(cup + way * 4.6, 77, 5.2, 13.4, turn)
        s.shape(outline, lighter(coat, 0.16), volume=0.6, inside=shell, bottom=coat)
        s.shape(ellipse(cup + way * 5.2, 77, 1.9, 4.8, turn), STEEL, volume=0.7, inside=shell)
        if way == s.light.side:
            s.shape(
                ellipse(cup + way * 5.4, 67, 1.7, 6.4, turn + way * 10),
                WHITE,
                volume=0,
                opacity=0.7,
                inside=shell,
                soft=0.6,
            )


def watch(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A wrist watch with a metal case, its dial, a small dial and the date."""
    x, y, leather = s.width / 2, 48, mix(coat, colour("#5a3a28"), 0.35)
    for points in (
        path("-11,30 11,30 9.4,2 7.6,-4 -7.6,-4 -9.4,2", x),
        path("-11,66 11,66 10,94 8,99.6 -8,99.6 -10,94", x),
    ):
        strap = s.shape(blob(points, 4), leather, volume=0.9, bottom=darker(leather, 0.16))
        for way in (-1, 1):
            for at in np.arange(-2, 100, 2.6):
                s.stroke([(x + way * 7.4, at), (x + way * 7.4, at + 1.3)], 0.42, lighter(leather, 0.55), opacity=0.75)
        s.shape(path("-30,20 30,20 30,34 -30,34", x), darker(leather, 0.4), volume=0, inside=strap, opacity=0.6, soft=3)
    for way in (-1, 1):
        for end in (-1, 1):
            s.shape(limb([(x + way * 11, y + end * 22), (x + way * 12.4, y + end * 27)], [3.4, 2.4]), STEEL, volume=0.9)
    s.shape(slab(x + 23, y - 4, x + 29, y + 4, 1.6), STEEL, volume=0.9)
    for level in np.arange(y - 3, y + 4, 1.5):
        s.stroke([(x + 25, level), (x + 28.6, level)], 0.4, darker(STEEL, 0.4))
    s.shape(ellipse(x, y, 26, 26), darker(STEEL, 0.15), volume=1.0)
    s.shape(ellipse(x, y, 24.6, 24.6), lighter(STEEL, 0.45), volume=0.7, bottom=darker(STEEL, 0.2))
    s.shape(ellipse(x, y, 22, 22), darker(STEEL, 0.5), volume=0)
    dial = s.shape(ellipse(x, y, 21.2, 21.2), lighter(coat, 0.12), volume=0, bottom=darker(coat, 0.42))
    outline = ellipse(x - s.light.side * 8, y + 10, 20, 16)
    s.shape(outline, darker(coat, 0.5), volume=0, inside=dial, opacity=0.5, soft=6)
    for number in range(60):
        angle, long = number * np.pi / 30, 3.6 if number % 5 == 0 else 1.2
        out = np.array([np.sin(angle), -np.cos(angle)])
        ends = np.array([x, y]) + np.array([[20.2 - long], [20.2]]) * out
        s.stroke(ends, 1.2 if number % 5 == 0 else 0.3, lighter(GOLD, 0.5), opacity=1.0 if number % 5 == 0 else 0.7)
    small = (x, y + 9.4)
    s.shape(ellipse(*small, 5.6, 5.6), darker(coat, 0.6), volume=0)
    s.shape(limb(ellipse(*small, 5.6, 5.6), [0.3] * 64), lighter(GOLD, 0.3), volume=0)
    s.stroke([small, (x + 2.4, y + 6.4)], 0.5, WHITE)
    s.shape(slab(x + 11.4, y - 2, x + 16, y + 2, 0.4), WHITE, volume=0, bottom=lighter(STEEL, 0.3))
    s.stroke([(x + 13.7, y - 0.9), (x + 13.7, y + 0.9)], 0.7, BLACK)
    for turn, long, wide in ((305, 11.6, 2.0), (60, 16.4, 1.6)):
        hand = turned(
            [(x - wide / 2, y + 2), (x + wide / 2, y + 2), (x + wide * 0.3, y - long), (x - wide * 0.3, y - long)],
            turn,
            (x, y),
        )
        s.shape(hand + np.array([0.7, 0.8], np.float32), BLACK, volume=0, opacity=0.4, soft=0.4)
        s.shape(hand, lighter(GOLD, 0.55), volume=0.2)
    s.stroke(turned([(x, y + 5), (x, y - 18)], 190, (x, y)), 0.5, colour("#e05a3c"))
    s.shape(ellipse(x, y, 1.7, 1.7), GOLD, volume=0.8)
    glare = path("-16,-14 -4,-20.4 8,-20 -18,8 -20.6,0", x, y)
    s.shape(glare, WHITE, volume=0, inside=dial, opacity=0.2, soft=0.5)


def lipstick(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A lipstick turned out of its golden case, the cap beside it."""
    x, case = 30.0, BLACK
    body = s.shape(
        blob(path("-8.6,52 -8.6,24 -7,17 -1,10 4.4,6.6 7.6,8 8.6,13 8.6,52", x), 8),
        coat,
        volume=0.5,
        bottom=darker(coat, 0.12),
    )
    s.shape(blob(path("-8.2,24 -6,17 -0.4,10.8 4.6,7.6 7.2,9 7,14 1,22 -5,27", x), 8), lighter(coat, 0.3), volume=0.3)
    streak = path("3,20 6,16 6,54 3,54", x, wide=s.light.side)
    s.shape(streak, WHITE, volume=0, inside=body, opacity=0.5, soft=0.7)
    s.shape(
        path("-9,20 -6,20 -6,54 -9,54", x, wide=s.light.side),
        darker(coat, 0.5),
        volume=0,
        inside=body,
        opacity=0.5,
        soft=1,
    )
    cylinder(s, x, (46, 64), 10.4, lighter(GOLD, 0.1), gleam=0.8)
    s.shape(ellipse(x, 46.2, 8.4, 1.2), darker(coat, 0.3), volume=0)
    cylinder(s, x, (62, 99), 13.4, case, gleam=0.5)
    cylinder(s, x, (62, 68), 13.4, GOLD, gleam=0.8)
    s.stroke([(x - 5, 84), (x + 5, 84)], 0.9, GOLD)
    s.stroke([(x - 3, 87), (x + 3, 87)], 0.6, GOLD)
    cylinder(s, 68, (52, 99), 13, case, gleam=0.5)
    cylinder(s, 68, (92, 99.4), 13, GOLD, gleam=0.8)


def cosmetics(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A jar of cream with its lid, and behind it a serum with a dropper."""
    tint, cream = mix(coat, WHITE, 0.3), colour("#fdf9f2")
    x = 40.0
    s.shape(limb([(x, 2), (x, 12)], [5.2, 4.4]), mix(coat, BLACK, 0.5), volume=1.0)
    cylinder(s, x, (13, 26), 8.4, lighter(GOLD, 0.12), gleam=0.75)
    for line in np.arange(x - 7, x + 8, 1.8):
        s.stroke([(line, 15.6), (line, 25)], 0.3, darker(GOLD, 0.35), opacity=0.6)
    glass = s.shape(
        blob(path("-8,26 8,26 11,31 20,36 22,44 22,94 19,99 -19,99 -22,94 -22,44 -20,36 -11,31", x), 5),
        tint,
        volume=0.6,
        bottom=coat,
    )
    s.shape(path("-24,50 24,50 24,102 -24,102", x), coat, volume=0, inside=glass, opacity=0.55)
    s.shape(ellipse(x, 50, 22, 2.6), lighter(coat, 0.5), volume=0, inside=glass, opacity=0.8)
    s.shape(limb([(x, 28), (x, 74)], [1.9, 1.2]), lighter(coat, 0.6), volume=0.3, inside=glass, opacity=0.7)
    for way in (-1, 1):
        edge = path("23,34 18.4,38 18.4,100 23,100", x, wide=way)
        s.shape(edge, darker(coat, 0.45), volume=0, inside=glass, opacity=0.45, soft=1.2)
    outline = path("15,42 18,42 18,94 15,94", x, wide=s.light.side)
    s.shape(outline, WHITE, volume=0, inside=glass, opacity=0.55, soft=0.6)
    s.shape(slab(x - 13, 58, x + 13, 86, 1), cream, volume=0, opacity=0.94, inside=glass)
    s.stroke([(x - 7, 66), (x + 7, 66)], 1.3, darker(coat, 0.55))
    s.stroke([(x - 9, 72), (x + 9, 72)], 0.6, darker(coat, 0.3))
    s.stroke([(x - 6, 75.4), (x + 6, 75.4)], 0.6, darker(coat, 0.3))
    jar = 86.0
    cylinder(s, jar, (66, 99.4), 29, mix(cream, coat, 0.1), gleam=0.75, flat=0.13)
    s.stroke([(jar - 10, 82), (jar + 10, 82)], 1.4, darker(coat, 0.55))
    s.stroke([(jar - 14, 87.4), (jar + 14, 87.4)], 0.6, darker(coat, 0.3))
    s.stroke([(jar - 8, 91), (jar + 8, 91)], 0.6, darker(coat, 0.3))
    cylinder(s, jar, (52, 69), 30, lighter(GOLD, 0.16), gleam=0.8, flat=0.13)
    s.shape(ellipse(jar, 52, 26, 3), lighter(GOLD, 0.5), volume=0.2)


def phone(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """Two phones: the back with its cameras, and before it the bright front."""
    back = slab(6, 4, 52, 95, 8)
    s.shape(back, darker(STEEL, 0.25), volume=0.8)
    s.shape(slab(7.2, 5.2, 50.8, 93.8, 7.2), coat, volume=0.5, bottom=darker(coat, 0.2))
    s.shape(slab(10, 8, 32, 31, 6), lighter(coat, 0.18), volume=0.5)
    for x, y in ((16.4, 14.6), (16.4, 24.6), (26, 19.6)):
        s.shape(ellipse(x, y, 4.3, 4.3), darker(STEEL, 0.1), volume=0.8)
        s.shape(ellipse(x, y, 3.4, 3.4), BLACK, volume=0)
        s.shape(ellipse(x, y, 1.7, 1.7), colour("#30405c"), volume=0.6)
        s.shape(ellipse(x - 1, y - 1, 0.8, 0.8), WHITE, volume=0, opacity=0.9)
    s.shape(slab(31.6, 10.4, 80, 99.6, 8.4), BLACK, volume=0, opacity=0.4, soft=1.6)
    s.shape(slab(32, 8.6, 80, 99.4, 8.4), darker(STEEL, 0.1), volume=0.9)
    s.shape(slab(33, 9.6, 79, 98.4, 7.6), BLACK, volume=0)
    first, second = ("#3a2a8c", "#f08a6a") if rng.random() < 0.5 else ("#123a6a", "#5ad0c0")
    outline = slab(35, 11.6, 77, 96.4, 6)
    screen = s.shape(outline, colour(first), volume=0, bottom=mix(colour(first), colour(second), 0.6))
    for number, low in enumerate((54, 64, 75)):
        wave = curve([(30, low + 8), (42, low - 6), (56, low + 4), (70, low - 8), (84, low + 2)])
        tone = mix(colour(first), colour(second), 0.35 + 0.3 * number)
        s.shape([*wave.tolist(), (84, 110), (30, 110)], lighter(tone, 0.12), volume=0, inside=screen, bottom=tone)
    s.shape(ellipse(65, 44, 8, 8), lighter(colour(second), 0.5), volume=0, inside=screen, opacity=0.9)
    s.shape(slab(50, 13.6, 62, 16.6, 1.5), BLACK, volume=0)
    for left, wide in ((47.4, 1.7), (50.6, 4.2), (57.4, 4.2), (62.6, 4.2)):
        s.shape(slab(left, 22, left + wide, 30, 1), WHITE, volume=0, opacity=0.95)
        if left > 50:
            s.shape(slab(left + 1.3, 23.4, left + wide - 1.3, 28.6, 0.4), colour(first), volume=0)
    for level in (24.6, 27.4):
        s.shape(ellipse(56.1, level, 0.55, 0.55), WHITE, volume=0)
    s.stroke([(49, 34), (63, 34)], 0.9, WHITE, opacity=0.8)
    for number in range(4):
        tone = colour(("#58c26a", "#f4f4f6", "#f0a83c", "#4a90e8")[number])
        s.shape(slab(38 + number * 9.6, 84, 45 + number * 9.6, 91, 2), tone, volume=0.5)
    s.stroke([(49, 94.4), (63, 94.4)], 0.8, WHITE, opacity=0.8)
    s.shape(path("35,40 35,12 60,12"), WHITE, volume=0, inside=screen, opacity=0.14, soft=0.6)


def backpack(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A backpack with a front pocket, zips and leather."""
    x, deep, leather = s.width / 2, darker(coat, 0.24), colour("#a8703e")
    for way in (-1, 1):
        strap = curve([(x + way * 22, 24), (x + way * 37, 44), (x + way * 37, 72), (x + way * 30, 92)])
        s.shape(limb(strap, [3.6] * len(strap)), deep, volume=0.8)
        s.shape(
            blob(
                [(x + way * 28, 60), (x + way * 37, 62), (x + way * 38, 88), (x + way * 34, 97), (x + way * 27, 97)], 6
            ),
            deep,
            volume=0.9,
        )
    loop = curve(path("-9,12 -8,2 0,-2 8,2 9,12", x))
    s.shape(limb(loop, [2.2] * len(loop)), leather, volume=0.9)
    body = s.shape(
        blob(path("0,5 20,8 30,22 33,52 33,88 29,97 14,99.4 -14,99.4 -29,97 -33,88 -33,52 -30,22 -20,8", x), 6),
        coat,
        volume=0.9,
        bottom=deep,
    )
    s.shape(path("-40,84 40,84 40,104 -40,104", x), leather, volume=0, inside=body, bottom=darker(leather, 0.3))
    s.shape(ellipse(x - s.light.side * 30, 60, 16, 50), darker(coat, 0.5), volume=0, inside=body, opacity=0.4, soft=6)
    zip_ = curve(path("-26,54 -25,30 -15,15 0,12 15,15 25,30 26,54", x))
    s.shape(limb(zip_, [1.3] * len(zip_)), darker(coat, 0.55), volume=0)
    s.shape(limb(zip_, [0.4] * len(zip_)), GOLD, volume=0)
    s.shape(limb([(x + 25.6, 52), (x + 26.6, 61)], [1.1, 1.8]), leather, volume=0.6)
    s.shape(slab(x - 9, 22, x + 9, 33, 2), leather, volume=0.5)
    s.stroke([(x - 5, 26), (x + 5, 26)], 0.8, lighter(GOLD, 0.4))
    s.stroke([(x - 3.6, 29), (x + 3.6, 29)], 0.6, lighter(GOLD, 0.4))
    s.shape(
        blob(path("-22,57 22,57 25,64 25,86 21,92 -21,92 -25,86 -25,64", x), 6),
        darker(coat, 0.5),
        volume=0,
        opacity=0.45,
        soft=1.4,
    )
    s.shape(
        blob(path("-22,55 22,55 25,62 25,84 21,90 -21,90 -25,84 -25,62", x), 6),
        lighter(coat, 0.06),
        volume=1.0,
        bottom=coat,
    )
    flap = blob(path("-23,54 23,54 25,60 20,71 0,75 -20,71 -25,60", x), 6)
    s.shape(flap + np.array([0, 1.4], np.float32), darker(coat, 0.5), volume=0, opacity=0.5, soft=0.8)
    s.shape(flap, coat, volume=0.7)
    seam = curve(path("-22,60 -18,69 0,72.6 18,69 22,60", x))
    for first in range(0, len(seam) - 2, 3):
        s.stroke(seam[first : first + 2], 0.4, lighter(coat, 0.5), opacity=0.9)
    s.shape(slab(x - 3.4, 69, x + 3.4, 80, 1.4), leather, volume=0.7)
    s.shape(ellipse(x, 77, 1.5, 1.5), GOLD, volume=0.9)


def handbag(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A leather bag with a flap, stitched, with a golden clasp."""
    x, deep = s.width / 2, darker(coat, 0.26)
    for back, tone in ((2.5, deep), (0.0, coat)):
        handle = curve(
            [(x - 21, 47 - back), (x - 18, 20 - back), (x, 9 - back), (x + 18, 20 - back), (x + 21, 47 - back)]
        )
        s.shape(limb(handle, [2.1] * len(handle)), tone, volume=0.9)
    outline = path("-36,45 36,45 41,70 43,92 39,99 -39,99 -43,92 -41,70", x)
    body = s.shape(blob(outline, 5), coat, volume=0.8, bottom=deep)
    s.shape(ellipse(x - s.light.side * 42, 74, 14, 40), darker(coat, 0.5), volume=0, inside=body, opacity=0.5, soft=5)
    for way in (-1, 1):
        s.shape(
            blob([(x + way * 36, 46), (x + way * 43, 90), (x + way * 38, 97), (x + way * 34, 70)], 5),
            deep,
            volume=0.6,
            inside=body,
        )
    flap = blob(path("-37,42 37,42 38,50 33,68 12,75 -12,75 -33,68 -38,50", x), 6)
    s.shape(flap + np.array([0, 2], np.float32), darker(coat, 0.6), volume=0, opacity=0.55, soft=1.2)
    face = s.shape(flap, lighter(coat, 0.05), volume=0.8, bottom=coat)
    outline = path("-30,44 -10,44 -24,70 -34,66", x, wide=-s.light.side)
    s.shape(outline, WHITE, volume=0, opacity=0.16, inside=face, soft=2)
    seam = curve(path("-34,50 -30,65.6 -11,72 11,72 30,65.6 34,50", x))
    for first in range(0, len(seam) - 2, 3):
        s.stroke(seam[first : first + 2], 0.4, lighter(coat, 0.5), opacity=0.9)
    for way in (-1, 1):
        s.shape(ellipse(x + way * 21, 48, 3.6, 3.6), GOLD, volume=0.9)
        s.shape(ellipse(x + way * 21, 48, 1.8, 1.8), darker(coat, 0.4), volume=0)
    s.shape(slab(x - 7, 66, x + 7, 79, 2), GOLD, volume=0.9, bottom=darker(GOLD, 0.2))
    s.shape(slab(x - 4.6, 68.6, x + 4.6, 76.4, 1.2), lighter(GOLD, 0.3), volume=0.6)
    s.shape(ellipse(x, 72.4, 1.6, 1.6), darker(GOLD, 0.4), volume=0.4)


def camera(s: Sprite, coat: Array, _rng: np.random.Generator) -> None:
    """A camera with a metal top, leather and a large lens."""
    x, y, metal = s.width / 2, 60, lighter(STEEL, 0.1)
    s.shape(slab(20, 14, 36, 24, 2), darker(metal, 0.2), volume=0.9)
    s.shape(slab(104, 16, 120, 26, 2), darker(metal, 0.25), volume=0.9)
    for level in np.arange(106, 119, 1.8):
        s.stroke([(level, 17), (level, 25)], 0.4, darker(metal, 0.5))
    s.shape(blob(path("-24,26 -17,6 17,6 24,26", x), 5), metal, volume=0.7)
    s.shape(slab(8, 22, 132, 99.4, 7), metal, volume=0.6, bottom=darker(metal, 0.16))
    s.shape(slab(8, 38, 132, 88, 3), coat, volume=0.5, bottom=darker(coat, 0.25))
    s.shape(slab(14, 27, 30, 35, 1.4), BLACK, volume=0.3)
    s.shape(slab(16, 28.4, 24, 33.6, 0.8), colour("#6a86a8"), volume=0, opacity=0.8)
    s.shape(slab(x - 8, 11, x + 8, 20, 1.6), BLACK, volume=0.2)
    s.shape(ellipse(116, 31, 2.4, 2.4), colour("#e0503c"), volume=0.8)
    s.shape(ellipse(x + 1, y + 4, 36, 36), BLACK, volume=0, opacity=0.5, soft=2)
    for radius, tone, round_ in ((35, metal, 1.0), (32, BLACK, 0.8), (27, darker(STEEL, 0.45), 0.9), (25, BLACK, 0.5)):
        s.shape(ellipse(x, y, radius, radius), tone, volume=round_)
    for number in range(48):
        angle = number * np.pi / 24
        way = np.array([np.cos(angle), np.sin(angle)])
        s.stroke(np.array([x, y]) + np.array([[28.6], [31.2]]) * way, 0.6, lighter(BLACK, 0.24))
    glass = s.shape(ellipse(x, y, 20, 20), colour("#22304c"), volume=0, bottom=colour("#3a2a5c"))
    s.shape(ellipse(x, y, 13, 13), colour("#16203a"), volume=0, bottom=colour("#5a3a7a"))
    s.shape(ellipse(x, y, 6, 6), colour("#0c1020"), volume=0)
    side = -1 if s.light.side < 0 else 1
    s.shape(ellipse(x + side * 8, y - 9, 6.4, 4.4, side * 40), WHITE, volume=0, opacity=0.75, inside=glass, soft=0.8)
    s.shape(
        ellipse(x - side * 8, y + 10, 5, 2.6, side * 40),
        colour("#8ac0f0"),
        volume=0,
        opacity=0.55,
        inside=glass,
        soft=0.8,
    )
    s.shape(limb(ellipse(x, y, 34, 34), [0.4] * 64), WHITE, volume=0, opacity=0.5)
    for at in (6, 134):
        s.shape(ellipse(at, 30, 2.6, 3.4), darker(metal, 0.3), volume=0.8)
