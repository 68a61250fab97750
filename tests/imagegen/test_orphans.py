"""Leftovers are found by their mark, wherever they moved to."""

import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

from imagegen.orphans import kill_marked


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"], env=os.environ | {"MARK": "/data:web"}, start_new_session=True) as process:
        yield process
        process.kill()


def test_marked_processes_are_killed(sleeper: subprocess.Popen[bytes]) -> None:
    assert kill_marked("MARK=/data:") == [sleeper.pid]
    assert sleeper.wait(5) == -signal.SIGKILL


def test_those_of_another_folder_are_left_alone(sleeper: subprocess.Popen[bytes]) -> None:
    assert kill_marked("MARK=/dat:") == []
    assert sleeper.poll() is None
