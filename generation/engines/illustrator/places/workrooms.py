"""Rooms that people work, learn and shop in: an office, a classroom, a supermarket."""

import itertools

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.interior import Size, light, pane, pendant, plant, room, sunbeam
from generation.engines.illustrator.places.solid import LAMP, Solids, Span
from generation.engines.illustrator.places.stages import SPINES

PACKS = ("#d8483c", "#f0b43c", "#3f8ac0", "#5fa04a", "#f2efe6", "#8a5ab0", "#e8803c", "#38a09a", "#e87a9a")
AISLE = 26.0  # metres


def office(canvas: Array, scene: Scene) -> None:
    """A desk with its screen before a wide window over the city, shelves of books, a plant."""
    rng, size = scene.rng("office"), Size(3.0, 5.6, 2.8)
    wood = str(rng.choice(["#b08a64", "#9a7a5c"]))
    s = room(scene, size, wall=str(rng.choice(["#dde2e0", "#e4dccf", "#cfd8dc"])), boards=wood)
    sunbeam(s, size, wood)
    side = -scene.side
    _skyline(s, rng, (-1.7, 1.7), (0.95, 2.45), size.deep)
    s.ball((0, 0.004, 3.9), 1.6, s.tone("#8fa0a0"), tall=0.32)
    _bookcase(s, rng, (side * 2.3 - 0.55, side * 2.3 + 0.55), size.deep)
    plant(s, -side * 2.35, 4.9, 1.15)
    _office_chair(s, -0.15, 4.55)
    _desk(s, rng, (-1.05, 1.05), (3.5, 4.2), s.tone("#c89c6c"))
    pendant(s, 0.0, 4.0, 2.15, size.high, s.tone("#3a4448"))
    s.onto(canvas)
    light(s, canvas, [(-0.8, 1.2, 3.8), (0, 2.1, 4.0)], 0.26)


def _skyline(s: Solids, rng: np.random.Generator, across: Span, up: Span, away: float) -> None:
    """The window: the sky of the hour, and towers in it."""
    pane(s, across, up, away)
    dark = s.scene.time in ("night", "sunset")
    for row, veil in ((0, 0.62), (1, 0.34)):
        x = across[0]
        while x < across[1] - 0.02:
            wide = float(min(rng.uniform(0.14, 0.3), across[1] - x))
            top = up[0] + (up[1] - up[0]) * float(rng.uniform(0.25, 0.75 - 0.25 * row))
            tower = mix(s.scene.lit("#6a7a94") * (0.5 if dark else 1.0), s.scene.palette.haze, veil)
            s.front((x, x + wide), (up[0], top), away - 0.01, tower)
            for y in np.arange(up[0] + 0.05, top - 0.05, 0.075):
                for spot in np.arange(x + 0.03, x + wide - 0.04, 0.06):
                    glass = LAMP if dark and rng.random() < 0.5 else mix(tower, s.scene.palette.sky[1], 0.3)
                    s.front((spot, spot + 0.032), (y, y + 0.04), away - 0.012, glass)
            x += wide + float(rng.uniform(0.0, 0.05))
    frame = s.tone("#f6f4ee")
    for x in np.linspace(*across, 4)[1:-1]:
        s.front((x - 0.025, x + 0.025), up, away - 0.02, frame)
    level = up[0] + 0.6 * (up[1] - up[0])
    s.front(across, (level - 0.02, level + 0.02), away - 0.02, frame)


def _bookcase(s: Solids, rng: np.random.Generator, across: Span, deep: float) -> None:
    wood, near = s.tone("#a87c54"), deep - 0.35
    s.box(across, (0, 2.2), (near, deep), wood)
    s.front((across[0] + 0.04, across[1] - 0.04), (0.06, 2.15), near - 0.005, wood * 0.5)
    for low in (0.08, 0.5, 0.92, 1.34, 1.76):
        s.front((across[0] + 0.04, across[1] - 0.04), (low, low + 0.035), near - 0.02, wood)
        x = across[0] + 0.07
        while x < across[1] - 0.12:
            wide, tall = float(rng.uniform(0.035, 0.075)), float(rng.uniform(0.22, 0.33))
            if rng.random() < 0.86:
                spine = s.tone(str(rng.choice(SPINES)))
                s.front((x, x + wide), (low + 0.035, low + tall), near - 0.015, spine)
                s.front((x, x + wide * 0.25), (low + 0.035, low + tall), near - 0.016, lighter(spine, 0.2))
            x += wide + 0.004


