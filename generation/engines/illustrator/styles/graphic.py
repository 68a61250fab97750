"""Shapes and lines: illustration, flat poster, paper cut, line drawing, neon, pixel art."""

import numpy as np
from PIL import Image, ImageFilter

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    from_image,
    glow,
    luminance,
    noise,
    resize,
    shift,
    smoothstep,
    to_image,
)
from generation.engines.illustrator.styles.surface import contours, corners, kuwahara, paper, wobble


def illustration(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Soft bloom, a little more contrast, a vignette and fine grain."""
    canvas = np.clip(canvas, 0, 1)
    bright = luminance(canvas)
    glow(canvas, (1, 0.96, 0.9), blur(smoothstep(0.72, 1.0, bright), unit * 0.02) * 0.22)
    vignette = 1 - 0.16 * corners(canvas)
    grain = rng.standard_normal(canvas.shape[:2], np.float32) * np.float32(0.008)
    for channel in np.moveaxis(canvas, -1, 0):
        channel[:] = (channel + (channel - 0.5) * channel * (1 - channel) * 0.5) * vignette + grain
    return canvas


def outlined(photo: Array, unit: float) -> Array:
    """A photo as an illustrator would draw it: calm areas in lively colours, dark lines round the forms."""
    fine = kuwahara(np.clip(photo, 0, 1), max(2, round(unit * 0.004)))
    soft = kuwahara(fine, max(2, round(unit * 0.006)))
    grey = luminance(soft)[..., None]
    vivid = np.clip(grey + (soft - grey) * 1.3, 0, 1) ** 0.9
    lines = smoothstep(0.008, 0.06, contours(fine, unit * 0.0018))[..., None]
    return np.asarray(vivid + (vivid * 0.25 - vivid) * lines * 0.7)


def flat(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Clean areas of few colours, as if cut from paper."""
    smooth = kuwahara(np.clip(canvas, 0, 1), max(2, round(unit * 0.006)))
    grey = luminance(smooth)[..., None]
    vivid = to_image(grey + (smooth - grey) * 1.25)
    palette = vivid.resize((192, 192), Image.Resampling.NEAREST).quantize(40, Image.Quantize.MEDIANCUT, kmeans=2)
    few = vivid.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")
    return from_image(few.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.SMOOTH))


def pixel(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Large square pixels in thirty-two colours."""
    height, width = canvas.shape[:2]
    cell = max(3, round(unit / 120))
    small = to_image(canvas).resize((-(-width // cell), -(-height // cell)), Image.Resampling.BOX)
    small = small.filter(ImageFilter.UnsharpMask(1.2, 120, 0))
    few = small.quantize(32, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE).convert("RGB")
    return from_image(
        few.resize((few.width * cell, few.height * cell), Image.Resampling.NEAREST).crop((0, 0, width, height))
    )


def line(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """A drawing in pen: contours, and hatching where it is dark."""
    height, width = canvas.shape[:2]
    soft = wobble(kuwahara(np.clip(canvas, 0, 1), max(2, round(unit * 0.003))), rng, unit * 0.5)
    grey = luminance(soft)
    pen = smoothstep(0.0045, 0.02, contours(soft, unit * 0.0018))
    pen *= 0.75 + 0.5 * (resize(noise(rng, height // 4, width // 4, unit * 0.05, octaves=2), height, width) - 0.3)
    rows, columns = np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None]
    shake = (resize(noise(rng, height // 8, width // 8, unit * 0.1, octaves=2), height, width) - 0.5) * unit * 0.05
    hatch = np.zeros_like(grey)
    tone = np.clip(0.6 + (grey - blur(grey, unit * 0.12)) * 0.9 + (grey - 0.5) * 0.35, 0, 1)
    for slope, below in ((1.0, 0.5), (-0.6, 0.36), (0.2, 0.24)):
        wave = np.sin((rows + columns * slope + shake) / unit * 520)
        hatch = np.maximum(hatch, smoothstep(0.2, 0.75, wave) * smoothstep(below, below - 0.12, tone) * 0.6)
    sheet = colour("#fbf8f1") * (1 + paper(rng, height, width, unit) * 0.06)[..., None]
    return np.asarray(sheet + (colour("#26262e") - sheet) * np.clip(np.maximum(pen, hatch), 0, 0.95)[..., None])


def neon(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Glowing tubes along the contours, in the colours of the picture, on a dark wall."""
    soft = kuwahara(np.clip(canvas, 0, 1), max(2, round(unit * 0.005)))
    grey = luminance(soft)[..., None]
    vivid = np.clip(0.5 + (soft - grey) * 3.2, 0.04, 1)
    vivid /= np.maximum(vivid.max(-1, keepdims=True), 0.2)
    tube = smoothstep(0.012, 0.04, contours(soft, unit * 0.0026))
    dark = np.array([0.035, 0.03, 0.085], np.float32)
    wall = dark + soft * 0.16 + (vivid - 0.5) * 0.05 * grey
    for reach, strength in ((0.03, 0.9), (0.011, 0.9), (0.004, 0.7)):
        halo = np.stack([blur(tube * vivid[..., n], unit * reach) for n in range(3)], -1)
        wall = wall + (1 - wall) * np.clip(halo * strength * 1.6, 0, 1)
    core = np.clip(tube * 0.95, 0, 1)[..., None]
    grain = rng.standard_normal(canvas.shape[:2]).astype(np.float32)[..., None] * 0.008
    return np.asarray(wall + (vivid * 0.55 + 0.45 - wall) * core + grain)


def papercut(canvas: Array, rng: np.random.Generator, unit: float) -> Array:
    """Sheets of coloured paper one upon the other, each with its shadow."""
    height, width = canvas.shape[:2]
    smooth = kuwahara(kuwahara(np.clip(canvas, 0, 1), max(3, round(unit * 0.007))), max(2, round(unit * 0.005)))
    grey = luminance(smooth)[..., None]
    vivid = to_image(grey + (smooth - grey) * 1.4)
    palette = vivid.resize((160, 160), Image.Resampling.BOX).quantize(16, Image.Quantize.MEDIANCUT, kmeans=3)
    few = vivid.quantize(palette=palette, dither=Image.Dither.NONE)
    tones = np.asarray(few.getpalette()[: 16 * 3], np.float32).reshape(-1, 3) / 255  # type: ignore[index]  # it has one
    order = np.argsort(np.argsort(-luminance(tones))) / len(tones)  # the darkest paper lies on top
    labels = np.asarray(few)
    level = np.asarray(order[np.minimum(labels, len(tones) - 1)], np.float32)
    paint = tones[np.minimum(labels, len(tones) - 1)]
    away = round(unit * 0.006)
    shadow = np.clip(blur(shift(level, away, away), unit * 0.008) - level, 0, 1)
    rim = np.clip(level - shift(level, away // 3 + 1, away // 3 + 1), 0, 1)
    grain = paper(rng, height, width, unit)
    lit = paint * (1 - np.clip(shadow * 1.5, 0, 0.55))[..., None]
    lit = lit + (1 - lit) * (np.clip(rim * 1.2, 0, 0.22) * (shadow < 0.05))[..., None]
    return np.asarray(from_image(to_image(lit).filter(ImageFilter.SMOOTH)) * (1 + grain * 0.16)[..., None])
