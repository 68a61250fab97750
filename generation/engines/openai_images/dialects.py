"""How the known servers differ from one another: data, so that the adapter needs no branch for any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, sqrt
from typing import Any, Literal

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one kind of server takes and gives.

    `names` tells which of our fields it takes, and what it calls them. `reference` tells how pictures travel: as files
    to `/images/edits`, as data URIs in the JSON of `/images/generations`, or not at all.
    """

    label: str
    names: Mapping[str, str]
    constants: Mapping[str, Any] = field(default_factory=dict)
    reference: Literal["edits", "json", "none"] = "none"
    mask: bool = False
    file_field: str = "image"
    streams: bool = False
    negative_in_prompt: str = ""  # what stands between a prompt and its negative one; taken out of both
    largest_seed: int = 2**31 - 1
    steps: tuple[int, int] = (1, 100)
    sides: tuple[int, int] = (64, 4096)
    multiple: int = 16
    least_pixels: int = 0
    most_pixels: int | None = None


OPENAI_NAMES = {"prompt": "prompt", "model": "model", "size": "size", "quality": "quality"}

DIALECTS: Mapping[str, Dialect] = {
    "openai": Dialect(
        "OpenAI",
        OPENAI_NAMES,
        constants={"n": 1},
        reference="edits",
        mask=True,
        file_field="image[]",
        streams=True,
        sides=(256, 3840),
        most_pixels=3840 * 2160,
    ),
    "ark": Dialect(
        "Volcengine Ark (Seedream)",
        {"prompt": "prompt", "model": "model", "size": "size", "reference": "image"},
        constants={"response_format": "b64_json", "watermark": False, "sequential_image_generation": "disabled"},
        reference="json",
        least_pixels=3_686_400,
        most_pixels=4096 * 4096,
    ),
    "siliconflow": Dialect(
        "SiliconFlow",
        {
            "prompt": "prompt",
            "model": "model",
            "size": "image_size",
            "reference": "image",
            "seed": "seed",
            "negative_prompt": "negative_prompt",
            "steps": "num_inference_steps",
            "guidance": "guidance_scale",
        },
        constants={"batch_size": 1},
        reference="json",
        largest_seed=9_999_999_999,
        multiple=8,
    ),
    "localai": Dialect(
        "LocalAI",
        {"prompt": "prompt", "model": "model", "size": "size", "steps": "step", "negative_prompt": ""},
        constants={"n": 1, "response_format": "b64_json"},
        negative_in_prompt="|",
        multiple=8,
    ),
    "other": Dialect(
        "Another server that answers as OpenAI does",
        OPENAI_NAMES,
        constants={"n": 1},
        reference="edits",
        mask=True,
        streams=True,
        multiple=8,
    ),
}


def size_to_ask_for(width: int, height: int, dialect: Dialect, sizes: tuple[Size, ...]) -> Size:
    """Give the nearest size that the server makes: of a list the one of the nearest shape, else as large as needed."""
    if sizes:
        shape, pixels = width / height, width * height
        return min(sizes, key=lambda size: (_apart(size[0] / size[1], shape), _apart(size[0] * size[1], pixels)))
    if width * height >= dialect.least_pixels:
        return width, height
    scale = sqrt(dialect.least_pixels / (width * height))
    return _up(width * scale, dialect.multiple), _up(height * scale, dialect.multiple)


def _apart(one: float, other: float) -> float:
    return round(max(one, other) / min(one, other), 3)


def _up(side: float, multiple: int) -> int:
    return ceil(side / multiple) * multiple