def _desk(s: Solids, rng: np.random.Generator, across: Span, away: Span, wood: Array) -> None:
    """A desk with drawers; on it a screen, keys, a lamp, a cup, papers."""
    near, far = away
    s.box((across[1] - 0.5, across[1] - 0.05), (0.05, 0.72), (near + 0.05, far), s.tone("#f0ece4"))
    for low in (0.1, 0.32, 0.54):
        s.front((across[1] - 0.47, across[1] - 0.08), (low, low + 0.17), near + 0.04, s.tone("#fbf8f2"))
        s.front((across[1] - 0.34, across[1] - 0.2), (low + 0.1, low + 0.12), near + 0.03, s.tone("#8a8478"))
    for x in (across[0] + 0.06, across[0] + 0.2):
        s.face(
            [(x, 0, near), (x + 0.05, 0, near), (x + 0.09, 0.72, near + 0.02), (x + 0.04, 0.72, near + 0.02)],
            wood * 0.6,
        )
    s.box(across, (0.72, 0.77), (near, far), wood)
    dark = s.tone("#2e3238")
    s.front((-0.06, 0.06), (0.77, 0.95), 3.95, dark * 1.4)
    s.floor((-0.2, 0.2), 0.775, (3.85, 4.0), dark * 1.4)
    s.box((-0.48, 0.48), (0.92, 1.46), (3.9, 3.94), dark)
    _screen(s, rng, (-0.45, 0.45), (0.95, 1.43))
    s.floor((-0.34, 0.26), 0.778, (3.58, 3.74), s.tone("#e8e8e6"))
    for row in (3.6, 3.65, 3.7):
        for x in np.arange(-0.32, 0.22, 0.05):
            s.floor((x, x + 0.04), 0.78, (row, row + 0.03), s.tone("#b8bcc0"))
    s.ball((0.4, 0.79, 3.64), 0.045, s.tone("#f4f4f2"), tall=0.6)
    s.floor((0.52, 0.8), 0.779, (3.56, 3.9), s.tone("#fdfaf4"))
    s.floor((0.56, 0.74), 0.781, (3.62, 3.64), s.tone("#b0b4ba"))
    s.floor((0.56, 0.76), 0.781, (3.7, 3.72), s.tone("#b0b4ba"))
    cup = s.tone("#d8745a")
    s.front((0.82, 0.92), (0.77, 0.89), 3.75, cup)
    s.ball((0.87, 0.89, 3.75), 0.05, s.tone("#5a3826"), tall=0.3)
    x = across[0] + 0.22
    s.ball((x, 0.785, 3.85), 0.11, dark, tall=0.32)
    s.plate([(x - 0.015, 0.78), (x + 0.015, 0.78), (x - 0.1, 1.12), (x - 0.13, 1.12)], 3.85, dark)
    s.plate([(x - 0.13, 1.1), (x - 0.1, 1.13), (x + 0.12, 1.24), (x + 0.1, 1.2)], 3.85, dark)
    s.face(
        [(x + 0.06, 1.27, 3.85), (x + 0.18, 1.27, 3.85), (x + 0.26, 1.12, 3.85), (x + 0.02, 1.12, 3.85)],
        s.tone("#e0a03c"),
    )
    s.ball((x + 0.14, 1.12, 3.85), 0.1, mix(LAMP, (1, 1, 1), 0.4), tall=0.25, lamp=True)


def _screen(s: Solids, rng: np.random.Generator, across: Span, up: Span) -> None:
    """A chart and lines of text."""
    away, glass = 3.89, colour("#eaf2f8")
    s.front(across, up, away, glass)
    s.front(across, (up[1] - 0.05, up[1]), away, colour("#4a7ab8"))
    for number in range(6):
        x = across[0] + 0.05 + number * 0.06
        s.front((x, x + 0.04), (up[0] + 0.05, up[0] + 0.1 + float(rng.uniform(0.02, 0.22))), away, colour("#5aa6c8"))
    for row in range(6):
        y = up[1] - 0.12 - row * 0.05
        s.front(
            (across[0] + 0.5, across[0] + 0.5 + float(rng.uniform(0.16, 0.34))), (y, y + 0.02), away, colour("#8a9ab0")
        )


def _office_chair(s: Solids, x: float, away: float) -> None:
    cloth = s.tone("#3f4a54")
    s.front((x - 0.03, x + 0.03), (0.1, 0.45), away, cloth * 0.7)
    s.box((x - 0.26, x + 0.26), (0.43, 0.52), (away - 0.2, away + 0.2), cloth)
    s.ball((x, 0.98, away + 0.05), 0.29, cloth, tall=1.3)
    s.ball((x, 0.98, away + 0.04), 0.24, lighter(cloth, 0.12), tall=1.3)


