"""Which engines take work, and what each can do."""

import logging
from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from accounts.models import Entitlements
from generation.engines.base import Capabilities, Mode
from generation.models import Engine, LaneState
from generation.registry import capabilities_of
from generation.services.breaker import try_again_now
from generation.services.messages import trouble_message
from generation.services.room import SENTENCES, shortage

logger = logging.getLogger(__name__)

# What making an adapter raises for a row that does not fit it.
UNFIT = (KeyError, ImportError, TypeError, ValueError)

AbleEngine = tuple[Engine, Capabilities]


@dataclass(frozen=True, slots=True)
class Standing:
    """`open`, `paused` by an admin or `down`; and what there is to say about it, in the active language."""

    state: Literal["open", "paused", "down"]
    message: str


def open_engines() -> list[AbleEngine]:
    """Give the engines that take work, in order. One whose row does not fit its kind is left out, and logged."""
    able = []
    for engine in Engine.objects.open().select_related("lane").prefetch_related("plans", "paces"):
        try:
            able.append((engine, capabilities_of(engine)))
        except UNFIT as error:
            logger.error("engine %s is left out, its settings do not fit: %r", engine.slug, error)
    return able


def standing_of(engine: Engine) -> Standing:
    """Tell whether an engine starts work now, and if not, why."""
    if engine.paused:
        return Standing("paused", engine.message)
    if short := shortage():
        return Standing("paused", str(SENTENCES[short]))
    if engine.lane.down:
        return Standing("down", engine.message or trouble_message(engine.lane.trouble))
    return Standing("open", engine.message)


def may_use(engine: Engine, entitlements: Entitlements) -> bool:
    """Tell whether an engine, fetched with its plans, is there for members of this plan."""
    plans = {plan.slug for plan in engine.plans.all()}
    return not plans or entitlements.plan in plans


def making_engines() -> list[AbleEngine]:
    """Give the open engines that make pictures from words, in order: all but those that only run recipes."""
    return [(engine, can) for engine, can in open_engines() if can.modes != {Mode.PROCESS}]


def engines_for(entitlements: Entitlements) -> list[AbleEngine]:
    """Give the engines for making that a plan lets its members use: all it may choose from, else one for each mode."""
    able = [(engine, can) for engine, can in making_engines() if may_use(engine, entitlements)]
    if entitlements.allows_parameter("engine"):
        return able
    first = {mode: engine.pk for engine, can in reversed(able) for mode in can.modes}
    usable = {pk for mode, pk in first.items() if entitlements.allows_mode(mode)}
    return [(engine, can) for engine, can in able if engine.pk in usable]


@transaction.atomic
def save_engine(engine: Engine) -> None:
    """Store an engine together with its lane, without which nothing could be claimed for it.

    A lane that is down is tried at once: whoever changes its engine has looked after it.
    """
    engine.save()
    LaneState.objects.get_or_create(engine=engine)
    try_again_now(engine)
