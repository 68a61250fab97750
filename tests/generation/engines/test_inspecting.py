"""Pictures that engines make are checked in a child process."""

import pytest

from generation.engines import inspecting
from generation.engines.inspecting import inspect_beside
from generation.processing.pictures import InvalidPicture, inspect
from tests.generation.engines.peers.serving import picture


def test_a_child_finds_what_is_found_here() -> None:
    data = picture(3, 400, 300)
    assert inspect_beside(data) == inspect(data)


def test_what_is_no_picture_is_refused_by_its_code() -> None:
    with pytest.raises(InvalidPicture, match="not_a_picture"):
        inspect_beside(b"<html>")


def test_a_child_that_was_killed_is_replaced() -> None:
    inspect_beside(picture(3, 64, 64))
    inspecting._own.child.kill()
    assert inspect_beside(picture(3, 64, 64)).width == 64
