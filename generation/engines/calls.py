"""What calls of every kind of engine have in common."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from generation.engines.base import (
    Abort,
    Cancelled,
    CancelToken,
    Capabilities,
    GenerateRequest,
    InvalidParameter,
    Mode,
)

T = TypeVar("T")

PICTURES = {
    Mode.TEXT_TO_IMAGE: (False, False),
    Mode.IMAGE_TO_IMAGE: (True, False),
    Mode.INPAINT: (True, True),
}  # whether a reference and a mask belong to it


def refuse_unable(request: GenerateRequest, able: Capabilities) -> None:
    """Raise `InvalidParameter` for what the engine cannot do."""
    if request.mode not in able.modes:
        raise InvalidParameter("mode", f"cannot do {request.mode}")
    rule = able.size
    for name, side in (("width", request.width), ("height", request.height)):
        if not rule.minimum <= side <= rule.maximum or side % rule.multiple:
            raise InvalidParameter(name, f"{side} pixels")
    if rule.max_pixels and request.width * request.height > rule.max_pixels:
        raise InvalidParameter("width", f"{request.width} × {request.height} pixels")
    if request.steps is not None and able.steps and not able.steps[0] <= request.steps <= able.steps[1]:
        raise InvalidParameter("steps", f"{request.steps} steps")
    for name, choices in (("style", able.styles), ("model", able.models), ("sampler", able.samplers)):
        if getattr(request, name) and getattr(request, name) not in choices:
            raise InvalidParameter(name, getattr(request, name))
    for name, needed in zip(("reference", "mask"), PICTURES[request.mode], strict=True):
        if needed != (getattr(request, name) is not None):
            raise InvalidParameter(name, f"{request.mode} with or without a picture")


async def unless_cancelled(work: Awaitable[T], cancel: CancelToken, outcome: Abort = Abort.STOPPED) -> T:
    """Finish `work`, or take it down when the member asks; what is ready first is kept."""
    task, wish = asyncio.ensure_future(work), asyncio.ensure_future(cancel.wait())
    try:
        await asyncio.wait({task, wish}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise Cancelled(outcome)
    finally:
        task.cancel()
        wish.cancel()
        await asyncio.gather(task, wish, return_exceptions=True)
