"""Fill what is masked with texture found elsewhere in the same picture.

Each masked pixel gets the place of a source whose surroundings look like its own. The places are found from coarse to
fine by guessing at random and by asking the neighbours for theirs (PatchMatch), and every pixel becomes the mean of
what its neighbours' sources say about it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation.engines.illustrator.canvas import Array, blur, from_image, resize, smoothstep, to_image

Places = NDArray[np.integer[Any]]

FINEST, COARSEST = 192, 32  # short sides in pixels between which sources are searched
ROUNDS = 6  # of search and vote, twice as many where it is coarse
REACH = 2  # a patch reaches so far from its middle


class Hole:
    """What is to be filled on one level; pixels are numbered row by row, with a rim of `REACH` around the picture."""

    def __init__(self, picture: Array, unknown: NDArray[np.bool_], rng: np.random.Generator) -> None:
        self.shape, self.rng = unknown.shape, rng
        self.wide = unknown.shape[1] + 2 * REACH
        self.patch = [y * self.wide + x for y in range(-REACH, REACH + 1) for x in range(-REACH, REACH + 1)]
        self.pixels = np.pad(picture, ((REACH, REACH), (REACH, REACH), (0, 0)), "edge").reshape(-1, 3)
        missing = np.pad(unknown, REACH).ravel()
        self.at = np.flatnonzero(missing)
        self.number = np.full(missing.size, -1)  # of a missing pixel, in the order of `at`
        self.number[self.at] = np.arange(len(self.at))
        whole = ~unknown
        whole[:REACH], whole[-REACH:], whole[:, :REACH], whole[:, -REACH:] = (False,) * 4
        self.usable = np.pad(whole, REACH).ravel()  # as a source: all of its patch is known
        for step in self.patch:
            self.usable &= ~np.roll(missing, -step)
        self.source = rng.choice(np.flatnonzero(self.usable), len(self.at)) if self.usable.any() else self.at
        self.cost = self._difference(self.source)

    @property
    def hopeless(self) -> bool:
        """Whether there is nothing to fill or nothing to fill it with."""
        return not len(self.at) or not self.usable.any()

    def follow(self, coarser: "Hole") -> None:
        """Begin with the sources that a coarser level has found."""
        scale = np.array(self.shape) / coarser.shape
        here = np.stack(np.divmod(self.at, self.wide), 1) - REACH
        cell = np.minimum(here / scale, np.array(coarser.shape) - 1).astype(int)
        number = coarser.number[(cell[:, 0] + REACH) * coarser.wide + cell[:, 1] + REACH]
        there = np.stack(np.divmod(coarser.source[number], coarser.wide), 1) - REACH
        moved = np.clip(here + np.rint((there - cell) * scale).astype(int), 0, np.array(self.shape) - 1) + REACH
        source = moved[:, 0] * self.wide + moved[:, 1]
        self.source = np.where((number >= 0) & self.usable[source], source, self.source)
        self.cost = self._difference(self.source)
        self.vote()

    def search(self, step: int) -> None:
        """Take the source of a neighbour `step` pixels away, or one found at random, wherever it fits better."""
        self.cost = self._difference(self.source)
        for way in (step, -step, step * self.wide, -step * self.wide):
            number = self.number[np.clip(self.at + way, 0, self.number.size - 1)]
            self._try(np.where(number >= 0, self.source[number] - way, self.source))
        reach = max(self.shape)
        while reach > 1:
            down, across = self.rng.integers(-reach, reach + 1, (2, len(self.at)))
            self._try(self.source + down * self.wide + across)
            reach //= 4

    def vote(self) -> None:
        """Make each pixel the mean of what the sources of its neighbours say, the fitting ones first."""
        total, weights = np.zeros((len(self.at), 3), np.float32), np.full((len(self.at), 1), 1e-6, np.float32)
        trust = np.exp(-self.cost / max(float(np.percentile(self.cost, 50)), 1e-4)).astype(np.float32) + 1e-3
        for way in self.patch:
            number = self.number[self.at + way]
            weight = np.where(number >= 0, trust[number], 0)[:, None]
            total += self.pixels[self.source[number] - way] * weight
            weights += weight
        self.pixels[self.at] = total / weights

    def _try(self, source: Places) -> None:
        source = np.clip(source, 0, self.usable.size - 1)
        source = np.where(self.usable[source], source, self.source)
        cost = self._difference(source)
        better = cost < self.cost
        self.source, self.cost = np.where(better, source, self.source), np.where(better, cost, self.cost)

    def _difference(self, source: Places) -> Array:
        total = np.zeros(len(self.at), np.float32)
        for way in self.patch:
            apart = self.pixels[self.at + way] - self.pixels[source + way]
            total += np.einsum("ij,ij->i", apart, apart)
        return total


def filled(reference: Array, mask: Array, rng: np.random.Generator) -> Array:
    """The reference with what is masked filled from around it and with its own texture."""
    smooth = _smoothly(reference, mask)
    short = min(mask.shape)
    side, found = COARSEST, None
    while side < min(FINEST, short) * 2:
        side = min(side, FINEST, short)
        height, width = (max(round(length * side / short), 2 * REACH + 1) for length in mask.shape)
        level = Hole(_sized(smooth, height, width), resize(mask, height, width) > 0.02, rng)
        if not level.hopeless:
            if found:
                level.follow(found)
            for number in range(ROUNDS if side > 2 * COARSEST else 2 * ROUNDS):
                level.search((4, 2, 1)[number % 3])
                level.vote()
            found = level
        side *= 2
    return _toned(_copied(reference, mask, found), smooth, mask) if found else smooth


def _toned(result: Array, smooth: Array, mask: Array) -> Array:
    """Take the step out of the edge: shift the copied colours by what they are off there, less and less inwards."""
    deep = blur(mask, min(mask.shape) * 0.012)
    off = np.clip((smooth - result) * 0.5 + 0.5, 0, 1)
    shift = _smoothly(off, np.where(mask > 0, smoothstep(0.6, 0.9, deep), 1)) * 2 - 1
    return np.asarray(np.clip(result + shift * (mask > 0)[..., None], 0, 1), np.float32)


def _copied(reference: Array, mask: Array, hole: Hole) -> Array:
    """Copy each masked pixel from its source in full size; the four sources around it are blended."""
    limit = np.array(mask.shape) - 1
    unknown = np.argwhere(mask > 0)
    scale = np.array(mask.shape) / hole.shape
    at = (unknown + 0.5) / scale - 0.5
    corner = np.floor(at).astype(int)
    inside = at - corner
    total, weights = np.zeros((len(unknown), 3), np.float32), np.zeros((len(unknown), 1), np.float32)
    for down, across in ((0, 0), (0, 1), (1, 0), (1, 1)):
        cell = np.clip(corner + np.array([down, across]), 0, np.array(hole.shape) - 1)
        number = hole.number[(cell[:, 0] + REACH) * hole.wide + cell[:, 1] + REACH]
        source = np.stack(np.divmod(hole.source[number], hole.wide), 1) - REACH
        moved = np.where(number[:, None] >= 0, np.rint((source - cell) * scale), 0).astype(int)
        place = np.clip(unknown + moved, 0, limit)
        weight = np.abs(1 - down - inside[:, :1]) * np.abs(1 - across - inside[:, 1:]) * (number[:, None] >= 0) + 1e-6
        total += reference[place[:, 0], place[:, 1]] * weight.astype(np.float32)
        weights += weight.astype(np.float32)
    result = reference.copy()
    result[unknown[:, 0], unknown[:, 1]] = total / weights
    return result


def _sized(picture: Array, height: int, width: int) -> Array:
    return from_image(to_image(picture).resize((width, height), Image.Resampling.BOX)).copy()


def _smoothly(reference: Array, mask: Array) -> Array:
    """The reference with what is masked filled by the colours around it, from coarse to fine."""
    known = (mask < 0.02).astype(np.float32)
    layers = [(reference * known[..., None], known)]
    while min(layers[-1][1].shape) > 2:
        paint, weight = layers[-1]
        layers.append((_halved(paint), _halved(weight[..., None])[..., 0]))
    paint, weight = layers[-1]
    result = np.broadcast_to(paint.sum((0, 1)) / max(float(weight.sum()), 1e-4), paint.shape)
    for paint, weight in reversed(layers):
        bigger = _resized(result, *weight.shape)
        share = np.clip(weight, 0, 1)[..., None]
        result = np.where(share > 1e-4, paint / np.maximum(weight, 1e-4)[..., None], 0) * share + bigger * (1 - share)
    return np.asarray(np.where(known[..., None] > 0, reference, np.clip(result, 0, 1)), np.float32)


def _halved(field: Array) -> Array:
    rows, columns = field.shape[0] // 2 * 2, field.shape[1] // 2 * 2
    even = field[:rows, :columns]
    return np.asarray((even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / 4)


def _resized(field: Array, height: int, width: int) -> Array:
    bands = [Image.fromarray(np.ascontiguousarray(field[..., n], np.float32)) for n in range(3)]
    return np.stack([np.asarray(band.resize((width, height), Image.Resampling.BILINEAR)) for band in bands], -1)
