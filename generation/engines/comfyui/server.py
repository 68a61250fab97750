"""One ComfyUI server over HTTP: what it says there is the truth."""

import asyncio
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from generation.engines.base import Abort, BadResult, EngineError
from generation.engines.comfyui.settings import ComfyUISettings
from generation.engines.http import Answer, Http, status_error

STOP_SECONDS = 8.0
LOOK_AGAIN_SECONDS = 0.25
SUBFOLDER = "imagegen"


@dataclass(frozen=True, slots=True)
class Look:
    """Where a prompt is. One that is gone was never there, was deleted, or the server was started anew."""

    place: Literal["waiting", "running", "done", "gone"]
    entry: Mapping[str, Any] = field(default_factory=dict)  # of the history, once it is done

    @property
    def succeeded(self) -> bool:
        """Whether it ran to its end."""
        return self.place == "done" and self.status.get("status_str") == "success"

    @property
    def status(self) -> Mapping[str, Any]:
        """Give what the history says about how it ended."""
        status = self.entry.get("status")
        return status if isinstance(status, dict) else {}


class Server:
    """One of the servers of an engine."""

    def __init__(self, url: str, settings: ComfyUISettings) -> None:
        headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
        self.url = url
        self.http = Http(url, settings, headers=headers, secret=settings.key)
        self.load = 0  # prompts of ours
        self.down_until = 0.0

    async def submit(self, body: Mapping[str, Any]) -> Answer:
        """Post a prompt, once. Where the error says `maybe_charged`, the prompt may be in the queue."""
        return await self.http.send("POST", "/prompt", charges=True, json=body)

    async def queue_length(self) -> int:
        """Tell how many prompts wait or run, anybody's."""
        answer = await self._asked("GET", "/prompt")
        info = answer.object().get("exec_info")
        return int(info.get("queue_remaining", 0)) if isinstance(info, dict) else 0

    async def look(self, prompt_id: str) -> Look:
        """Find a prompt: the queue first, since what ends moves from there to the history."""
        queue = (await self._asked("GET", "/queue")).json()
        for place in ("running", "pending"):
            if any(item[1] == prompt_id for item in queue.get(f"queue_{place}", ())):
                return Look("running" if place == "running" else "waiting")
        history = (await self._asked("GET", f"/history/{prompt_id}")).json()
        return Look("done", history[prompt_id]) if prompt_id in history else Look("gone")

    async def stop(self, prompt_id: str) -> Abort:
        """Stop one prompt: asked again until the server shows that it ended, for an interrupt may come too early."""
        outcome, deadline = Abort.NEVER_STARTED, time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            try:
                look = await self.look(prompt_id)
                if look.place in ("done", "gone"):
                    return _ended(look, outcome)
                if look.place == "waiting":
                    await self._asked("POST", "/queue", json={"delete": [prompt_id]})
                else:  # never without an id: that stops whatever runs
                    outcome = Abort.STOPPED
                    await self._asked("POST", "/interrupt", json={"prompt_id": prompt_id})
            except EngineError:
                pass  # asked again
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return Abort.UNKNOWN

    async def upload(self, picture: bytes) -> str:
        """Upload a picture under a name of its content and give what a node calls it."""
        form = aiohttp.FormData({"type": "input", "subfolder": SUBFOLDER, "overwrite": "true"})
        name = f"{hashlib.sha256(picture).hexdigest()[:32]}.png"
        form.add_field("image", picture, filename=name, content_type="image/png")
        stored = (await self._asked("POST", "/upload/image", data=form)).json()
        return "/".join(part for part in (stored.get("subfolder"), stored["name"]) if part)

    async def fetch(self, image: Mapping[str, Any]) -> bytes:
        """Fetch a picture that a prompt saved."""
        names = {name: image.get(name, "") for name in ("filename", "subfolder", "type")}
        return await self.http.picture(f"{self.url}/view?{urlencode(names)}")

    async def forget(self, prompt_id: str) -> None:
        """Take a prompt out of the history, which anybody may read; if that fails, it stays there."""
        try:
            await self.http.send("POST", "/history", json={"delete": [prompt_id]})
        except EngineError:
            return

    async def nodes(self) -> dict[str, Any]:
        """Give what the server says about its kinds of nodes."""
        return (await self._asked("GET", "/object_info")).object()

    async def close(self) -> None:
        """Give back what is open."""
        await self.http.close()

    async def _asked(self, method: str, path: str, **arguments: Any) -> Answer:
        answer = await self.http.send(method, path, **arguments)
        if not answer.ok:
            raise status_error(answer, self.http.clean(answer.text))
        if method == "GET" and not isinstance(answer.json(), dict):
            raise BadResult("an answer that is no object")
        return answer


def _ended(look: Look, outcome: Abort) -> Abort:
    if look.succeeded:
        return Abort.FINISHED_FIRST
    return Abort.STOPPED if look.place == "done" else outcome
