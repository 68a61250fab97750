"""Files that nobody needs any more: written down first, so that a crash cannot leave one behind."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.utils import timezone

from generation import storage
from generation.models import Discard
from generation.services.changes import tell


def discard_files(names: Iterable[str], *, again_after: timedelta = timedelta()) -> None:
    """Delete these files after commit of the caller's transaction, and once more `again_after`, by the sweep.

    The second time is for files that a frozen worker may still write.
    """
    names = list(names)
    due = timezone.now() + again_after
    Discard.objects.bulk_create([Discard(file_name=name, due=due) for name in names], ignore_conflicts=True)
    tell(partial(_delete, names))
    tell(clear_discards)


def clear_discards() -> None:
    """Delete the discarded files that are due, then the notes of them."""
    due = Discard.objects.filter(due__lte=timezone.now())
    names = list(due.values_list("file_name", flat=True))
    _delete(names)
    due.filter(file_name__in=names).delete()


def _delete(names: list[str]) -> None:
    for name in names:
        storage.delete(name)
