"""A ComfyUI server: queue, one executor, history, websocket; shapes and races as ComfyUI 0.8 to 0.33 show them."""

import asyncio
import json
import struct
import time
from collections import Counter
from contextlib import suppress
from itertools import count
from typing import Any

from aiohttp import BodyPartReader, web

from tests.generation.engines.peers.serving import picture, small_jpeg

SAMPLERS = ["euler", "heun"]
NODES: dict[str, dict[str, Any]] = {
    "CheckpointLoaderSimple": {"ckpt_name": [["tiny.safetensors"], {}]},
    "CLIPTextEncode": {"text": ["STRING", {}], "clip": ["CLIP"]},
    "EmptyLatentImage": {"width": ["INT", {}], "height": ["INT", {}], "batch_size": ["INT", {}]},
    "KSampler": {
        "seed": ["INT", {"max": 2**64 - 1}], "steps": ["INT", {"max": 10000}], "cfg": ["FLOAT", {}],
        "sampler_name": ["COMBO", {"options": SAMPLERS}], "scheduler": [["normal"]], "denoise": ["FLOAT", {}],
        "model": ["MODEL"], "positive": ["CONDITIONING"], "negative": ["CONDITIONING"], "latent_image": ["LATENT"],
    },
    "VAEDecode": {"samples": ["LATENT"], "vae": ["VAE"]},
    "VAEEncode": {"pixels": ["IMAGE"], "vae": ["VAE"]},
    "LoadImage": {"image": [["a.png"], {"image_upload": True}]},
    "ImageScale": {
        "image": ["IMAGE"], "upscale_method": [["lanczos"]], "width": ["INT", {}], "height": ["INT", {}],
        "crop": [["disabled", "center"]],
    },
    "PreviewImage": {"images": ["IMAGE"]},
    "SaveImage": {"images": ["IMAGE"], "filename_prefix": ["STRING", {}]},
}  # fmt: skip


