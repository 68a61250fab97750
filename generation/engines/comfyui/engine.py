"""The adapter for ComfyUI: one lane over any number of servers.

A prompt's id is ours and stored before it is posted, so that any process can find, follow or stop it. Posting is
tried at the next server only where the first certainly did not get it. A server keeps its prompts in memory: one that
knows an id no more was started anew, and the picture is made again.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar
from uuid import uuid4

from generation.engines.base import (
    Abort,
    BadResult,
    Cancelled,
    Capabilities,
    EngineDown,
    EngineError,
    GenerateRequest,
    LostRemote,
    Mode,
    Probe,
    RemoteRef,
    Result,
    Run,
    SizeRule,
)
from generation.engines.calls import refuse_unable
from generation.engines.comfyui import refusals
from generation.engines.comfyui.checking import problems_on
from generation.engines.comfyui.hints import Hints, listening
from generation.engines.comfyui.pool import Pool
from generation.engines.comfyui.server import Look, Server
from generation.engines.comfyui.settings import ComfyUISettings
from generation.engines.comfyui.workflows import Workflow
from generation.engines.pictures import with_alpha, without_texts
from generation.engines.previews import Previews
from generation.engines.settings import Problem, gettext_noop

POLL_SECONDS = 1.5
GONE_LOOKS = 2  # in a row, until a prompt counts as lost
SAMPLERS = (
    *("euler", "euler_ancestral", "heun", "dpm_2", "dpm_2_ancestral", "lms", "ddim", "uni_pc", "lcm"),
    *("dpmpp_2m", "dpmpp_2m_sde", "dpmpp_sde", "dpmpp_3m_sde"),
)


class ComfyUI:
    """Runs workflows on ComfyUI servers."""

    kind: ClassVar[str] = "comfyui"
    Settings: ClassVar = ComfyUISettings

    def __init__(self, settings: ComfyUISettings, *, slots: int = 1) -> None:
        self._settings = settings
        self._workflows = settings.workflows
        self._pool = Pool(settings)
        self.capabilities = _capabilities(settings, self._workflows)

    async def probe(self) -> Probe:
        """Be well while a server answers; `check` names the others."""
        states = await asyncio.gather(*(_state(server) for server in self._pool.servers))
        faults = [state for state in states if isinstance(state, EngineError)]
        answering = len(states) - len(faults)
        if not answering:
            return replace(Probe.unwell(faults[0]), servers=len(states))
        waiting = sum(state for state in states if isinstance(state, int))
        words = gettext_noop("pictures in the queue")
        return Probe(healthy=True, detail=f"{words}: {waiting}", answering=answering, servers=len(states))

    async def check(self) -> list[Problem]:
        """Ask each server for the nodes, the models and the values that the workflows name."""
        problems: list[Problem] = []
        for server in self._pool.servers:
            try:
                nodes = await server.nodes()
            except EngineError as error:
                message = gettext_noop("%(server)s cannot be reached (%(detail)s).")
                problems.append(Problem("servers", message, {"server": server.url, "detail": error.detail}))
                continue
            for mode, workflow in self._workflows.items():
                problems += problems_on(server.url, nodes, mode, workflow, self._settings)
        return problems

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Make one picture on the server with least to do. Raises `EngineError`."""
        refuse_unable(request, self.capabilities)
        if run.cancel.requested:
            raise Cancelled(Abort.NEVER_STARTED)
        fault: EngineError = EngineDown("no server")
        async for server in self._pool.in_turn():
            try:
                with self._pool.using(server):
                    ref, look = await self._run_on(server, request, run)
            except _NotSubmitted as error:
                fault = error.fault
                self._pool.note_down(server)
            else:
                return await self._result(server, ref, request, look, run)
        raise fault

    async def reattach(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        """Follow a prompt that another process posted, or was about to. Raises `LostRemote` for an unknown one."""
        server = self._pool.server(ref.endpoint)
        if request.mode not in self._workflows:
            raise LostRemote("the workflow is gone")
        with self._pool.using(server):
            look = await self._follow(server, ref, request, run)
        return await self._result(server, ref, request, look, run)

    async def abort(self, ref: RemoteRef) -> Abort:
        """Stop one prompt and no other."""
        return await self._pool.server(ref.endpoint).stop(ref.id)

    async def close(self) -> None:
        """Give back what is open."""
        await self._pool.close()

    async def _run_on(self, server: Server, request: GenerateRequest, run: Run) -> tuple[RemoteRef, Look]:
        ref = RemoteRef(str(uuid4()), server.url, {"client": str(uuid4())})
        try:
            graph = self._workflows[request.mode].fill(await self._values(server, request, ref.id))
        except EngineError as error:
            raise _NotSubmitted(error) from error
        await run.checkpoint(ref)
        body = {"prompt": graph, "prompt_id": ref.id, "client_id": ref.extra["client"]}
        return ref, await self._follow(server, ref, request, run, body)

    async def _follow(
        self, server: Server, ref: RemoteRef, request: GenerateRequest, run: Run, body: Mapping[str, Any] | None = None
    ) -> Look:
        """Post a prompt where there is a `body`, and wait for its end."""
        workflow = self._workflows[request.mode]
        async with Previews(run) as previews:
            hints = Hints(run, previews, ref.id, workflow)
            async with listening(server, ref.extra.get("client") or str(uuid4()), hints):
                if body:
                    await self._submit(server, ref, workflow, body)
                hints.report(0, "waiting")
                return await self._ended(server, ref, hints, run)

    async def _submit(self, server: Server, ref: RemoteRef, workflow: Workflow, body: Mapping[str, Any]) -> None:
        try:
            answer = await server.submit(body)
        except EngineError as error:
            if not error.maybe_charged:
                raise _NotSubmitted(error) from error
            return  # it may have arrived: whoever looks will see
        if refusal := refusals.of(answer, workflow, server.http):
            if answer.ok:  # some of its outputs run all the same
                await server.stop(ref.id)
            elif isinstance(refusal, EngineDown):
                raise _NotSubmitted(refusal)
            raise refusal

    async def _ended(self, server: Server, ref: RemoteRef, hints: Hints, run: Run) -> Look:
        """Look until the prompt is done, and stop it if the member asks."""
        loop, gone, reached = asyncio.get_running_loop(), 0, asyncio.get_running_loop().time()
        while True:
            if run.cancel.requested and (outcome := await server.stop(ref.id)) != Abort.FINISHED_FIRST:
                raise Cancelled(outcome)
            try:
                look = await server.look(ref.id)
                reached = loop.time()
            except EngineError as error:
                if loop.time() - reached > self._settings.connect_seconds:
                    self._pool.note_down(server)
                    raise EngineDown(f"the server was lost: {error.detail}", settled=False) from error
                await _woken(asyncio.Event(), run, POLL_SECONDS / 2)
                continue
            gone = gone + 1 if look.place == "gone" else 0
            if gone == GONE_LOOKS:
                raise LostRemote("the server does not know the prompt any more")
            if look.place == "done":
                return look
            if look.place == "running":
                hints.report(0, "loading")
            await _woken(hints.wake, run, POLL_SECONDS / 5 if gone else POLL_SECONDS)

    async def _result(self, server: Server, ref: RemoteRef, request: GenerateRequest, look: Look, run: Run) -> Result:
        """Fetch the picture of a prompt that is done, while the next one runs."""
        workflow = self._workflows[request.mode]
        run.settle()
        try:
            if not look.succeeded:
                raise refusals.failure(look, workflow)
            run.progress(1, "storing")
            for node in workflow.outputs:
                output = look.entry.get("outputs", {}).get(node, {})
                for image in output.get("images", ()):
                    if image.get("type") == "output":
                        data = without_texts(await server.fetch(image))
                        return Result(data, request.seed, {"server": server.url})
            raise BadResult("a prompt that saved no picture")
        finally:
            await server.forget(ref.id)

    async def _values(self, server: Server, request: GenerateRequest, prompt_id: str) -> dict[str, Any]:
        """Give the values of the slots; pictures are uploaded to the server that will need them."""
        workflow = self._workflows[request.mode]
        reference, mask = request.reference, request.mask
        if reference and mask and workflow.mask_in_reference:
            reference = await asyncio.to_thread(with_alpha, reference, mask)
        return {
            "prompt": request.prompt,
            "negative": request.negative_prompt,
            "seed": request.seed,
            "width": request.width,
            "height": request.height,
            "steps": request.steps,
            "guidance": request.guidance,
            "sampler": request.sampler,
            "checkpoint": request.model or next(iter(self._settings.checkpoint_names), None),
            "strength": request.strength if request.mode is not Mode.TEXT_TO_IMAGE else None,
            "reference": await server.upload(reference) if reference and "reference" in workflow.slots else None,
            "mask": await server.upload(mask) if mask and "mask" in workflow.slots else None,
            "prefix": f"imagegen/{prompt_id}",  # never the same twice: a server gives the old file for an old graph
        }


class _NotSubmitted(EngineError):
    """A server certainly has not got the prompt; the next one may."""

    def __init__(self, fault: EngineError) -> None:
        super().__init__(fault.detail)
        self.fault = fault


async def _woken(wake: asyncio.Event, run: Run, seconds: float) -> None:
    """Wait for a hint, for the member's wish, or for the time to look again."""
    waits = [asyncio.ensure_future(wake.wait()), asyncio.ensure_future(run.cancel.wait())]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        wake.clear()
    finally:
        for wait in waits:
            wait.cancel()


async def _state(server: Server) -> int | EngineError:
    try:
        return await server.queue_length()
    except EngineError as error:
        return error


def _capabilities(settings: ComfyUISettings, workflows: Mapping[Mode, Workflow]) -> Capabilities:
    slots = frozenset[str]().union(*(workflow.slots for workflow in workflows.values()))
    from_pictures = [workflow.slots for mode, workflow in workflows.items() if mode is not Mode.TEXT_TO_IMAGE]
    models = settings.checkpoint_names if "checkpoint" in slots else ()
    return Capabilities(
        modes=frozenset(workflows),
        size=SizeRule(multiple=8),
        negative_prompt="negative" in slots,
        seed="seed" in slots,
        steps=(1, 150) if "steps" in slots else None,
        guidance="guidance" in slots,
        strength=any("strength" in slots for slots in from_pictures),
        samplers=SAMPLERS if "sampler" in slots else (),
        models=models if len(models) > 1 else (),
        progress="steps",
        preview=True,
        cancel="stops_running",
        resumable=True,
    )
