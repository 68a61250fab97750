"""Oil paint: strokes from broad to fine that follow the forms, with ridges that catch the light."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from generation.engines.illustrator.canvas import Array, blur, from_image, luminance, noise, resize, to_image

BRUSHES = (0.026, 0.0125, 0.006, 0.003)  # radii, by the unit
HAIRS = (7, 4, 2, 1)  # streaks of a stroke
FINE = 2  # of so few it is a straight line, or one with a knee
DETAIL = (0.0, 0.03, 0.034, 0.045)  # a finer brush works only where the picture still differs by so much
BENDS = 5  # points of a stroke
TRUE = 0.11  # a stroke ends where the picture is of another colour than its paint
SEEN = 3  # pixels: the radius at which a brush plans its strokes; a broad one looks at the picture from afar


def oil(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Paint the picture anew, brush by brush."""
    grey = luminance(canvas)[..., None]
    target = np.clip(grey + (canvas - grey) * 1.16, 0, 1)
    aim = to_image(target)
    turn = _flow(luminance(from_image(aim.reduce(2))), rng, unit / 2).repeat(2, 0).repeat(2, 1)
    painted = aim.reduce(4).filter(ImageFilter.GaussianBlur(unit * 0.03 / 4)).resize(aim.size)
    for brush, hairs, detail in zip(BRUSHES, HAIRS, DETAIL, strict=True):
        _layer(painted, aim, turn, max(brush * unit, 1.4), hairs, detail, rng)
    paint = from_image(painted.filter(ImageFilter.BoxBlur(0.6)))
    soft = from_image(aim.reduce(2).filter(ImageFilter.GaussianBlur(unit * 0.0015)).resize(aim.size))
    ridges = blur(np.clip(0.5 + luminance(paint - soft) * 1.5, 0, 1), max(0.7, unit * 0.0009))
    paint += (target - soft) * 0.4  # the last touches: eyes, lashes, glints
    slope = np.clip((ridges - np.roll(ridges, (1, 1), (0, 1))) * 1.6 * min(unit / 1024, 1.5), -0.12, 0.12)
    return np.asarray(paint * (1 + slope)[..., None] + np.maximum(slope, 0)[..., None] * 0.12)


def _flow(grey: Array, rng: np.random.Generator, unit: float) -> Array:
    """The direction of the brush at each pixel: along the contours, and in a slow swirl where there are none."""
    soft = blur(grey, unit * 0.005)
    down, across = np.gradient(soft)
    height, width = grey.shape
    swirl = resize(noise(rng, max(height // 16, 4), max(width // 16, 4), unit / 16 * 0.5, octaves=2), height, width)
    lean = (swirl - 0.5) * 5.0
    weight = np.hypot(down, across) ** 2
    even = 3e-6 * (1024 / unit) ** 2
    double_x = down**2 - across**2 + even * np.cos(2 * lean)
    double_y = -2 * across * down + even * np.sin(2 * lean)
    scale = float(np.percentile(weight, 99)) + even
    sharp = [blur(np.clip(field / scale * 0.5 + 0.5, 0, 1), unit * 0.006) - 0.5 for field in (double_x, double_y)]
    return np.asarray(0.5 * np.arctan2(sharp[1], sharp[0]), np.float32)


def _layer(
    painted: Image.Image,
    aim: Image.Image,
    turn: Array,
    brush: float,
    hairs: int,
    detail: float,
    rng: np.random.Generator,
) -> None:
    """Lay one layer of strokes over what is painted so far; they are planned on a picture that is `afar` as small."""
    afar = max(1, int(brush / SEEN))
    brush, turn = brush / afar, turn[::afar, ::afar]
    wanted = from_image(aim.reduce(afar).filter(ImageFilter.BoxBlur(brush * 0.3)))
    height, width = wanted.shape[:2]
    missing = blur(np.clip(_apart(wanted, from_image(painted.reduce(afar))), 0, 1), brush * 0.7)
    step = brush * 1.5
    rows, columns = (axis.ravel() for axis in np.mgrid[0:height:step, 0:width:step])
    rows = np.clip(rows + rng.normal(0, step * 0.4, rows.size), 0, height - 1)
    columns = np.clip(columns + rng.normal(0, step * 0.4, columns.size), 0, width - 1)
    keep = missing[rows.astype(int), columns.astype(int)] >= detail
    order = rng.permutation(int(keep.sum()))
    rows, columns = rows[keep][order], columns[keep][order]
    tones = wanted[rows.astype(int), columns.astype(int)]
    paths = _strokes(turn, wanted, tones, rows, columns, brush * rng.uniform(0.8, 1.6, len(rows)))
    if hairs <= FINE:
        paths = paths[:, ::2]  # too short for a bend to be seen
    tones = tones[:, None] * (1 + rng.normal(0, 0.02 + 0.008 * hairs, (len(rows), hairs, 1)))
    tones += rng.normal(0, 0.003 * hairs, tones.shape)
    lean = paths[:, -1] - paths[:, 0]
    aside = np.stack([-lean[:, 1], lean[:, 0]], -1) / np.maximum(np.hypot(*lean.T), 1e-3)[:, None]
    apart = (np.arange(hairs) - (hairs - 1) / 2) * brush * 1.7 / hairs
    lines = (paths[:, None] + apart[None, :, None, None] * aside[:, None, None]) * afar
    inks = (np.clip(tones, 0, 1) * 255).astype(int).reshape(-1, 3) @ (1, 1 << 8, 1 << 16)
    lay, wide = ImageDraw.Draw(painted).draw.draw_lines, max(2, round(brush * afar * 2.1 / hairs))
    for points, ink in zip(lines.reshape(len(inks), -1).tolist(), inks.tolist(), strict=True):
        lay(points, ink, wide)  # the core of ImageDraw.line, which would parse each of 80,000 colours


def _strokes(turn: Array, wanted: Array, tones: Array, rows: Array, columns: Array, reach: Array) -> Array:
    """The bent line of each stroke both ways from its start: stroke × point × (x, y)."""
    ways = [_way(turn, wanted, tones, rows, columns, sign * reach) for sign in (-1, 1)]
    return np.stack([*ways[0][:0:-1], *ways[1]], 1)


def _way(turn: Array, wanted: Array, tones: Array, rows: Array, columns: Array, reach: Array) -> list[Array]:
    """The points of a stroke one way from its start; it stays where the picture is of another colour ahead."""
    height, width = wanted.shape[:2]
    at = np.stack([columns, rows], -1)
    points, going = [at], np.ones(len(rows), bool)
    before = turn[rows.astype(int), columns.astype(int)]
    for _ in range(BENDS // 2):
        y, x = np.clip(at[:, 1], 0, height - 1).astype(int), np.clip(at[:, 0], 0, width - 1).astype(int)
        angle = turn[y, x]
        angle = np.where(np.cos(angle - before) < 0, angle + np.pi, angle)  # a line has no arrow: do not turn back
        ahead = at + np.stack([np.cos(angle), np.sin(angle)], -1) * reach[:, None]
        y, x = np.clip(ahead[:, 1], 0, height - 1).astype(int), np.clip(ahead[:, 0], 0, width - 1).astype(int)
        going &= _apart(wanted[y, x], tones) < TRUE
        at, before = np.where(going[:, None], ahead, at), angle
        points.append(at)
    return points


def _apart(one: Array, other: Array) -> Array:
    """The difference of the channel that differs most; channel by channel, as numpy is slow along a short last axis."""
    red, green, blue = np.moveaxis(np.abs(one - other), -1, 0)
    widest: Array = np.maximum(np.maximum(red, green), blue)
    return widest
