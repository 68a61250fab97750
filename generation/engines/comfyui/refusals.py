"""What a ComfyUI server says when a prompt does not run, or fails. Tracebacks and file lists stay where they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from generation.engines.base import (
    EngineError,
    InvalidParameter,
    LostRemote,
    Misconfigured,
    RemoteFailed,
    ResourceExhausted,
)
from generation.engines.comfyui.server import Look
from generation.engines.comfyui.workflows import Workflow
from generation.engines.http import Answer, Http, status_error

PARAMETERS = {"negative": "negative_prompt", "prefix": "", "checkpoint": ""}  # the last two are not the member's
NO_MEMORY = ("outofmemory", "out of memory", "memoryerror", "not enough memory")
BAD_PICTURE = ("unidentifiedimageerror", "decompressionbomb")


def of(answer: Answer, workflow: Workflow, http: Http) -> EngineError | None:
    """Give what the answer to a prompt means; None where all of it was taken."""
    said = answer.object()
    if answer.ok and said.get("prompt_id") and not said.get("node_errors"):
        return None
    if not answer.ok and answer.status != 400:
        return status_error(answer, http.clean(answer.text))
    if answer.ok and not said:
        answer.json()  # raises where it is no JSON
    for node, name, kind in _node_errors(said):
        where = f"{kind} at {_class_of(workflow, node)}.{name}"
        slot = workflow.slot_at(node, name)
        parameter = PARAMETERS.get(slot, slot)
        return InvalidParameter(parameter, where) if parameter else Misconfigured(where)
    error = said.get("error")
    reason = error.get("type") if isinstance(error, dict) else "an answer that is not ComfyUI's"
    return Misconfigured(http.clean(str(reason)))


def failure(look: Look, workflow: Workflow) -> EngineError:
    """Give what the history says about a prompt that did not succeed."""
    messages = look.status.get("messages")
    for kind, data in reversed(messages if isinstance(messages, list) else []):
        if kind == "execution_interrupted":
            return LostRemote("somebody else stopped it")
        if kind == "execution_error":
            return _execution_error(data)
    return RemoteFailed("no reason given")


def _execution_error(data: Mapping[str, Any]) -> EngineError:
    kind, said = str(data.get("exception_type", "")), str(data.get("exception_message", ""))
    where = f"{kind} in {data.get('node_type', '')}"
    words = f"{kind} {said}".lower()
    if any(word in words for word in NO_MEMORY):
        return ResourceExhausted(where)
    if any(word in words for word in BAD_PICTURE):
        return InvalidParameter("reference", where)
    return RemoteFailed(where)


def _node_errors(said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give the node, the input and the kind of each error."""
    errors = said.get("node_errors")
    for node, about in (errors if isinstance(errors, dict) else {}).items():
        for error in about.get("errors", ()):
            yield node, str((error.get("extra_info") or {}).get("input_name", "")), str(error.get("type", ""))


def _class_of(workflow: Workflow, node: str) -> str:
    return str(workflow.graph.get(node, {}).get("class_type", node))
