"""What DashScope answers: codes, and the two places where pictures are."""

from collections.abc import Mapping
from typing import Any

from generation.engines.base import (
    AuthFailed,
    EngineDown,
    EngineError,
    InvalidParameter,
    Misconfigured,
    ModerationRejected,
    QuotaExhausted,
    RateLimited,
    RemoteFailed,
)
from generation.engines.http import Answer, status_error

# The first that a code begins with.
CODES: tuple[tuple[str, type[EngineError]], ...] = (
    ("DataInspectionFailed", ModerationRejected),
    ("IPInfringementSuspect", ModerationRejected),
    ("FaqRuleBlocked", ModerationRejected),
    ("Throttling", RateLimited),
    ("LimitRequests", RateLimited),
    ("Arrearage", QuotaExhausted),
    ("PrepaidBillOverdue", QuotaExhausted),
    ("PostpaidBillOverdue", QuotaExhausted),
    ("InvalidApiKey", AuthFailed),
    ("AccessDenied.Unpurchased", Misconfigured),
    ("AccessDenied", AuthFailed),
    ("Model", Misconfigured),
    ("ServiceUnavailable", EngineDown),
    ("GatewayTimeout", EngineDown),
    ("InternalError", RemoteFailed),
    ("SystemError", RemoteFailed),
)


def error_of(answer: Answer, *, charges: bool) -> EngineError:
    """Give what an answer with an error's status means."""
    said = answer.object()
    fallback = status_error(answer, said_in(said) or answer.text, charges=charges)
    meant = fallback if fallback.maybe_charged else meant_by(said)
    if isinstance(meant, RateLimited):
        meant.retry_after = answer.retry_after
    return meant or fallback


def meant_by(said: Mapping[str, Any]) -> EngineError | None:
    """Give what a code means, where it is known; in the output of a task, or at the top."""
    code = str(said.get("code") or "")
    if code.startswith("InvalidParameter"):
        return InvalidParameter("", said_in(said))
    return next((error(said_in(said)) for start, error in CODES if code.startswith(start)), None)


def said_in(said: Mapping[str, Any]) -> str:
    """Give the code and the message."""
    return " ".join(str(said[name]) for name in ("code", "message") if said.get(name))


def picture_in(output: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the first picture of a task that succeeded: its address, or its own code and message."""
    results = output.get("results")
    if isinstance(results, list) and results and isinstance(results[0], dict):
        return results[0]
    for choice in output.get("choices") or ():
        for part in choice.get("message", {}).get("content", ()):
            if part.get("image"):
                return {"url": part["image"]}
    return {}
