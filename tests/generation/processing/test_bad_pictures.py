"""Whatever a stranger uploads is opened right or refused with a code, in little memory, and runs nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generation.processing.pictures import InvalidPicture, open_picture
from tests.generation.processing.bad_pictures import OPENED, every_file

FILES = {name: (data, verdict) for name, data, verdict in every_file()}


@pytest.mark.parametrize("name", FILES)
def test_it_is_opened_right_or_refused_with_a_code(name: str) -> None:
    data, verdict = FILES[name]
    if verdict == OPENED:
        image = open_picture(data)
        assert image.mode in ("RGB", "RGBA")
        assert not image.info
    else:
        with pytest.raises(InvalidPicture) as caught:
            open_picture(data)
        assert caught.value.code in ("too_large", "not_a_picture", "too_many_pixels", "broken")


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 40


def test_all_of_them_take_little_memory_and_start_no_program(tmp_path: Path) -> None:
    started = tmp_path / "started"
    for name in ("gs", "gswin32c", "rsvg-convert", "inkscape", "convert", "magick"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {name} >> {started}\n")
        program.chmod(0o755)
    command = [sys.executable, "-m", "tests.generation.processing.bad_pictures", "1000"]
    environment = os.environ | {"PATH": str(tmp_path), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 400  # megabytes; the bombs alone name more than a million
    assert not started.exists()
