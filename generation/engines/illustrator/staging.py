"""Figures come into the scene: shadow, mirror image, the colour of the light, and a rim of it."""

from typing import NamedTuple

import numpy as np
from PIL import Image

from generation.engines.illustrator import subjects
from generation.engines.illustrator.arrangement import CENTRED, Figure, Prop
from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    from_image,
    glow,
    grid,
    mix,
    over,
    shift,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.drawing import Light
from generation.engines.illustrator.places.water import land_tones
from generation.engines.illustrator.stock import FLOORS, INDOORS, Stand

SHADOW = colour("#1c1830")
WIDEST = 0.7  # how much of the picture's width a thing takes that stands in the middle for itself


class Layer(NamedTuple):
    """A figure as pixels, and where its upper left corner lies on the canvas."""

    pixels: Array
    alpha: Array
    left: int
    top: int


def stage(canvas: Array, scene: Scene, figure: Figure) -> None:
    """Draw one figure and everything it does to its surroundings."""
    palette = scene.palette
    side = -scene.side if figure.flipped else scene.side
    light = Light(side, mix(palette.sun, (1, 1, 1), 0.2), mix(palette.shade, (1, 1, 1), 0.22))
    height = max(round(figure.size * scene.unit), 24)
    if scene.place in CENTRED and not figure.props:  # goods are seen whole
        height = min(height, round(WIDEST * scene.width / subjects.breadth(figure.name)))
    pixels, alpha = _equipped(figure, height, light, scene)
    if figure.flipped:
        pixels, alpha = pixels[:, ::-1], alpha[:, ::-1]
    top = round(figure.y * scene.height) - alpha.shape[0]
    left = round(figure.x * scene.width - alpha.shape[1] / 2)
    room, spare = scene.width - alpha.shape[1], round(0.03 * alpha.shape[1])
    if room > 0 and not figure.props:  # whole, unless it is too wide or held by somebody
        left = min(max(left, -spare), room + spare)
    floor, stands = FLOORS[scene.place], figure.stand
    layer = Layer(_tinted(pixels, scene), alpha, left, top)
    if not floor.floating and stands not in (Stand.AIR, Stand.SKY):
        _ground(canvas, scene, figure, layer)
    _paste(canvas, layer)
    _rim(canvas, scene, layer)


def _equipped(figure: Figure, height: int, light: Light, scene: Scene) -> subjects.Cutout:
    """The figure with what it holds, wears or rides, as one cutout."""
    body = subjects.draw(figure.name, height, figure.colour, light, scene.rng(figure.name, figure.key))
    if not figure.props:
        return body
    rows, columns = body.alpha.shape
    side, above = height, height
    pixels = np.zeros((rows + above, columns + 2 * side, 3), np.float32)
    alpha = np.zeros(pixels.shape[:2], np.float32)
    layers = [(prop.behind, prop) for prop in figure.props]
    for prop in (prop for behind, prop in layers if behind):
        _add(pixels, alpha, prop, height, light, scene)
    _lay(pixels, alpha, body, side, above)
    for prop in (prop for behind, prop in layers if not behind):
        _add(pixels, alpha, prop, height, light, scene)
    return subjects.Cutout(pixels, alpha)


def _add(pixels: Array, alpha: Array, prop: Prop, height: int, light: Light, scene: Scene) -> None:
    tall = max(round(prop.tall * height / 100), 6)
    part = subjects.draw(prop.name, tall, prop.colour, light, scene.rng(prop.name))
    middle, foot = pixels.shape[1] / 2 + prop.x * height / 100, pixels.shape[0] - (100 - prop.y) * height / 100
    _lay(pixels, alpha, part, round(middle - part.alpha.shape[1] / 2), round(foot) - part.alpha.shape[0])


def _lay(pixels: Array, alpha: Array, part: subjects.Cutout, left: int, top: int) -> None:
    """Lay one cutout over another, transparency and all."""
    view, cover = _crop(alpha, part.alpha, left, top)
    under, paint = _crop(pixels, part.pixels, left, top)
    view += (1 - view) * cover
    under += (paint - under) * (cover / np.maximum(view, 1e-4))[..., None]


def _tinted(pixels: Array, scene: Scene) -> Array:
    """The figure in the light of the place."""
    ambient = scene.palette.ambient
    if scene.place in INDOORS:
        ambient = mix(ambient, (1.0, 0.96, 0.9), 0.7)
    strength = 0.75 if scene.time == "night" and scene.place not in ("space", "city") else 0.5
    tint = mix((1, 1, 1), ambient, strength)
    if scene.place == "underwater":
        tint = np.array([0.8, 0.98, 1.0], np.float32)
    veil = 0.1 if scene.weather == "fog" else 0.03
    return np.asarray(pixels * tint + (scene.palette.haze - pixels * tint) * veil)


