"""Sky, sun, moon, stars and clouds; the sea of clouds; outer space."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    glow,
    grid,
    lighter,
    mix,
    noise,
    over,
    ramp,
    resize,
    smooth_line,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene


def sky(canvas: Array, scene: Scene) -> None:
    """The gradient from zenith to horizon, with the sun or the moon in it."""
    height, _ = canvas.shape[:2]
    edge = round(scene.horizon * height) + 2
    canvas[:edge] = ramp(scene.palette.sky, edge, (0, 0.42, 0.76, 1))[:, None]
    canvas[edge:] = scene.palette.sky[3]
    if scene.time == "night":
        stars(canvas[:edge], scene, density=0.0006 if not scene.weather else 0.0001)
    far = distance(canvas, scene, *scene.sun)
    spread = 2.2 if scene.time == "day" else 3.2
    glow(canvas, scene.palette.sun, np.exp(-far * spread * 3) * 0.5 + np.exp(-far * spread) * 0.22)
    if not scene.weather:
        sun_or_moon(canvas, scene, far)


def distance(canvas: Array, scene: Scene, x: float, y: float) -> Array:
    """How far each pixel is from a point, in short sides."""
    rows, columns = grid(*canvas.shape[:2])
    across, down = columns - x * scene.width, rows - y * scene.height
    return np.asarray(np.sqrt(across * across + down * down) / scene.unit)


def sun_or_moon(canvas: Array, scene: Scene, far: Array) -> None:
    """The disc itself; a moon has seas and a halo."""
    pixel = 1.5 / scene.unit
    disc = smoothstep(scene.sun_size + pixel, scene.sun_size - pixel, far)
    face = lighter(scene.palette.sun, 0.35)
    over(canvas, face, disc * (0.75 if scene.time == "day" else 0.95))
    if scene.time == "night":
        rows = slice(*_band(scene.sun[1], scene.sun_size, scene.height, scene.unit))
        tall = rows.stop - rows.start
        seas = smoothstep(0.5, 0.62, noise(scene.rng("moon"), tall, scene.width, scene.sun_size * scene.unit))
        over(canvas[rows], face * 0.78, disc[rows] * seas * 0.6)


def _band(centre: float, reach: float, height: int, unit: int) -> tuple[int, int]:
    half = round(reach * unit) + 2
    middle = round(centre * height)
    return max(middle - half, 0), min(middle + half, height)


def stars(canvas: Array, scene: Scene, density: float) -> None:
    """Points of light, a few of them large."""
    height, width = canvas.shape[:2]
    rng = scene.rng("stars")
    count = int(700_000 * density * width * height / scene.unit**2)
    light = np.zeros((height, width), np.float32)
    rows = (rng.random(count) ** 1.3 * height).astype(int)
    columns = rng.integers(0, width, count)
    light[rows, columns] = rng.random(count) ** 3
    halo = blur(light, scene.unit * 0.0011) * 3 + blur(np.where(light > 0.75, light, 0), scene.unit * 0.004) * 16
    glow(canvas, (0.95, 0.96, 1.0), np.clip(halo + light * 0.6, 0, 1))


def clouds(canvas: Array, scene: Scene) -> None:
    """A closed cover in bad weather; else a veil high up and a few heaps of cumulus."""
    if scene.weather:
        cover(canvas, scene)
        return
    cover(canvas, scene, veil=True)
    rng = scene.rng("cumulus")
    for number in range(int(rng.integers(3, 7))):
        depth = number / 6
        x = (rng.random() * 0.9 + 0.05 + (0.5 - scene.sun[0]) * 0.5) % 1.0
        y = scene.horizon * (0.8 - 0.62 * depth + rng.uniform(-0.06, 0.06))
        cumulus(canvas, scene, rng, (x, y), rng.uniform(0.06, 0.1) + 0.2 * depth)


def cumulus(canvas: Array, scene: Scene, rng: np.random.Generator, at: tuple[float, float], size: float) -> None:
    """One heap of cloud: puffs that swell from a flat foot, rounded by light from the sun's side."""
    half, tall = round(size * scene.unit), round(size * 0.62 * scene.unit)
    scale = max(1, half // 110)
    rows, columns = grid(-(-round(tall * 1.25) // scale), -(-2 * half // scale))
    rows, columns = rows * scale, columns * scale
    swell: Array = np.zeros((rows.size, columns.size), np.float32)
    for _ in range(26):
        u = float(np.clip(rng.normal() * 0.36, -0.86, 0.86))
        radius = half * rng.uniform(0.13, 0.26) * (1.1 - 0.7 * abs(u))
        px, py = half * (1 + u), tall - radius * 0.5 - rng.random() ** 1.3 * (tall - radius * 1.6) * (1 - abs(u)) ** 0.8
        swell = np.maximum(swell, radius**2 - (columns - px) ** 2 - (rows - py) ** 2)
    ragged = noise(rng, rows.size, columns.size, max(half * 0.16 / scale, 2), octaves=4, detail=0.62) - 0.5
    round_ = np.sqrt(np.maximum(swell, 0)) / half
    mask: Array = smoothstep(0.03, 0.15, round_ + ragged * 0.3 * (swell > 0)) * smoothstep(
        tall * 1.06, tall * 0.78, rows + ragged * tall * 0.5
    )
    down, across = np.gradient(blur(round_ + ragged * 0.05, half / scale * 0.016))
    low_sun = scene.sun[1] > 0.5 * scene.horizon
    facing = (-across * scene.side * 0.8 + down * (0.35 if low_sun else 1.0)) * half / scale * 0.34
    lit: Array = np.clip(0.56 + facing + 0.3 * (1 - rows / tall), 0, 1)
    high, wide = mask.shape[0] * scale, mask.shape[1] * scale
    if scale > 1:
        mask, lit = resize(mask, high, wide), np.clip(resize(lit, high, wide), 0, 1)
    paint = scene.palette.cloud_shade + (scene.palette.cloud_bright - scene.palette.cloud_shade) * lit[..., None]
    far = 0.55 * float(np.clip((0.22 - size) / 0.14, 0, 1))
    paint = paint + (scene.palette.sky[2] - paint) * far
    top, left = round(at[1] * scene.height) - tall, round(at[0] * scene.width) - half
    area = (
        slice(max(top, 0), min(top + high, round(scene.horizon * scene.height))),
        slice(max(left, 0), left + wide),
    )
    part = (
        slice(max(-top, 0), max(-top, 0) + canvas[area].shape[0]),
        slice(max(-left, 0), max(-left, 0) + canvas[area].shape[1]),
    )
    over(canvas[area], paint[part], np.clip(mask[part], 0, 1) * (0.95 if scene.time != "night" else 0.7))


def cover(canvas: Array, scene: Scene, *, veil: bool = False) -> None:
    """Clouds that flatten towards the horizon, lit from the sun's side; as a veil, thin ones high up."""
    height, width = round(scene.horizon * scene.height), scene.width
    half_height, half_width = max(height // 2, 8), max(width // 2, 8)
    rng = scene.rng("clouds")
    stretch = rng.uniform(7, 12) if veil else rng.uniform(2.2, 4.5)
    field = noise(
        rng, half_height, half_width, scene.unit * rng.uniform(0.12, 0.19), octaves=6, stretch=stretch, detail=0.52
    )
    flat = np.linspace(0, 1, half_height)
    field = field[((0.4 * flat + 0.6 * flat**2) * (half_height - 1)).astype(int)]
    least = {"rain": 0.36, "snow": 0.4, "fog": 0.5}.get(scene.weather, 0.5)
    mask = smoothstep(least, least + (0.4 if veil else 0.15), field)
    step = max(2, round(scene.unit * 0.012))
    rows = np.clip(np.arange(half_height) + (step if scene.sun[1] > 0.5 * scene.horizon else -step), 0, half_height - 1)
    columns = np.clip(np.arange(half_width) + round(step * scene.side), 0, half_width - 1)
    towards = field[rows[:, None], columns]
    lit = np.clip(0.62 + (field - towards) * 6.5 - (field - least) * 0.7, 0, 1)
    fade = smoothstep(1.0, 0.8, np.linspace(0, 1, half_height, dtype=np.float32)[:, None])
    mask, lit = resize(mask * fade, height, width), resize(lit, height, width)[..., None]
    paint = scene.palette.cloud_shade + (scene.palette.cloud_bright - scene.palette.cloud_shade) * lit
    over(canvas[:height], paint, np.clip(mask, 0, 1) * (0.55 if veil else 0.9))


def cloud_sea(canvas: Array, scene: Scene) -> None:
    """Banks of cumulus below the eye, the nearest ones the whitest."""
    far = mix(scene.palette.cloud_shade, scene.palette.sky[3], 0.55)
    for number in range(5):
        near = number / 4
        top = scene.horizon - 0.02 + 0.33 * near**1.15
        bank = _puffs(scene, number, top, 0.03 + 0.08 * near)
        bright = mix(far, scene.palette.cloud_bright, 0.45 + 0.55 * near)
        depth = smoothstep(0.0, 0.16 + 0.14 * near, np.linspace(0, 1, scene.height, dtype=np.float32) - top + 0.03)
        shade = mix(bright, scene.palette.cloud_shade, 0.75)
        rows = bright + (shade - bright) * depth[:, None]
        texture = noise(scene.rng("bank", number), scene.height // 2, scene.width // 2, scene.unit * 0.06, octaves=4)
        paint = rows[:, None] * (0.93 + 0.14 * resize(texture, scene.height, scene.width)[..., None])
        over(canvas, paint, bank)


def _puffs(scene: Scene, number: int, top: float, radius: float) -> Array:
    rng = scene.rng("puffs", number)
    image = Image.new("L", (scene.width, scene.height))
    draw = ImageDraw.Draw(image)
    swell = smooth_line(rng, scene.width, scene.unit * 0.3) * radius * 0.9
    x = -radius * scene.unit
    while x < scene.width + radius * scene.unit:
        size = radius * rng.uniform(0.5, 1.25) * scene.unit
        y = (top + swell[int(np.clip(x, 0, scene.width - 1))]) * scene.height + rng.uniform(0, 0.6) * size
        draw.ellipse((x - size, y - size, x + size, y + size), fill=255)
        draw.rectangle((x - size, y, x + size, y + scene.height), fill=255)
        x += size * rng.uniform(0.45, 0.9)
    return blur(np.asarray(image, np.float32) / 255, scene.unit * (0.002 + 0.02 * radius))


def cosmos(canvas: Array, scene: Scene) -> None:
    """Darkness, nebulae in two colours, and stars."""
    rng = scene.rng("cosmos")
    height, width = canvas.shape[:2]
    deep, first, second = [
        ("#070a1e", "#3f5fd8", "#c04aa8"),
        ("#060d1a", "#1f9aa8", "#7a58d8"),
        ("#0c0818", "#8a3fd0", "#f0805a"),
    ][rng.integers(3)]
    canvas[:] = colour(deep)
    for tone, shift in ((first, 0.0), (second, 0.035)):
        veil = noise(rng, height // 3, width // 3, scene.unit * 0.16, octaves=6, detail=0.55)
        band = noise(rng, height // 3, width // 3, scene.unit * 0.3, octaves=2)
        mist = smoothstep(0.44 + shift, 0.8, veil) * smoothstep(0.38, 0.7, band)
        glow(canvas, colour(tone), np.clip(resize(mist, height, width), 0, 1) * 0.85)
    stars(canvas, scene, density=0.0011)


def planet(canvas: Array, scene: Scene) -> None:
    """A banded planet with a lit side, often with rings."""
    rng = scene.rng("planet")
    size = rng.uniform(0.13, 0.2) * scene.unit
    x, y = scene.sun[0] * scene.width, rng.uniform(0.2, 0.3) * scene.height
    rows, columns = grid(*canvas.shape[:2])
    across, down = (columns - x) / size, (rows - y) / size
    inside = np.clip((1 - np.sqrt(across**2 + down**2)) * size, 0, 1)
    tone = colour(str(rng.choice(["#e8a46a", "#7fb4e8", "#d88a9c", "#8fd0b4"])))
    waves = np.sin((down * 1.0 + across * 0.25) * 9 + np.sin(across * 3 + down) * 0.4) * 0.12
    surface = tone * (1 + waves)[..., None]
    lit = np.clip(0.1 - scene.side * across * 0.55 - down * 0.75 + 0.35, 0.06, 1.15)
    glow(canvas, tone, np.exp(-np.abs(np.sqrt(across**2 + down**2) - 1) * 7) * 0.28)
    ring = np.sqrt((across * 0.94 + down * 0.34) ** 2 + ((down * 0.94 - across * 0.34) / 0.26) ** 2)
    mask = smoothstep(1.35, 1.42, ring) * smoothstep(2.1, 2.0, ring) * (0.55 + 0.35 * np.sin(ring * 28))
    behind = (down * 0.94 - across * 0.34) < 0
    over(canvas, mix(tone, (1, 1, 1), 0.35), mask * behind * 0.7)
    over(canvas, surface * lit[..., None], inside)
    over(canvas, mix(tone, (1, 1, 1), 0.35), mask * ~behind * 0.7)


def moon_ground(canvas: Array, scene: Scene) -> None:
    """The curved ground of a small world, with craters."""
    rng = scene.rng("moon ground")
    start = round(0.84 * scene.height)
    view = canvas[start:]
    rows, columns = grid(*view.shape[:2])
    x, y = columns / scene.width, (rows + start) / scene.height
    top = 0.86 + (x - 0.5) ** 2 * 0.16 + smooth_line(rng, scene.width, scene.unit * 0.2)[None] * 0.01
    mask = np.clip((y - top) * scene.height + 0.5, 0, 1)
    tone = mix(colour("#8d8ba6"), scene.palette.sky[2], 0.25)
    grain = noise(rng, view.shape[0], view.shape[1], scene.unit * 0.05, octaves=6, stretch=3, detail=0.6)
    over(view, tone * (1.02 - 0.62 * np.clip((y - top) / 0.16, 0, 1) + (grain - 0.5) * 0.7)[..., None], mask)
    for _ in range(9):
        at, low, size = rng.uniform(0, 1), rng.uniform(0.91, 1.0), rng.uniform(0.015, 0.06)
        far = np.hypot((x - at) * scene.width / scene.unit, (y - low) * 3.4) / size
        over(view, tone * 0.34, smoothstep(1, 0.75, far) * 0.6 * mask)
        over(view, tone * 1.2, smoothstep(0.22, 0.02, np.abs(far - 1.05)) * 0.45 * mask * (y > low))
