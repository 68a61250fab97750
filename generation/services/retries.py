"""What becomes of an image whose call failed, and what the failure says about its engine: decided here alone."""

import random
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from generation.engines.base import (
    Cancelled,
    EngineDown,
    EngineError,
    InvalidParameter,
    ModerationRejected,
    RateLimited,
)
from generation.models import Attempt, Image
from generation.models import Engine as Lane
from generation.services.outcomes import Ending
from generation.services.reports import Report, Says
from generation.services.scheduling import Claim
from generation.simplification import next_step

Outcome = Attempt.Outcome
LONGEST_PAUSE = 3600.0  # seconds, whatever an engine asks for
MOST_TRIES = 50  # in all, four hours of probes: then the faults of an engine count, since the picture may be at fault


class StillDown(EngineDown):
    """The engine is asked for its health and is not well."""

    counts = False


class OurFault(EngineError):
    """The database, the storage or an adapter's code failed."""

    code = "internal"
    retryable = True


def failure(claim: Claim, error: EngineError) -> Ending:
    """Decide whether a failed image is tried again: only here, with backoff and jitter."""
    if isinstance(error, Cancelled):
        return Ending(
            attempt=claim.attempt.pk,
            outcome=Outcome.CANCELLED,
            status=Image.Status.CANCELLED,
            detail=error.detail,
        )
    if simpler := _simpler(claim, error):
        return simpler
    again = _may_try_again(claim, error)
    return Ending(
        attempt=claim.attempt.pk,
        outcome=Outcome.FAILED,
        status=Image.Status.QUEUED if again else Image.Status.FAILED,
        error_code=error.code,
        detail=error.detail,
        not_before=timezone.now() + timedelta(seconds=_pause(claim, error)) if again else None,
        counted=_counts(claim, error),
        report=report_of(claim, error),
    )


def _simpler(claim: Claim, error: EngineError) -> Ending | None:
    """Let a refused picture be tried at once with fewer words, as often as its member wanted and words are left."""
    image = claim.image
    if not isinstance(error, ModerationRejected) or image.simplification >= image.job.simplifications:
        return None
    step = next_step(image.job.prompt, image.simplification)
    if step is None:
        return None
    return Ending(
        attempt=claim.attempt.pk, outcome=Outcome.FAILED, status=Image.Status.QUEUED, error_code=error.code,
        detail=error.detail, counted=False, simplification=step, report=report_of(claim, error),
    )  # fmt: skip


def _may_try_again(claim: Claim, error: EngineError) -> bool:
    """Tell whether an image goes back to the queue; a probe does whatever is wrong with the engine, or never."""
    retryable = error.retryable
    if _finds_it_down(claim, error):
        retryable = claim.image.lane.when_down == Lane.WhenDown.WAIT
    return retryable and (not _counts(claim, error) or claim.image.attempts <= settings.IMAGE_GENERATION_MAX_RETRIES)


def _counts(claim: Claim, error: EngineError) -> bool:
    """Tell whether a try counts against the limit; what an engine is at fault for costs the picture nothing."""
    return error.counts and not (_finds_it_down(claim, error) and claim.tries <= MOST_TRIES)


def _finds_it_down(claim: Claim, error: EngineError) -> bool:
    """Tell whether this is a probe that found its engine still down, and cost nothing there."""
    return claim.probe_pause is not None and error.engine_fault and not error.maybe_charged


def _pause(claim: Claim, error: EngineError) -> float:
    """Give the seconds until the next try, with jitter: what the engine asks for, else doubled each time."""
    image = claim.image
    if claim.probe_pause is not None and error.engine_fault:
        return claim.probe_pause * 1.1  # another picture is the next probe: this one may be what is wrong
    if error.retry_after is not None:
        return min(max(0.0, error.retry_after), LONGEST_PAUSE) * random.uniform(1.0, 1.2)  # noqa: S311  never earlier
    age = (timezone.now() - image.created_at).total_seconds()
    seconds = 2 ** min(image.attempts, 6) if error.counts else min(300.0, max(2.0, age / 4))
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311


def report_of(claim: Claim, error: EngineError | None = None) -> Report | None:
    """Say what the end of a call means for its engine; None where it means nothing."""
    if isinstance(error, OurFault | InvalidParameter):  # the engine was perhaps not even asked
        return None
    says = Says.WELL
    if error and error.engine_fault:
        says = Says.FAULT
    elif isinstance(error, RateLimited):
        says = Says.LIMITED
    code, retry_after = (error.code, error.retry_after) if error else ("", None)
    return Report(claim.image.lane_id, claim.attempt.pk, claim.attempt.started_at, says, code, retry_after)
