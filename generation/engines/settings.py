"""What an admin may set for a kind of engine, declared once: the form, its checks and the adapter read the same fields.

    @dataclass(frozen=True, kw_only=True)
    class MySettings(RemoteSettings):
        base_url: str = setting("url", gettext_noop("Address"))
        key: str = setting("text", gettext_noop("Key"), default="", secret=True)

`describe(MySettings)` tells a form what to ask for; `read(MySettings, values)` checks what was answered. Plain
Python: texts are only marked here, whoever shows them translates them.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

SettingKind = Literal["text", "long_text", "url", "urls", "integer", "number", "switch", "choice", "json"]
Settings = TypeVar("Settings")


def gettext_noop(text: str) -> str:
    """Mark a text for translation."""
    return text


_NO_OBJECT = gettext_noop("This must be a JSON object.")


@dataclass(frozen=True, slots=True)
class Setting:
    """One field of a form. A `secret` is stored encrypted and never shown again."""

    name: str
    kind: SettingKind
    label: str
    help: str = ""
    default: Any = None
    required: bool = False
    secret: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one setting: a sentence to translate, with `%(name)s` for each of the `values`."""

    setting: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.setting}: {self.message % self.values}"


class InvalidSettings(ValueError):
    """Values that a kind of engine does not take."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def setting(
    kind: SettingKind,
    label: str,
    help: str = "",  # noqa: A002  what Django's forms call it, too
    *,
    default: Any = MISSING,
    secret: bool = False,
    choices: tuple[tuple[str, str], ...] = (),
    minimum: float | None = None,
    maximum: float | None = None,
) -> Any:
    """Declare a field of a settings dataclass; without a default the admin must give a value."""
    facts = {"kind": kind, "label": label, "help": help, "secret": secret, "choices": choices}
    facts |= {"minimum": minimum, "maximum": maximum}
    return field(default=default, repr=not secret, metadata=facts)


@dataclass(frozen=True, kw_only=True)
class NoSettings:
    """For a kind that has nothing to set."""


@dataclass(frozen=True, kw_only=True)
class RemoteSettings:
    """What every engine at the other end of a network has; how long a whole picture may take is the engine's row's."""

    connect_seconds: float = setting(
        "number",
        gettext_noop("Seconds to connect"),
        gettext_noop("An engine that cannot be reached in this time is down."),
        default=5.0,
        minimum=0.1,
        maximum=60,
    )
    idle_seconds: float = setting(
        "number",
        gettext_noop("Seconds of silence"),
        gettext_noop("An answer that stops coming for this long has failed."),
        default=60.0,
        minimum=0.1,
        maximum=3600,
    )


def describe(settings: type[Any]) -> tuple[Setting, ...]:
    """Give the fields that a form asks for, those of the class itself before those it inherits."""
    inherited = {name for base in settings.__mro__[1:] for name in getattr(base, "__dataclass_fields__", ())}
    in_order = sorted(fields(settings), key=lambda declared: declared.name in inherited)
    return tuple(
        Setting(
            name=declared.name,
            default=None if declared.default is MISSING else declared.default,
            required=declared.default is MISSING,
            **declared.metadata,
        )
        for declared in in_order
    )


def read(settings: type[Settings], values: Mapping[str, Any]) -> Settings:
    """Check and convert values as they come from a form or from JSON. Raises `InvalidSettings` with every problem."""
    if not isinstance(values, Mapping):
        raise InvalidSettings([Problem("settings", _NO_OBJECT)])
    declared = {setting.name: setting for setting in describe(settings)}
    problems = [
        Problem(name, gettext_noop("This kind of engine has no such setting.")) for name in values.keys() - declared
    ]
    known: dict[str, Any] = {}
    for name, setting in declared.items():
        try:
            if (value := _read_one(setting, values.get(name))) is not None:
                known[name] = value
        except _Refused as refusal:
            problems.append(Problem(name, *refusal.args))
    if problems:
        raise InvalidSettings(problems)
    return settings(**known)


class _Refused(Exception):
    """One value is not taken."""


def _read_one(setting: Setting, value: Any) -> Any:
    """Give the value to use; None stands for the default."""
    if value in (None, "", []):
        if setting.required:
            raise _Refused(gettext_noop("This is needed."))
        return None
    read_kind = _READERS[setting.kind]
    value = read_kind(value)
    if setting.choices and value not in {choice for choice, _ in setting.choices}:
        raise _Refused(gettext_noop("“%(value)s” is not one of the choices."), {"value": value})
    too_small = setting.minimum is not None and value < setting.minimum
    if too_small or (setting.maximum is not None and value > setting.maximum):
        limits = {"minimum": setting.minimum, "maximum": setting.maximum}
        raise _Refused(gettext_noop("This must be between %(minimum)g and %(maximum)g."), limits)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Refused(gettext_noop("This must be a text."))
    return value.strip()


def _url(value: Any) -> str:
    text = _text(value).rstrip("/")
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.username or parts.query or parts.fragment or any(character.isspace() for character in text):
        raise _Refused(gettext_noop("This must be an address such as https://example.com/v1, without user and query."))
    return text


def _urls(value: Any) -> tuple[str, ...]:
    lines = value.split() if isinstance(value, str) else value
    if not isinstance(lines, list | tuple):
        raise _Refused(gettext_noop("This must be addresses, one a line."))
    return tuple(_url(line) for line in lines)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Refused(gettext_noop("This must be a number."))
    return float(value)


def _integer(value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise _Refused(gettext_noop("This must be a whole number."))
    return int(number)


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Refused(gettext_noop("This must be yes or no."))
    return value


def _json(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Refused(_NO_OBJECT)
    return value


_READERS: Mapping[SettingKind, Callable[[Any], Any]] = {
    "text": _text,
    "long_text": _text,
    "choice": _text,
    "url": _url,
    "urls": _urls,
    "number": _number,
    "integer": _integer,
    "switch": _switch,
    "json": _json,
}
