"""Mountains, hills, dunes, far woods, and the grass at one's feet."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    eight_bits,
    from_image,
    grid,
    line,
    mix,
    noise,
    over,
    smooth_line,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.water import land_tones

PETALS = ("#f4b6c8", "#fff2d0", "#f7d060", "#c8a4e8")


def ranges(canvas: Array, scene: Scene) -> None:
    """Three ranges of mountains, each paler than the one before it, with snow on the peaks."""
    rng = scene.rng("ranges")
    rise = rng.uniform(0.85, 1.2)
    canvas[round(scene.horizon * scene.height) :] = mix(land_tones(scene)[0], scene.palette.haze, 0.5)
    for number, (height, feature) in enumerate(((0.36, 0.5), (0.27, 0.36), (0.13, 0.3))):
        near = (number + 1) / 3
        _range(canvas, scene, number, height=height * rise, feature=feature, near=near)


def low_ranges(canvas: Array, scene: Scene) -> None:
    """Two soft ranges far away."""
    foot = round(scene.horizon * scene.height)
    canvas[foot:] = mix(land_tones(scene)[0], scene.palette.haze, 0.5)  # no sky below the horizon
    for number, height in enumerate((0.13, 0.08)):
        _range(canvas, scene, number, height=height, feature=0.45, near=0.25 + 0.2 * number, snow=False)


def _range(
    canvas: Array, scene: Scene, number: int, *, height: float, feature: float, near: float, snow: bool = True
) -> None:
    """One range: flanks lit or in shade as their crest falls, streaked downhill."""
    rng = scene.rng("range", number)
    width, unit = scene.width, scene.unit
    foot = scene.horizon * scene.height
    crest = line(rng, width, feature * unit, octaves=7, detail=0.46)
    top = foot - np.maximum(height * unit * (0.62 + crest * 0.55), 0.01 * unit)
    start = max(int(top.min()) - 2, 0)
    stop = min(int(foot) + 2, scene.height)
    rows, columns = grid(stop - start, width)
    below = rows + start - top[None]
    streaks = noise(rng, stop - start, width, unit * 0.045, octaves=5, stretch=0.4, detail=0.6) - 0.5
    source = columns - scene.side * below * 0.42 + streaks * unit * 0.11
    calm = max(3, round(unit * 0.014)) | 1
    slope = np.gradient(np.convolve(np.pad(top, calm // 2, "edge"), np.ones(calm) / calm, "valid"))
    facing = -scene.side * slope[np.clip(source, 0, width - 1).astype(int)]
    lit = np.clip(smoothstep(-0.3, 0.45, facing) + streaks * 0.35, 0, 1)[..., None]
    rock_lit, rock_dark = scene.lit("#b0a49e"), scene.lit("#5f6884") * 0.92
    rock = rock_dark + (rock_lit - rock_dark) * lit
    if snow:
        white = scene.lit("#a9bcdc") + (scene.lit("#ffffff") - scene.lit("#a9bcdc")) * lit
        climb = (foot - rows - start) / (height * unit)
        level = 0.2 if scene.snowy else 0.42 + 0.16 * number
        rock = rock + (white - rock) * smoothstep(level - 0.12, level + 0.16, climb + streaks * 0.9)[..., None]
    mist = np.clip(below / (height * unit), 0, 1)[..., None] * 0.45 + (1 - near) * 0.55
    paint = rock + (scene.palette.haze - rock) * np.clip(mist, 0, 0.92)
    over(canvas[start:stop], paint, np.clip(below + 0.5, 0, 1))


def far_woods(canvas: Array, scene: Scene) -> None:
    """Two rows of firs at the foot of the mountains, in autumn of larches and maples."""
    for number in range(2):
        rng = scene.rng("woods", number)
        foot = (scene.horizon + 0.006 * (number + 1)) * scene.height
        image = Image.new("L", (scene.width, scene.height))
        draw = ImageDraw.Draw(image)
        swell = np.clip(smooth_line(rng, scene.width, scene.unit * 0.25) + 0.55, 0.12, 1.3)
        x = 0.0
        while x < scene.width:
            tall = scene.unit * (0.03 + 0.035 * number) * rng.uniform(0.5, 1.2) * swell[int(x)] + scene.unit * 0.008
            _fir(draw, x, foot, tall)
            x += tall * rng.uniform(0.12, 0.4)
        leaf = "#c9d6de" if scene.snowy else ("#a8642c", "#b8482c")[number] if scene.season == "autumn" else "#2f5246"
        tone = mix(scene.lit(leaf), scene.palette.haze, 0.5 - 0.32 * number)
        over(canvas, tone, blur(np.asarray(image, np.float32) / 255, 0.8))


def _fir(draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float) -> None:
    for tier in range(4):
        high, low = foot - tall * (1 - tier * 0.2), foot - tall * max(0.62 - tier * 0.22, 0)
        half = tall * (0.08 + 0.055 * tier)
        draw.polygon([(x, high), (x + half, low), (x - half, low)], fill=255)


def near_ground(canvas: Array, scene: Scene) -> None:
    """The alpine meadow in front of the mountains."""
    _hill(canvas, scene, 0, top=scene.horizon + 0.02, swell=0.03, near=0.55)
    _hill(canvas, scene, 1, top=scene.horizon + 0.14, swell=0.05, near=0.9)


def plain(canvas: Array, scene: Scene) -> None:
    """Level ground with long soft swells."""
    for number, top in enumerate((0.0, 0.05, 0.16)):
        _hill(canvas, scene, number, top=scene.horizon + top, swell=0.012, near=(number + 1) / 3)


def hills(canvas: Array, scene: Scene) -> None:
    """Rolling hills with trees along them."""
    for number, (top, swell) in enumerate(((0.0, 0.05), (0.07, 0.05), (0.19, 0.035))):
        _hill(canvas, scene, number, top=scene.horizon + top, swell=swell, near=(number + 1) / 3)
        if number < 2:
            _groves(canvas, scene, number)


def _hill(canvas: Array, scene: Scene, number: int, *, top: float, swell: float, near: float) -> None:
    rng = scene.rng("hill", number)
    curve = top * scene.height + smooth_line(rng, scene.width, scene.unit * 0.55) * swell * scene.unit
    start = max(int(curve.min()) - 2, 0)
    rows, _ = grid(scene.height - start, scene.width)
    below = rows + start - curve[None]
    bright, dark = land_tones(scene)
    grain = noise(rng, scene.height - start, scene.width, scene.unit * 0.06, octaves=6, stretch=5, detail=0.6)
    depth = smoothstep(0, 0.3, below / scene.unit)[..., None]
    paint = bright + (dark - bright) * depth * 0.8
    paint = paint * (0.8 + 0.4 * grain)[..., None]
    sunny = np.exp(-below / (0.025 * scene.unit))[..., None] * 0.3
    paint = paint + (scene.palette.sun - paint) * sunny * (0.3 if scene.time == "night" else 1)
    paint = paint + (scene.palette.haze - paint) * (1 - near) * 0.6
    over(canvas[start:], paint, np.clip(below + 0.5, 0, 1))


def _groves(canvas: Array, scene: Scene, number: int) -> None:
    """Clumps of round trees standing on a hill."""
    rng = scene.rng("groves", number)
    curve = smooth_line(scene.rng("hill", number), scene.width, scene.unit * 0.55) * 0.05 * scene.unit
    image = Image.new("L", (scene.width, scene.height))
    draw = ImageDraw.Draw(image)
    for _ in range(5 - number):
        centre = rng.uniform(0, scene.width)
        for _ in range(int(rng.integers(1, 6))):
            x = centre + rng.normal() * 0.08 * scene.unit
            foot = (scene.horizon + 0.07 * number + 0.01) * scene.height + curve[int(np.clip(x, 0, scene.width - 1))]
            size = scene.unit * rng.uniform(0.01, 0.02) * (1 + 0.8 * number)
            draw.rectangle((x - size * 0.12, foot - size * 2, x + size * 0.12, foot + 2), fill=255)
            for _ in range(6):
                px, py = x + rng.normal() * size * 0.42, foot - size * rng.uniform(1.7, 3.0)
                radius = size * rng.uniform(0.5, 0.8)
                draw.ellipse((px - radius, py - radius, px + radius, py + radius), fill=255)
    mask = np.asarray(image, np.float32) / 255
    leaf = (
        {"autumn": "#b8783c", "spring": "#7fae58", "summer": "#4c8a4c"}[scene.season] if not scene.snowy else "#dfe8f0"
    )
    tone = mix(scene.lit(leaf), scene.palette.haze, 0.42 - 0.22 * number)
    over(canvas, tone * 0.8, blur(mask, 0.8))
    moved = np.roll(mask, (-max(1, round(scene.unit * 0.005)), round(scene.side * scene.unit * 0.004)), (0, 1))
    over(canvas, tone * 1.08, blur(mask * moved, scene.unit * 0.003) * mask)


def dunes(canvas: Array, scene: Scene) -> None:
    """Dunes with a lit and a shaded flank that meet in a sharp crest."""
    for number, top in enumerate((0.0, 0.05, 0.14, 0.3)):
        rng = scene.rng("dune", number)
        near = (number + 1) / 4
        curve = smooth_line(rng, scene.width, scene.unit * (0.35 + 0.3 * near)) * (0.03 + 0.04 * near) * scene.unit
        curve += (scene.horizon + top) * scene.height
        rows, columns = grid(scene.height, scene.width)
        below = rows - curve[None]
        crest = np.clip(columns - scene.side * np.maximum(below, 0) * 1.6, 0, scene.width - 1).astype(int)
        slope = np.gradient(curve)[crest] * scene.side
        shade = smoothstep(-0.04, 0.14, slope) * smoothstep(0.3, 0.0, below / scene.unit)
        ripple = np.sin(
            (below + smooth_line(rng, scene.width, scene.unit * 0.2)[None] * 0.06 * scene.unit) / scene.unit * 260
        )
        bright, dark = scene.lit("#f2c98c"), scene.lit("#b4764e")
        paint = bright + (dark - bright) * shade[..., None] * 0.85
        paint = paint * (1 + ripple * 0.018 * near - 0.16 * smoothstep(0, 0.4, below / scene.unit))[..., None]
        over(canvas, mix_pixels(paint, scene.palette.haze, (1 - near) * 0.45), np.clip(below + 0.5, 0, 1))


def mix_pixels(pixels: Array, tone: Array, amount: float) -> Array:
    """All pixels `amount` of the way to one colour."""
    return np.asarray(pixels + (tone - pixels) * amount, np.float32)


def grass(canvas: Array, scene: Scene) -> None:
    """Blades and flowers along the lower edge, in front of everybody's feet."""
    if scene.snowy:
        return
    start = round(scene.height * 0.8)
    for depth in range(3):
        image = Image.new("RGBA", (scene.width * 2, (scene.height - start) * 2))
        _tufts(ImageDraw.Draw(image), scene, depth, (0.93 + 0.055 * depth) * scene.height - start)
        layer = from_image(image.reduce(2), "RGBA")
        over(canvas[start:], layer[..., :3], layer[..., 3])


