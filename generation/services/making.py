"""One image, from its claim to its ending: the request, the engine call, the stored picture."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Protocol
from uuid import UUID

from asgiref.sync import sync_to_async

from generation import storage
from generation.engines.base import (
    Abort,
    BadResult,
    Cancelled,
    Engine,
    EngineError,
    GenerateRequest,
    Mode,
    RemoteFailed,
    RemoteRef,
    Result,
    Run,
    TimedOut,
)
from generation.engines.child import ChildPool
from generation.engines.inspecting import inspect_beside
from generation.models import Attempt, Image, Job, SafetyRule, Upload
from generation.processing.pictures import InvalidPicture, Renditions
from generation.services.credentials import carried_over
from generation.services.discards import discard_files
from generation.services.outcomes import Ending, Picture
from generation.services.progress import ImageRun
from generation.services.recipes import others_of
from generation.services.reports import Says
from generation.services.retries import OurFault, StillDown, failure, report_of
from generation.services.rush import Rush
from generation.services.safety import Unsafe, Verdict, judge
from generation.services.stamping import stamped
from generation.simplification import prompt_of

logger = logging.getLogger(__name__)

Outcome = Attempt.Outcome
HEALTH_SECONDS = 10.0
# With more threads than this the claim that fills freed slots waits for the interpreter while pictures are stored.
_storing = ThreadPoolExecutor(max_workers=2, thread_name_prefix="storing")
CANCEL_GRACE = 10.0  # seconds an engine has to stop before its call is taken down


class ReferenceMissing(Exception):
    """The reference or mask was deleted since the job was accepted."""


class Host(Protocol):
    """Who has images made, many at once."""

    inspectors: ChildPool  # children that check results
    rule: SafetyRule | None  # by which pictures are judged now
    rush: Rush  # pictures wait while it lasts


async def make_image(engine: Engine, run: ImageRun, host: Host) -> Ending:
    """Make one picture and store it; never raises but for asyncio's cancellation, which means: the worker stops."""
    try:
        request = await build_request(run.claim.image)
        if run.claim.probe_pause is not None:
            await _check_health(engine)
        result = await call_engine(engine, request, run, run.remote)
        run.fetched = True
        run.settle()
        return await _keep(engine, run, request, result, host)
    except EngineError as error:
        ending = failure(run.claim, error)
        if error.settled:
            run.settle(passes_on=ending.says == Says.WELL)
        return ending
    except ReferenceMissing:
        run.settle()
        return _failed(run, "reference_missing")
    except Exception as error:
        logger.exception("image %s failed on our side", run.claim.image.pk)
        run.settle()
        return failure(run.claim, OurFault(repr(error)))


async def build_request(image: Image) -> GenerateRequest:
    """Build the engine's request from the rows. Raises `ReferenceMissing`."""
    job = image.job
    if image.parent:
        return GenerateRequest(
            mode=Mode.PROCESS, prompt=job.prompt, width=job.width, height=job.height, seed=image.seed,
            reference=await _picture_bytes(job, image.parent), recipe=job.recipe or (), others=await _others(job),
        )  # fmt: skip
    return GenerateRequest(
        mode=Mode(job.mode), prompt=prompt_of(job.prompt, image.simplification),
        negative_prompt=job.negative_prompt, width=job.width, height=job.height,
        seed=image.seed, style=job.style, title=job.title, model=job.model, sampler=job.sampler,
        steps=job.steps, guidance=job.guidance, strength=job.strength,
        reference=await _picture_bytes(job, job.reference), mask=await _picture_bytes(job, job.mask),
    )  # fmt: skip


async def _check_health(engine: Engine) -> None:
    """Ask an engine that was down before it gets a picture. Raises `StillDown`, which costs the picture nothing."""
    try:
        async with asyncio.timeout(HEALTH_SECONDS):
            health = await engine.probe()
    except Exception as error:  # an adapter should not, but this picture must not pay for it
        raise StillDown(repr(error)) from error
    if not health.healthy:
        raise StillDown(health.detail)


