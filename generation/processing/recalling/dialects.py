"""Tools that write one JSON object: InvokeAI, Fooocus, SwarmUI, and we."""

from collections.abc import Mapping

from generation.processing.metadata import OURS
from generation.processing.recalling.values import Recalled, parse_object, translate

_OWN = {
    name: name
    for name in (
        *("prompt", "negative_prompt", "engine", "model", "style", "title", "sampler"),
        *("seed", "steps", "guidance", "strength", "width", "height"),
    )
}
_INVOKE = {
    "positive_prompt": "prompt", "negative_prompt": "negative_prompt", "width": "width", "height": "height",
    "seed": "seed", "steps": "steps", "cfg_scale": "guidance", "guidance": "guidance", "scheduler": "sampler",
    "model": "model", "strength": "strength",
}  # fmt: skip
_OLD_INVOKE = {
    "prompt": "prompt", "width": "width", "height": "height", "seed": "seed", "steps": "steps",
    "cfg_scale": "guidance", "sampler": "sampler", "strength": "strength",
}  # fmt: skip
_FOOOCUS = {
    "prompt": "prompt", "negative_prompt": "negative_prompt", "steps": "steps", "resolution": "size",
    "guidance_scale": "guidance", "base_model": "model", "sampler": "sampler", "seed": "seed",
}  # fmt: skip
_SWARM = {
    "prompt": "prompt", "negativeprompt": "negative_prompt", "model": "model", "seed": "seed", "steps": "steps",
    "cfgscale": "guidance", "width": "width", "height": "height", "sampler": "sampler",
    "initimagecreativity": "strength",
}  # fmt: skip
_QUIET = frozenset({
    "version", "mode", "app_version", "generation_mode", "metadata_scheme", "swarm_version", "aspectratio",
    "rand_device", "created_by", "base_model_hash", "type",
})  # fmt: skip


def read_own(text: str) -> Recalled | None:
    """Read what `metadata.stamp` wrote."""
    said = parse_object(text)
    return translate(OURS, said, _OWN, _QUIET) if said else None


def read_invoke(text: str) -> Recalled | None:
    """Read InvokeAI's `invokeai_metadata`."""
    said = parse_object(text)
    if not said:
        return None
    model = said.get("model")
    if isinstance(model, Mapping):
        said["model"] = model.get("name") or model.get("model_name")
    return translate("InvokeAI", said, _INVOKE, _QUIET)


def read_old_invoke(text: str) -> Recalled | None:
    """Read `sd-metadata` of InvokeAI 2, whose prompt is a list of weighted parts."""
    said = parse_object(text)
    image = said.get("image") if said else None
    if not said or not isinstance(image, dict):
        return None
    parts = image.get("prompt")
    if isinstance(parts, list):
        image["prompt"] = ", ".join(
            str(part["prompt"]) for part in parts if isinstance(part, dict) and "prompt" in part
        )
    recalled = translate("InvokeAI", image, _OLD_INVOKE, _QUIET)
    recalled.take("model", said.get("model_weights"))
    return recalled


def read_swarm(text: str) -> Recalled | None:
    """Read SwarmUI's object, which keeps the parameters one level down."""
    said = parse_object(text)
    parameters = said.get("sui_image_params") if said else None
    return translate("SwarmUI", parameters, _SWARM, _QUIET) if isinstance(parameters, dict) else None


def read_fooocus(text: str) -> Recalled | None:
    """Read Fooocus's own scheme."""
    said = parse_object(text)
    if not said or not {"base_model", "Base Model"} & said.keys():
        return None
    return translate("Fooocus", said, _FOOOCUS, _QUIET)
