"""A style is a pass over the whole picture, so that figures and background share one medium."""

from collections.abc import Callable

import numpy as np

from generation.engines.illustrator.canvas import Array
from generation.engines.illustrator.styles import graphic, oils, washes

Style = Callable[[Array, np.random.Generator], Array]

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
