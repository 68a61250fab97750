"""Oil paint: strokes from broad to fine that follow the forms, with ridges that catch the light."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import Array, blur, from_image, grid, luminance, noise, resize, to_image
from generation.engines.illustrator.styles.surface import blurred

BRUSHES = (0.024, 0.011, 0.005, 0.0026)  # radii, by the short side
DETAIL = (0.0, 0.026, 0.036, 0.075)  # a finer brush works only where the picture still differs by so much
BENDS = 4  # points of a stroke


def oil(canvas: Array, rng: np.random.Generator) -> Array:
    """Paint the picture anew, brush by brush."""
    height, width = canvas.shape[:2]
    unit = min(height, width)
    grey = luminance(canvas)[..., None]
    target = np.clip(grey + (canvas - grey) * 1.22, 0, 1)
    turn = _flow(luminance(target), rng, unit)
    painted = to_image(blurred(target, unit * 0.03))
    relief = Image.new("L", (width, height), 128)
    for brush, detail in zip(BRUSHES, DETAIL, strict=True):
        _layer(painted, relief, target, turn, max(brush * unit, 1.6), detail, rng)
    paint, ridges = from_image(painted), np.asarray(relief, np.float32) / 255
    bristle = noise(rng, height, width, max(unit * 0.0026, 1.5), octaves=2) - 0.5
    surface = blur(ridges, max(0.7, unit * 0.0009)) * 0.55 + _along(bristle, turn, round(unit * 0.012)) * 0.4
    slope = np.clip((surface - np.roll(surface, (1, 1), (0, 1))) * 2.0 * min(unit / 1024, 1.5), -0.14, 0.14)
    return np.asarray(paint * (1 + slope * 0.9)[..., None] + np.maximum(slope, 0)[..., None] * 0.12)


def _flow(grey: Array, rng: np.random.Generator, unit: int) -> Array:
    """The direction of the brush at each pixel: along the contours, and in a slow swirl where there are none."""
    soft = blur(grey, unit * 0.006)
    down, across = np.gradient(soft)
    height, width = grey.shape
    swirl = resize(noise(rng, max(height // 16, 4), max(width // 16, 4), unit / 16 * 0.5, octaves=2), height, width)
    lean = (swirl - 0.5) * 5.0
    weight = np.hypot(down, across) ** 2
    even = 3e-6 * (1024 / unit) ** 2
    double_x = down**2 - across**2 + even * np.cos(2 * lean)
    double_y = -2 * across * down + even * np.sin(2 * lean)
    scale = float(np.percentile(weight, 99)) + even
    sharp = [blur(np.clip(field / scale * 0.5 + 0.5, 0, 1), unit * 0.008) - 0.5 for field in (double_x, double_y)]
    return np.asarray(0.5 * np.arctan2(sharp[1], sharp[0]), np.float32)


def _layer(
    painted: Image.Image,
    relief: Image.Image,
    target: Array,
    turn: Array,
    brush: float,
    detail: float,
    rng: np.random.Generator,
) -> None:
    """Lay one layer of strokes over what is painted so far."""
    height, width = turn.shape
    wanted = blurred(target, brush * 0.45)
    missing = blur(np.clip(np.abs(wanted - from_image(painted)).max(-1), 0, 1), brush)
    step = brush * 1.05
    rows, columns = (axis.ravel() for axis in np.mgrid[0:height:step, 0:width:step])
    rows = np.clip(rows + rng.normal(0, step * 0.4, rows.size), 0, height - 1)
    columns = np.clip(columns + rng.normal(0, step * 0.4, columns.size), 0, width - 1)
    keep = missing[rows.astype(int), columns.astype(int)] >= detail
    order = rng.permutation(int(keep.sum()))
    rows, columns = rows[keep][order], columns[keep][order]
    tones = wanted[rows.astype(int), columns.astype(int)]
    tones = tones * (1 + rng.normal(0, 0.035, (len(rows), 1))) + rng.normal(0, 0.012, tones.shape)
    colours = (np.clip(tones, 0, 1) * 255).astype(np.uint8).tolist()
    heights = rng.integers(60, 200, len(rows)).tolist()
    paths = _strokes(turn, rows, columns, brush * rng.uniform(0.7, 1.5, len(rows)))
    draw, raise_ = ImageDraw.Draw(painted), ImageDraw.Draw(relief)
    wide = max(2, round(brush * 1.5))
    for points, tone, high in zip(paths, colours, heights, strict=True):
        draw.line(points, fill=tuple(tone), width=wide, joint="curve")
        raise_.line(points, fill=high, width=wide)


def _strokes(turn: Array, rows: Array, columns: Array, reach: Array) -> list[list[float]]:
    """The bent line of each stroke, as x, y, x, y …"""
    height, width = turn.shape
    x, y = columns.copy(), rows.copy()
    points = [x.copy(), y.copy()]
    before = turn[y.astype(int), x.astype(int)]
    for _ in range(BENDS - 1):
        angle = turn[np.clip(y, 0, height - 1).astype(int), np.clip(x, 0, width - 1).astype(int)]
        angle = np.where(np.cos(angle - before) < 0, angle + np.pi, angle)  # a line has no arrow: do not turn back
        x, y, before = x + np.cos(angle) * reach, y + np.sin(angle) * reach, angle
        points += [x.copy(), y.copy()]
    return np.asarray(np.stack(points, -1)).tolist()  # type: ignore[no-any-return]  # floats, as PIL takes them


def _along(field: Array, turn: Array, length: int) -> Array:
    """Smear noise along the strokes: the hairs of the brush."""
    rows, columns = grid(*field.shape)
    down, across = np.sin(turn), np.cos(turn)
    total = np.zeros_like(field)
    for reach in np.linspace(-0.5, 0.5, 7) * length:
        at = np.clip(rows + down * reach, 0, field.shape[0] - 1).astype(int)
        total += field[at, np.clip(columns + across * reach, 0, field.shape[1] - 1).astype(int)]
    return np.asarray(total / 7 * 2.4, np.float32)
