"""How many bytes of pictures a member keeps: a counter, moved with what it counts, so that no submit adds them up.

It stands on the member's `Feed`, the last row that any of these changes locks (docs/architecture.md, Locks).
"""

from collections.abc import Iterator, Mapping

from django.db.models import F, Sum
from django.db.models.functions import Greatest

from accounts.models import User
from generation.models import Feed, Image, Upload


def bytes_kept(member: User) -> int:
    """Give the bytes of all pictures a member keeps."""
    return Feed.objects.filter(member=member).values_list("stored_bytes", flat=True).first() or 0


def move_bytes(change: Mapping[int, int]) -> None:
    """Count bytes that came (+) or went (−) for each member, in the caller's transaction just before its feeds move.

    Give every member whose feed moves then, with 0 where nothing is counted: it is here that their feeds are locked,
    in order.
    """
    for member, count in sorted(change.items()):
        # Never below nothing: a counter that is wrong is for the audit, and no reason to keep a picture.
        Feed.objects.filter(member=member).update(stored_bytes=Greatest(F("stored_bytes") + count, 0))


def wrong_counts() -> Iterator[str]:
    """Name every counter that differs from what it counts."""
    kept: dict[int, int] = {}
    for model in (Image, Upload):
        for member, total in model.objects.order_by().values_list("member").annotate(total=Sum("bytes")):
            kept[member] = kept.get(member, 0) + (total or 0)
    counted = dict(Feed.objects.values_list("member", "stored_bytes"))
    for member in sorted(kept.keys() | counted.keys()):
        if kept.get(member, 0) != counted.get(member, 0):
            yield f"member {member}: {counted.get(member, 0)} bytes counted, {kept.get(member, 0)} bytes kept"
