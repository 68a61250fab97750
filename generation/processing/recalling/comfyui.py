"""ComfyUI's graphs. Nodes differ without end, so we do not know them: from the sampler we walk back along the links,
near nodes first, and take the first value that has the right name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generation.processing.recalling.values import Recalled, parse_object

MOST_NODES, MOST_SAMPLERS = 5_000, 50

# Where the page's own format (`workflow`) keeps the values of widgets: in this order, without names.
_WIDGETS: dict[str, tuple[str, ...]] = {
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"),
    "KSamplerAdvanced": ("", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler"),
    "CLIPTextEncode": ("text",),
    "EmptyLatentImage": ("width", "height"),
    "EmptySD3LatentImage": ("width", "height"),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "RandomNoise": ("noise_seed",),
    "KSamplerSelect": ("sampler_name",),
    "BasicScheduler": ("scheduler", "steps", "denoise"),
    "FluxGuidance": ("guidance",),
    "CFGGuider": ("cfg",),
}
_VALUES: list[tuple[str, tuple[str, ...]]] = [
    ("seed", ("seed", "noise_seed")),
    ("steps", ("steps",)),
    ("guidance", ("guidance", "cfg")),
    ("sampler", ("sampler_name",)),
    ("model", ("ckpt_name", "unet_name")),
]
_TEXTS = (
    "text",
    "text_g",
    "text_l",
    "t5xxl",
    "clip_l",
    "prompt",
    "string",
    "value",
)  # of encoders, and what feeds them
_HOLDERS = ("value", "int", "float", "string", "text", "seed", "number")  # where a node that only holds a value has it


@dataclass(frozen=True, slots=True)
class Node:
    """One node: its kind and its inputs, of which a link is a list that begins with another node's id."""

    kind: str
    inputs: Mapping[str, object]


Graph = dict[str, Node]


def read_prompt(text: str) -> Recalled | None:
    """Read the graph as the server runs it."""
    said = parse_object(text) or {}
    graph: Graph = {}
    for key, node in list(said.items())[:MOST_NODES]:
        if isinstance(node, dict) and isinstance(node.get("class_type"), str) and isinstance(node.get("inputs"), dict):
            graph[key] = Node(node["class_type"], node["inputs"])
    return _read(graph)


def read_workflow(text: str) -> Recalled | None:
    """Read the graph as the page keeps it; the values of nodes that we do not know stay out."""
    said = parse_object(text) or {}
    nodes, links = said.get("nodes"), said.get("links")
    if not isinstance(nodes, list) or not isinstance(links, list):
        return None
    origins: dict[object, str] = {}
    for link in links[: 10 * MOST_NODES]:
        if isinstance(link, list) and len(link) >= 2 and isinstance(link[0], int):
            origins[link[0]] = str(link[1])
    graph: Graph = {}
    for node in nodes[:MOST_NODES]:
        if isinstance(node, dict) and isinstance(node.get("type"), str):
            graph[str(node.get("id"))] = Node(node["type"], _inputs(node, origins))
    return _read(graph)


def _inputs(node: Mapping[str, object], origins: Mapping[object, str]) -> dict[str, object]:
    names, values, slots = _WIDGETS.get(str(node["type"]), ()), node.get("widgets_values"), node.get("inputs")
    inputs: dict[str, object] = {}
    if isinstance(values, list):
        inputs |= {name: value for name, value in zip(names, values, strict=False) if name}
    for slot in slots if isinstance(slots, list) else []:
        if isinstance(slot, dict) and isinstance(slot.get("link"), int) and slot["link"] in origins:
            inputs[str(slot.get("name"))] = [origins[slot["link"]], 0]
    return inputs


def _read(graph: Graph) -> Recalled | None:
    sampler = _sampler(graph)
    if sampler is None:
        return None
    recalled = Recalled("ComfyUI")
    speaker = graph.get(_linked(sampler.inputs.get("guider"))) or sampler
    recalled.take("prompt", _text(graph, speaker, "positive") or _text(graph, speaker, "conditioning"))
    recalled.take("negative_prompt", _text(graph, speaker, "negative"))
    for ours, theirs in _VALUES:
        recalled.take(ours, _first(graph, sampler, theirs))
    for side in ("width", "height"):
        recalled.take(side, _first(graph, sampler, (side,), by="latent_image"))
    if (denoise := _first(graph, sampler, ("denoise",))) != 1:
        recalled.take("strength", denoise)
    for node in graph.values():
        if "Lora" in node.kind:
            recalled.note("LoRA", node.inputs.get("lora_name"))
    return recalled


def _sampler(graph: Graph) -> Node | None:
    """Choose the node that samples first: another one that makes its picture larger starts from it."""
    samplers = [node for node in graph.values() if "latent_image" in node.inputs and "ampler" in node.kind][
        :MOST_SAMPLERS
    ]
    known = {id(node) for node in samplers}
    for node in samplers:
        if not any(id(earlier) in known for earlier in _walk(graph, node, "latent_image")):
            return node
    return samplers[0] if samplers else None


def _walk(graph: Graph, start: Node, by: str = "") -> Iterator[Node]:
    """Give a node and those that it hears of, near ones first, each once; with `by`, those behind that input alone."""
    waiting = [start.inputs.get(by)] if by else list(start.inputs.values())
    if not by:
        yield start
    seen: set[str] = set()
    for value in waiting:  # grows while we walk
        key = _linked(value)
        if key in seen or key not in graph:
            continue
        seen.add(key)
        yield graph[key]
        if graph[key].kind != "ConditioningZeroOut":  # what is behind it does not count
            waiting.extend(graph[key].inputs.values())


def _linked(value: object) -> str:
    """Give the id of the node that an input is linked to; empty where it is not."""
    return str(value[0]) if isinstance(value, list) and value and isinstance(value[0], str | int) else ""


def _first(graph: Graph, start: Node, names: tuple[str, ...], *, by: str = "", words: bool = False) -> object:
    """Give the nearest value of one of these names; `words`: the nearest text that is not empty."""
    for node in _walk(graph, start, by):
        for name in names:
            value = _value(graph, node.inputs.get(name))
            if (isinstance(value, str) and value.strip()) if words else _is_plain(value):
                return value
    return None


def _value(graph: Graph, value: object) -> object:
    """Look up a linked value where it comes from: a node that does nothing but hold it."""
    if origin := graph.get(_linked(value)):
        return next((origin.inputs[key] for key in _HOLDERS if _is_plain(origin.inputs.get(key))), None)
    return value


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _text(graph: Graph, speaker: Node, by: str) -> object:
    return _first(graph, speaker, _TEXTS, by=by, words=True)
