"""What the servers answer: pictures in several shapes, events of a stream, and errors in many."""

import binascii
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import pybase64

from generation.engines.base import (
    BadResult,
    EngineError,
    InvalidParameter,
    Misconfigured,
    ModerationRejected,
    QuotaExhausted,
)
from generation.engines.http import Answer, status_error

# Gateways rewrite codes and keep messages or the other way round, so both are read.
MODERATED = (
    *("moderation_blocked", "content_policy", "safety system", "image_generation_user_error", "content_filter"),
    *("sensitive", "datainspectionfailed", "data_inspection_failed", "content moderation", "risk control"),
)
NO_MONEY = (
    *("insufficient_quota", "billing", "arrearage", "overdue", "insufficient balance", "balance is insufficient"),
    *("exceeded your current quota", "payment required", "余额"),
)
NOT_HERE = ("model_not_found", "modelnotopen", "model does not exist", "invalid model", "must be verified")
OUR_NAMES = {
    "image_size": "width",
    "size": "width",
    "num_inference_steps": "steps",
    "step": "steps",
    "image[]": "reference",
    "guidance_scale": "guidance",
    "image": "reference",
}
MOST_EVENT_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A picture in an answer: the bytes, or where they are."""

    data: bytes = b""
    url: str = ""
    facts: Mapping[str, Any] | None = None


def find_picture(answer: Mapping[str, Any], *, charges: bool) -> Found:
    """Give the picture of an answer. Raises what the answer says instead."""
    if error := error_in(answer):
        raise error
    pictures = answer.get("data") or answer.get("images")
    first = pictures[0] if isinstance(pictures, list) and pictures else None
    if isinstance(first, str):
        first = {"url": first}
    if not isinstance(first, dict):
        raise BadResult("an answer without a picture", maybe_charged=charges)
    if isinstance(first.get("error"), dict):
        raise error_in(first) or BadResult("a picture that failed")
    facts = {name: first[name] for name in ("revised_prompt", "size") if first.get(name)}
    facts |= {name: answer[name] for name in ("usage", "quality", "model") if answer.get(name)}
    url = first.get("url") or ""
    if text := first.get("b64_json") or (url if str(url).startswith("data:") else ""):
        return Found(data=decode(text), facts=facts)
    if not isinstance(url, str) or not url:
        raise BadResult("a picture without bytes and without address", maybe_charged=charges)
    return Found(url=url, facts=facts)


def decode(text: Any) -> bytes:
    """Decode base64, with or without the head of a data URI. Raises `BadResult`."""
    try:
        return pybase64.b64decode(str(text).rpartition("base64,")[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadResult("a picture that is not base64") from error


def error_of(answer: Answer, *, charges: bool) -> EngineError:
    """Give what an answer with an error's status means."""
    body = answer.object()
    said = _said(body) or answer.text
    if answer.status == 451:
        return ModerationRejected(said)
    fallback = status_error(answer, said, charges=charges)
    if answer.status < 500 and (meant := _meant(body, said)) and not fallback.maybe_charged:
        return meant
    if isinstance(fallback, InvalidParameter):
        fallback.parameter = _parameter(body)
    return fallback


def error_in(answer: Mapping[str, Any]) -> EngineError | None:
    """Give the error that an answer of status 200, or an event, holds."""
    if not answer.get("error"):
        return None
    said = _said(answer)
    return _meant(answer, said) or BadResult(said)


async def events(response: aiohttp.ClientResponse) -> AsyncIterator[dict[str, Any]]:
    """Give the events of a stream, one JSON object each."""
    parts: list[bytes] = []  # of a line that is still coming; a picture in base64 comes in hundreds of them
    size = 0
    async for chunk in response.content.iter_any():
        parts.append(chunk)
        size += len(chunk)
        if size > MOST_EVENT_BYTES:
            raise BadResult("an event that does not end")
        if b"\n" not in chunk:
            continue
        *lines, rest = b"".join(parts).split(b"\n")
        parts, size = [rest], len(rest)
        for line in lines:
            if line.startswith(b"data:") and (event := _event(line[5:].strip())):
                yield event


def _event(data: bytes) -> dict[str, Any] | None:
    if data == b"[DONE]":
        return None
    try:
        event = json.loads(data)
    except ValueError as error:
        raise BadResult("an event that is not JSON") from error
    return event if isinstance(event, dict) else None


def _error(body: Mapping[str, Any]) -> Mapping[str, Any]:
    error = body.get("error")
    return error if isinstance(error, dict) else {}


def _said(body: Mapping[str, Any]) -> str:
    """Give all that an error says, whichever shape it has."""
    error = _error(body)
    parts = [error.get("code"), error.get("type"), error.get("message")]
    parts += [body.get(name) for name in ("error", "code", "message", "detail") if not isinstance(body.get(name), dict)]
    return " ".join(str(part) for part in parts if part)


def _meant(body: Mapping[str, Any], said: str) -> EngineError | None:
    lowered = said.lower()
    if any(word in lowered for word in MODERATED):
        return ModerationRejected(said)
    if any(word in lowered for word in NO_MONEY):
        return QuotaExhausted(said)
    return Misconfigured(said) if any(word in lowered for word in NOT_HERE) else None


def _parameter(body: Mapping[str, Any]) -> str:
    parameter = _error(body).get("param")
    if not parameter and isinstance(body.get("detail"), list) and body["detail"]:  # as FastAPI tells it
        place = body["detail"][0].get("loc") if isinstance(body["detail"][0], dict) else None
        parameter = place[-1] if place else ""
    return OUR_NAMES.get(str(parameter or ""), str(parameter or ""))
