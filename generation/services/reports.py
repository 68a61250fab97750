"""What the end of one call says about its engine, beside what it means for the picture."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Says(StrEnum):
    """How the engine is."""

    WELL = "well"  # it answered, whatever it answered
    FAULT = "fault"
    LIMITED = "limited"  # it is asked for too much


@dataclass(frozen=True, slots=True)
class Report:
    """What one attempt in one lane says; `retry_after` in seconds."""

    lane: int
    attempt: UUID
    started_at: datetime
    says: Says
    code: str = ""
    retry_after: float | None = None
