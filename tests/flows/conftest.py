"""The whole product and a real Chromium, once for all stories."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.flows.browser import chromium, make_members, open_page, run_code, sign_in
from tests.studio import Studio

MEMBERS = 50
COUNT_CALLS = """
from generation.models import Engine
Engine.objects.filter(slug="simulated").update(settings={{"folder": "{folder}"}})  # one count for all its workers
"""

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell a story that failed once more, and say so (`R`): a machine may stand still longer than a browser waits."""
    for item in items:
        if item.get_closest_marker("flow"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Run the product as `make run` does, with the simulated engine beside the illustrator."""
    started = Studio(tmp_path_factory.mktemp("studio"), SIMULATED_ENGINE="1")
    started.wait_until_healthy()
    run_code(started, COUNT_CALLS.format(folder=tmp_path_factory.mktemp("calls")))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def members(studio: Studio) -> Iterator[str]:
    """Give the e-mails of advanced members, one a story."""
    return _advanced_members(studio)


def _advanced_members(studio: Studio) -> Iterator[str]:
    """Make members, many in one process, whenever there are no more."""
    for batch in count():
        emails = [f"member{batch}-{number}@example.com" for number in range(MEMBERS)]
        make_members(studio, "advanced", emails)
        yield from emails


@pytest.fixture
def email(members: Iterator[str]) -> str:
    """Give a member that no other story has."""
    return next(members)


@pytest.fixture
def visit(studio: Studio, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages in browsers of their own; closed after the story."""
    opened: list[Page] = []

    def visit(**context: object) -> Page:
        opened.append(open_page(browser, studio.url, **context))
        return opened[-1]

    yield visit
    for page in opened:
        page.context.close()


@pytest.fixture
def page(visit: Callable[..., Page], email: str) -> Page:
    """Give the studio as the new member sees it."""
    return sign_in(visit(viewport={"width": 1440, "height": 900}), email)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Give a picture file."""
    file = tmp_path / "kitten.png"
    Image.new("RGB", (320, 240), "teal").save(file)
    return file
