"""Reference pictures: fitted to the order, asked for their colours or their composition."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from generation.engines.illustrator.canvas import Array, blur, from_image, luminance, to_image
from generation.engines.illustrator.styles.surface import blurred


@dataclass(frozen=True, slots=True)
class Guide:
    """The composition of a picture, in fractions of its sides, and the time it suggests."""

    horizon: float
    sun: float  # where the light is, from left to right
    focus: float  # where the eye goes, from left to right
    foot: float  # where what stands there ends, from top to bottom
    size: float  # how high that is
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
    light = blur(grey, 6)[:56].mean(0)
    mean, warm = float(grey.mean()), float((small[..., 0] - small[..., 2]).mean())
    time = "night" if mean < 0.27 else "sunset" if warm > 0.17 and mean < 0.62 else "day"
    (left, right), (top, foot) = _extent(small)
    return Guide(
        horizon=float(np.clip(steps.argmax() / 96, 0.36, 0.7)),
        sun=float(np.clip(light.argmax() / 96, 0.14, 0.86)),
        focus=(left + right) / 2,
        foot=foot,
        size=foot - top,
        time=time,
    )


def _extent(small: Array) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where, across and down, what stands out from the edges of a picture reaches."""
    rim = np.concatenate([small[:4].reshape(-1, 3), small[:, :4].reshape(-1, 3), small[:, -4:].reshape(-1, 3)])
    fine = np.abs(small - np.stack([blur(small[..., n], 8) for n in range(3)], -1)).max(-1)
    apart = np.abs(small - np.median(rim, 0)).max(-1)
    weight = blur(np.clip(apart + 2 * fine, 0, 1), 2) ** 2 * np.hanning(98)[None, 1:-1]
    spans = []
    for profile in (weight.sum(0), weight.sum(1)):
        share = np.cumsum(profile) / max(float(profile.sum()), 1e-6)
        spans.append((float(np.searchsorted(share, 0.06)) / 96, float(np.searchsorted(share, 0.94)) / 96))
    return spans[0], spans[1]


def borrow_masses(canvas: Array, reference: Array, amount: float) -> None:
    """Move the large areas of light, dark and colour to where the reference has them."""
    radius = min(canvas.shape[:2]) * 0.16
    ours, theirs = (blurred(picture, radius) for picture in (canvas, reference))
    canvas += (theirs - ours) * amount
    np.clip(canvas, 0, 1, out=canvas)


def borrow_palette(canvas: Array, reference: Array, amount: float) -> None:
    """Move the mean and the spread of the canvas's colours towards those of the reference."""
    # Brightness, warm to cold, green to magenta: axes along which colours of a picture vary on their own.
    axes = np.array([[0.577, 0.577, 0.577], [0.707, 0, -0.707], [0.408, -0.816, 0.408]], np.float32)
    ours, theirs = canvas.reshape(-1, 3) @ axes.T, reference.reshape(-1, 3) @ axes.T
    scale = np.clip(theirs.std(0) / np.maximum(ours.std(0), 1e-3), 0.6, 1.6)
    moved = (ours - ours.mean(0)) * scale + theirs.mean(0)
    canvas += ((moved @ axes).reshape(canvas.shape) - canvas) * amount
    np.clip(canvas, 0, 1, out=canvas)
