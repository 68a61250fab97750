"""Members, plans, credits and tokens, for admins."""

from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import ApiToken, CreditEntry, Plan, User, Wallet
from accounts.services import credits as ledger
from accounts.services import members, tokens
from accounts.services.plans import default_plan
from imagegen.events import publish_session_ended

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one door, one rate limit
admin.site.unregister(Group)  # an admin may do everything; there is nothing to group


class NewMemberForm(AdminUserCreationForm):  # type: ignore[type-arg]  # generic for type checkers alone
    """Who the new member is."""

    class Meta:
        model = User
        fields = ("email", "plan")
        field_classes: ClassVar = {"email": forms.EmailField}


@admin.register(User)
class MemberAdmin(UserAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """Members; they are deactivated, not deleted, for their pictures and their books would go with them."""

    list_display = ("email", "plan", "credits", "date_joined", "is_active", "suspended", "is_staff")
    list_filter = ("plan", "is_active", ("suspended_at", admin.EmptyFieldListFilter), "is_staff", "date_joined")
    list_select_related = ("plan", "wallet")
    search_fields = ("email", "name")
    ordering = ("-date_joined",)
    date_hierarchy = "date_joined"
    actions = ("suspend", "unsuspend")
    filter_horizontal = ()
    add_form = NewMemberForm
    add_fieldsets = ((None, {"fields": ("email", "plan", "usable_password", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Plan and credits"), {"fields": ("plan", "credits")}),
        (_("Standing"), {"fields": ("is_active", "suspended_at", "is_staff")}),
        (_("Preferences"), {"fields": ("language", "theme")}),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )
    readonly_fields = ("credits", "suspended_at", "date_joined", "last_login")

    @admin.display(description=_("credits"), ordering="wallet__balance")
    def credits(self, member: User) -> SafeString | str:
        """Link to the member's wallet."""
        if not hasattr(member, "wallet"):
            return "–"
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:accounts_wallet_change", args=[member.pk]), member.wallet.balance
        )

    @admin.display(description=_("suspended"), boolean=True, ordering="suspended_at")
    def suspended(self, member: User) -> bool:
        """Tell whether the member is held back."""
        return member.suspended_at is not None

    @admin.action(description=_("Suspend: may look, may not make pictures"))
    def suspend(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Hold these members back."""
        count = sum(members.suspend(member) for member in chosen)
        self.message_user(request, ngettext("%d member suspended.", "%d members suspended.", count) % count)

    @admin.action(description=_("Let suspended members make pictures again"))
    def unsuspend(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Let these members go on."""
        count = sum(members.unsuspend(member) for member in chosen)
        self.message_user(request, ngettext("%d member may go on.", "%d members may go on.", count) % count)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Keep the e-mail: members change it themselves, with a proof that it is theirs."""
        return (*self.readonly_fields, "email") if obj else self.readonly_fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Suggest the plan of new members."""
        return {"plan": default_plan()}

    def save_model(self, request: HttpRequest, obj: User, form: "forms.ModelForm[User]", change: bool) -> None:
        """Take the steps that every other door takes."""
        obj.is_superuser = obj.is_staff
        if not change:
            members.enrol(obj, email_proven=True)
            return
        super().save_model(request, obj, form, change)
        if "plan" in form.changed_data:
            members.change_plan(obj, form.cleaned_data["plan"])
        if "is_active" in form.changed_data:
            publish_session_ended(obj.pk)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody."""
        return False


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """What members may do; a changed number counts from the next task on."""

    list_display = ("name", "slug", "default", "order", "monthly_credits", "images_per_job", "running_images", "weight")
    list_editable = ("order", "monthly_credits", "images_per_job", "running_images", "weight")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "description", "order", "default")}),
        (_("What members may use"), {"fields": ("modes", "parameters", "operations", "own_engine_keys")}),
        (_("How large"), {"fields": ("max_side", "max_pixels")}),
        (_("How many"), {"fields": ("images_per_job", "running_images", "waiting_images", "weight", "batch_rows")}),
        (_("Credits"), {"fields": ("monthly_credits",)}),
        (_("Pictures"), {"fields": ("visible_mark", "retention_days", "storage_bytes")}),
    )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Plan | None = None) -> dict[str, Any]:
        """Suggest a short name for a new plan."""
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Plan | None = None) -> tuple[str, ...]:
        """Keep the short name: scripts and stored tasks know a plan by it."""
        return ("slug",) if obj else ()


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """Rows that are never made, edited or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False


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


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Tokens; their secrets are nowhere."""

    list_display = ("name", "member", "prefix", "scope", "created_at", "last_used_at", "revoked_at")
    list_filter = ("scope", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("member",)
    search_fields = ("name", "member__email", "prefix")
    exclude = ("digest",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke: close these ways in"), permissions=["view"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        """Close these ways in."""
        count = sum(tokens.revoke_token(token) for token in chosen)
        self.message_user(request, ngettext("%d token revoked.", "%d tokens revoked.", count) % count)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False
