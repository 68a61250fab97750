"""One request for a job, the same value from every door: form, REST, command."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRequest:
    """What a member asks for. None and "" mean: left open. Sizes in pixels; strength 0 … 1."""

    prompt: str
    count: int = 1
    width: int = 1024
    height: int = 1024
    mode: str = ""  # left open: text-to-image, or image-to-image with a reference, or inpaint with a mask
    engine: str = ""  # slug; left open: the first open engine that can do it
    negative_prompt: str = ""
    model: str = ""
    style: str = ""
    title: str = ""
    sampler: str = ""
    seed: int | None = None
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None
    reference: UUID | None = None  # an upload's or an image's id
    mask: UUID | None = None
    recipe: Any = None  # a saved recipe's id, or a list of operations: for the reference, or for what is made

    def digest(self) -> str:
        """Fingerprint of the whole request: tells a repeated press from another request under the same key."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()
