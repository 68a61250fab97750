"""Servers with OpenAI's images API: what is sent to each of the known ones, and what their answers mean."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web
from PIL import Image

from generation.engines.base import (
    Abort,
    AuthFailed,
    BadResult,
    Cancelled,
    EngineError,
    InvalidParameter,
    LostRemote,
    Misconfigured,
    Mode,
    ModerationRejected,
    QuotaExhausted,
    RemoteRef,
    Result,
)
from generation.engines.openai_images.dialects import DIALECTS, size_to_ask_for
from generation.engines.openai_images.engine import OpenAIImages
from generation.engines.settings import InvalidSettings, read
from tests.generation.engines.cases import KEY, REQUEST, RecordingRun, made_once_settled, openai_images_at
from tests.generation.engines.peers.openai_images import OpenAIImagesPeer
from tests.generation.engines.peers.serving import picture, served


@pytest.fixture
async def peer() -> OpenAIImagesPeer:
    return OpenAIImagesPeer(seconds=0.05)


@pytest.fixture
async def address(peer: OpenAIImagesPeer) -> AsyncIterator[str]:
    async with served(peer.application()) as address:
        yield address


async def made(address: str, request: Any = REQUEST, run: RecordingRun | None = None, **settings: Any) -> Result:
    """Ask once, with an engine of its own."""
    engine = openai_images_at(address, **settings)
    try:
        return await engine.generate(request, run or RecordingRun())
    finally:
        await engine.close()


async def cancelled(engine: OpenAIImages, peer: OpenAIImagesPeer) -> tuple[RemoteRef, Abort]:
    """Cancel a picture that the server is at; give what the adapter knows of it, and what the cancel came to."""
    run = RecordingRun()
    call = asyncio.create_task(engine.generate(REQUEST, run))
    while not peer.asked:
        await asyncio.sleep(0.01)
    run.cancel.request()
    with pytest.raises(Cancelled) as error:
        await call
    return run.refs[0], error.value.outcome


def masked() -> dict[str, Any]:
    """Give a reference and a mask whose left half is painted anew."""
    mask = Image.new("L", (512, 512), 0)
    mask.paste(255, (0, 0, 256, 512))
    output = BytesIO()
    mask.save(output, "PNG")
    return {"reference": picture(1, 512, 512), "mask": output.getvalue()}


async def test_a_cancelled_picture_keeps_its_place_until_the_server_has_answered(
    peer: OpenAIImagesPeer, address: str
) -> None:
    peer.goes_on.clear()
    engine = openai_images_at(address)
    ref, outcome = await cancelled(engine, peer)
    assert (outcome, await engine.abort(ref)) == (Abort.CANNOT_STOP, Abort.CANNOT_STOP)
    peer.goes_on.set()
    async with asyncio.timeout(5):
        while await engine.abort(ref) == Abort.CANNOT_STOP:
            await asyncio.sleep(0.01)
    assert (peer.answered, len(peer.asked)) == (1, 1)
    await engine.close()


async def test_a_server_that_stops_when_its_client_leaves_is_left_at_once(peer: OpenAIImagesPeer, address: str) -> None:
    peer.goes_on.clear()
    engine = openai_images_at(address, stops=True)
    _ref, outcome = await cancelled(engine, peer)
    async with asyncio.timeout(5):
        await peer.left.wait()
    assert (outcome, peer.answered) == (Abort.STOPPED, 0)
    await engine.close()


async def test_another_process_knows_only_how_long_the_server_may_take(address: str) -> None:
    engine, now = openai_images_at(address), time.time()
    outcomes = [await engine.abort(RemoteRef("of another", extra={"over": str(over)})) for over in (now + 60, now - 1)]
    assert outcomes == [Abort.CANNOT_STOP, Abort.STOPPED]


async def test_the_slot_is_free_while_the_picture_is_fetched(peer: OpenAIImagesPeer, address: str) -> None:
    peer.answers_with_url = True
    result = await made_once_settled(partial(made, address), peer.hands_out)
    assert result.data


async def test_the_key_and_the_request_are_sent(peer: OpenAIImagesPeer, address: str) -> None:
    await made(address, quality="low", more={"moderation": "low"})
    assert peer.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert peer.asked[0] == {
        "prompt": "a cat by the sea",
        "model": "gpt-image-2",
        "size": "512x512",
        "n": 1,
        "quality": "low",
        "moderation": "low",
    }


@pytest.mark.parametrize(
    ("dialect", "sent"),
    [
        ("openai", {"prompt": "a|b", "size": "512x512", "model": "m", "n": 1}),
        ("ark", {"size": "1920x1920", "watermark": False, "response_format": "b64_json"}),
        ("siliconflow", {"image_size": "512x512", "negative_prompt": "rain", "seed": 7, "num_inference_steps": 9}),
        ("localai", {"prompt": "a b|rain", "step": 9, "size": "512x512", "response_format": "b64_json"}),
    ],
)
async def test_each_server_gets_its_own_words(
    peer: OpenAIImagesPeer, address: str, dialect: str, sent: dict[str, Any]
) -> None:
    asked = replace(REQUEST, prompt="a|b", negative_prompt="rain", steps=9)
    await made(address, asked, dialect=dialect, models="m")
    assert sent.items() <= peer.asked[0].items()
    assert ("seed" in peer.asked[0]) == (dialect == "siliconflow")


async def test_a_reference_goes_to_the_edits_with_a_mask_that_is_transparent_where_it_paints(
    peer: OpenAIImagesPeer, address: str
) -> None:
    await made(address, replace(REQUEST, mode=Mode.INPAINT, **masked()), dialect="openai")
    mask = Image.open(BytesIO(peer.files[0]["mask"])).getchannel("A")
    assert set(peer.files[0]) == {"image[]", "mask"}
    assert (mask.getpixel((10, 10)), mask.getpixel((500, 10))) == (0, 255)


async def test_a_reference_can_travel_inside_json(peer: OpenAIImagesPeer, address: str) -> None:
    request = replace(REQUEST, mode=Mode.IMAGE_TO_IMAGE, reference=picture(1, 512, 512))
    await made(address, request, dialect="ark")
    assert peer.asked[0]["image"].startswith("data:image/png;base64,")


async def test_a_server_that_names_itself_as_it_sees_itself_is_found(peer: OpenAIImagesPeer, address: str) -> None:
    peer.answers_with_url = True
    assert (await made(address)).data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1/a.png", "http://[::1]:1/a.png", "http://169.254.169.254/", "file:///a"]
)
async def test_an_answer_does_not_lead_inside_the_network(url: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"data": [{"url": url}]})

    application = web.Application()
    application.router.add_post("/v1/images/generations", answer)
    async with served(application) as address:
        with pytest.raises(BadResult):
            await made(address)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("[violence]", ModerationRejected),
        ("[as a gateway]", ModerationRejected),
        ("[ark]", ModerationRejected),
        ("[relay]", ModerationRejected),
        ("[error in 200]", ModerationRejected),
        ("[poor]", QuotaExhausted),
        ("[no model]", Misconfigured),
        ("[no such size]", InvalidParameter),
        ("[fastapi]", InvalidParameter),
        ("[key]", AuthFailed),
        ("[nothing]", BadResult),
    ],
)
async def test_what_a_server_says_is_understood(
    peer: OpenAIImagesPeer, address: str, words: str, error: type[EngineError]
) -> None:
    with pytest.raises(error) as raised:
        await made(address, replace(REQUEST, prompt=words))
    assert peer.started == 1
    assert KEY not in raised.value.detail
    assert getattr(raised.value, "parameter", "width") == "width"


@pytest.mark.parametrize(("paid", "again"), [(True, False), (False, True)])
async def test_what_may_have_been_charged_is_not_asked_for_again(address: str, paid: bool, again: bool) -> None:
    with pytest.raises(EngineError) as raised:
        await made(address, replace(REQUEST, prompt="[gateway gave up]"), paid=paid)
    assert (raised.value.maybe_charged, raised.value.retryable) == (paid, again)
    engine = openai_images_at(address, paid=paid)
    with pytest.raises(LostRemote) as lost:
        await engine.reattach(RemoteRef("x"), REQUEST, RecordingRun())
    assert lost.value.retryable == again


async def test_a_cancelled_call_keeps_its_slot_until_the_server_must_be_done(address: str) -> None:
    run, engine = RecordingRun(cancel_at=0.0), openai_images_at(address, idle_seconds=0.2)
    with pytest.raises(Cancelled) as cancelled:
        await engine.generate(REQUEST, run)
    assert not cancelled.value.settled
    assert not (await engine.abort(run.refs[0])).settled
    await asyncio.sleep(0.25)
    assert (await engine.abort(run.refs[0])).settled
    await engine.close()


async def test_partial_pictures_are_previews(address: str) -> None:
    run = RecordingRun()
    result = await made(address, run=run, stream=True)
    assert run.previews
    assert result.data.startswith(b"\x89PNG")


async def test_a_server_that_does_not_stream_answers_all_the_same(peer: OpenAIImagesPeer, address: str) -> None:
    peer.streams = False
    assert (await made(address, stream=True)).data.startswith(b"\x89PNG")


async def test_a_stream_without_its_end_is_no_picture(address: str) -> None:
    with pytest.raises(BadResult) as raised:
        await made(address, replace(REQUEST, prompt="[cut]"), stream=True)
    assert raised.value.maybe_charged


async def test_tokens_become_a_cost(address: str) -> None:
    result = await made(address, input_price=5, output_price=40)
    assert result.facts["cost"] == pytest.approx(0.04005)
    assert result.facts["revised_prompt"] == "a finer cat"


async def test_models_that_the_server_does_not_have_are_named(address: str) -> None:
    engine = openai_images_at(address, models="gpt-image-2\ngpt-image-9")
    problems = await engine.check()
    assert [problem.values["model"] for problem in problems] == ["gpt-image-9"]
    await engine.close()


@pytest.mark.parametrize("values", [{"models": " "}, {"sizes": "big"}, {"base_url": "api.openai.com"}])
def test_settings_that_cannot_be_used_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(InvalidSettings) as refusal:
        read(OpenAIImages.Settings, {"base_url": "https://api.openai.com/v1", "models": "gpt-image-2"} | values)
    assert [problem.setting for problem in refusal.value.problems] == list(values)


@pytest.mark.parametrize(
    ("asked", "sizes", "given"),
    [
        ((1000, 500), "1024x1024 1536x1024 1024x1536", (1536, 1024)),
        ((512, 1024), "1024x1024 1536x1024 1024x1536", (1024, 1536)),
        ((800, 800), "1024x1024 512x512", (1024, 1024)),
        ((640, 512), "", (640, 512)),
    ],
)
def test_the_nearest_size_is_asked_for(asked: tuple[int, int], sizes: str, given: tuple[int, int]) -> None:
    fixed = read(OpenAIImages.Settings, {"base_url": "http://a", "models": "m", "sizes": sizes}).fixed_sizes
    assert size_to_ask_for(*asked, DIALECTS["other"], fixed) == given
