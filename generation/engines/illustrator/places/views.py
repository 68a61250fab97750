"""Places seen from a certain spot: down into a pond, from a summit, from a roof, at a window sill."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    eight_bits,
    from_image,
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
from generation.engines.illustrator.places.indoors import inside


def pond(canvas: Array, scene: Scene) -> None:
    """The surface of a pond from above: depth, the play of light on the bottom, mirrored sky."""
    rng = scene.rng("pond")
    deep, shallow = scene.lit("#12484e"), scene.lit("#4a9a90")
    depth = noise(rng, scene.height, scene.width, scene.unit * 0.4, octaves=3)
    rows, columns = grid(scene.height, scene.width)
    towards = 0.5 + 0.5 * scene.side * (columns / scene.width - 0.5) - 0.4 * (rows / scene.height - 0.4)
    canvas[:] = deep + (shallow - deep) * np.clip(depth * 0.7 + towards * 0.5 - 0.1, 0, 1)[..., None]
    first, second = (noise(rng, scene.height, scene.width, scene.unit * 0.07, octaves=2) for _ in range(2))
    net = np.exp(-np.abs(first - second) * 34)
    glow(canvas, scene.palette.sun, net * 0.16)
    sheen = smoothstep(0.56, 0.75, noise(rng, scene.height, scene.width, scene.unit * 0.2, octaves=3, stretch=5))
    over(canvas, scene.palette.sky[2], sheen * 0.22)


def lilies(canvas: Array, scene: Scene) -> None:
    """Lily pads and lotus flowers along the edges, their shadows on the water."""
    rng = scene.rng("lilies")
    pads = Image.new("RGBA", (scene.width * 2, scene.height * 2))
    draw = ImageDraw.Draw(pads)
    for number in range(26):
        angle = rng.uniform(0, 2 * np.pi)
        reach = rng.uniform(0.4, 0.66)
        x = (0.5 + np.cos(angle) * reach) * scene.width * 2
        y = (0.5 + np.sin(angle) * reach) * scene.height * 2
        size = scene.unit * 2 * rng.uniform(0.04, 0.09)
        green = scene.lit("#4f9a58") * rng.uniform(0.75, 1.15)
        _pad(draw, (x, y, size), green, rng.uniform(0, 360))
        if number % 4 == 0:
            _lotus(draw, (x + size * 0.2, y - size * 0.1, size * 0.8), scene.lit("#f4a6c0"))
    pads = pads.resize((scene.width, scene.height), Image.Resampling.BOX)
    paint, mask = from_image(pads.convert("RGB")), from_image(pads.getchannel("A"), "L")
    slip = max(1, round(scene.unit * 0.012))
    shadow = np.roll(mask, (slip, round(-scene.side) * slip), (0, 1))
    over(canvas, colour("#06262c"), blur(shadow, scene.unit * 0.01) * 0.5)
    over(canvas, np.where(mask[..., None] > 0, paint / np.maximum(mask[..., None], 1e-3), 0), mask)


def _pad(draw: ImageDraw.ImageDraw, at: tuple[float, float, float], tone: Array, turn: float) -> None:
    x, y, size = at
    box = (x - size, y - size * 0.8, x + size, y + size * 0.8)
    draw.pieslice(box, turn + 14, turn + 346, (*eight_bits(tone), 255))
    inner = (x - size * 0.93, y - size * 0.75, x + size * 0.88, y + size * 0.7)
    draw.pieslice(inner, turn + 14, turn + 346, (*eight_bits(lighter(tone, 0.14)), 255))
    for vein in range(9):
        angle = np.radians(turn + 30 + vein * 37)
        tip = x + np.cos(angle) * size * 0.86, y + np.sin(angle) * size * 0.68
        draw.line((x, y, *tip), (*eight_bits(tone * 0.86), 255), max(1, round(size * 0.03)))


def _lotus(draw: ImageDraw.ImageDraw, at: tuple[float, float, float], tone: Array) -> None:
    x, y, size = at
    for ring, count, pale in ((1.0, 10, 0.0), (0.7, 8, 0.3), (0.42, 6, 0.6)):
        for petal in range(count):
            angle = petal * 2 * np.pi / count + ring
            tip = np.array([np.cos(angle), np.sin(angle) * 0.8]) * size * ring
            side = np.array([-tip[1], tip[0]]) * 0.26
            points = [(x, y), *(tuple(np.array([x, y]) + part) for part in (tip * 0.6 + side, tip, tip * 0.6 - side))]
            draw.polygon(points, (*eight_bits(lighter(tone, pale)), 255), (*eight_bits(tone * 0.82), 255))
    draw.ellipse((x - size * 0.14, y - size * 0.12, x + size * 0.14, y + size * 0.12), (244, 200, 80, 255))


def roof(canvas: Array, scene: Scene) -> None:
    """The ridge and the tiles of a roof in front of the city."""
    rng = scene.rng("roof")
    edge = round((scene.horizon + 0.03) * scene.height)
    height, width = scene.height - edge, scene.width
    near = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    tone = scene.lit(str(rng.choice(["#a8563f", "#5a6478", "#7a5548"])))
    across = (np.arange(width, dtype=np.float32)[None] - width / 2) / scene.unit / (0.62 + 0.5 * near) * 19
    rows = (near**0.8) * height / scene.unit * 21
    tile = np.floor(across + 0.5 * (np.floor(rows) % 2)).astype(int)
    shades = rng.uniform(0.82, 1.12, (64, 64)).astype(np.float32)[np.floor(rows).astype(int) % 64, tile % 64]
    part, drop = across + 0.5 * (np.floor(rows) % 2) - tile, rows - np.floor(rows)
    round_ = 0.75 + 0.5 * np.sin(part * np.pi) * (0.6 + 0.4 * drop)
    lip = 1 - 0.5 * smoothstep(0.16, 0.0, drop)
    canvas[edge:] = tone * (shades * round_ * lip * (0.72 + 0.4 * near))[..., None]
    ridge = max(3, round(scene.unit * 0.022))
    caps = 0.8 + 0.35 * np.abs(np.sin(np.arange(width) / scene.unit * 42))
    band = np.sin(np.linspace(0.5, 2.8, ridge))[:, None] * caps[None]
    canvas[edge - ridge // 2 : edge - ridge // 2 + ridge] = tone * (band * 1.15)[..., None]
    light = np.hypot((np.arange(width)[None] / width - scene.sun[0]) * 1.6, near)
    glow(canvas[edge:], scene.palette.sun, np.exp(-light * 3) * 0.3)


def great_window(canvas: Array, scene: Scene) -> None:
    """A wide window with a wooden frame; the view behind it stays, the wall is laid round it."""
    light = inside(scene)
    rows, columns = grid(scene.height, scene.width)
    half, top, sill = 0.36 * scene.unit, 0.07 * scene.height, scene.horizon * scene.height
    outside = np.maximum(np.abs(columns - scene.width / 2) - half, np.maximum(top - rows, rows - sill)) / scene.unit
    rng = scene.rng("window wall")
    wall = colour(str(rng.choice(["#e9d6bd", "#cfdccb", "#e8c9b6", "#bfd3da"]))) * light
    frame = colour("#f8f2e8") * light
    grain = 0.92 + 0.16 * noise(rng, scene.height, scene.width, scene.unit * 0.2, octaves=4)
    over(canvas, wall * grain[..., None], smoothstep(0.018, 0.02, outside))
    over(canvas, frame, smoothstep(-0.004, -0.002, outside) * smoothstep(0.02, 0.018, outside))
    bars = np.minimum(np.abs(columns - scene.width / 2), np.abs(rows - (top + 0.34 * (sill - top)))) / scene.unit
    over(canvas, frame, smoothstep(0.008, 0.006, bars) * (outside < 0))
    for way in (-1, 1):
        cloth = np.abs(columns - scene.width / 2 - way * half * 1.06) / scene.unit
        folds = 0.9 + 0.16 * np.sin(columns / scene.unit * 90 + rows / scene.unit * 3)
        drape = smoothstep(0.105, 0.1, cloth + 0.03 * rows / scene.height) * (rows < sill + 0.03 * scene.unit)
        over(canvas, (colour("#d88a6a") * light) * folds[..., None], drape)


def sill(canvas: Array, scene: Scene) -> None:
    """The board under the window, with the light that falls on it, and the wall below."""
    light = inside(scene)
    edge, tall = round(scene.horizon * scene.height), round(0.17 * scene.height)
    wood = colour("#c8996a") * light
    board = canvas[edge : edge + tall]
    board[:] = ramp((wood * 0.85, wood * 1.1), len(board))[:, None]
    grain = noise(scene.rng("sill"), len(board), scene.width, scene.unit * 0.02, octaves=4, stretch=14)
    board *= (0.9 + 0.2 * grain)[..., None]
    rows, columns = grid(*board.shape[:2])
    beam = np.abs(columns / scene.width - 0.5 + scene.side * rows / len(board) * 0.1) * scene.width / scene.unit
    glow(board, scene.palette.sun, smoothstep(0.4, 0.3, beam) * (0.32 if scene.time != "night" else 0.1))
    below = canvas[edge + tall :]
    below[:] = mix(wood, (0, 0, 0), 0.45)
    front = round(0.03 * scene.height)
    below[:front] = wood * 0.8
    below[front:] *= np.linspace(0.7, 1.1, max(len(below) - front, 1), dtype=np.float32)[:, None, None]
