"""The documentation names what is there, and nothing else."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from generation.processing.recipes import OPERATIONS

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text()
PAGES = [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]


def test_every_setting_is_explained() -> None:
    read = re.findall(r'\benv\.\w+\(\s*"(\w+)"', (PROJECT / "imagegen" / "settings.py").read_text())
    explained = re.findall(r"^\| `(\w+)` \|", (PROJECT / "docs" / "configuration.md").read_text(), re.MULTILINE)
    assert sorted(explained) == sorted(read)


def test_every_target_is_in_the_readme() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (PROJECT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.MULTILINE)) == set(targets) - {"help"}


def test_every_command_of_the_readme_exists() -> None:
    table = README.partition("manage.py …")[2].partition("\n\n")[0]
    assert set(re.findall(r"[|,] `(\w+)", table)) <= set(get_commands())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_links_lead_somewhere(page: Path) -> None:
    text = page.read_text()
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_operation_and_parameter_is_explained() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", (PROJECT / "docs" / "processing.md").read_text(), re.MULTILINE))
    assert {
        name: [p for p in kind.parameters() if f"`{p}`" not in rows[name]] for name, kind in OPERATIONS.items()
    } == {name: [] for name in OPERATIONS}
