"""One picture from its order to its pixels, stage by stage."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

import numpy as np
from PIL import Image

from generation.engines.illustrator import places, weather
from generation.engines.illustrator.canvas import Array, blur, over, smoothstep, to_image
from generation.engines.illustrator.composition import Scene, compose, retouched
from generation.engines.illustrator.cover import printable, set_title
from generation.engines.illustrator.filling import filled
from generation.engines.illustrator.places import parks
from generation.engines.illustrator.reading import read
from generation.engines.illustrator.reference import borrow_masses, borrow_palette, fitted, fitted_mask, guide
from generation.engines.illustrator.staging import grow_over_feet, stage
from generation.engines.illustrator.styles import STYLES
from generation.engines.illustrator.styles.graphic import outlined
from generation.engines.illustrator.styles.surface import inward
from generation.processing.png import encode_png

BEHIND = ("fuji", "pearl")  # stands before the ground is painted
PREVIEW_SIDE = 512
REPAINT_BELOW = 0.45  # strength under which the reference itself is repainted
INVENT_ABOVE = 0.75  # strength over which only the reference's colours count; between, it guides the composition
PAINTED_AT = 0.3  # strength at which nothing of a repainted reference shines through any more
SHINE, LOOSENING = 0.8, 1.5  # how much of it does at strength 0; how fast brushes grow beyond
DEFAULT_STRENGTH = 0.4
MASSES = 0.55  # how much of the reference's light and dark leads, where it leads most

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
    mask: bytes | None = None  # white is repainted
    title: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A finished part of the work."""

    name: str
    fraction: float
    image: Image.Image

    def preview(self) -> bytes:
        """The picture so far, small, as WebP."""
        small = self.image.copy()
        small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BILINEAR, reducing_gap=1.0)
        output = BytesIO()
        small.save(output, "WEBP", quality=75, method=0)
        return output.getvalue()


