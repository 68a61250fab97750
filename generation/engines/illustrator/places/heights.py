"""High places: a rock above the clouds, and cliffs with a waterfall."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator import weather
from generation.engines.illustrator.canvas import (
    Array,
    blur,
    grid,
    line,
    mix,
    noise,
    over,
    ramp,
    resize,
    smooth_line,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene
from generation.engines.illustrator.places.culture import Drawing
from generation.engines.illustrator.places.water import land_tones


def _rock(scene: Scene, part: str, height: int, width: int) -> Array:
    """The face of a rock: facets lit from one side, cracks between them."""
    rng = scene.rng(part)
    bulk = noise(rng, height, width, scene.unit * 0.12, octaves=5, stretch=0.6, detail=0.62)
    lit = np.clip(0.5 + (bulk - np.roll(bulk, round(scene.side * scene.unit * 0.02), 1)) * 4, 0, 1)
    cracks = np.exp(-np.abs(bulk - 0.5) * 60)
    bright, dark = scene.lit("#b8a898"), scene.lit("#4e4c58")
    paint = dark + (bright - dark) * lit[..., None]
    return np.asarray(paint * (1 - 0.35 * cracks[..., None]), np.float32)


def crag(canvas: Array, scene: Scene) -> None:
    """The rock on which one stands, and pines that lean out from its higher side."""
    rng = scene.rng("crag")
    rows, columns = grid(scene.height, scene.width)
    x = columns[0] / scene.width
    outer = x if scene.side < 0 else 1 - x  # 1 on the side away from the light
    top = 0.885 - 0.4 * smoothstep(0.62, 1.06, outer) ** 1.5 + 0.16 * smoothstep(0.34, -0.04, outer)
    top = (top + line(rng, scene.width, scene.unit * 0.16, octaves=7, detail=0.6) * 0.024) * scene.height
    start = max(int(top.min()) - 2, 0)
    below = rows[start:] - top[None]
    paint = _rock(scene, "crag face", scene.height - start, scene.width)
    turf = scene.lit("#f2f6fa" if scene.snowy else {"autumn": "#b08a48"}.get(scene.season, "#6f9a50"))
    fringe = noise(rng, scene.height - start, scene.width, scene.unit * 0.02, octaves=3)
    paint = (
        paint + (turf - paint) * (smoothstep(0.03, 0.0, below / scene.unit + (fringe - 0.5) * 0.03) * 0.9)[..., None]
    )
    over(
        canvas[start:],
        paint * (1.05 - 0.5 * np.clip(below / scene.height / 0.5, 0, 1))[..., None],
        np.clip(below + 0.5, 0, 1),
    )
    for at, tall in ((0.93, 0.26), (0.82, 0.17)):
        px = at if scene.side < 0 else 1 - at
        _mountain_pine(canvas, scene, rng, px, float(top[int(px * (scene.width - 1))]) / scene.height + 0.01, tall)


def _mountain_pine(canvas: Array, scene: Scene, rng: np.random.Generator, x: float, y: float, tall: float) -> None:
    """A pine with flat layers of needles that reach out over the void."""
    drawing, way = Drawing(scene), scene.side
    across, up = scene.unit / scene.width, scene.unit / scene.height
    bark, leaf = scene.lit("#4a3a34"), scene.lit("#e4ecf2" if scene.snowy else "#2f5f4c")
    spine = [
        (x + way * (0.1 * t**1.5 + 0.02 * np.sin(t * 5)) * across, y - tall * t * up) for t in np.linspace(0, 1, 9)
    ]
    thick = [0.013 * (1 - 0.75 * t) * across for t in np.linspace(0, 1, 9)]
    left, right = ([(px + s * w, py) for (px, py), w in zip(spine, thick, strict=True)] for s in (-1, 1))
    drawing.shape([*left, *right[::-1]], bark)
    for level in range(2, 9):
        px, py = spine[level]
        reach = tall * (0.62 - 0.045 * level)
        for _ in range(16):
            u = rng.uniform(-0.35, 1.0) * way * reach
            v = rng.normal() * 0.006 + abs(u) * 0.06
            size = tall * rng.uniform(0.1, 0.17)
            tone = leaf * rng.uniform(0.7, 1.12) * (0.82 + 0.04 * level)
            drawing.oval(px + u * across, py + v * up, size * across, size * 0.3 * up, tone)
    drawing.onto(canvas)


def cliffs(canvas: Array, scene: Scene) -> None:
    """Green cliffs on both sides of a waterfall that lands in mist."""
    rng = scene.rng("cliffs")
    rows, columns = grid(scene.height, scene.width)
    edge = round((scene.horizon + 0.012) * scene.height)
    middle = 0.5 - scene.side * rng.uniform(0.04, 0.12)
    canvas[edge:] = mix(scene.palette.water, scene.palette.haze, 0.2)
    for number, (gap, rise) in enumerate(((0.0, 0.52), (0.11, 0.56), (0.27, 0.66))):
        near = number / 2
        across = np.abs(columns[0] / scene.width - middle) * scene.width / scene.unit
        crest = scene.horizon - rise * (0.62 + 0.38 * smoothstep(gap, gap + 0.3, across)) * scene.unit / scene.height
        crest = (crest + line(rng, scene.width, scene.unit * 0.16, octaves=6) * 0.03) * scene.height
        start = max(int(crest.min()) - 2, 0)
        below = rows[start:edge] - crest[None]
        wander = noise(rng, edge - start, scene.width, scene.unit * 0.1, octaves=4, stretch=0.4) - 0.5
        mask = (
            np.clip(below + 0.5, 0, 1) * smoothstep(gap - 0.012, gap + 0.012, across[None] + wander * 0.07)
            if gap
            else np.clip(below + 0.5, 0, 1)
        )
        paint = _rock(scene, f"cliff {number}", edge - start, scene.width)
        leaves = noise(rng, edge - start, scene.width, scene.unit * 0.03, octaves=4, detail=0.7)
        green = {"autumn": "#b8843c", "spring": "#8fb850", "summer": "#5f9a48"}.get(scene.season, "#6f8a6a")
        moss = scene.lit("#eef3f8" if scene.snowy else green) * (0.5 + 0.9 * leaves)[..., None]
        paint = (
            paint
            + (moss - paint)
            * smoothstep(0.42, 0.58, leaves + 0.4 * smoothstep(0.12, 0.0, below / scene.unit))[..., None]
        )
        paint = paint + (scene.palette.haze - paint) * (0.55 - 0.45 * near)
        over(canvas[start:edge], paint, mask)
        if number == 0:
            _fall(canvas, scene, rng, middle, float(crest[int(middle * scene.width)]), edge)
    if "rainbow" in scene.aloft:  # it stands in the spray, before the rocks
        weather.rainbow(canvas, scene)
    mist = np.exp(
        -(
            np.hypot(
                (columns / scene.width - middle) * scene.width / scene.unit / 0.26, (rows - edge) / scene.unit / 0.06
            )
            ** 2
        )
    )
    veil = noise(rng, scene.height // 4, scene.width // 4, scene.unit * 0.02, octaves=4)
    over(
        canvas,
        mix(scene.palette.haze, (1, 1, 1), 0.6),
        np.clip(mist * (0.5 + resize(veil, scene.height, scene.width)), 0, 0.95),
    )


def _fall(canvas: Array, scene: Scene, rng: np.random.Generator, middle: float, top: float, edge: int) -> None:
    """The water itself: strands that fray as they fall."""
    start = max(round(top) - 2, 0)
    rows, columns = grid(edge - start, scene.width)
    down = rows / max(edge - start, 1)
    across = (columns / scene.width - middle) * scene.width / scene.unit
    sway = smooth_line(rng, edge - start, scene.unit * 0.2)[:, None] * 0.008
    half = 0.085 + 0.035 * down
    strands = noise(rng, edge - start, scene.width, scene.unit * 0.03, octaves=5, stretch=0.015, detail=0.7)
    strands = np.clip(
        strands + 0.5 * (noise(rng, edge - start, scene.width, scene.unit * 0.05, octaves=3) - 0.5) * down, 0, 1
    )
    shape = smoothstep(1.0, 0.82, np.abs(across + sway) / half + (0.5 - strands) * 0.6)
    shade, white = (
        mix(scene.lit("#9fc4d4"), scene.palette.sky[2], 0.3),
        mix(scene.lit("#ffffff"), scene.palette.haze, 0.12),
    )
    paint = shade + (white - shade) * smoothstep(0.3, 0.6, strands)[..., None]
    over(canvas[start:edge], paint, shape * 0.96)


def pool_stones(canvas: Array, scene: Scene) -> None:
    """Wet boulders at the near edge of the pool."""
    rng = scene.rng("stones")
    for number in range(15):
        near = number / 14
        side = -1 if rng.random() < 0.5 else 1
        x = (0.5 + side * rng.uniform(0.2 + 0.14 * near, 0.56)) * scene.width
        y = (scene.horizon + 0.08 + 0.34 * near) * scene.height
        size = scene.unit * (0.03 + 0.075 * near) * rng.uniform(0.7, 1.3)
        top, low = max(int(y - size), 0), min(int(y + size) + 1, scene.height)
        image = Image.new("L", (scene.width, max(low - top, 1)))
        angle = np.linspace(0, 2 * np.pi, 14, endpoint=False)
        reach = size * rng.uniform(0.8, 1.1, 14)
        outline = zip(x + np.cos(angle) * reach * 1.3, y - top + np.sin(angle) * reach * 0.6, strict=True)
        ImageDraw.Draw(image).polygon(list(outline), fill=255)
        if low - top < 3:
            continue
        mask = blur(np.asarray(image, np.float32) / 255, size * 0.08)
        rows = np.linspace(-1, 1, low - top, dtype=np.float32)[:, None]
        light = np.clip(0.75 - 0.5 * rows, 0.2, 1.2) * (
            1 + 0.2 * (noise(rng, low - top, scene.width, size * 0.5, octaves=3) - 0.5)
        )
        moss = scene.lit("#f0f4f8" if scene.snowy else "#6f9a50")
        stone = scene.lit("#7a7a7e") * light[..., None]
        stone = stone + (moss - stone) * (smoothstep(-0.1, -0.5, rows) * 0.6)[..., None]
        over(canvas[top:low], stone, mask)


def terraces(canvas: Array, scene: Scene) -> None:
    """Rice fields in steps that follow the hill: water that holds the sky, young green or ripe gold, grassy rims."""
    rng = scene.rng("terraces")
    edge = round((scene.horizon - 0.05) * scene.height)
    rows, columns = grid(scene.height - edge, scene.width)
    near = rows / len(rows)
    texture = noise(rng, 512, 1024, 230, octaves=3, detail=0.3)
    high, wide = max(len(rows) // 6, 8), max(scene.width // 6, 8)  # looked up small, then smoothly made large
    away, aside = np.linspace(0, 1, high)[:, None], np.linspace(-0.5, 0.5, wide)[None] * scene.width / scene.unit
    down = (110 * np.log(away * 9 + 0.6) + 256).astype(int) % 512
    across = (aside * 430 / (away * 0.9 + 0.4) + 512).astype(int) % 1024
    swell = resize(texture[down, across], *canvas[edge:].shape[:2]) - 0.5
    ripeness = resize(texture[(down + 200) % 512, (across * 2 + 300) % 1024], *canvas[edge:].shape[:2]) - 0.5
    climb = -7.5 * np.log(near + 0.1) + swell * (11.0 - 4.5 * near)
    step = np.floor(climb)
    part = climb - step
    lot = rng.random(64).astype(np.float32)[step.astype(int) % 64] * 0.5 + 0.25 + ripeness * 0.9
    ripe = {"spring": 0.3, "summer": 0.44, "autumn": 0.5}.get(scene.season, 0.1)
    leaf = scene.lit({"autumn": "#e2b23e", "winter": "#e8eef2"}.get(scene.season, "#9ac24a"))
    sky = ramp((scene.palette.sky[3], scene.palette.sky[2], scene.palette.sky[1]), len(rows))[:, None]
    shine = np.exp(-np.hypot((columns / scene.width - scene.sun[0]) * 2.2, (near - 0.25) * 1.4) * 1.6)
    water = sky * 0.94 + (scene.palette.sun - sky * 0.94) * (shine * 0.75)[..., None]
    grain = noise(rng, len(rows), scene.width, scene.unit * 0.008, octaves=3, stretch=2.5) - 0.5
    crop = leaf * (0.92 + 0.5 * grain + 0.16 * (part - 0.4) - 0.3 * (lot - 0.3))[..., None]
    paint = water * (0.9 + 0.16 * part)[..., None]
    paint = paint + (crop - paint) * smoothstep(0.05, -0.05, lot - ripe + grain * 0.12)[..., None]
    turf = land_tones(scene)
    bank = smoothstep(0.76, 0.81, part)
    earth = turf[1] * 0.7 + (turf[0] - turf[1] * 0.7) * (smoothstep(0.76, 1.0, part) + grain * 0.9)[..., None]
    paint = paint * (1 - 0.35 * smoothstep(0.56, 0.78, part) * (1 - bank))[..., None]  # the bank mirrored in the water
    paint = paint + (earth - paint) * bank[..., None]
    rim = smoothstep(0.11, 0.06, part)
    paint = paint + (turf[0] * (1.12 + 0.5 * grain)[..., None] - paint) * rim[..., None]
    facing = np.gradient(swell, axis=1) * scene.unit * scene.side
    paint = paint * np.clip(1 + 0.2 * facing, 0.72, 1.2)[..., None]
    haze = np.exp(-near * 4.2) * 0.72
    paint = paint + (scene.palette.haze - paint) * haze[..., None]
    crest = np.clip(0.5 + smooth_line(rng, scene.width, scene.unit * 0.5)[None] * 0.5, 0.0, 1.0) * 0.05 * scene.height
    over(canvas[edge:], paint, smoothstep(-1, 1, rows - crest))
