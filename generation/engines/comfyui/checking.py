"""Whether a server has what a workflow names: asked when an admin saves, so that no member is the first to know."""

from collections.abc import Iterator, Mapping
from typing import Any

from generation.engines.base import Mode
from generation.engines.comfyui.settings import SETTINGS, ComfyUISettings
from generation.engines.comfyui.workflows import Workflow, is_link
from generation.engines.settings import Problem, gettext_noop


def problems_on(
    server: str, nodes: Mapping[str, Any], mode: Mode, workflow: Workflow, settings: ComfyUISettings
) -> Iterator[Problem]:
    """Give what one server lacks for the workflow of a mode."""
    name = SETTINGS[mode]
    missing = sorted({node["class_type"] for node in workflow.graph.values()} - nodes.keys())
    if missing:
        message = gettext_noop("%(server)s lacks these nodes: %(missing)s.")
        yield Problem(name, message, {"server": server, "missing": ", ".join(missing)})
    places = dict(workflow.places())
    for node, known in (
        (node, nodes[data["class_type"]]) for node, data in workflow.graph.items() if data["class_type"] in nodes
    ):
        inputs = workflow.graph[node]["inputs"]
        takes = _takes(known)
        lacks = [key for key in known.get("input", {}).get("required", {}) if key not in inputs]
        if lacks:
            message = gettext_noop("%(node)s needs a value for %(missing)s.")
            yield Problem(name, message, {"node": workflow.graph[node]["class_type"], "missing": ", ".join(lacks)})
        for key, value in inputs.items():
            offered = _offered(takes.get(key))
            if offered is None or is_link(value):
                continue
            if slots := places.get((node, key)):
                wanted = settings.checkpoint_names if "checkpoint" in slots else ()
            else:
                wanted = (value,)
            for one in wanted:
                if one not in offered:
                    yield _not_offered(name, server, workflow.graph[node]["class_type"], key, one, offered)


def _not_offered(setting: str, server: str, node: str, key: str, value: Any, offered: list[Any]) -> Problem:
    message = gettext_noop("%(server)s has no “%(value)s” for %(place)s, but: %(offered)s.")
    names = ", ".join(map(str, offered[:10])) or "–"
    return Problem(setting, message, {"server": server, "value": value, "place": f"{node}.{key}", "offered": names})


def _takes(known: Mapping[str, Any]) -> dict[str, Any]:
    inputs = known.get("input", {})
    return {**inputs.get("required", {}), **inputs.get("optional", {})}


def _offered(declared: Any) -> list[Any] | None:
    """Give the values that an input chooses from, in the old shape or the new; None where it takes others."""
    if not isinstance(declared, list) or not declared:
        return None
    if isinstance(declared[0], list):
        return declared[0]
    about = declared[1] if len(declared) > 1 and isinstance(declared[1], dict) else {}
    options = about.get("options")
    return options if declared[0] == "COMBO" and isinstance(options, list) else None
