"""What the list of devices calls them."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first mark found counts: Edge and Opera also call themselves Chrome, and all of them Safari.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS/": "Firefox"}
BROWSERS |= {"Chrome/": "Chrome", "CriOS/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows"}
SYSTEMS |= {"CrOS": "ChromeOS", "Mac OS X": "macOS", "Linux": "Linux"}


@register.filter
def device_name(user_agent: str) -> str:
    """Say browser and system in two words: “Firefox · Windows”."""
    found = [next((name for mark, name in known.items() if mark in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or _("Unknown device")
