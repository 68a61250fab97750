"""Sea and lake with their shores, and the world under water."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    glow,
    grid,
    lighter,
    line,
    mix,
    noise,
    over,
    ramp,
    smooth_line,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene

TEXTURE = 512  # pixels a side of the ripples that perspective spreads over the water


def headland(canvas: Array, scene: Scene) -> None:
    """Far land that runs out into the sea on the side away from the sun."""
    rng = scene.rng("headland")
    edge = scene.horizon * scene.height
    rows, columns = grid(*canvas.shape[:2])
    inward = columns / scene.width if scene.side > 0 else 1 - columns / scene.width
    for number in range(int(rng.integers(1, 3))):
        reach = rng.uniform(0.25, 0.5) - 0.12 * number
        rise = (0.05 + 0.035 * number) * scene.unit * rng.uniform(0.7, 1.3)
        profile = smoothstep(reach, reach * 0.2, inward) * (1 + line(rng, scene.width, scene.unit * 0.2)[None] * 0.5)
        mask = np.clip(rows - (edge - rise * profile) + 0.5, 0, 1) * (profile > 0.01) * (rows < edge)
        over(canvas, mix(scene.palette.haze, scene.palette.water, 0.35 + 0.25 * number), mask)


def water(canvas: Array, scene: Scene) -> None:
    """Water that mirrors what is above it, broken by ripples, with the sun's path on it."""
    edge = round(scene.horizon * scene.height)
    height, width = scene.height - edge, scene.width
    near = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    ripples = _ripples(scene, near, width)
    calm = scene.place == "lake"
    reach = near * (edge - 1) * (0.98 if calm else 0.85) + ripples * scene.unit * (0.012 if calm else 0.035) * (
        0.1 + near
    )
    mirrored = canvas[np.clip(edge - 1 - reach, 0, edge - 1).astype(int), np.arange(width)[None]]
    body = ramp((mix(scene.palette.water, scene.palette.sky[3], 0.35), scene.palette.water), height)[:, None]
    depth = (0.2 + (0.3 if calm else 0.45) * near)[..., None]
    canvas[edge:] = mirrored + (body - mirrored) * depth
    crest = smoothstep(0.55, 1.5, ripples) * (0.25 + 0.4 * near)
    glow(canvas[edge:], scene.palette.sky[3], crest * (0.18 if calm else 0.42))
    over(canvas[edge:], scene.palette.water * 0.55, smoothstep(-0.5, -1.6, ripples) * (0.1 if calm else 0.3))
    across = (np.arange(width, dtype=np.float32)[None] / width - scene.sun[0]) * width / scene.unit
    path = np.exp(-((across / (0.05 + 0.13 * near)) ** 2)) * smoothstep(0.05, 1.0, ripples + 0.7 * (1 - near))
    if not scene.weather:
        strength = {"sunset": 0.95, "sunrise": 0.8, "night": 0.55, "day": 0.3}[scene.time]
        glow(canvas[edge:], scene.palette.sun, path * strength * (1 - 0.5 * near))
    over(canvas[edge:], scene.palette.sky[3], np.repeat(smoothstep(0.05, 0.0, near), width, 1) * 0.55)


def _ripples(scene: Scene, near: Array, width: int) -> Array:
    """Waves of height about ±1 that grow towards the eye."""
    rng = scene.rng("ripples")
    texture = noise(rng, TEXTURE, TEXTURE * 2, 13, octaves=3, stretch=5, detail=0.6)
    texture = (texture - 0.5) / max(float(texture.std()), 1e-6)
    columns = np.arange(width, dtype=np.float32)[None] - width * 0.5
    rows = (60 * np.log(near * 16 + 0.5) + TEXTURE).astype(int) % TEXTURE
    at = (columns * (700 / scene.unit) / (near * 1.9 + 0.12) + TEXTURE).astype(int) % (TEXTURE * 2)
    return np.asarray(texture[rows, at] * smoothstep(0.0, 0.08, near), np.float32)


