"""Fewer words, step by step, in both languages; nothing is ever added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.simplification import Piece, difference, ladder


@pytest.mark.parametrize(
    ("prompt", "forms"),
    [
        (
            "a (cute:1.3) kitten with a bloody knife, highly detailed, 8k, trending on artstation",
            ["a cute kitten with a bloody knife", "a cute kitten", "kitten"],
        ),
        (
            "a sexy woman on the beach, golden hour, <lora:beach:0.8>",
            [
                "a sexy woman on the beach, golden hour",
                "a woman on the beach, golden hour",
                "a woman on the beach",
                "woman on beach",
            ],
        ),
        (
            "一只可爱的小猫坐在海边，性感的女孩，高清画质，杰作",
            [
                "一只可爱的小猫坐在海边，性感的女孩",
                "一只可爱的小猫坐在海边，女孩",
                "一只可爱的小猫坐在海边",
                "小猫坐在海边",
            ],
        ),
        ("kitten", []),
        ("小猫", []),
        ("naked", []),
    ],
)
def test_a_prompt_becomes_simpler_step_by_step(prompt: str, forms: list[str]) -> None:
    assert ladder(prompt) == forms


def test_what_is_not_loaded_is_left_as_it_was_written() -> None:
    assert ladder("Two cats;  one dog")[0] == "Two cats"


@given(st.text(alphabet="ab (),.:1猫的，性感 nude\n", max_size=60))
def test_nothing_is_added_and_it_ends(prompt: str) -> None:
    forms = ladder(prompt)
    assert len(forms) <= 4
    for longer, shorter in zip([prompt, *forms], forms, strict=False):
        assert shorter
        assert set(shorter) <= set(longer) | set(" ,")


def test_a_place_is_not_taken_for_a_painter() -> None:
    assert ladder("a cat by the sea, by greg rutkowski, in the style of van gogh")[0] == "a cat by the sea"


def test_it_can_be_told_what_was_dropped() -> None:
    assert difference("a sexy cat, 8k", "a cat") == [
        Piece("kept", "a "), Piece("dropped", "sexy "), Piece("kept", "cat"), Piece("dropped", ", 8k"),
    ]  # fmt: skip