def classroom(canvas: Array, scene: Scene) -> None:
    """Rows of desks before a green board, a clock, windows at the side."""
    rng, size = scene.rng("classroom"), Size(3.4, 8.0, 3.1)
    boards = "#b8905e"
    s = room(scene, size, wall=str(rng.choice(["#ece4d0", "#dbe6e2", "#f0dfc8"])), boards=boards)
    sunbeam(s, size, boards)
    _side_windows(s, size)
    frame, green = s.tone("#a8744a"), s.tone("#34594a")
    s.front((-2.1, 2.1), (0.98, 2.34), size.deep - 0.02, frame)
    s.front((-2.02, 2.02), (1.05, 2.27), size.deep - 0.03, green)
    for low, left in ((1.95, -1.8), (1.7, -1.8), (1.45, -1.6)):
        x = left
        while x < left + 1.9:
            wide = float(rng.uniform(0.1, 0.3))
            s.front((x, x + wide), (low, low + 0.07), size.deep - 0.04, s.tone("#e8ece4"))
            x += wide + 0.09
    corners = ((0.9, 1.3), (1.7, 1.3), (1.3, 2.0), (0.9, 1.3))
    for (a, b), (c, d) in itertools.pairwise(corners):
        s.plate([(a, b), (a + 0.03, b + 0.02), (c + 0.03, d + 0.02), (c, d)], 7.95, s.tone("#f4e8a8"))
    s.front((-2.1, 2.1), (0.92, 0.98), size.deep - 0.12, frame * 1.1)
    s.ball((2.55, 2.5, size.deep - 0.02), 0.22, s.tone("#4a4440"))
    s.ball((2.55, 2.5, size.deep - 0.03), 0.19, s.tone("#fdfbf5"))
    s.front((2.54, 2.56), (2.5, 2.64), size.deep - 0.04, s.tone("#2c2a2a"))
    s.front((2.55, 2.65), (2.49, 2.51), size.deep - 0.04, s.tone("#2c2a2a"))
    for left, tone in ((-2.95, "#6a9ab8"), (2.35, "#d8a04a")):
        s.front((left, left + 0.5), (1.3, 2.0), size.deep - 0.02, s.tone("#fbf7ee"))
        s.front((left + 0.06, left + 0.44), (1.6, 1.92), size.deep - 0.03, s.tone(tone))
    s.box((-0.8, 0.8), (0, 0.8), (6.7, 7.2), s.tone("#a8744a"))
    for away in (5.9, 4.8, 3.75):
        for x in (-1.95, 0.0, 1.95):
            _school_desk(s, rng, x, away)
    for away in (6.0, 4.2):
        for x in (-1.3, 1.3):
            s.floor((x - 0.6, x + 0.6), size.high - 0.05, (away, away + 0.25), mix(LAMP, (1, 1, 1), 0.7))
    s.onto(canvas)
    light(s, canvas, [(-1.3, 2.6, 5.0), (1.3, 2.6, 5.0)], 0.2)


def _side_windows(s: Solids, size: Size) -> None:
    palette, x = s.scene.palette, s.scene.side * size.half
    for away in (6.3, 4.7, 3.1):
        s.wall(x, (0.92, 2.48), (away - 0.08, away + 1.28), s.tone("#f8f4ec"))
        for number, top in enumerate(np.linspace(2.4, 1.0, 15)[:-1]):
            s.wall(x, (top - 0.1, top), (away, away + 1.2), mix(palette.sky[1], palette.sky[3], number / 13))
        s.wall(x, (1.0, 1.4), (away, away + 1.2), mix(s.scene.lit("#6a9a60"), palette.haze, 0.35))
        s.wall(x, (1.0, 2.4), (away + 0.58, away + 0.62), s.tone("#f8f4ec"))
        s.wall(x, (1.78, 1.82), (away, away + 1.2), s.tone("#f8f4ec"))


