"""Savanna, jungle, and a garden with beds and a path."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    eight_bits,
    from_image,
    grid,
    lighter,
    mix,
    noise,
    over,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.water import land_tones
from generation.engines.illustrator.places.wilds import mist_tone

BLOOMS = ("#f06a8a", "#f4c84a", "#fdf4ea", "#b98ae6", "#f0883c", "#e8484e")


def acacias(canvas: Array, scene: Scene) -> None:
    """Flat-topped trees far out on the plain."""
    for row in range(2):
        rng = scene.rng("acacias", row)
        image = Image.new("L", (scene.width * 2, scene.height * 2))
        draw = ImageDraw.Draw(image)
        for _ in range(7 - 4 * row):
            x = rng.random() * scene.width * 2
            foot = (scene.horizon + 0.012 + 0.035 * row) * scene.height * 2
            tall = scene.unit * rng.uniform(0.06, 0.1) * (1 + 0.9 * row) * 2
            for way in (-1, 1):
                draw.line(
                    [(x, foot), (x + way * tall * 0.08, foot - tall * 0.5), (x + way * tall * 0.4, foot - tall * 0.8)],
                    fill=255,
                    width=max(2, round(tall * 0.045)),
                )
            for _ in range(12):
                px, size = x + rng.uniform(-0.62, 0.62) * tall, tall * rng.uniform(0.14, 0.26)
                py = foot - tall * rng.uniform(0.8, 0.98) + 0.14 * tall * abs(px - x) / tall
                draw.ellipse((px - size, py - size * 0.3, px + size, py + size * 0.3), fill=255)
        tone = mix(scene.lit("#4c5230"), scene.palette.haze, 0.5 - 0.32 * row)
        over(canvas, tone * 0.85, np.asarray(image.reduce(2), np.float32) / 255)


def great_leaves(canvas: Array, scene: Scene) -> None:
    """Large leaves that frame the view, dark against the light."""
    image = Image.new("RGBA", (scene.width * 2, scene.height * 2))
    draw = ImageDraw.Draw(image)
    rng = scene.rng("great leaves")
    for number in range(22):
        left, low = number % 2 == 0, number % 4 < 3
        x = (rng.uniform(-0.05, 0.1) if left else 1 - rng.uniform(-0.05, 0.1)) * scene.width * 2
        y = (rng.uniform(0.8, 1.05) if low else rng.uniform(-0.05, 0.12)) * scene.height * 2
        aim = np.radians(rng.uniform(-80, -10) if low else rng.uniform(10, 70))
        long = scene.unit * rng.uniform(0.16, 0.34) * 2
        tone = mix(
            mist_tone(scene) * 0.4, scene.lit(str(rng.choice(["#2f6a3c", "#3f7f3e", "#275a44"]))), 0.82
        ) * rng.uniform(0.6, 1.0)
        _leaf(draw, (x, y), aim if left else np.pi - aim, long, tone)
    layer = from_image(image.reduce(2), "RGBA")
    over(canvas, layer[..., :3], layer[..., 3])


def _leaf(draw: ImageDraw.ImageDraw, at: tuple[float, float], aim: float, long: float, tone: Array) -> None:
    t = np.linspace(0, 1, 16)
    bend = aim + (t - 0.2) * 0.5 * np.sign(np.cos(aim))
    x, y = at[0] + np.cumsum(np.cos(bend)) * long / 16, at[1] + np.cumsum(np.sin(bend)) * long / 16
    half = np.sin(np.pi * t**0.8) * long * 0.16
    nx, ny = -np.sin(bend) * half, np.cos(bend) * half
    spine = list(zip(x, y, strict=True))
    draw.polygon([*zip(x + nx, y + ny, strict=True), *spine[::-1]], fill=(*eight_bits(tone), 255))
    draw.polygon([*zip(x - nx, y - ny, strict=True), *spine[::-1]], fill=(*eight_bits(lighter(tone, 0.14)), 255))
    draw.line(spine, fill=(*eight_bits(lighter(tone, 0.28)), 255), width=max(2, round(long * 0.012)))


def lawn(canvas: Array, scene: Scene) -> None:
    """A lawn with a path that winds into the distance, and round trees behind it."""
    rng = scene.rng("lawn")
    edge = round(scene.horizon * scene.height)
    rows, columns = grid(scene.height - edge, scene.width)
    near = rows / (scene.height - edge)
    bright, dark = land_tones(scene)
    _trees(canvas, scene, edge)
    grain = noise(rng, scene.height - edge, scene.width, scene.unit * 0.05, octaves=6, stretch=5, detail=0.6)
    stripe = 1 + 0.04 * np.sign(np.sin((columns / scene.width - 0.5) / (near + 0.18) * 14))
    paint = (mix(bright, scene.palette.haze, 0.12) + (dark - bright) * near[..., None] * 0.45) * (
        stripe * (0.84 + 0.32 * grain)
    )[..., None]
    canvas[edge:] = paint
    bend = 0.5 + scene.side * 0.2 * np.sin(near * 3.4 + rng.uniform(0, 2)) * (1 - near * 0.6)
    half = 0.012 + 0.13 * near**1.2
    stone = (
        scene.lit("#e6d8bc")
        * (0.86 + 0.28 * noise(rng, scene.height - edge, scene.width, scene.unit * 0.02, octaves=3, stretch=2))[
            ..., None
        ]
    )
    across = np.abs(columns / scene.width - bend)
    over(canvas[edge:], dark * 0.7, smoothstep(1.12, 1.0, across / half))
    over(canvas[edge:], stone, smoothstep(1.01, 0.97, across / half))
    _beds(canvas, scene, edge)


def _trees(canvas: Array, scene: Scene, edge: int) -> None:
    leaf = (
        {"autumn": "#c07a34", "spring": "#f0b4c8", "summer": "#4f8f4a"}[scene.season] if not scene.snowy else "#dfe8f0"
    )
    for row in range(2):
        rng = scene.rng("garden trees", row)
        image = Image.new("L", (scene.width, scene.height))
        draw = ImageDraw.Draw(image)
        x = -0.05 * scene.width
        while x < scene.width * 1.05:
            size = scene.unit * rng.uniform(0.03, 0.06) * (1 + 0.5 * row)
            if row == 0 or abs(x / scene.width - 0.5) > 0.2:
                for _ in range(16):
                    px, py, r = (
                        x + rng.normal() * size * 0.6,
                        edge - size * rng.uniform(0.3, 2.2),
                        size * rng.uniform(0.3, 0.6),
                    )
                    draw.ellipse((px - r, py - r, px + r, py + r), fill=255)
                draw.rectangle((x - size * 0.1, edge - size, x + size * 0.1, edge + 2), fill=255)
            x += size * rng.uniform(0.9, 1.7)
        mask = blur(np.asarray(image, np.float32) / 255, 0.7)
        grain = noise(rng, scene.height, scene.width, scene.unit * 0.03, octaves=3)
        tone = mix(scene.lit("#4f8f4a" if row == 0 and not scene.snowy else leaf), scene.palette.haze, 0.5 - 0.32 * row)
        over(canvas, tone * (0.55 + 0.85 * grain)[..., None], mask)


def _beds(canvas: Array, scene: Scene, edge: int) -> None:
    """Beds of flowers on both sides, the nearest the largest."""
    if scene.snowy:
        return
    image = Image.new("RGBA", (scene.width * 2, scene.height * 2))
    draw = ImageDraw.Draw(image)
    rng = scene.rng("beds")
    bright, dark = land_tones(scene)
    for row in range(6):
        near = 0.08 + 0.17 * row
        y0, size = edge + near * (scene.height - edge), scene.unit * (0.004 + 0.012 * near)
        tone = scene.lit(BLOOMS[rng.integers(len(BLOOMS))])
        for _ in range(150):
            side = rng.choice([-1, 1])
            x = (0.5 + side * (0.24 + 0.3 * near**0.5 + abs(rng.normal()) * 0.12)) * scene.width
            y = y0 + rng.normal() * size * 1.6
            foot = y + size * 3.4
            draw.line(
                [(x * 2, y * 2), (x * 2 + rng.normal() * size, foot * 2)],
                fill=(*eight_bits(mix(bright, dark, rng.random()) * 0.9), 255),
                width=max(1, round(size * 0.6)),
            )
            petal = eight_bits(mix(tone, (1, 1, 1), rng.random() * 0.35) * rng.uniform(0.86, 1.04))
            for angle in np.arange(5) * 1.257 + rng.random():
                px, py = (x + np.cos(angle) * size * 0.7) * 2, (y + np.sin(angle) * size * 0.5) * 2
                draw.ellipse((px - size * 1.1, py - size * 0.9, px + size * 1.1, py + size * 0.9), fill=(*petal, 255))
            draw.ellipse(
                (x * 2 - size * 0.7, y * 2 - size * 0.5, x * 2 + size * 0.7, y * 2 + size * 0.5),
                fill=(250, 214, 110, 255),
            )
    layer = from_image(image.reduce(2), "RGBA")
    over(canvas, layer[..., :3], layer[..., 3])


def flower_rows(canvas: Array, scene: Scene) -> None:
    """A field in bloom: rows of one colour that run to the horizon."""
    rng = scene.rng("rows")
    edge = round((scene.horizon + 0.02) * scene.height)
    rows, columns = grid(scene.height - edge, scene.width)
    near = rows / (scene.height - edge)
    across = (columns / scene.width - 0.5 - scene.side * 0.15) / (near * 0.9 + 0.05)
    wave = 0.5 + 0.5 * np.cos(across * 11)
    _, dark = land_tones(scene)
    petals = noise(rng, wave.shape[0], wave.shape[1], scene.unit * 0.012, octaves=3)
    tone = scene.lit(scene.bloom) * (0.55 + 0.85 * petals)[..., None]
    canvas[edge:] = dark * 0.8
    over(
        canvas[edge:],
        tone,
        smoothstep(0.25, 0.55, wave + (petals - 0.5) * 0.6) * (0.35 + 0.65 * smoothstep(0, 0.06, near)),
    )
    over(canvas[edge:], scene.palette.haze, np.broadcast_to(np.exp(-near * 9) * 0.5, wave.shape))


def sky_blooms(canvas: Array, scene: Scene) -> None:
    """Fireworks over the roofs."""
    rng = scene.rng("fireworks")
    image = Image.new("RGB", (scene.width, scene.height))
    draw = ImageDraw.Draw(image)
    for number in range(5):
        x, y = rng.uniform(0.1, 0.9) * scene.width, rng.uniform(0.1, 0.6) * scene.horizon * scene.height
        tone = np.array(eight_bits(colour(("#ff5a6a", "#ffd05a", "#6ae0ff", "#c88aff", "#7affa0")[number])))
        size = scene.unit * rng.uniform(0.11, 0.2)
        for spark in range(46):
            angle, reach = spark / 46 * 2 * np.pi + rng.normal() * 0.05, size * rng.uniform(0.75, 1.0)
            t = np.linspace(0.15, 1, 9)
            px, py = x + np.cos(angle) * reach * t, y + np.sin(angle) * reach * t + size * 0.22 * t**2
            for k in range(8):
                shade = tuple((tone * (0.3 + 0.09 * k)).astype(int).tolist())
                draw.line((px[k], py[k], px[k + 1], py[k + 1]), fill=shade, width=max(1, round(scene.unit * 0.002)))
            r = scene.unit * 0.0035
            draw.ellipse((px[-1] - r, py[-1] - r, px[-1] + r, py[-1] + r), fill=(255, 250, 230))
    sharp = from_image(image)
    for channel in range(3):
        light = np.clip(sharp[..., channel] + blur(sharp[..., channel], scene.unit * 0.01) * 1.2, 0, 1)
        canvas[..., channel] += (1 - canvas[..., channel]) * light
