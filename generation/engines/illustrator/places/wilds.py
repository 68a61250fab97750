"""Forest and bamboo grove: stems in mist, the floor, shafts of light, ferns in front."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    glow,
    grid,
    line,
    mix,
    noise,
    over,
    resize,
    shift,
    smooth_line,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.water import land_tones


def mist_tone(scene: Scene) -> Array:
    """The colour of the air between the stems."""
    green = {"autumn": "#f2dcae", "spring": "#dcefc8", "summer": "#cfe6c4"}.get(scene.season, "#e4edf2")
    air = mix(scene.lit("#e8eef4" if scene.snowy else green), scene.palette.sky[3], 0.35)
    return air * (0.5 if scene.time == "night" else 1.0)


def trunks(canvas: Array, scene: Scene) -> None:
    """Two pale rows of trunks far away, under a roof of leaves."""
    for number in range(2):
        _row_of_trunks(canvas, scene, number)


def near_trunks(canvas: Array, scene: Scene) -> None:
    """Two dark rows of trunks that stand on the floor to the left and right."""
    for number in (2, 3):
        _row_of_trunks(canvas, scene, number)


def _row_of_trunks(canvas: Array, scene: Scene, number: int) -> None:
    near = number / 3
    rng = scene.rng("trunks", number)
    count = round((11 - 2.4 * number) * scene.width / scene.unit)
    mask = _stems(scene, rng, count, near)
    bark = mix(mist_tone(scene), scene.lit("#5a463c") * 0.75, 0.22 + 0.6 * near)
    over(canvas, bark, mask)
    reach = round(scene.side * scene.unit * (0.003 + 0.006 * near))
    rim = np.clip(mask - shift(mask, -reach, 0), 0, 1)
    over(canvas, mix(bark, scene.palette.sun, 0.5), blur(rim, scene.unit * 0.002 + 0.3) * 0.75)
    _leaves(canvas, scene, number, near)


def clearing(canvas: Array, scene: Scene) -> None:
    """Light the depth of the forest: brightest where the sun stands behind it."""
    rows, columns = grid(scene.height, scene.width)
    air = mist_tone(scene)
    far = np.sqrt(((columns / scene.width - scene.sun[0]) * 1.2) ** 2 + (rows / scene.height - 0.42) ** 2)
    bright = mix(air, scene.palette.sun, 0.55)
    canvas[:] = air * 0.72 + (bright - air * 0.72) * np.exp(-far * 2.4)[..., None]


def _stems(scene: Scene, rng: np.random.Generator, count: int, near: float) -> Array:
    image = Image.new("L", (scene.width * 2, scene.height * 2))
    draw = ImageDraw.Draw(image)
    thick = 0.012 + 0.021 * near**1.3
    foot = (scene.horizon + 0.03 + 0.2 * near**1.4) * scene.height * 2
    for number in range(count):
        x = (number + rng.uniform(0.1, 0.9)) / count
        if near > 0.6 and abs(x - 0.5) < 0.24:
            x = 0.06 * rng.random() if x < 0.5 else 1 - 0.06 * rng.random()  # keep the clearing open
        x, half = x * scene.width * 2, thick * rng.uniform(0.6, 1.3) * scene.unit
        lean = rng.normal() * 0.02 * scene.height
        heights = np.linspace(0, 1, 14)
        bend = np.sin(heights * 3 + rng.uniform(0, 6)) * half * 0.35 + lean * heights
        spread = half * (0.72 + 0.3 * (1 - heights) + 0.9 * np.exp(-heights * 22))
        low = foot + rng.uniform(-0.01, 0.02) * scene.height
        ys = low - heights * (low + 10)
        draw.polygon(
            [*zip(x + bend - spread, ys, strict=True), *list(zip(x + bend + spread, ys, strict=True))[::-1]], fill=255
        )
        for _ in range(int(rng.integers(1, 4))):
            at, reach = rng.uniform(0.35, 0.85), rng.choice([-1, 1]) * rng.uniform(3, 8) * half
            y = low - at * low
            draw.line(
                [(x, y), (x + reach * 0.5, y - abs(reach) * 0.35), (x + reach, y - abs(reach) * 0.85)],
                fill=255,
                width=max(2, int(half * 0.35)),
            )
    return np.asarray(image.reduce(2), np.float32) / 255


def _leaves(canvas: Array, scene: Scene, number: int, near: float) -> None:
    """The roof: clumps of leaf-sized spots that thin out downwards."""
    rng = scene.rng("leaves", number)
    height = round(scene.height * (0.55 - 0.07 * number))
    clumps = noise(rng, height // 2, scene.width // 2, scene.unit * 0.12, octaves=3)
    spots = noise(rng, height, scene.width, scene.unit * (0.012 + 0.012 * near), octaves=2)
    fall = np.linspace(0.26, -0.42, height, dtype=np.float32)[:, None]
    sides = np.abs(np.linspace(-1, 1, scene.width, dtype=np.float32))[None] ** 2 * 0.16 - 0.06
    mask = smoothstep(0.5, 0.56, resize(clumps, height, scene.width) * 0.75 + spots * 0.5 - 0.13 + fall + sides)
    tone = {"autumn": "#c87a2c", "spring": "#7fb04c", "summer": "#4c8a3e"}.get(scene.season, "#8fa8b4")
    leaf = mix(mist_tone(scene), scene.lit("#c4d4de" if scene.snowy else tone) * (0.95 - 0.4 * near), 0.25 + 0.6 * near)
    paint = leaf * (0.8 + 0.45 * spots)[..., None]
    over(canvas[:height], paint, mask * 0.92)


def bamboo(canvas: Array, scene: Scene) -> None:
    """Two pale rows of stalks far away."""
    for number in range(2):
        _row_of_bamboo(canvas, scene, number)


def near_bamboo(canvas: Array, scene: Scene) -> None:
    """Two rows of stalks to the left and right, with joints, and narrow leaves that hang in."""
    for number in (2, 3):
        _row_of_bamboo(canvas, scene, number)


def _row_of_bamboo(canvas: Array, scene: Scene, number: int) -> None:
    near, rng = number / 3, scene.rng("bamboo", number)
    image, joints = (Image.new("L", (scene.width, scene.height)) for _ in range(2))
    count = round((15 - 3 * number) * scene.width / scene.unit)
    for stalk in range(count):
        x = (stalk + rng.uniform(0, 1)) / count
        if near < 0.5 or abs(x - 0.5) > 0.22:  # keep the clearing open
            _stalk(ImageDraw.Draw(image), ImageDraw.Draw(joints), scene, rng, at=x, near=near)
    mask = blur(np.asarray(image, np.float32) / 255, 0.7)
    tone = mix(mist_tone(scene), scene.lit("#6f9a48") * 0.85, 0.25 + 0.6 * near)
    over(canvas, tone, mask)
    rim = np.clip(mask - shift(mask, -round(scene.side * scene.unit * (0.003 + 0.004 * near)), 0), 0, 1)
    over(canvas, mix(tone, scene.palette.sun, 0.45), rim * 0.7)
    over(canvas, tone * 0.55, blur(np.asarray(joints, np.float32) / 255, 0.6) * mask * 0.8)
    _narrow_leaves(canvas, scene, number, tone)


def _stalk(
    draw: ImageDraw.ImageDraw,
    marks: ImageDraw.ImageDraw,
    scene: Scene,
    rng: np.random.Generator,
    *,
    at: float,
    near: float,
) -> None:
    half, lean = (0.006 + 0.015 * near) * scene.unit * rng.uniform(0.7, 1.2), rng.normal() * 0.03 * scene.width
    x, foot = at * scene.width, (scene.horizon + 0.02 + 0.18 * near) * scene.height
    draw.polygon(
        [(x - half, foot), (x + half, foot), (x + lean + half * 0.7, -5), (x + lean - half * 0.7, -5)], fill=255
    )
    y, gap = foot, half * rng.uniform(9, 13)
    while y > 0:
        middle = x + lean * (1 - y / foot)
        marks.rectangle(
            (middle - half * 1.1, y - max(1, half * 0.13), middle + half * 1.1, y + max(1, half * 0.13)), fill=255
        )
        y -= gap


def _narrow_leaves(canvas: Array, scene: Scene, number: int, tone: Array) -> None:
    rng = scene.rng("narrow leaves", number)
    image = Image.new("L", (scene.width, scene.height))
    draw = ImageDraw.Draw(image)
    size = scene.unit * (0.03 + 0.018 * number)
    for _ in range(round(26 * scene.width / scene.unit)):
        x, y = rng.uniform(0, scene.width), rng.random() ** 1.8 * scene.height * 0.5
        for _ in range(int(rng.integers(3, 6))):
            angle = rng.uniform(0.2, 2.9)
            dx, dy = np.cos(angle) * size, np.abs(np.sin(angle)) * size
            draw.polygon(
                [
                    (x, y),
                    (x + dx * 0.5 - dy * 0.09, y + dy * 0.5 + dx * 0.09),
                    (x + dx, y + dy),
                    (x + dx * 0.5 + dy * 0.09, y + dy * 0.5 - dx * 0.09),
                ],
                fill=255,
            )
    over(canvas, tone * (0.75 + 0.1 * number), blur(np.asarray(image, np.float32) / 255, 0.6) * 0.9)


def forest_floor(canvas: Array, scene: Scene) -> None:
    """Moss and leaves that come out of the mist, with patches of sun."""
    rng = scene.rng("floor")
    top = (scene.horizon + 0.01) * scene.height + smooth_line(rng, scene.width, scene.unit * 0.4) * scene.unit * 0.015
    start = max(int(top.min()) - 2, 0)
    rows, _ = grid(scene.height - start, scene.width)
    below = (rows + start - top[None]) / (scene.height - start)
    bright, dark = land_tones(scene)
    grain = noise(rng, scene.height - start, scene.width, scene.unit * 0.05, octaves=6, stretch=5, detail=0.7)
    patches = noise(rng, scene.height - start, scene.width, scene.unit * 0.1, octaves=5, stretch=7, detail=0.6)
    ground = mix(mix(dark, bright, 0.3), scene.lit("#7a6848"), 0.3) * 0.82
    paint = ground * (0.55 + 0.9 * grain)[..., None]
    paint = paint + (bright * 1.08 - paint) * (smoothstep(0.46, 0.7, patches) * 0.55)[..., None]
    air = mist_tone(scene)
    paint = paint + (air - paint) * np.exp(-np.maximum(below, 0) * 3.6)[..., None]
    over(canvas[start:], paint, smoothstep(-0.02, 0.1, below))


def shafts(canvas: Array, scene: Scene) -> None:
    """Slanting shafts of light from the sun's side."""
    if scene.weather in ("rain", "snow"):
        return
    rows, columns = grid(scene.height, scene.width)
    angle = (columns - scene.sun[0] * scene.width) / (rows + 0.6 * scene.height)
    beams = line(scene.rng("shafts"), 2048, 90, octaves=3)[np.clip(angle * 520 + 1024, 0, 2047).astype(int)]
    fade = smoothstep(0.95, 0.15, rows / scene.height) * np.exp(-(((angle + scene.side * 0.25) / 0.42) ** 2))
    glow(canvas, scene.palette.sun, smoothstep(0.1, 0.85, beams) * fade * (0.25 if scene.time == "night" else 0.42))


