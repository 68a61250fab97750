"""Wallets and the ledger."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.read_only import ReadOnlyAdmin
from accounts.models import CreditEntry, Wallet
from accounts.services import credits as ledger


class AdjustForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for type checkers alone
    """A correction of a wallet: a line in its ledger with a reason, never a changed balance."""

    amount = forms.IntegerField(label=_("credits to add or take"), help_text=_("For example 100 or -100."))
    note = forms.CharField(label=_("reason"), max_length=200, help_text=_("The member sees this."))

    class Meta:
        model = Wallet
        fields: tuple[str, ...] = ()

    def clean_amount(self) -> int:
        """Refuse to take more than there is."""
        amount: int = self.cleaned_data["amount"]
        if self.instance.balance + amount < 0:
            raise forms.ValidationError(_("There are only %(left)d credits.") % {"left": self.instance.balance})
        return amount


@admin.register(Wallet)
class WalletAdmin(ReadOnlyAdmin):
    """Balances, and the one way to correct them."""

    form = AdjustForm
    list_display = ("member", "balance", "granted_month", "granted")
    list_select_related = ("member",)
    search_fields = ("member__email",)
    readonly_fields = ("member", "balance", "entries", "granted_month", "granted")
    fieldsets = (
        (None, {"fields": ("member", "balance", "entries", "granted_month", "granted")}),
        (_("Adjust"), {"fields": ("amount", "note")}),
    )

    @admin.display(description=_("ledger"))
    def entries(self, wallet: Wallet) -> SafeString:
        """Link to the lines that add up to the balance."""
        address = reverse("admin:accounts_creditentry_changelist")
        return format_html('<a href="{}?member__id__exact={}">{}</a>', address, wallet.pk, _("show every line"))

    def save_model(self, request: HttpRequest, obj: Wallet, form: "forms.ModelForm[Wallet]", change: bool) -> None:
        """Write the correction into the ledger."""
        ledger.adjust(obj.member, form.cleaned_data["amount"], form.cleaned_data["note"])


@admin.register(CreditEntry)
class CreditEntryAdmin(ReadOnlyAdmin):
    """The ledger."""

    list_display = ("created_at", "member", "kind", "amount", "price", "note", "job")
    list_filter = ("kind", "created_at")
    list_select_related = ("member",)
    search_fields = ("member__email", "note", "job")
    date_hierarchy = "created_at"
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow the wallet's link to its own lines."""
        return lookup == "member__id__exact" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False
