"""A city by day or by night, and its street."""

import numpy as np

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    glow,
    grid,
    mix,
    noise,
    over,
    smooth_line,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene

NEON = ("#ff4f9a", "#37d6ff", "#a66bff", "#ffb14a", "#4affc0")


def skyline(canvas: Array, scene: Scene) -> None:
    """Three rows of towers with windows; the far ones fade into the sky."""
    dark = scene.time in ("night", "sunset")
    for number in range(3):
        rng = scene.rng("towers", number)
        near = number / 2
        x = -rng.uniform(0, 0.1) * scene.unit
        while x < scene.width:
            wide = scene.unit * rng.uniform(0.06, 0.12) * (0.8 + 0.7 * near)
            valley = 1 - 0.55 * near * np.exp(-(((x + wide / 2) / scene.width - 0.5) ** 2) / 0.035)
            tall = scene.unit * (rng.uniform(0.2, 0.46) if number else rng.uniform(0.26, 0.55)) * valley
            _tower(canvas, scene, rng, x, wide, tall, near, dark=dark)
            x += wide * rng.uniform(0.92, 1.3 if number < 2 else 1.6)
        _veil(canvas, scene, near)


def _veil(canvas: Array, scene: Scene, near: float) -> None:
    rows, _ = grid(scene.height, scene.width)
    edge = scene.horizon * scene.height
    haze = np.exp(-np.maximum(edge - rows, 0) / (0.16 * scene.height)) * (rows < edge) * (0.55 - 0.3 * near)
    lights = scene.palette.sun * np.array([1.0, 0.72, 0.6], np.float32)
    over(
        canvas, mix(scene.palette.haze, lights, 0.45 if scene.time == "night" else 0.1), np.repeat(haze, scene.width, 1)
    )


def _tower(
    canvas: Array,
    scene: Scene,
    rng: np.random.Generator,
    x: float,
    wide: float,
    tall: float,
    near: float,
    *,
    dark: bool,
) -> None:
    """One tower: lit flank, windows in a grid, sometimes a step, a mast or a neon sign."""
    foot = round((scene.horizon + 0.012) * scene.height)
    left, right = max(round(x), 0), min(round(x + wide), scene.width)
    top = max(round(foot - tall), 0)
    if right - left < 3:
        return
    wall = mix(
        scene.lit(str(rng.choice(["#8fa0b8", "#b0a4a8", "#7c8ca8", "#a8b0bc"]))) * (0.34 if dark else 0.82),
        scene.palette.haze,
        0.62 - 0.5 * near,
    )
    block = canvas[top:foot, left:right]
    block[:] = wall
    across = np.linspace(-1, 1, right - left, dtype=np.float32)[None, :, None] * scene.side
    block *= 1 + 0.16 * across
    if rng.random() < 0.5:
        middle, mast = (left + right) // 2, max(top - round(tall * rng.uniform(0.08, 0.2)), 0)
        canvas[mast:top, middle : middle + max(1, round(scene.unit * 0.002))] = wall
        inset = (right - left) // 5
        canvas[max(top - inset, 0) : top, left + inset : right - inset] = wall * 0.95
    _windows(block, scene, rng, near, dark=dark)
    if dark and near > 0.4 and rng.random() < 0.75:
        _sign(canvas, scene, rng, left, right, top, foot)