def ferns(canvas: Array, scene: Scene) -> None:
    """Dark fronds in the lower corners frame the view."""
    rng = scene.rng("ferns")
    image = Image.new("L", (scene.width * 2, scene.height * 2))
    draw = ImageDraw.Draw(image)
    for number in range(16):
        side = number % 2
        x = (rng.random() ** 1.5 * 0.15 if side else 1 - rng.random() ** 1.5 * 0.15) * scene.width * 2
        _frond(
            draw,
            x,
            scene.height * 2.02,
            rng.uniform(0.14, 0.34) * scene.unit,
            rng.uniform(-0.4, 0.5) * (1 if side else -1),
        )
    tone = scene.lit("#dbe6ee" if scene.snowy else {"autumn": "#6a4a22"}.get(scene.season, "#2c4a2a"))
    over(canvas, mix(tone * 0.8, colour("#0c1418"), 0.15), np.asarray(image.reduce(2), np.float32) / 255 * 0.96)


def _frond(draw: ImageDraw.ImageDraw, x: float, y: float, tall: float, lean: float) -> None:
    for step in range(26):
        t = step / 26
        px, py = x + lean * tall * 1.3 * t**1.6, y - tall * 1.7 * (t - 0.3 * t**2)
        size = tall * 0.3 * (1 - t) * min(1, 4 * t + 0.2)
        for way in (-1, 1):
            tip = (px + way * size, py - size * 0.35 + size * 0.5 * t)
            draw.polygon([(px, py - tall * 0.028), tip, (px, py + tall * 0.028)], fill=255)
    draw.line(
        [(x + lean * tall * 1.3 * t**1.6, y - tall * 1.7 * (t - 0.3 * t**2)) for t in np.linspace(0, 1, 12)],
        fill=255,
        width=3,
    )
