"""What an admin may set is declared once; forms, checks and adapters agree on it."""

from dataclasses import dataclass
from typing import Any

import pytest

from generation import registry
from generation.engines.settings import InvalidSettings, RemoteSettings, describe, read, setting


@dataclass(frozen=True, kw_only=True)
class Kitchen(RemoteSettings):
    """One setting of each kind."""

    address: str = setting("url", "Address")
    key: str = setting("text", "Key", default="", secret=True)
    hosts: tuple[str, ...] = setting("urls", "Hosts", default=())
    dialect: str = setting("choice", "Dialect", default="a", choices=(("a", "A"), ("b", "B")))
    pictures: int = setting("integer", "Pictures", default=1, minimum=1, maximum=8)
    mark: bool = setting("switch", "Mark", default=False)
    graph: dict[str, Any] | None = setting("json", "Graph", default=None)


def refused(**values: Any) -> set[str]:
    """Give the names of the settings that are refused."""
    with pytest.raises(InvalidSettings) as refusal:
        read(Kitchen, {"address": "http://10.0.0.1:8188"} | values)
    return {problem.setting for problem in refusal.value.problems}


def test_a_form_learns_what_to_ask_for_own_settings_first() -> None:
    fields = {setting.name: setting for setting in describe(Kitchen)}
    assert list(fields)[:2] == ["address", "key"]
    assert list(fields)[-1] == "idle_seconds"
    assert (fields["address"].required, fields["key"].required) == (True, False)
    assert fields["key"].secret


def test_what_is_left_empty_takes_its_default() -> None:
    kitchen = read(Kitchen, {"address": "https://example.com/v1/", "key": "", "pictures": None, "hosts": []})
    assert kitchen == Kitchen(address="https://example.com/v1")


def test_addresses_come_one_a_line_or_as_a_list() -> None:
    lines = read(Kitchen, {"address": "http://a", "hosts": "http://a:1\nhttp://b:2/"})
    assert lines.hosts == read(Kitchen, {"address": "http://a", "hosts": ["http://a:1", "http://b:2"]}).hosts


@pytest.mark.parametrize(
    "values",
    [
        {"address": "ftp://example.com"},
        {"address": "http://user:word@example.com"},
        {"address": "http://example.com/?key=1"},
        {"address": "http://[::1"},
        {"address": "http://exa mple.com"},
        {"address": None},
        {"address": 7},
        {"hosts": "not an address"},
        {"dialect": "c"},
        {"pictures": 0},
        {"pictures": 1.5},
        {"pictures": True},
        {"connect_seconds": float("nan")},
        {"mark": "yes"},
        {"graph": "[]"},
        {"oven": 1},
    ],
)
def test_what_does_not_fit_is_named(values: dict[str, Any]) -> None:
    assert refused(**values) == set(values)


def test_every_problem_is_told_at_once() -> None:
    assert refused(pictures=9, dialect="c", oven=1) == {"pictures", "dialect", "oven"}


def test_a_secret_is_not_printed() -> None:
    assert "hunter2" not in repr(Kitchen(address="http://a", key="hunter2"))


@pytest.mark.parametrize("kind", registry.KINDS)
def test_every_kind_declares_its_settings(kind: str) -> None:
    for declared in registry.settings_of(kind):
        assert declared.label
        assert declared.choices or declared.kind != "choice"
