"""Kind of engine -> class that speaks to it, and what an admin may set for it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from generation.engines.base import Capabilities
from generation.engines.base import Engine as EngineAdapter
from generation.engines.settings import Setting, describe, read
from generation.models import Engine
from imagegen.sealing import unseal

KINDS = {
    "illustrator": "generation.engines.illustrator.engine.Illustrator",
    "processing": "generation.engines.processing.engine.Processing",
    "comfyui": "generation.engines.comfyui.engine.ComfyUI",
    "openai-images": "generation.engines.openai_images.engine.OpenAIImages",
    "dashscope": "generation.engines.dashscope.engine.DashScope",
    "diffusers": "generation.engines.diffusers_local.engine.Diffusers",
}
if settings.SIMULATED_ENGINE:
    KINDS["simulated"] = "generation.engines.simulated.Simulated"


def create(engine: Engine) -> EngineAdapter:
    """Make the adapter for an admin's row.

    Raises KeyError for a kind that is not installed, InvalidSettings, or Unreadable for its keys.
    """
    adapter_class = _adapter_class(engine.kind)
    chosen = read(adapter_class.Settings, {**engine.settings, **unseal(engine.secrets)})
    adapter: EngineAdapter = adapter_class(chosen, slots=engine.concurrency)
    return adapter


def check_settings(kind: str, values: Mapping[str, Any]) -> None:
    """Raise InvalidSettings where a kind of engine does not take these values."""
    read(_adapter_class(kind).Settings, values)


def settings_of(kind: str) -> tuple[Setting, ...]:
    """Tell what an admin may set for a kind of engine."""
    return describe(_adapter_class(kind).Settings)


def capabilities_of(engine: Engine) -> Capabilities:
    """Tell what an engine can do, without connecting to it."""
    return create(engine).capabilities


@lru_cache
def _adapter_class(kind: str) -> Any:
    return import_string(KINDS[kind])
