"""Endings as a drain records them: one that cannot be recorded must not hold up the others; lanes learn from all."""

import logging
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db import InterfaceError, OperationalError

from generation.models import Attempt, Image
from generation.services.breaker import learn
from generation.services.changes import Changes
from generation.services.outcomes import Ending, record_endings

logger = logging.getLogger(__name__)

INTERNAL = Ending(
    attempt=UUID(int=0), outcome=Attempt.Outcome.FAILED, status=Image.Status.FAILED, error_code="internal"
)


def record_and_learn(endings: list[Ending], publish: Callable[[Changes], None]) -> set[UUID]:
    """Record these endings, then let their lanes learn; what this fails to do the next call tells again."""
    won = _record_each_that_can(endings, publish)
    try:
        learn(ending.report for ending in endings if ending.report and ending.attempt in won)
    except Exception:
        logger.exception("lanes did not learn")
    return won


def _record_each_that_can(endings: list[Ending], publish: Callable[[Changes], None]) -> set[UUID]:
    """Record all at once; where the database refuses a value of one, the others must not wait for it."""
    try:
        return record_endings(endings, publish=publish)
    except (OperationalError, InterfaceError):
        raise  # the database is away
    except Exception:
        logger.exception("an ending cannot be recorded")
    won = set()
    for ending in endings:
        try:
            won |= record_endings([ending], publish=publish)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            record_endings([replace(INTERNAL, attempt=ending.attempt, detail=type(error).__name__)], publish=publish)
    return won
