"""The adapter for servers that answer as OpenAI's images API does.

A picture is asked for once. Where the answer is lost on the way, nobody knows whether it was made and charged: with
`paid` the error says so, and the member decides whether to ask again. Nothing stops a server's work but, for some,
that the connection closes (`stops`). The others are listened to after a cancel, too, so that the call keeps its slot
until the server has answered, and no longer.
"""

import asyncio
import time
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

import aiohttp

from generation.engines.base import (
    Abort,
    AuthFailed,
    BadResult,
    Cancelled,
    Capabilities,
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
from generation.engines.calls import refuse_unable, unless_cancelled
from generation.engines.http import MOST_BODY_BYTES, Answer, Http
from generation.engines.openai_images import answers
from generation.engines.openai_images.dialects import DIALECTS, Dialect, size_to_ask_for
from generation.engines.openai_images.settings import OpenAIImagesSettings
from generation.engines.pictures import data_uri, with_alpha
from generation.engines.previews import Previews
from generation.engines.settings import Problem, gettext_noop

PARTIAL_IMAGES = 2


class OpenAIImages:
    """Asks a server for pictures, one a call."""

    kind: ClassVar[str] = "openai-images"
    Settings: ClassVar = OpenAIImagesSettings

    def __init__(self, settings: OpenAIImagesSettings, *, slots: int = 1) -> None:
        self._settings = settings
        self._dialect = DIALECTS[settings.dialect]
        headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
        self._http = Http(settings.base_url, settings, headers=headers, secret=settings.key)
        self.capabilities = _capabilities(settings, self._dialect)
        self._unwanted: dict[str, asyncio.Task[None]] = {}  # cancelled calls that the server still works on

    async def probe(self) -> Probe:
        """List the models, which costs nothing; a server that cannot do so but answers is well."""
        try:
            answer = await self._http.send("GET", "/models")
        except EngineError as error:
            return Probe.unwell(error)
        if answer.status in (401, 403) or answer.status >= 500:
            return Probe.unwell(answers.error_of(answer, charges=False))
        words, models = gettext_noop("models offered"), ", ".join(_model_ids(answer)[:20])
        return Probe(healthy=True, detail=f"{words}: {models}" if models else "")

    async def check(self) -> list[Problem]:
        """Ask whether the server has the models, where it tells."""
        try:
            answer = await self._http.send("GET", "/models")
        except EngineError as error:
            message = gettext_noop("The server cannot be reached (%(detail)s).")
            return [Problem("base_url", message, {"detail": error.detail})]
        if isinstance(answers.error_of(answer, charges=False), AuthFailed) and not answer.ok:
            return [Problem("key", gettext_noop("The server does not accept this key."))]
        offered = _model_ids(answer)
        message = gettext_noop("The server does not offer “%(model)s”, but: %(offered)s.")
        missing = [model for model in self._settings.model_names if offered and model not in offered]
        return [Problem("models", message, {"model": model, "offered": ", ".join(offered[:20])}) for model in missing]

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        """Ask for one picture. Raises `EngineError`."""
        refuse_unable(request, self.capabilities)
        if run.cancel.requested:
            raise Cancelled(Abort.NEVER_STARTED)
        longest = min(self._settings.idle_seconds, run.deadline - asyncio.get_running_loop().time())
        ref = RemoteRef(uuid4().hex, self._http.base, {"over": str(time.time() + longest)})
        await run.checkpoint(ref)
        run.progress(0, "making")
        if self._settings.stops:
            return await unless_cancelled(self._make(request, run), run.cancel)
        call = asyncio.create_task(self._make(request, run))
        try:
            return await unless_cancelled(asyncio.shield(call), run.cancel, Abort.CANNOT_STOP)
        except Cancelled:
            self._unwanted[ref.id] = asyncio.create_task(_end_of(call))
            raise
        except asyncio.CancelledError:
            call.cancel()
            raise

    async def reattach(self, ref: RemoteRef, request: GenerateRequest, run: Run) -> Result:
        """Refuse: an answer comes only to who asked. What may have been charged is not asked for again by itself."""
        raise LostRemote("the answer was lost with the worker", maybe_charged=self._settings.paid)

    async def abort(self, ref: RemoteRef) -> Abort:
        """Tell whether the server has answered, or must be done by now; it cannot be stopped."""
        call = self._unwanted.get(ref.id)  # of another process nothing is known but its limit
        if (call is None or not call.done()) and time.time() < float(ref.extra.get("over", 0)):
            return Abort.CANNOT_STOP
        self._unwanted.pop(ref.id, None)
        return Abort.STOPPED

    async def close(self) -> None:
        """Give back what is open."""
        for call in self._unwanted.values():
            call.cancel()
        await asyncio.gather(*self._unwanted.values(), return_exceptions=True)
        await self._http.close()

    async def _make(self, request: GenerateRequest, run: Run) -> Result:
        answer = await self._ask(request, run)
        run.settle()
        found = answers.find_picture(answer, charges=self._settings.paid)
        data = found.data or await self._http.picture(found.url)
        facts = dict(found.facts or {})
        facts |= self._settings.cost_of(answer.get("usage"))
        seed = request.seed if self.capabilities.seed else None
        return Result(data, answer.get("seed") if isinstance(answer.get("seed"), int) else seed, facts)

    async def _ask(self, request: GenerateRequest, run: Run) -> Mapping[str, Any]:
        """Post the request and give the answer, or the last event of a stream."""
        path, arguments = await self._posted(request)
        charges = self._settings.paid
        async with self._http.open("POST", path, charges=charges, **arguments) as response, Previews(run) as previews:
            if response.ok and response.content_type == "text/event-stream":
                return await self._completed(response, previews)
            body = await self._http.read(response, MOST_BODY_BYTES)
        answer = Answer(response.status, response.headers, body)
        if not answer.ok:
            error = answers.error_of(answer, charges=charges)
            error.detail = self._http.clean(error.detail)
            raise error
        said = answer.json()
        if not isinstance(said, dict):
            raise BadResult("an answer that is no object")
        return said

    async def _completed(self, response: aiohttp.ClientResponse, previews: Previews) -> Mapping[str, Any]:
        """Show the partial pictures of a stream and give its last event, in the shape of an answer."""
        async for event in answers.events(response):
            if error := answers.error_in(event):
                raise error
            kind = str(event.get("type", ""))
            if kind.endswith("partial_image") and event.get("b64_json"):
                previews.show(answers.decode(event["b64_json"]))
            elif kind.endswith(("completed", "partial_succeeded")) and (event.get("b64_json") or event.get("url")):
                return event | {"data": [event]}
        raise BadResult("a stream without its last event", maybe_charged=self._settings.paid)

    async def _posted(self, request: GenerateRequest) -> tuple[str, dict[str, Any]]:
        """Give the path and the body: JSON, or a form with files."""
        values = self._values(request)
        if request.reference is None or self._dialect.reference != "edits":
            return "/images/generations", {"json": values}
        form = aiohttp.FormData()
        for name, value in values.items():
            form.add_field(name, value if isinstance(value, str) else str(value).lower())
        form.add_field(self._dialect.file_field, request.reference, filename="reference.png", content_type="image/png")
        if request.mask:
            mask = await asyncio.to_thread(with_alpha, request.reference, request.mask)
            form.add_field("mask", mask, filename="mask.png", content_type="image/png")
        return "/images/edits", {"data": form}

    def _values(self, request: GenerateRequest) -> dict[str, Any]:
        """Say the request in the words of the dialect; what it has no word for is left out."""
        dialect, settings = self._dialect, self._settings
        width, height = size_to_ask_for(request.width, request.height, dialect, settings.fixed_sizes)
        ours: dict[str, Any] = {
            "prompt": request.prompt,
            "negative_prompt": request.negative_prompt,
            "model": request.model or settings.model_names[0],
            "size": f"{width}x{height}",
            "quality": settings.quality,
            "seed": request.seed % (dialect.largest_seed + 1),
            "steps": request.steps,
            "guidance": request.guidance,
        }
        if dialect.reference == "json" and request.reference:
            ours["reference"] = data_uri(request.reference)
        if dialect.negative_in_prompt:
            parts = [request.prompt, request.negative_prompt] if request.negative_prompt else [request.prompt]
            ours["prompt"] = dialect.negative_in_prompt.join(
                part.replace(dialect.negative_in_prompt, " ") for part in parts
            )
        streaming = {"stream": True, "partial_images": PARTIAL_IMAGES} if self.capabilities.preview else {}
        theirs = {
            name: ours.get(word) for word, name in dialect.names.items() if name and ours.get(word) not in (None, "")
        }
        return {**dialect.constants, **theirs, **streaming, **(settings.more or {})}


async def _end_of(call: asyncio.Task[Result]) -> None:
    """Wait until a call has ended, whatever it comes to."""
    await asyncio.gather(call, return_exceptions=True)


def _capabilities(settings: OpenAIImagesSettings, dialect: Dialect) -> Capabilities:
    modes = {Mode.TEXT_TO_IMAGE}
    if settings.edits and dialect.reference != "none":
        modes |= {Mode.IMAGE_TO_IMAGE, Mode.INPAINT} if dialect.mask else {Mode.IMAGE_TO_IMAGE}
    names, models = dialect.names, settings.model_names
    return Capabilities(
        modes=frozenset(modes),
        size=SizeRule(*dialect.sides, multiple=dialect.multiple, max_pixels=dialect.most_pixels),
        negative_prompt="negative_prompt" in names,
        seed="seed" in names,
        steps=dialect.steps if "steps" in names else None,
        guidance="guidance" in names,
        models=models if len(models) > 1 else (),
        progress="phase",
        preview=settings.stream and dialect.streams,
        cancel="stops_running" if settings.stops else "none",
    )


def _model_ids(answer: Answer) -> list[str]:
    models = answer.object().get("data") if answer.ok else None
    return [str(model["id"]) for model in models or () if isinstance(model, dict) and "id" in model]
