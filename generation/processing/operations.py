"""What every operation is: a small frozen value with a name and checked parameters that changes a picture."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import Any, ClassVar, Self, cast

from PIL import Image

from generation.processing.encoding import Output
from generation.processing.parameters import Kind, PictureId, Wrong

Size = tuple[int, int]


class OptionMissing(Exception):
    """The extra that this operation needs is not installed: `pip install 'imagegen[ai]'`."""


class NoSubject(Exception):
    """Nothing in the picture stands out from its background."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What an operation gets and gives: upright sRGB pixels in RGB or RGBA, and how they will be encoded."""

    pixels: Image.Image
    output: Output = field(default_factory=Output)

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return self.pixels.size

    def with_pixels(self, pixels: Image.Image) -> Self:
        """The same picture with other pixels."""
        return replace(self, pixels=pixels)


@dataclass(frozen=True, slots=True)
class Work:
    """What surrounds a run: the other pictures that the recipe names, and whom to tell how far it is (0 … 1).

    `tell` may raise: that is how a run is stopped between operations and between tiles.
    """

    pictures: Mapping[str, Image.Image] = field(default_factory=dict)
    tell: Callable[[float], None] = lambda fraction: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One step of a recipe."""

    name: ClassVar[str]
    group: ClassVar[str]  # shape, colour, marks, ai or file: how the page arranges them

    def apply(self, picture: Picture, work: Work) -> Picture:
        """Give the changed picture; the one it got stays as it is."""
        raise NotImplementedError

    def check(self) -> None:
        """Look at the parameters together. Raises `Wrong`."""

    def check_installed(self) -> None:
        """Look whether what it runs on is there. Raises `OptionMissing`."""

    def seconds(self, size: Size) -> float:
        """Guess how long it takes on one core."""
        return 0.02 * megapixels(size)

    def size_after(self, size: Size) -> Size:
        """Tell how large the picture is afterwards, or may become at most."""
        return size

    def decode_size(self, size: Size) -> Size | None:
        """Give the smaller size that is enough to decode when this operation comes first."""
        return None

    @classmethod
    def parameters(cls) -> dict[str, Kind]:
        """Give the kind of each parameter, in the order of a form."""
        return {item.name: cast(Kind, item.metadata["kind"]) for item in fields(cls)}

    @classmethod
    def default_of(cls, name: str) -> object:
        """Give what a parameter is where it is left out; None where that is nothing, or where it must be given."""
        default = next(item.default for item in fields(cls) if item.name == name)
        return None if default is MISSING else default

    @classmethod
    def read(cls, values: Mapping[str, object]) -> tuple[Self | None, list[Wrong]]:
        """Make the operation, or list everything that is wrong with the values."""
        known = {item.name: item for item in fields(cls)}
        wrong = [Wrong("unknown_parameter", name) for name in values if name not in known]
        checked: dict[str, Any] = {}
        for name, item in known.items():
            try:
                checked[name] = _read(item, values.get(name))
            except Wrong as error:
                wrong.append(Wrong(error.code, name, **error.facts))
        if wrong:
            return None, wrong
        operation = cls(**checked)
        try:
            operation.check()
        except Wrong as error:
            return None, [error]
        return operation, []

    def as_json(self) -> dict[str, object]:
        """Write the operation as a recipe holds it; what stands at its default is left out."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        defaults = {item.name: item.default for item in fields(self)}
        return {"op": self.name} | {name: value for name, value in values.items() if value != defaults[name]}

    def picture_ids(self) -> set[str]:
        """Name the other pictures that this operation needs."""
        named = [getattr(self, name) for name, kind in self.parameters().items() if isinstance(kind, PictureId)]
        return {picture for picture in named if picture}


def megapixels(size: Size) -> float:
    """Count a picture's pixels in millions."""
    return size[0] * size[1] / 1e6


def _read(item: Field[Any], value: object) -> object:
    """Read one value; None and nothing are the default."""
    if value is not None:
        return cast(Kind, item.metadata["kind"]).read(value)
    if item.default is MISSING:
        raise Wrong("required")
    return item.default
