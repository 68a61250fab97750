"""File names are made once and for all, and no file is written over."""

import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.conf import LazySettings

from generation import storage


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Give an empty folder for pictures."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def make_names(count: int) -> list[str]:
    """Make names as fast as possible."""
    return [storage.new_file_name("generated_image", "png") for _ in range(count)]


def test_eight_processes_make_ten_thousand_names_each_and_no_two_are_the_same() -> None:
    with ProcessPoolExecutor(8, mp_context=get_context("spawn")) as processes:
        names = [name for made in processes.map(make_names, [10_000] * 8) for name in made]
    assert len(set(names)) == len(names) == 80_000


def test_a_name_says_what_and_when() -> None:
    prefix, nanoseconds, random = storage.new_file_name("cover_image", "webp").rsplit("_", 2)
    assert (prefix, len(nanoseconds), len(random)) == ("cover_image", 19, len("0123456789abcdef.webp"))


def test_of_many_writers_of_one_name_exactly_one_wins(folder: Path) -> None:
    together = threading.Barrier(8)

    def write(number: int) -> bool:
        together.wait()
        try:
            storage.save("img2img_1_0.png", bytes([number]) * 100_000)
        except FileExistsError:
            return False
        return True

    with ThreadPoolExecutor(8) as writers:
        assert sum(writers.map(write, range(8))) == 1
    assert len(set((folder / "img2img_1_0.png").read_bytes())) == 1
    assert len(list(folder.iterdir())) == 1


def test_a_missing_file_may_be_deleted() -> None:
    storage.delete("generated_image_1_0.png")
    with pytest.raises(FileNotFoundError):
        storage.read("generated_image_1_0.png")
