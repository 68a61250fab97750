"""Where people eat and buy: a market of stalls under lanterns."""

import itertools

import numpy as np

from generation.engines.illustrator.canvas import Array, colour, lighter, mix, noise, over, smoothstep
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.solid import LAMP, Solids
from generation.engines.illustrator.places.town import lights_on

CLOTHS = ("#c8382e", "#2f7a6a", "#d8842e", "#2f5f9a", "#b8406a")
SIGNS = ("#ff5a4a", "#ffb03a", "#4adfd0", "#ff6ab0", "#fff0c0")
FOODS = ("#d8742e", "#c83a2a", "#8aa83c", "#f0c45a", "#a85a2e", "#f0e0c0", "#e89a4a")
CLOTHES = ("#3a4a6a", "#7a3a3a", "#4a5a4a", "#5a4a6a", "#8a6a4a")
STALL = 2.8  # metres along the street


def market(canvas: Array, scene: Scene) -> None:
    """Stalls on both sides with awnings, food, signs and steam, lanterns over the street, people far down it."""
    rng, dark = scene.rng("market"), lights_on(scene)
    warm = mix(scene.palette.ambient * 0.55, (1.0, 0.72, 0.46), 0.62)
    s = Solids(scene, fade=38, light=warm if dark else None)
    s.floor((-9, 9), 0, (1.4, 120), s.tone("#5c5458") * (0.6 if dark else 1.1))
    for away in np.arange(2.2 + 9 * STALL, 2, -STALL):
        for way in (-1, 1):
            _stall(s, rng, way, float(away))
    s.onto(canvas, shine=0.8)
    s.gloss(canvas, 1.88, 0.6 if dark or scene.weather == "rain" else 0.1)
    for away in (22.0, 17.0, 13.0, 10.5, 8.5):
        _walker(s, rng, away)
    for away in (19.0, 13.5, 9.5, 6.6):
        _garland(s, away)
    s.onto(canvas)
    _steam(canvas, scene, s, rng)


def _stall(s: Solids, rng: np.random.Generator, way: int, away: float) -> None:
    """One stall on the left (-1) or right (1): back, cook, counter, food, awning, sign."""
    cloth, dark = s.tone(str(rng.choice(CLOTHS))), lights_on(s.scene)
    end, wood = away + STALL - 0.25, s.tone("#8a5a38")
    back = s.tone("#f4d8a4") * (1.15 if dark else 0.9)
    for low in np.arange(0.9, 2.5, 0.2):
        s.wall(way * 3.6, (low, low + 0.22), (away, end), back * (0.5 + 0.22 * low))
    s.wall(way * 3.58, (1.86, 1.92), (away, end), wood * 0.7)
    for spot in np.arange(end - 0.15, away, -0.24):
        s.ball((way * 3.5, 2.02, spot), 0.1, s.tone(str(rng.choice(FOODS))) * 0.8, tall=rng.uniform(0.9, 1.5))
    _cook(s, rng, way, away + 1.5)
    s.box(_span(way, 1.9, 2.7), (0, 0.92), (away, end), wood)
    s.wall(way * 1.89, (0.12, 0.8), (away + 0.1, end - 0.1), cloth * 0.9)
    s.floor(_span(way, 1.85, 2.75), 0.95, (away, end), lighter(wood, 0.3))
    for row in (2.5, 2.25, 2.0):
        food = s.tone(str(rng.choice(FOODS)))
        for spot in np.arange(end - 0.2, away, -0.2):
            s.ball((way * row, 1.02, spot), 0.1, food * rng.uniform(0.85, 1.1), tall=0.75)
            s.ball((way * (row - 0.02), 1.05, spot), 0.045, lighter(food, 0.35), tall=0.7)
    for post in (end, away):
        s.front(_span(way, 1.86, 1.93), (0.9, 2.5), post, wood * 0.7)
    stripes = np.linspace(end + 0.1, away - 0.1, 11)
    for number, (far, near) in enumerate(itertools.pairwise(stripes)):
        tone = lighter(cloth, 0.75) if number % 2 else cloth
        s.face([(way * 1.5, 2.3, near), (way * 3.2, 2.95, near), (way * 3.2, 2.95, far), (way * 1.5, 2.3, far)], tone)
        s.wall(way * 1.5, (2.1, 2.32), (near, far), tone * 0.86)
    for spot in (end - 0.5, away + 0.5):
        s.ball((way * 1.75, 1.98, spot), 0.085, mix(LAMP, (1, 1, 1), 0.5), lamp=True)
    _board(s, rng, way, away + 0.2)


def _span(way: int, inner: float, outer: float) -> tuple[float, float]:
    """From left to right, on either side of the street."""
    return (inner, outer) if way > 0 else (-outer, -inner)


