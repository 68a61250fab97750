"""What libvips does faster than Pillow: plain pictures are decoded and scaled down.

Import it late: libvips starts threads, so it must come after the fork of a worker, and it takes 0.1 s.
"""

import ctypes
import logging
import os
from typing import Any, Literal

from PIL import Image

os.environ.setdefault("VIPS_CONCURRENCY", "1")  # pictures run side by side instead

import pyvips

logging.getLogger("pyvips").setLevel(logging.WARNING)  # it tells of every thread
pyvips.block_untrusted_set(True)  # no SVG, no PDF, nothing that calls another program
pyvips.cache_set_max(0)

# Pictures take megabytes each. What one leaves serves the next instead of being given back and fetched anew, which
# costs a tenth of the whole work. Only glibc can be told.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
_libc = ctypes.CDLL(None)
if hasattr(_libc, "mallopt"):
    _libc.mallopt(M_MMAP_THRESHOLD, 16 * 2**20)
    _libc.mallopt(M_TRIM_THRESHOLD, 32 * 2**20)

LOADERS = {"PNG": pyvips.Image.pngload_buffer, "JPEG": pyvips.Image.jpegload_buffer}
Kernel = Literal["lanczos3", "cubic"]
Mode = Literal["L", "RGB", "RGBA"]
MODES: dict[int, Mode] = {1: "L", 3: "RGB", 4: "RGBA"}
BROKEN = pyvips.Error


def decode(data: bytes, file_format: str, full: tuple[int, int], size: tuple[int, int] | None) -> Image.Image | None:
    """Decode a PNG or JPEG of `full` size, shrunk to `size` on the way; None for what is not 8-bit grey or RGB(A).

    Raises `BROKEN`.
    """
    options: dict[str, object] = {"fail_on": "error", "access": "sequential"}
    if size and file_format == "JPEG":
        options["shrink"] = _jpeg_shrink(min(full[0] / size[0], full[1] / size[1]))
    image = LOADERS[file_format](data, **options)
    if image.format != "uchar" or image.bands not in MODES:
        return None
    if size and (image.width, image.height) != size:
        image = _scaled(image, size)
    return _pillow(image)


def shrink(image: Image.Image, size: tuple[int, int], kernel: Kernel = "lanczos3") -> Image.Image:
    """Scale RGB, RGBA or grey down; `cubic` takes two thirds of the time, and RGBA is always done by Lanczos."""
    return _pillow(_scaled(_vips(image), size, kernel))


def _vips(image: Image.Image) -> Any:
    return pyvips.Image.new_from_memory(image.tobytes(), image.width, image.height, len(image.getbands()), "uchar")


def _scaled(image: Any, size: tuple[int, int], kernel: Kernel = "lanczos3") -> Any:
    """Scale; `thumbnail_image` takes a tenth more, and minds what transparent pixels hide."""
    if image.bands == 4:
        return image.thumbnail_image(size[0], height=size[1], size="force")
    return image.resize(size[0] / image.width, vscale=size[1] / image.height, kernel=kernel)


def _pillow(image: Any) -> Image.Image:
    return Image.frombuffer(MODES[image.bands], (image.width, image.height), image.write_to_memory())


def _jpeg_shrink(factor: float) -> int:
    """Give the part of the shrinking that libjpeg does while it decodes; at least a half is left to do well."""
    return next((step for step in (8, 4, 2) if factor >= 2 * step), 1)
