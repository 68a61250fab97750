"""Workflows as templates: where a request's values go, and how they get there.

A workflow is what ComfyUI exports as “API”. Its slots are written as values of inputs: "{{prompt}}", "{{steps:20}}"
with what is used where a member chooses nothing, "{{seed%16777216}}" for a node that takes smaller numbers. In a text
a slot may stand among other words. Where a workflow names no slot at all they are found: by the names of inputs, and
by following the links of samplers to their texts.
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from generation.engines.settings import gettext_noop

FOLDER = Path(__file__).parent / "built_in"
SLOT = re.compile(r"\{\{\s*(\w+)\s*(?:%\s*(\d+))?\s*(?::\s*([^{}]*?))?\s*\}\}")
WHOLE_NUMBERS = {"seed", "width", "height", "steps"}
NUMBERS = WHOLE_NUMBERS | {"guidance", "strength"}
SLOTS = NUMBERS | {"prompt", "negative", "sampler", "checkpoint", "reference", "mask", "prefix"}

Values = Mapping[str, Any]
Graph = dict[str, dict[str, Any]]
Place = tuple[str, str]  # a node's id and the name of its input

# Names of inputs that mean the same in every node that has them.
INPUTS = {
    "seed": "seed",
    "noise_seed": "seed",
    "steps": "steps",
    "cfg": "guidance",
    "sampler_name": "sampler",
    "denoise": "strength",
    "blend_factor": "strength",
    "ckpt_name": "checkpoint",
    "filename_prefix": "prefix",
}
LOADERS = {"LoadImage": "reference", "LoadImageMask": "mask"}
TEXTS = ("text", "text_g", "text_l", "clip_l", "t5xxl")


class NotAWorkflow(ValueError):
    """What was uploaded cannot be used: a sentence to translate, and its values."""

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message % values)
        self.message = message
        self.values = values


@dataclass(frozen=True)
class Workflow:
    """A workflow whose slots are known: the value at a place, with slots, or what is there now and which slot fits."""

    graph: Graph
    found: Mapping[Place, str]  # slots found where none is written

    @cached_property
    def slots(self) -> frozenset[str]:
        """Give the names of the slots."""
        return frozenset(slot for _, slots in self.places() for slot in slots)

    @cached_property
    def outputs(self) -> tuple[str, ...]:
        """Give the nodes that save pictures."""
        return tuple(node for node, inputs in _inputs(self.graph) if "filename_prefix" in inputs)

    @cached_property
    def samples(self) -> bool:
        """Whether a node takes steps."""
        return any("steps" in inputs for _, inputs in _inputs(self.graph))

    @cached_property
    def mask_in_reference(self) -> bool:
        """Whether a mask is taken from the reference's own transparency."""
        loaders = {node for (node, _), slots in self.places() if "reference" in slots}
        links = [value for _, inputs in _inputs(self.graph) for value in inputs.values() if is_link(value)]
        return "mask" not in self.slots and any(link[0] in loaders and link[1] == 1 for link in links)

    def places(self) -> Iterator[tuple[Place, frozenset[str]]]:
        """Give the places that hold slots."""
        for node, inputs in _inputs(self.graph):
            for name, value in inputs.items():
                written = {match[1] for match in SLOT.finditer(value)} if isinstance(value, str) else set()
                if slots := written | ({self.found[node, name]} if (node, name) in self.found else set()):
                    yield (node, name), frozenset(slots)

    def slot_at(self, node: str, name: str) -> str:
        """Name the slot at a place, or nothing."""
        return next((min(slots) for place, slots in self.places() if place == (node, name)), "")

    def fill(self, values: Values) -> Graph:
        """Give the graph to run: values are set as what they are, nothing is pasted into JSON."""
        graph = deepcopy(self.graph)
        for (node, name), _ in list(self.places()):
            inputs = graph[node]["inputs"]
            if slot := self.found.get((node, name)):
                value = values.get(slot)
                inputs[name] = inputs[name] if value is None or value == "" else value
            else:
                inputs[name] = _filled(inputs[name], values)
        return graph


def is_link(value: Any) -> bool:
    """Whether a value is another node's output."""
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], int)