def _cook(s: Solids, rng: np.random.Generator, way: int, away: float) -> None:
    x = way * 3.0
    s.ball((x, 1.12, away), 0.27, s.tone(str(rng.choice(CLOTHES))), tall=1.4)
    s.front((x - 0.15, x + 0.15), (0.8, 1.28), away, s.tone("#f2ece0"))
    s.ball((x, 1.6, away), 0.13, s.tone("#e8b088"), tall=1.15)
    s.ball((x, 1.7, away), 0.14, s.tone("#3a2a24"), tall=0.5)
    s.ball((x, 1.76, away), 0.16, s.tone("#fbf8f0"), tall=0.6)


def _board(s: Solids, rng: np.random.Generator, way: int, away: float) -> None:
    """An upright sign that hangs over the street, with strokes for writing."""
    tone = colour(str(rng.choice(SIGNS)))
    left, right = _span(way, 1.75, 2.35)
    count = int(rng.integers(2, 4))
    top = 2.75 + 0.62 * count
    s.front((left - 0.05, right + 0.05), (2.63, top + 0.07), away, s.tone("#3a2824"))
    s.front((left, right), (2.68, top + 0.02), away, tone * 0.4)
    for number in range(count):
        low = 2.75 + 0.62 * number
        for _ in range(3):
            y = low + rng.uniform(0.06, 0.46)
            s.front((left + 0.1, right - 0.1), (y, y + 0.055), away, lighter(tone, 0.4), lamp=True)
        for _ in range(2):
            x = rng.uniform(left + 0.14, right - 0.2)
            s.front((x, x + 0.055), (low + 0.05, low + 0.5), away, lighter(tone, 0.4), lamp=True)


def _walker(s: Solids, rng: np.random.Generator, away: float) -> None:
    """Somebody far down the street, seen from behind."""
    x = float(rng.uniform(-1.1, 1.1))
    coat = s.tone(str(rng.choice(CLOTHES))) * 0.8
    for leg in (-0.09, 0.09):
        s.front((x + leg - 0.07, x + leg + 0.07), (0.04, 0.85), away, s.tone("#38343c") * 0.7)
    s.plate([(x - 0.2, 0.72), (x + 0.2, 0.72), (x + 0.23, 1.34), (x - 0.23, 1.34)], away, coat)
    s.ball((x, 1.34, away), 0.23, coat, tall=0.5)
    for arm in (-0.25, 0.25):
        s.face(
            [
                (x + arm * 1.1, 0.8, away),
                (x + arm, 1.38, away),
                (x + arm * 0.7, 1.38, away),
                (x + arm * 0.8, 0.8, away),
            ],
            coat * 0.85,
        )
    s.ball((x, 1.5, away), 0.06, s.tone("#d8a078"))
    s.ball((x, 1.62, away), 0.115, s.tone("#3a2c28"), tall=1.15)


def _garland(s: Solids, away: float) -> None:
    """A line of lanterns across the street."""
    cord = s.tone("#3a2824")
    for x in np.linspace(-1.8, 1.8, 7):
        y = _sag(x)
        links = [(x - 0.3, _sag(x - 0.3)), (x + 0.3, _sag(x + 0.3))]
        s.face(
            [(u, v + up, away) for (u, v), up in zip((*links, *links[::-1]), (0.2, 0.2, 0.22, 0.22), strict=True)], cord
        )
        s.ball((x, y, away), 0.2, colour("#e23a2c"), tall=0.9, lamp=True)
        s.ball((x, y, away), 0.1, colour("#ff9a4a"), tall=1.5, lamp=True)
        for end in (-0.18, 0.18):
            s.ball((x, y + end, away), 0.09, colour("#f0c050"), tall=0.4, lamp=True)


def _sag(x: float) -> float:
    return 3.1 + 0.13 * x * x


def _steam(canvas: Array, scene: Scene, s: Solids, rng: np.random.Generator) -> None:
    """Steam that rises from the counters."""
    wisps = noise(rng, scene.height, scene.width, scene.unit * 0.09, octaves=5, stretch=0.5)
    rows = np.arange(scene.height, dtype=np.float32)[:, None] / scene.height
    columns = np.arange(scene.width, dtype=np.float32)[None] / scene.width
    mask = np.zeros((scene.height, scene.width), np.float32)
    for way, away in ((-1, 5.4), (1, 6.6)):
        x, y = s.at(way * 2.2, 1.1, away)
        up = np.clip((y - rows) / 0.26, 0, 1)
        drift = (columns - x + way * 0.03 * up) * scene.width / scene.unit / (0.05 + 0.07 * up)
        mask += np.exp(-(drift**2)) * smoothstep(0.0, 0.08, y - rows) * (1 - up)
    over(canvas, mix((1, 1, 1), s.tone("#ffffff"), 0.5), np.clip(mask * smoothstep(0.4, 0.75, wisps) * 0.8, 0, 0.7))
