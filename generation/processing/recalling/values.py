"""Values from files of strangers, brought to the types of our form."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Setting = str | int | float
TEXTS = ("prompt", "negative_prompt", "model", "sampler", "style", "title", "engine")
INTEGERS = ("seed", "steps", "width", "height")
NUMBERS = ("guidance", "strength")
LONGEST = 20_000  # characters of a text
MOST_UNKNOWN, LONGEST_UNKNOWN = 12, 60

_SIZE = re.compile(r"\D{0,3}(\d{1,6})\s{0,3}[x×,*]\s{0,3}(\d{1,6})\D{0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a file speaks of: `settings` by the names of our form, `unknown` by the names of the tool that wrote it."""

    source: str
    settings: dict[str, Setting] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, value: object, called: str = "") -> None:
        """Keep a value under our `name`; one that cannot be it is named as `called` among the unknown."""
        if name == "size":
            size = _SIZE.fullmatch(value) if isinstance(value, str) else None
            kept: dict[str, Setting] = {"width": int(size[1]), "height": int(size[2])} if size else {}
        else:
            clean = _clean(name, value)
            kept = {} if clean is None else {name: clean}
        self.settings.update(kept)
        if not kept and called:
            self.note(called, value)

    def note(self, called: str, value: object) -> None:
        """Name a value that has no place in our form; lists and objects are only named by their kind."""
        if value in ("", None) or len(self.unknown) >= MOST_UNKNOWN:
            return
        words = plain(str(value)) if isinstance(value, str | int | float) else "…"
        self.unknown[plain(called)[:LONGEST_UNKNOWN]] = words[:LONGEST_UNKNOWN]


def _clean(name: str, value: object) -> Setting | None:
    if name in TEXTS:
        return (plain(value).strip()[:LONGEST] or None) if isinstance(value, str) else None
    number = _number(value)
    if number is None or name in NUMBERS:
        return number
    return int(number) if number == int(number) else None


def _number(value: object) -> int | float | None:
    """Give a finite number, as it is written: seeds are larger than a float can hold."""
    if isinstance(value, str) and re.fullmatch(r"\s{0,9}-?\d{1,30}\s{0,9}", value, re.ASCII):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return (value if isinstance(value, int) else number) if math.isfinite(number) else None


def plain(text: str) -> str:
    """Take out what is not text: zeros, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def parse_object(text: str) -> dict[str, object] | None:
    """Read a JSON object; None for anything else, also for one that is too deep."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def translate(source: str, said: Mapping[str, object], names: Mapping[str, str], quiet: frozenset[str]) -> Recalled:
    """Bring an object's values to our names; what has none is noted, but for what says nothing to people."""
    recalled = Recalled(source)
    for key, value in said.items():
        called = re.sub(r"[\s_-]+", "_", key.strip().lower())
        if called in names:
            recalled.take(names[called], value, key)
        elif called not in quiet:
            recalled.note(key, value)
    return recalled
