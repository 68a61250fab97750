"""Settings of a file fit the member's plan and the engine, and every difference is said."""

from typing import Any

import pytest

from accounts.models import Entitlements
from generation.engines.base import Capabilities, SizeRule
from generation.models import Engine
from generation.processing.recalling import Recalled
from generation.services.recalls import Fitted, fit

EVERYTHING = Entitlements(parameters=("*",), max_side=4096, max_pixels=4_200_000)
ABLE = Capabilities(
    size=SizeRule(minimum=256, maximum=2048, multiple=64), negative_prompt=True, seed=True, steps=(1, 50),
    guidance=True, strength=True, samplers=("dpmpp_2m", "euler_ancestral"), styles=("oil",),
    models=("sdxl/dreamshaper_8.safetensors",),
)  # fmt: skip


def fitted(allowed: Entitlements = EVERYTHING, can: Capabilities = ABLE, **settings: Any) -> Fitted:
    found = Recalled("ComfyUI", settings)
    return fit(found, allowed, [(Engine(slug="comfy"), can)])


def test_what_fits_comes_as_it_is() -> None:
    said: dict[str, Any] = {
        "prompt": "日落",
        "negative_prompt": "rain",
        "seed": 2**62,
        "steps": 20,
        "guidance": 7.5,
        "strength": 0.5,
    }
    found = fitted(**said, width=1024, height=768)
    assert found.settings == said | {"width": 1024, "height": 768}
    assert found.notes == []


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("steps", 200, 50), ("steps", 0, 1), ("guidance", 1e9, 30), ("strength", -3, 0), ("seed", 2**70, 2**63 - 1)],
)
def test_what_is_out_of_bounds_is_moved_and_said(name: str, value: Any, kept: Any) -> None:
    found = fitted(**{name: value})
    assert found.settings == {name: kept}
    assert len(found.notes) == 1
    assert "the limit here" in found.notes[0]


def test_a_seed_of_minus_one_means_any() -> None:
    assert fitted(seed=-1) == Fitted("ComfyUI")


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((8192, 4096), (2048, 1024)),
        ((100, 200), (256, 512)),
        ((1000, 1000), (960, 960)),
        ((10, 90_000), (256, 2048)),
        ((896, 1152), (896, 1152)),
    ],
)
def test_a_size_is_made_to_fit(size: tuple[int, int], kept: tuple[int, int]) -> None:
    found = fitted(width=size[0], height=size[1])
    assert (found.settings["width"], found.settings["height"]) == kept
    assert len(found.notes) == (size != kept)


@pytest.mark.parametrize(
    ("sampler", "kept"),
    [
        ("DPM++ 2M Karras", "dpmpp_2m"),
        ("k_dpmpp_2m", "dpmpp_2m"),
        ("Euler a", "euler_ancestral"),
        ("LCM", None),
    ],
)
def test_a_sampler_is_known_by_its_other_names(sampler: str, kept: str | None) -> None:
    assert fitted(sampler=sampler).settings.get("sampler") == kept


def test_a_model_is_known_without_its_folder() -> None:
    assert fitted(model="dreamshaper_8").settings["model"] == "sdxl/dreamshaper_8.safetensors"


def test_what_is_not_offered_is_named() -> None:
    assert fitted(model="other.ckpt").notes == ["Model “other.ckpt” is not offered here."]


def test_what_the_engine_lacks_is_named() -> None:
    assert fitted(can=Capabilities(), steps=20).notes == ["Steps: the engine does not have it."]


def test_what_the_plan_locks_is_named() -> None:
    found = fitted(allowed=Entitlements(), prompt="a kitten", steps=20)
    assert found == Fitted("ComfyUI", {"prompt": "a kitten"}, ["Steps: your plan does not include it."])


def test_a_prompt_that_is_too_long_is_cut_and_it_says_so() -> None:
    found = fitted(prompt="猫" * 5000)
    assert found.settings["prompt"] == "猫" * 4000
    assert found.notes == ["Prompt: cut to 4000 characters."]


def test_our_own_engine_is_chosen_again_where_it_is_open() -> None:
    assert fitted(engine="comfy").settings == {"engine": "comfy"}
    assert fitted(engine="gone").notes == ["The engine “gone” is not open to you."]


def test_an_open_choice_goes_to_the_engine_that_has_the_settings() -> None:
    able = [(Engine(slug="first"), Capabilities()), (Engine(slug="comfy", name="Comfy"), ABLE)]
    found = fit(Recalled("ComfyUI", {"prompt": "a", "steps": 20}), EVERYTHING, able)
    assert found.settings == {"prompt": "a", "steps": 20, "engine": "comfy"}
    assert found.notes == ["Engine: Comfy, for it has these settings."]
    assert fit(Recalled("ComfyUI", {"prompt": "a"}), EVERYTHING, able).settings == {"prompt": "a"}
    assert "steps" not in fit(Recalled("ComfyUI", {"steps": 20}), EVERYTHING, able, chosen="first").settings


def test_what_has_no_place_here_is_named() -> None:
    found = fit(Recalled("AUTOMATIC1111", {"prompt": "a"}, {"Clip skip": "2"}), EVERYTHING, [])
    assert found.notes == ["Not used: Clip skip: 2"]
