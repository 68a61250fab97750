"""Grounds to play on: a stadium, a swimming pool."""

import itertools

import numpy as np

from generation.engines.illustrator.canvas import Array, glow, grid, lighter, mix, noise, over, smoothstep
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.solid import LAMP, Solids
from generation.engines.illustrator.places.town import lights_on

CROWD = ("#d8483c", "#f0f0ec", "#3f6ab0", "#f0b43c", "#4a4a58", "#5fa04a", "#e8803c")
LOUNGES = ("#f4efe6", "#f0b43c", "#e8705a", "#f4f4f0")


def stadium(canvas: Array, scene: Scene) -> None:
    """A pitch between full stands, a goal before us, floodlights that burn in the evening."""
    rng, dark = scene.rng("stadium"), lights_on(scene)
    s = Solids(scene, eye=9.0, fade=260, light=mix(scene.palette.ambient, (1, 1, 1), 0.6 if dark else 0.1))
    s.box((-75, 75), (22.6, 23.6), (106, 108), s.tone("#c8ccd4"))
    for x in (-62.0, -22.0, 22.0, 62.0):
        s.front((x - 0.6, x + 0.6), (22, 33), 106, s.tone("#6a7078"))
        s.front((x - 6, x + 6), (31, 37), 105.9, s.tone("#4a5058"))
        for column in range(5):
            for level in (32.6, 35.2):
                s.ball((x - 4.4 + 2.2 * column, level, 105.8), 0.85, mix(LAMP, (1, 1, 1), 0.75), lamp=dark)
    for tier in range(15)[::-1]:
        _row(s, rng, tier)
    _pitch(s)
    s.onto(canvas, shine=1.3)


def _row(s: Solids, rng: np.random.Generator, tier: int) -> None:
    """One row of seats round the far end and the sides, with the people in it."""
    up, away, half = 2.0 + tier * 1.3, 78 + tier * 1.8, 44 + tier * 1.8
    step = s.tone("#8a8f9a") * (1.0 - 0.025 * tier)
    s.front((-half, half), (up - 1.3, up), away, step * 0.8)
    for way in (-1, 1):
        s.wall(way * half, (up - 1.3, up), (14, away), step * (0.66 if way == s.scene.side else 0.8))
    for x in np.arange(-half, half, 1.5):
        if rng.random() < 0.88:
            s.ball((x, up + 0.25, away), 0.62, s.tone(str(rng.choice(CROWD))) * 0.86, tall=1.2)
    for way in (-1, 1):
        for spot in np.arange(16.0, away, 1.7):
            if rng.random() < 0.85:
                s.ball((way * half, up + 0.25, spot), 0.55, s.tone(str(rng.choice(CROWD))) * 0.8, tall=1.2)


def _pitch(s: Solids) -> None:
    green, white = s.tone("#4f9a44"), s.tone("#f4f6f0")
    s.floor((-42, 42), 0, (3, 76), s.tone("#a85a44"))
    for number, away in enumerate(np.arange(66.0, 2, -6)):
        s.floor((-34, 34), 0.01, (away, away + 6), green * (1.0 if number % 2 else 1.12))
    for x in (-33.0, 33.0):
        s.floor((x - 0.2, x + 0.2), 0.02, (3, 71), white)
    for low, high in ((70.6, 71.0), (38.8, 39.2)):
        s.floor((-33, 33), 0.02, (low, high), white)
    for half, near in ((16.0, 55.0), (7.0, 65.0)):
        s.floor((-half, half), 0.02, (near, near + 0.4), white)
        for x in (-half, half):
            s.floor((x - 0.2, x + 0.2), 0.02, (near, 71), white)
    ring = [(9 * np.cos(a), 39 + 9 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 49)]
    for (x, z), (u, w) in itertools.pairwise(ring):
        s.face(
            [
                (x, 0.02, z),
                (u, 0.02, w),
                (u * 0.97, 0.02, 39 + (w - 39) * 0.97),
                (x * 0.97, 0.02, 39 + (z - 39) * 0.97),
            ],
            white,
        )
    s.front((-40, 40), (0, 1.1), 75, s.tone("#2f5f9a"))
    for x in np.arange(-38, 38, 8.0):
        s.front((x, x + 5.5), (0.25, 0.85), 74.9, s.tone("#f2f4f4"))
    _goal(s, white)


def _goal(s: Solids, white: Array) -> None:
    """The net and the posts before it."""
    for x in np.arange(-3.6, 3.7, 0.6):
        s.front((x, x + 0.05), (0, 2.5), 72.5, white * 0.8)
    for y in np.arange(0.3, 2.5, 0.5):
        s.front((-3.6, 3.6), (y, y + 0.05), 72.5, white * 0.8)
    for x in (-3.7, 3.6):
        s.front((x, x + 0.22), (0, 2.6), 71, white)
    s.front((-3.7, 3.82), (2.5, 2.72), 71, white)


