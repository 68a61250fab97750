"""What paint lies on and how it lies: paper, flat areas, contours, the hand that shakes."""

import numpy as np
from PIL import ImageFilter

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    from_image,
    grid,
    luminance,
    noise,
    resize,
    smoothstep,
    to_image,
)


def corners(canvas: Array) -> Array:
    """0 in the middle, 1 in the corners."""
    rows, columns = grid(*canvas.shape[:2])
    height, width = canvas.shape[:2]
    return smoothstep(0.35, 0.78, np.hypot(rows / height - 0.5, columns / width - 0.5))


def blurred(canvas: Array, radius: float) -> Array:
    """The whole picture out of focus."""
    return from_image(to_image(canvas).filter(ImageFilter.GaussianBlur(radius)))


def paper(rng: np.random.Generator, height: int, width: int, unit: float) -> Array:
    """The tooth of the paper, around 0."""
    fine = rng.standard_normal((height, width)).astype(np.float32) * 0.09
    tooth = noise(rng, height, width, max(2.5, unit * 0.0045), octaves=2) - 0.5
    return np.asarray(fine * 0.35 + tooth * 0.6, np.float32)


def inward(height: int, width: int) -> Array:
    """How far each pixel is from the nearest edge, by the short side."""
    rows, columns = grid(height, width)
    near = np.minimum(np.minimum(rows, height - 1 - rows), np.minimum(columns, width - 1 - columns))
    return np.asarray(near / min(height, width), np.float32)


def border(rng: np.random.Generator, height: int, width: int, unit: float) -> Array:
    """How far each pixel is inside an uneven painted area; 0 at its edge, about 1 well inside."""
    uneven = resize(noise(rng, height // 4, width // 4, unit * 0.04, octaves=4, detail=0.5), height, width) - 0.5
    return np.asarray((inward(height, width) - 0.026 + uneven * 0.034) / 0.04, np.float32)


def wobble(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Edges drawn by a hand, not by a ruler."""
    height, width = canvas.shape[:2]
    down, across = (
        (resize(noise(rng, height // 4, width // 4, unit * 0.009, octaves=2), height, width) - 0.5) * unit * 0.011
        for _ in range(2)
    )
    rows, columns = grid(height, width)
    moved = canvas[np.clip(rows + down, 0, height - 1).astype(int), np.clip(columns + across, 0, width - 1).astype(int)]
    return blurred(moved, 0.9)


def kuwahara(canvas: Array, radius: int) -> Array:
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


def contours(canvas: Array, reach: float) -> Array:
    """How much darker than its surroundings each pixel is, in light or in colour: where a pen would draw."""
    lines = np.zeros(canvas.shape[:2], np.float32)
    grey = luminance(canvas)
    for field in (grey, *(np.clip(0.5 + canvas[..., n] - grey, 0, 1) for n in (0, 2))):
        fine, coarse = blur(field, reach), blur(field, reach * 1.8)
        lines = np.maximum(lines, coarse - fine)
    return lines