def _windows(block: Array, scene: Scene, rng: np.random.Generator, near: float, *, dark: bool) -> None:
    cell = max(3, round(scene.unit * (0.0075 + 0.0065 * near)))
    rows, columns = block.shape[0] // (cell + cell // 2), block.shape[1] // cell
    if rows < 1 or columns < 2:
        return
    lit = rng.random((rows, columns)) < (0.42 if dark else 0.8)
    warm = np.array([colour(tone) for tone in ("#ffd98a", "#ffe9b8", "#ffc06a", "#a8e4ff")])
    tones = (
        warm[rng.choice(4, (rows, columns), p=[0.45, 0.3, 0.15, 0.1])]
        if dark
        else np.broadcast_to(mix(scene.palette.sky[1], (1, 1, 1), 0.15), (rows, columns, 3))
    )
    pane = np.zeros((cell + cell // 2, cell), np.float32)
    pane[1 : 1 + cell, 1 : 1 + max(1, round(cell * 0.55))] = 1
    mask = np.kron(lit * rng.uniform(0.45, 1, (rows, columns)), pane).astype(np.float32)
    paint = np.repeat(np.repeat(tones, pane.shape[0], 0), pane.shape[1], 1).astype(np.float32)
    part = block[: mask.shape[0], : mask.shape[1]]
    over(part, paint, mask * (0.5 + 0.45 * near if dark else 0.35))


def _sign(canvas: Array, scene: Scene, rng: np.random.Generator, left: int, right: int, top: int, foot: int) -> None:
    tone = colour(str(rng.choice(NEON)))
    wide, tall = max(3, round(scene.unit * 0.012)), round(scene.unit * rng.uniform(0.06, 0.16))
    x, y = (
        int(rng.integers(left, max(right - wide, left + 1))),
        int(rng.integers(min(top + 4, foot - 2), max(foot - tall, top + 5))),
    )
    reach = round(scene.unit * 0.06)
    rows, columns = slice(max(y - reach, 0), y + tall + reach), slice(max(x - reach, 0), x + wide + reach)
    mask = np.zeros((scene.height, scene.width), np.float32)[rows, columns]
    mask[y - rows.start : y - rows.start + tall, x - columns.start : x - columns.start + wide] = 1
    mask = mask[: canvas[rows, columns].shape[0], : canvas[rows, columns].shape[1]]
    glow(canvas[rows, columns], tone, blur(mask, scene.unit * 0.022) * 0.9)
    over(canvas[rows, columns], mix(tone, (1, 1, 1), 0.55), blur(mask, scene.unit * 0.0015))


def street(canvas: Array, scene: Scene) -> None:
    """A wide street; at night and in rain it mirrors the lights in long streaks."""
    rng = scene.rng("street")
    edge = round((scene.horizon + 0.012) * scene.height)
    height, width = scene.height - edge, scene.width
    near = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    wet = 0.75 if scene.time == "night" or scene.weather == "rain" else 0.22
    reach = near * (edge - 1) * 0.92
    sway = (
        (noise(rng, height, width, scene.unit * 0.03, octaves=4, stretch=6) - 0.5) * scene.unit * 0.05 * (0.15 + near)
    )
    at = np.clip(np.arange(width)[None] + sway * 0.35, 0, width - 1).astype(int)
    mirrored = canvas[np.clip(edge - 1 - reach + sway, 0, edge - 1).astype(int), at]
    road = mix(scene.lit("#6c7080") * (0.4 if scene.time == "night" else 0.95), scene.palette.haze, 0.2)
    grain = noise(rng, height, width, scene.unit * 0.01, octaves=3, stretch=3)
    puddles = smoothstep(0.4, 0.62, noise(rng, height, width, scene.unit * 0.13, octaves=3, stretch=5))
    paint = road * (1.05 - 0.4 * near + (grain - 0.5) * 0.25)[..., None]
    shine = (wet * (0.35 + 0.65 * puddles) * (1 - 0.55 * near))[..., None]
    canvas[edge:] = paint + (mirrored * 1.05 - paint) * shine
    _markings(canvas[edge:], scene, near)
    kerb = scene.horizon * scene.height + smooth_line(rng, width, scene.unit) * 0
    over(
        canvas,
        road * 0.55,
        np.exp(-np.abs(grid(scene.height, width)[0] - kerb[None] - 0.014 * scene.height) / (0.005 * scene.unit)) * 0.7,
    )


def _markings(view: Array, scene: Scene, near: Array) -> None:
    """Broken white lines that run towards the middle of the horizon."""
    across = (np.arange(scene.width, dtype=np.float32)[None] / scene.width - 0.5) * scene.width / scene.unit
    dashes = (np.sin(9 / (near + 0.12)) > -0.2) * smoothstep(0.03, 0.12, near)
    for lane in (-0.55, 0.55):
        mask = smoothstep(0.014, 0.008, np.abs(across / (near + 0.1) - lane)) * dashes
        over(view, scene.lit("#f0ead8"), mask * 0.4)
