"""Whether rows and books agree: every credit, every reservation, every slot, every byte."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Sum

from accounts.models import CreditEntry
from accounts.services import credits as ledger
from generation.models import Attempt, Image, Share
from generation.services.kept import wrong_counts

Status = Image.Status
CLOSED_BY = {
    Status.SUCCEEDED: CreditEntry.Kind.SETTLE,
    Status.FAILED: CreditEntry.Kind.RELEASE,
    Status.CANCELLED: CreditEntry.Kind.RELEASE,
}


def audit() -> list[str]:
    """Name everything that does not add up; an empty list means that all is well. Work may go on meanwhile."""
    with transaction.atomic():
        if connection.vendor == "postgresql":  # all questions must see the same moment, as they do on SQLite
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return [
            *ledger.audit(),
            *_wrong_reservations(),
            *_wrong_closings(),
            *_wrong_leases(),
            *_wrong_shares(),
            *wrong_counts(),
        ]


def _wrong_reservations() -> Iterator[str]:
    """What a reservation holds is the price of its images that wait or run: none is closed early or outlives them."""
    held = {entry.pk: entry.held for entry in ledger.open_reservations()}  # type: ignore[attr-defined]  # annotated there
    active = Image.objects.active().order_by().values_list("reservation").annotate(Sum("price"))
    needed = {reservation: price for reservation, price in active if price}
    for entry in sorted(held.keys() | needed.keys()):
        if held.get(entry, 0) != needed.get(entry, 0):
            holds, need = held.get(entry, 0), needed.get(entry, 0)
            yield f"entry {entry}: {holds} credits are held for images that wait or run at a price of {need}"


def _wrong_closings() -> Iterator[str]:
    """A finished image is paid for, one that failed or was cancelled is not; each is closed."""
    for status, kind in CLOSED_BY.items():
        closing = CreditEntry.objects.filter(kind=kind, reservation=OuterRef("reservation"), image=OuterRef("pk"))
        for image in Image.objects.filter(~Exists(closing), status=status).order_by("pk"):
            yield f"image {image.pk}: {status}, but entry {image.reservation} has no “{kind}” for it"


def _wrong_leases() -> Iterator[str]:
    """An image runs exactly while the attempt that leases it is open."""
    open_attempt = Attempt.objects.filter(pk=OuterRef("lease"), image=OuterRef("pk"), outcome="")
    for image in Image.objects.filter(~Exists(open_attempt), status=Status.RUNNING).order_by("pk"):
        yield f"image {image.pk}: running without an open attempt"
    leased = Image.objects.filter(status=Status.RUNNING, lease=OuterRef("pk"))
    for attempt in Attempt.objects.filter(~Exists(leased), outcome="").order_by("pk"):
        yield f"attempt {attempt.pk}: open, but its image does not run on it"


def _wrong_shares() -> Iterator[str]:
    """A share counts the attempts that hold slots."""
    held = Attempt.objects.filter(holds_slot=True).order_by().values_list("lane", "member").annotate(Count("pk"))
    slots = Counter({(lane, member): count for lane, member, count in held})
    counted = Counter({(share.lane_id, share.member_id): share.running for share in Share.objects.all()})
    for lane, member in sorted(slots.keys() | counted.keys()):
        if slots[lane, member] != counted[lane, member]:
            counts = f"{counted[lane, member]} running counted, {slots[lane, member]} slots held"
            yield f"share of member {member} in lane {lane}: {counts}"
