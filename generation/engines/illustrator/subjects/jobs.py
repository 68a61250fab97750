"""People known by what they wear: a grandmother, a bride, a king and a queen, and those at work."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter
from generation.engines.illustrator.drawing import Sprite, blob, curve, darker, ellipse, limb, path, tail
from generation.engines.illustrator.subjects.buildings import box
from generation.engines.illustrator.subjects.people import HAIRS, SKINS, face
from generation.engines.illustrator.subjects.roles import GOLD, SNOW, STEEL, arms, legs, robe, short_hair, tone
from generation.engines.illustrator.subjects.sitters import DARK, both

NAVY, LEATHER = colour("#2f3a56"), colour("#4a352c")
BAND = [1.5] * 25  # the half width of a band along a curve


def _body(s: Sprite, coat: Array, trousers: Array, skin: Array) -> Array:
    """Legs, arms and a jacket; gives the outline of the jacket."""
    x = s.width / 2
    legs(s, trousers, LEATHER)
    arms(s, darker(coat, 0.1), skin)
    outline = blob(path("-9,39 9,39 13,46 12.4,74 -12.4,74 -13,46", x), 6)
    return s.shape(outline, coat, bottom=darker(coat, 0.14))


def _head(s: Sprite, skin: Array, hair: Array, *, woman: bool) -> None:
    """A head from the front; a woman's hair reaches her shoulders."""
    x = s.width / 2
    long, short = "-14,22 0,5 14,22 16,40 11,44 0,40 -11,44 -16,40", "-14.5,24 -10,9 0,5 10,9 14.5,24 11,35 -11,35"
    s.shape(blob(path(long if woman else short, x)), hair)
    both(s, ellipse(x - 12.4, 26, 2.4, 3.2), skin, volume=0.4)
    face(s, 25.5, skin, hair, lashes=woman)
    short_hair(s, hair)


def _cap(s: Sprite, fill: Array, peak: Array) -> None:
    x = s.width / 2
    s.shape(blob(path("-14,15 -16,8 -9,1 9,1 16,8 14,15 0,12", x), 6), fill, volume=0.6)
    s.shape(blob(path("-13,15 0,11.4 13,15 8,18.4 0,17.4 -8,18.4", x), 5), peak, volume=0.3)
    s.shape(ellipse(x, 8.4, 2.4, 2.6), GOLD, volume=0.4)


def _helmet(s: Sprite, fill: Array) -> None:
    x = s.width / 2
    s.shape(blob(path("-15,16 -13,5 0,-1 13,5 15,16 0,13", x), 6), fill, volume=0.8)
    s.shape(limb(curve(path("-17,17 0,13.6 17,17", x)), BAND), darker(fill, 0.15))


def _lapels(s: Sprite, shirt: Array, tie: Array) -> None:
    x = s.width / 2
    s.shape(path("-5,39 0,56 5,39", x), shirt, volume=0)
    s.shape(path("-1.4,41 1.4,41 2.2,52 0,56 -2.2,52", x), tie, volume=0.2)
    s.stroke([(x, 56), (x, 73)], 0.8, DARK, opacity=0.5)


def _crown(s: Sprite) -> None:
    x = s.width / 2
    s.shape(path("-11,13 -13,0 -6,6 0,-3 6,6 13,0 11,13 0,10.6", x), GOLD, volume=0.6)
    for aside, gem in ((-6, "#d8443c"), (0, "#4a90d8"), (6, "#d8443c")):
        s.shape(ellipse(x + aside, 8.6, 1.3, 1.4), colour(gem), volume=0.4)


