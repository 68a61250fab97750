"""A city by day or by night, and its street."""

from typing import NamedTuple

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

LAMPS = np.stack([colour(tone) for tone in ("#ffd98a", "#ffe9b8", "#ffc06a", "#a8e4ff")])
NEON = ("#ff4f9a", "#37d6ff", "#a66bff", "#ffb14a", "#4affc0")


class Block(NamedTuple):
    """The front of a tower, in pixels."""

    left: int
    top: int
    right: int
    foot: int


def lights_on(scene: Scene) -> bool:
    """Whether it is dark enough for lamps behind the windows."""
    return scene.time in ("night", "sunset")


def skyline(canvas: Array, scene: Scene) -> None:
    """Three rows of towers with windows; the far ones fade into the sky."""
    foot = round((scene.horizon + 0.012) * scene.height)
    for number in range(3):
        rng = scene.rng("towers", number)
        near = number / 2
        x = -rng.uniform(0, 0.1) * scene.unit
        while x < scene.width:
            wide = scene.unit * rng.uniform(0.06, 0.12) * (0.8 + 0.7 * near)
            valley = 1 - 0.55 * near * np.exp(-(((x + wide / 2) / scene.width - 0.5) ** 2) / 0.035)
            tall = scene.unit * (rng.uniform(0.2, 0.46) if number else rng.uniform(0.26, 0.55)) * valley
            block = Block(max(round(x), 0), max(round(foot - tall), 0), min(round(x + wide), scene.width), foot)
            if block.right - block.left > 2:
                _tower(canvas, scene, rng, block, near)
            x += wide * rng.uniform(0.92, 1.3 if number < 2 else 1.6)
        _veil(canvas, scene, near)


def _veil(canvas: Array, scene: Scene, near: float) -> None:
    rows, _ = grid(scene.height, scene.width)
    edge = scene.horizon * scene.height
    haze = np.exp(-np.maximum(edge - rows, 0) / (0.16 * scene.height)) * (rows < edge) * (0.55 - 0.3 * near)
    lights = scene.palette.sun * np.array([1.0, 0.72, 0.6], np.float32)
    tone = mix(scene.palette.haze, lights, 0.45 if scene.time == "night" else 0.1)
    over(canvas, tone, np.repeat(haze, scene.width, 1))


def _tower(canvas: Array, scene: Scene, rng: np.random.Generator, block: Block, near: float) -> None:
    """One tower: lit flank, windows in a grid, sometimes a step with a mast, sometimes a neon sign."""
    left, top, right, foot = block
    stone = scene.lit(str(rng.choice(["#8fa0b8", "#b0a4a8", "#7c8ca8", "#a8b0bc"])))
    wall = mix(stone * (0.34 if lights_on(scene) else 0.82), scene.palette.haze, 0.62 - 0.5 * near)
    front = canvas[top:foot, left:right]
    front[:] = wall * (1 + 0.16 * scene.side * np.linspace(-1, 1, right - left, dtype=np.float32)[None, :, None])
    if rng.random() < 0.5:
        middle, mast = (left + right) // 2, max(top - round((foot - top) * rng.uniform(0.08, 0.2)), 0)
        canvas[mast:top, middle : middle + max(1, round(scene.unit * 0.002))] = wall
        inset = (right - left) // 5
        canvas[max(top - inset, 0) : top, left + inset : right - inset] = wall * 0.95
    _windows(front, scene, rng, near)
    if (lights_on(scene) and near > 0.4 and rng.random() < 0.75) or scene.place == "neon":
        _sign(canvas, scene, rng, block)


