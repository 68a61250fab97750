"""Prompts to start from, each with a picture that the built-in illustrator drew."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Example:
    """One prompt; `picture` names a static file."""

    prompt: Promise
    picture: str


EXAMPLES = (
    Example(_("A cute kitten by the sea at sunset, watercolor"), "img/examples/kitten.webp"),
    Example(_("A lighthouse on the coast in a storm, oil painting"), "img/examples/lighthouse.webp"),
    Example(_("Snow mountains behind a flower meadow at dawn"), "img/examples/mountains.webp"),
    Example(_("A hot air balloon over autumn hills, flat poster"), "img/examples/balloon.webp"),
)