def _school_desk(s: Solids, rng: np.random.Generator, x: float, away: float) -> None:
    """A desk with a book on it, and its chair before it."""
    wood, steel = s.tone("#d8a868"), s.tone("#6a7478")
    s.floor((x - 0.55, x + 0.55), 0.003, (away - 0.5, away + 0.3), s.tone("#8a6a48"))
    for leg in (x - 0.48, x + 0.45):
        s.front((leg, leg + 0.03), (0, 0.68), away, steel)
    s.box((x - 0.52, x + 0.52), (0.58, 0.7), (away, away + 0.45), wood)
    book = s.tone(str(rng.choice(PACKS)))
    left = x + float(rng.uniform(-0.4, 0.1))
    s.floor((left, left + 0.26), 0.705, (away + 0.08, away + 0.34), book)
    s.floor((left + 0.02, left + 0.24), 0.71, (away + 0.1, away + 0.32), s.tone("#fdfaf2"))
    for leg in (x - 0.2, x + 0.17):
        s.front((leg, leg + 0.03), (0, 0.45), away - 0.4, steel)
    s.box((x - 0.22, x + 0.22), (0.42, 0.46), (away - 0.42, away - 0.1), wood * 0.9)
    s.front((x - 0.22, x + 0.22), (0.62, 0.84), away - 0.43, wood * 0.86)
    for post in (x - 0.2, x + 0.17):
        s.front((post, post + 0.03), (0.45, 0.64), away - 0.42, steel)


def supermarket(canvas: Array, scene: Scene) -> None:
    """An aisle between shelves full of goods, lamps above and their light on the floor."""
    rng = scene.rng("supermarket")
    s = Solids(scene, eye=1.5, fade=70, light=mix((1, 1, 1), (1.0, 0.97, 0.9), 0.6))
    tile = s.tone("#e4e2dc")
    s.floor((-8, 8), 3.2, (0.6, AISLE), s.tone("#d4d8dc"))
    s.floor((-1.6, 1.6), 0, (0.6, AISLE), tile)
    for away in np.geomspace(1.6, 16, 22):
        s.floor((-1.6, 1.6), 0.001, (away, away * 1.008), tile * 0.9)
    for x in (-0.8, 0.0, 0.8):
        s.floor((x - 0.01, x + 0.01), 0.001, (0.6, 18), tile * 0.9)
    s.front((-8, 8), (0, 3.2), AISLE, s.tone("#c8d2d8"))
    for away in np.arange(AISLE - 2, 1, -2.2):
        s.floor((-0.5, 0.5), 3.19, (away, away + 1.5), mix(LAMP, (1, 1, 1), 0.85))
    for way in (-1, 1):
        _shelves(s, rng, way)
    _aisle_sign(s, rng)
    s.onto(canvas)
    s.gloss(canvas, 1.58, 0.34, sway=0.01)


def _shelves(s: Solids, rng: np.random.Generator, way: int) -> None:
    """Both sides of the aisle: boards with goods in the same colours side by side, their prices below."""
    x, steel = way * 1.6, s.tone("#f2f2f0")
    s.wall(way * 2.1, (0, 2.3), (0.6, AISLE), s.tone("#8a9298"))
    for low in (0.12, 0.55, 0.98, 1.41, 1.84):
        s.floor((min(x, way * 2.1), max(x, way * 2.1)), low, (0.6, AISLE), steel * 0.8)
        away = AISLE - 1
        while away > 1.3:
            tone, tall = s.tone(str(rng.choice(PACKS))), float(rng.uniform(0.2, 0.33))
            label, wide = lighter(tone, 0.6), float(rng.uniform(0.1, 0.2))
            for _ in range(int(rng.integers(2, 5))):
                s.front((min(x, way * 1.9), max(x, way * 1.9)), (low, low + tall), away, tone * 0.72)
                s.wall(x + way * 0.03, (low, low + tall), (away, away + wide), tone)
                s.wall(
                    x + way * 0.028,
                    (low + tall * 0.3, low + tall * 0.66),
                    (away + wide * 0.15, away + wide * 0.85),
                    label,
                )
                away -= wide + 0.02
        s.wall(x, (low - 0.09, low), (0.6, AISLE), steel)
        for away in np.arange(14.0, 1.4, -0.5):
            s.wall(x - way * 0.002, (low - 0.075, low - 0.015), (away, away + 0.14), s.tone("#f0c63c"))


def _aisle_sign(s: Solids, rng: np.random.Generator) -> None:
    away, green = 6.5, s.tone("#2f8a5c")
    for x in (-0.7, 0.66):
        s.front((x, x + 0.03), (2.75, 3.2), away, s.tone("#6a7074"))
    s.front((-0.95, 0.95), (2.35, 2.78), away, green)
    s.ball((-0.68, 2.565, away), 0.15, s.tone("#fbfaf4"))
    for row, low in enumerate((2.62, 2.45)):
        x = -0.4
        while x < 0.6:
            wide = float(rng.uniform(0.12, 0.26))
            s.front((x, x + wide), (low, low + 0.075), away, s.tone("#f6f8f4") * (1.0, 0.85)[row])
            x += wide + 0.07
