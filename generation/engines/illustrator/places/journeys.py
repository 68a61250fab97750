"""Where journeys begin and lead: a railway station, a pier, a great bridge."""

import itertools

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.solid import LAMP, Solids, Spot
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
            s.pool(canvas, (-0.9, 0, away), 3.2, 0.2)


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


def pier(canvas: Array, scene: Scene) -> None:
    """A wooden pier that runs out into the water, with posts, ropes and lamps."""
    rng, dark = scene.rng("pier"), lights_on(scene)
    s = Solids(scene, eye=2.3, fade=120)
    wood, end = s.tone(str(rng.choice(["#a5815c", "#8f7a66", "#b08e6a"]))), 26.0
    s.front((-1.5, 1.5), (0, 0.55), end, wood * 0.5)
    for way in (-1, 1):
        s.wall(way * 1.5, (0.28, 0.6), (1.2, end), wood * 0.5)
    for away in np.arange(end, 1.2, -0.3):
        shade = rng.uniform(0.86, 1.1)
        s.floor((-1.55, 1.55), 0.6, (away, away + 0.27), wood * shade)
        s.floor((-1.55, 1.55), 0.595, (away + 0.27, away + 0.3), wood * 0.4)
    for away in np.arange(end, 2.0, -3.0):
        for way in (-1, 1):
            _post(s, way * 1.6, float(away), wood, lamp=round(away) % 2 == 0)
    s.onto(canvas)
    if dark:
        for away in (5.0, 11.0, 17.0):
            s.pool(canvas, (0, 0.6, away), 3.0, 0.35)


def _post(s: Solids, x: float, away: float, wood: Array, *, lamp: bool) -> None:
    """A post in the water, the rope to the next one, and a lamp on every other."""
    rope = s.tone("#d8c49a")
    for start in np.linspace(0, 1, 9)[:-1]:
        sags = [1.2 - 0.9 * u * (1 - u) for u in (start, start + 0.125)]
        near, far = away + start * 3, away + (start + 0.125) * 3
        s.face([(x, sags[0], near), (x, sags[1], far), (x, sags[1] + 0.045, far), (x, sags[0] + 0.045, near)], rope)
    s.box((x - 0.11, x + 0.11), (-0.6, 1.3), (away, away + 0.2), wood * 0.72)
    s.box((x - 0.13, x + 0.13), (1.3, 1.38), (away - 0.02, away + 0.22), s.tone("#f2ede2"))
    if lamp:
        s.front((x - 0.035, x + 0.035), (1.38, 2.9), away, s.tone("#343a40"))
        s.front((x - 0.14, x + 0.14), (3.2, 3.26), away, s.tone("#343a40"))
        s.ball((x, 3.04, away), 0.14, mix(LAMP, (1, 1, 1), 0.35), tall=1.2, lamp=True)


TOWERS = 46.0, 190.0  # metres along the bridge
DECK, TOP, BREADTH = 13.0, 47.0, 11.0
LENGTHS = tuple(map(float, (*range(270, 46, -4), *range(46, -12, -2))))  # where its parts meet, from far to near


def bridge(canvas: Array, scene: Scene) -> None:
    """A suspension bridge that comes towards us over the water; lamps on its deck and cables when it is dark."""
    tone = str(scene.rng("bridge").choice(["#b8483a", "#7c8896", "#c9c4ba"]))
    bridge = _Bridge(Solids(scene, eye=1.2, fade=420), tone)
    bridge.flank(BREADTH, 0.72)
    bridge.between()
    bridge.flank(0, 1.0)
    bridge.solids.onto(canvas)


class _Bridge:
    """A bridge whose near end is beside us, on the side away from the sun."""

    def __init__(self, solids: Solids, tone: str) -> None:
        self.solids = solids
        self._steel = solids.tone(tone) * (0.62 if solids.scene.time == "night" else 1.0)
        self._way = -solids.scene.side

    def flank(self, back: float, dim: float) -> None:
        """Towers, cable, hangers and the edge of the deck on the near side or the far one."""
        steel, dark = self._steel * dim, lights_on(self.solids.scene)
        for tower in TOWERS[::-1]:
            self._plate([(tower, -1), (tower, TOP), (tower + 3.4, TOP), (tower + 3.4, -1)], back, steel)
        for along, after in itertools.pairwise(LENGTHS):
            high, next_high = _cable(along), _cable(after)
            self._plate([(along, DECK), (along, high), (along + 0.18, high), (along + 0.18, DECK)], back, steel * 0.8)
            self._plate([(along, high), (after, next_high), (after, next_high + 0.7), (along, high + 0.7)], back, steel)
            edge = [(along, DECK - 0.4), (after, DECK - 0.4), (after, DECK + 1.3), (along, DECK + 1.3)]
            self._plate(edge, back, steel * 0.9)
            if dark:
                self.solids.ball(self._spot(along, high + 0.5, back), 0.42, LAMP, lamp=True)
            if dark and not back and along % 8 == 6:
                self.solids.ball(self._spot(along, DECK + 3.4, 0), 0.6, mix(LAMP, (1, 1, 1), 0.3), lamp=True)

    def between(self) -> None:
        """What joins both sides: the underside of the deck, the beams of the towers."""
        for along, after in itertools.pairwise(LENGTHS):
            self._beam((along, DECK), (after, DECK), self._steel * 0.45)
        for tower in TOWERS[::-1]:
            for up in (46, 34, 24):
                self._beam((tower, up), (tower, up - 3), self._steel * 0.86)

    def _beam(self, start: tuple[float, float], end: tuple[float, float], tone: Array) -> None:
        corners = [(*start, 0), (*start, BREADTH), (*end, BREADTH), (*end, 0)]
        self.solids.face([self._spot(*corner) for corner in corners], tone)

    def _plate(self, outline: list[tuple[float, float]], back: float, tone: Array) -> None:
        self.solids.face([self._spot(along, up, back) for along, up in outline], tone)

    def _spot(self, along: float, up: float, back: float) -> Spot:
        return self._way * (46 - 0.62 * along + 0.78 * back), up, 40 + 0.78 * along + 0.62 * back


def _cable(along: float) -> float:
    """How high the cable hangs."""
    first, second = TOWERS
    if along < first:
        return 17 + 28 * max(along / first, 0.0) ** 2
    if along < second:
        return 19 + 26 * abs((2 * along - first - second) / (second - first)) ** 2
    return 45 - 26 * min((along - second) / 80, 1.0)
