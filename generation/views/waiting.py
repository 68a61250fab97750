"""What a card waits for, in words: an engine that starts nothing now, a place of the member's own, or its turn."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generation.models import Engine
from generation.services.engines import standing_of
from generation.services.meter import Meter
from generation.services.positions import Position


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a card waits: `kind` is `paused` (its engine), `places` (the member's own) or `turn`; and in words."""

    kind: str
    words: str

    def as_json(self) -> dict[str, str]:
        """Give plain values for the page's script."""
        return asdict(self)


def wait_of(engine: Engine, place: Position | None, meter: Meter) -> Wait:
    """Say what a waiting card waits for, and when it should start; `place` is None where it is not known."""
    if pause := pause_words(engine):
        return Wait("paused", " · ".join([pause, *_position(place)]))
    kind = "places" if meter.full else "turn"
    if meter.full:
        words = ngettext(
            "Waits until your running picture is done",
            "Waits for one of your %(limit)s places",
            meter.limit,
        ) % {"limit": meter.limit}
        return Wait(kind, " · ".join([words, *_start(place, least=2)]))
    return Wait(kind, " · ".join([*_position(place), *_start(place)]))


def pause_words(engine: Engine) -> str:
    """Say why an engine starts nothing now, in the admin's words where there are any; empty where it works."""
    standing = standing_of(engine)
    if standing.state == "open":
        return ""
    return _("Paused: %(message)s") % {"message": standing.message} if standing.message else _("Paused")


def _position(place: Position | None) -> list[str]:
    return [_("Position %(position)s") % {"position": place.number}] if place else []


def _start(place: Position | None, *, least: float = 0) -> list[str]:
    """Say when it starts, where that is known and not sooner than `least` seconds."""
    if not place or place.starts_in is None or place.starts_in < least:
        return []
    if place.starts_in < 2:
        return [_("starts now")]
    return [_("starts in about %(time)s") % {"time": duration_words(place.starts_in)}]


def duration_words(seconds: float) -> str:
    """Say a time in few words: 4 s, 2 min 5 s, 1 h 20 min."""
    whole = max(1, round(seconds))
    if whole < 60:
        return _("%(seconds)s s") % {"seconds": whole}
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
    return _("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}
