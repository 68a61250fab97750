"""The ledger: every credit that moves leaves a line, and a wallet is always the sum of its lines.

What takes part in a larger change (`reserve`, `close_all`) runs in the caller's transaction, and
the wallet is the last row locked there (Job → Image → Share → Wallet).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.exceptions import InsufficientCredits
from accounts.models import CreditEntry, User, Wallet
from accounts.services.plans import entitlements_of

Kind = CreditEntry.Kind
MONTHLY = gettext_noop("Monthly credits")  # notes are stored in English and translated when they are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """One image's part of a reservation, to be settled or released; the price in credits."""

    reservation: int
    member: int
    image: UUID
    price: int


# --- Credits that come ---------------------------------------------------------------------------------------


def wallet_of(member: User) -> Wallet:
    """Give the member's wallet with this month's credits in it, whether or not the schedule has run."""
    promised = entitlements_of(member).monthly_credits
    wallet = Wallet.objects.filter(pk=member.pk).first()
    if wallet and wallet.granted_month == _this_month() and wallet.granted >= promised:
        return wallet
    grant_monthly(member)
    return Wallet.objects.get(pk=member.pk)


@transaction.atomic
def grant_monthly(member: User) -> CreditEntry | None:
    """Top the wallet up to the plan's monthly credits, once in a calendar month.

    Unused credits do not pile up, and bought or given ones are never taken: a wallet that already holds
    more than the plan gives gets nothing. A better plan in the middle of a month brings the difference.
    """
    month, promised = _this_month(), entitlements_of(member).monthly_credits
    Wallet.objects.get_or_create(member=member)
    wallet = Wallet.objects.select_for_update().get(pk=member.pk)
    given = wallet.granted if wallet.granted_month == month else 0
    if wallet.granted_month == month and promised <= given:
        return None
    Wallet.objects.filter(pk=member.pk).update(granted_month=month, granted=promised)
    amount = promised - max(given, wallet.balance)
    return _enter(member.pk, Kind.GRANT, amount, note=MONTHLY) if amount > 0 else None


def grant_all_monthly() -> int:
    """Grant every active member's monthly credits, each in a transaction of its own; tells how many were due."""
    members = User.objects.filter(is_active=True).exclude(wallet__granted_month=_this_month())
    return sum(1 for member in members.select_related("plan").iterator(500) if grant_monthly(member))


@transaction.atomic
def grant(member: User, amount: int, note: str = "") -> CreditEntry:
    """Add credits that were bought or given."""
    wallet_of(member)
    return _enter(member.pk, Kind.GRANT, amount, note=note)


@transaction.atomic
def adjust(member: User, amount: int, note: str) -> CreditEntry:
    """Correct a wallet up or down; raises InsufficientCredits when it would fall below zero."""
    wallet_of(member)
    return _enter(member.pk, Kind.ADJUST, amount, note=note)


# --- Credits that are held, spent and given back -------------------------------------------------------------


def reserve(member_id: int, *, amount: int, job: UUID, note: str = "") -> CreditEntry:
    """Hold the price of a job's images; raises InsufficientCredits."""
    try:
        return _enter(member_id, Kind.RESERVE, -amount, job=job, note=note)
    except InsufficientCredits:
        if not grant_monthly(User.objects.select_related("plan").get(pk=member_id)):
            raise
        return _enter(member_id, Kind.RESERVE, -amount, job=job, note=note)


@transaction.atomic(savepoint=False)
def close_all(*, settled: Iterable[Closing] = (), released: Iterable[Closing] = ()) -> int:
    """Spend what the settled images held and give back what the released ones did; tells how many were still open.

    Each counts once, however often and by however many it is asked.
    """
    asked = {(closing.reservation, closing.image): (Kind.SETTLE, closing) for closing in settled}
    asked |= {(closing.reservation, closing.image): (Kind.RELEASE, closing) for closing in released}
    # 1. The wallets, in order: from here on nobody else closes anything of these members.
    members = sorted({closing.member for _kind, closing in asked.values()})
    list(Wallet.objects.select_for_update().filter(pk__in=members).order_by("pk").values_list("pk"))
    # 2. What somebody closed before stays as it was closed.
    reservations = {reservation for reservation, _image in asked}
    closed = CreditEntry.objects.filter(reservation__in=reservations).order_by()
    done = set(closed.values_list("reservation", "image"))
    still_open = [kind_and_closing for key, kind_and_closing in asked.items() if key not in done]
    # 3. The lines and their sum.
    CreditEntry.objects.bulk_create(_closing_entry(kind, closing) for kind, closing in still_open)
    back: Counter[int] = Counter()
    for kind, closing in still_open:
        back[closing.member] += closing.price if kind is Kind.RELEASE else 0
    for member in sorted(+back):
        Wallet.objects.filter(pk=member).update(balance=F("balance") + back[member])
    return len(still_open)


