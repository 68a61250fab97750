"""A job as its card shows it: the one representation, and the few words that only the page needs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generation.engines.base import Mode
from generation.models import Engine, Image, Job
from generation.models.job import shape_name
from generation.services.engines import AbleEngine
from generation.services.meter import Meter
from generation.services.positions import Position
from generation.services.representation import JSON
from generation.simplification import Piece, difference, next_step, prompt_of
from generation.views.operation_words import prompt_words, recipe_words
from generation.views.waiting import Wait, pause_words, wait_of

# What "Reuse" fills the bar with.
SETTINGS = (
    "prompt",
    "negative_prompt",
    "style",
    "engine",
    "model",
    "sampler",
    "width",
    "height",
    "count",
    "seed",
    "steps",
    "guidance",
    "strength",
    "reference",
)


AXES_FIELDS = ("axis_1", "values_1", "axis_2", "values_2")
SLOW = 2  # times what was expected
LEAST_SLOW = timedelta(seconds=20)  # nobody minds that a picture of a second takes three


@dataclass(frozen=True, slots=True)
class Slow:
    """When a running card becomes slow, and when its picture ends by itself at the latest."""

    since: datetime
    ends: datetime

    @property
    def now(self) -> bool:
        """Whether it already is."""
        return timezone.now() >= self.since


@dataclass(frozen=True, slots=True)
class Simpler:
    """A prompt with fewer words; `pieces` tell which the full one has lost, `tried` whether pictures are made so."""

    prompt: str
    pieces: Sequence[Piece]
    tried: bool


@dataclass(frozen=True)
class Card:
    """One job with what its card needs beside the JSON, `job`.

    Known only where something waits: `meter`, `more_places` (the plan that has more of them), and `able`, the engines
    that could do it instead of a paused one; `origin`, the picture of theirs that it started from.
    """

    job: JSON
    row: Job
    meter: Meter | None = None
    more_places: str = ""
    able: Sequence[AbleEngine] = ()
    origin: Image | None = None

    @property
    def engine(self) -> Engine:
        """Where it is made."""
        return self.row.engine

    @property
    def lane(self) -> Engine:
        """Where what waits first waits: at the engine, or for its recipe."""
        waiting = next((image for image in self._rows if image.status == Image.Status.QUEUED), None)
        return self._lane_of(waiting) if waiting else self.engine

    @cached_property
    def images(self) -> list[JSON]:
        """The tiles, in order."""
        images: list[JSON] = self.job["images"]
        return images

    @property
    def active(self) -> bool:
        """Whether something still waits or runs."""
        return self.job["status"] not in Job.FINAL

    @property
    def state(self) -> str:
        """The job's status, or `cancelling` once nothing but that is left to happen."""
        active = [image for image in self.images if image["status"] in Image.ACTIVE]
        if active and all(image["stage"] == "cancelling" for image in active):
            return "cancelling"
        status: str = self.job["status"]
        return status

    @property
    def done(self) -> int:
        """How many pictures are there."""
        return self._count(Image.Status.SUCCEEDED)

    @property
    def failed(self) -> int:
        """How many pictures failed."""
        return self._count(Image.Status.FAILED)

    @property
    def retryable(self) -> int:
        """How many pictures a retry of the whole card would make."""
        return 0 if self.active else self.failed or self._count(Image.Status.CANCELLED)

    @property
    def percent(self) -> int:
        """Progress of the whole card."""
        return int(self.job["progress"] * 100)

    @property
    def seconds(self) -> float | None:
        """How long the work took, once it is over."""
        started, finished = self.job["started_at"], self.job["finished_at"]
        if not (started and finished):
            return None
        return (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds()

    @property
    def shape(self) -> str:
        """How tiles are arranged: wide ones need more room, tall ones less."""
        return shape_name(self.job["width"], self.job["height"])

    @property
    def error(self) -> str:
        """Why the whole card failed, to be said once; where something went well each tile says it."""
        told = self.job["error"]
        return told["message"] if told and not (self.active or self.done) else ""

    @property
    def error_code(self) -> str:
        """The stable code of what went wrong with any picture."""
        code: str = (self.job["error"] or {}).get("code", "")
        return code

    @property
    def refused(self) -> bool:
        """Whether the engine refused the prompt: another try alone will not help."""
        return self.state == "failed" and self.error_code == "moderation_rejected"

    @cached_property
    def simpler(self) -> Simpler | None:
        """What fewer words are, or were, made of the prompt: those of a picture, else those a refused one may try."""
        used = max((image.simplification for image in self._rows), default=0)
        step = next_step(self.row.prompt, used) if self.refused else used
        if not step:
            return None
        words = prompt_of(self.row.prompt, step)
        return Simpler(words, difference(self.row.prompt, words), tried=not self.refused)

    @property
    def returned(self) -> int:
        """Credits that came back because pictures failed."""
        return sum(image.price for image in self._rows if image.status == Image.Status.FAILED)

    @property
    def slow(self) -> Slow | None:
        """When the running picture that is due first takes too long; None where it would be ended before."""
        running = [image for image in self._rows if image.status == Image.Status.RUNNING and image.started_at]
        return min(filter(None, map(self._slow, running)), key=lambda slow: slow.since, default=None)

    @property
    def drawn(self) -> list[str]:
        """What the engine says it drew."""
        return self._facts("drawn")

    @property
    def not_understood(self) -> list[str]:
        """Words of the prompt that the engine could not use."""
        return self._facts("not_understood")

    @property
    def not_set(self) -> list[str]:
        """Signs of the title for which the engine has no font."""
        return self._facts("not_set")

    @cached_property
    def wait(self) -> Wait | None:
        """What a waiting card waits for."""
        if not self.meter:
            return None
        number, starts_in = self.job["position"], self.job["starts_in"]
        return wait_of(self.lane, Position(number, starts_in) if number else None, self.meter)

    @property
    def left(self) -> str:
        """The name of the engine that was down, so that another one took over."""
        return _(self.row.fell_back_from.name) if self.job["fell_back_from"] and self.row.fell_back_from else ""

    @property
    def made_by(self) -> str:
        """The name of the engine."""
        return _(self.engine.name)

    @property
    def moves(self) -> list[Engine]:
        """The engines that a card may move to, because its own is paused."""
        begun = any(image.status == Image.Status.SUCCEEDED for image in self.row.images.all())
        if begun or not (self.wait and self.wait.kind == "paused"):
            return []
        mode = self.row.mode
        return [engine for engine, can in self.able if mode in can.modes and not pause_words(engine)]

    @property
    def settings(self) -> str:
        """What "Reuse" fills the bar with, as JSON; the seed as text, for it may be larger than a browser's numbers."""
        settings = {name: self.job[name] for name in SETTINGS} | {"recipe": self.recipe} | self.axes_fields
        return json.dumps(settings | {"seed": "" if settings["seed"] is None else str(settings["seed"])})

    @property
    def recipe(self) -> str:
        """The steps after generating, as the bar holds them; empty where the picture came from elsewhere."""
        follows = self.job["recipe"] and self.job["mode"] != Mode.PROCESS
        return json.dumps(self.job["recipe"], ensure_ascii=False) if follows else ""

    @property
    def prompt(self) -> str:
        """What the card says it is: the prompt, or what was done to a picture that came without one."""
        return prompt_words(self.job)

    @property
    def recipe_words(self) -> str:
        """What the recipe does."""
        return recipe_words(self.job["recipe"] or [])

    @property
    def axes_fields(self) -> dict[str, str]:
        """What the form holds of the settings that are compared: none."""
        return dict.fromkeys(AXES_FIELDS, "")

    @property
    def told_seeds(self) -> list[JSON]:
        """The pictures whose seeds the details tell."""
        return self.images

    @property
    def announcement(self) -> str:
        """What a screen reader hears when the card has changed its state."""
        return {
            "running": _("Task %(number)s: started"),
            "succeeded": ngettext(
                "Task %(number)s: done, %(done)s picture", "Task %(number)s: done, %(done)s pictures", self.done
            ),
            "partial": ngettext(
                "Task %(number)s: %(done)s picture done, %(failed)s failed",
                "Task %(number)s: %(done)s pictures done, %(failed)s failed",
                self.done,
            ),
            "failed": _("Task %(number)s: failed"),
            "cancelled": _("Task %(number)s: cancelled"),
        }.get(self.state, "") % {"number": self.job["number"], "done": self.done, "failed": self.failed}

    @property
    def half(self) -> str:
        """What a screen reader hears when half of the work is done."""
        return _("Task %(number)s: half done") % {"number": self.job["number"]}

    @property
    def _rows(self) -> list[Image]:
        return self.row.results

    def _slow(self, image: Image) -> Slow | None:
        assert image.started_at  # noqa: S101  selected by it
        since = image.started_at + max(LEAST_SLOW, SLOW * timedelta(seconds=image.expected_seconds))
        limit = min(self._lane_of(image).time_limit, settings.IMAGE_GENERATION_MAX_WAIT_TIME)
        slow = Slow(since, image.started_at + timedelta(seconds=limit))
        return slow if slow.ends > slow.since else None

    def _lane_of(self, image: Image) -> Engine:
        return image.job.processor if image.parent and image.job.processor else image.job.engine

    def _count(self, status: str) -> int:
        return sum(image["status"] == status for image in self.images)

    def _facts(self, name: str) -> list[str]:
        """Say each thing once, in the order in which the images name it."""
        said: dict[str, None] = {}
        for image in self.images:
            values: Any = image["facts"].get(name, [])
            said |= dict.fromkeys(str(value) for value in values)
        return list(said)
