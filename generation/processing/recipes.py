"""A recipe: operations in order. It is read from JSON, checked, and run with one decoding and one encoding."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from PIL import Image

from generation.processing.background import Background
from generation.processing.colour import Colour
from generation.processing.convert import Convert
from generation.processing.encoding import Format, Output, write
from generation.processing.marks import Logo, Title, Watermark
from generation.processing.operations import Operation, Picture, Size, Work, megapixels
from generation.processing.parameters import Wrong
from generation.processing.pictures import LIMITS, Limits, open_picture, size_and_notes
from generation.processing.shape import Border, Crop, Resize, Rotate, Trim
from generation.processing.style import Style
from generation.processing.upscale import Upscale

OPERATIONS: dict[str, type[Operation]] = {
    kind.name: kind
    for kind in (
        *(Resize, Crop, Rotate, Trim, Border, Colour, Watermark, Logo, Title),
        *(Upscale, Background, Style, Convert),
    )
}
MOST_OPERATIONS = 20
SAME: dict[str, Output] = {  # what a picture is written as where no operation says so
    "jpg": Output("jpg", quality=92), "webp": Output("webp", quality=90), "avif": Output("avif", quality=75),
}  # fmt: skip

Recipe = tuple[Operation, ...]
Targets = Mapping[str, Sequence[Mapping[str, object]]]  # what makes a picture fit, by the name of the place
NO_TARGETS: Targets = {}


class InvalidRecipe(Exception):
    """The recipe cannot run; `errors` holds the number of each wrong operation (None: the whole) and what is wrong."""

    def __init__(self, errors: list[tuple[int | None, Wrong]]) -> None:
        super().__init__(errors)
        self.errors = errors


class TooLarge(Exception):
    """An operation would make the picture larger than may be; `index` counts from 0."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def read_recipe(value: object, *, most: int = MOST_OPERATIONS, targets: Targets = NO_TARGETS) -> Recipe:
    """Read a list of `{"op": name, …parameters}`. Raises `InvalidRecipe` with everything that is wrong.

    `{"op": "target", "target": name}` stands for the operations of a target.
    """
    if not isinstance(value, list) or not value:
        raise InvalidRecipe([(None, Wrong("not_a_list"))])
    items = [(index, each) for index, item in enumerate(value) for each in _spelt_out(item, targets)]
    if len(items) > most:
        raise InvalidRecipe([(None, Wrong("too_many", most=most))])
    operations, errors = [], []
    for index, item in items:
        operation, wrong = _read_operation(item, targets)
        errors += [(index, error) for error in wrong]
        if operation:
            operations.append(operation)
    if errors:
        raise InvalidRecipe(list(errors))
    return tuple(operations)


def names_target(item: object) -> TypeGuard[Mapping[str, object]]:
    """Tell whether an item of a recipe stands for the operations of a target."""
    return isinstance(item, Mapping) and item.get("op") == "target"


def as_json(recipe: Recipe) -> list[dict[str, object]]:
    """Write a recipe the way `read_recipe` takes it."""
    return [operation.as_json() for operation in recipe]


def digest(recipe: Recipe) -> str:
    """Fingerprint of what a recipe does: equal for recipes that make equal pictures."""
    return hashlib.sha256(json.dumps(as_json(recipe), sort_keys=True).encode()).hexdigest()


def picture_ids(recipe: Recipe) -> set[str]:
    """Name the other pictures that a recipe needs."""
    return set().union(*(operation.picture_ids() for operation in recipe))


def sizes_after(recipe: Recipe, size: Size) -> list[Size]:
    """Give the size after each operation, or the largest it may have."""
    sizes = []
    for operation in recipe:
        size = operation.size_after(size)
        sizes.append(size)
    return sizes