def beach(canvas: Array, scene: Scene) -> None:
    """Sand with a wet edge, and the foam of two waves running out on it."""
    rng = scene.rng("beach")
    rows, columns = grid(scene.height, scene.width)
    slant = (columns / scene.width - 0.5) * rng.uniform(0.03, 0.09) * scene.side
    curve = smooth_line(rng, scene.width, scene.unit * 0.45)[None] * 0.016
    shore = (rng.uniform(0.77, 0.81) + slant + curve) * scene.height
    below = (rows - shore) / scene.unit
    start = max(int(shore.min() - 0.12 * scene.unit), 0)
    view, below = canvas[start:], below[start:]
    grain = noise(rng, view.shape[0], view.shape[1], scene.unit * 0.09, octaves=7, stretch=4, detail=0.62)
    dry, wet = scene.lit("#f0d7a6"), mix(scene.lit("#a98a66"), scene.palette.sky[2], 0.42)
    if scene.snowy:
        dry = scene.lit("#eef2f6")
    damp = smoothstep(0.11, 0.03, below + (grain - 0.5) * 0.05)[..., None]
    sand = (dry + (wet - dry) * damp) * (1 + (grain - 0.5)[..., None] * (0.3 - 0.2 * damp))
    sand *= (1.05 - 0.25 * smoothstep(0.05, 0.3, below))[..., None]
    over(view, sand, smoothstep(-0.004, 0.004, below))
    lace = noise(rng, view.shape[0], view.shape[1], scene.unit * 0.022, octaves=4, stretch=2.2)
    foam = lighter(scene.palette.sky[3], 0.55)
    for offset, width, strength in ((0.0, 0.011, 0.95), (-0.05, 0.008, 0.55), (-0.095, 0.006, 0.35)):
        bend = smooth_line(rng, scene.width, scene.unit * 0.25)[None] * 0.012
        ridge = np.exp(-(((below - offset + bend) / width) ** 2)) + 0.55 * smoothstep(
            -0.045, 0, below - offset + bend
        ) * (below < offset - bend)
        over(view, foam, np.clip(ridge * smoothstep(0.44, 0.6, lace + 0.08 * (offset == 0)) * strength, 0, 1))


def bank(canvas: Array, scene: Scene) -> None:
    """The near bank of a lake: earth, and grass on it."""
    rng = scene.rng("bank")
    rows, columns = grid(scene.height, scene.width)
    slope = (columns / scene.width - 0.5) * 0.08 * scene.side
    top = (0.86 + slope) * scene.height + smooth_line(rng, scene.width, scene.unit * 0.3)[None] * scene.unit * 0.02
    depth = np.clip((rows - top) / (0.14 * scene.height), 0, 1)
    grain = noise(rng, scene.height, scene.width, scene.unit * 0.03, octaves=4, stretch=2)
    bright, dark = land_tones(scene)
    paint = bright + (dark - bright) * depth[..., None]
    over(canvas, scene.palette.water * 0.5, np.exp(-np.abs(rows - top) / (0.008 * scene.unit)) * 0.5)
    over(canvas, paint * (0.85 + 0.3 * grain)[..., None], np.clip(rows - top + 0.5, 0, 1))


def land_tones(scene: Scene) -> tuple[Array, Array]:
    """Bright and dark colour of the ground in this season and light."""
    bright, dark = {
        "spring": ("#a4cf62", "#4f8a3c"),
        "summer": ("#8fc050", "#3d7a36"),
        "autumn": ("#d8b060", "#8c6a34"),
        "winter": ("#f4f8fc", "#b4c6dc"),
    }["winter" if scene.snowy else scene.season]
    return scene.lit(bright), scene.lit(dark)


