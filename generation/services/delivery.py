"""How a picture leaves: as it is stored, or with the visible mark of its member's plan."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from accounts.models import SiteSettings, User
from accounts.services.plans import entitlements_of
from generation import storage
from generation.models import Image, Upload
from generation.processing.pictures import smaller
from generation.processing.visible_mark import is_marked, marked
from generation.services.credentials import carried_over

Variant = Literal["file", "display", "medium", "thumbnail"]
WORDS = "Made with imagegen"  # until an admin says something else
LONGEST = {"display": 1024, "medium": 640, "thumbnail": 320}  # pixels a side, see `processing/pictures.py: render`
NAMES: dict[Variant, Callable[[str], str]] = {
    "file": str, "display": storage.display_name, "medium": storage.medium_name, "thumbnail": storage.thumbnail_name,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """The words of the mark, and since when they are so: a marked copy that is older is made anew."""

    words: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A stored file on its way out; with a mark, a marked copy of it.

    Copies, and what is made from a `larger` file, are made when they are first asked for.
    """

    file_name: str
    mark: Mark | None = None
    larger: str = ""

    @property
    def version(self) -> str:
        """Another one for other bytes."""
        return f"{self.file_name}.{self.mark.since.timestamp():.3f}" if self.mark else self.file_name

    def stored_name(self) -> str:
        """Name the file that holds what leaves. Raises FileNotFoundError where there is nothing to make it from."""
        if self.larger and not storage.exists(self.file_name):
            storage.write_whole(self.file_name, smaller(storage.read(self.larger), LONGEST["medium"]))
        if self.mark is None:
            return self.file_name
        name = storage.marked_name(self.file_name)
        if not storage.is_newer(name, self.mark.since):
            original = storage.read(self.file_name)
            copy = marked(original, self.mark.words)
            storage.write_whole(name, carried_over(original, copy, edit="visible mark"))
        return name

    def read(self) -> bytes:
        """Give the bytes. Raises FileNotFoundError."""
        return storage.read(self.stored_name())

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes piece by piece; nothing is done before the first is asked for. Raises FileNotFoundError."""
        yield from storage.chunks(self.stored_name())


def mark_of(member: User) -> Mark | None:
    """Give the mark that this member's pictures bear now; None where their plan has none."""
    if not entitlements_of(member).visible_mark:
        return None
    site = SiteSettings.objects.first() or SiteSettings()
    return Mark(site.mark_text or WORDS, site.mark_changed_at or datetime.fromtimestamp(0, UTC))


def deliver(picture: Image | Upload, mark: Mark | None, variant: Variant = "file") -> Delivery:
    """Give one variant of a stored picture; what members brought themselves, and what is too small, has no mark."""
    if not picture.file_name:
        return Delivery("")
    width, height = picture.width or 0, picture.height or 0
    if variant == "medium" and max(width, height) <= LONGEST["medium"]:
        variant = "display"  # the same pixels
    factor = min(1.0, LONGEST.get(variant, 1 << 20) / max(width, height, 1))
    if isinstance(picture, Upload) or not is_marked(round(width * factor), round(height * factor)):
        mark = None
    larger = storage.display_name(picture.file_name) if variant == "medium" else ""
    return Delivery(NAMES[variant](picture.file_name), mark, larger)