def check_sizes(recipe: Recipe, size: Size, limits: Limits = LIMITS) -> None:
    """Refuse a recipe that would make a picture of this size too large on its way. Raises `TooLarge`."""
    for index, (width, height) in enumerate(sizes_after(recipe, size)):
        if max(width, height) > limits.side or width * height > limits.pixels:
            raise TooLarge(index)


def expected_seconds(recipe: Recipe, size: Size) -> float:
    """Guess how long a run takes on one core: opening, every operation, encoding."""
    sizes = [size, *sizes_after(recipe, size)]
    steps = sum(operation.seconds(before) for operation, before in zip(recipe, sizes, strict=False))
    return 0.05 + 0.06 * (megapixels(sizes[0]) + megapixels(sizes[-1])) + steps


@dataclass(frozen=True, slots=True)
class Processed:
    """What a recipe made: the file, and the pixels that it was written from."""

    data: bytes
    format: Format
    pixels: Image.Image

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return self.pixels.size


def run_recipe(
    data: bytes,
    recipe: Recipe,
    pictures: Mapping[str, bytes] | None = None,
    *,
    limits: Limits = LIMITS,
    report: Callable[[float, str, int], None] = lambda fraction, operation, number: None,
) -> Processed:
    """Decode once, do every operation, encode once.

    `report` is told the part of the whole that is done, the operation's name and its number from 1 on, between
    operations and within long ones; what it raises stops the run.
    Raises `InvalidPicture`, `TooLarge`, `TooHeavy`, `OptionMissing`, `NoSubject`.
    """
    size, extension, notes = size_and_notes(data, limits)
    check_sizes(recipe, size, limits)
    shares = _shares(recipe, size)
    report(0.0, recipe[0].name, 1)
    others = {name: open_picture(other, limits) for name, other in (pictures or {}).items()}
    picture = Picture(
        open_picture(data, limits, shrink=recipe[0].decode_size), replace(SAME.get(extension, Output()), notes=notes)
    )
    done = 0.05
    for number, (operation, share) in enumerate(zip(recipe, shares, strict=True), start=1):
        report(done, operation.name, number)
        tell = _part_of(report, done, share, operation.name, number)
        picture = operation.apply(picture, Work(others, tell))
        done += share
    report(0.95, "encoding", len(recipe))
    return _finished(picture, chosen=any(isinstance(operation, Convert) for operation in recipe))


def _spelt_out(item: object, targets: Targets) -> Sequence[object]:
    found = targets.get(str(item.get("target"))) if names_target(item) else None
    return found or [item]


def _read_operation(item: object, targets: Targets) -> tuple[Operation | None, list[Wrong]]:
    if not isinstance(item, Mapping):
        return None, [Wrong("not_an_operation")]
    if names_target(item):
        return None, [Wrong("choice", "target", choices=", ".join(targets))]
    values = {str(name): value for name, value in item.items()}
    kind = OPERATIONS.get(str(values.pop("op", "")))
    if kind is None:
        return None, [Wrong("unknown_operation", "op", choices=", ".join(OPERATIONS))]
    return kind.read(values)


def _shares(recipe: Recipe, size: Size) -> list[float]:
    """Divide the run's progress between its operations, by how long each should take."""
    costs = [op.seconds(before) for op, before in zip(recipe, [size, *sizes_after(recipe, size)], strict=False)]
    return [0.9 * cost / sum(costs) for cost in costs]


def _part_of(
    report: Callable[[float, str, int], None], start: float, share: float, name: str, number: int
) -> Callable[[float], None]:
    return lambda fraction: report(start + share * fraction, name, number)


def _finished(picture: Picture, *, chosen: bool) -> Processed:
    """Encode; a picture that became transparent is written so, unless the recipe chose a format that cannot."""
    output = picture.output
    if not chosen:
        output = replace(output, notes={})
        if picture.pixels.mode == "RGBA" and not output.keeps_transparency:
            output = Output()
    data, pixels = write(picture.pixels, output)
    return Processed(data, output.format, pixels)
