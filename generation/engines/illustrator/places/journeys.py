"""Where journeys begin and end: a railway station."""

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.solid import LAMP, Solids
from generation.engines.illustrator.places.town import lights_on

FAR = 90.0  # metres
STRIPES = ("#c8403a", "#2f6fb0", "#2f8a6a", "#e08a34")
SCREEN = colour("#ffb44a")


def station(canvas: Array, scene: Scene) -> None:
    """A platform under its roof, and a train that comes in beside it."""
    rng = scene.rng("station")
    s = Solids(scene, middle=0.4, light=scene.palette.ambient * (0.62 if scene.time == "night" else 1.0))
    _track(s)
    _train(s, s.tone(str(rng.choice(STRIPES))))
    _platform(s)
    _roof(s)
    for away in np.arange(26.0, 3, -5):
        _bay(s, away)
    _sign(s, rng)
    s.onto(canvas)
    if lights_on(scene):
        for away in (5.0, 10.0, 18.0):
            s.pool(canvas, (-0.9, 0, away), 3.2, 0.3)


def _track(s: Solids) -> None:
    gravel = s.tone("#8a8278")
    s.floor((1.4, 14), -1.1, (1.5, FAR), gravel)
    s.wall(7.4, (-1.1, 1.1), (2, FAR), s.tone("#b9b2a6"))
    for away in np.arange(40.0, 2.2, -0.7):
        s.floor((2.0, 4.4), -1.08, (away, away + 0.28), gravel * 0.66)
    for rail in (2.4, 3.9):
        s.floor((rail, rail + 0.09), -0.98, (1.8, FAR), s.tone("#d6dade"))
    for away in np.arange(72.0, 5, -12):
        s.box((7.0, 7.16), (-1, 6.4), (away, away + 0.16), s.tone("#6a727a"))
        s.box((3.0, 7.1), (5.9, 6.02), (away, away + 0.1), s.tone("#6a727a"))


def _train(s: Solids, stripe: Array) -> None:
    """The side that runs away from us, then the face of it."""
    white, glass, lit = s.tone("#f1f2f2"), s.tone("#33404f"), lights_on(s.scene)
    nose, left, right = 8.6, 1.75, 4.6
    s.face([(left, 2.3, nose), (left + 0.3, 2.75, nose), (left + 0.3, 2.75, FAR), (left, 2.3, FAR)], white * 0.66)
    s.wall(left, (-0.85, 2.3), (nose, FAR), white * 0.84)
    s.wall(left, (-0.85, 0.25), (nose, FAR), stripe * 0.8)
    for number, away in enumerate(np.geomspace(nose + 1.1, FAR * 0.7, 26)):
        door = number % 4 == 2
        s.wall(left, (-0.5 if door else 0.85, 1.95), (away, away * 1.052), white * 0.6)
        s.wall(left, (0.9, 1.9), (away * 1.004, away * 1.048), LAMP if lit else glass, lamp=lit)
    shell = [
        (left, -0.85), (right, -0.85), (right, 2.3), (right - 0.3, 2.75), (right - 0.9, 2.95), (left + 0.9, 2.95),
        (left + 0.3, 2.75), (left, 2.3),
    ]  # fmt: skip
    s.face([(x, y, nose) for x, y in shell], white)
    s.front((left, right), (-0.85, 0.25), nose, stripe)
    s.front((left, right), (0.25, 0.33), nose, lighter(stripe, 0.6))
    screen = [(left + 0.28, 0.85), (right - 0.28, 0.85), (right - 0.42, 2.1), (left + 0.42, 2.1)]
    s.face([(x, y, nose) for x, y in screen], glass)
    shine = [(left + 0.5, 0.85), (left + 1.1, 0.85), (left + 1.45, 2.1), (left + 0.85, 2.1)]
    s.face([(x, y, nose) for x, y in shine], lighter(glass, 0.22))
    s.front((left + 0.75, right - 0.75), (2.24, 2.56), nose, s.tone("#22262c"))
    for number in range(6):
        x = left + 0.95 + number * 0.17
        s.front((x, x + 0.11), (2.32, 2.48), nose, SCREEN, lamp=True)
    for x in (left + 0.5, right - 0.5):
        s.ball((x, -0.05, nose), 0.27, s.tone("#22262c"))
        s.ball((x, -0.05, nose), 0.2, mix(LAMP, (1, 1, 1), 0.7), lamp=True)
    s.front((left + 0.3, right - 0.3), (-1.0, -0.7), nose, s.tone("#30343a"))


