"""Rooms that people live in: a café, a kitchen, a bedroom."""

import numpy as np

from generation.engines.illustrator.canvas import Array, lighter, mix
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.interior import Size, light, pane, pendant, plant, room, sunbeam
from generation.engines.illustrator.places.solid import LAMP, Solids, Span
from generation.engines.illustrator.places.town import lights_on

CUPS = ("#f2ede4", "#d8745a", "#6a9ab0", "#e0b04a", "#8fae8a")
JARS = ("#c8a070", "#8a5a3a", "#d8c8a0", "#a8583a", "#5a7a5a")
COVERS = ("#8fb0c8", "#d8a08a", "#a8b890", "#c8a8c8", "#e0c890")


def cafe(canvas: Array, scene: Scene) -> None:
    """A counter with its machine and cakes, a board, shelves of cups, small tables, lamps over them."""
    rng, size = scene.rng("cafe"), Size(3.2, 6.8, 3.1)
    wood = "#a8744a"
    wall = str(rng.choice(["#5f8a80", "#d8b48c", "#8a9a78", "#c89a84"]))
    s = room(scene, size, wall=wall, boards=wood)
    sunbeam(s, size, wood)
    pane(s, (1.15, 2.85), (0.95, 2.5), size.deep)
    _board(s, rng, size.deep)
    for level in (1.5, 1.95):
        s.box((-1.0, 0.75), (level, level + 0.05), (size.deep - 0.3, size.deep), s.tone("#8a5a38"))
        for x in np.arange(-0.9, 0.7, 0.17):
            jar = rng.random() < 0.4
            tone = s.tone(str(rng.choice(JARS if jar else CUPS)))
            s.front((x, x + 0.12), (level + 0.05, level + (0.28 if jar else 0.17)), size.deep - 0.28, tone)
            s.front(
                (x, x + 0.03), (level + 0.05, level + (0.28 if jar else 0.17)), size.deep - 0.28, lighter(tone, 0.4)
            )
    _counter(s, rng)
    plant(s, 2.75, 6.2, 1.1)
    lamps = [(-1.9, 2.05, 5.0), (-0.7, 2.05, 5.0), (0.5, 2.05, 5.0)]
    for x, up, away in lamps:
        pendant(s, x, away, up, size.high, s.tone("#34424a"))
    for x, away in ((2.1, 4.9), (-2.35, 4.1), (1.95, 3.4)):
        _table(s, rng, x, away)
    s.onto(canvas)
    light(s, canvas, lamps)


def _board(s: Solids, rng: np.random.Generator, away: float) -> None:
    """A black board with chalk that nobody can read."""
    s.front((-2.9, -1.25), (1.45, 2.6), away, s.tone("#8a5a38"))
    s.front((-2.82, -1.33), (1.52, 2.53), away, s.tone("#2c3634"))
    for row in range(6):
        y = 2.34 - row * 0.14
        s.front((-2.7, -2.7 + rng.uniform(0.4, 0.8)), (y, y + 0.035), away, s.tone("#e8e6dc"))
        s.front((-1.66, -1.46), (y, y + 0.035), away, s.tone("#f0d48a"))


