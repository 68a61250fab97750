"""What every test stands on: a data folder and a Valkey of its own, and the cast."""

from tests.environment import DATA_DIR  # isort: skip  sets Django up, so it comes first

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from accounts.models import User
from generation.services import throttles
from imagegen.orphans import die_with
from imagegen.valkey import make_private_folder, server_command
from tests.factories import make_member


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell the stories in the browser last: Playwright leaves an event loop running, beside it no other starts."""
    items.sort(key=lambda item: item.get_closest_marker("flow") is not None)


@pytest.fixture(scope="session", autouse=True)
def valkey() -> Iterator[Path]:
    """Serve the broker, the channel layer and the cache as the product does; gives the socket."""
    socket: Path = settings.VALKEY_SOCKET
    make_private_folder(socket.parent)
    with subprocess.Popen(
        server_command(socket),
        stdout=subprocess.DEVNULL,
        preexec_fn=partial(die_with, os.getpid()),  # a test run that is killed leaves nothing
    ) as server:
        deadline = time.monotonic() + 10
        while not socket.exists():
            assert server.poll() is None, "Valkey ended at its start"
            assert time.monotonic() < deadline, "Valkey does not come up"
            time.sleep(0.01)
        yield socket
        server.terminate()
    shutil.rmtree(socket.parent)


@pytest.fixture(autouse=True)
def empty_cache(valkey: Path) -> None:
    """Forget the rate limits and the progress of the test before."""
    cache.clear()


@pytest.fixture(autouse=True)
def first_language() -> None:
    """Forget the language of the last page that the test before has read: it stays active in this thread."""
    translation.deactivate()


@pytest.fixture
def long_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no minute end while a test counts requests: each minute counts from nothing."""
    monkeypatch.setattr(throttles, "MINUTE", 10**9)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Keep SQLite in a file: threads share the database, which one in memory is not made for."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(DATA_DIR / "test.sqlite3")


# --- The cast -------------------------------------------------------------------------------------------------


@pytest.fixture
def alice(db: None) -> User:
    """Give the owner, on the basic plan."""
    return make_member("alice")


@pytest.fixture
def bob(db: None) -> User:
    """Give another member, for whom Alice's things are not found."""
    return make_member("bob")


@pytest.fixture
def carol(db: None) -> User:
    """Give the one on the advanced plan."""
    return make_member("carol", plan="advanced")


@pytest.fixture
def dave(db: None) -> User:
    """Give the admin."""
    return make_member("dave", plan="advanced", staff=True)