def _windows(front: Array, scene: Scene, rng: np.random.Generator, near: float) -> None:
    cell = max(3, round(scene.unit * (0.0075 + 0.0065 * near)))
    rows, columns = front.shape[0] // (cell + cell // 2), front.shape[1] // cell
    if rows < 1 or columns < 2:
        return
    if lights_on(scene):
        lit, strength = rng.random((rows, columns)) < 0.42, 0.5 + 0.45 * near
        tones = LAMPS[rng.choice(4, (rows, columns), p=[0.45, 0.3, 0.15, 0.1])]
    else:
        lit, strength = rng.random((rows, columns)) < 0.8, 0.35
        tones = np.broadcast_to(mix(scene.palette.sky[1], (1, 1, 1), 0.15), (rows, columns, 3))
    pane = np.zeros((cell + cell // 2, cell), np.float32)
    pane[1 : 1 + cell, 1 : 1 + max(1, round(cell * 0.55))] = 1
    mask = np.kron(lit * rng.uniform(0.45, 1, (rows, columns)), pane).astype(np.float32)
    paint = tones.repeat(pane.shape[0], 0).repeat(pane.shape[1], 1)
    over(front[: mask.shape[0], : mask.shape[1]], paint, mask * strength)


def _sign(canvas: Array, scene: Scene, rng: np.random.Generator, block: Block) -> None:
    """An upright neon sign that lights the wall around it."""
    tone = colour(str(rng.choice(NEON)))
    wide, tall = max(3, round(scene.unit * 0.012)), round(scene.unit * rng.uniform(0.06, 0.16))
    x = int(rng.integers(block.left, max(block.right - wide, block.left + 1)))
    y = int(rng.integers(min(block.top + 4, block.foot - 2), max(block.foot - tall, block.top + 5)))
    reach = round(scene.unit * 0.06)
    up, back = min(reach, y), min(reach, x)
    view = canvas[y - up : y + tall + reach, x - back : x + wide + reach]
    mask = np.zeros(view.shape[:2], np.float32)
    mask[up : up + tall, back : back + wide] = 1
    glow(view, tone, blur(mask, scene.unit * 0.022) * 0.9)
    over(view, mix(tone, (1, 1, 1), 0.55), blur(mask, scene.unit * 0.0015))


def neon_air(canvas: Array, scene: Scene) -> None:
    """Coloured haze between the towers, magenta on one side and cyan on the other."""
    rng = scene.rng("neon air")
    rows, columns = grid(scene.height, scene.width)
    tones = ("#ff2f8e", "#18c8ff") if rng.random() < 0.5 else ("#a03cff", "#ff8a3c")
    for way, tone in zip((-1, 1), tones, strict=True):
        far = np.hypot(
            (columns / scene.width - 0.5 - way * 0.36) * 1.3, (rows / scene.height - scene.horizon + 0.06) * 1.6
        )
        glow(canvas, colour(tone), np.exp(-far * 3.4) * 0.62)
    for _ in range(4):
        x, y = rng.uniform(0.06, 0.94) * scene.width, rng.uniform(0.2, 0.52) * scene.height
        _board(canvas, scene, rng, (round(x), round(y)))


def _board(canvas: Array, scene: Scene, rng: np.random.Generator, at: tuple[int, int]) -> None:
    """A glowing sign with a frame and lines of writing that nobody can read."""
    tone = colour(str(rng.choice(NEON)))
    wide, tall = round(scene.unit * rng.uniform(0.05, 0.11)), round(scene.unit * rng.uniform(0.07, 0.16))
    reach = round(scene.unit * 0.05)
    x, y = at[0] - wide // 2, at[1]
    top, left = max(y - reach, 0), max(x - reach, 0)
    view = canvas[top : y + tall + reach, left : x + wide + reach]
    mask = np.zeros(view.shape[:2], np.float32)
    inner = slice(y - top, y - top + tall), slice(max(x - left, 0), max(x - left + wide, 0))
    line = max(2, round(scene.unit * 0.005))
    mask[inner] = 1
    over(view, tone * 0.16, mask)
    mask[inner[0].start + line : inner[0].stop - line, inner[1].start + line : max(inner[1].stop - line, 0)] = 0
    for row in range(inner[0].start + line * 3, inner[0].stop - line * 3, line * 3):
        end = inner[1].start + line * 2 + round((wide - line * 4) * rng.uniform(0.4, 1))
        mask[row : row + line, inner[1].start + line * 2 : max(end, 0)] = 0.9
    glow(view, tone, np.clip(blur(mask, scene.unit * 0.016) * 1.5, 0, 1))
    over(view, mix(tone, (1, 1, 1), 0.6), blur(mask, scene.unit * 0.0012) * 0.95)


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
