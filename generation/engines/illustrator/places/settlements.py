"""Where people live: a village in the hills, and a street of coloured houses."""

import numpy as np

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    glow,
    grid,
    lighter,
    mix,
    noise,
    over,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.culture import Drawing
from generation.engines.illustrator.places.town import lights_on

WALLS = ("#f2e2c8", "#ecd0b4", "#e6dcd2", "#d8c0a4")
ROOFS = ("#b8583e", "#8e4f3c", "#6f5a58", "#a8483a")
FRONTS = ("#e8b09a", "#f0d49c", "#a8c8c0", "#d8a0a8", "#9ab4d0", "#efe2cc", "#c4b0d4", "#b4c89c")
AWNINGS = ("#d8504a", "#3f8a7a", "#e0a03c", "#4a7ab8")
LAMP = colour("#ffcf7a")


def village(canvas: Array, scene: Scene) -> None:
    """Houses scattered over the hills, the nearest at the sides; light in their windows when it is dark."""
    for row in range(4):
        rng, near = scene.rng("village", row), row / 3
        size = 0.05 + 0.13 * near**1.3
        drawing, lamps = Drawing(scene), Drawing(scene)
        x = rng.uniform(-0.5, 0.5) * size
        while x < scene.width / scene.unit + size / 2:
            at = x * scene.unit / scene.width
            if row < 2 or abs(at - 0.5) > 0.18 + 0.1 * near:
                foot = scene.horizon + 0.025 + 0.33 * near**1.3 + rng.uniform(-0.012, 0.012)
                _house(drawing, lamps, scene, rng, at=(at, foot), size=size * rng.uniform(0.85, 1.15), near=near)
            x += size * rng.uniform(1.3, 2.6)
        drawing.onto(canvas)
        _light(canvas, scene, lamps)


def _light(canvas: Array, scene: Scene, lamps: Drawing) -> None:
    """Lay lit windows and lamps over the canvas, with their glow when it is dark."""
    mask = lamps.onto(canvas)
    if lights_on(scene):
        glow(canvas, LAMP, np.clip(blur(mask, scene.unit * 0.012) * 1.1, 0, 0.8))


def _house(
    drawing: Drawing, lamps: Drawing, scene: Scene, rng: np.random.Generator, *,
    at: tuple[float, float], size: float, near: float,
) -> None:  # fmt: skip
    """A house seen from its corner: gable, long side, roof, chimney, windows."""
    wide, tall = size * scene.unit / scene.width, size * scene.unit / scene.height
    away = (1 - near) * 0.5
    wall = mix(scene.lit(str(rng.choice(WALLS))), scene.palette.haze, away)
    roof = mix(scene.lit("#eef3f8" if scene.snowy else str(rng.choice(ROOFS))), scene.palette.haze, away)
    way = 1 if rng.random() < 0.5 else -1
    gable, side = (0.92, 0.72) if way == scene.side else (0.72, 0.92)

    def spot(x: float, y: float) -> tuple[float, float]:
        return at[0] + way * x * wide, at[1] - y * tall

    drawing.shape([spot(x, y) for x, y in ((0.62, 0.9), (0.74, 0.9), (0.74, 0.5), (0.62, 0.5))], roof * 0.7)
    drawing.shape([spot(x, y) for x, y in ((-0.1, 0), (0.9, 0), (0.9, 0.42), (-0.1, 0.42))], wall * side)
    drawing.shape(
        [spot(x, y) for x, y in ((-0.7, 0), (-0.1, 0), (-0.1, 0.42), (-0.4, 0.8), (-0.7, 0.42))], wall * gable
    )
    drawing.shape(
        [spot(x, y) for x, y in ((-0.4, 0.84), (0.66, 0.84), (0.98, 0.38), (-0.08, 0.38))], roof * (0.8 + 0.2 * side)
    )
    drawing.shape([spot(x, y) for x, y in ((-0.4, 0.88), (-0.34, 0.84), (-0.72, 0.36), (-0.8, 0.38))], roof * 0.86)
    pane = LAMP if lights_on(scene) else mix(scene.lit("#6a7a90"), scene.palette.haze, away)
    for x in (0.12, 0.52):
        lamps.shape([spot(x + u, v) for u, v in ((0, 0.16), (0.18, 0.16), (0.18, 0.32), (0, 0.32))], pane)
    lamps.shape([spot(-0.4 + u, v) for u, v in ((-0.07, 0.46), (0.07, 0.46), (0.07, 0.6), (-0.07, 0.6))], pane)
    drawing.shape([spot(-0.4 + u, v) for u, v in ((-0.1, 0), (0.1, 0), (0.1, 0.28), (-0.1, 0.28))], roof * 0.55)


