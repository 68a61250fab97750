"""A file tells how it was made, whoever made it; files of strangers break nothing."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from generation.processing.metadata import Parameters, stamp
from generation.processing.recalling import Recalled, recall

USER_COMMENT, EXIF_FOLDER, MODEL, MAKE, SOFTWARE = 0x9286, 0x8769, 0x0110, 0x010F, 0x0131

A1111 = """日落 kitten, (sea:1.2), "oil"
second line
Negative prompt: blurry, 坏
worse
Steps: 30, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 3127456789, Size: 640x960, \
Model hash: 6ce0161689, Model: v1-5-pruned, Denoising strength: 0.45, Clip skip: 2, \
Lora hashes: "add: 1a2b, more: 3c4d", Version: v1.10.1"""
AS_RECALLED = {
    "prompt": '日落 kitten, (sea:1.2), "oil"\nsecond line', "negative_prompt": "blurry, 坏\nworse",
    "steps": 30, "sampler": "DPM++ 2M", "guidance": 6.5, "seed": 3127456789, "width": 640, "height": 960,
    "model": "v1-5-pruned", "strength": 0.45,
}  # fmt: skip
COMFY = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": ["20", 0], "steps": 20, "cfg": 8.0, "sampler_name": "euler", "scheduler": "normal", "denoise": 1.0,
            "model": ["10", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "dreamshaper_8.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox in 雪", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "text, watermark", "clip": ["4", 1]}},
    "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "fur.safetensors", "model": ["4", 0], "clip": ["4", 1]}},
    "20": {"class_type": "PrimitiveInt", "inputs": {"value": 156680208700286}},
    # A second pass that makes it larger: what was asked for stands at the first.
    "30": {
        "class_type": "KSampler",
        "inputs": {"seed": 1, "steps": 5, "cfg": 1.0, "denoise": 0.3, "positive": ["6", 0], "latent_image": ["31", 0]},
    },
    "31": {"class_type": "LatentUpscaleBy", "inputs": {"samples": ["3", 0], "scale_by": 2}},
    "9": {"class_type": "SaveImage", "inputs": {"images": ["30", 0]}},
}  # fmt: skip
COMFY_RECALLED = {
    "prompt": "a fox in 雪", "negative_prompt": "text, watermark", "seed": 156680208700286, "steps": 20,
    "guidance": 8.0, "sampler": "euler", "model": "dreamshaper_8.safetensors", "width": 512, "height": 768,
}  # fmt: skip
FLUX = {
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a flux cat", "clip": ["11", 0]}},
    "11": {"class_type": "DualCLIPLoader", "inputs": {"clip_name1": "t5"}},
    "12": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-dev.safetensors"}},
    "13": {
        "class_type": "SamplerCustomAdvanced",
        "inputs": {
            "noise": ["25", 0], "guider": ["22", 0], "sampler": ["16", 0], "sigmas": ["17", 0],
            "latent_image": ["27", 0],
        },
    },
    "16": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
    "17": {"class_type": "BasicScheduler", "inputs": {"scheduler": "simple", "steps": 25, "denoise": 1}},
    "22": {"class_type": "BasicGuider", "inputs": {"model": ["12", 0], "conditioning": ["26", 0]}},
    "25": {"class_type": "RandomNoise", "inputs": {"noise_seed": 77}},
    "26": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["6", 0]}},
    "27": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 1024, "height": 1024, "batch_size": 1}},
}  # fmt: skip
WORKFLOW = {
    "nodes": [
        {
            "id": 3, "type": "KSampler", "widgets_values": [5, "randomize", 12, 7, "dpmpp_2m", "karras", 0.5],
            "inputs": [
                {"name": "positive", "link": 4}, {"name": "negative", "link": 6}, {"name": "latent_image", "link": 2},
            ],
        },
        {"id": 5, "type": "EmptyLatentImage", "widgets_values": [640, 512, 1]},
        {"id": 6, "type": "CLIPTextEncode", "widgets_values": ["kept by the page"]},
        {"id": 7, "type": "ConditioningZeroOut", "inputs": [{"name": "conditioning", "link": 4}]},
    ],
    "links": [[2, 5, 0, 3, 3, "LATENT"], [4, 6, 0, 3, 1, "CONDITIONING"], [6, 7, 0, 3, 2, "CONDITIONING"]],
}  # fmt: skip
INVOKE = {
    "app_version": "5.6.0", "generation_mode": "sdxl_txt2img", "positive_prompt": "an owl", "negative_prompt": "",
    "width": 1024, "height": 832, "seed": 9, "cfg_scale": 5.5, "steps": 28, "scheduler": "dpmpp_3m_k",
    "model": {"key": "k", "name": "Juggernaut XL", "base": "sdxl"}, "loras": [{"weight": 1}], "clip_skip": 0,
}  # fmt: skip
SWARM = {
    "sui_image_params": {
        "prompt": "a swarm", "negativeprompt": "rain", "model": "sd_xl_base", "seed": 4, "steps": 22,
        "cfgscale": 7.5, "aspectratio": "1:1", "width": 896, "height": 896, "sampler": "dpmpp_2m",
        "scheduler": "karras", "swarm_version": "0.9.5",
    },
    "sui_extra_data": {"date": "2026-01-01"},
}  # fmt: skip
FOOOCUS = {
    "prompt": "a fooocus cat", "negative_prompt": "", "styles": "['Fooocus V2']", "performance": "Speed", "steps": 30,
    "resolution": "(896, 1152)", "guidance_scale": 4, "base_model": "juggernautXL_v8", "sampler": "dpmpp_2m_sde_gpu",
    "scheduler": "karras", "seed": "1234567890123456789", "metadata_scheme": "fooocus", "version": "Fooocus v2.5.5",
}  # fmt: skip


def png(**texts: object) -> bytes:
    said = PngImagePlugin.PngInfo()
    for keyword, text in texts.items():
        said.add_text(keyword.replace("_dash_", "-"), text if isinstance(text, str) else json.dumps(text))
    output = BytesIO()
    Image.new("RGB", (8, 8)).save(output, "PNG", pnginfo=said)
    return output.getvalue()


def with_exif(file_format: str, comment: bytes = b"", **tags: str) -> bytes:
    said = Image.Exif()
    for tag, text in tags.items():
        said[int(tag.removeprefix("tag"))] = text
    if comment:
        said.get_ifd(EXIF_FOLDER)[USER_COMMENT] = comment
    output = BytesIO()
    Image.new("RGB", (8, 8)).save(output, file_format, exif=said.tobytes())
    return output.getvalue()


def recalled(data: bytes) -> Recalled:
    found = recall(data)
    assert found is not None
    return found


def unicode_comment(text: str, encoding: str = "utf-16-be") -> bytes:
    return b"UNICODE\0" + text.encode(encoding)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG", "WEBP"])
def test_what_we_wrote_comes_back(file_format: str) -> None:
    output = BytesIO()
    Image.new("RGB", (8, 8)).save(output, file_format)
    made = Parameters(
        prompt="日落 <b>&\nNegative prompt: not this\nSteps: 1, Seed: 2, Size: 3x3", negative_prompt="雨 🐱",
        width=640, height=480, seed=2**62, mode="inpaint", engine="comfy", model="m", style="oil", steps=9,
        guidance=7.5, strength=0.3, sampler="euler", title="标题",
    )  # fmt: skip
    found = recalled(stamp(output.getvalue(), made, "algorithmicMedia"))
    assert found.source == "imagegen"
    assert found.settings == {
        "prompt": made.prompt, "negative_prompt": "雨 🐱", "width": 640, "height": 480, "seed": 2**62,
        "engine": "comfy", "model": "m", "style": "oil",
        "steps": 9, "guidance": 7.5, "strength": 0.3, "sampler": "euler", "title": "标题",
    }  # fmt: skip
    assert found.unknown == {}


@pytest.mark.parametrize(
    "data",
    [
        png(parameters=A1111),
        with_exif("JPEG", unicode_comment(A1111)),
        with_exif("WEBP", unicode_comment(A1111)),
        with_exif("JPEG", unicode_comment(A1111, "utf-16-le"), tag271="Canon"),
        with_exif("WEBP", b"ASCII\0\0\0" + A1111.encode()),
    ],
    ids=["png", "jpeg", "webp", "little-endian-beside-a-camera", "ascii"],
)
def test_the_words_of_automatic1111(data: bytes) -> None:
    found = recalled(data)
    assert (found.source, found.settings) == ("AUTOMATIC1111", AS_RECALLED)
    assert found.unknown == {"Schedule type": "Karras", "Clip skip": "2", "Lora hashes": "add: 1a2b, more: 3c4d"}


@pytest.mark.parametrize(
    "data",
    [
        png(prompt=COMFY, workflow={}),
        with_exif("WEBP", tag272="prompt:" + json.dumps(COMFY), tag271="workflow:{}"),
    ],
    ids=["png", "webp"],
)
def test_a_graph_of_comfyui(data: bytes) -> None:
    found = recalled(data)
    assert (found.source, found.settings) == ("ComfyUI", COMFY_RECALLED)
    assert found.unknown == {"LoRA": "fur.safetensors"}


def test_a_graph_of_comfyui_for_flux() -> None:
    assert recalled(png(prompt=FLUX)).settings == {
        "prompt": "a flux cat", "seed": 77, "steps": 25, "guidance": 3.5, "sampler": "euler",
        "model": "flux1-dev.safetensors", "width": 1024, "height": 1024,
    }  # fmt: skip


def test_a_workflow_that_only_the_page_of_comfyui_knows() -> None:
    assert recalled(png(workflow=WORKFLOW)).settings == {
        "prompt": "kept by the page", "seed": 5, "steps": 12, "guidance": 7, "sampler": "dpmpp_2m", "strength": 0.5,
        "width": 640, "height": 512,
    }  # fmt: skip


def test_invokeai() -> None:
    found = recalled(png(invokeai_metadata=INVOKE))
    assert found.settings == {
        "prompt": "an owl", "width": 1024, "height": 832, "seed": 9, "guidance": 5.5, "steps": 28,
        "sampler": "dpmpp_3m_k", "model": "Juggernaut XL",
    }  # fmt: skip
    assert found.unknown == {"loras": "…", "clip_skip": "0"}


def test_invokeai_of_long_ago() -> None:
    said = {
        "model_weights": "stable-diffusion-1.5",
        "image": {
            "prompt": [{"prompt": "a barn", "weight": 1}],
            "steps": 50,
            "cfg_scale": 7.5,
            "seed": 3,
            "width": 512,
        },
    }
    assert recalled(png(sd_dash_metadata=said)).settings == {
        "prompt": "a barn", "steps": 50, "guidance": 7.5, "seed": 3, "width": 512, "model": "stable-diffusion-1.5",
    }  # fmt: skip


@pytest.mark.parametrize("data", [png(parameters=SWARM), with_exif("JPEG", unicode_comment(json.dumps(SWARM)))])
def test_swarmui(data: bytes) -> None:
    found = recalled(data)
    assert (found.source, found.settings["prompt"], found.settings["height"]) == ("SwarmUI", "a swarm", 896)
    assert found.unknown == {"scheduler": "karras"}


@pytest.mark.parametrize(
    "data",
    [png(parameters=FOOOCUS, fooocus_scheme="fooocus"), with_exif("JPEG", tag37510=json.dumps(FOOOCUS))],
    ids=["png", "jpeg"],
)
def test_fooocus(data: bytes) -> None:
    found = recalled(data)
    assert found.source == "Fooocus"
    assert found.settings == {
        "prompt": "a fooocus cat", "steps": 30, "width": 896, "height": 1152, "guidance": 4,
        "model": "juggernautXL_v8", "sampler": "dpmpp_2m_sde_gpu", "seed": 1234567890123456789,
    }  # fmt: skip
    assert found.unknown == {"styles": "['Fooocus V2']", "performance": "Speed", "scheduler": "karras"}


@pytest.mark.parametrize(
    "data",
    [
        b"", b"MZ", png(), png(parameters="a holiday: 2024"), with_exif("JPEG", tag271="Canon", tag272="EOS, a: b"),
        png(parameters="{"), png(prompt="[1]"), png(prompt={"3": 4}), png(workflow={"nodes": [1], "links": [[]]}),
        png(prompt="[" * 200_000), png(invokeai_metadata='{"a":' * 100_000), png(parameters='{"sui_image_params": 3}'),
    ],
)  # fmt: skip
def test_what_says_nothing_is_no_find(data: bytes) -> None:
    assert recall(data) is None


def test_values_that_are_none_are_named_and_dropped() -> None:
    said = {"prompt": "a\0b\ud800", "seed": "NaN", "steps": 10.5, "guidance": 1e999, "width": True, "sampler": {"x": 1}}
    found = recalled(png(imagegen=json.dumps(said)))
    assert found.settings == {"prompt": "ab?"}
    assert found.unknown == {"seed": "NaN", "steps": "10.5", "guidance": "inf", "width": "True", "sampler": "…"}


def test_a_text_that_expands_without_end_is_cut() -> None:
    bomb = PngImagePlugin.PngInfo()
    bomb.add_text("parameters", A1111 + ", x: " + "0" * 50_000_000, zip=True)
    output = BytesIO()
    Image.new("RGB", (8, 8)).save(output, "PNG", pnginfo=bomb)
    assert recalled(output.getvalue()).settings["prompt"] == AS_RECALLED["prompt"]


def test_a_graph_that_turns_in_circles_ends() -> None:
    loop: dict[str, Any] = {
        str(number): {
            "class_type": "KSampler",
            "inputs": {"latent_image": [str((number + 1) % 900), 0], "text": ["0", 0]},
        }
        for number in range(900)
    }
    assert recall(png(prompt=loop)) is None


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["prompt", "seed", "width", "class_type", "inputs", "latent_image", "nodes", "links", "base_model"]
            )
            | st.text(max_size=5),
            children,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=100)
@given(
    st.sampled_from(["imagegen", "invokeai_metadata", "sd_dash_metadata", "parameters", "prompt", "workflow"]),
    any_json.map(json.dumps) | st.text(max_size=200) | st.just("KSampler"),
)
def test_no_text_breaks_us(keyword: str, text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    for data in (png(**{keyword: clean}), with_exif("JPEG", unicode_comment(clean))):
        found = recall(data)
        for value in (found.settings if found else {}).values():
            assert isinstance(value, str | int | float)