def _ground(canvas: Array, scene: Scene, figure: Figure, layer: Layer) -> None:
    """What a figure that stands does to the floor: a mirror image if wet, a cast shadow, a dark contact."""
    foot = round(figure.y * scene.height)
    floor, swims = FLOORS[scene.place], figure.stand is Stand.WATER and FLOORS[scene.place].water
    if swims or floor.wet:
        _mirror(canvas, scene, layer, foot - 2, 0.6 if swims else 0.4)
    else:
        _cast(canvas, scene, layer, foot)
    alpha = layer.alpha
    reach = max(4, round(0.035 * figure.size * scene.unit))
    patch = np.zeros((reach * 4, alpha.shape[1]), np.float32)
    patch[reach + reach // 2 : 2 * reach + reach // 3] = alpha[round(alpha.shape[0] * 0.86) :].max(0)
    strength = 0.32 if swims else 0.55 if scene.time != "night" else 0.7
    _fill(canvas, SHADOW, blur(patch, reach * 0.75) * strength, layer.left, foot - 2 * reach)


def _cast(canvas: Array, scene: Scene, layer: Layer, foot: int) -> None:
    """A shadow that falls away from the light, longer when the light is low."""
    long = {"day": 0.26, "night": 0.28}.get(scene.time, 0.42)
    height, width = layer.alpha.shape
    flat = max(round(height * 0.2), 4)
    slant = -scene.side * long * height * 1.5
    image = Image.fromarray((layer.alpha[::-1] * 255).astype(np.uint8)).resize((width, flat), Image.Resampling.BILINEAR)
    pad = round(abs(slant)) + 4
    wide = Image.new("L", (width + 2 * pad, flat + 8))
    wide.paste(image, (pad, 0))
    sheared = wide.transform(
        wide.size, Image.Transform.AFFINE, (1, -slant / flat, 0, 0, 1, 0), Image.Resampling.BILINEAR
    )
    mask = blur(np.asarray(sheared, np.float32) / 255, max(1.2, height * 0.008))
    mask *= np.linspace(1, 0.35, mask.shape[0], dtype=np.float32)[:, None]
    dark = 0.2 if scene.weather or scene.time == "night" else 0.42
    _fill(canvas, mix(SHADOW, scene.palette.shade, 0.2), mask * dark, layer.left - pad, foot - round(flat * 0.1))


def _mirror(canvas: Array, scene: Scene, layer: Layer, foot: int, strength: float) -> None:
    """The figure upside down, swaying and fading."""
    rows, columns = layer.alpha.shape
    squeeze = 0.5 if scene.place == "sea" else 0.8
    whole = np.clip(np.dstack([layer.pixels, layer.alpha]), 0, 1)[::-1]
    flipped = Image.fromarray((whole * 255).astype(np.uint8), "RGBA").resize((columns, round(rows * squeeze)))
    image = from_image(flipped, "RGBA")
    down, across = grid(*image.shape[:2])
    sway = np.sin(down * 250 / scene.unit) * scene.unit * 0.003 * np.linspace(0.2, 1, len(down))[:, None]
    image = image[down.astype(int), np.clip(across + sway, 0, columns - 1).astype(int)]
    fade = np.linspace(strength, strength * 0.1, len(image), dtype=np.float32)[:, None]
    _paste(canvas, Layer(image[..., :3] * 0.9, blur(image[..., 3], 1.5) * fade, layer.left, foot))


def _rim(canvas: Array, scene: Scene, layer: Layer) -> None:
    """A thin edge of light on the side of the sun."""
    if scene.place == "underwater" or scene.weather == "fog":
        return
    reach = max(1, round(0.006 * scene.unit))
    alpha = layer.alpha
    edge = np.clip(alpha - shift(alpha, -round(scene.side * reach), reach // 2 + 1), 0, 1)
    strength = {"sunset": 0.75, "sunrise": 0.55, "night": 0.45, "day": 0.3}[scene.time]
    view, mask = _crop(canvas, blur(edge, reach * 0.7) * alpha, layer.left, layer.top)
    glow(view, scene.palette.sun, mask * strength)


def grow_over_feet(canvas: Array, scene: Scene, figure: Figure) -> None:
    """Grass, snow or moss in front of the feet, so that the figure stands in it and not on it."""
    if scene.place not in ("meadow", "mountains", "lake", "forest", "bamboo") or figure.stand is not Stand.GROUND:
        return
    rng = scene.rng("feet", figure.key)
    bright, dark = land_tones(scene)
    wide, tall = round(figure.size * scene.unit * 1.1), max(round(0.035 * scene.unit), 6)
    spikes = rng.random(max(wide // max(2, round(scene.unit * 0.006)), 4)).astype(np.float32)
    profile = (
        np.interp(np.arange(wide), np.linspace(0, wide, len(spikes)), spikes)
        * np.sin(np.linspace(0, np.pi, wide)) ** 0.5
    )
    rows = np.arange(tall, dtype=np.float32)[:, None]
    mask = smoothstep(-1.0, 1.0, rows - tall * (1 - 0.75 * profile[None])) * smoothstep(tall, tall * 0.75, rows)
    tone = mix(bright, dark, 0.0 if scene.snowy else 0.35)
    _fill(
        canvas,
        tone,
        mask,
        round(figure.x * scene.width) - wide // 2,
        round(figure.y * scene.height) - round(tall * 0.72),
    )


def _paste(canvas: Array, layer: Layer) -> None:
    view, mask = _crop(canvas, layer.alpha, layer.left, layer.top)
    _, paint = _crop(canvas, layer.pixels, layer.left, layer.top)
    over(view, paint, mask)


def _fill(canvas: Array, tone: Array, mask: Array, left: int, top: int) -> None:
    view, mask = _crop(canvas, mask, left, top)
    over(view, tone, mask)


def _crop(canvas: Array, part: Array, left: int, top: int) -> tuple[Array, Array]:
    """What a part that lies here covers of the canvas, and what of the part is on the canvas."""
    rows = slice(max(-top, 0), max(min(part.shape[0], canvas.shape[0] - top), 0))
    columns = slice(max(-left, 0), max(min(part.shape[1], canvas.shape[1] - left), 0))
    part = part[rows, columns]
    top, left = max(top, 0), max(left, 0)
    return canvas[top : top + part.shape[0], left : left + part.shape[1]], part
