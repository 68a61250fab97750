"""Which engines take work, and what each can do."""

import logging

from django.db import transaction

from accounts.models import Entitlements
from generation.engines.base import Capabilities
from generation.models import Engine, LaneState
from generation.registry import capabilities_of

logger = logging.getLogger(__name__)

# What making an adapter raises for a row that does not fit it.
UNFIT = (KeyError, ImportError, TypeError, ValueError)

AbleEngine = tuple[Engine, Capabilities]


def open_engines() -> list[AbleEngine]:
    """Give the engines that take work, in order. One whose row does not fit its kind is left out, and logged."""
    able = []
    for engine in Engine.objects.open():
        try:
            able.append((engine, capabilities_of(engine)))
        except UNFIT as error:
            logger.error("engine %s is left out, its settings do not fit: %r", engine.slug, error)
    return able


def engines_for(entitlements: Entitlements) -> list[AbleEngine]:
    """Give the engines a plan lets its members use: all it may choose from, else the first one for each mode."""
    able = open_engines()
    if entitlements.allows_parameter("engine"):
        return able
    first = {mode: engine.pk for engine, can in reversed(able) for mode in can.modes}
    usable = {pk for mode, pk in first.items() if entitlements.allows_mode(mode)}
    return [(engine, can) for engine, can in able if engine.pk in usable]


@transaction.atomic
def save_engine(engine: Engine) -> None:
    """Store an engine together with its lane, without which nothing could be claimed for it."""
    engine.save()
    LaneState.objects.get_or_create(engine=engine)
