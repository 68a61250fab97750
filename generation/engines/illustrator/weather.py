"""Rain, snow and fog between the eye and the scene; rainbows; the last touch of light."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    glow,
    grid,
    line,
    noise,
    over,
    resize,
    smooth_line,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.stock import INDOORS


def fall(canvas: Array, scene: Scene) -> None:
    """Let it rain, snow or be misty, as the words say."""
    if scene.place in INDOORS:
        return
    if scene.weather == "rain":
        _rain(canvas, scene)
    elif scene.weather == "snow":
        _snow(canvas, scene)
    elif scene.weather == "fog":
        _fog(canvas, scene)


def aloft(canvas: Array, scene: Scene) -> None:
    """What the words want in the sky beside sun and moon."""
    shows = {"rainbow": rainbow, "aurora": aurora, "lightning": lightning, "meteor": meteors}
    for name in scene.aloft:
        if name in shows and scene.place not in INDOORS:
            shows[name](canvas, scene)


def aurora(canvas: Array, scene: Scene) -> None:
    """Curtains of green and violet light."""
    rng = scene.rng("aurora")
    edge = round(scene.horizon * scene.height)
    rows, _ = grid(edge, scene.width)
    for number, (low, top) in enumerate((("#4affb0", "#8a5aff"), ("#5affd0", "#c85aff"), ("#7aff9a", "#5a8aff"))):
        swell = smooth_line(rng, scene.width, scene.unit * 0.3) + 0.4 * smooth_line(rng, scene.width, scene.unit * 0.07)
        foot = (0.5 + 0.14 * number + 0.16 * swell[None]) * edge
        rays = 0.55 + 0.45 * np.clip(line(rng, scene.width, scene.unit * 0.03, octaves=3)[None] + 0.5, 0, 1)
        above = (foot - rows) / edge
        curtain = smoothstep(-0.02, 0.03, above) * np.exp(-np.maximum(above, 0) * (2.6 + number * 0.6)) * rays
        fold = np.clip(0.55 + 0.6 * smooth_line(rng, scene.width, scene.unit * 0.5)[None], 0.1, 1)
        tone = mix_field(colour(low), colour(top), np.clip(above * 2.2, 0, 1))
        canvas[:edge] += (1 - canvas[:edge]) * tone * np.clip(curtain * fold * 1.25, 0, 1)[..., None]


def meteors(canvas: Array, scene: Scene) -> None:
    """Shooting stars, one of them bright."""
    rng = scene.rng("meteors")
    image = Image.new("L", (scene.width, scene.height))
    draw = ImageDraw.Draw(image)
    for number in range(6):
        x, y = rng.uniform(0.1, 0.9) * scene.width, rng.uniform(0.04, 0.5) * scene.horizon * scene.height
        long = scene.unit * (0.34 if number == 0 else rng.uniform(0.08, 0.18))
        wide = max(1, round(scene.unit * (0.005 if number == 0 else 0.0025)))
        for part in range(24):
            near, far = part / 24, (part + 1) / 24
            ends = [(x + scene.side * long * t, y - long * 0.5 * t) for t in (near, far)]
            draw.line([*ends[0], *ends[1]], fill=round(255 * (1 - near) ** 1.5), width=max(1, round(wide * (1 - near))))
    trail = np.asarray(image, np.float32) / 255
    glow(canvas, (0.8, 0.9, 1.0), blur(trail, scene.unit * 0.008) * 1.6)
    over(canvas, (1.0, 1.0, 1.0), trail)


def mix_field(first: Array, second: Array, amount: Array) -> Array:
    """Two colours mixed pixel by pixel."""
    return np.asarray(first + (second - first) * amount[..., None])


def lightning(canvas: Array, scene: Scene) -> None:
    """A forked flash that lights the clouds."""
    rng = scene.rng("lightning")
    image = Image.new("L", (scene.width, scene.height))
    draw = ImageDraw.Draw(image)
    foot = scene.horizon * scene.height
    x, y = rng.uniform(0.2, 0.8) * scene.width, 0.02 * scene.height
    width = max(2, round(scene.unit * 0.006))
    while y < foot:
        nx, ny = x + rng.normal() * scene.unit * 0.03, y + rng.uniform(0.02, 0.05) * scene.unit
        draw.line((x, y, nx, min(ny, foot)), fill=255, width=width)
        if rng.random() < 0.25:
            bx, by = nx, ny
            for _ in range(4):
                cx, cy = bx + rng.normal() * scene.unit * 0.035, by + rng.uniform(0.01, 0.04) * scene.unit
                draw.line((bx, by, cx, min(cy, foot)), fill=190, width=max(1, width // 2))
                bx, by = cx, cy
        x, y = nx, ny
    flash = np.asarray(image, np.float32) / 255
    glow(canvas, (0.75, 0.8, 1.0), blur(flash, scene.unit * 0.05) * 2.2)
    glow(canvas, (0.85, 0.85, 1.0), blur(flash, scene.unit * 0.012) * 1.4)
    over(canvas, (1.0, 1.0, 1.0), blur(flash, 0.8))


def rainbow(canvas: Array, scene: Scene) -> None:
    """An arc opposite the sun."""
    rows, columns = grid(*canvas.shape[:2])
    x = 0.5 - scene.side * 0.12
    far = np.hypot((columns / scene.width - x) * scene.width, rows - scene.horizon * 1.1 * scene.height) / scene.unit
    bands = ("#e84a4a", "#f09a3c", "#f4e04a", "#5ac46a", "#4a90e8", "#8a5ad0")
    for number, tone in enumerate(bands):
        red, green, blue = (int(tone[i : i + 2], 16) / 255 for i in (1, 3, 5))
        ring = np.exp(-(((far - 0.46 + number * 0.013) / 0.009) ** 2)) * (rows < scene.horizon * scene.height)
        glow(canvas, (red, green, blue), ring * 0.4)


def _rain(canvas: Array, scene: Scene) -> None:
    rng = scene.rng("rain")
    slant = rng.uniform(-0.25, 0.25)
    for near in (0.4, 1.0):
        image = Image.new("L", (scene.width, scene.height))
        draw = ImageDraw.Draw(image)
        for _ in range(round(260 * scene.width * scene.height / scene.unit**2)):
            x, y = rng.uniform(-0.1, 1.1) * scene.width, rng.uniform(-0.1, 1) * scene.height
            length = scene.unit * rng.uniform(0.02, 0.05) * (0.6 + near)
            bright = int(rng.uniform(70, 200))
            draw.line(
                (x, y, x + slant * length, y + length), fill=bright, width=max(1, round(scene.unit * 0.0018 * near))
            )
        glow(canvas, (0.86, 0.92, 1.0), blur(np.asarray(image, np.float32) / 255, 0.6) * 0.5)


def _snow(canvas: Array, scene: Scene) -> None:
    rng = scene.rng("snow")
    for size, count in ((0.0016, 420), (0.003, 160), (0.006, 46)):
        image = Image.new("L", (scene.width, scene.height))
        draw = ImageDraw.Draw(image)
        for _ in range(round(count * scene.width * scene.height / scene.unit**2)):
            x, y = rng.random() * scene.width, rng.random() * scene.height
            radius = max(0.8, size * scene.unit * rng.uniform(0.7, 1.4))
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=int(rng.uniform(150, 255)))
        over(canvas, (1.0, 1.0, 1.0), blur(np.asarray(image, np.float32) / 255, size * scene.unit * 0.45) * 0.9)


def _fog(canvas: Array, scene: Scene) -> None:
    rng = scene.rng("fog")
    field = noise(rng, scene.height // 4, scene.width // 4, scene.unit * 0.1, octaves=4, stretch=4)
    rows, _ = grid(scene.height, scene.width)
    low = np.exp(-((rows / scene.height - scene.horizon) ** 2) / 0.05)
    veil = smoothstep(0.25, 0.8, resize(field, scene.height, scene.width)) * low
    over(canvas, scene.palette.haze, np.clip(veil * 0.62 + 0.06, 0, 1))
