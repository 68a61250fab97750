"""Whoever can write to Valkey's socket can run code, so nobody else may come near it."""

from pathlib import Path

import pytest

from imagegen.settings import runtime_socket
from imagegen.valkey import make_private_folder


def test_the_folder_is_ours_alone(tmp_path: Path) -> None:
    folder = tmp_path / "imagegen" / "valkey"
    make_private_folder(folder)
    make_private_folder(folder)
    assert folder.stat().st_mode & 0o777 == folder.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o755, 0o770])
def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path, mode: int) -> None:
    parent = tmp_path / "imagegen"
    parent.mkdir()
    parent.chmod(mode)
    with pytest.raises(PermissionError):
        make_private_folder(parent / "valkey")


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "imagegen").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PermissionError):
        make_private_folder(tmp_path / "imagegen" / "valkey")


def test_the_socket_has_a_short_path_of_its_own(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    assert len(str(runtime_socket(deep))) < 107
    assert runtime_socket(deep) != runtime_socket(tmp_path)
