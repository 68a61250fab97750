"""Reference pictures: fitted to the size of the order, or asked for their colours."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from generation.engines.illustrator.canvas import Array, from_image


def fitted(data: bytes, width: int, height: int) -> Array:
    """The reference as a canvas of this size, its edges cut where the shape differs."""
    with Image.open(BytesIO(data)) as image:
        return from_image(ImageOps.fit(image.convert("RGB"), (width, height), Image.Resampling.LANCZOS)).copy()


def borrow_palette(canvas: Array, reference: Array, amount: float) -> None:
    """Move the mean and the spread of the canvas's colours towards those of the reference."""
    # Brightness, warm to cold, green to magenta: axes along which colours of a picture vary on their own.
    axes = np.array([[0.577, 0.577, 0.577], [0.707, 0, -0.707], [0.408, -0.816, 0.408]], np.float32)
    ours, theirs = canvas.reshape(-1, 3) @ axes.T, reference.reshape(-1, 3) @ axes.T
    scale = np.clip(theirs.std(0) / np.maximum(ours.std(0), 1e-3), 0.6, 1.6)
    moved = (ours - ours.mean(0)) * scale + theirs.mean(0)
    canvas += ((moved @ axes).reshape(canvas.shape) - canvas) * amount
    np.clip(canvas, 0, 1, out=canvas)