def _counter(s: Solids, rng: np.random.Generator) -> None:
    left, right, near, far = -2.8, 0.9, 5.2, 5.9
    wood, stone, steel = s.tone("#9a6440"), s.tone("#f2ece2"), s.tone("#c4c8cc")
    s.box((left, right), (0, 1.0), (near, far), wood)
    for x in np.arange(left, right, 0.15):
        s.front((x, x + 0.02), (0.1, 0.98), near - 0.01, wood * 0.72)
    s.front((left, right), (0, 0.1), near - 0.01, wood * 0.5)
    s.box((left - 0.08, right + 0.08), (1.0, 1.07), (near - 0.1, far), stone)
    s.box((-0.55, 0.45), (1.2, 1.52), (5.45, 5.85), steel)
    s.front((-0.5, 0.4), (1.07, 1.2), 5.5, steel * 0.6)
    for x in (-0.3, 0.0, 0.3):
        s.front((x - 0.05, x + 0.05), (1.22, 1.3), 5.44, s.tone("#2c2a2c"))
        s.ball((x + 0.05, 1.43, 5.44), 0.035, s.tone("#e04a3a"))
    for x in np.arange(-0.5, 0.4, 0.16):
        s.front((x, x + 0.1), (1.52, 1.6), 5.5, s.tone("#f4f0e8"))
    glass = mix(s.tone("#dfe8ea"), (1, 1, 1), 0.2)
    s.box((-2.6, -1.0), (1.07, 1.55), (5.3, 5.8), glass * 0.9)
    for level in (1.09, 1.32):
        s.front((-2.56, -1.04), (level, level + 0.02), 5.29, s.tone("#b89a70"))
        for x in np.arange(-2.46, -1.1, 0.2):
            cake = s.tone(str(rng.choice(["#c8864a", "#f0c8c8", "#7a4a34", "#f4e0a8", "#d86a6a"])))
            s.ball((x, level + 0.07, 5.28), 0.08, cake, tall=0.75)
            s.ball((x, level + 0.115, 5.28), 0.05, lighter(cake, 0.5), tall=0.5)
    s.plate([(-2.5, 1.09), (-2.3, 1.09), (-2.0, 1.53), (-2.2, 1.53)], 5.27, lighter(glass, 0.6))


def _table(s: Solids, rng: np.random.Generator, x: float, away: float) -> None:
    """A round table with two chairs, a cup and a flower."""
    dark, top = s.tone("#3a3432"), s.tone("#c89a68")
    s.ball((x, 0.005, away), 0.62, s.tone("#6a4630"), tall=0.3)
    for way in (-1, 1):
        _chair(s, x + way * 0.62, away + 0.12, way)
    s.ball((x, 0.02, away), 0.24, dark, tall=0.3)
    s.front((x - 0.03, x + 0.03), (0.02, 0.72), away, dark)
    flat = (s.eye - 0.74) / away
    s.ball((x, 0.71, away), 0.46, top * 0.6, tall=flat)
    s.ball((x, 0.74, away), 0.46, top, tall=flat)
    cup = s.tone(str(rng.choice(CUPS)))
    s.ball((x - 0.14, 0.76, away - 0.05), 0.1, lighter(cup, 0.4), tall=0.3)
    s.face(
        [
            (x - 0.2, 0.87, away - 0.05),
            (x - 0.08, 0.87, away - 0.05),
            (x - 0.1, 0.77, away - 0.05),
            (x - 0.18, 0.77, away - 0.05),
        ],
        cup,
    )
    s.ball((x - 0.14, 0.87, away - 0.05), 0.06, s.tone("#6a4028"), tall=0.3)
    s.front((x + 0.13, x + 0.21), (0.75, 0.92), away, s.tone("#8fb0b4"))
    for lean, tone in ((-0.05, "#e8708a"), (0.05, "#f4c04a"), (0.0, "#f2ede4")):
        s.ball((x + 0.17 + lean, 1.02 + abs(lean), away), 0.05, s.tone(tone))
        s.front((x + 0.165 + lean * 0.5, x + 0.175 + lean * 0.5), (0.9, 1.0), away, s.tone("#5a8a4a"))


def _chair(s: Solids, x: float, away: float, way: int) -> None:
    wood = s.tone("#8a5a3a")
    back = x + way * 0.2
    for leg in (x - 0.18, x + 0.16):
        s.front((leg, leg + 0.035), (0, 0.45), away, wood * 0.7)
    s.box((x - 0.2, x + 0.2), (0.43, 0.48), (away - 0.2, away + 0.18), wood)
    s.box((back - 0.03, back + 0.03), (0.48, 0.95), (away - 0.18, away + 0.18), wood * 0.9)