def pool(canvas: Array, scene: Scene) -> None:
    """A swimming pool with its lanes, sunshades and loungers beside it."""
    rng, dark = scene.rng("pool"), lights_on(scene)
    s = Solids(scene, eye=2.4, fade=160)
    stone = s.tone("#e8dcc8") * (0.7 if scene.time == "night" else 1.0)
    s.floor((-30, 30), 0, (1.5, 120), stone)
    for away in np.geomspace(2, 40, 22):
        s.floor((-30, 30), 0.001, (away, away * 1.006), stone * 0.9)
    s.box((-30, 30), (0, 1.5), (34, 35), s.tone("#5f8a4c") * (0.6 if dark else 1.0))
    s.floor((-4.1, 4.1), 0.02, (3.2, 28), s.tone("#f6f2ea"))
    s.floor((-3.7, 3.7), 0.03, (3.6, 27.5), s.tone("#3aa8c8"))
    for away in (24.0, 17.5, 12.0, 7.8):
        for way in (-1, 1):
            _lounger(s, rng, way * 5.6, away)
    s.onto(canvas)
    _ripples(canvas, scene, s)
    for x in (-1.85, 0.0, 1.85):
        for number, away in enumerate(np.geomspace(26.5, 3.9, 60)):
            s.ball((x, 0.05, float(away)), 0.07, s.tone("#e0503c" if number // 3 % 2 else "#fbf8f2"), tall=0.7)
    for rail in (-2.9, -2.3):
        s.plate([(rail, 0.0), (rail + 0.06, 0.0), (rail + 0.06, 0.9), (rail, 0.9)], 27.8, s.tone("#d8dde2"))
    s.onto(canvas)


def _ripples(canvas: Array, scene: Scene, s: Solids) -> None:
    """A net of light in the water."""
    left, right = s.at(-3.7, 0.03, 3.6), s.at(3.7, 0.03, 3.6)
    edge = round(s.at(0, 0.03, 27.5)[1] * scene.height)
    view = canvas[edge : max(round(left[1] * scene.height), edge + 2)]
    rows, columns = grid(*view.shape[:2])
    near = (rows + 1) / len(rows)
    rng = scene.rng("pool light")
    texture = [noise(rng, 256, 512, 16, octaves=2) for _ in range(2)]
    down = (46 * np.log(near * 8 + 0.4) + 128).astype(int) % 256
    across = ((columns / scene.width - 0.5) * 150 / (near * 0.9 + 0.12) + 256).astype(int) % 512
    net = np.exp(-np.abs(texture[0][down, across] - texture[1][down, across]) * 26)
    top, low = s.at(3.7, 0.03, 27.5)[0] - 0.5, right[0] - 0.5
    span = (s.at(0, 0.03, 27.5)[1] * scene.height, right[1] * scene.height)
    half = (top + (low - top) * (rows + edge - span[0]) / (span[1] - span[0])) * scene.width
    inside = smoothstep(2, -2, np.abs(columns - scene.width / 2) - half)
    over(view, scene.palette.sky[2], (0.34 * (1 - near) ** 2) * inside)
    over(view, scene.lit("#1f7fa8"), 0.3 * near * inside)
    glow(view, lighter(scene.palette.sun, 0.4), net * inside * (0.16 if scene.time == "night" else 0.42))


def _lounger(s: Solids, rng: np.random.Generator, x: float, away: float) -> None:
    """A sunshade with a lounger under it."""
    cloth, wood = s.tone(str(rng.choice(LOUNGES))), s.tone("#a87c50")
    s.floor((x - 1.3, x + 1.0), 0.002, (away - 0.3, away + 1.6), s.tone("#a89a88"))
    s.box((x - 0.35, x + 0.35), (0.22, 0.34), (away, away + 1.5), wood)
    s.floor((x - 0.33, x + 0.33), 0.36, (away, away + 1.1), cloth)
    s.face(
        [
            (x - 0.33, 0.36, away + 1.1),
            (x + 0.33, 0.36, away + 1.1),
            (x + 0.33, 0.85, away + 1.7),
            (x - 0.33, 0.85, away + 1.7),
        ],
        cloth * 0.92,
    )
    s.front((x - 0.03, x + 0.03), (0, 2.1), away + 0.8, wood)
    shade = s.tone(str(rng.choice(("#e8604a", "#f0a83c", "#3f8ac0", "#f4efe6"))))
    edges = np.linspace(-1.15, 1.15, 7)
    for number, (a, b) in enumerate(itertools.pairwise(edges)):
        tone = shade if number % 2 else lighter(shade, 0.7)
        s.plate(
            [
                (x + a, 2.0 - 0.06 * (number % 2)),
                (x + b, 2.0 - 0.06 * (number % 2)),
                (x + b * 0.12, 2.65),
                (x + a * 0.12, 2.65),
            ],
            away + 0.8,
            tone * (1.0 if (a < 0) == (s.scene.side < 0) else 0.86),
        )
