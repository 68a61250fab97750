"""Where in a picture people look: edges, skin and strong colour, a little more in the middle."""

from typing import Any

import numpy
from numpy.typing import NDArray
from PIL import Image

SIDE = 160  # pixels of the small picture that is looked at


def best_window(pixels: Image.Image, window: tuple[int, int]) -> tuple[int, int]:
    """Give the left and top of the part of this size that holds most of what matters."""
    small = pixels.convert("RGB")
    small.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    scale = small.width / pixels.width
    across, down = max(1, round(window[0] * scale)), max(1, round(window[1] * scale))
    sums = _sums_of_windows(attention(small), min(across, small.width), min(down, small.height))
    top, left = numpy.unravel_index(int(sums.argmax()), sums.shape)
    return (
        min(pixels.width - window[0], round(int(left) / scale)),
        min(pixels.height - window[1], round(int(top) / scale)),
    )


def attention(small: Image.Image) -> NDArray[numpy.floating[Any]]:
    """Weigh each pixel of a small picture."""
    rgb = numpy.asarray(small, numpy.float32) / 255
    grey = rgb @ numpy.array([0.299, 0.587, 0.114], numpy.float32)
    around = numpy.pad(grey, 1, mode="edge")
    edges = numpy.abs(around[2:, 1:-1] - around[:-2, 1:-1]) + numpy.abs(around[1:-1, 2:] - around[1:-1, :-2])
    brightest, darkest = rgb.max(axis=2), rgb.min(axis=2)
    saturation = (brightest - darkest) / numpy.maximum(brightest, 0.05) * (brightest > 0.2)
    length = numpy.linalg.norm(rgb, axis=2) + 1e-6
    skin = 1 - numpy.linalg.norm(rgb / length[..., None] - numpy.array([0.73, 0.53, 0.43]), axis=2) * 6
    skin = numpy.clip(skin, 0, 1) * (grey > 0.25) * (grey < 0.95)
    weight = 0.5 * edges / (edges.mean() + 1e-6) + 1.5 * skin + 0.25 * saturation
    # Heads are above the middle more often than below it.
    rows, columns = numpy.linspace(-0.75, 1.25, grey.shape[0])[:, None], numpy.linspace(-1, 1, grey.shape[1])[None]
    return numpy.asarray(weight * (1.15 - 0.4 * (rows**2 + columns**2)))


def _sums_of_windows(weight: NDArray[numpy.floating[Any]], across: int, down: int) -> NDArray[numpy.floating[Any]]:
    """Sum the weight of every window of this size; what lies near a window's middle counts double."""
    return _box_sums(weight, across, down) + _inner_sums(weight, across, down)


def _inner_sums(weight: NDArray[numpy.floating[Any]], across: int, down: int) -> NDArray[numpy.floating[Any]]:
    inner_across, inner_down = max(1, across // 2), max(1, down // 2)
    sums = _box_sums(weight, inner_across, inner_down)
    top, left = (down - inner_down) // 2, (across - inner_across) // 2
    return sums[top : top + weight.shape[0] - down + 1, left : left + weight.shape[1] - across + 1]


def _box_sums(weight: NDArray[numpy.floating[Any]], across: int, down: int) -> NDArray[numpy.floating[Any]]:
    total = numpy.zeros((weight.shape[0] + 1, weight.shape[1] + 1))
    total[1:, 1:] = weight.cumsum(axis=0, dtype=numpy.float64).cumsum(axis=1)
    return total[down:, across:] - total[:-down, across:] - total[down:, :-across] + total[:-down, :-across]