def kitchen(canvas: Array, scene: Scene) -> None:
    """Cupboards along the back wall, a window over the sink, stove and hood, a fridge, fruit and herbs."""
    rng, size = scene.rng("kitchen"), Size(2.55, 5.0, 2.7)
    boards = str(rng.choice(["#c8a070", "#b08a64"]))
    s = room(scene, size, wall="#f2e6d2", boards=boards)
    front = s.tone(str(rng.choice(["#8fa890", "#7f9cb0", "#e8dccb", "#c8866a"])))
    sunbeam(s, size, boards)
    tile = s.tone("#f6f2ea")
    s.front((-size.half, size.half), (0.95, 1.62), size.deep, tile * 0.86)
    for y in np.arange(0.95, 1.6, 0.112):
        for x in np.arange(-size.half + 0.1 * (round(y * 100) % 2), size.half, 0.2):
            s.front((x, x + 0.185), (y, y + 0.1), size.deep, tile * rng.uniform(0.93, 1.02))
    pane(s, (-0.75, 0.75), (1.15, 2.3), size.deep)
    for left in (-2.5, -1.85, 1.75):
        _cupboard(s, (left, left + 0.62), (1.62, 2.4), 4.66, front)
    _hood(s, 1.28)
    for left in (-1.8, -1.18, -0.56, 0.06, 1.62):
        _cupboard(s, (left, left + (0.62 if left < 1 else 0.88)), (0.1, 0.86), 4.4, front)
    _stove(s, 0.7)
    s.front((-1.8, 2.5), (0, 0.1), 4.42, front * 0.4)
    s.box((-1.84, 2.55), (0.86, 0.92), (4.34, size.deep), s.tone("#d8ccb8"))
    _fridge(s)
    _on_the_worktop(s, rng)
    lamps = [(-0.45, 2.0, 3.9), (0.45, 2.0, 3.9)]
    for x, up, away in lamps:
        pendant(s, x, away, up, size.high, front * 0.8)
    s.onto(canvas)
    light(s, canvas, lamps, 0.26)


def _cupboard(s: Solids, across: Span, up: Span, near: float, tone: Array) -> None:
    """A cupboard with a panel and a knob."""
    s.box(across, up, (near, 5.0), tone)
    left, right = across[0] + 0.02, across[1] - 0.02
    s.front((left, right), (up[0] + 0.02, up[1] - 0.02), near - 0.01, tone * 1.0)
    s.front((left + 0.07, right - 0.07), (up[0] + 0.1, up[1] - 0.1), near - 0.015, tone * 0.84)
    s.front((left + 0.085, right - 0.07), (up[0] + 0.1, up[1] - 0.115), near - 0.016, tone * 0.96)
    s.ball((right - 0.045, up[1] - 0.14 if up[0] < 1 else up[0] + 0.14, near - 0.02), 0.022, s.tone("#c8a45a"))


def _hood(s: Solids, x: float) -> None:
    steel = s.tone("#c8ccd0")
    s.box((x - 0.16, x + 0.16), (2.0, 2.7), (4.7, 5.0), steel * 0.95)
    s.face([(x - 0.42, 1.72, 4.55), (x + 0.42, 1.72, 4.55), (x + 0.18, 2.02, 4.68), (x - 0.18, 2.02, 4.68)], steel)
    s.front((x - 0.42, x + 0.42), (1.64, 1.72), 4.55, steel * 0.8)


def _stove(s: Solids, left: float) -> None:
    dark, steel, away = s.tone("#2f3136"), s.tone("#d4d6d8"), 4.38
    s.front((left, left + 0.9), (0.1, 0.86), away, steel * 0.95)
    s.front((left + 0.08, left + 0.82), (0.18, 0.6), away, dark)
    s.face(
        [(left + 0.16, 0.2, away), (left + 0.34, 0.2, away), (left + 0.52, 0.58, away), (left + 0.34, 0.58, away)],
        lighter(dark, 0.16),
    )
    s.front((left + 0.08, left + 0.82), (0.62, 0.65), away, steel * 0.6)
    for knob in np.linspace(left + 0.15, left + 0.75, 5):
        s.ball((knob, 0.75, away), 0.035, dark)


