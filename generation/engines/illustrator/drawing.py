"""Vector shapes with soft volume: what subjects are drawn with.

A sprite is drawn on a grid of units, 100 high, the ground at 100; x grows to the right, y downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from generation.engines.illustrator.canvas import Array, Colour, mix, resize

OVERSAMPLING = 3
MARGIN = 12  # units around a sprite, for what sticks out
Points = Sequence[tuple[float, float]] | Sequence[Array] | Array


@dataclass(frozen=True, slots=True)
class Light:
    """Where light comes from (-1 left … 1 right), and the colours of light and shade."""

    side: float
    bright: Array
    shade: Array


class Sprite:
    """A picture with transparency, drawn shape by shape."""

    def __init__(self, width: float, height_pixels: int, light: Light, margin: float = MARGIN) -> None:
        self.scale = height_pixels / 100
        self.margin = margin
        self.width = width
        self.light = light
        rows = round((100 + margin) * self.scale) + 1
        columns = round((width + 2 * margin) * self.scale) + 1
        self.pixels = np.zeros((rows, columns, 3), np.float32)
        self.alpha = np.zeros((rows, columns), np.float32)

    def shape(
        self,
        points: Points,
        fill: Colour,
        *,
        volume: float = 0.55,
        bottom: Colour | None = None,
        inside: Array | None = None,
        opacity: float = 1.0,
        soft: float = 0.0,
    ) -> Array:
        """Fill an outline; `volume` rounds it, `bottom` ends a gradient, `soft` blurs its edge (units).

        Returns the mask, for `inside` of a later shape.
        """
        rows, columns, mask = self._mask(points, soft)
        paint = self._shaded(mask, fill, bottom, volume)
        cover = mask * opacity
        if inside is not None:
            cover = cover * inside[rows, columns]
        area, alpha = self.pixels[rows, columns], self.alpha[rows, columns]
        alpha += (1 - alpha) * cover
        area += (paint - area) * (cover / np.maximum(alpha, 1e-4))[..., None]  # empty pixels take the paint whole
        whole = np.zeros_like(self.alpha)
        whole[rows, columns] = cover
        return whole

    def stroke(self, points: Points, width: float, fill: Colour, *, opacity: float = 1.0, volume: float = 0) -> None:
        """Draw a line with round ends, `width` in units."""
        self.shape(limb(points, [width / 2] * len(points)), fill, opacity=opacity, volume=volume)

    def _mask(self, points: Points, soft: float) -> tuple[slice, slice, Array]:
        at = (np.asarray(points, np.float32) + self.margin) * self.scale
        pad = 2 + round(soft * 3 * self.scale)
        left, top = np.maximum(np.floor(at.min(0)).astype(int) - pad, 0)
        right, bottom = np.minimum(np.ceil(at.max(0)).astype(int) + pad, self.alpha.shape[::-1])
        width, height = max(right - left, 1), max(bottom - top, 1)
        image = Image.new("L", (width * OVERSAMPLING, height * OVERSAMPLING))
        outline = ((at - (left, top)) * OVERSAMPLING).ravel().tolist()
        ImageDraw.Draw(image).polygon(outline, fill=255)
        image = image.reduce(OVERSAMPLING)
        if soft:
            image = image.filter(ImageFilter.GaussianBlur(soft * self.scale))
        mask = np.asarray(image, np.float32) / 255
        rows, columns = slice(top, top + height), slice(left, left + width)
        return rows, columns, mask[: self.alpha[rows, columns].shape[0], : self.alpha[rows, columns].shape[1]]

    def _shaded(self, mask: Array, fill: Colour, bottom: Colour | None, volume: float) -> Array:
        """Colour a shape as if it were round: slopes of its blurred mask face the light or turn away."""
        height, width = mask.shape
        base = np.broadcast_to(np.asarray(fill, np.float32), (height, width, 3))
        if bottom is not None:
            steps = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
            base = base + (np.asarray(bottom, np.float32) - base) * steps
        if not volume or min(height, width) < 6:
            return base
        reach = min(height, width) * 0.16
        padded = Image.fromarray((np.pad(mask, 2) * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(reach))
        coarse = max(1, round(reach / 4))  # slopes of a smaller picture: the steps of its 255 heights do not show
        low = max(height // coarse, 2), max(width // coarse, 2)
        heights = Image.fromarray(np.asarray(padded, np.float32)[2:-2, 2:-2] * (reach / 255))
        down, across = np.gradient(
            np.asarray(heights.resize(low[::-1], Image.Resampling.BOX)), height / low[0], width / low[1]
        )
        facing = np.clip((-across * self.light.side - down * -0.75) * 2.1 * volume, -1, 1)
        facing = resize(facing, height, width)
        bright = base + (self.light.bright - base) * (np.maximum(facing, 0) * 0.42)[..., None]
        return np.asarray(bright + (base * self.light.shade - bright) * (np.maximum(-facing, 0) * 0.9)[..., None])


def path(text: str, x: float = 0, y: float = 0, *, wide: float = 1, tall: float = 1) -> Array:
    """Points written like "4,98 22,91", scaled and then moved by (x, y)."""
    points = [tuple(map(float, point.split(","))) for point in text.split()]
    return np.asarray(np.array(points) * (wide, tall) + (x, y), np.float32)


def ellipse(x: float, y: float, across: float, down: float, turn: float = 0) -> Array:
    """An ellipse around (x, y); `turn` in degrees clockwise."""
    angle = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    points = np.stack([np.cos(angle) * across, np.sin(angle) * down], -1)
    return turned(points, turn) + np.array([x, y], np.float32)


def turned(points: Points, degrees: float, centre: tuple[float, float] = (0, 0)) -> Array:
    """Turn points clockwise around a centre."""
    angle = np.radians(degrees)
    matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray((np.asarray(points) - centre) @ matrix + centre, np.float32)


def blob(points: Points, steps: int = 10) -> Array:
    """A smooth closed curve through the points."""
    knots = np.asarray(points, np.float32)
    before, after, beyond = np.roll(knots, 1, 0), np.roll(knots, -1, 0), np.roll(knots, -2, 0)
    t = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[None, :, None]
    p0, p1, p2, p3 = (p[:, None, :] for p in (before, knots, after, beyond))
    curve = 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
    return np.asarray(curve.reshape(-1, 2), np.float32)


def curve(points: Points, steps: int = 12) -> Array:
    """A smooth open curve through the points."""
    knots = np.asarray(points, np.float32)
    closed = blob(np.concatenate([knots, knots[-2:0:-1]]), steps)
    return closed[: (len(knots) - 1) * steps + 1]


def limb(points: Points, radii: Sequence[float]) -> Array:
    """The outline of a soft tube along the points, with a radius at each and round ends."""
    spine = np.asarray(points, np.float32)
    radius = np.asarray(radii, np.float32)[:, None]
    along = np.gradient(spine, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
    normal = np.stack([-along[:, 1], along[:, 0]], -1)
    angle = np.linspace(0, np.pi, 9)[1:-1, None]
    end = spine[-1] + radius[-1] * (normal[-1] * np.cos(angle) + along[-1] * np.sin(angle))
    start = spine[0] - radius[0] * (normal[0] * np.cos(angle) + along[0] * np.sin(angle))
    return np.concatenate([spine + normal * radius, end, (spine - normal * radius)[::-1], start]).astype(np.float32)


def tail(points: Points, thick: float, thin: float, steps: int = 12) -> Array:
    """A tapering tube along a smooth curve."""
    line = curve(points, steps)
    return limb(line, list(np.linspace(thick, thin, len(line))))


def mirrored(points: Points, axis: float = 50) -> Array:
    """The same points on the other side of an upright axis."""
    flipped = np.asarray(points, np.float32).copy()
    flipped[:, 0] = 2 * axis - flipped[:, 0]
    return flipped


def darker(fill: Colour, amount: float = 0.25) -> Array:
    """A deeper, slightly warmer shade of a colour."""
    return mix(fill, np.asarray(fill, np.float32) * np.array([0.55, 0.42, 0.5], np.float32), amount * 2)
