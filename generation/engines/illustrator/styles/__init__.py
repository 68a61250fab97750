"""A style is a pass over the whole picture, so that figures and background share one medium.

It takes the canvas, chance, and the unit in pixels by which brushes and grain are measured: the larger, the looser.
"""

from collections.abc import Callable

import numpy as np

from generation.engines.illustrator.canvas import Array
from generation.engines.illustrator.styles import graphic, oils, washes

Style = Callable[[Array, np.random.Generator, float], Array]

STYLES: dict[str, Style] = {
    "illustration": graphic.illustration,
    "watercolour": washes.watercolour,
    "oil": oils.oil,
    "ink": washes.ink,
    "pixel": graphic.pixel,
    "flat": graphic.flat,
    "line": graphic.line,
    "neon": graphic.neon,
    "papercut": graphic.papercut,
}