def _closing_entry(kind: Kind, closing: Closing) -> CreditEntry:
    return CreditEntry(
        member_id=closing.member,
        kind=kind,
        amount=closing.price if kind is Kind.RELEASE else 0,
        price=closing.price,
        reservation_id=closing.reservation,
        image=closing.image,
    )


def _enter(member_id: int, kind: Kind, amount: int, *, job: UUID | None = None, note: str = "") -> CreditEntry:
    """Move the wallet, if it holds enough, and write the line."""
    if not Wallet.objects.filter(pk=member_id, balance__gte=-amount).update(balance=F("balance") + amount):
        balance = Wallet.objects.filter(pk=member_id).values_list("balance", flat=True).first() or 0
        facts = {"price": -amount, "balance": balance}
        raise InsufficientCredits(_("This takes %(price)d credits; %(balance)d are left.") % facts)
    return CreditEntry.objects.create(member_id=member_id, kind=kind, amount=amount, job=job, note=note)


# --- Reading the books ---------------------------------------------------------------------------------------


def spent_this_month(member: User) -> int:
    """Credits spent on finished pictures since the first of this month."""
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    settled = CreditEntry.objects.filter(member=member, kind=Kind.SETTLE, created_at__gte=first)
    total: int = settled.aggregate(total=Coalesce(Sum("price"), 0))["total"]
    return total


def open_reservations() -> QuerySet[CreditEntry]:
    """Reservations that still hold credits, with `held`: how many."""
    closed = Coalesce(Sum("closings__price"), 0)
    return CreditEntry.objects.filter(kind=Kind.RESERVE).annotate(held=-F("amount") - closed).filter(held__gt=0)


def audit() -> list[str]:
    """Name everything in the books that does not add up; an empty list means every credit is accounted for."""
    return [*_wrong_wallets(), *_wrong_closings(), *_closed_beyond_their_price()]


def _wrong_wallets() -> Iterable[str]:
    total, balance = Coalesce(Sum("credit_entries__amount"), 0), Coalesce(F("wallet__balance"), 0)
    members = User.objects.annotate(total=total, held=balance).exclude(total=F("held"))
    for pk, held, entries in members.values_list("pk", "held", "total"):
        yield f"member {pk}: the wallet holds {held}, the entries add up to {entries}"


def _wrong_closings() -> Iterable[str]:
    of_a_reservation = Q(reservation__kind=Kind.RESERVE, reservation__member=F("member"), image__isnull=False)
    right_amount = Q(kind=Kind.SETTLE, amount=0) | Q(kind=Kind.RELEASE, amount=F("price"))
    closings = CreditEntry.objects.filter(Q(kind__in=[Kind.SETTLE, Kind.RELEASE]) | Q(reservation__isnull=False))
    right = closings.filter(of_a_reservation & right_amount).values("pk")
    for pk, kind in closings.exclude(pk__in=right).values_list("pk", "kind"):
        yield f"entry {pk}: this {kind} does not fit a reservation"


def _closed_beyond_their_price() -> Iterable[str]:
    closed = CreditEntry.objects.filter(kind=Kind.RESERVE).annotate(closed=Coalesce(Sum("closings__price"), 0))
    for pk, amount, total in closed.filter(closed__gt=-F("amount")).values_list("pk", "amount", "closed"):
        yield f"entry {pk}: {-amount} reserved, {total} closed"


def _this_month() -> str:
    return f"{timezone.localdate():%Y-%m}"
