"""What rooms have in common: walls and floor, windows and the sun through them, lamps, plants."""

import itertools
from typing import NamedTuple

import numpy as np

from generation.engines.illustrator.canvas import Array, glow, mix
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.indoors import inside
from generation.engines.illustrator.places.solid import LAMP, Solids, Span
from generation.engines.illustrator.places.town import lights_on

START = 0.6  # metres from the eye where walls begin


class Size(NamedTuple):
    """A room from wall to wall, in metres."""

    half: float  # from the middle to either side
    deep: float
    high: float


def room(scene: Scene, size: Size, *, wall: str, boards: str) -> Solids:
    """An empty room: ceiling, walls with skirting, and a floor of boards."""
    s = Solids(scene, eye=1.5, fade=240, light=inside(scene))
    rng, paint, wood, white = scene.rng("room"), s.tone(wall), s.tone(boards), s.tone("#f8f4ec")
    s.floor((-size.half, size.half), size.high, (START, size.deep), white * 0.86)
    for x in np.arange(-size.half, size.half, 0.24):
        s.floor((x, x + 0.24), 0, (START, size.deep), wood * rng.uniform(0.9, 1.08))
        s.floor((x, x + 0.012), 0, (START, size.deep), wood * 0.66)
    for low in np.linspace(0, size.high, 25)[:-1]:  # darker towards the ceiling
        up, shade = (low, low + size.high / 24), 1.0 - 0.2 * (low / size.high) ** 2
        s.front((-size.half, size.half), up, size.deep, paint * 0.95 * shade)
        for way in (-1, 1):
            s.wall(way * size.half, up, (START, size.deep), paint * shade * (0.82 if way == scene.side else 0.93))
    s.front((-size.half, size.half), (0, 0.12), size.deep, white * 0.9)
    for way in (-1, 1):
        s.wall(way * size.half, (0, 0.12), (START, size.deep), white * 0.84)
    return s


def pane(s: Solids, across: Span, up: Span, away: float) -> None:
    """A window in the wall before us, with the sky of the hour and hills in it."""
    frame, palette = s.tone("#fbf7ef"), s.scene.palette
    s.front((across[0] - 0.08, across[1] + 0.08), (up[0] - 0.08, up[1] + 0.08), away, frame)
    edges = np.linspace(up[1], up[0], 25)
    for number, (top, low) in enumerate(itertools.pairwise(edges)):
        s.front(across, (low, top), away, mix(palette.sky[1], palette.sky[3], number / 23))
    for number, (tall, leaf) in enumerate(((0.34, "#7fa07a"), (0.2, "#5a8a54"))):
        xs = np.linspace(*across, 14)
        crest = [(x, up[0] + (up[1] - up[0]) * (tall + 0.06 * np.sin(x * 4 + number * 2)), away) for x in xs]
        tone = mix(s.scene.lit(leaf), palette.haze, 0.5 - 0.25 * number)
        s.face([*crest, (across[1], up[0], away), (across[0], up[0], away)], tone)
    middle, level = sum(across) / 2, up[0] + (up[1] - up[0]) * 0.6
    s.front((middle - 0.025, middle + 0.025), up, away, frame)
    s.front(across, (level - 0.025, level + 0.025), away, frame)
    s.box((across[0] - 0.14, across[1] + 0.14), (up[0] - 0.12, up[0] - 0.06), (away - 0.14, away), frame)


def sunbeam(s: Solids, size: Size, wood: str) -> None:
    """The patch of sun that a window at the side throws on the floor."""
    if s.scene.time == "night" or s.scene.weather:
        return
    tone = mix(s.tone(wood), s.scene.palette.sun, 0.24)
    x, reach = s.scene.side * size.half * 0.75, -s.scene.side * 1.1
    for near in (3.0, 3.62):
        s.face([(x, 0, near), (x, 0, near + 0.55), (x + reach, 0, near + 0.85), (x + reach, 0, near + 0.3)], tone)


def light(s: Solids, canvas: Array, lamps: list[tuple[float, float, float]], strength: float = 0.3) -> None:
    """The light of lamps on what is around and below them, and of the window on its side of the room."""
    dark = lights_on(s.scene)
    if s.scene.time == "night":
        canvas *= np.array([1.12, 1.0, 0.82], np.float32)
    for x, up, away in lamps:
        s.pool(canvas, (x, up, away), 1.5, strength if dark else strength * 0.35)
        s.pool(canvas, (x, 0.4, away), 1.9, strength * 0.6 if dark else 0.05)
    columns = np.linspace(0, 1, canvas.shape[1], dtype=np.float32)[None]
    towards = np.repeat(columns if s.scene.side > 0 else 1 - columns, canvas.shape[0], 0)
    glow(canvas, s.scene.palette.sun, towards**2 * (0.05 if dark else 0.16))


def pendant(s: Solids, x: float, away: float, low: float, high: float, shade: Array) -> None:
    """A lamp that hangs from the ceiling."""
    s.front((x - 0.01, x + 0.01), (low + 0.2, high), away, s.tone("#3a3634"))
    s.ball((x, low, away), 0.13, mix(LAMP, (1, 1, 1), 0.45), tall=0.62, lamp=True)
    s.face(
        [(x - 0.2, low, away), (x + 0.2, low, away), (x + 0.06, low + 0.24, away), (x - 0.06, low + 0.24, away)], shade
    )


def plant(s: Solids, x: float, away: float, tall: float) -> None:
    """A plant with long leaves in a pot."""
    rng, pot = s.scene.rng("plant", round(x * 10) % 97), s.tone("#c8866a")
    for number in range(15):
        lean = float(np.linspace(-1, 1, 15)[(number * 7) % 15])
        tip, bend = (x + lean * tall * 0.5, 0.45 + tall * (1 - 0.5 * abs(lean))), x + lean * tall * 0.16
        leaf = s.tone("#4f8a4a") * rng.uniform(0.72, 1.15)
        middle = 0.42 + tall * 0.6
        s.face([(x, 0.4, away), (bend - 0.06, middle, away), (*tip, away), (bend + 0.08, middle - 0.06, away)], leaf)
    s.plate([(x - 0.2, 0.45), (x + 0.2, 0.45), (x + 0.14, 0), (x - 0.14, 0)], away, pot)
    s.front((x - 0.22, x + 0.22), (0.38, 0.46), away, pot * 1.08)
