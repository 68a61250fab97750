"""The safety check: what the rule of the place says to a picture."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from generation.engines.base import EngineError
from generation.models import Image, SafetyRule
from generation.processing.operations import OptionMissing
from generation.processing.pictures import open_picture
from generation.processing.safety import check_installed, unsafe_score
from generation.services.changes import commit_changes, lock_jobs

logger = logging.getLogger(__name__)

Mode = SafetyRule.Mode


class Unsafe(EngineError):
    """The rule refuses the picture that the engine made; another try might make a harmless one."""

    code = "unsafe"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The score of a picture (None: not looked at), and what follows."""

    score: float | None = None
    blurred: bool = False
    refused: bool = False


def rule_of_now() -> SafetyRule | None:
    """Give the rule of the place; None while nothing is looked at."""
    return SafetyRule.objects.exclude(mode=Mode.OFF).first()


def judge(picture: bytes, rule: SafetyRule | None) -> Verdict:
    """Score a picture, any rendition of it, by a rule. Asks no database, so that it may run on any thread."""
    if rule is None:
        return Verdict()
    try:
        score = round(unsafe_score(open_picture(picture)), 3)
    except OptionMissing as missing:  # the admin's form says so; a worker elsewhere may lack it all the same
        logger.error("the safety check is on, and cannot look: %s is not installed here", missing)
        return Verdict()
    return Verdict(score, score >= rule.blur_at, rule.mode == Mode.BLOCK and score >= rule.block_at)


def can_judge() -> bool:
    """Tell whether the network is installed here."""
    try:
        check_installed()
    except OptionMissing:
        return False
    return True


def clear_images(images: QuerySet[Image]) -> int:
    """Blur these pictures no more, since somebody has looked at them; tells how many."""
    with transaction.atomic():
        jobs = lock_jobs(images.values_list("job", flat=True))
        changed = Image.objects.filter(pk__in=list(images.values_list("pk", flat=True)), sensitive=True)
        touched = set(changed.values_list("job", flat=True))
        count = changed.update(sensitive=False)
        if touched:
            commit_changes(jobs[job] for job in touched)
    return count
