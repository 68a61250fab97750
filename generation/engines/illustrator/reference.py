"""Reference pictures: fitted to the order, asked for their colours or their composition, filled where masked."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from generation.engines.illustrator.canvas import Array, blur, from_image, luminance, to_image


@dataclass(frozen=True, slots=True)
class Guide:
    """The composition of a picture: horizon, light and focus as fractions of its sides, and the time it suggests."""

    horizon: float
    sun: float  # where the light is, from left to right
    focus: float  # where the eye goes, from left to right
    time: str


def fitted(data: bytes, width: int, height: int) -> Array:
    """The reference as a canvas of this size, its edges cut where the shape differs."""
    with Image.open(BytesIO(data)) as image:
        return from_image(ImageOps.fit(image.convert("RGB"), (width, height), Image.Resampling.LANCZOS)).copy()


def fitted_mask(data: bytes, width: int, height: int) -> Array:
    """The mask, 1 where it is white, cut as the reference is."""
    with Image.open(BytesIO(data)) as image:
        return from_image(ImageOps.fit(image.convert("L"), (width, height), Image.Resampling.BILINEAR), "L").copy()


def guide(reference: Array) -> Guide:
    """Read the composition of a picture."""
    small = from_image(to_image(reference).resize((96, 96), Image.Resampling.BOX))
    grey = luminance(small)
    rows = blur(grey, 2).mean(1)
    steps = np.abs(np.gradient(rows)) * np.hanning(96)  # a horizon is seldom at the very edge
    detail = blur(np.abs(small - np.stack([blur(small[..., n], 8) for n in range(3)], -1)).max(-1), 5)
    light = blur(grey, 6)[:56].mean(0)
    mean, warm = float(grey.mean()), float((small[..., 0] - small[..., 2]).mean())
    time = "night" if mean < 0.27 else "sunset" if warm > 0.17 and mean < 0.62 else "day"
    weight = detail.mean(0) ** 2
    return Guide(
        horizon=float(np.clip(steps.argmax() / 96, 0.36, 0.7)),
        sun=float(np.clip(light.argmax() / 96, 0.14, 0.86)),
        focus=float(np.clip((weight * np.arange(96)).sum() / weight.sum() / 96, 0.25, 0.75)),
        time=time,
    )


def borrow_palette(canvas: Array, reference: Array, amount: float) -> None:
    """Move the mean and the spread of the canvas's colours towards those of the reference."""
    # Brightness, warm to cold, green to magenta: axes along which colours of a picture vary on their own.
    axes = np.array([[0.577, 0.577, 0.577], [0.707, 0, -0.707], [0.408, -0.816, 0.408]], np.float32)
    ours, theirs = canvas.reshape(-1, 3) @ axes.T, reference.reshape(-1, 3) @ axes.T
    scale = np.clip(theirs.std(0) / np.maximum(ours.std(0), 1e-3), 0.6, 1.6)
    moved = (ours - ours.mean(0)) * scale + theirs.mean(0)
    canvas += ((moved @ axes).reshape(canvas.shape) - canvas) * amount
    np.clip(canvas, 0, 1, out=canvas)


def filled(reference: Array, mask: Array, rng: np.random.Generator) -> Array:
    """The reference with what is masked filled from around it, from coarse to fine, and grained like the rest."""
    known = (mask < 0.02).astype(np.float32)
    layers = [(reference * known[..., None], known)]
    while min(layers[-1][1].shape) > 2:
        paint, weight = layers[-1]
        layers.append((_halved(paint), _halved(weight[..., None])[..., 0]))
    paint, weight = layers[-1]
    result = paint / np.maximum(weight, 1e-4)[..., None]
    for paint, weight in reversed(layers[:-1]):
        bigger = _resized(result, *weight.shape)
        share = np.clip(weight, 0, 1)[..., None]
        result = np.where(share > 1e-4, paint / np.maximum(weight, 1e-4)[..., None], 0) * share + bigger * (1 - share)
    fine = reference - np.stack([blur(reference[..., n], 2) for n in range(3)], -1)
    rough = float(np.median(np.abs(fine[known > 0]))) if known.any() else 0.0
    grain = rng.standard_normal(mask.shape).astype(np.float32) * rough
    return np.asarray(np.where(known[..., None] > 0, reference, np.clip(result + grain[..., None], 0, 1)), np.float32)


def _halved(field: Array) -> Array:
    rows, columns = field.shape[0] // 2 * 2, field.shape[1] // 2 * 2
    even = field[:rows, :columns]
    return np.asarray((even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / 4)


def _resized(field: Array, height: int, width: int) -> Array:
    bands = [Image.fromarray(np.ascontiguousarray(field[..., n], np.float32)) for n in range(3)]
    return np.stack([np.asarray(band.resize((width, height), Image.Resampling.BILINEAR)) for band in bands], -1)