def _fridge(s: Solids) -> None:
    white = s.tone("#e6ecec")
    s.box((-2.53, -1.84), (0, 1.95), (4.2, 5.0), white)
    s.front((-2.53, -1.84), (1.28, 1.3), 4.19, white * 0.6)
    for low, high in ((0.75, 1.2), (1.36, 1.66)):
        s.front((-1.96, -1.92), (low, high), 4.18, white * 0.55)
    for x, y, tone in ((-2.4, 1.6, "#e8c04a"), (-2.24, 1.72, "#d8604a"), (-2.36, 1.02, "#6a9ab0")):
        s.front((x, x + 0.12), (y, y + 0.14), 4.18, s.tone(tone))


def _on_the_worktop(s: Solids, rng: np.random.Generator) -> None:
    """Tap, pot, fruit, jars and a board."""
    steel, top, away = s.tone("#b8bec4"), 0.92, 4.5
    s.front((-0.02, 0.02), (top, 1.2), 4.8, steel)
    s.front((-0.02, 0.14), (1.18, 1.22), 4.8, steel)
    s.front((-0.34, 0.34), (top, top + 0.02), 4.6, steel * 0.7)
    pot = s.tone("#c8503e")
    s.front((0.92, 1.24), (top + 0.02, top + 0.22), away, pot)
    s.front((0.92, 0.99), (top + 0.02, top + 0.22), away, lighter(pot, 0.3))
    s.front((0.9, 1.26), (top + 0.22, top + 0.25), away, pot * 0.8)
    s.ball((1.08, top + 0.28, away), 0.03, s.tone("#2f3136"))
    for number, x in enumerate(np.arange(-1.66, -1.0, 0.17)):
        tone = s.tone(JARS[number % len(JARS)])
        s.front((x, x + 0.13), (top, top + 0.22 - 0.02 * number), away, tone)
        s.front((x, x + 0.13), (top + 0.22 - 0.02 * number, top + 0.26 - 0.02 * number), away, s.tone("#8a5a38"))
    s.plate([(1.8, 1.02), (2.3, 1.02), (2.2, top), (1.9, top)], away, s.tone("#e8e0d0"))
    for x in (1.86, 1.98, 2.1, 2.22):
        s.ball((x, 1.06, away), 0.075, s.tone(str(rng.choice(["#e8923a", "#d84a3a", "#e8c84a", "#8fb84a"]))))
    plant_pot = s.tone("#f2ede4")
    for lean in np.linspace(-0.12, 0.12, 7):
        s.ball((-0.55 + lean, 1.24 + 0.06 * np.cos(lean * 20), 4.9), 0.05, s.tone("#5f9a4a") * rng.uniform(0.8, 1.1))
    s.front((-0.63, -0.47), (1.1, 1.2), 4.9, plant_pot)


def bedroom(canvas: Array, scene: Scene) -> None:
    """A bed with its blanket and pillows between two small tables with lamps, a window and a picture."""
    rng, size = scene.rng("bedroom"), Size(2.7, 5.4, 2.7)
    boards = str(rng.choice(["#b88a5e", "#9a7450"]))
    s = room(scene, size, wall=str(rng.choice(["#dfe3d6", "#ecd9c8", "#d4dbe4", "#e4d4dc"])), boards=boards)
    sunbeam(s, size, boards)
    window = (0.95, 2.35) if scene.side > 0 else (-2.35, -0.95)
    pane(s, window, (1.0, 2.3), size.deep)
    for edge in window:
        for fold in range(5):
            x = edge - 0.2 + fold * 0.08
            s.front((x, x + 0.08), (0.35, 2.45), size.deep - 0.06, s.tone("#f0e4d4") * (1.0, 0.9)[fold % 2])
    x = -0.45 * scene.side
    s.ball((x, 0.004, 3.9), 1.75, s.tone(str(rng.choice(COVERS))) * 0.82, tall=0.3)
    for way in (-1, 1):
        _night_table(s, x + way * 1.28)
    _bed(s, rng, x)
    frame = x - 0.35
    s.front((frame, frame + 0.7), (1.62, 2.2), size.deep, s.tone("#8a6244"))
    s.front((frame + 0.05, frame + 0.65), (1.67, 2.15), size.deep, s.tone("#fbf5ea"))
    for low, tone in ((1.72, "#6a94a8"), (1.86, "#a8c0b8"), (1.96, "#f0cda0")):
        s.front((frame + 0.1, frame + 0.6), (low, 2.1), size.deep, s.tone(tone))
    s.ball((frame + 0.42, 2.02, size.deep), 0.05, s.tone("#f6a070"))
    plant(s, -2.25 * scene.side, 4.7, 0.9)
    s.onto(canvas)
    light(s, canvas, [(x - 1.28, 1.05, 5.1), (x + 1.28, 1.05, 5.1)], 0.4)


