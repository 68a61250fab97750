"""What the feed shows: all tasks, or those that the page's address asks for."""

from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from generation.models import Job
from generation.models.job import MODES, JobQuerySet

Status = Job.Status
STATES: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "active": (_("Waiting or running"), (Status.QUEUED, Status.RUNNING)),
    "done": (_("Done"), (Status.SUCCEEDED, Status.PARTIAL)),
    "failed": (_("Failed"), (Status.FAILED, Status.PARTIAL)),
    "cancelled": (_("Cancelled"), (Status.CANCELLED,)),
}
DAYS: dict[str, tuple[str | Promise, int]] = {
    "today": (_("Today"), 0),
    "week": (_("Last 7 days"), 6),
    "month": (_("Last 30 days"), 29),
}
LONGEST = 200  # characters of a search


@dataclass(frozen=True)
class FeedFilter:
    """The filters of the address; what is empty or unknown there is not filtered by."""

    state: str = ""
    engine: str = ""
    mode: str = ""
    since: str = ""
    q: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "FeedFilter":
        """Read the address; a value that does not exist filters nothing."""
        known: dict[str, Container[str]] = {"state": STATES, "mode": dict(MODES), "since": DAYS}
        told = {name: query.get(name, "") for name in ("state", "engine", "mode", "since", "q")}
        told |= {name: "" for name, values in known.items() if told[name] not in values}
        return cls(**told | {"q": told["q"].replace("\x00", "")[:LONGEST].strip()})

    @cached_property
    def query(self) -> str:
        """The same as an address has it; empty where nothing is filtered."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def apply(self, member: User) -> JobQuerySet:
        """Give those of the member's jobs that are asked for, newest first; of a grid the first cell among them."""
        found = self._narrow(Job.objects.saying(self.q, member))
        # Cells of one grid have one member; to name that here too would lead SQLite through all their older jobs.
        return found.one_of_each_group(self._narrow(Job.objects.all()))

    def _narrow(self, jobs: JobQuerySet) -> JobQuerySet:
        states = STATES[self.state][1] if self.state else ()
        return jobs.narrowed(states=states, engine=self.engine, mode=self.mode, since=self._first_moment())

    def _first_moment(self) -> datetime | None:
        if not self.since:
            return None
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return today - timedelta(days=DAYS[self.since][1])

    def choices(self, engines: Sequence[tuple[str, str]]) -> list[dict[str, object]]:
        """Give the menus of the page, each with its values and words."""
        menus: list[tuple[str, str | Promise, str | Promise, Sequence[tuple[str, str | Promise]]]] = [
            ("state", _("State"), _("Any state"), [(name, words) for name, (words, _states) in STATES.items()]),
            ("engine", _("Engine"), _("Any engine"), engines if len(engines) > 1 else []),
            ("mode", _("Mode"), _("Any mode"), MODES),
            ("since", _("Date"), _("Any time"), [(name, words) for name, (words, _days) in DAYS.items()]),
        ]
        return [
            {"name": name, "label": label, "any": words, "values": values, "chosen": getattr(self, name)}
            for name, label, words, values in menus
            if values
        ]
