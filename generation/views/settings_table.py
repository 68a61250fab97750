"""How a picture was made, as rows for people; two pictures side by side show where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from generation.engines.base import Mode
from generation.forms import STYLE_NAMES
from generation.models import Engine
from generation.services.representation import JSON
from generation.views.operation_words import recipe_words


@dataclass(frozen=True, slots=True)
class Setting:
    """One row: `recall` leads to the form with this setting alone filled in; empty where the form has no such field."""

    name: str
    label: str
    value: str
    recall: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of two pictures."""

    label: str
    values: tuple[str, str]

    @property
    def differs(self) -> bool:
        """Whether the two were made differently here."""
        return self.values[0] != self.values[1]


def recall_url(job: JSON, image: JSON, only: str = "") -> str:
    """Lead to the form, filled with everything that made this picture, or with one setting alone."""
    query = {"reuse": job["id"], "image": image["id"]} | ({"only": only} if only else {})
    return f"{reverse('studio')}?{urlencode(query)}#create"


def settings_of(job: JSON, image: JSON, engine: Engine) -> list[Setting]:
    """Give the rows of one picture, without its prompt."""
    return [
        Setting(name, label, value, recall_url(job, image, recall) if recall else "")
        for name, label, value, recall in _rows(job, image, engine)
        if value
    ]


def differences(one: list[Setting], other: list[Setting]) -> list[Difference]:
    """Put the rows of two pictures side by side, in the order of the first."""
    values = [{setting.name: setting.value for setting in each} for each in (one, other)]
    labels = {setting.name: setting.label for setting in [*one, *other]}
    return [Difference(label, (values[0].get(name, "–"), values[1].get(name, "–"))) for name, label in labels.items()]


def _rows(job: JSON, image: JSON, engine: Engine) -> Iterator[tuple[str, str, str, str]]:
    name = f"{_(engine.name)} · {job['model']}" if job["model"] else _(engine.name)
    yield "negative_prompt", _("Without"), job["negative_prompt"], "negative_prompt"
    yield "engine", _("Engine"), name, "engine"
    yield "size", _("Size"), f"{image['width']} × {image['height']}", "size"
    yield "seed", _("Seed"), str(image["seed"]), "seed"
    yield "style", _("Style"), str(STYLE_NAMES.get(job["style"], job["style"])), "style"
    yield "title", _("Title"), job["title"], ""
    numbers = (("steps", _("Steps")), ("guidance", _("Guidance")), ("strength", _("Strength")))
    for key, label in numbers:
        yield key, label, "" if job[key] is None else f"{job[key]:g}", key
    yield "sampler", _("Sampler"), job["sampler"], "sampler"
    yield "recipe", _("Recipe"), recipe_words(image["operations"]), "recipe" if job["mode"] != Mode.PROCESS else ""
