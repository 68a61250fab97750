"""Every stored picture says how it was made."""

import logging

from django.utils import timezone

from generation.engines.base import Capabilities, GenerateRequest, Mode, Result
from generation.models import Image
from generation.processing.containers import UnknownContainer
from generation.processing.credentials import Origin
from generation.processing.metadata import Parameters, Source, stamp
from generation.services.credentials import signed

logger = logging.getLogger(__name__)


def stamped(image: Image, can: Capabilities, request: GenerateRequest, result: Result) -> bytes:
    """Give the engine's picture with its parameters in it, and without what the engine wrote there; signed.

    A picture is worth more than its metadata: one whose container cannot be written is kept as it came.
    """
    made = Parameters(
        prompt=request.prompt, width=request.width, height=request.height, mode=request.mode.value,
        seed=request.seed if result.seed is None else result.seed, engine=image.lane.slug,
        model=str(result.facts.get("model") or request.model), negative_prompt=request.negative_prompt,
        style=request.style, title=request.title, sampler=request.sampler, steps=request.steps,
        guidance=request.guidance, strength=request.strength,
    )  # fmt: skip
    source = _source(can, request.mode)
    try:
        data = stamp(result.data, made, source)
    except UnknownContainer:
        logger.warning("image %s says nothing about itself: its container cannot be written", image.pk)
        data = result.data
    return signed(data, Origin(source, timezone.now(), image.lane.name))


def _source(can: Capabilities, mode: Mode) -> Source:
    """Choose IPTC's word: a program that learned nothing from pictures is no trained one."""
    if not can.trained:
        return "algorithmicMedia"
    return "compositeWithTrainedAlgorithmicMedia" if mode == Mode.INPAINT else "trainedAlgorithmicMedia"
