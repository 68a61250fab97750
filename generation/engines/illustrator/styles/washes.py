"""Water and pigment on paper: watercolour and ink wash."""

import numpy as np

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    from_image,
    luminance,
    mix,
    noise,
    resize,
    smoothstep,
    to_image,
)
from generation.engines.illustrator.styles.surface import border, contours, kuwahara, paper, wobble

WASHES = 7  # tones that lie one upon the other
PIGMENT = colour("#241c30")  # no watercolour is black


def watercolour(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Washes of few tones that pool at their edges, a pencil below them, paper that shines through and around."""
    height, width = canvas.shape[:2]
    canvas = np.clip(canvas, 0, 1)
    fine = kuwahara(canvas, max(2, round(unit * 0.004)))
    broad = kuwahara(fine, max(3, round(unit * 0.009)))
    half = contours(from_image(to_image(fine).reduce(2)), unit * 0.00125)
    busy = smoothstep(0.002, 0.014, resize(blur(half, unit * 0.0025), height, width))[..., None]
    soft = wobble(broad + (fine - broad) * busy, rng, unit)
    wash = resize(noise(rng, height // 4, width // 4, unit * 0.09, octaves=4, detail=0.6), height, width) - 0.5
    grey = luminance(soft)
    steps = np.clip(grey + wash * 0.1, 0, 1) * WASHES
    level = (np.floor(steps) + smoothstep(0.3, 0.7, steps - np.floor(steps))) / WASHES - wash * 0.1
    soft = soft * (1 + (level / np.maximum(grey, 0.05) - 1) * 0.7 * (1 - 0.6 * busy[..., 0]))[..., None]
    pale = PIGMENT + (1 - PIGMENT) * np.clip(soft, 0, 1) ** 0.86
    grey = luminance(pale)[..., None]
    pale = grey + (pale - grey) * 1.3
    pooled = np.clip(blur(grey[..., 0], unit * 0.006) - grey[..., 0], -0.2, 0.2)
    grain = paper(rng, height, width, unit)
    density = 1 + pooled * 2.6 + wash * (0.25 + 0.6 * grey[..., 0]) + grain * 0.5
    paint = np.clip(pale, 0.02, 1) ** np.clip(density, 0.4, 2.2)[..., None]
    pencil = smoothstep(0.008, 0.05, contours(fine, unit * 0.0016)) * 0.34 * (0.8 + grain)
    paint = paint + (colour("#4a4048") - paint) * np.clip(pencil, 0, 1)[..., None]
    edge = border(rng, height, width, unit)
    sheet = colour("#fcf8f0") * (1 + grain * 0.12)[..., None]
    rim = np.exp(-(((edge - 0.2) / 0.22) ** 2)) * (edge > 0) * 0.22
    paint = paint * (1 - rim[..., None] * np.array([0.7, 0.8, 0.6], np.float32))
    return np.asarray(sheet + (sheet * paint - sheet) * smoothstep(0.0, 0.3, edge)[..., None])


def ink(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Ink on warm paper: pale washes, brush lines, a breath of colour where it was strong, a red seal."""
    height, width = canvas.shape[:2]
    soft = wobble(kuwahara(np.clip(canvas, 0, 1), max(2, round(unit * 0.004))), rng, unit)
    grey = luminance(soft)
    around = blur(grey, unit * 0.14)
    tone = np.clip(0.64 + (grey - around) * 1.15 + (around - 0.5) * 0.3, 0, 1)  # dark skies stay pale
    bled = resize(noise(rng, height // 2, width // 2, unit * 0.07, octaves=5, detail=0.6), height, width) - 0.5
    wash = smoothstep(0.86, 0.14, tone + bled * 0.22) ** 1.25 * 0.86
    pooled = np.clip(wash - blur(wash, unit * 0.01), -0.5, 1) * 0.5
    dry = 0.6 + 0.8 * (noise(rng, height, width, unit * 0.006, octaves=2) - 0.2)
    lines = smoothstep(0.012, 0.075, contours(soft, unit * 0.0024)) * 0.62 * dry
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    drift = resize(noise(rng, height // 6, width // 6, unit * 0.05, octaves=3, stretch=6), height, width)
    mist = smoothstep(0.5, 0.72, drift) * np.exp(-(((rows - 0.55) / 0.22) ** 2)) * 0.75
    edge = smoothstep(0.0, 1.8, border(rng, height, width, unit))
    depth = np.clip(np.maximum(wash + pooled, lines), 0, 0.93) * (1 - mist) * (0.08 + 0.92 * edge)
    grain = paper(rng, height, width, unit)
    sheet = colour("#f6efe0") * (1 + grain * 0.1)[..., None]
    chroma = soft - grey[..., None]
    strong = smoothstep(0.16, 0.42, np.abs(chroma).max(-1)) * (1 - mist) * edge
    painted = sheet + (colour("#201f26") - sheet) * np.clip(depth * (1 + grain * 0.55), 0, 1)[..., None]
    return sealed(np.asarray(painted + chroma * (0.1 + 0.55 * strong)[..., None]), rng, unit)


def sealed(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """A small red seal in the lower left corner."""
    size = max(8, round(unit * 0.042))
    top, left = canvas.shape[0] - round(unit * 0.06) - size, round(unit * 0.065)
    marks = np.kron(rng.random((4, 4)) < 0.45, np.ones((size // 4 + 1, size // 4 + 1)))[:size, :size]
    marks[[0, 1, -1, -2]] = 0
    marks[:, [0, 1, -1, -2]] = 0
    red = mix(colour("#b8322a"), canvas[top, left], 0.1)
    area = canvas[top : top + size, left : left + size]
    canvas[top : top + size, left : left + size] = np.where(marks[..., None] > 0, area, red)
    return canvas
