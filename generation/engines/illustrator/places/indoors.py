"""A room with a window, and a studio with nothing but light."""

from typing import NamedTuple

import numpy as np

from generation.engines.illustrator.canvas import (
    NAMED,
    Array,
    blur,
    colour,
    glow,
    grid,
    lighter,
    mix,
    noise,
    over,
    ramp,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene

WALLS = ("#e9d6bd", "#cfdccb", "#d9cfe0", "#e8c9b6", "#bfd3da")
BACKDROPS = (
    ("#f3dccb", "#d9a58c"),
    ("#d6e4e0", "#93b5b0"),
    ("#e6dcf0", "#aa98c6"),
    ("#f4e6c6", "#d9b777"),
    ("#dbe4f0", "#92a9c8"),
)


class Area(NamedTuple):
    """A rectangle in pixels."""

    left: int
    top: int
    wide: int
    tall: int


def inside(scene: Scene) -> Array:
    """The light in a room: softer and warmer than the light outside."""
    return mix(scene.palette.ambient, (1.0, 0.9, 0.76), 0.6) * (0.72 if scene.time == "night" else 1.0)


def wall(canvas: Array, scene: Scene) -> None:
    """A plastered wall with panelling, a framed picture, and the light of a lamp."""
    rng = scene.rng("wall")
    tone = colour(str(rng.choice(WALLS))) * inside(scene)
    rows, columns = grid(scene.height, scene.width)
    grain = noise(rng, scene.height, scene.width, scene.unit * 0.2, octaves=5)
    canvas[:] = tone * (0.9 + 0.2 * grain)[..., None]
    lamp = np.sqrt(((columns / scene.width - (0.5 - scene.side * 0.38)) * 1.3) ** 2 + (rows / scene.height - 0.28) ** 2)
    glow(canvas, (1.0, 0.78, 0.45), np.exp(-lamp * 4.2) * (0.6 if scene.time == "night" else 0.25))
    _frame(canvas, scene, rng)
    panel = round((scene.horizon - 0.13) * scene.height)
    canvas[panel:] *= 0.9
    canvas[panel : panel + max(2, round(scene.unit * 0.008))] = tone * 1.12


def _frame(canvas: Array, scene: Scene, rng: np.random.Generator) -> None:
    wide, tall = round(0.17 * scene.unit), round(0.21 * scene.unit)
    left, top = round((0.5 - scene.side * 0.3) * scene.width - wide / 2), round(0.15 * scene.height)
    edge = max(2, round(0.011 * scene.unit))
    _shadow(canvas, scene, Area(left, top, wide, tall))
    canvas[top : top + tall, left : left + wide] = colour("#7a5234") * inside(scene)
    canvas[top + edge : top + tall - edge, left + edge : left + wide - edge] = colour("#f6efe2") * inside(scene)
    view = canvas[top + edge * 3 : top + tall - edge * 3, left + edge * 3 : left + wide - edge * 3]
    view[:] = ramp(scene.palette.sky, view.shape[0])[:, None]
    low = round(view.shape[0] * 0.62)
    view[low:] = mix(scene.palette.water, (1, 1, 1), 0.2)
    rows, columns = grid(*view.shape[:2])
    x, y = view.shape[1] * rng.uniform(0.3, 0.7), view.shape[0] * 0.42
    over(view, scene.palette.sun, smoothstep(0.13, 0.11, np.hypot(columns - x, rows - y) / view.shape[1]))


def _shadow(canvas: Array, scene: Scene, area: Area) -> None:
    left, top, wide, tall = area
    mask = np.zeros(canvas.shape[:2], np.float32)
    slip = round(0.012 * scene.unit)
    mask[top + slip : top + tall + slip, left - round(scene.side) * slip : left + wide - round(scene.side) * slip] = 1
    over(canvas, colour("#3a2c34"), blur(mask, scene.unit * 0.012) * 0.35)


def window(canvas: Array, scene: Scene) -> None:
    """A window on the light's side, with the sky of the hour in it, and curtains."""
    wide, tall = round(0.36 * scene.unit), round(min(0.42 * scene.unit, 0.44 * scene.height))
    left = round(np.clip((0.5 + scene.side * 0.27) * scene.width - wide / 2, 8, scene.width - wide - 8))
    top = round(0.1 * scene.height)
    bar = max(3, round(0.012 * scene.unit))
    canvas[top - bar : top + tall + bar, left - bar : left + wide + bar] = colour("#fbf6ee") * inside(scene)
    view = canvas[top : top + tall, left : left + wide]
    view[:] = ramp(scene.palette.sky, tall)[:, None]
    rng = scene.rng("window")
    hills = noise(rng, tall, wide, scene.unit * 0.2, octaves=3, stretch=3)
    rows, columns = grid(tall, wide)
    over(view, (1, 1, 1), smoothstep(0.52, 0.66, hills) * 0.5 * (scene.time != "night"))
    for number, level in enumerate((0.68, 0.8)):
        crest = level + 0.05 * np.sin(columns / wide * (5 + 2 * number) + rng.uniform(0, 6))
        tone = mix(scene.lit("#5f8f5a" if not scene.snowy else "#eef4fa"), scene.palette.haze, 0.55 - 0.35 * number)
        over(view, tone, smoothstep(-0.004, 0.004, rows / tall - crest))
    glow(view, scene.palette.sun, np.exp(-np.hypot(columns / wide - 0.6, rows / tall - 0.35) * 3.2) * 0.5)
    if scene.weather == "snow":
        flakes = rng.random((tall, wide)) < 0.004 * (300 / scene.unit)
        over(view, (1, 1, 1), np.clip(blur(flakes.astype(np.float32), scene.unit * 0.003) * scene.unit / 16, 0, 1))
    view[tall // 2 - bar // 2 : tall // 2 + bar // 2 + 1] = colour("#fbf6ee") * inside(scene)
    view[:, wide // 2 - bar // 2 : wide // 2 + bar // 2 + 1] = colour("#fbf6ee") * inside(scene)
    _curtains(canvas, scene, Area(left, top, wide, tall))


def _curtains(canvas: Array, scene: Scene, area: Area) -> None:
    left, top, wide, tall = area
    rng = scene.rng("curtains")
    tone = colour(str(rng.choice(["#e7a98c", "#8fb3b0", "#d9b76a", "#b79ac8", "#f0e4d4"]))) * inside(scene)
    cloth = round(wide * 0.24)
    bottom = min(top + round(tall * 1.16), scene.height)
    for side in (-1, 1):
        x = left - cloth // 2 if side < 0 else left + wide - cloth // 2
        x = int(np.clip(x, 0, scene.width - cloth))
        folds = np.sin(np.linspace(0, 13, cloth, dtype=np.float32) + side) * 0.13 + 0.95
        high = max(top - round(0.03 * scene.unit), 0)
        canvas[high:bottom, x : x + cloth] = tone * folds[None, :, None]


def wooden_floor(canvas: Array, scene: Scene) -> None:
    """Boards in perspective, a round rug, and the patch of light that the window throws."""
    rng = scene.rng("boards")
    edge = round(scene.horizon * scene.height)
    height, width = scene.height - edge, scene.width
    near = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    across = (np.arange(width, dtype=np.float32)[None] / width - 0.5) * width / scene.unit / (near * 0.75 + 0.4)
    board = np.floor(across * 9).astype(int)
    tones = rng.uniform(0.86, 1.1, 256).astype(np.float32)[board % 256]
    grain = noise(rng, height, width, scene.unit * 0.02, octaves=4, stretch=1)
    seam = smoothstep(0.03, 0.09, np.abs(across * 9 - board - 0.5) * -1 + 0.5)
    wood = colour(str(rng.choice(["#b07a4c", "#9a6a48", "#c2925e"]))) * inside(scene)
    canvas[edge:] = wood * (tones * (0.9 + 0.2 * grain) * (0.7 + 0.3 * seam) * (0.8 + 0.25 * near))[..., None]
    canvas[max(edge - round(0.022 * scene.unit), 0) : edge] = colour("#f4ece0") * inside(scene) * 0.95
    over(canvas[edge:], colour("#2c1c18"), np.repeat(np.exp(-near * 14) * 0.45, width, 1))
    rug = colour(str(rng.choice(["#c25b4e", "#4f7f8c", "#d9a441", "#7a5a8c", "#e6d6c0"]))) * inside(scene)
    columns = np.arange(width, dtype=np.float32)[None] / width
    oval = np.hypot((columns - 0.5) * width / scene.unit / 0.5, (near - 0.62) * height / scene.unit / 0.13)
    over(canvas[edge:], colour("#2c1c18"), smoothstep(1.08, 0.95, oval) * 0.3)
    over(canvas[edge:], rug, smoothstep(1.0, 0.99, oval))
    over(canvas[edge:], mix(rug, (1, 0.95, 0.85), 0.5), smoothstep(0.03, 0.02, np.abs(oval - 0.86)) * 0.9)
    if scene.time != "night":
        slant = columns - 0.5 - scene.side * (0.2 - near * 0.3)
        glow(
            canvas[edge:], scene.palette.sun, smoothstep(0.16, 0.13, np.abs(slant)) * smoothstep(0.02, 0.2, near) * 0.28
        )


def table_top(canvas: Array, scene: Scene) -> None:
    """The room out of focus, and a wooden table in front of it that shines a little."""
    radius = scene.unit * 0.012
    for channel in range(3):
        canvas[..., channel] = blur(canvas[..., channel], radius)
    rng = scene.rng("table")
    edge = round((scene.horizon + 0.03) * scene.height)
    height, width = scene.height - edge, scene.width
    near = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    grain = noise(rng, height, width, scene.unit * 0.03, octaves=6, stretch=14, detail=0.65)
    rings = np.sin(grain * 34) * 0.035
    wood = colour(str(rng.choice(["#b07c50", "#8e6244", "#c89a68", "#d9c2a0"]))) * inside(scene)
    paint = wood * ((0.86 + 0.28 * grain + rings) * (0.86 + 0.2 * near))[..., None]
    mirrored = canvas[np.clip(edge - 1 - near * edge * 0.6, 0, edge - 1).astype(int), np.arange(width)[None]]
    canvas[edge:] = paint + (mirrored - paint) * 0.2
    rim = max(2, round(0.006 * scene.unit))
    canvas[edge : edge + rim] = lighter(wood, 0.4)
    light = np.hypot((np.arange(width)[None] / width - 0.5 - scene.side * 0.28) * 1.4, near - 0.3)
    glow(canvas[edge:], scene.palette.sun, np.exp(-light * 3.4) * 0.32)


def backdrop(canvas: Array, scene: Scene) -> None:
    """A seamless backdrop that curves into the floor, with a pool of light and soft shapes."""
    rng = scene.rng("backdrop")
    bright, deep = (colour(tone) for tone in BACKDROPS[rng.integers(len(BACKDROPS))])
    if scene.tints:
        tint = colour(NAMED[scene.tints[0]])
        bright, deep = lighter(tint, 0.62), mix(tint, bright, 0.25)
    rows, columns = grid(scene.height, scene.width)
    edge = scene.horizon
    canvas[:] = ramp(
        (deep, mix(bright, deep, 0.35), bright, mix(bright, deep, 0.3)), scene.height, (0, edge - 0.08, edge + 0.12, 1)
    )[:, None]
    x, y = 0.5, edge - 0.22
    arch = np.hypot(
        (columns / scene.width - x) * scene.width / scene.unit / 0.34,
        np.minimum(rows / scene.height - y, 0) * scene.height / scene.unit / 0.34,
    )
    over(
        canvas,
        mix(bright, (1, 1, 1), 0.35),
        smoothstep(1.004, 0.996, arch) * smoothstep(edge + 0.004, edge, rows / scene.height) * 0.75,
    )
    pool = np.hypot((columns / scene.width - 0.5 - scene.side * 0.25), rows / scene.height - 0.25)
    glow(canvas, (1, 0.97, 0.9), np.exp(-pool * 2.8) * 0.4)
