"""What an operation may be told: each kind of parameter reads one JSON value or says what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field
from typing import Any, Protocol
from uuid import UUID


class Wrong(Exception):
    """One value is wrong; `code` and `facts` become a sentence where members read it."""

    def __init__(self, code: str, parameter: str = "", **facts: object) -> None:
        super().__init__(code, parameter, facts)
        self.code = code
        self.parameter = parameter
        self.facts: Mapping[str, object] = facts


class Kind(Protocol):
    """One kind of parameter; its fields say what the form must offer."""

    def read(self, value: object) -> object:
        """Give the checked value. Raises `Wrong`."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int
    most: int
    unit: str = ""

    def read(self, value: object) -> int:
        """Give the number. Raises `Wrong`."""
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            raise Wrong("whole")
        if not self.least <= value <= self.most:
            raise Wrong("range", least=self.least, most=self.most)
        return int(value)


@dataclass(frozen=True, slots=True)
class Number:
    """A number with a fraction."""

    least: float
    most: float
    unit: str = ""

    def read(self, value: object) -> float:
        """Give the number. Raises `Wrong`."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Wrong("number")
        if not self.least <= value <= self.most:  # NaN is in no range
            raise Wrong("range", least=self.least, most=self.most)
        return float(value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these words."""

    options: tuple[str, ...]

    def read(self, value: object) -> str:
        """Give the word. Raises `Wrong`."""
        if isinstance(value, bool) or str(value) not in self.options:  # 2 is as good as "2"
            raise Wrong("choice", choices=", ".join(self.options))
        return str(value)


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def read(self, value: object) -> bool:
        """Give the answer. Raises `Wrong`."""
        if not isinstance(value, bool):
            raise Wrong("flag")
        return value


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour like #ff8800."""

    def read(self, value: object) -> str:
        """Give the colour in small letters. Raises `Wrong`."""
        if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
            raise Wrong("colour")
        return value.lower()


@dataclass(frozen=True, slots=True)
class Text:
    """Words that are drawn."""

    most: int

    def read(self, value: object) -> str:
        """Give the words without what cannot be drawn. Raises `Wrong`."""
        if not isinstance(value, str):
            raise Wrong("text")
        words = "".join(letter for letter in value if letter.isprintable() or letter == "\n").strip()
        if not words:
            raise Wrong("text")
        if len(words) > self.most:
            raise Wrong("too_long", length=len(words), most=self.most)
        return words


@dataclass(frozen=True, slots=True)
class PictureId:
    """The id of an upload or an image."""

    def read(self, value: object) -> str:
        """Give the id as it is always written. Raises `Wrong`."""
        try:
            return str(UUID(str(value)))
        except ValueError:
            raise Wrong("picture") from None


def parameter(kind: Kind, default: Any = MISSING) -> Any:
    """Declare a field of an operation; without a default it must be given, with None it may be left out."""
    return field(default=default, metadata={"kind": kind})
