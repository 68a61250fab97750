"""What templates of every page ask for."""

from datetime import datetime
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.translation import gettext as _

from generation.forms import STYLE_NAMES
from generation.models import Trouble
from generation.models.job import shape_name
from generation.services.delivery import LONGEST
from generation.services.messages import error_name
from generation.services.meter import Meter, meter_of
from generation.services.troubles import current_troubles, sentence_of
from generation.views.waiting import duration_words

register = template.Library()
THEMES = ("light", "dark")

register.filter(error_name)


@register.simple_tag(takes_context=True)
def chosen_theme(context: RequestContext) -> str:
    """Give `light` or `dark` if the visitor chose one, here or in their account; else the system decides."""
    request = context.get("request")
    cookie = request.COOKIES.get("theme", "") if request else ""
    theme = cookie or getattr(context.get("user"), "theme", "")
    return theme if theme in THEMES else "system"


@register.simple_tag(takes_context=True)
def member_meter(context: RequestContext) -> Meter:
    """Give the member's slots and credits."""
    return meter_of(context["user"])


@register.simple_tag
def troubles_now() -> list[tuple[Trouble, str]]:
    """Give what is wrong, and the sentence about each; for admins alone."""
    return [(trouble, sentence_of(trouble)) for trouble in current_troubles()]


@register.filter
def short_time(seconds: float | None) -> str:
    """Say a time with tenths where they count; a dash where there is none."""
    if seconds is None:
        return "–"
    return _("%(seconds)s s") % {"seconds": f"{seconds:.1f}"} if seconds < 10 else duration_words(seconds)


@register.filter
def duration(seconds: float) -> str:
    """Say a time in few words."""
    return duration_words(seconds)


@register.filter
def moment(iso: str) -> datetime:
    """Read a time of the JSON."""
    return datetime.fromisoformat(iso)


@register.filter
def percent(fraction: float) -> int:
    """Turn 0 … 1 into whole percent."""
    return int(fraction * 100)


@register.filter
def style_name(style: str) -> Any:
    """Name a style in the visitor's language."""
    return STYLE_NAMES.get(style, style)


@register.filter
def unlocalise(number: object) -> str:
    """Write a number as programs do, not as people of the visitor's language do."""
    return str(number)


@register.filter
def srcset(picture: dict[str, Any]) -> str:
    """Name a picture's renditions with their widths, for browsers to choose the smallest that is sharp."""
    longest = max(picture["width"], picture["height"])
    widths = {name: round(picture["width"] * min(1, side / longest)) for name, side in LONGEST.items()}
    return ", ".join(f"{picture[f'{name}_url']} {width}w" for name, width in widths.items())


@register.filter
def shape(picture: dict[str, Any]) -> str:
    """Say whether a picture is wide, tall or about square."""
    return shape_name(picture["width"], picture["height"])
