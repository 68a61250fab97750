"""One picture from its order to its pixels, stage by stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

from generation.engines.illustrator import places, weather
from generation.engines.illustrator.canvas import Array, to_image
from generation.engines.illustrator.composition import compose
from generation.engines.illustrator.places import parks
from generation.engines.illustrator.reading import read
from generation.engines.illustrator.reference import borrow_palette, fitted
from generation.engines.illustrator.staging import grow_over_feet, stage
from generation.engines.illustrator.styles import STYLES

BEHIND = ("fuji",)  # stands before the ground is painted
PREVIEW_SIDE = 512
REPAINT_BELOW = 0.45  # strength under which the reference itself is repainted
DEFAULT_STRENGTH = 0.4

# Which part of the time each kind of work takes, as measured.
WORDS, BACKGROUND, SUBJECTS, WEATHER, LIGHT = 0.02, 0.43, 0.22, 0.05, 0.05  # the style takes the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to paint; sizes in pixels, `strength` from 0 (keep the reference) to 1."""

    prompt: str
    width: int
    height: int
    seed: int
    negative_prompt: str = ""
    style: str = ""
    strength: float | None = None
    reference: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A finished part of the work."""

    name: str
    fraction: float
    image: Image.Image

    def preview(self) -> bytes:
        """The picture so far, small, as WebP."""
        small = self.image.copy()
        small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
        output = BytesIO()
        small.save(output, "WEBP", quality=75, method=0)
        return output.getvalue()


class Painting:
    """One picture in the making."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.plan = read(order.prompt, order.negative_prompt)
        self.facts = {"drawn": [text for text, _ in self.plan.drawn], "not_understood": list(self.plan.not_understood)}
        self.canvas: Array = np.zeros((order.height, order.width, 3), np.float32)
        self._fraction = 0.0

    def stages(self) -> Iterator[Stage]:
        """Paint, and yield after each part of the work."""
        strength = DEFAULT_STRENGTH if self.order.strength is None else self.order.strength
        reference = self.order.reference
        if reference and strength < REPAINT_BELOW:
            self.facts["drawn"] = [text for text, name in self.plan.drawn if name == self.plan.style]
            self.canvas = fitted(reference, self.order.width, self.order.height)
            yield self._done("reference", WORDS + BACKGROUND + SUBJECTS + WEATHER)
        else:
            yield from self._compose()
        if reference and strength >= REPAINT_BELOW:
            borrow_palette(self.canvas, fitted(reference, 256, 256), 1 - 0.5 * strength)
            yield self._done("light", LIGHT)
        style = self.order.style or self.plan.style or "illustration"
        rng = np.random.default_rng(self.order.seed)
        self.canvas = STYLES[style](self.canvas, rng)
        yield self._done("style", 1.0)

    def png(self) -> bytes:
        """The picture as it stands, encoded fast rather than small."""
        output = BytesIO()
        to_image(self.canvas).save(output, "PNG", compress_level=1)
        return output.getvalue()

    def _compose(self) -> Iterator[Stage]:
        """The scene itself: background layer by layer, then the figures, then the air in front of them."""
        scene = compose(self.plan, self.order.prompt, self.order.seed, self.order.width, self.order.height)
        canvas = self.canvas
        canvas[:] = scene.palette.haze
        yield self._done("words", WORDS)
        layers = places.LAYERS[scene.place]
        for number, layer in enumerate(layers):
            layer(canvas, scene)
            if number == min(2, len(layers) - 1):  # the sky is done, the ground is not
                weather.aloft(canvas, scene)
                for figure in scene.figures:
                    if figure.name in BEHIND:
                        stage(canvas, scene, figure)
            yield self._done("background", BACKGROUND / len(layers))
        if "fireworks" in scene.aloft:
            parks.sky_blooms(canvas, scene)
        for figure in scene.figures:
            if figure.name not in BEHIND:
                stage(canvas, scene, figure)
            grow_over_feet(canvas, scene, figure)
            yield self._done("subjects", SUBJECTS / len(scene.figures))
        if foreground := places.FOREGROUNDS.get(scene.place):
            foreground(canvas, scene)
        weather.fall(canvas, scene)
        yield self._done("weather", WEATHER)

    def _done(self, name: str, share: float) -> Stage:
        self._fraction = min(1.0, self._fraction + share)
        return Stage(name, self._fraction, to_image(self.canvas))