def _tufts(draw: ImageDraw.ImageDraw, scene: Scene, depth: int, foot: float) -> None:
    """One row of blades, some with a flower on top, drawn at twice the size."""
    rng = scene.rng("grass", depth)
    bright, dark = land_tones(scene)
    for _ in range(round(170 * scene.width / scene.unit)):
        x, y = rng.uniform(-0.02, 1.02) * scene.width * 2, (foot + rng.uniform(-0.02, 0.05) * scene.unit) * 2
        tall, lean = scene.unit * rng.uniform(0.025, 0.06) * (1 + depth * 0.5), rng.normal() * 0.5
        tone = mix(dark, bright, rng.uniform(0, 0.9)) * (0.95 - 0.1 * depth)
        _blade(draw, x, y, tall=tall, lean=lean, fill=eight_bits(tone))
        if rng.random() < 0.06 * (3 - depth) * (scene.season != "autumn"):
            petal = scene.lit(PETALS[rng.integers(len(PETALS))])
            size = scene.unit * rng.uniform(0.006, 0.011) * (1 + depth * 0.3)
            _bloom(draw, x + lean * tall, y - tall * 2, size, eight_bits(petal))


def _blade(draw: ImageDraw.ImageDraw, x: float, y: float, *, tall: float, lean: float, fill: tuple[int, ...]) -> None:
    half = tall * 0.09
    tip, middle = (x + lean * tall, y - tall * 2), (x + lean * tall * 0.3, y - tall)
    draw.polygon(
        [(x - half, y), (middle[0] - half, middle[1]), tip, (middle[0] + half, middle[1]), (x + half, y)], fill=fill
    )


def _bloom(draw: ImageDraw.ImageDraw, x: float, y: float, size: float, fill: tuple[int, ...]) -> None:
    for petal in range(5):
        angle = petal * 2 * np.pi / 5
        px, py = x + np.cos(angle) * size, y + np.sin(angle) * size * 0.8
        draw.ellipse((px - size * 0.75, py - size * 0.75, px + size * 0.75, py + size * 0.75), fill=fill)
    draw.ellipse((x - size * 0.5, y - size * 0.5, x + size * 0.5, y + size * 0.5), fill=(250, 205, 90))