def depths(canvas: Array, scene: Scene) -> None:
    """Blue that deepens away from the surface, and rays of sun through it."""
    rng = scene.rng("depths")
    stops = [
        ("#8fe6e8", "#35a9cc", "#14639c", "#0c3a6e"),
        ("#a6ecd8", "#3fb4b4", "#16707f", "#0b4258"),
        ("#9fd4f4", "#4a8fd8", "#2a56a8", "#182f74"),
    ][rng.integers(3)]
    height, width = canvas.shape[:2]
    canvas[:] = ramp([colour(tone) for tone in stops], height)[:, None]
    rows, columns = grid(height, width)
    angle = (columns - scene.sun[0] * width) / (rows + 0.35 * height)
    rays = line(rng, 2048, 60, octaves=4)
    beam = rays[np.clip((angle * 420 + 1024), 0, 2047).astype(int)]
    fade = np.clip(1 - rows / (0.95 * height), 0, 1) ** 1.3
    glow(canvas, (0.85, 1.0, 0.97), smoothstep(0.05, 0.9, beam) * fade * 0.5)


def seabed(canvas: Array, scene: Scene) -> None:
    """Sand with a net of light on it, coral and weed."""
    rng = scene.rng("seabed")
    height, width = canvas.shape[:2]
    rows, _ = grid(height, width)
    top = 0.84 * height + smooth_line(rng, width, scene.unit * 0.4)[None] * scene.unit * 0.035
    net = np.abs(noise(rng, height, width, scene.unit * 0.06, octaves=2, stretch=3) - 0.5)
    depth = np.clip((rows - top) / (0.16 * height), 0, 1)
    water_tone = canvas[min(round(height * 0.8), height - 1), width // 2].copy()
    sand = (
        mix(colour("#f2e2b4"), water_tone, 0.38) * (0.78 + 0.35 * depth + 0.25 * smoothstep(0.05, 0.0, net))[..., None]
    )
    for number in range(3):
        _growth(canvas, scene, number, mix(water_tone, colour("#0a2a4c"), 0.25 + 0.1 * number))
        if number == 1:
            over(canvas, sand, smoothstep(-2, 2, rows - top))
    over(canvas, water_tone, np.repeat(np.exp(-np.abs(rows - 0.84 * height) / (0.06 * height)) * 0.3, width, 1))


def _growth(canvas: Array, scene: Scene, number: int, tone: Array) -> None:
    """A row of weed and coral; the nearest is coloured."""
    rng = scene.rng("growth", number)
    for _ in range(7):
        image = Image.new("L", (scene.width, scene.height))
        draw = ImageDraw.Draw(image)
        edge = rng.random() ** 1.6 * 0.32
        x = (edge if rng.random() < 0.5 else 1 - edge) * scene.width
        foot = (0.86 + 0.06 * number) * scene.height
        tall = rng.uniform(0.1, 0.28) * scene.unit * (0.7 + 0.3 * number)
        for _ in range(int(rng.integers(4, 9))):
            lean, sway = rng.uniform(-0.5, 0.5), rng.uniform(-0.12, 0.12)
            for step in range(24):
                t = step / 24
                size = scene.unit * 0.011 * (1.1 - t * 0.6)
                px, py = x + (lean * t**1.4 + sway * np.sin(t * 7)) * tall, foot - tall * t * (1 - abs(lean) * 0.4)
                draw.ellipse((px - size, py - size, px + size, py + size), fill=255)
        vivid = colour(str(rng.choice(["#f0738a", "#f6a04f", "#b27be0", "#3fae8c", "#58b868"])))
        over(canvas, mix(tone, vivid, 0.28 * number), blur(np.asarray(image, np.float32) / 255, 1 + (2 - number)))


def bubbles(canvas: Array, scene: Scene) -> None:
    """A few bubbles on their way up."""
    rng = scene.rng("bubbles")
    rows, columns = grid(scene.height, scene.width)
    for _ in range(22):
        x, y, size = (
            rng.random() * scene.width,
            rng.random() * scene.height * 0.85,
            rng.uniform(0.003, 0.013) * scene.unit,
        )
        top, left = max(int(y - size * 2), 0), max(int(x - size * 2), 0)
        part = (slice(top, int(y + size * 2) + 1), slice(left, int(x + size * 2) + 1))
        far = np.sqrt((columns[:, part[1]] - x) ** 2 + (rows[part[0]] - y) ** 2) / size
        glow(canvas[part], (1, 1, 1), np.exp(-(((far - 0.9) * 5) ** 2)) * 0.6 + smoothstep(1, 0, far) * 0.12)
