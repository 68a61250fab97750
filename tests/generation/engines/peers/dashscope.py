"""A server with DashScope's task API: tasks wait, run, and end; the prompt says how."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from aiohttp import web

from tests.generation.engines.peers.serving import picture

CODES = ("DataInspectionFailed", "InvalidParameter", "Arrearage", "InternalError", "Throttling.RateQuota")


@dataclass(slots=True)
class Task:
    """One task, whose state is a matter of time."""

    body: dict[str, Any]
    posted: float
    cancelled: bool = False


class DashScopePeer:
    """What the server has seen. A task waits for a third of `seconds`."""

    def __init__(self, *, seconds: float = 0.2) -> None:
        self.seconds = seconds
        self.tasks: dict[str, Task] = {}
        self.asked = 0
        self.broken_questions: list[int] = []  # the status of the next answers to questions
        self.lose_answers = False
        self.hands_out = asyncio.Event()  # cleared: pictures are made, but not given away until it is set
        self.hands_out.set()

    @property
    def started(self) -> int:
        """Count the tasks that were posted."""
        return len(self.tasks)

    def application(self) -> web.Application:
        """Give the server to serve."""
        application = web.Application(client_max_size=100 * 1024 * 1024)
        for service in ("text2image/image-synthesis", "image2image/image-synthesis", "image-generation/generation"):
            application.router.add_post(f"/api/v1/services/aigc/{service}", self._post)
        application.router.add_get("/api/v1/tasks/{id}", self._look)
        application.router.add_post("/api/v1/tasks/{id}/cancel", self._cancel)
        application.router.add_get("/files/{id}.png", self._file)
        return application

    def status_of(self, task: Task) -> str:
        """Tell what a task is doing."""
        age = time.time() - task.posted
        if task.cancelled:
            return "CANCELED"
        prompt = str(task.body["input"])
        if age < self.seconds / 3:
            return "PENDING"
        if age < self.seconds:
            return "RUNNING"
        return "FAILED" if any(f"[{code}]" in prompt for code in CODES) else "SUCCEEDED"

    async def _post(self, request: web.Request) -> web.Response:
        assert request.headers["X-DashScope-Async"] == "enable"
        body = await request.json()
        if "[refused]" in str(body["input"]):
            said = {"code": "DataInspectionFailed", "message": "Input data may contain inappropriate content."}
            return web.json_response(said | {"request_id": "r"}, status=400)
        task_id = str(uuid4())
        self.tasks[task_id] = Task(body, time.time())
        if self.lose_answers and request.transport:
            request.transport.abort()
        return web.json_response({"output": {"task_status": "PENDING", "task_id": task_id}, "request_id": "r"})

    async def _look(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.broken_questions:
            return web.Response(status=self.broken_questions.pop(0), text="<html>proxy</html>")
        task_id = request.match_info["id"]
        task = self.tasks.get(task_id)
        status = self.status_of(task) if task else "UNKNOWN"
        output: dict[str, Any] = {"task_id": task_id, "task_status": status}
        if task and status == "SUCCEEDED":
            url = str(request.url.with_path(f"/files/{task_id}.png"))
            output |= {"results": [{"url": url, "actual_prompt": "a finer cat"}]}
            if "messages" in task.body["input"]:
                content = [{"image": url, "type": "image"}]
                output = output | {"choices": [{"message": {"role": "assistant", "content": content}}]}
                del output["results"]
        elif task and status == "FAILED":
            code = next(code for code in CODES if f"[{code}]" in str(task.body["input"]))
            output |= {"code": code, "message": "why"}
        return web.json_response({"output": output, "request_id": "r"})

    async def _cancel(self, request: web.Request) -> web.Response:
        task = self.tasks.get(request.match_info["id"])
        if task and self.status_of(task) == "PENDING":
            task.cancelled = True
            return web.json_response({"request_id": "r"})
        said = {"code": "UnsupportedOperation", "message": "Failed to cancel the task"}
        return web.json_response(said, status=400)

    async def _file(self, request: web.Request) -> web.Response:
        await self.hands_out.wait()
        parameters = self.tasks[request.match_info["id"]].body["parameters"]
        width, height = map(int, parameters.get("size", "512*512").split("*"))
        return web.Response(body=picture(parameters["seed"], width, height), content_type="image/png")
