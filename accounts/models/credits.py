"""Wallets and the ledger behind them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.members import User


class Wallet(models.Model):
    """A member's credits that are free to spend: always the sum of their entries."""

    member = models.OneToOneField(
        User, verbose_name=_("member"), on_delete=models.CASCADE, primary_key=True, related_name="wallet"
    )
    balance = models.PositiveIntegerField(_("credits"), default=0)
    granted_month = models.CharField(_("last monthly grant"), max_length=7, blank=True)  # "2026-11"
    granted = models.PositiveIntegerField(_("credits of that month"), default=0)  # what the plan promised then

    class Meta:
        verbose_name = _("wallet")
        verbose_name_plural = _("wallets")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(balance__gte=0), name="wallet_never_negative")
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.balance}"


class CreditEntryQuerySet(models.QuerySet["CreditEntry"]):
    """Reads of the ledger."""

    def visible_to(self, member: User) -> CreditEntryQuerySet:
        """Lines this member may see: their own."""
        return self.filter(member=member)

    def that_moved(self) -> CreditEntryQuerySet:
        """Lines that changed the wallet; settling only says that what was held is spent."""
        return self.exclude(amount=0)


class CreditEntry(models.Model):
    """One line of the ledger; never changed, never deleted while the member exists.

    A `reserve` takes the price of a job's images; each image closes its part once, by `settle`
    (amount 0, the price stays spent) or by `release` (the price comes back).
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("credits added")
        RESERVE = "reserve", _("held for a task")
        RELEASE = "release", _("returned: no picture made")
        SETTLE = "settle", _("spent on a picture")
        REFUND = "refund", _("refunded")
        EXPIRE = "expire", _("expired")
        ADJUST = "adjust", _("changed by an admin")

    member = models.ForeignKey(User, verbose_name=_("member"), on_delete=models.CASCADE, related_name="credit_entries")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    amount = models.IntegerField(_("amount"))
    price = models.PositiveIntegerField(_("price"), default=0)  # what a settle or release closes
    reservation = models.ForeignKey(
        "self", verbose_name=_("reservation"), on_delete=models.CASCADE, null=True, blank=True, related_name="closings"
    )
    job = models.UUIDField(_("task"), null=True, blank=True, db_index=True)
    image = models.UUIDField(_("image"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = CreditEntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("credit entry")
        verbose_name_plural = _("credit entries")
        indexes: ClassVar = [models.Index(fields=["member", "-created_at", "-id"], name="ledger_of_member")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reservation", "image"],
                condition=models.Q(reservation__isnull=False),
                name="one_closing_per_image",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount:+d}"
