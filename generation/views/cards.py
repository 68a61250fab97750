"""A job as its card shows it: the one representation, and the few words that only the page needs."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from generation.models import Engine, Image, Job
from generation.services.meter import Meter, meter_of
from generation.services.positions import Position
from generation.services.representation import JSON, represent_jobs
from generation.views.waiting import waiting_words

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


@dataclass(frozen=True)
class Card:
    """One job with what its card needs beside the JSON; `meter` is known where a card waits."""

    job: JSON
    engine: Engine
    meter: Meter | None = None

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
        width, height = self.job["width"], self.job["height"]
        if width > height * 1.2:
            return "wide"
        return "tall" if height > width * 1.2 else "square"

    @property
    def error(self) -> str:
        """Why the whole card failed, to be said once; where something went well each tile says it."""
        told = self.job["error"]
        return told["message"] if told and not (self.active or self.done) else ""

    @property
    def drawn(self) -> list[str]:
        """What the engine says it drew."""
        return self._facts("drawn")

    @property
    def not_understood(self) -> list[str]:
        """Words of the prompt that the engine could not use."""
        return self._facts("not_understood")

    @property
    def wait(self) -> str:
        """Where a waiting card stands, in words."""
        if not self.meter:
            return ""
        number, starts_in = self.job["position"], self.job["starts_in"]
        return waiting_words(self.engine, Position(number, starts_in) if number else None, self.meter)

    @property
    def settings(self) -> str:
        """What "Reuse" fills the bar with, as JSON."""
        return json.dumps({name: self.job[name] for name in SETTINGS})

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

    def _count(self, status: str) -> int:
        return sum(image["status"] == status for image in self.images)

    def _facts(self, name: str) -> list[str]:
        """Say each thing once, in the order in which the images name it."""
        said: dict[str, None] = {}
        for image in self.images:
            values: Any = image["facts"].get(name, [])
            said |= dict.fromkeys(str(value) for value in values)
        return list(said)


def cards_of(member: User, jobs: list[Job]) -> list[Card]:
    """Make the cards of the member's jobs, fetched by `with_images()`."""
    meter = meter_of(member) if any(job.status == Job.Status.QUEUED for job in jobs) else None
    return [Card(told, job.engine, meter) for told, job in zip(represent_jobs(jobs), jobs, strict=True)]


def card_of(member: User, job_id: UUID) -> Card | None:
    """Make the card of one of the member's jobs, or None where it is not theirs or gone."""
    jobs = list(Job.objects.visible_to(member).with_images().filter(pk=job_id))
    return cards_of(member, jobs)[0] if jobs else None