def _night_table(s: Solids, x: float) -> None:
    wood = s.tone("#a87850")
    s.box((x - 0.26, x + 0.26), (0.08, 0.55), (4.9, 5.3), wood)
    s.front((x - 0.22, x + 0.22), (0.3, 0.5), 4.89, wood * 1.02)
    s.ball((x, 0.4, 4.88), 0.025, s.tone("#d8b46a"))
    s.front((x - 0.03, x + 0.03), (0.55, 0.85), 5.1, s.tone("#c8a878"))
    s.face(
        [(x - 0.2, 0.84, 5.1), (x + 0.2, 0.84, 5.1), (x + 0.13, 1.16, 5.1), (x - 0.13, 1.16, 5.1)],
        mix(LAMP, (1, 1, 1), 0.3) if lights_on(s.scene) else s.tone("#f4e6cc"),
        lamp=lights_on(s.scene),
    )


def _bed(s: Solids, rng: np.random.Generator, x: float) -> None:
    """The bed seen from its foot."""
    half, near, far = 0.92, 3.1, 5.3
    wood, sheet = s.tone("#9a6a46"), s.tone("#fbf8f2")
    cover = s.tone(str(rng.choice(COVERS)))
    s.front((x - half - 0.06, x + half + 0.06), (0, 1.3), far, wood)
    for panel in range(4):
        left = x - half + panel * 0.46
        s.front((left + 0.03, left + 0.43), (0.5, 1.22), far - 0.01, wood * 0.88)
    s.box((x - half, x + half), (0.12, 0.3), (near, far), wood * 0.9)
    s.box((x - half + 0.02, x + half - 0.02), (0.3, 0.5), (near, far), sheet)
    for middle in (x - 0.44, x + 0.44):
        s.ball((middle, 0.72, 5.05), 0.4, sheet * 0.9, tall=0.6)
        s.ball((middle, 0.7, 4.85), 0.4, sheet, tall=0.5)
        s.ball((middle, 0.68, 4.66), 0.27, cover * 0.9, tall=0.62)
    top = 0.6
    s.floor((x - half - 0.05, x + half + 0.05), top, (near - 0.06, 4.55), cover)
    s.floor((x - half - 0.05, x + half + 0.05), top + 0.02, (4.2, 4.6), lighter(cover, 0.55))
    for fold in np.linspace(x - half, x + half, 7)[1:-1]:
        bend = float(rng.uniform(-0.12, 0.12))
        s.face([(fold, top, near), (fold + 0.07, top, near), (fold + bend, top, 4.2)], cover * 0.9)
    s.floor((x - half - 0.08, x + half + 0.08), top + 0.02, (near + 0.1, near + 0.62), lighter(s.tone("#d8b48c"), 0.1))
    s.front((x - half - 0.06, x + half + 0.06), (0.2, top + 0.01), near - 0.06, cover * 0.86)
    for fold in np.linspace(x - half, x + half, 9):
        s.front((fold, fold + 0.05), (0.2, top - 0.03), near - 0.07, cover * 0.79)