def grandmother(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """An old woman with a white bun, glasses, a shawl and a long skirt."""
    x, skin, white = s.width / 2, tone(rng, SKINS[:3]), colour("#e6e2de")
    s.shape(ellipse(x, 4, 6.6, 6), white, volume=0.7)
    both(s, blob(path("-8,94 -1.6,94 -1.4,99.4 -10,99.4", x), 4), LEATHER)
    skirt = darker(coat, 0.28)
    s.shape(blob(path("-10,66 10,66 16,94 0,96.4 -16,94", x), 6), skirt, bottom=darker(skirt, 0.15))
    arms(s, darker(coat, 0.1), skin)
    s.shape(blob(path("-9,40 9,40 12.4,47 12,72 -12,72 -12.4,47", x), 6), coat, bottom=darker(coat, 0.12))
    for button in (58, 63, 68):
        s.shape(ellipse(x, button, 0.9, 0.9), SNOW, volume=0.4)
    shawl = tone(rng, ("#c8b4d8", "#d8c4a0", "#b8c8b4", "#e0b8b4"))
    s.shape(blob(path("-8,38 8,38 16,46 14,56 3,53 0,58 -3,53 -14,56 -16,46", x), 6), shawl, volume=0.6)
    s.shape(blob(path("-13.6,22 -9,9 0,5 9,9 13.6,22 12,32 -12,32", x)), white, volume=0.5)
    face(s, 25.5, skin, white, lashes=False)
    s.shape(blob(path("-13.4,25 -12,11 0,5.4 12,11 13.4,25 9,17 0,11 -9,17", x)), white, volume=0.7)
    for side in (-5, 5):
        s.stroke([(x + side + 4 * np.cos(a), 27 + 3.8 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 25)], 0.8, NAVY)
    s.stroke([(x - 1.2, 26.6), (x + 1.2, 26.6)], 0.8, NAVY)
    both(s, limb([(x - 9, 31.4), (x - 7.4, 33.2)], [0.25, 0.35]), darker(skin, 0.25), volume=0)


def bride(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """A bride in white with a veil and flowers."""
    x, skin, hair = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS)
    s.shape(blob(path("-12,10 0,3 12,10 22,50 30,96 0,90 -30,96 -22,50", x), 6), SNOW, volume=0.2, opacity=0.55)
    robe(s, colour("#fbf8f4"), hem=26)
    s.shape(blob(path("-13.6,22 0,5 13.6,22 12,34 -12,34", x)), hair)
    both(s, limb(path("-8.6,45 -12,55 -4,62", x), [2.9, 2.6, 2.3]), skin)
    for petal in ((-5, 62), (0, 59), (5, 62), (-2, 66), (3, 66)):
        s.shape(ellipse(x + petal[0], petal[1], 3.4, 3.2), tone(rng, ("#f08aa0", "#f6c8d0", "#e8607a")))
    s.shape(limb([(x, 67), (x, 74)], [1.8, 1.2]), colour("#5f9a58"))
    face(s, 25.5, skin, hair, lashes=True)
    s.shape(blob(path("-13.6,27 -12,12 0,6 12,12 13.6,27 9,17 -2,15 -9,20", x)), hair, volume=0.7)
    for aside in (-8, -4, 0, 4, 8):
        s.shape(ellipse(x + aside, 9 + abs(aside) * 0.25, 2.2, 2.2), SNOW, volume=0.5)


def king(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A bearded king in a cloak with a crown."""
    x, skin, hair = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS)
    robe(s, coat, hem=22)
    both(s, limb(path("-10,45 -16,56 -14,67", x), [4.4, 5, 5]), darker(coat, 0.12))
    both(s, ellipse(x - 14, 69.6, 2.9, 3.2), skin)
    s.shape(blob(path("-12,39 12,39 17,47 12,52 0,49 -12,52 -17,47", x), 6), SNOW, volume=0.6)
    s.shape(limb([(x, 50), (x, 97)], [2.4, 3.4]), SNOW)
    _head(s, skin, hair, woman=False)
    s.shape(blob(path("-12,27 0,34 12,27 11,38 0,46 -11,38", x)), hair, volume=0.6)
    s.stroke(curve([(x - 3, 35), (x, 36.2), (x + 3, 35)]), 0.9, darker(skin, 0.4))
    _crown(s)


def queen(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A queen with long hair in a wide gown with a crown."""
    x, skin, hair = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS)
    s.shape(blob(path("-14,20 0,4 14,20 17,46 12,56 0,52 -12,56 -17,46", x)), hair, volume=0.7)
    robe(s, coat, hem=27)
    both(s, limb(path("-8.6,45 -13,56 -9,64", x), [2.9, 2.6, 2.3]), skin)
    s.shape(limb(curve(path("-8,57 0,59 8,57", x)), BAND), GOLD)
    face(s, 25.5, skin, hair, lashes=True)
    s.shape(blob(path("-13.6,27 -12,12 0,6 12,12 13.6,27 9,17 0,13 -9,17", x)), hair, volume=0.7)
    s.shape(limb(curve(path("-6,40 0,44 6,40", x)), [0.8] * 25), GOLD)
    _crown(s)


def doctor(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """A doctor in a white coat with a stethoscope."""
    x, skin, hair, woman = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS), bool(rng.random() < 0.5)
    legs(s, NAVY, LEATHER)
    arms(s, colour("#eceff2"), skin)
    s.shape(blob(path("-9,39 9,39 13,46 14,84 -14,84 -13,46", x), 6), colour("#f8fafb"), bottom=colour("#dfe5ea"))
    s.shape(path("-5,39 0,60 5,39", x), colour("#7ab0c8"), volume=0)
    s.stroke([(x, 60), (x, 83)], 0.8, STEEL)
    both(s, box(x - 10.4, 66, 6.4, 6), colour("#e4eaee"), volume=0.3)
    _head(s, skin, hair, woman=woman)
    s.stroke(curve(path("-6,40 -7,50 0,57 7,50 6,40", x)), 1.5, colour("#3a4452"))
    s.shape(ellipse(x, 58.4, 2.4, 2.4), STEEL, volume=0.7)


def chef(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """A cook with a tall white hat and an apron."""
    x, skin, hair = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS)
    _body(s, colour("#f6f4f0"), colour("#4a4a56"), skin)
    for y in (48, 53):
        both(s, ellipse(x - 4, y, 0.9, 0.9), DARK, volume=0.3)
    s.shape(blob(path("-9,58 9,58 12,84 -12,84", x), 4), colour("#e8e4dc"), volume=0.3)
    s.shape(limb([(x - 12, 58.6), (x + 12, 58.6)], [1, 1]), colour("#d8d2c8"))
    s.shape(path("-6,39.4 6,39.4 3,45 -3,45", x), colour("#d8443c"), volume=0.4)
    _head(s, skin, hair, woman=False)
    for puff in ((-8, -3, 8), (8, -3, 8), (0, -6, 9)):
        s.shape(ellipse(x + puff[0], puff[1], puff[2], 7), SNOW, volume=0.5)
    s.shape(box(x - 11, 0, 22, 13), SNOW, volume=0.4)


def farmer(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A farmer in dungarees and a straw hat, a fork in hand."""
    x, skin, hair, blue, straw = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS), colour("#4a6a98"), colour("#e4c478")
    s.shape(tail(path("18,30 18,60 18,99", x), 1.1, 1.1), colour("#8a6238"))
    for tine in (-4, 0, 4):
        s.stroke([(x + 18, 34), (x + 18 + tine, 31), (x + 18 + tine, 20)], 1.2, STEEL)
    _body(s, coat, blue, skin)
    s.shape(blob(path("-8,52 8,52 12.4,60 12.4,76 -12.4,76 -12.4,60", x), 5), blue, bottom=darker(blue, 0.12))
    both(s, limb([(x - 6.6, 40), (x - 6.2, 54)], [1.5, 1.5]), blue)
    both(s, ellipse(x - 6.2, 54, 1.2, 1.2), GOLD, volume=0.5)
    s.shape(box(x - 4, 59, 8, 7), darker(blue, 0.12), volume=0.2)
    _head(s, skin, hair, woman=False)
    s.shape(ellipse(x, 14, 22, 4.8), straw, volume=0.6)
    s.shape(blob(path("-11.6,13 -9,3 0,0 9,3 11.6,13", x), 6), straw, volume=0.7)
    s.shape(limb(curve(path("-11.4,11.6 0,13.8 11.4,11.6", x)), BAND), colour("#a8443c"))


def soldier(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """A soldier in olive with helmet, belt and rucksack."""
    x, skin, hair, olive = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS), colour("#66704a")
    both(s, blob(path("-17,42 -8,42 -8,70 -17,70", x), 5), darker(olive, 0.25))
    jacket = _body(s, olive, darker(olive, 0.12), skin)
    for _ in range(9):
        spot = ellipse(x + rng.uniform(-11, 11), rng.uniform(42, 72), rng.uniform(2, 4), rng.uniform(1.2, 2.4))
        s.shape(spot, darker(olive, 0.28), volume=0, inside=jacket, opacity=0.8)
    s.shape(limb([(x - 12, 64), (x + 12, 64)], [2, 2]), colour("#4a3f2c"))
    both(s, box(x - 10, 47, 6, 5), darker(olive, 0.16), volume=0.3)
    _head(s, skin, hair, woman=False)
    _helmet(s, darker(olive, 0.06))


def police(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """A police officer in navy with cap and badge."""
    x, skin, hair = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS)
    _body(s, NAVY, darker(NAVY, 0.2), skin)
    _lapels(s, colour("#c8d6e8"), DARK)
    s.shape(limb([(x - 12, 65), (x + 12, 65)], [1.8, 1.8]), DARK)
    s.shape(box(x - 2.4, 63.2, 4.8, 3.8), GOLD, volume=0.3)
    s.shape(ellipse(x + 7, 50, 2.4, 2.8), GOLD, volume=0.5)
    _head(s, skin, hair, woman=bool(rng.random() < 0.35))
    _cap(s, NAVY, DARK)


def firefighter(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """A firefighter in a heavy coat with bright stripes and a red helmet."""
    x, skin, hair, tan = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS), colour("#c89a4a")
    jacket = _body(s, tan, darker(tan, 0.15), skin)
    for level in (56, 69):
        s.shape(box(x - 14, level, 28, 3.4), colour("#e8f05a"), volume=0, inside=jacket)
    both(s, box(x - 9.4, 86, 8.8, 3), colour("#e8f05a"), volume=0)
    s.stroke([(x, 42), (x, 73)], 1, darker(tan, 0.4))
    _head(s, skin, hair, woman=False)
    _helmet(s, colour("#d2383a"))
    s.shape(path("-3,5 0,3.6 3,5 3,10 0,12.6 -3,10", x), GOLD, volume=0.4)


def builder(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """A worker with a yellow helmet and an orange vest."""
    x, skin, hair = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS)
    jacket = _body(s, colour("#4f6a90"), colour("#46506a"), skin)
    both(s, blob(path("-9,39.4 -3,39.4 -1,50 -1,74 -12.4,74 -12.6,47", x), 4), colour("#f08030"), inside=jacket)
    for level in (57, 66):
        s.shape(box(x - 14, level, 28, 2.6), colour("#f4f4c8"), volume=0, inside=jacket)
    _head(s, skin, hair, woman=False)
    _helmet(s, colour("#f4c22e"))


def businessman(s: Sprite, _coat: Array, rng: np.random.Generator) -> None:
    """A man in a suit and tie with a case."""
    x, skin, hair, suit = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS), tone(rng, ("#333b50", "#4a4a52", "#3a342f"))
    s.shape(box(x + 8, 72, 17, 12), colour("#6a4630"), volume=0.5)
    _body(s, suit, suit, skin)
    _lapels(s, SNOW, tone(rng, ("#b8363a", "#2f5fa8", "#3a7a5c")))
    both(s, path("-9,39 -4.6,39 -0.6,57 -3.4,55 -6.6,47", x), lighter(suit, 0.12), volume=0.2)
    _head(s, skin, hair, woman=False)


def student(s: Sprite, coat: Array, rng: np.random.Generator) -> None:
    """A pupil with a satchel, boy or girl."""
    x, skin, hair, girl = s.width / 2, tone(rng, SKINS), tone(rng, HAIRS), bool(rng.random() < 0.5)
    bag = tone(rng, ("#e0603c", "#4a90d8", "#e8b03c", "#7a6ac8"))
    both(s, blob(path("-18,42 -8,40 -8,68 -18,68", x), 5), bag)
    _body(s, colour("#f4f4f0"), darker(coat, 0.2), skin)
    both(s, limb(path("-7,39.6 -9.4,50 -10,66", x), [1.6, 1.6, 1.6]), darker(bag, 0.12))
    s.shape(path("-4,39.4 4,39.4 1,46 -1,46", x), coat, volume=0.3)
    _head(s, skin, hair, woman=girl)
