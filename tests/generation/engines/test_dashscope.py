"""DashScope-style tasks: posted once, asked about until they are over, cancelled while they wait."""

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from generation.engines.base import (
    Abort,
    Cancelled,
    EngineDown,
    EngineError,
    InvalidParameter,
    LostRemote,
    Mode,
    ModerationRejected,
    QuotaExhausted,
    RateLimited,
    RemoteFailed,
    RemoteRef,
    Result,
    TimedOut,
)
from tests.generation.engines.cases import REQUEST, RecordingRun, dashscope_at, made_once_settled
from tests.generation.engines.peers.dashscope import DashScopePeer
from tests.generation.engines.peers.serving import picture, served


@pytest.fixture
async def peer() -> DashScopePeer:
    return DashScopePeer()


@pytest.fixture
async def address(peer: DashScopePeer) -> AsyncIterator[str]:
    async with served(peer.application()) as address:
        yield address


async def made(address: str, request: Any = REQUEST, run: RecordingRun | None = None, **settings: Any) -> Result:
    """Ask once, with an engine of its own."""
    engine = dashscope_at(address, **settings)
    try:
        return await engine.generate(request, run or RecordingRun())
    finally:
        await engine.close()


async def test_a_task_waits_then_runs(address: str) -> None:
    run = RecordingRun()
    result = await made(address, run=run)
    assert list(dict.fromkeys(run.stages)) == ["waiting", "making", "storing"]
    assert result.facts["revised_prompt"] == "a finer cat"


async def test_the_slot_is_free_while_the_picture_is_fetched(peer: DashScopePeer, address: str) -> None:
    result = await made_once_settled(partial(made, address), peer.hands_out)
    assert result.data


async def test_a_prompt_is_posted_in_the_old_shape_and_messages_in_the_new(peer: DashScopePeer, address: str) -> None:
    for model in ("wan2.2-t2i-flash", "qwen-image-plus"):
        await made(address, replace(REQUEST, negative_prompt="rain"), models=model)
    old, new = (task.body for task in peer.tasks.values())
    assert old["input"] == {"prompt": "a cat by the sea", "negative_prompt": "rain"}
    assert old["parameters"]["size"] == new["parameters"]["size"] == "512*512"
    assert new["input"]["messages"][0]["content"] == [{"text": "a cat by the sea"}]
    assert (old["parameters"]["watermark"], new["parameters"]["negative_prompt"]) == (False, "rain")


async def test_a_reference_goes_to_the_model_for_it(peer: DashScopePeer, address: str) -> None:
    request = replace(REQUEST, mode=Mode.IMAGE_TO_IMAGE, reference=picture(1, 512, 512))
    await made(address, request, edit_model="wanx2.1-imageedit")
    (task,) = peer.tasks.values()
    assert (task.body["model"], task.body["input"]["function"]) == ("wanx2.1-imageedit", "description_edit")
    assert task.body["input"]["base_image_url"].startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("[refused]", ModerationRejected),
        ("[DataInspectionFailed]", ModerationRejected),
        ("[InvalidParameter]", InvalidParameter),
        ("[Arrearage]", QuotaExhausted),
        ("[InternalError]", RemoteFailed),
        ("[Throttling.RateQuota]", RateLimited),
    ],
)
async def test_codes_are_understood(address: str, words: str, error: type[EngineError]) -> None:
    with pytest.raises(error):
        await made(address, replace(REQUEST, prompt=words))


async def test_questions_that_fail_now_and_then_do_no_harm(peer: DashScopePeer, address: str) -> None:
    peer.broken_questions = [500, 502]
    await made(address)
    assert peer.started == 1


async def test_after_three_failed_questions_in_a_row_the_task_is_left_to_be_stopped(
    peer: DashScopePeer, address: str
) -> None:
    peer.broken_questions = [500, 502, 503]
    with pytest.raises(EngineDown) as raised:
        await made(address)
    assert (raised.value.retryable, raised.value.settled, peer.asked) == (False, False, 3)


async def test_a_task_that_takes_longer_than_the_longest_wait_is_left(peer: DashScopePeer, address: str) -> None:
    peer.seconds = 30
    with pytest.raises(TimedOut) as raised:
        await made(address, most_wait_seconds=1)
    assert not raised.value.settled


async def test_a_lost_answer_is_not_asked_for_again(peer: DashScopePeer, address: str) -> None:
    peer.lose_answers = True
    with pytest.raises(EngineError) as raised:
        await made(address)
    assert (peer.started, raised.value.maybe_charged, raised.value.retryable) == (1, True, False)


async def test_a_worker_that_died_while_it_posted_leaves_the_choice_to_the_member(address: str) -> None:
    engine = dashscope_at(address)
    with pytest.raises(LostRemote) as lost:
        await engine.reattach(RemoteRef("", address), REQUEST, RecordingRun())
    assert not lost.value.retryable
    await engine.close()


async def test_a_task_that_runs_cannot_be_stopped_and_one_that_waits_can(peer: DashScopePeer, address: str) -> None:
    peer.seconds = 0.6
    outcomes = {}
    for stage in ("waiting", "making"):
        run = StopAt(stage)
        with pytest.raises(Cancelled) as cancelled:
            await made(address, run=run)
        outcomes[stage] = cancelled.value.outcome
    assert outcomes == {"waiting": Abort.STOPPED, "making": Abort.CANNOT_STOP}


class StopAt(RecordingRun):
    """A member who cancels at a stage."""

    def __init__(self, stage: str) -> None:
        super().__init__()
        self._stage = stage

    def progress(self, fraction: float, stage: str = "", *, step: int | None = None, steps: int | None = None) -> None:
        if stage == self._stage:
            self.cancel.request()
