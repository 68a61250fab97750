"""Which pictures the gallery shows: all, or those that its address asks for."""

from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from generation.models import Collection
from generation.models.job import MODES
from generation.services.galleries import Wanted
from generation.views.filters import DAYS, LONGEST

SHAPE_NAMES: dict[str, str | Promise] = {"wide": _("Wide"), "square": _("Square"), "tall": _("Tall")}
YES = "1"


@dataclass(frozen=True)
class GalleryFilter:
    """The filters of the address; what is empty or unknown there is not filtered by."""

    q: str = ""
    favourites: str = ""
    collection: str = ""
    engine: str = ""
    mode: str = ""
    shape: str = ""
    since: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "GalleryFilter":
        """Read the address; a value that cannot be filters nothing."""
        told = {name: query.get(name, "") for name in cls.__dataclass_fields__}
        known: dict[str, Container[str]] = {
            "mode": dict(MODES),
            "shape": SHAPE_NAMES,
            "since": DAYS,
            "favourites": (YES,),
        }
        told |= {name: "" for name, values in known.items() if told[name] not in values}
        told["collection"] = _id(told["collection"])
        told["engine"] = told["engine"].replace("\x00", "")
        return cls(**told | {"q": told["q"].replace("\x00", "")[:LONGEST].strip()})

    @cached_property
    def query(self) -> str:
        """The same as an address has it; empty where nothing is filtered."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @cached_property
    def wanted(self) -> Wanted:
        """The same as a question to the rows."""
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return Wanted(
            words=self.q,
            engine=self.engine,
            mode=self.mode,
            shape=self.shape,
            since=today - timedelta(days=DAYS[self.since][1]) if self.since else None,
            favourites=bool(self.favourites),
            collection=UUID(self.collection) if self.collection else None,
        )

    def choices(self, engines: Sequence[tuple[str, str]], collections: Sequence[Collection]) -> list[dict[str, object]]:
        """Give the menus of the page, each with its values and words."""
        menus: list[tuple[str, str | Promise, str | Promise, Sequence[tuple[str, str | Promise]]]] = [
            ("collection", _("Collection"), _("Any collection"), [(str(each.pk), each.name) for each in collections]),
            ("engine", _("Engine"), _("Any engine"), engines if len(engines) > 1 else []),
            ("mode", _("Mode"), _("Any mode"), MODES),
            ("shape", _("Shape"), _("Any shape"), list(SHAPE_NAMES.items())),
            ("since", _("Date"), _("Any time"), [(name, words) for name, (words, _days) in DAYS.items()]),
        ]
        return [
            {"name": name, "label": label, "any": words, "values": values, "chosen": getattr(self, name)}
            for name, label, words, values in menus
            if values
        ]


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
