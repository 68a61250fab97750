"""One cluster, looked after by `manage.py work`."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis

from imagegen.settings import runtime_socket
from imagegen.valkey import make_private_folder, server_command
from tests.studio import Installation, wait_for

CLUSTER = 7  # main process, sentinel, three workers, monitor, pusher


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """Give a data folder, and see that nobody is left in the end; a cluster starts even without tables."""
    installation = Installation(tmp_path)
    yield installation
    left = installation.processes()
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert left == []


@contextmanager
def valkey_for(installation: Installation) -> Iterator[None]:
    socket = runtime_socket(installation.folder)
    make_private_folder(socket.parent)
    server = subprocess.Popen(server_command(socket))
    wait_for(socket.exists, 10)
    try:
        yield
    finally:
        server.kill()
        server.wait()


def wait_until_complete(installation: Installation) -> None:
    wait_for(lambda: len(installation.processes()) == CLUSTER, 120, installation.read_log)


def test_sigterm_ends_a_cluster(installation: Installation) -> None:
    with valkey_for(installation):
        work = installation.run("work", "process")
        wait_until_complete(installation)
        work.terminate()
        assert work.wait(10) == 0


def test_a_cluster_that_does_not_end_is_killed_after_ten_seconds(installation: Installation) -> None:
    with valkey_for(installation):
        work = installation.run("work", "process")
        wait_until_complete(installation)
        for process in installation.processes()[2:]:
            os.kill(process, signal.SIGSTOP)
        started = time.monotonic()
        work.terminate()
        assert work.wait(15) == 1
        assert time.monotonic() - started < 11


def test_a_killed_idle_worker_leaves_no_deaf_cluster(installation: Installation) -> None:
    with valkey_for(installation):
        work = installation.run("work", "process")
        wait_until_complete(installation)
        with Redis(unix_socket_path=str(runtime_socket(installation.folder)), db=2) as valkey:
            wait_for(lambda: valkey.keys("*queue.beat.process"), 30)  # the first beat is done with, so all are idle
        cluster = installation.processes()[1:]
        os.kill(cluster[1], signal.SIGKILL)  # it held, or waited for, the lock of the queue
        wait_for(lambda: not set(cluster) & set(installation.processes()), 3, installation.read_log)
        wait_until_complete(installation)
        work.terminate()
        assert work.wait(11) == 0


def test_a_killed_main_process_takes_its_cluster_along(installation: Installation) -> None:
    with valkey_for(installation):
        work = installation.run("work", "process")
        wait_until_complete(installation)
        work.kill()
        work.wait()
        wait_for(lambda: not installation.processes(), 2)


def test_work_waits_for_valkey_and_says_so_once(installation: Installation) -> None:
    work = installation.run("work", "process")
    wait_for(lambda: "the cluster does not work" in installation.read_log(), 30)
    with valkey_for(installation):
        wait_until_complete(installation)
    work.terminate()
    assert work.wait(11) == 0
    assert installation.read_log().count("the cluster does not work") == 1