async def call_engine(engine: Engine, request: GenerateRequest, run: Run, ref: RemoteRef | None = None) -> Result:
    """Call the engine within its time limit; a call that does not end when asked to is taken down.

    `ref` is what a worker that is gone has begun; an engine that cannot follow it says whether to begin anew.
    """
    work = engine.reattach(ref, request, run) if ref else engine.generate(request, run)
    call = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(run.cancel.wait())
    try:
        limit = run.deadline - asyncio.get_running_loop().time()
        await asyncio.wait({call, watch}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        asked = run.cancel.requested
        overdue = not call.done() and not asked
        if not call.done():
            run.cancel.request()
            await asyncio.wait({call}, timeout=CANCEL_GRACE)
        return await _outcome(call, asked=asked, overdue=overdue)
    except asyncio.CancelledError:
        call.cancel()
        await asyncio.wait({call}, timeout=CANCEL_GRACE)
        raise
    finally:
        watch.cancel()
        del call, watch  # its error holds this frame: a cycle, which would keep the pictures of the request


async def _outcome(call: asyncio.Future[Result], *, asked: bool, overdue: bool) -> Result:
    """Give what a call that was to end came to; one that does not end is taken down, and may still run remotely."""
    if not call.done():
        call.cancel()
        await asyncio.wait({call}, timeout=CANCEL_GRACE)
    elif call.cancelled():
        raise RemoteFailed("the call cancelled itself")
    try:
        if not call.done() or call.cancelled():
            raise Cancelled(Abort.UNKNOWN)
        return call.result()
    except Cancelled as cancelled:
        if overdue:
            raise TimedOut(f"abort: {cancelled.outcome}", settled=cancelled.settled) from cancelled
        if not asked:
            raise RemoteFailed(
                f"stopped by somebody else: {cancelled.outcome}", settled=cancelled.settled
            ) from cancelled
        raise
    finally:
        del call  # see `call_engine`


async def _keep(engine: Engine, run: ImageRun, request: GenerateRequest, result: Result, host: Host) -> Ending:
    """Check the bytes and store them under the name that the attempt has had since the claim."""
    try:
        inspected = await inspect_beside(host.inspectors, result.data, partial(host.rush.until_calm, time.monotonic()))
    except InvalidPicture as error:
        raise BadResult(error.code) from error
    name = await _file_name(run.claim.attempt, inspected.extension)
    if request.mode is not Mode.PROCESS:
        finished = partial(stamped, run.claim.image, engine.capabilities, request, result)
    else:  # the recipe says what the file may tell, and weigh
        finished = partial(_processed, request, result.data)
    store = partial(_store, name, inspected.renditions, host.rule, finished)
    try:
        verdict, size = await asyncio.get_running_loop().run_in_executor(_storing, store)
    except Unsafe:
        raise
    except Exception:
        await sync_to_async(discard_files)([name])
        raise
    picture = Picture(
        file_name=name,
        format=inspected.extension,
        width=inspected.width,
        height=inspected.height,
        bytes=size,
        placeholder=inspected.renditions.placeholder,
        unsafe_score=verdict.score,
        sensitive=verdict.blurred,
        seed=request.seed if result.seed is None else result.seed,
        facts=run.claim.image.facts if request.mode is Mode.PROCESS else dict(result.facts),
    )
    return Ending(
        attempt=run.claim.attempt.pk,
        outcome=Outcome.SUCCEEDED,
        status=Image.Status.SUCCEEDED,
        picture=picture,
        report=report_of(run.claim),
    )


def _processed(request: GenerateRequest, data: bytes) -> bytes:
    """Sign a recipe's result like the picture it was made from, unless every byte counts."""
    if any(operation.get("at_most") for operation in request.recipe):
        return data
    return carried_over(request.reference or b"", data, edit="recipe")


def _store(
    name: str, renditions: Renditions, rule: SafetyRule | None, finished: Callable[[], bytes]
) -> tuple[Verdict, int]:
    """Judge a picture, then save what `finished` makes of it; tells the file's size. Raises `Unsafe`."""
    verdict = judge(renditions.display, rule)
    if verdict.refused:
        raise Unsafe(f"score {verdict.score:.2f}")
    data = finished()
    storage.save_picture(name, data, renditions)
    return verdict, len(data)


async def _file_name(attempt: Attempt, extension: str) -> str:
    """Give the attempt's file name, with the right ending; the row knows it before the file exists."""
    name = f"{attempt.file_name.rpartition('.')[0]}.{extension}"
    if name == attempt.file_name:
        return name
    if not await Attempt.objects.filter(pk=attempt.pk, outcome="").aupdate(file_name=name):
        raise Cancelled(Abort.FINISHED_FIRST, "the lease is lost")
    return name


def _failed(run: ImageRun, code: str, *, detail: str = "") -> Ending:
    return Ending(
        attempt=run.claim.attempt.pk,
        outcome=Outcome.FAILED,
        status=Image.Status.FAILED,
        error_code=code,
        detail=detail,
    )


async def _others(job: Job) -> dict[str, bytes]:
    """Read the pictures that a job's recipe names."""
    wanted = others_of(job.recipe) if job.recipe else set()
    return {str(name): await _picture_bytes(job, name) or b"" for name in wanted}


async def _picture_bytes(job: Job, wanted: UUID | None) -> bytes | None:
    """Read a reference: an upload's or an image's id, of the job's own member alone."""
    if wanted is None:
        return None
    upload = await Upload.objects.visible_to(job.member_id).filter(pk=wanted).afirst()
    made = Image.objects.visible_to(job.member_id).exclude(file_name="").filter(pk=wanted)
    source = upload or await made.afirst()
    if source is None:
        raise ReferenceMissing
    try:
        return await asyncio.to_thread(storage.read, source.file_name)
    except FileNotFoundError as error:
        raise ReferenceMissing from error