class Painting:
    """One picture in the making."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.plan = read(order.prompt, order.negative_prompt)
        drawn = dict.fromkeys(text for text, _ in self.plan.drawn)  # a word may ask for two things
        self.facts = {"drawn": list(drawn), "not_understood": list(self.plan.not_understood)}
        self.canvas: Array = np.zeros((order.height, order.width, 3), np.float32)
        self._fraction = 0.0

    def stages(self) -> Iterator[Stage]:
        """Paint, and yield after each part of the work."""
        order = self.order
        if order.reference and order.mask:
            yield from self._retouch(order.reference, order.mask)
        elif order.reference and self.strength < (REPAINT_BELOW if self._names_something else INVENT_ABOVE):
            self.facts["drawn"] = [text for text, name in self.plan.drawn if name == self.plan.style]
            self.canvas = fitted(order.reference, order.width, order.height)
            yield self._done("reference", WORDS + BACKGROUND + SUBJECTS + WEATHER)
            self._repaint()
        else:
            yield from self._compose()
            if order.reference:
                borrow_palette(self.canvas, fitted(order.reference, 256, 256), 1 - 0.5 * self.strength)
                led = (INVENT_ABOVE - self.strength) / (INVENT_ABOVE - REPAINT_BELOW)
                borrow_masses(self.canvas, fitted(order.reference, order.width, order.height), MASSES * max(0.0, led))
                yield self._done("light", LIGHT)
            self._finish()
        title, unset = printable(order.title)
        self.facts["not_set"] = list(unset)
        if title:
            set_title(self.canvas, title, np.random.default_rng([order.seed, 1]))
        yield self._done("style", 1.0)

    @property
    def strength(self) -> float:
        """How far the picture may leave its reference."""
        return DEFAULT_STRENGTH if self.order.strength is None else self.order.strength

    @property
    def _names_something(self) -> bool:
        return bool(self.plan.subjects or self.plan.place)

    @property
    def style(self) -> str:
        """The style that is asked for, or the house's own."""
        return self.order.style or self.plan.style or "illustration"

    def _finish(self, looseness: float = 1.0) -> None:
        unit = min(self.order.width, self.order.height) * looseness
        self.canvas = np.clip(STYLES[self.style](self.canvas, np.random.default_rng(self.order.seed), unit), 0, 1)

    def _repaint(self) -> None:
        """Paint the reference in the style: the weaker, the more of it shines through; the stronger, the looser."""
        reference = self.canvas
        if self.style == "illustration":
            self.canvas = outlined(reference, min(self.order.width, self.order.height))
        self._finish(1 + LOOSENING * max(0.0, self.strength - PAINTED_AT))
        shine = SHINE * max(0.0, 1 - self.strength / PAINTED_AT) * smoothstep(0.02, 0.14, inward(*reference.shape[:2]))
        over(self.canvas, reference, shine)  # but never through the uneven edge of a wash

    def _retouch(self, reference: bytes, mask: bytes) -> Iterator[Stage]:
        """Repaint what is masked and nothing else: fill it from around, put the subject there, blend inwards."""
        order = self.order
        whole, area = (fit(data, order.width, order.height) for fit, data in ((fitted, reference), (fitted_mask, mask)))
        rng = np.random.default_rng(order.seed)
        self.canvas = filled(whole, area, rng)
        yield self._done("reference", WORDS + BACKGROUND)
        if scene := retouched(compose(self.plan, order.prompt, order.seed, order.width, order.height), self.plan, area):
            stage(self.canvas, scene, scene.figures[0])
            yield self._done("subjects", SUBJECTS)
        elif self.plan.place:
            for _ in self._compose():
                pass
            borrow_palette(self.canvas, whole, 0.6)
        if order.style:
            self._finish()
        inward = np.clip(blur(area, 0.008 * min(order.width, order.height)) * 2 - 1, 0, 1) * (area > 0.02)
        over(whole, self.canvas.copy(), inward)
        self.canvas = whole

    def png(self) -> bytes:
        """The picture as it stands, encoded fast rather than small."""
        return encode_png(to_image(self.canvas))

    def _compose(self) -> Iterator[Stage]:
        """The scene itself: background layer by layer, then the figures, then the air in front of them."""
        scene = self._scene()
        self.canvas[:] = scene.palette.haze
        yield self._done("words", WORDS)
        yield from self._background(scene)
        standing = [figure for figure in scene.figures if figure.name not in BEHIND]
        for figure in standing:
            stage(self.canvas, scene, figure)
            grow_over_feet(self.canvas, scene, figure)
            yield self._done("subjects", SUBJECTS / len(standing))
        if foreground := places.FOREGROUNDS.get(scene.place):
            foreground(self.canvas, scene)
        if weather.fall not in places.LAYERS[scene.place]:
            weather.fall(self.canvas, scene)
        yield self._done("weather", WEATHER)

    def _scene(self) -> Scene:
        """What is to be painted, led by the reference where it counts, with room for a title."""
        order = self.order
        leads = order.reference and not order.mask and self.strength < INVENT_ABOVE
        lead = guide(fitted(order.reference, 256, 256)) if leads and order.reference else None
        scene = compose(self.plan, order.prompt, order.seed, order.width, order.height, lead)
        if not order.title:
            return scene
        return replace(scene, figures=tuple(replace(one, size=min(one.size, 0.52)) for one in scene.figures))

    def _background(self, scene: Scene) -> Iterator[Stage]:
        layers = places.LAYERS[scene.place]
        for number, layer in enumerate(layers):
            layer(self.canvas, scene)
            if number == min(1, len(layers) - 1):  # the sky is done
                weather.aloft(self.canvas, scene)
            if number == min(2, len(layers) - 1):  # so is what is far away
                for figure in scene.figures:
                    if figure.name in BEHIND:
                        stage(self.canvas, scene, figure)
            yield self._done("background", BACKGROUND / len(layers))
        if "fireworks" in scene.aloft:
            parks.sky_blooms(self.canvas, scene)

    def _done(self, name: str, share: float) -> Stage:
        self._fraction = min(1.0, self._fraction + share)
        return Stage(name, self._fraction, to_image(self.canvas))
