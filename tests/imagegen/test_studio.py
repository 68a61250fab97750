"""The whole product in one terminal: real processes, killed and stopped in every way."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.studio import Studio, wait_for


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """Give a product in which every part answers."""
    studio = Studio(tmp_path)
    try:
        studio.wait_until_healthy()
        yield studio
    finally:
        if studio.process.poll() is None:
            studio.stop()
        assert studio.processes() == []


def test_everything_starts_once_and_stops_on_ctrl_c(studio: Studio) -> None:
    assert studio.get("/accounts/signup/") == 200
    assert (studio.folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert f"{studio.url}/first-admin/" in studio.read_log()

    assert studio.run("studio").wait(20) == 1
    assert f"Already running on this data folder: {studio.url}/" in studio.read_log()

    assert studio.stop() == 0
    assert studio.processes() == []


def test_what_is_killed_comes_back(studio: Studio) -> None:
    for service in ("web", "generate", "process", "valkey"):
        studio.kill(service)
    studio.wait_until_healthy()


def test_a_killed_studio_leaves_nobody_behind_and_starts_again(studio: Studio) -> None:
    studio.process.kill()
    studio.process.wait()
    wait_for(lambda: not studio.processes(), 12)

    studio.process = studio.run("studio")
    studio.wait_until_healthy()


@pytest.mark.chaos
def test_a_cluster_that_consumes_nothing_is_started_again(tmp_path: Path) -> None:
    studio = Studio(tmp_path, DEAF_SECONDS="10")
    try:
        studio.wait_until_healthy()
        main, *cluster = studio.processes("generate")
        for process in cluster[1:]:
            os.kill(process, signal.SIGSTOP)
        wait_for(lambda: not set(cluster) & set(studio.processes("generate")), 40, studio.read_log)
        studio.wait_until_healthy()
        assert studio.processes("generate")[0] == main
        assert "the cluster consumes nothing" in studio.read_log()
    finally:
        studio.stop()


def test_a_busy_port_is_named_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        studio = Studio(tmp_path, PORT=str(port))
        assert studio.process.wait(20) == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in studio.read_log()