def house_row(canvas: Array, scene: Scene) -> None:
    """Narrow coloured houses wall to wall, with shops below and trees in front of them."""
    rng, foot = scene.rng("houses"), scene.horizon + 0.015
    drawing, lamps, awnings = Drawing(scene), Drawing(scene), Drawing(scene)
    x, before = -rng.uniform(0, 0.1), ""
    while x < scene.width / scene.unit:
        wide = rng.uniform(0.19, 0.28)
        before = str(rng.choice([tone for tone in FRONTS if tone != before]))
        _front(drawing, lamps, awnings, scene, rng, left=x, wide=wide, foot=foot, tone=scene.lit(before))
        x += wide
    drawing.onto(canvas)
    _light(canvas, scene, lamps)
    awnings.onto(canvas)
    _street_trees(canvas, scene, rng, foot)


def _front(
    drawing: Drawing, lamps: Drawing, awnings: Drawing, scene: Scene, rng: np.random.Generator, *,
    left: float, wide: float, foot: float, tone: Array,
) -> None:  # fmt: skip
    """One house front, `left` and `wide` in short sides."""
    across, up = scene.unit / scene.width, scene.unit / scene.height
    tall, roof = rng.uniform(0.34, 0.5), scene.lit("#eef3f8" if scene.snowy else str(rng.choice(ROOFS)))
    dark, shade = lights_on(scene), 0.62 if scene.time == "night" else 1.0

    def area(x: float, low: float, w: float, h: float) -> list[tuple[float, float]]:
        edges = (left + x) * across, (left + x + w) * across
        top, base = foot - (low + h) * up, foot - low * up
        return [(edges[0], top), (edges[1], top), (edges[1], base), (edges[0], base)]

    drawing.shape(area(0, 0, wide, tall), tone * shade)
    drawing.shape(area(wide * 0.5 * (1 + scene.side) - 0.008, 0, 0.008, tall), tone * shade * 1.08)
    if rng.random() < 0.5:
        ridge = [((left + wide / 2) * across, foot - (tall + wide * 0.42) * up)]
        drawing.shape([*area(-0.012, tall, wide + 0.024, 0.0)[:2][::-1], *ridge], roof * shade)
    else:
        drawing.shape(area(-0.006, tall, wide + 0.012, 0.018), roof * shade)
        drawing.shape(area(0.008, tall + 0.018, wide - 0.016, 0.05), roof * shade * 0.82)
    columns, rows = (2 if wide < 0.23 else 3), max(2, round((tall - 0.16) / 0.11))
    for row in range(rows):
        for column in range(columns):
            x = wide * (column + 0.5) / columns - 0.022
            low = 0.175 + row * (tall - 0.18) / rows
            lit = dark and rng.random() < 0.6
            drawing.shape(area(x - 0.006, low - 0.006, 0.056, 0.082), mix(tone, (1, 1, 1), 0.6) * shade)
            pane = LAMP if lit else mix(scene.lit("#54657e"), scene.palette.sky[1], 0.35) * shade
            (lamps if lit else drawing).shape(area(x, low, 0.044, 0.07), pane)
            awnings.shape(area(x + 0.02, low, 0.004, 0.07), mix(tone, (1, 1, 1), 0.6) * shade)
            awnings.shape(area(x - 0.008, low - 0.012, 0.06, 0.008), tone * shade * 0.7)
    shop, door = wide * 0.56, wide * 0.2
    window = LAMP if dark else mix(scene.lit("#5a6c84"), scene.palette.sky[2], 0.4)
    (lamps if dark else drawing).shape(area(wide * 0.08, 0.025, shop, 0.085), window)
    drawing.shape(area(wide * 0.72, 0, door, 0.115), tone * shade * 0.45)
    cloth = scene.lit(str(rng.choice(AWNINGS))) * shade
    for number in range(8):
        stripe = lighter(cloth, 0.7) if number % 2 else cloth
        a, b = wide * 0.05 + number * (shop + 0.03) / 8, wide * 0.05 + (number + 1) * (shop + 0.03) / 8
        awnings.shape([*area(a, 0.145, b - a, 0.0)[:2], *area(a - 0.006, 0.1, b - a, 0.0)[:2][::-1]], stripe)


