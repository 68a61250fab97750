"""No place on this earth: the ground of the moon, and a pattern."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    colour,
    eight_bits,
    from_image,
    glow,
    grid,
    lighter,
    noise,
    over,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.stages import RIBBONS, WORDED


def lunar_plain(canvas: Array, scene: Scene) -> None:
    """The ground of the moon: dust, craters, boulders, hills that end sharply against the black sky."""
    rng = scene.rng("lunar")
    rows, columns = grid(scene.height, scene.width)
    tone = colour("#b0562f" if "orange" in scene.tints or "red" in scene.tints else "#a8a6ae")
    for number, (top, swell) in enumerate(((0.0, 0.07), (0.035, 0.02))):
        ridge = noise(scene.rng("lunar", number), 2, scene.width, scene.unit * 0.2, octaves=5)[0] - 0.5
        crest = (scene.horizon + top + ridge * swell * 2) * scene.height
        start = max(int(crest.min()) - 2, 0)
        below = (rows[start:] - crest[None]) / scene.unit
        grain = noise(rng, scene.height - start, scene.width, scene.unit * 0.05, octaves=6, stretch=3, detail=0.65)
        lit = np.clip(0.72 + np.gradient(ridge)[None] * scene.side * 90 * (number == 0), 0.35, 1.1)
        paint = tone * (lit * (0.72 + 0.5 * grain) * (0.95 - 0.5 * smoothstep(0.05, 0.4, below)))[..., None]
        over(canvas[start:], paint, np.clip(below * scene.unit + 0.5, 0, 1))
    for _ in range(16):
        near = rng.random() ** 0.8
        x, y, size = (
            rng.uniform(-0.05, 1.05),
            scene.horizon + 0.07 + 0.9 * (1 - scene.horizon) * near,
            (0.018 + 0.075 * near) * rng.uniform(0.6, 1.3),
        )
        down = (rows / scene.height - y) * scene.height / scene.unit / size / 0.3
        over_x = (columns / scene.width - x) * scene.width / scene.unit / size
        far = np.hypot(over_x, down)
        over(canvas, tone * 0.34, smoothstep(1.0, 0.7, far) * np.clip(0.5 - 0.5 * over_x * scene.side, 0, 1) * 0.8)
        over(
            canvas,
            lighter(tone, 0.35),
            np.exp(-(((far - 1.06) / 0.1) ** 2)) * np.clip(0.4 + 0.6 * over_x * scene.side, 0, 1) * 0.6,
        )


def earth(canvas: Array, scene: Scene) -> None:
    """The earth in the sky of the moon."""
    rng = scene.rng("earth")
    size, x, y = 0.12 * scene.unit, scene.sun[0] * scene.width, 0.2 * scene.height
    rows, columns = grid(scene.height, scene.width)
    across, down = (columns - x) / size, (rows - y) / size
    far = np.hypot(across, down)
    field = noise(rng, scene.height, scene.width, size * 0.5, octaves=5, detail=0.6)
    clouds = noise(rng, scene.height, scene.width, size * 0.35, octaves=5, stretch=3, detail=0.65)
    paint = colour("#2f6fc0") + (colour("#6a9a58") - colour("#2f6fc0")) * smoothstep(0.52, 0.58, field)[..., None]
    paint = paint + (1 - paint) * (smoothstep(0.52, 0.68, clouds) * 0.9)[..., None]
    lit = np.clip(0.75 + scene.side * across * 0.55 - down * 0.3, 0.05, 1.15)
    glow(canvas, colour("#6ab0f0"), np.exp(-np.abs(far - 1) * 9) * 0.4)
    over(canvas, paint * lit[..., None], np.clip((1 - far) * size, 0, 1))


def pattern(canvas: Array, scene: Scene) -> None:
    """A geometric pattern: tiles of quarter circles, discs, stripes and triangles in one palette."""
    rng = scene.rng("pattern")
    kinds = [WORDED[tint] for tint in scene.tints if tint in WORDED] or [int(rng.integers(len(RIBBONS)))]
    tones = [colour(tone) for tone in RIBBONS[kinds[0]]]
    count = int(rng.integers(4, 7))
    side = -(-min(scene.width, scene.height) // count)
    image = Image.new("RGB", (-(-scene.width // side) * side * 2, -(-scene.height // side) * side * 2))
    draw = ImageDraw.Draw(image)
    for top in range(0, image.height, side * 2):
        for left in range(0, image.width, side * 2):
            ground, figure, third = rng.permutation(len(tones))[:3]
            inks = [eight_bits(tones[index]) for index in (ground, figure, third)]
            _tile(draw, (left, top, side * 2), inks, int(rng.integers(6)), int(rng.integers(4)))
    canvas[:] = from_image(image.reduce(2))[: scene.height, : scene.width]
    rows, columns = grid(scene.height, scene.width)
    canvas *= (1 + 0.1 * scene.side * (columns / scene.width - 0.5) - 0.08 * (rows / scene.height - 0.5))[..., None]


def _tile(
    draw: ImageDraw.ImageDraw, tile: tuple[int, int, int], inks: list[tuple[int, ...]], kind: int, turn: int
) -> None:
    left, top, side = tile
    right, low = left + side, top + side
    draw.rectangle((left, top, right, low), fill=inks[0])
    corners = [(left, top), (right, top), (right, low), (left, low)]
    x, y = corners[turn]
    if kind == 0:  # quarter circles, one in the other
        for reach, ink in ((side, inks[1]), (side * 0.55, inks[2])):
            draw.pieslice(
                (x - reach, y - reach, x + reach, y + reach), (turn * 90) % 360, (turn * 90 + 90) % 360 or 360, fill=ink
            )
    elif kind == 1:  # a disc with its heart
        for inset, ink in ((0.12, inks[1]), (0.32, inks[2])):
            draw.ellipse((left + side * inset, top + side * inset, right - side * inset, low - side * inset), fill=ink)
    elif kind == 2:  # a triangle
        draw.polygon([corners[turn], corners[(turn + 1) % 4], corners[(turn + 2) % 4]], fill=inks[1])
    elif kind == 3:  # stripes
        for number in range(0, 6, 2):
            band = (left, top + side * number / 6, right, top + side * (number + 1) / 6)
            upright = (left + side * number / 6, top, left + side * (number + 1) / 6, low)
            draw.rectangle(band if turn % 2 else upright, fill=inks[1])
    elif kind == 4:  # half a disc
        start = turn * 90
        draw.pieslice((left, top, right, low), start, start + 180, fill=inks[1])
        draw.ellipse((left + side * 0.4, top + side * 0.4, right - side * 0.4, low - side * 0.4), fill=inks[2])
    else:  # a diamond
        half = side // 2
        draw.polygon([(left + half, top), (right, top + half), (left + half, low), (left, top + half)], fill=inks[1])
        draw.polygon(
            [
                (left + half, top + half // 2),
                (right - half // 2, top + half),
                (left + half, low - half // 2),
                (left + half // 2, top + half),
            ],
            fill=inks[2],
        )
