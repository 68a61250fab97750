"""ComfyUI: workflows with slots, a pool of servers, and all that a server loses, hides or says too late."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from generation.engines.base import (
    Abort,
    BadResult,
    Cancelled,
    EngineDown,
    EngineError,
    InvalidParameter,
    LostRemote,
    Misconfigured,
    Mode,
    RemoteFailed,
    ResourceExhausted,
)
from generation.engines.comfyui.engine import ComfyUI
from generation.engines.comfyui.workflows import built_in, read_workflow
from generation.engines.settings import InvalidSettings, read
from tests.generation.engines.cases import REQUEST, RecordingRun, comfyui_at
from tests.generation.engines.peers.comfyui import ComfyUIPeer
from tests.generation.engines.peers.faults import raw
from tests.generation.engines.peers.serving import picture, served

T2I: dict[str, Any] = built_in("text-to-image").graph


@pytest.fixture
async def peer() -> ComfyUIPeer:
    return ComfyUIPeer()


@pytest.fixture
async def address(peer: ComfyUIPeer) -> AsyncIterator[str]:
    async with served(peer.application()) as address:
        yield address


@pytest.fixture
async def engine(address: str) -> AsyncIterator[ComfyUI]:
    engine = comfyui_at(address, connect_seconds=0.5)
    yield engine
    await engine.close()


async def refused(address: str, error: type[EngineError], **settings: Any) -> EngineError:
    """Ask for a picture that does not come to be."""
    engine = comfyui_at(address, **settings)
    with pytest.raises(error) as raised:
        await engine.generate(REQUEST, RecordingRun())
    await engine.close()
    return raised.value


def changed(node: str, **inputs: Any) -> dict[str, Any]:
    """Give the built-in workflow with some inputs changed."""
    return T2I | {node: T2I[node] | {"inputs": T2I[node]["inputs"] | inputs}}


# --- What is sent, what comes back ----------------------------------------------------------------------------


async def test_values_go_into_their_slots_as_what_they_are(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    words = 'a "cat" \\ {{seed}}\nby the sea'
    await engine.generate(replace(REQUEST, prompt=words, steps=4, guidance=3.5, sampler="heun"), RecordingRun())
    (graph,) = peer.graphs.values()
    assert graph["6"]["inputs"]["text"] == words
    assert graph["7"]["inputs"]["text"] == ""
    sampler = {"seed": 7, "steps": 4, "cfg": 3.5, "sampler_name": "heun", "model": ["4", 0]}
    assert sampler.items() <= graph["3"]["inputs"].items()
    assert graph["4"]["inputs"]["ckpt_name"] == "tiny.safetensors"


async def test_the_picture_holds_neither_workflow_nor_prompt(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    result = await engine.generate(REQUEST, RecordingRun())
    assert Image.open(BytesIO(result.data)).info == {}
    assert peer.history == {}


async def test_the_same_request_twice_gives_two_files(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    for _ in range(2):
        await engine.generate(REQUEST, RecordingRun())
    assert len({graph["9"]["inputs"]["filename_prefix"] for graph in peer.graphs.values()}) == 2


async def test_a_reference_is_uploaded_and_named_as_the_server_names_it(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    reference = picture(3, 256, 256)
    await engine.generate(replace(REQUEST, mode=Mode.IMAGE_TO_IMAGE, reference=reference, strength=0.4), RecordingRun())
    ((name, data),) = peer.uploads.items()
    (graph,) = peer.graphs.values()
    assert (data, graph["10"]["inputs"]["image"]) == (reference, f"imagegen/{name}")
    assert graph["3"]["inputs"]["denoise"] == 0.4


async def test_a_preview_of_another_prompt_is_not_shown_and_steps_are_told(engine: ComfyUI) -> None:
    run = RecordingRun()
    await engine.generate(REQUEST, run)
    assert run.previews
    assert {"waiting", "sampling", "storing"} <= set(run.stages)


async def test_a_temporary_picture_is_not_the_result(address: str) -> None:
    preview = {"class_type": "PreviewImage", "inputs": {"images": ["8", 0]}}
    engine = comfyui_at(address, text_to_image={"1": preview} | T2I)
    assert (await engine.generate(REQUEST, RecordingRun())).data.startswith(b"\x89PNG")
    await engine.close()


async def test_a_socket_that_says_nothing_holds_nothing_up(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    peer.deaf = True
    assert (await engine.generate(REQUEST, RecordingRun())).data.startswith(b"\x89PNG")


# --- Cancel ---------------------------------------------------------------------------------------------------


async def test_cancel_stops_a_running_and_a_waiting_prompt_and_no_other(address: str, peer: ComfyUIPeer) -> None:
    peer.seconds = 1.0
    engine, runs = comfyui_at(address), [RecordingRun() for _ in range(3)]
    calls = []
    for run in runs:
        calls.append(asyncio.ensure_future(engine.generate(REQUEST, run)))
        while not run.fractions:
            await asyncio.sleep(0.005)
    while not any(runs[0].fractions):
        await asyncio.sleep(0.005)
    for run in runs[:2]:
        run.cancel.request()
    ended = await asyncio.gather(*calls, return_exceptions=True)
    outcomes = [end.outcome for end in ended if isinstance(end, Cancelled)]
    assert outcomes == [Abort.STOPPED, Abort.NEVER_STARTED]
    assert not isinstance(ended[2], BaseException)
    assert (sum(peer.runs.values()), peer.global_interrupts) == (2, 0)
    await engine.close()


async def test_what_somebody_else_stops_is_lost_and_not_cancelled(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    peer.seconds = 5
    run = RecordingRun()
    call = asyncio.ensure_future(engine.generate(REQUEST, run))
    while not any(run.fractions):
        await asyncio.sleep(0.005)
    peer._interrupted = True
    with pytest.raises(LostRemote):
        await call


# --- What servers lose ----------------------------------------------------------------------------------------


async def test_a_lost_answer_to_the_post_loses_nothing_and_runs_once(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    peer.lose_answers = True
    assert (await engine.generate(REQUEST, RecordingRun())).data.startswith(b"\x89PNG")
    assert list(peer.runs.values()) == [1]


async def test_a_server_that_was_started_anew_has_lost_the_prompt(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    peer.seconds = 5
    run = RecordingRun()
    call = asyncio.ensure_future(engine.generate(REQUEST, run))
    while not any(run.fractions):
        await asyncio.sleep(0.005)
    peer.forget_all()
    with pytest.raises(LostRemote) as lost:
        await call
    assert lost.value.retryable


async def test_a_server_that_dies_keeps_the_slot_until_it_is_seen_again(peer: ComfyUIPeer) -> None:
    peer.seconds = 5
    async with served(peer.application()) as address:
        engine, run = comfyui_at(address, connect_seconds=0.3), RecordingRun()
        call = asyncio.ensure_future(engine.generate(REQUEST, run))
        while not run.fractions:
            await asyncio.sleep(0.005)
    with pytest.raises(EngineDown) as down:
        await call
    assert (down.value.retryable, down.value.settled) == (True, False)
    async with served(ComfyUIPeer().application(), int(address.rpartition(":")[2])):
        assert (await engine.abort(run.refs[0])).settled
    await engine.close()


async def test_the_next_server_is_tried_where_one_is_down(address: str) -> None:
    async with raw() as broken:
        engine = comfyui_at(broken, "http://127.0.0.1:9", address)
        results = await asyncio.gather(*(engine.generate(REQUEST, RecordingRun()) for _ in range(3)))
        assert {result.facts["server"] for result in results} == {address}
        health = await engine.probe()
        assert (health.healthy, health.answering, health.servers) == (True, 1, 3)
        assert {problem.values["server"] for problem in await engine.check()} == {broken, "http://127.0.0.1:9"}
        await engine.close()


async def test_work_is_spread_over_the_servers(address: str) -> None:
    async with served(ComfyUIPeer().application()) as second:
        engine = comfyui_at(address, second)
        results = await asyncio.gather(*(engine.generate(replace(REQUEST, seed=n), RecordingRun()) for n in range(6)))
        assert sorted(str(result.facts["server"]) for result in results) == sorted([address, second] * 3)
        await engine.close()


async def test_a_server_gets_the_next_prompt_while_a_picture_is_fetched_from_it(
    address: str, peer: ComfyUIPeer
) -> None:
    async with served(ComfyUIPeer(seconds=60).application()) as busy:
        engine = comfyui_at(address, busy)
        peer.hands_out.clear()
        runs = [RecordingRun() for _ in range(3)]
        first, slow = (asyncio.create_task(engine.generate(replace(REQUEST, seed=n), runs[n])) for n in range(2))
        await asyncio.wait_for(runs[0].settled.wait(), 5)
        second = asyncio.create_task(engine.generate(replace(REQUEST, seed=2), runs[2]))
        await asyncio.wait_for(runs[2].settled.wait(), 5)
        assert not first.done()
        assert not runs[1].settled.is_set()
        peer.hands_out.set()
        await asyncio.gather(first, second)
        runs[1].cancel.request()
        await asyncio.wait({slow})
        await engine.close()


# --- What servers refuse --------------------------------------------------------------------------------------


async def test_a_node_that_is_missing_is_the_admins_affair(address: str) -> None:
    missing = T2I | {"99": {"class_type": "Nope", "inputs": {}}}
    assert (await refused(address, Misconfigured, text_to_image=missing)).detail == "missing_node_type"


async def test_a_model_that_is_missing_is_the_admins_affair_and_no_file_list_is_told(address: str) -> None:
    error = await refused(address, Misconfigured, checkpoints="huge.safetensors")
    assert error.detail == "value_not_in_list at CheckpointLoaderSimple.ckpt_name"


async def test_a_value_of_the_members_is_the_members_affair(engine: ComfyUI) -> None:
    with pytest.raises(InvalidParameter) as raised:
        await engine.generate(replace(REQUEST, sampler="lms"), RecordingRun())
    assert raised.value.parameter == "sampler"


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        ("torch.OutOfMemoryError", "CUDA out of memory", ResourceExhausted),
        ("PIL.UnidentifiedImageError", "cannot identify", InvalidParameter),
        ("RuntimeError", "shapes at /home/secret", RemoteFailed),
    ],
)
async def test_failures_are_told_apart_and_no_path_is_told(
    address: str, peer: ComfyUIPeer, kind: str, text: str, error: type[EngineError]
) -> None:
    peer.fail_with = (kind, text)
    assert "secret" not in (await refused(address, error)).detail


# --- Workflows ------------------------------------------------------------------------------------------------


async def test_an_admin_is_told_what_each_server_lacks(address: str) -> None:
    workflow = changed("3", scheduler="karras") | {"99": {"class_type": "Nope", "inputs": {}}}
    engine = comfyui_at(address, text_to_image=workflow, checkpoints="tiny.safetensors\nhuge.safetensors")
    told = [str(problem) for problem in await engine.check()]
    assert any("lacks these nodes: Nope" in line for line in told)
    assert any("no “karras” for KSampler.scheduler, but: normal" in line for line in told)
    assert any("no “huge.safetensors” for CheckpointLoaderSimple.ckpt_name" in line for line in told)
    await engine.close()


@pytest.mark.parametrize(
    "workflow",
    [
        {"nodes": [], "links": []},
        {"1": {"class_type": "KSampler"}},
        {"1": []},
        {"1": {"class_type": "PreviewImage", "inputs": {"images": ["8", 0]}}},
        changed("6", text="{{promt}}"),
        changed("9", images=["77", 0]),
    ],
)
def test_what_is_no_workflow_is_refused(workflow: Any) -> None:
    with pytest.raises(InvalidSettings) as refusal:
        read(ComfyUI.Settings, {"servers": ["http://a"], "image_to_image": workflow})
    assert [problem.setting for problem in refusal.value.problems] == ["image_to_image"]


def test_without_workflow_and_checkpoint_there_is_nothing_to_run() -> None:
    with pytest.raises(InvalidSettings):
        read(ComfyUI.Settings, {"servers": ["http://a"]})


def test_a_workflow_that_names_no_slot_has_them_found() -> None:
    values = {"prompt": "old", "negative": "older", "seed": 1, "width": 512, "height": 512, "checkpoint": "b"}
    exported = built_in("text-to-image").fill(values | {"prefix": "ComfyUI"})
    workflow = read_workflow({"prompt": json.loads(json.dumps(exported))})
    assert workflow.slots == built_in("text-to-image").slots | {"strength"}
    graph = workflow.fill({"prompt": "new", "seed": 2, "steps": None})
    assert graph["6"]["inputs"]["text"] == "new"
    assert graph["7"]["inputs"]["text"] == "older"
    assert (graph["3"]["inputs"]["seed"], graph["3"]["inputs"]["steps"]) == (2, 20)


def test_slots_may_stand_in_a_text_have_a_default_and_be_made_smaller() -> None:
    workflow = read_workflow(
        {
            "1": {"class_type": "Text", "inputs": {"text": "photo of {{prompt}}, sharp", "colour": "{{seed%100}}"}},
            "2": {"class_type": "SaveImage", "inputs": {"filename_prefix": "{{prefix}}", "scale": "{{guidance:1.5}}"}},
        }
    )
    graph = workflow.fill({"prompt": "a {{cat}}", "seed": 1234, "prefix": "x"})
    assert graph["1"]["inputs"] == {"text": "photo of a {{cat}}, sharp", "colour": 34}
    assert graph["2"]["inputs"] == {"filename_prefix": "x", "scale": 1.5}


def test_a_workflow_without_model_has_its_places_found() -> None:
    workflow = read_workflow(
        {
            "1": {"class_type": "LoadImage", "inputs": {"image": "example.png"}},
            "2": {"class_type": "EmptyImage", "inputs": {"width": 512, "height": 512, "color": 0}},
            "3": {"class_type": "ImageScale", "inputs": {"image": ["1", 0], "width": 512, "height": 512}},
            "4": {"class_type": "ImageBlend", "inputs": {"image1": ["2", 0], "image2": ["3", 0], "blend_factor": 0.5}},
            "5": {"class_type": "SaveImage", "inputs": {"images": ["4", 0], "filename_prefix": "ComfyUI"}},
        }
    )
    assert workflow.slots == {"reference", "width", "height", "strength", "prefix"}


async def test_a_workflow_that_saves_nothing_gives_no_picture(engine: ComfyUI, peer: ComfyUIPeer) -> None:
    peer._save = lambda graph, node: {"filename": "x", "type": "temp"}  # type: ignore[method-assign]
    with pytest.raises(BadResult):
        await engine.generate(REQUEST, RecordingRun())
