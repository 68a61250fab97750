"""Stages for things: shelves of books, a podium, a slab of marble; and pictures of no place at all."""

import numpy as np
from PIL import Image, ImageDraw

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
    ramp,
    smooth_line,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.indoors import inside

SPINES = ("#8a3a34", "#34567a", "#4f6f4a", "#a87a3c", "#5a3f5e", "#7a5a44", "#2f5a5c", "#c0a070", "#9c4f3c", "#d8ccb0")
RIBBONS = (
    ("#16324f", "#2f7f9c", "#8fd0c0", "#f2e3b4", "#f09a6a"),
    ("#2a1a4a", "#6a3f9a", "#d0609a", "#f6a878", "#fde0a8"),
    ("#12302c", "#2f7a5c", "#8fc07a", "#e8e0a0", "#f6f0dc"),
    ("#101c44", "#2a4fa8", "#6a9ae8", "#e8c45a", "#f8f0d8"),
    ("#4a1a24", "#a83a3c", "#e8804a", "#f6c87a", "#fdf0d4"),
)
WORDED = {"blue": 3, "yellow": 3, "purple": 1, "green": 2, "red": 4, "pink": 1, "orange": 4, "teal": 0}


def shelves(canvas: Array, scene: Scene) -> None:
    """A wall of books, lit by a lamp on one side."""
    rng = scene.rng("shelves")
    light = inside(scene)
    edge = round(scene.horizon * scene.height)
    wood = colour(str(rng.choice(["#6a4630", "#7a5236", "#54382a"]))) * light
    canvas[:edge] = wood * 0.42
    level = round(scene.unit * rng.uniform(0.12, 0.15))
    board, case = max(3, round(scene.unit * 0.014)), round(scene.unit * 0.44)
    for top in range(edge - level, -level, -level):
        x = -round(rng.uniform(0, 0.05) * scene.unit)
        while x < scene.width:
            wide = max(3, round(scene.unit * rng.uniform(0.012, 0.034)))
            tall = round((level - board) * rng.uniform(0.68, 0.94))
            if rng.random() < 0.93:
                _spine(
                    canvas, (x, top + level - board - tall, wide, tall), colour(str(rng.choice(SPINES))) * light, rng
                )
            x += wide
        canvas[max(top + level - board, 0) : top + level] = wood * 1.1
        shadow = slice(max(top + level, 0), max(top + level + level // 3, 0))
        canvas[shadow] *= np.linspace(0.6, 1, max(shadow.stop - shadow.start, 1), dtype=np.float32)[
            : canvas[shadow].shape[0], None, None
        ]
    for x in range(round(case * 0.5) - case, scene.width, case):
        post = slice(max(x, 0), max(x + board * 2, 0))
        canvas[:edge, post] = (
            wood * np.linspace(1.25, 0.85, board * 2, dtype=np.float32)[None, : canvas[:1, post].shape[1], None]
        )
    rows, columns = grid(*canvas.shape[:2])
    lamp = np.hypot(
        (columns / scene.width - 0.5 - scene.side * 0.3) * scene.width / scene.unit,
        (rows / scene.height - 0.3) * scene.height / scene.unit,
    )
    canvas[:] *= (0.5 + 0.7 * np.exp(-lamp * 1.7))[..., None]
    glow(canvas, (1.0, 0.72, 0.4), np.exp(-lamp * 3.6) * 0.42)
    _soft(canvas, scene.unit * 0.0022)


def _spine(canvas: Array, box: tuple[int, int, int, int], tone: Array, rng: np.random.Generator) -> None:
    x, y, wide, tall = box
    area = canvas[max(y, 0) : max(y + tall, 0), max(x, 0) : max(x + wide, 0)]
    if not area.size:
        return
    area[:] = tone * np.linspace(1.15, 0.7, area.shape[1], dtype=np.float32)[None, :, None]
    if rng.random() < 0.6:
        for at in (0.14, 0.8):
            row = round(tall * at)
            area[row : row + max(1, tall // 30)] = mix(tone, colour("#e8c87a"), 0.65)


def _soft(canvas: Array, radius: float) -> None:
    for channel in range(3):
        canvas[..., channel] = blur(canvas[..., channel], radius)


def podium(canvas: Array, scene: Scene) -> None:
    """A round podium of two steps in front of the backdrop."""
    tone = canvas[round(scene.height * 0.6), scene.width // 2].copy()
    for half, top, tall in ((0.42, 0.86, 0.075), (0.32, 0.79, 0.075)):
        _drum(canvas, scene, half, top, tall, mix(tone, (1, 1, 1), 0.3))


def _drum(canvas: Array, scene: Scene, half: float, top: float, tall: float, tone: Array) -> None:
    unit, width, height = scene.unit, scene.width, scene.height
    rows, columns = grid(height, width)
    across, flat = (columns - width / 2) / (half * unit), 0.17 * half * unit
    curve = np.sqrt(np.clip(1 - across**2, 0, 1)) * flat
    rim = top * height
    pixel = smoothstep(1.002, 0.998, np.abs(across))
    wall = smoothstep(-1, 1, rows - rim) * smoothstep(1, -1, rows - rim - tall * unit - curve) * pixel
    shadow = np.hypot(across / 1.12 + scene.side * 0.08, (rows - rim - tall * unit) / (flat * 1.5))
    over(canvas, tone * 0.35, smoothstep(1.25, 0.7, shadow) * 0.4)
    side = np.clip(0.74 + 0.3 * across * scene.side - 0.2 * across**2, 0.4, 1.1)
    over(canvas, tone * np.broadcast_to(side, wall.shape)[..., None], wall)
    disc = np.hypot(across, (rows - rim) / flat)
    over(
        canvas,
        lighter(tone, 0.35)
        * (1 - 0.1 * np.clip(-across * scene.side, 0, 1))[..., None]
        * np.ones((height, 1, 1), np.float32),
        smoothstep(1.01, 0.99, disc),
    )
    over(canvas, (1, 1, 1), np.exp(-(((disc - 0.985) / 0.012) ** 2)) * 0.55)


def theatre(canvas: Array, scene: Scene) -> None:
    """A stage between red curtains, boards that shine, the cone of a spotlight."""
    rows, columns = grid(scene.height, scene.width)
    across, down = columns / scene.width, rows / scene.height
    haze = np.exp(-(((across - 0.5) / 0.3) ** 2) - ((down - 0.45) / 0.4) ** 2)
    canvas[:] = colour("#2a1830") * (0.5 + 0.9 * haze)[..., None]
    edge = round(scene.horizon * scene.height)
    near = np.linspace(0, 1, scene.height - edge, dtype=np.float32)[:, None]
    board = (across - 0.5) * scene.width / scene.unit / (near + 0.5) * 9
    seam = smoothstep(0.02, 0.1, 0.5 - np.abs(board - np.floor(board) - 0.5))
    canvas[edge:] = colour("#8a5638") * ((0.5 + 0.5 * near) * (0.75 + 0.25 * seam))[..., None]
    beam = np.abs(across - 0.5 - scene.side * 0.16 * (1 - down / 0.86)) * scene.width / scene.unit
    cone = smoothstep(1.0, 0.75, beam / (0.07 + 0.3 * down)) * (rows < 0.93 * scene.height)
    glow(canvas, (1, 0.93, 0.78), cone * (0.2 + 0.12 * down))
    pool = np.hypot((across - 0.5) * scene.width / scene.unit / 0.4, (down - 0.88) * scene.height / scene.unit / 0.09)
    glow(canvas, (1, 0.9, 0.7), smoothstep(1.05, 0.7, pool) * (rows > edge) * 0.45)
    for inward in (across, 1 - across):
        hem = 0.2 - 0.07 * np.sin(down * np.pi * 0.8) + 0.004 * np.sin(down * 60)
        folds = 0.62 + 0.38 * np.sin(inward * 120 + down * 3) * np.clip(inward * 9, 0.3, 1)
        over(canvas, colour("#a8242c") * folds[..., None], smoothstep(0.003, -0.003, inward - hem))
    swag = down - 0.1 - 0.05 * np.abs(np.sin(across * np.pi * 4))
    fold = 0.7 + 0.3 * np.sin(down * 110 + across * 30)
    over(canvas, colour("#8c1c26") * fold[..., None], smoothstep(0.004, -0.004, swag))
    over(canvas, colour("#e8b44a"), smoothstep(0.012, 0.006, np.abs(swag)))


def marble(canvas: Array, scene: Scene) -> None:
    """A polished slab of marble that mirrors what is behind it."""
    rng = scene.rng("marble")
    edge = round((scene.horizon + 0.02) * scene.height)
    height, width = scene.height - edge, scene.width
    near = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    veins = noise(rng, height, width, scene.unit * 0.2, octaves=6, stretch=3, detail=0.6)
    fine = noise(rng, height, width, scene.unit * 0.11, octaves=6, stretch=3, detail=0.62)
    line = np.exp(-np.abs(veins - 0.5) * 46) * 0.6 + np.exp(-np.abs(fine - 0.52) * 70) * 0.3
    stone = colour("#f3f0ec") * (0.9 + 0.14 * noise(rng, height, width, scene.unit * 0.25, octaves=3))[..., None]
    paint = stone + (colour("#8e8a90") - stone) * np.clip(line, 0, 0.75)[..., None]
    mirrored = canvas[np.clip(edge - 1 - near * edge * 0.7, 0, edge - 1).astype(int), np.arange(width)[None]]
    canvas[edge:] = (paint + (mirrored - paint) * (0.34 - 0.2 * near)[..., None]) * (0.86 + 0.16 * near)[..., None]
    canvas[edge : edge + max(2, round(0.004 * scene.unit))] = 1.0
    _leaves(canvas, scene, edge)


def _leaves(canvas: Array, scene: Scene, edge: int) -> None:
    """The shadow of leaves on the wall, as from a window."""
    rng = scene.rng("leaves")
    image = Image.new("L", (scene.width, edge))
    draw = ImageDraw.Draw(image)
    for _ in range(5):
        x, y, turn = rng.uniform(0, 1) * scene.width, rng.uniform(-0.1, 0.4) * edge, rng.uniform(0.4, 1.2)
        for number in range(14):
            t, way = number / 14, 1 if number % 2 else -1
            px, py = x - scene.side * t * 0.3 * scene.unit, y + t * turn * 0.3 * scene.unit
            tip = px + way * 0.05 * scene.unit, py + 0.07 * scene.unit
            draw.line((px, py, *tip), fill=255, width=max(2, round(scene.unit * 0.014)))
    over(canvas[:edge], colour("#4a4450"), blur(np.asarray(image, np.float32) / 255, scene.unit * 0.012) * 0.16)


def ribbons(canvas: Array, scene: Scene) -> None:
    """An abstract picture: bands of colour that flow over each other, each with its own light and shadow."""
    rng = scene.rng("ribbons")
    kinds = [WORDED[tint] for tint in scene.tints if tint in WORDED] or [int(rng.integers(len(RIBBONS)))]
    tones = [colour(tone) for tone in RIBBONS[kinds[0]]]
    kind = int(rng.integers(3))
    canvas[:] = ramp((tones[0], mix(tones[0], tones[1], 0.7), tones[1]), scene.height)[:, None]
    rows, columns = grid(*canvas.shape[:2])
    x, y = scene.sun[0] * scene.width, rng.uniform(0.24, 0.4) * scene.height
    far = np.hypot(columns - x, rows - y) / scene.unit
    glow(canvas, tones[3], np.exp(-far * 4) * 0.7)
    over(canvas, lighter(tones[4], 0.2), smoothstep(0.132, 0.128, far))
    if kind == 1:
        _circles(canvas, scene, tones, rng)
    for number in range(9):
        _ribbon(canvas, scene, tones, number, rng)
    if kind == 2:
        _circles(canvas, scene, tones, rng)


def _ribbon(canvas: Array, scene: Scene, tones: list[Array], number: int, rng: np.random.Generator) -> None:
    near = number / 8
    rows, _ = grid(*canvas.shape[:2])
    swell = smooth_line(rng, scene.width, scene.unit * rng.uniform(0.35, 0.7)) * scene.unit * (0.07 + 0.07 * near)
    tilt = np.linspace(-1, 1, scene.width, dtype=np.float32) * scene.unit * rng.uniform(-0.1, 0.1)
    top = (0.42 + 0.56 * near) * scene.height + swell + tilt
    below = (rows - top[None]) / scene.unit
    over(canvas, tones[0] * 0.4, np.where(below < 0, np.exp(below * 26), 0) * 0.42)  # its shadow on the one behind
    at = (number * 0.9 + rng.uniform(0, 1)) % 4
    first, second = tones[int(at)], tones[int(at) + 1]
    tone = mix(first, second, at % 1)
    depth = np.clip(below / 0.22, 0, 1)[..., None]
    paint = lighter(tone, 0.22) + (tone * 0.72 - lighter(tone, 0.22)) * depth
    over(canvas, paint, smoothstep(-0.5 / scene.unit, 0.5 / scene.unit, below))
    over(canvas, lighter(tone, 0.65), np.exp(-((below - 0.003) ** 2) / 0.000012) * 0.7)


def _circles(canvas: Array, scene: Scene, tones: list[Array], rng: np.random.Generator) -> None:
    rows, columns = grid(*canvas.shape[:2])
    for _ in range(14):
        x, y, size = rng.uniform(0, 1) * scene.width, rng.uniform(0, 0.9) * scene.height, rng.uniform(0.015, 0.07)
        far = np.hypot(columns - x, rows - y) / scene.unit / size
        tone = tones[rng.integers(2, 5)]
        over(
            canvas,
            tones[0] * 0.3,
            smoothstep(
                1.5,
                0.8,
                np.hypot(columns - x + size * 0.3 * scene.unit, rows - y - size * 0.4 * scene.unit) / scene.unit / size,
            )
            * 0.3,
        )
        shine = np.clip(1.15 - 0.5 * np.hypot(far * 0.8, 0), 0.6, 1.2)
        over(canvas, tone * shine[..., None], smoothstep(1.0 + 0.02 / size / 10, 0.98, far))
