"""A server with OpenAI's images API, scripted by words of the prompt."""

import asyncio
import base64
import json
from typing import Any

from aiohttp import BodyPartReader, web

from tests.generation.engines.peers.serving import picture

ERRORS: dict[str, tuple[int, dict[str, Any]]] = {
    "[violence]": (
        400,
        {
            "error": {
                "message": "Your request was rejected by the safety system. safety_violations=[violence].",
                "type": "image_generation_user_error",
                "param": "",
                "code": "moderation_blocked",
            }
        },
    ),
    "[as a gateway]": (
        400,
        {
            "error": {
                "message": "litellm.BadRequestError: OpenAIException - rejected by the safety system",
                "type": "invalid_request_error",
                "param": None,
                "code": "400",
            }
        },
    ),
    "[ark]": (400, {"error": {"code": "InputTextSensitiveContentDetected", "message": "…", "type": "BadRequest"}}),
    "[relay]": (451, {"message": "blocked"}),
    "[poor]": (429, {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}),
    "[no model]": (404, {"error": {"message": "The model does not exist", "code": "model_not_found"}}),
    "[no such size]": (400, {"error": {"message": "Invalid size", "param": "size", "code": "invalid_value"}}),
    "[fastapi]": (422, {"detail": [{"loc": ["body", "size"], "msg": "bad size", "type": "value_error"}]}),
    "[key]": (401, {"error": {"message": "Incorrect API key provided: {key}", "code": "invalid_api_key"}}),
    "[error in 200]": (200, {"error": {"message": "…", "code": "moderation_blocked"}}),
    "[nothing]": (200, {"created": 1, "data": []}),
    "[gateway gave up]": (504, {"error": {"message": "upstream timed out"}}),
}


class OpenAIImagesPeer:
    """What the server has seen. `seconds` is how long a picture takes."""

    def __init__(self, *, seconds: float = 0.2) -> None:
        self.seconds = seconds
        self.asked: list[dict[str, Any]] = []
        self.files: list[dict[str, bytes]] = []
        self.answers_with_url = False
        self.streams = True
        self.headers: list[dict[str, str]] = []
        self.goes_on = asyncio.Event()  # cleared: works at each picture until it is set, or until the client leaves
        self.goes_on.set()
        self.left = asyncio.Event()
        self.answered = 0
        self.hands_out = asyncio.Event()  # cleared: pictures are made, but not given away until it is set
        self.hands_out.set()

    @property
    def started(self) -> int:
        """Count the pictures that were asked for."""
        return len(self.asked)

    def application(self) -> web.Application:
        """Give the server to serve."""
        application = web.Application(client_max_size=100 * 1024 * 1024)
        application.add_routes(
            [
                web.get("/v1/models", self._models),
                web.post("/v1/images/generations", self._generate),
                web.post("/v1/images/edits", self._edit),
                web.get("/files/{name}", self._file),
            ]
        )
        return application

    async def _models(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "gpt-image-2"}, {"id": "gpt-image-1-mini"}]})

    async def _generate(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, await request.json())

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        fields: dict[str, Any] = {}
        files: dict[str, bytes] = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            if part.filename:
                files[part.name or ""] = bytes(await part.read())
            else:
                fields[part.name or ""] = await part.text()
        self.files.append(files)
        return await self._answer(request, fields)

    async def _answer(self, request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        self.asked.append(asked)
        self.headers.append(dict(request.headers))
        for words, (status, body) in ERRORS.items():
            if words in asked["prompt"]:
                text = json.dumps(body).replace("{key}", request.headers.get("Authorization", "")[7:])
                return web.Response(status=status, text=text, content_type="application/json")
        width, height = map(int, (asked.get("size") or asked["image_size"]).split("x"))
        data = picture(int(asked.get("seed", 7)), width, height)
        if asked.get("stream") and self.streams:
            return await self._stream(request, data, cut="[cut]" in asked["prompt"])
        await asyncio.sleep(self.seconds)
        while not self.goes_on.is_set() and request.transport:
            await asyncio.sleep(0.01)
        if not request.transport:
            self.left.set()
            raise ConnectionResetError
        self.answered += 1
        made: dict[str, Any] = {"b64_json": base64.b64encode(data).decode(), "revised_prompt": "a finer cat"}
        if self.answers_with_url:
            name = base64.urlsafe_b64encode(f"{width}x{height}".encode()).decode()
            made = {"url": f"http://0.0.0.0:1/files/{name}"}
        usage = {"input_tokens": 10, "output_tokens": 1000, "total_tokens": 1010}
        return web.json_response({"created": 1, "data": [made], "usage": usage})

    async def _stream(self, request: web.Request, data: bytes, *, cut: bool) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        encoded = base64.b64encode(data).decode()
        for index in range(2):
            await asyncio.sleep(self.seconds / 2)
            event = {"type": "image_generation.partial_image", "partial_image_index": index, "b64_json": encoded}
            await response.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
        if not cut:
            event = {"type": "image_generation.completed", "b64_json": encoded, "usage": {"output_tokens": 5}}
            await response.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\ndata: [DONE]\n\n".encode())
        return response

    async def _file(self, request: web.Request) -> web.Response:
        await self.hands_out.wait()
        size = base64.urlsafe_b64decode(request.match_info["name"]).decode()
        width, height = map(int, size.split("x"))
        return web.Response(body=picture(7, width, height), content_type="image/png")
