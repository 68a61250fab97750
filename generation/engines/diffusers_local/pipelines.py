"""Pipelines of the diffusers library: loaded once, told apart by mode, stopped between two steps.

Imported in the child process alone: the libraries take seconds and hundreds of megabytes.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoPipelineForImage2Image, AutoPipelineForInpainting, AutoPipelineForText2Image
from PIL import Image

Tell = Callable[[int, int, Image.Image | None], None]

# The colours of the four channels that Stable Diffusion 1, 2 and XL paint in: good enough for a glance.
LATENT_COLOURS = ((0.298, 0.207, 0.208), (0.187, 0.286, 0.173), (-0.158, 0.189, 0.264), (-0.184, -0.271, -0.473))
PREVIEW_SIDE = 256


class Stopped(Exception):
    """The member wants it no more."""


class Refused(Exception):
    """The order cannot be carried out: `parameter`, `model` or `refused`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Order:
    """One picture, and the model that makes it."""

    model: str
    device: str
    precision: str
    download: bool
    mode: str
    prompt: str
    negative_prompt: str
    width: int
    height: int
    seed: int
    steps: int
    guidance: float | None
    strength: float | None
    reference: Image.Image | None
    mask: Image.Image | None


class Models:
    """Holds the model that was asked for last, and a pipeline of it for each mode."""

    def __init__(self) -> None:
        self._loaded: tuple[str, ...] = ()
        self._pipelines: dict[str, Any] = {}

    def make(self, order: Order, tell: Tell, stopping: Callable[[], bool]) -> Image.Image:
        """Make one picture. Raises `Stopped` or `Refused`, or whatever the library raises."""
        pipeline = self._pipeline(order)
        if stopping():
            raise Stopped

        def after_step(pipe: Any, step: int, _timestep: Any, values: dict[str, Any]) -> dict[str, Any]:
            if stopping():
                raise Stopped  # the library's own way to stop decodes and gives a picture all the same
            tell(step + 1, max(step + 1, int(pipe.num_timesteps)), _preview(values.get("latents")))
            return values

        output = pipeline(**_arguments(pipeline, order), callback_on_step_end=after_step)
        if any(getattr(output, "nsfw_content_detected", None) or ()):
            raise Refused("refused", "the model's own safety checker")
        image: Image.Image = output.images[0]
        if order.mode == "inpaint" and order.reference and order.mask:  # what the mask does not cover stays as it is
            size = image.size
            image = Image.composite(image, order.reference.resize(size), order.mask.resize(size))
        return image

    def _pipeline(self, order: Order) -> Any:
        wanted = (order.model, order.device, order.precision)
        if self._loaded != wanted:
            self._pipelines.clear()  # before the next one needs the memory
            self._pipelines["text-to-image"] = _load(order)
            self._loaded = wanted
        if order.mode not in self._pipelines:
            self._pipelines[order.mode] = _of_mode(self._pipelines["text-to-image"], order.mode)
        return self._pipelines[order.mode]


def _load(order: Order) -> Any:
    folder = Path(order.model)
    if folder.is_absolute() and not folder.exists():
        raise Refused("model", f"there is no folder {folder}")
    try:
        pipeline = AutoPipelineForText2Image.from_pretrained(
            order.model, torch_dtype=getattr(torch, order.precision), local_files_only=not order.download
        )
        pipeline = pipeline.to(order.device)
    except (OSError, ValueError, AssertionError) as error:
        raise Refused("model", f"{type(error).__name__}: {error}"[:300]) from error
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _of_mode(pipeline: Any, mode: str) -> Any:
    """Give a pipeline of another mode over the same weights, with a scheduler of its own."""
    kind = AutoPipelineForInpainting if mode == "inpaint" else AutoPipelineForImage2Image
    try:
        other = kind.from_pipe(pipeline)
    except (ValueError, TypeError) as error:
        raise Refused("parameter", f"this model has no {mode}: {error}"[:300]) from error
    other.scheduler = type(pipeline.scheduler).from_config(pipeline.scheduler.config)
    other.set_progress_bar_config(disable=True)
    return other


def _arguments(pipeline: Any, order: Order) -> dict[str, Any]:
    """Give what this pipeline takes of the order."""
    size = (order.width, order.height)
    arguments: dict[str, Any] = {
        "prompt": order.prompt,
        "negative_prompt": order.negative_prompt or None,
        "width": order.width,
        "height": order.height,
        "num_inference_steps": order.steps,
        "guidance_scale": order.guidance,
        "generator": torch.Generator("cpu").manual_seed(order.seed),
    }
    if order.reference:
        arguments["image"] = order.reference.resize(size)
        strength = 0.6 if order.strength is None else order.strength
        arguments["strength"] = max(strength, 1.001 / order.steps)  # less is no step at all
    if order.mask:
        arguments["mask_image"] = order.mask.resize(size)
    takes = inspect.signature(pipeline.__call__).parameters
    return {name: value for name, value in arguments.items() if value is not None and name in takes}


def _preview(latents: Any) -> Image.Image | None:
    """Give a small picture of what is there so far, where the latent space is a known one."""
    if latents is None or latents.ndim != 4 or latents.shape[1] != len(LATENT_COLOURS):
        return None
    colours = torch.tensor(LATENT_COLOURS, dtype=torch.float32)
    pixels = latents[0].detach().float().cpu().permute(1, 2, 0) @ colours
    shown = ((pixels + 1) / 2).clamp(0, 1).mul(255).byte().numpy()
    image = Image.fromarray(shown)
    scale = max(1, PREVIEW_SIDE // max(image.size))
    return image.resize((image.width * scale, image.height * scale), Image.Resampling.BILINEAR)
