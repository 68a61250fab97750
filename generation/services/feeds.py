"""What changed for a member since they last looked."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation

from generation.models import Feed, GoneJob, Job
from generation.services.changes import MOST_CHANGES
from generation.services.representation import represent_jobs


def current_seq(member: int) -> int:
    """Give the seq of the member's last change."""
    return Feed.objects.filter(member=member).values_list("seq", flat=True).first() or 0


def changes_since(member: int, seq: int, language: str = "") -> Iterator[dict[str, Any]]:
    """Give the messages that bring a client from `seq` up to date, in order: job, gone, or one reset; then live.

    Each changed job comes once, as it is now, so their seqs may have gaps; after `live` all is known.
    """
    current = current_seq(member)
    changed = list(Job.objects.filter(member=member).changed_since(seq).with_images()[: MOST_CHANGES + 1])
    gone = list(GoneJob.objects.filter(member=member, seq__gt=seq).order_by("seq")[: MOST_CHANGES + 1])
    if len(changed) + len(gone) > MOST_CHANGES or seq > current:
        yield {"type": "reset", "seq": current}
    else:
        with translation.override(language or translation.get_language()):
            represented = represent_jobs(changed)
        messages = [{"type": "job", "seq": job["seq"], "job": job} for job in represented]
        messages += [{"type": "gone", "seq": note.seq, "job": str(note.job)} for note in gone]
        yield from sorted(messages, key=lambda message: message["seq"])
    yield {"type": "live", "seq": current}
