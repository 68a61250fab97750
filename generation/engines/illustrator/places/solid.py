"""Places built of boxes and seen in perspective: what is far is small and fades, what faces the light is bright.

Lengths are metres: across from the line of sight, up from the floor, away from the eye.
"""

import itertools

import numpy as np
from PIL import Image, ImageFilter

from generation.engines.illustrator.canvas import Array, colour, from_image, glow, grid, mix, noise, over, smoothstep
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.culture import Drawing
from generation.engines.illustrator.places.town import lights_on

NEAREST = 0.4  # metres from the eye; what is nearer is drawn as if it were here
FOCUS = 0.95
FRONT, TOP, UNDER, LIT, TURNED = 0.9, 1.06, 0.55, 1.0, 0.7  # how bright each side of a box is
LAMP = colour("#ffd38a")
Spot = tuple[float, float, float]
Span = tuple[float, float]


class Solids:
    """Boxes and faces in perspective; what is drawn later covers what was drawn before."""

    def __init__(
        self, scene: Scene, *, eye: float = 1.6, middle: float = 0.5, fade: float = 60, light: Array | None = None
    ) -> None:
        self.scene = scene
        self.eye = eye
        self.middle = middle
        self._fade = fade
        self._light = scene.palette.ambient if light is None else light
        self._scale = FOCUS * scene.unit / scene.width, FOCUS * scene.unit / scene.height
        self._drawing, self._lamps = Drawing(scene), Drawing(scene)

    def tone(self, text: str) -> Array:
        """A colour in the light of this place."""
        return np.asarray(colour(text) * self._light, np.float32)

    def at(self, across: float, up: float, away: float) -> tuple[float, float]:
        """Where a spot is seen, as fractions of the picture."""
        away = max(away, NEAREST)
        x = self.middle + across / away * self._scale[0]
        return x, self.scene.horizon + (self.eye - up) / away * self._scale[1]

    def face(self, spots: list[Spot], tone: Array, *, lamp: bool = False) -> None:
        """Fill a flat face; a lamp shines and does not fade."""
        distance = sum(spot[2] for spot in spots) / len(spots)
        faded = tone if lamp else mix(tone, self.scene.palette.haze, 1 - float(np.exp(-distance / self._fade)))
        (self._lamps if lamp else self._drawing).shape([self.at(*spot) for spot in spots], faded)

    def plate(self, outline: list[tuple[float, float]], away: float, tone: Array, *, lamp: bool = False) -> None:
        """A flat shape that looks at us."""
        self.face([(x, y, away) for x, y in outline], tone, lamp=lamp)

    def ball(self, spot: Spot, radius: float, tone: Array, *, tall: float = 1.0, lamp: bool = False) -> None:
        """Fill a round thing; `tall` makes it higher than wide."""
        away = max(spot[2], NEAREST)
        across, down = (radius / away * scale for scale in self._scale)
        (self._lamps if lamp else self._drawing).oval(*self.at(*spot), across, down * tall, tone)

    def floor(self, across: Span, up: float, away: Span, tone: Array) -> None:
        """A level face, seen from above or below, that fades with distance."""
        for near, far in self._strips(away):
            self.face([(x, up, z) for x, z in zip((*across, *across[::-1]), (near, near, far, far), strict=True)], tone)

    def wall(self, across: float, up: Span, away: Span, tone: Array, *, lamp: bool = False) -> None:
        """An upright face along the line of sight."""
        for near, far in self._strips(away):
            self.face(
                [(across, y, z) for y, z in zip((*up, *up[::-1]), (near, near, far, far), strict=True)], tone, lamp=lamp
            )

    def front(self, across: Span, up: Span, away: float, tone: Array, *, lamp: bool = False) -> None:
        """An upright face that looks at us."""
        corners = zip((*across, *across[::-1]), (up[0], up[0], up[1], up[1]), strict=True)
        self.face([(x, y, away) for x, y in corners], tone, lamp=lamp)

    def box(self, across: Span, up: Span, away: Span, tone: Array) -> None:
        """A box: the top or the underside, the flank that can be seen, and the front."""
        if up[1] < self.eye:
            self.floor(across, up[1], away, tone * TOP)
        elif up[0] > self.eye:
            self.floor(across, up[0], away, tone * UNDER)
        for edge, way in ((across[0], -1), (across[1], 1)):
            if edge * way < 0:
                self.wall(edge, up, away, tone * (LIT if way == self.scene.side else TURNED))
        self.front(across, up, away[0], tone * FRONT)

    def onto(self, canvas: Array, *, shine: float = 1.0) -> None:
        """Lay everything over the canvas, lamps last; when it is dark they shed their colour around them."""
        self._drawing.onto(canvas)
        self._lamps.onto(canvas)
        if lights_on(self.scene):
            self._bloom(canvas, shine)
        self._drawing, self._lamps = Drawing(self.scene), Drawing(self.scene)

    def pool(self, canvas: Array, spot: Spot, radius: float, strength: float = 0.5) -> None:
        """Light that a lamp throws on what is around a spot."""
        rows, columns = grid(*canvas.shape[:2])
        x, y = self.at(*spot)
        reach = radius / spot[2] * FOCUS * self.scene.unit
        far = np.hypot(columns - x * self.scene.width, (rows - y * self.scene.height) * 2.4) / reach
        glow(canvas, LAMP, np.exp(-(far**2)) * strength)

    def gloss(self, canvas: Array, half: float, amount: float, *, sway: float = 0.05) -> None:
        """Let the floor, `half` metres to either side, mirror what stands above the horizon, in patches and streaks."""
        edge = round(self.scene.horizon * self.scene.height) + 1
        rows, columns = grid(self.scene.height - edge, self.scene.width)
        unit, rng, near = self.scene.unit, self.scene.rng("gloss"), rows / len(rows)
        ripple = noise(rng, len(rows), self.scene.width, unit * 0.03, stretch=6) - 0.5
        at = np.clip(edge - 1 - near * (edge - 1) * 0.95 + ripple * sway * unit * (0.2 + near), 0, edge - 1)
        mirrored = canvas[at.astype(int), columns.astype(int)]
        patches = smoothstep(0.35, 0.62, noise(rng, len(rows), self.scene.width, unit * 0.12, stretch=5))
        street = np.abs(columns - self.middle * self.scene.width) < half / self.eye * (rows + 1)
        over(canvas[edge:], mirrored, amount * (0.4 + 0.6 * patches) * (1 - 0.5 * near) * street)

    def _bloom(self, canvas: Array, shine: float) -> None:
        small = self._lamps.image.reduce(16)
        lamps = Image.new("RGB", small.size)
        lamps.paste(small, mask=small.getchannel("A"))
        for reach, strength in ((0.012, 1.1), (0.05, 1.9)):
            spread = lamps.filter(ImageFilter.GaussianBlur(self.scene.unit * reach / 8))
            light = from_image(spread.resize(canvas.shape[1::-1], Image.Resampling.BILINEAR))
            canvas += (1 - canvas) * np.clip(light * strength * shine, 0, 0.8)

    @staticmethod
    def _strips(away: Span) -> list[Span]:
        """Parts of a long face, far ones first, each with its own haze."""
        near, far = max(away[0], NEAREST), max(away[1], NEAREST)
        count = max(1, min(8, round(np.log2(far / near) * 3)))
        edges = np.geomspace(near, far, count + 1)
        return [(float(a), float(b)) for a, b in itertools.pairwise(edges)][::-1]