def _platform(s: Solids) -> None:
    stone = s.tone("#cfc8bc")
    s.wall(1.4, (-1.1, 0), (1.5, FAR), stone * 0.6)
    s.floor((-9, 1.4), 0, (1.5, FAR), stone)
    s.floor((-9, -0.35), 0.002, (1.5, FAR), stone * 0.8)  # the shade of the roof
    for away in np.geomspace(1.8, 30, 26):
        s.floor((-9, 1.4), 0.001, (away, away * 1.006), stone * 0.74)
    for x in np.arange(-5.0, 0.6, 0.9):
        s.floor((x, x + 0.02), 0.001, (1.8, 24), stone * 0.74)
    s.floor((0.55, 0.85), 0.002, (1.8, FAR), s.tone("#f0c444"))
    s.floor((1.2, 1.4), 0.002, (1.8, FAR), s.tone("#f4f0e8"))


def _roof(s: Solids) -> None:
    """The hall on the left and the roof over the platform."""
    cream, steel = s.tone("#e9dcc6"), s.tone("#4f6a66")
    s.wall(-4.6, (0, 4.2), (1.5, FAR), cream * 0.86)
    s.wall(-4.6, (0, 0.9), (1.5, FAR), s.tone("#8a5a44") * 0.9)
    s.floor((-4.6, 2.0), 4.2, (1.5, FAR), s.tone("#b89a78") * 0.62)
    s.wall(2.0, (4.0, 4.42), (1.5, FAR), steel * 0.9)


def _bay(s: Solids, away: float) -> None:
    """What repeats along the platform: windows, a bench, a column with its brackets, a beam, a lamp."""
    steel, lit = s.tone("#4f6a66"), lights_on(s.scene)
    s.wall(-4.6, (1.2, 3.3), (away + 0.9, away + 3.9), s.tone("#6a4636"))
    for pane in range(3):
        start = away + 1.05 + pane * 0.95
        s.wall(-4.6, (1.32, 3.18), (start, start + 0.82), LAMP if lit else s.tone("#9fc0d0"), lamp=lit)
    s.floor((-4.5, -3.4), 0.003, (away + 1.3, away + 3.5), s.tone("#7f776c"))
    s.box((-4.3, -3.7), (0.42, 0.5), (away + 1.4, away + 3.4), s.tone("#a8744a"))
    for leg in (1.5, 3.2):
        s.box((-4.2, -3.8), (0, 0.42), (away + leg, away + leg + 0.1), steel)
    s.box((-4.6, 2.0), (4.0, 4.2), (away, away + 0.2), steel * 0.9)
    for way in (-1, 1):
        s.face(
            [(-2.5, 3.1, away), (-2.5, 3.3, away), (-2.5 + way * 0.9, 4.0, away), (-2.5 + way * 0.75, 4.0, away)], steel
        )
    s.box((-2.6, -2.4), (0, 4.0), (away, away + 0.2), steel)
    s.box((-2.72, -2.28), (0, 0.5), (away - 0.06, away + 0.3), steel * 0.9)
    s.ball((-0.9, 3.78, away), 0.18, mix(LAMP, (1, 1, 1), 0.5), tall=0.6, lamp=True)


def _sign(s: Solids, rng: np.random.Generator) -> None:
    """A board with lines that nobody can read, and the clock."""
    away, blue = 6.0, s.tone("#24507e")
    for x in (-1.35, 0.6):
        s.front((x, x + 0.04), (3.5, 4.2), away, s.tone("#3a4244"))
    s.front((-1.6, 0.9), (2.95, 3.5), away, blue)
    x = -1.4
    while x < 0.3:
        wide = float(rng.uniform(0.12, 0.34))
        s.front((x, x + wide), (3.2, 3.36), away, s.tone("#f4f6f8"))
        s.front((x, x + wide * 0.8), (3.06, 3.12), away, s.tone("#9fc0e0"))
        x += wide + 0.1
    s.front((0.5, 0.74), (3.08, 3.38), away, s.tone("#f0c444"))
