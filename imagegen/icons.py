"""The tag `lucide` as its package has it, but each icon is drawn once: it would be parsed and written at each use."""

from functools import lru_cache

from django import template
from lucide.templatetags.lucide import lucide

register = template.Library()
register.simple_tag(lru_cache(maxsize=1024)(lucide), name="lucide")
