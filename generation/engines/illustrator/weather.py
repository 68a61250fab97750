"""Rain, snow and fog between the eye and the scene; rainbows; the last touch of light."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import Array, blur, glow, grid, noise, over, resize, smoothstep
from generation.engines.illustrator.composition import Scene


def fall(canvas: Array, scene: Scene) -> None:
    """Let it rain, snow or be misty, as the words say."""
    if scene.weather == "rain":
        _rain(canvas, scene)
    elif scene.weather == "snow":
        _snow(canvas, scene)
    elif scene.weather == "fog":
        _fog(canvas, scene)


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
