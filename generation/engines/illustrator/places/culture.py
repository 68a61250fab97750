"""Places that people built long ago: a hutong, a water town with its bridge, hills of karst in the mist."""

import numpy as np
from PIL import Image, ImageDraw

from generation.engines.illustrator.canvas import (
    Array,
    blur,
    colour,
    eight_bits,
    from_image,
    glow,
    grid,
    line,
    mix,
    noise,
    over,
    smoothstep,
)
from generation.engines.illustrator.composition import Scene

FINE = 2  # drawn so many times larger, then made small: smooth edges


class Drawing:
    """Flat shapes in fractions of the picture, with smooth edges."""

    def __init__(self, scene: Scene) -> None:
        self.image = Image.new("RGBA", (scene.width * FINE, scene.height * FINE))
        self._draw = ImageDraw.Draw(self.image)
        self._scale = scene.width * FINE, scene.height * FINE

    def shape(self, points: list[tuple[float, float]], tone: Array) -> None:
        """Fill a polygon."""
        wide, tall = self._scale
        self._draw.polygon([(x * wide, y * tall) for x, y in points], fill=(*eight_bits(tone), 255))

    def oval(self, x: float, y: float, across: float, down: float, tone: Array) -> None:
        """Fill an ellipse."""
        wide, tall = self._scale
        box = ((x - across) * wide, (y - down) * tall, (x + across) * wide, (y + down) * tall)
        self._draw.ellipse(box, fill=(*eight_bits(tone), 255))

    def onto(self, canvas: Array) -> Array:
        """Lay the shapes over the canvas and give their mask."""
        mask = np.zeros(canvas.shape[:2], np.float32)
        if box := self.image.getbbox():
            left, top = box[0] // FINE, box[1] // FINE
            right, foot = -(-box[2] // FINE), -(-box[3] // FINE)
            drawn = self.image.crop((left * FINE, top * FINE, right * FINE, foot * FINE)).reduce(FINE)
            layer, view = from_image(drawn, "RGBA"), (slice(top, foot), slice(left, right))
            mask[view] = layer[..., 3]
            over(canvas[view], layer[..., :3], layer[..., 3])
        return mask


def alley(canvas: Array, scene: Scene) -> None:
    """A hutong: grey brick on both sides that runs to a gate at the far end, red doors and lanterns."""
    rng = scene.rng("alley")
    drawing, vanish = Drawing(scene), (0.5 + rng.uniform(-0.08, 0.08), scene.horizon - 0.04)
    dusk = scene.time in ("night", "sunset")
    dim = 0.85 if scene.time == "night" else 1.0
    brick, roof = scene.lit("#9a958e") * dim, scene.lit("#4d5058") * dim
    drawing.shape(
        [(0, 1), (vanish[0] - 0.05, vanish[1] + 0.09), (vanish[0] + 0.05, vanish[1] + 0.09), (1, 1)],
        scene.lit("#8a837a") * dim,
    )
    _gate(drawing, scene, vanish, dim)
    for way in (-1, 1):
        shade = 0.8 if way == np.sign(scene.side) else 1.04
        for number in range(7, -1, -1):
            near, far = 1.9 * 0.68**number, 1.9 * 0.68 ** (number + 1)
            _house(
                drawing,
                scene,
                vanish,
                way,
                (near, far),
                brick * shade * rng.uniform(0.94, 1.06),
                roof * shade,
                rng,
                dim,
            )
    drawing.onto(canvas)
    _paving(canvas, scene, vanish)
    lamps = _lanterns(canvas, scene, vanish, rng)
    if dusk:
        glow(canvas, (1.0, 0.62, 0.3), blur(lamps, scene.unit * 0.05) * 1.6)


def _at(vanish: tuple[float, float], way: float, depth: float, height: float) -> tuple[float, float]:
    """A point of a side wall: `depth` 1 is at the picture's edge, 0 far away; `height` 0 the ground, 1 the eaves."""
    x = vanish[0] + way * 0.5 * depth
    return x, vanish[1] + depth * (0.42 - 0.78 * height)


def _house(
    drawing: Drawing,
    scene: Scene,
    vanish: tuple[float, float],
    way: float,
    reach: tuple[float, float],
    brick: Array,
    roof: Array,
    rng: np.random.Generator,
    dim: float,
) -> None:
    near, far = reach
    haze = scene.palette.haze

    def quad(near_at: float, far_at: float, low: float, high: float, tone: Array) -> None:
        spots = [(near_at, low), (near_at, high), (far_at, high), (far_at, low)]
        drawing.shape(
            [_at(vanish, way, depth, height) for depth, height in spots], mix(tone, haze, 0.4 * (1 - min(near, 1)) ** 2)
        )

    def between(t: float) -> float:
        return float(near * (far / near) ** t)

    tall = rng.uniform(0.84, 1.0)
    quad(near, far, 0, tall, brick)
    for course in np.arange(0.06, tall, 0.06):
        quad(near, far, course, course + 0.006, brick * 0.86)
    quad(near, far, 0, 0.1, brick * 0.78)
    if rng.random() < 0.6:
        quad(between(0.28), between(0.74), 0, 0.66, brick * 0.55)
        quad(between(0.32), between(0.7), 0, 0.62, scene.lit("#b0382e") * dim)
        quad(between(0.5), between(0.515), 0, 0.62, scene.lit("#6a1e1c") * dim)
        quad(between(0.3), between(0.72), 0.64, 0.7, scene.lit("#d8a548") * dim)
    else:
        lit = colour("#ffc978") if scene.time in ("night", "sunset") else scene.lit("#5d5048")
        quad(between(0.3), between(0.7), 0.34, 0.62, scene.lit("#7a3a2c") * dim)
        quad(between(0.34), between(0.66), 0.37, 0.59, lit)
        for bar in (0.42, 0.5, 0.58):
            quad(between(bar), between(bar + 0.02), 0.37, 0.59, scene.lit("#7a3a2c") * dim)
    quad(near, far, tall, tall + 0.03, roof * 1.25)
    quad(near, far, tall + 0.03, tall + 0.17, roof)
    for tile in np.linspace(0, 1, 15):
        quad(between(tile), between(min(tile + 0.025, 1)), tall + 0.03, tall + 0.17, roof * 0.8)


def _gate(drawing: Drawing, scene: Scene, vanish: tuple[float, float], dim: float) -> None:
    """A gate tower that closes the view."""
    x, y = vanish
    for low, high, half, stone in (
        (0.09, -0.02, 0.13, "#8a8078"), (-0.02, -0.1, 0.1, "#a83a30"),
    ):  # fmt: skip
        drawing.shape(
            [(x - half, y + low), (x - half, y + high), (x + half, y + high), (x + half, y + low)],
            mix(scene.lit(stone) * dim, scene.palette.haze, 0.3),
        )
    drawing.oval(x, y + 0.06, 0.03, 0.05, scene.lit("#4a3a36") * dim)
    for low, half, rise in ((-0.08, 0.15, 0.05), (-0.135, 0.11, 0.05)):
        tone = mix(scene.lit("#5a6470") * dim, scene.palette.haze, 0.28)
        drawing.shape(
            [
                (x - half, y + low - 0.012),
                (x - half * 0.7, y + low - 0.02),
                (x - half * 0.55, y + low - rise),
                (x + half * 0.55, y + low - rise),
                (x + half * 0.7, y + low - 0.02),
                (x + half, y + low - 0.012),
                (x + half * 0.8, y + low),
                (x - half * 0.8, y + low),
            ],
            tone,
        )


def _paving(canvas: Array, scene: Scene, vanish: tuple[float, float]) -> None:
    """Slabs of stone in perspective; snow or rain lies on them."""
    rng = scene.rng("paving")
    start = round((vanish[1] + 0.085) * scene.height)
    rows, columns = grid(scene.height - start, scene.width)
    down = (rows + start) / scene.height - vanish[1]
    across = (columns / scene.width - vanish[0]) / down
    inside = smoothstep(0.02, 0.0, np.abs(across) - 1.19)
    course = np.log(down) * 7
    slab = np.floor(across * 3.4 + (np.floor(course) % 2) * 0.5)
    tones = rng.uniform(0.88, 1.1, 997)[((slab * 31 + np.floor(course) * 17).astype(int)) % 997]
    seam = smoothstep(0.0, 0.06, np.minimum(course % 1, 1 - course % 1)) * smoothstep(
        0.0, 0.05, np.minimum((across * 3.4 + (np.floor(course) % 2) * 0.5) % 1, 0.5)
    )
    tone = scene.lit("#e8eef4" if scene.snowy else "#948c82") * (0.6 if scene.time == "night" else 1.0)
    paint = tone * (tones * (0.72 + 0.28 * seam))[..., None]
    wet = 0.35 if scene.weather == "rain" or scene.time == "night" else 0.08
    mirrored = canvas[
        np.clip(start - rows * 0.9, 0, start).astype(int), np.clip(columns, 0, scene.width - 1).astype(int)
    ]
    paint = paint + (mirrored - paint) * wet
    over(canvas[start:], paint, np.broadcast_to(inside, paint.shape[:2]))


def _lanterns(canvas: Array, scene: Scene, vanish: tuple[float, float], rng: np.random.Generator) -> Array:
    drawing = Drawing(scene)
    aspect = scene.width / scene.height
    for number in range(6, -1, -1):
        for way in (-1, 1):
            depth = 1.35 * 0.7**number
            x, y = _at(vanish, way * 0.84, depth, 0.8 + rng.uniform(-0.02, 0.02))
            size = 0.036 * depth
            drawing.shape(
                [
                    (x - 0.002 * depth, y - size * 2),
                    (x + 0.002 * depth, y - size * 2),
                    (x + 0.002 * depth, y),
                    (x - 0.002 * depth, y),
                ],
                colour("#5a4a3a"),
            )
            drawing.oval(x, y, size / aspect**0.5, size * aspect**0.5 * 0.9, colour("#d8342c"))
            drawing.oval(x, y, size * 0.45 / aspect**0.5, size * 0.8 * aspect**0.5, colour("#f47a3e"))
            for end in (-1, 1):
                drawing.oval(x, y + end * size * 0.9 * aspect**0.5, size * 0.5, size * 0.16, colour("#e8b84a"))
    return drawing.onto(canvas)


def town_by_the_water(canvas: Array, scene: Scene) -> None:
    """White walls and dark roofs along a canal, willows, and an arched bridge; `water` mirrors them."""
    rng = scene.rng("town")
    drawing, edge, haze = Drawing(scene), scene.horizon, scene.palette.haze
    night = scene.time == "night"
    for row, (scale, veil) in enumerate(((0.62, 0.5), (1.0, 0.12))):
        for way in (-1, 1):
            x = 0.5 + way * (0.1 + 0.1 * row)
            while -0.2 < x < 1.2:
                wide, tall = rng.uniform(0.11, 0.17) * scale, rng.uniform(0.12, 0.2) * scale
                _white_house(drawing, scene, (x, edge), wide * way, tall, veil, night, rng)
                x += way * wide * rng.uniform(0.82, 1.0)
    stone = mix(scene.lit("#b8b0a2") * (0.6 if night else 1), haze, 0.12)
    middle, half, rise = 0.5, 0.2, 0.13
    arc = [(middle + half * u, edge - rise * (1 - u * u) ** 1.0 - 0.006) for u in np.linspace(-1, 1, 30)]
    drawing.shape([*arc, (middle + half, edge + 0.004), (middle - half, edge + 0.004)], stone)
    rail = [(px, py - 0.02) for px, py in arc]
    drawing.shape([*rail, *[(px, py + 0.006) for px, py in rail[::-1]]], stone * 1.08)
    for px, py in arc[::3]:
        drawing.shape(
            [(px - 0.003, py - 0.024), (px + 0.003, py - 0.024), (px + 0.003, py), (px - 0.003, py)], stone * 0.9
        )
    drawing.shape(
        [(middle + 0.1 * np.cos(a), edge + 0.006 - 0.1 * np.sin(a)) for a in np.linspace(0, np.pi, 30)],
        mix(haze, scene.palette.water, 0.35),
    )
    drawing.onto(canvas)


def _white_house(
    drawing: Drawing,
    scene: Scene,
    foot: tuple[float, float],
    wide: float,
    tall: float,
    veil: float,
    night: bool,
    rng: np.random.Generator,
) -> None:
    x, y = foot
    haze = scene.palette.haze
    wall = mix(scene.lit("#f2eee4") * (0.55 if night else 1) * rng.uniform(0.94, 1.02), haze, veil)
    roof, wood = mix(scene.lit("#43464e"), haze, veil), mix(scene.lit("#6a4636"), haze, veil)
    drawing.shape([(x, y), (x, y - tall), (x + wide, y - tall), (x + wide, y)], wall)
    lift = abs(wide) * 0.26
    drawing.shape(
        [
            (x - wide * 0.08, y - tall),
            (x + wide * 0.1, y - tall - lift),
            (x + wide * 0.9, y - tall - lift),
            (x + wide * 1.08, y - tall),
            (x + wide, y - tall + 0.008),
            (x, y - tall + 0.008),
        ],
        roof,
    )
    drawing.shape(
        [
            (x + wide * 0.06, y - tall - lift),
            (x + wide * 0.94, y - tall - lift),
            (x + wide * 0.94, y - tall - lift * 1.14),
            (x + wide * 0.06, y - tall - lift * 1.14),
        ],
        roof * 0.8,
    )
    lamp = mix(colour("#ffcc7a"), haze, veil * 0.6) if scene.time in ("night", "sunset") else wood * 0.75
    for at in (0.2, 0.62):
        left = x + wide * at
        if rng.random() < 0.85:
            drawing.shape(
                [
                    (left, y - tall * 0.78),
                    (left + wide * 0.2, y - tall * 0.78),
                    (left + wide * 0.2, y - tall * 0.5),
                    (left, y - tall * 0.5),
                ],
                wood,
            )
            drawing.shape(
                [
                    (left + wide * 0.02, y - tall * 0.75),
                    (left + wide * 0.18, y - tall * 0.75),
                    (left + wide * 0.18, y - tall * 0.53),
                    (left + wide * 0.02, y - tall * 0.53),
                ],
                lamp,
            )
    drawing.shape([(x, y), (x, y - 0.018), (x + wide, y - 0.018), (x + wide, y)], mix(scene.lit("#8f8a82"), haze, veil))
    if rng.random() < 0.5:
        drawing.oval(x + wide * 0.48, y - tall * 0.36, 0.007, 0.01, mix(colour("#dc3a30"), haze, veil))


def karst(canvas: Array, scene: Scene) -> None:
    """Four rows of steep rounded hills, paler with distance, mist at their feet."""
    for number in range(4):
        rng, near = scene.rng("karst", number), number / 3
        foot = (scene.horizon + 0.004) * scene.height
        top = np.full(scene.width, foot, np.float32)
        columns = np.arange(scene.width, dtype=np.float32)
        for _ in range(int(rng.integers(4, 7))):
            centre = rng.uniform(-0.05, 1.05) * scene.width
            if number == 3 and abs(centre / scene.width - 0.5) < 0.28:
                continue
            wide = scene.unit * rng.uniform(0.05, 0.12) * (0.8 + 0.5 * near)
            tall = scene.unit * rng.uniform(0.16, 0.36) * (1.15 - 0.4 * near)
            hill = np.clip(1 - np.abs((columns - centre) / wide) ** 2.6 * 0.5, 0, 1) ** 0.8
            hill = np.where(np.abs(columns - centre) < wide * 1.3, hill, 0)
            top = np.minimum(top, foot - tall * hill * smoothstep(1.3, 0.95, np.abs(columns - centre) / wide))
        top += line(rng, scene.width, scene.unit * 0.05, octaves=4) * scene.unit * 0.006
        rows, _ = grid(scene.height, scene.width)
        below = rows - top[None]
        grain = noise(rng, scene.height, scene.width, scene.unit * 0.035, octaves=5, stretch=0.5) - 0.5
        slope = np.gradient(blur_line(top, round(scene.unit * 0.02)))[None] * -scene.side
        lit = np.clip(0.5 - slope * 0.35 + grain * 1.1, 0, 1)[..., None]
        leaf = scene.lit("#e4ecf0" if scene.snowy else "#8fae6c"), scene.lit("#9fb4c4" if scene.snowy else "#35584c")
        rock = leaf[1] + (leaf[0] - leaf[1]) * lit
        mist = np.clip((rows - foot + 0.2 * scene.unit) / (0.2 * scene.unit), 0, 1) ** 1.6 * 0.75
        veil = np.clip(0.82 - 0.62 * near + mist * (1 - 0.4 * near), 0, 0.96)
        paint = rock + (scene.palette.haze - rock) * veil[..., None]
        over(canvas, paint, np.clip(below + 0.5, 0, 1) * (rows < foot))


def blur_line(values: Array, reach: int) -> Array:
    """Smooth a line of heights."""
    reach = max(3, reach | 1)
    return np.asarray(np.convolve(np.pad(values, reach // 2, "edge"), np.ones(reach) / reach, "valid"))
