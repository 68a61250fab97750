"""The adapter for task APIs as DashScope's: a task is posted once, stored, and asked about until it is done.

A note goes into the store before the post and the task's id right after it. So work whose worker died is found again,
and where it died between the two nobody knows whether a task was made: then the member decides, not we.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any, ClassVar

from generation.engines.base import (
    Abort,
    AuthFailed,
    BadResult,
    Cancelled,
    Capabilities,
    EngineDown,
    EngineError,
    GenerateRequest,
    LostRemote,
    Mode,
    Probe,
    RateLimited,
    RemoteFailed,
    RemoteRef,
    Result,
    Run,
    SizeRule,
    TimedOut,
)
from generation.engines.calls import refuse_unable
from generation.engines.dashscope import answers
from generation.engines.dashscope.settings import DashScopeSettings
from generation.engines.http import Answer, Http
from generation.engines.pictures import data_uri
from generation.engines.settings import Problem, gettext_noop

SERVICES = "/api/v1/services/aigc"
PATHS = {
    "prompt": f"{SERVICES}/text2image/image-synthesis",
    "edit": f"{SERVICES}/image2image/image-synthesis",
    "messages": f"{SERVICES}/image-generation/generation",
}
STAGES = {"PENDING": "waiting", "SUSPENDED": "waiting", "RUNNING": "making"}
LARGEST_SEED = 2**31 - 1
NO_TASK = "00000000-0000-0000-0000-000000000000"


class DashScope:
    """Posts tasks and asks about them."""

    kind: ClassVar[str] = "dashscope"
    Settings: ClassVar = DashScopeSettings

    def __init__(self, settings: DashScopeSettings, *, slots: int = 1) -> None:
        self._settings = settings
        headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
        self._http = Http(settings.base_url, settings, headers=headers, secret=settings.key)
        self.capabilities = _capabilities(settings)

    async def probe(self) -> Probe:
        """Ask about a task that does not exist, which costs nothing."""
        try:
            answer = await self._http.send("GET", f"/api/v1/tasks/{NO_TASK}")
        except EngineError as error:
            return Probe.unwell(error)
        meant = answers.error_of(answer, charges=False)
        unwell = not answer.ok and (answer.status >= 500 or isinstance(meant, AuthFailed))
        return Probe.unwell(meant) if unwell else Probe(healthy=True)

    async def check(self) -> list[Problem]:
        """Ask whether the server takes the key; which models there are it does not tell."""
        try:
            answer = await self._http.send("GET", f"/api/v1/tasks/{NO_TASK}")
        except EngineError as error:
            message = gettext_noop("The server cannot be reached (%(detail)s).")
            return [Problem("base_url", message, {"detail": error.detail})]
        if not answer.ok and isinstance(answers.error_of(answer, charges=False), AuthFailed):
            return [Problem("key", gettext_noop("The server does not accept this key."))]
        return []

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Post one task and wait for it. Raises `EngineError`."""
        refuse_unable(request, self.capabilities)
        if run.cancel.requested:
            raise Cancelled(Abort.NEVER_STARTED)
        await run.checkpoint(RemoteRef("", self._http.base))
        posted = time.time()
        task = await self._submit(request)
        ref = RemoteRef(task, self._http.base, {"posted": str(posted)})
        try:
            await run.checkpoint(ref)
        except Cancelled:
            raise Cancelled(await self.abort(ref)) from None
        return await self._follow(ref, request, run)

    async def reattach(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        """Ask on about a task that another process posted. Raises `LostRemote` where it cannot be found."""
        if not ref.id:
            raise LostRemote("the worker died while it posted the task", maybe_charged=True)
        return await self._follow(ref, request, run)

    async def abort(self, ref: RemoteRef) -> Abort:
        """Cancel a task that waits; one that runs cannot be stopped, and is asked about until it is over."""
        if not ref.id:
            return Abort.NEVER_STARTED
        try:
            await self._http.send("POST", f"/api/v1/tasks/{ref.id}/cancel")
            output = await self._look(ref)
        except LostRemote:
            return Abort.NEVER_STARTED
        except EngineError:
            return Abort.UNKNOWN
        status = output.get("task_status")
        if status in STAGES:
            return Abort.CANNOT_STOP
        return Abort.FINISHED_FIRST if status == "SUCCEEDED" else Abort.STOPPED

    async def close(self) -> None:
        """Give back what is open."""
        await self._http.close()

    async def _submit(self, request: GenerateRequest) -> str:
        shape, body = self._task(request)
        headers = {"X-DashScope-Async": "enable"}
        answer = await self._http.send("POST", PATHS[shape], charges=True, json=body, headers=headers)
        if not answer.ok:
            raise self._cleaned(answers.error_of(answer, charges=True))
        output = _output(answer)
        if not isinstance(task := output.get("task_id"), str) or not task:
            raise BadResult("no task in the answer", maybe_charged=True)
        return task

    async def _follow(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        output = await self._ended(ref, run)
        run.settle()
        if output.get("task_status") == "CANCELED":
            raise Cancelled(Abort.STOPPED) if run.cancel.requested else LostRemote("somebody else cancelled the task")
        picture = answers.picture_in(output)
        if output.get("task_status") != "SUCCEEDED" or not picture.get("url"):
            said = picture if picture.get("code") else output
            raise self._cleaned(answers.meant_by(said) or RemoteFailed(answers.said_in(said) or "no picture"))
        run.progress(0, "storing")
        facts = {"revised_prompt": picture["actual_prompt"]} if picture.get("actual_prompt") else {}
        data = await self._http.picture(str(picture["url"]))
        return Result(data, request.seed % (LARGEST_SEED + 1), facts)

    async def _ended(self, ref: RemoteRef, run: Run) -> Mapping[str, Any]:
        """Ask until the task is over; stop it if the member wants."""
        errors, until = 0, float(ref.extra.get("posted", time.time())) + self._settings.most_wait_seconds
        while time.time() < until:
            if run.cancel.requested and (outcome := await self.abort(ref)) != Abort.FINISHED_FIRST:
                raise Cancelled(outcome)
            pause = self._settings.poll_seconds
            try:
                output = await self._look(ref)
                errors = 0
            except RateLimited as error:
                pause = max(pause, error.retry_after or 2 * pause)
            except LostRemote:
                raise
            except EngineError as error:
                errors += 1
                if errors >= self._settings.most_query_errors:
                    detail = f"{errors} questions failed: {error.detail}"
                    raise EngineDown(detail, maybe_charged=True, settled=False) from error
            else:
                if (stage := STAGES.get(str(output.get("task_status")))) is None:
                    return output
                run.progress(0, stage)
            await _pause(run, pause)
        raise TimedOut("the task took too long", maybe_charged=True, settled=False)

    async def _look(self, ref: RemoteRef) -> Mapping[str, Any]:
        """Ask about a task once. Raises `LostRemote` for one that is unknown or too old."""
        answer = await self._http.send("GET", f"/api/v1/tasks/{ref.id}")
        if not answer.ok:
            raise self._cleaned(answers.error_of(answer, charges=False))
        output = _output(answer)
        if output.get("task_status") in ("UNKNOWN", None):
            raise LostRemote("the task is not known any more", maybe_charged=True)
        return output

    def _task(self, request: GenerateRequest) -> tuple[str, dict[str, Any]]:
        """Give the shape of the task and its body."""
        model = self._settings.edit_model if request.reference else request.model or self._settings.model_names[0]
        parameters = {
            "size": f"{request.width}*{request.height}",
            "n": 1,
            "seed": request.seed % (LARGEST_SEED + 1),
            "prompt_extend": self._settings.extend_prompt,
            "watermark": False,
        }
        negative = {"negative_prompt": request.negative_prompt} if request.negative_prompt else {}
        pictures = [data_uri(picture) for picture in (request.reference, request.mask) if picture]
        if self._settings.takes_messages(model):
            content = [*({"image": picture} for picture in pictures), {"text": request.prompt}]
            messages = [{"role": "user", "content": content}]
            return "messages", {"model": model, "input": {"messages": messages}, "parameters": parameters | negative}
        if not pictures:
            return "prompt", {"model": model, "input": {"prompt": request.prompt} | negative, "parameters": parameters}
        edit = {"function": "description_edit" if len(pictures) == 1 else "description_edit_with_mask"}
        edit |= {"prompt": request.prompt} | dict(zip(("base_image_url", "mask_image_url"), pictures, strict=False))
        return "edit", {"model": model, "input": edit, "parameters": {"n": 1, "seed": parameters["seed"]}}

    def _cleaned(self, error: EngineError) -> EngineError:
        error.detail = self._http.clean(error.detail)
        return error


def _output(answer: Answer) -> Mapping[str, Any]:
    said = answer.json()
    output = said.get("output") if isinstance(said, dict) else None
    return output if isinstance(output, dict) else {}


async def _pause(run: Run, seconds: float) -> None:
    """Wait, but not longer than until the member asks to stop."""
    try:
        await asyncio.wait_for(run.cancel.wait(), seconds)
    except TimeoutError:
        return


def _capabilities(settings: DashScopeSettings) -> Capabilities:
    modes = {Mode.TEXT_TO_IMAGE}
    if settings.edit_model:
        modes |= {Mode.IMAGE_TO_IMAGE}
        modes |= set() if settings.takes_messages(settings.edit_model) else {Mode.INPAINT}
    return Capabilities(
        modes=frozenset(modes),
        size=SizeRule(512, 2048, multiple=8),
        negative_prompt=True,
        seed=True,
        models=settings.model_names if len(settings.model_names) > 1 else (),
        progress="phase",
        cancel="pending_only",
        resumable=True,
    )