class ComfyUIPeer:
    """What a server knows. `seconds` is how long a sampler takes."""

    def __init__(self, *, seconds: float = 0.2) -> None:
        self.seconds = seconds
        self.runs: Counter[str] = Counter()  # how often each prompt was started
        self.graphs: dict[str, Any] = {}
        self.history: dict[str, Any] = {}
        self.uploads: dict[str, bytes] = {}
        self.global_interrupts = 0
        self.lose_answers = False  # take prompts, and break the connection instead of answering
        self.fail_with: tuple[str, str] | None = None
        self.deaf = False  # websockets stand and say nothing
        self.hands_out = asyncio.Event()  # cleared: pictures are made, but not given away until it is set
        self.hands_out.set()
        self._files: dict[str, bytes] = {}
        self._pending: list[list[Any]] = []
        self._running: list[list[Any]] = []
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._interrupted = False
        self._numbers = count()
        self._work = asyncio.Event()

    def application(self) -> web.Application:
        """Give the server to serve."""
        application = web.Application(client_max_size=100 * 1024 * 1024)
        application.add_routes(
            [
                web.get("/ws", self._ws),
                web.get("/prompt", self._info),
                web.post("/prompt", self._prompt),
                web.get("/queue", self._queue),
                web.post("/queue", self._change_queue),
                web.get("/history/{id}", self._history),
                web.post("/history", self._change_history),
                web.post("/interrupt", self._interrupt),
                web.post("/upload/image", self._upload),
                web.get("/view", self._view),
                web.get("/object_info", self._object_info),
            ]
        )
        application.cleanup_ctx.append(self._executing)
        return application

    def forget_all(self) -> None:
        """Lose what a server that is started anew has lost."""
        self._pending.clear()
        self._interrupted = True
        self._running.clear()
        self.history.clear()

    async def _executing(self, _: web.Application) -> Any:
        task = asyncio.create_task(self._execute_all())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _execute_all(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            while self._pending:
                self._running.append(item := self._pending.pop(0))
                self._interrupted = False  # an interrupt that came before this is lost
                await self._execute(item)

    async def _execute(self, item: list[Any]) -> None:
        _, prompt_id, graph, extra, outputs = item
        self.runs[prompt_id] += 1
        client = extra.get("client_id")
        await self._tell(client, "execution_start", {"prompt_id": prompt_id, "timestamp": _now()})
        await self._tell(client, "execution_cached", {"nodes": [], "prompt_id": prompt_id, "timestamp": _now()})
        status, made = "success", {}
        messages: list[list[Any]] = [["execution_success", {"prompt_id": prompt_id, "timestamp": _now()}]]
        for node, data in graph.items():
            await self._tell(client, "executing", {"node": node, "display_node": node, "prompt_id": prompt_id})
            if data["class_type"] == "KSampler":
                await self._sample(client, prompt_id, node, data["inputs"]["steps"])
            if self._interrupted or self.fail_with:
                status, messages = "error", [self._end(prompt_id, node, data["class_type"])]
                break
        else:
            made = {node: {"images": [self._save(graph, node)]} for node in outputs}
        if item in self._running:
            kind, about = str(messages[0][0]), messages[0][1]
            await self._tell(client, kind, about)
            await asyncio.sleep(0.01)  # the history is written after that
            completed = {"status_str": status, "completed": status == "success", "messages": messages}
            self.history[prompt_id] = {"prompt": item, "outputs": made, "status": completed, "meta": {}}
            self._running.remove(item)
            await self._tell(client, "executing", {"node": None, "prompt_id": prompt_id})

    async def _sample(self, client: str, prompt_id: str, node: str, steps: int) -> None:
        about = {"node_id": node, "prompt_id": prompt_id, "display_node_id": node, "image_type": "image/jpeg"}
        head = json.dumps(about).encode()
        for step in range(1, steps + 1):
            await asyncio.sleep(self.seconds / steps)
            if self._interrupted:
                return
            await self._tell(client, "progress", {"value": step, "max": steps, "prompt_id": prompt_id, "node": node})
            await self._tell(client, "progress", {"value": steps, "max": steps, "prompt_id": "another", "node": node})
            await self._show(client, struct.pack(">II", 4, len(head)) + head + small_jpeg())
            await self._show(client, struct.pack(">II", 1, 1) + b"not to be shown")

    def _end(self, prompt_id: str, node: str, node_type: str) -> list[Any]:
        about: dict[str, Any] = {"prompt_id": prompt_id, "node_id": node, "node_type": node_type, "executed": []}
        if not self.fail_with:
            return ["execution_interrupted", about | {"timestamp": _now()}]
        kind, text = self.fail_with
        traceback = ["  File /home/secret/ComfyUI/execution.py"]
        return ["execution_error", about | {"exception_type": kind, "exception_message": text, "traceback": traceback}]

    def _save(self, graph: dict[str, Any], node: str) -> dict[str, str]:
        if graph[node]["class_type"] == "PreviewImage":
            return {"filename": "ComfyUI_temp.png", "subfolder": "", "type": "temp"}
        sizes = [data["inputs"] for data in graph.values() if "width" in data["inputs"]]
        seeds = [data["inputs"]["seed"] for data in graph.values() if "seed" in data["inputs"]]
        subfolder, _, name = graph[node]["inputs"]["filename_prefix"].rpartition("/")
        made = picture(seeds[0], sizes[0]["width"] // 8 * 8, sizes[0]["height"] // 8 * 8, text=json.dumps(graph))
        self._files[f"{name}_00001_.png"] = made
        return {"filename": f"{name}_00001_.png", "subfolder": subfolder, "type": "output"}

    async def _tell(self, client: str, kind: str, data: dict[str, Any]) -> None:
        if socket := self._listener(client):
            with suppress(ConnectionError):  # whoever listened is gone; the work goes on
                await socket.send_json({"type": kind, "data": data})

    async def _show(self, client: str, message: bytes) -> None:
        if socket := self._listener(client):
            with suppress(ConnectionError):
                await socket.send_bytes(message)

    def _listener(self, client: str) -> web.WebSocketResponse | None:
        socket = self._sockets.get(client)
        return socket if socket and not self.deaf and not socket.closed else None

    async def _ws(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        client = request.query["clientId"]
        self._sockets[client] = socket
        await socket.send_json({"type": "status", "data": {"status": {"exec_info": self._exec_info()}, "sid": client}})
        async for _ in socket:
            await socket.send_json({"type": "feature_flags", "data": {"supports_preview_metadata": True}})
        self._sockets.pop(client, None)
        return socket

    async def _info(self, _: web.Request) -> web.Response:
        return web.json_response({"exec_info": self._exec_info()})

    def _exec_info(self) -> dict[str, int]:
        return {"queue_remaining": len(self._pending) + len(self._running)}

    async def _prompt(self, request: web.Request) -> web.Response:
        body = await request.json()
        graph = body["prompt"]
        for node, data in graph.items():
            if data["class_type"] not in NODES:
                error = {"type": "missing_node_type", "message": "…", "details": "", "extra_info": {}}
                return web.json_response({"error": error, "node_errors": {}}, status=400)
            if errors := _input_errors(data):
                about = {"errors": errors, "dependent_outputs": ["9"], "class_type": data["class_type"]}
                error = {"type": "prompt_outputs_failed_validation", "message": "…", "details": "", "extra_info": {}}
                return web.json_response({"error": error, "node_errors": {node: about}}, status=400)
        outputs = [node for node, data in graph.items() if data["class_type"] in ("SaveImage", "PreviewImage")]
        number = next(self._numbers)
        self.graphs[body["prompt_id"]] = graph
        self._pending.append([number, body["prompt_id"], graph, {"client_id": body["client_id"]}, outputs])
        self._work.set()
        if self.lose_answers and request.transport:
            request.transport.abort()
        return web.json_response({"prompt_id": body["prompt_id"], "number": number, "node_errors": {}})

    async def _queue(self, _: web.Request) -> web.Response:
        return web.json_response({"queue_running": self._running, "queue_pending": self._pending})

    async def _change_queue(self, request: web.Request) -> web.Response:
        wanted = (await request.json()).get("delete", [])
        self._pending[:] = [item for item in self._pending if item[1] not in wanted]
        return web.Response()

    async def _history(self, request: web.Request) -> web.Response:
        prompt_id = request.match_info["id"]
        known = {prompt_id: self.history[prompt_id]} if prompt_id in self.history else {}
        return web.json_response(known)

    async def _change_history(self, request: web.Request) -> web.Response:
        for prompt_id in (await request.json()).get("delete", []):
            self.history.pop(prompt_id, None)
        return web.Response()

    async def _interrupt(self, request: web.Request) -> web.Response:
        wanted = (await request.json()).get("prompt_id") if request.can_read_body else None
        self.global_interrupts += wanted is None
        if wanted is None or any(item[1] == wanted for item in self._running):
            self._interrupted = True
        return web.Response()

    async def _upload(self, request: web.Request) -> web.Response:
        fields: dict[str, Any] = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            fields[part.name or ""] = (part.filename, bytes(await part.read()))
        name, data = fields["image"]
        self.uploads[name] = data
        return web.json_response({"name": name, "subfolder": fields["subfolder"][1].decode(), "type": "input"})

    async def _view(self, request: web.Request) -> web.Response:
        await self.hands_out.wait()
        file = self._files.get(request.query["filename"])
        return web.Response(body=file, content_type="image/png") if file else web.Response(status=404)

    async def _object_info(self, _: web.Request) -> web.Response:
        return web.json_response({name: {"input": {"required": takes}} for name, takes in NODES.items()})


def _input_errors(data: dict[str, Any]) -> list[dict[str, Any]]:
    errors = []
    for name, declared in NODES[data["class_type"]].items():
        if name not in data["inputs"]:
            errors.append({"type": "required_input_missing", "extra_info": {"input_name": name}})
            continue
        value = data["inputs"][name]
        options = declared[0] if isinstance(declared[0], list) else declared[1:] and declared[1].get("options")
        if data["class_type"] != "LoadImage" and options and value not in options:
            errors.append({"type": "value_not_in_list", "details": f"{options}", "extra_info": {"input_name": name}})
    return errors


def _now() -> int:
    return int(time.time() * 1000)