def _street_trees(canvas: Array, scene: Scene, rng: np.random.Generator, foot: float) -> None:
    leaf = {"autumn": "#d08a38", "spring": "#f0b0c4", "summer": "#5f9a4a"}.get(scene.season, "#dfe8f0")
    across, up = scene.unit / scene.width, scene.unit / scene.height
    drawing, lamps = Drawing(scene), Drawing(scene)
    shade = 0.6 if scene.time == "night" else 1.0
    for x in np.arange(0.1, scene.width / scene.unit, 0.42) + float(rng.uniform(-0.06, 0.06)):
        drawing.shape(
            [
                ((x + u) * across, foot - v * up)
                for u, v in ((-0.007, -0.02), (0.007, -0.02), (0.005, 0.12), (-0.005, 0.12))
            ],
            scene.lit("#5a4638") * shade,
        )
        for _ in range(34):
            u, v = rng.normal() * 0.04, 0.17 + rng.normal() * 0.035
            tone = (
                scene.lit("#dfe8f0" if scene.snowy else leaf)
                * shade
                * rng.uniform(0.88, 1.05)
                * (0.86 + 0.9 * (v - 0.1))
            )
            drawing.oval((x + u) * across, foot - v * up, 0.02 * across, 0.018 * up, tone)
        post = x + 0.21
        drawing.shape(
            [
                ((post + u) * across, foot - v * up)
                for u, v in ((-0.004, -0.02), (0.004, -0.02), (0.003, 0.21), (-0.003, 0.21))
            ],
            colour("#2c3038"),
        )
        lamps.oval(
            post * across,
            foot - 0.222 * up,
            0.013 * across,
            0.016 * up,
            LAMP if lights_on(scene) else lighter(LAMP, 0.6),
        )
    drawing.onto(canvas)
    _light(canvas, scene, lamps)


def roadway(canvas: Array, scene: Scene) -> None:
    """A pavement of slabs, its kerb, and the street in front of it; wet ground mirrors the houses."""
    rng = scene.rng("roadway")
    edge = round((scene.horizon + 0.015) * scene.height)
    height, width = scene.height - edge, scene.width
    rows, columns = grid(height, width)
    near = rows / height
    wet = 0.5 if scene.weather == "rain" else 0.24 if scene.time == "night" else 0.06
    grain = noise(rng, height, width, scene.unit * 0.02, octaves=4, stretch=4)
    dim = 0.55 if scene.time == "night" else 1.0
    paving = scene.lit("#e8eef4" if scene.snowy else "#c9bfae") * dim
    tarmac = scene.lit("#dfe6ee" if scene.snowy else "#757884") * dim
    kerb = 0.3
    slabs = smoothstep(0.02, 0.05, np.abs(((columns - width / 2) / scene.unit / (0.4 + near) * 9) % 1 - 0.5) * -1 + 0.5)
    street = smoothstep(kerb, kerb + 0.012, near)[..., None]
    paint = paving * (0.9 + 0.1 * slabs)[..., None]
    paint = (paint + (tarmac - paint) * street) * (0.86 + 0.28 * grain - 0.1 * near)[..., None]
    sway = ((grain - 0.5) * 0.06 * scene.unit).astype(int)
    mirrored = canvas[np.clip(edge - 1 - rows.astype(int) + sway, 0, edge - 1), np.arange(width)[None]]
    canvas[edge:] = paint + (mirrored - paint) * (wet * (1.1 - 0.6 * near) * (0.5 + grain))[..., None]
    view = canvas[edge:]
    stone = np.exp(-(((near - kerb) / 0.012) ** 2))
    over(view, lighter(paving, 0.3), np.repeat(stone, width, 1) * 0.8)
    over(
        view,
        colour("#1c1c26"),
        np.repeat(smoothstep(kerb, kerb + 0.02, near) * np.exp(-(near - kerb) * 16), width, 1) * 0.4,
    )
    dashes = np.clip(np.sin(columns / scene.unit * 21) * 4, 0, 1) * np.exp(-(((near - 0.74) / 0.018) ** 2))
    over(view, scene.lit("#f2ecd8"), dashes * 0.55 * (not scene.snowy))