def read_workflow(data: Any) -> Workflow:
    """Read what ComfyUI exports as “API”. Raises `NotAWorkflow`."""
    graph = data.get("prompt") if isinstance(data, dict) and isinstance(data.get("prompt"), dict) else data
    if isinstance(graph, dict) and isinstance(graph.get("nodes"), list):
        raise NotAWorkflow(gettext_noop("This is a workflow as ComfyUI's page saves it. Choose “Export (API)” there."))
    if not isinstance(graph, dict) or not graph or not all(_is_node(node) for node in graph.values()):
        raise NotAWorkflow(gettext_noop("This is no workflow. Choose “Export (API)” in ComfyUI."))
    for node, inputs in _inputs(graph):
        for name, value in inputs.items():
            if is_link(value) and value[0] not in graph:
                message = gettext_noop("%(place)s comes from node %(missing)s, which is not there. Export it anew.")
                raise NotAWorkflow(message, place=f"{graph[node]['class_type']}.{name}", missing=value[0])
    workflow = Workflow(graph, {})
    workflow = workflow if workflow.slots else Workflow(graph, dict(_find_slots(graph)))
    if unknown := workflow.slots - SLOTS:
        message = gettext_noop("There is no slot “%(unknown)s”; there are: %(known)s.")
        raise NotAWorkflow(message, unknown=", ".join(sorted(unknown)), known=", ".join(sorted(SLOTS)))
    if not workflow.outputs:
        raise NotAWorkflow(gettext_noop("No node of this workflow saves a picture. Add one, such as SaveImage."))
    return workflow


@lru_cache
def built_in(mode: str) -> Workflow:
    """Give the workflow that comes with the product for a mode. Raises KeyError where there is none."""
    path = FOLDER / f"{mode.replace('-', '_')}.json"
    if not path.exists():
        raise KeyError(mode)
    return read_workflow(json.loads(path.read_text()))


def _is_node(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("class_type"), str) and isinstance(node.get("inputs"), dict)


def _inputs(graph: Graph) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in graph:
        yield node, graph[node]["inputs"]


def _filled(text: str, values: Values) -> Any:
    """Give a value for a text with slots: of the slot's own type where the slot is all there is."""
    if whole := SLOT.fullmatch(text.strip()):
        return _value(whole, values)
    return SLOT.sub(lambda match: str(_value(match, values)), text)


def _value(match: re.Match[str], values: Values) -> Any:
    slot, modulus, default = match.groups()
    value = values.get(slot)
    if value is None or value == "":
        value = _typed(slot, default or "")
    return value % int(modulus) if modulus and isinstance(value, int) else value


def _typed(slot: str, text: str) -> Any:
    if slot not in NUMBERS:
        return text
    try:
        return int(text) if slot in WHOLE_NUMBERS else float(text)
    except ValueError:
        return 0


def _find_slots(graph: Graph) -> Iterator[tuple[Place, str]]:
    """Find where the values go in a workflow that does not say so."""
    for node, inputs in _inputs(graph):
        class_type = graph[node]["class_type"]
        for name, value in inputs.items():
            if is_link(value):
                continue
            if name in INPUTS:
                yield (node, name), INPUTS[name]
            elif name == "image" and class_type in LOADERS:
                yield (node, name), LOADERS[class_type]
            elif name in ("width", "height") and (class_type.startswith("Empty") or class_type == "ImageScale"):
                yield (node, name), name
            elif name == "guidance" and class_type == "FluxGuidance":
                yield (node, name), "guidance"
    found = {end: set(_texts_of(graph, end)) for end in ("negative", "positive", "conditioning")}
    for place in found["negative"]:
        yield place, "negative"
    for place in found["positive"] or found["conditioning"]:
        yield place, "prompt"


def _texts_of(graph: Graph, end: str) -> Iterator[Place]:
    """Find the texts behind all inputs of a name."""
    for _, inputs in _inputs(graph):
        if is_link(inputs.get(end)):
            yield from _texts_behind(graph, inputs[end], end, set())


def _texts_behind(graph: Graph, link: list[Any], end: str, seen: set[str]) -> Iterator[Place]:
    """Follow links back to the first nodes that hold a text; where a node has two sides, along the same side."""
    node = link[0]
    if node in seen or node not in graph:
        return
    seen.add(node)
    inputs = graph[node]["inputs"]
    texts = [(node, name) for name in TEXTS if isinstance(inputs.get(name), str)]
    yield from texts
    if not texts:
        for value in [inputs[end]] if is_link(inputs.get(end)) else filter(is_link, inputs.values()):
            yield from _texts_behind(graph, value, end, seen)
