"""A style is a pass over the whole picture, so that figures and background share one medium."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    from_image,
    glow,
    grid,
    luminance,
    mix,
    noise,
    resize,
    smoothstep,
    to_image,
)

Style = Callable[[Array, np.random.Generator], Array]


def illustration(canvas: Array, rng: np.random.Generator) -> Array:
    """Soft bloom, a little more contrast, a vignette and fine grain."""
    unit = min(canvas.shape[:2])
    canvas = np.clip(canvas, 0, 1)
    bright = luminance(canvas)
    glow(canvas, (1, 0.96, 0.9), blur(smoothstep(0.72, 1.0, bright), unit * 0.02) * 0.22)
    canvas = canvas + (canvas - 0.5) * (canvas * (1 - canvas)) * 0.5
    canvas *= 1 - 0.16 * _corners(canvas)[..., None]
    return np.asarray(canvas + rng.standard_normal((*canvas.shape[:2], 1)).astype(np.float32) * 0.008)


def watercolour(canvas: Array, rng: np.random.Generator) -> Array:
    """Washes that pool at their edges, pigment in the grain of the paper, an uneven white border."""
    height, width = canvas.shape[:2]
    unit = min(height, width)
    soft = _wobble(_kuwahara(np.clip(canvas, 0, 1), max(2, round(unit * 0.0042))), rng, unit)
    pale = 1 - (1 - soft) * 0.92
    grey = luminance(pale)[..., None]
    pale = grey + (pale - grey) * 1.18
    pooled = np.clip(luminance(_blurred(pale, unit * 0.006)) - luminance(pale), -0.2, 0.2)
    wash = resize(noise(rng, height // 4, width // 4, unit * 0.09, octaves=4, detail=0.6), height, width) - 0.5
    grain = _paper(rng, height, width, unit)
    density = 1 + pooled * 2.2 + wash * 0.75 + grain * (0.35 + 0.9 * (1 - luminance(pale)))
    paint = np.clip(pale, 0.02, 1) ** np.clip(density, 0.4, 2.2)[..., None]
    edge = _border(rng, height, width, unit)
    paper = colour("#fcf8f0") * (1 + grain * 0.12)[..., None]
    rim = np.exp(-(((edge - 0.2) / 0.22) ** 2)) * (edge > 0) * 0.22
    paint = paint * (1 - rim[..., None] * np.array([0.7, 0.8, 0.6], np.float32))
    return np.asarray(paper + (paper * paint - paper) * smoothstep(0.0, 0.3, edge)[..., None])


def oil(canvas: Array, rng: np.random.Generator) -> Array:
    """Flat dabs that follow the forms, with ridges of paint that catch the light."""
    height, width = canvas.shape[:2]
    unit = min(height, width)
    canvas = np.clip(canvas, 0, 1)
    jitter = (resize(noise(rng, height // 6, width // 6, unit * 0.006, octaves=1), height, width) - 0.5)[..., None]
    dabs = _kuwahara(canvas * (1 + jitter * 0.25), max(3, round(unit * 0.008)))
    swept = _swept(noise(rng, height, width, unit * 0.004 + 1.5, octaves=2), dabs, round(unit * 0.03))
    ridges = np.clip((swept - np.roll(swept, (1, 1), (0, 1))) * 10, -1, 1)
    grey = luminance(dabs)[..., None]
    rich = grey + (dabs - grey) * 1.22
    return np.asarray(rich * (1 + (swept - 0.5) * 0.22)[..., None] + ridges[..., None] * 0.04)


def ink(canvas: Array, rng: np.random.Generator) -> Array:
    """Black ink in five tones on warm paper, with empty edges and a red seal."""
    height, width = canvas.shape[:2]
    unit = min(height, width)
    soft = _wobble(_kuwahara(np.clip(canvas, 0, 1), max(2, round(unit * 0.005))), rng, unit)
    grey = luminance(soft)
    low, high = np.percentile(grey[::4, ::4], (2, 90))
    tone = np.clip((grey - low) / max(high - low, 0.05), 0, 1)
    tone = np.clip(0.45 * tone + 0.55 * (0.66 + (tone - blur(tone, unit * 0.16)) * 1.25), 0, 1)  # dark skies stay pale
    lines = smoothstep(0.05, 0.25, blur(tone, unit * 0.02) - tone)
    bled = resize(noise(rng, height // 2, width // 2, unit * 0.05, octaves=5, detail=0.6), height, width)
    depth = (1 - tone) ** 1.35 * 0.95 + lines * 0.42 + (bled - 0.5) * 0.3 * (1 - tone)
    edge = smoothstep(0.0, 1.5, _border(rng, height, width, unit))
    depth = np.clip(depth, 0, 0.95) * (0.15 + 0.85 * edge)
    grain = _paper(rng, height, width, unit)
    paper = colour("#f5eedf") * (1 + grain * 0.1)[..., None]
    hint = soft - grey[..., None]
    inked = paper + (colour("#1d1c22") - paper) * np.clip(depth * (1 + grain * 0.5), 0, 1)[..., None] + hint * 0.16
    return _sealed(np.asarray(inked), rng, unit)


def flat(canvas: Array, rng: np.random.Generator) -> Array:
    """Clean areas of few colours, as if cut from paper."""
    unit = min(canvas.shape[:2])
    smooth = _kuwahara(np.clip(canvas, 0, 1), max(2, round(unit * 0.006)))
    grey = luminance(smooth)[..., None]
    vivid = to_image(grey + (smooth - grey) * 1.25)
    palette = vivid.resize((192, 192), Image.Resampling.NEAREST).quantize(40, Image.Quantize.MEDIANCUT, kmeans=2)
    few = vivid.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")
    return from_image(few.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.SMOOTH))


def pixel(canvas: Array, rng: np.random.Generator) -> Array:
    """Large square pixels in thirty-two colours."""
    height, width = canvas.shape[:2]
    cell = max(3, round(min(height, width) / 120))
    small = to_image(canvas).resize((-(-width // cell), -(-height // cell)), Image.Resampling.BOX)
    small = small.filter(ImageFilter.UnsharpMask(1.2, 120, 0))
    few = small.quantize(32, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE).convert("RGB")
    return from_image(
        few.resize((few.width * cell, few.height * cell), Image.Resampling.NEAREST).crop((0, 0, width, height))
    )


STYLES: dict[str, Style] = {
    "illustration": illustration,
    "watercolour": watercolour,
    "oil": oil,
    "ink": ink,
    "flat": flat,
    "pixel": pixel,
}


def _corners(canvas: Array) -> Array:
    rows, columns = grid(*canvas.shape[:2])
    height, width = canvas.shape[:2]
    return smoothstep(0.35, 0.78, np.hypot(rows / height - 0.5, columns / width - 0.5))


def _blurred(canvas: Array, radius: float) -> Array:
    return from_image(to_image(canvas).filter(ImageFilter.GaussianBlur(radius)))


def _paper(rng: np.random.Generator, height: int, width: int, unit: int) -> Array:
    """The tooth of the paper, around 0."""
    fine = rng.standard_normal((height, width)).astype(np.float32) * 0.09
    tooth = noise(rng, height, width, max(2.5, unit * 0.0045), octaves=2) - 0.5
    return np.asarray(fine * 0.35 + tooth * 0.6, np.float32)


def _border(rng: np.random.Generator, height: int, width: int, unit: int) -> Array:
    """How far each pixel is inside an uneven painted area; 0 at its edge, about 1 well inside."""
    rows, columns = grid(height, width)
    inward = np.minimum(np.minimum(rows, height - 1 - rows), np.minimum(columns, width - 1 - columns)) / unit
    uneven = resize(noise(rng, height // 4, width // 4, unit * 0.04, octaves=4, detail=0.5), height, width) - 0.5
    return np.asarray((inward - 0.026 + uneven * 0.034) / 0.04, np.float32)


def _wobble(canvas: Array, rng: np.random.Generator, unit: int) -> Array:
    """Edges drawn by a hand, not by a ruler."""
    height, width = canvas.shape[:2]
    down, across = (
        (resize(noise(rng, height // 4, width // 4, unit * 0.009, octaves=2), height, width) - 0.5) * unit * 0.011
        for _ in range(2)
    )
    rows, columns = grid(height, width)
    moved = canvas[np.clip(rows + down, 0, height - 1).astype(int), np.clip(columns + across, 0, width - 1).astype(int)]
    return _blurred(moved, 0.9)


def _kuwahara(canvas: Array, radius: int) -> Array:
    """Each pixel takes the mean of the squares around it, the calmest first: flat areas with crisp edges."""
    mean = from_image(to_image(canvas).filter(ImageFilter.BoxBlur(radius / 2)))
    grey = luminance(canvas)
    squares = np.asarray(to_image(grey * grey).filter(ImageFilter.BoxBlur(radius / 2)), np.float32) / 255
    calm = 1 / (np.maximum(squares - luminance(mean) ** 2, 0) + 0.004) ** 3
    half = (radius + 1) // 2
    edges = [(half, half), (half, half)]
    means, calms = np.pad(mean, [*edges, (0, 0)], "edge"), np.pad(calm, edges, "edge")
    total, weight = np.zeros_like(canvas), np.zeros_like(grey)
    for down in (0, 2 * half):
        for across in (0, 2 * half):
            area = slice(down, down + grey.shape[0]), slice(across, across + grey.shape[1])
            total += means[area] * calms[area][..., None]
            weight += calms[area]
    return np.asarray(total / weight[..., None])


def _swept(field: Array, canvas: Array, length: int) -> Array:
    """Smear noise along the contours of the picture: the hairs of the brush."""
    unit = min(canvas.shape[:2])
    grey = blur(luminance(canvas), unit * 0.02)
    down, across = np.gradient(grey)
    size = np.hypot(down, across) + 1e-5
    calm = np.clip(size * unit * 0.7, 0, 1)
    step_x, step_y = -down / size * calm + (1 - calm), across / size * calm
    rows, columns = (np.broadcast_to(axis, grey.shape).copy() for axis in grid(*grey.shape))
    total = np.zeros_like(field)
    samples = 9
    for number in range(samples):
        reach = (number / (samples - 1) - 0.5) * length
        at_rows = np.clip(rows + step_y * reach, 0, grey.shape[0] - 1).astype(int)
        total += field[at_rows, np.clip(columns + step_x * reach, 0, grey.shape[1] - 1).astype(int)]
    return np.asarray(0.5 + (total / samples - 0.5) * 2, np.float32)


def _sealed(canvas: Array, rng: np.random.Generator, unit: int) -> Array:
    """A small red seal in the lower left corner."""
    size = max(8, round(unit * 0.042))
    top, left = canvas.shape[0] - round(unit * 0.06) - size, round(unit * 0.065)
    marks = np.kron(rng.random((4, 4)) < 0.45, np.ones((size // 4 + 1, size // 4 + 1)))[:size, :size]
    marks[[0, 1, -1, -2]] = 0
    marks[:, [0, 1, -1, -2]] = 0
    red = mix(colour("#b8322a"), canvas[top, left], 0.1)
    canvas[top : top + size, left : left + size] = np.where(
        marks[..., None] > 0, canvas[top : top + size, left : left + size], red
    )
    return canvas
