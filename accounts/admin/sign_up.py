"""How people may come in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Invitation, SiteSettings
from accounts.services import sign_up


@admin.register(SiteSettings)
class SiteSettingsAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """The one row of what admins may change while everything runs; its list leads straight to it."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseRedirect:
        """Go to the row; what the environment says is its beginning."""
        SiteSettings.objects.get_or_create(pk=1, defaults={"sign_up": settings.SIGN_UP})
        return HttpResponseRedirect(reverse("admin:accounts_sitesettings_change", args=[1]))

    def save_model(self, request: HttpRequest, obj: SiteSettings, form: Any, change: bool) -> None:
        """Note when the mark became another one."""
        if "mark_text" in form.changed_data:
            obj.mark_changed_at = timezone.now()
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: there is one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False


class NewInvitationForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for type checkers alone
    """Whom a link is for, and how long and how often it works."""

    days = forms.IntegerField(label=capfirst(_("days it is valid")), initial=7, min_value=1, max_value=365)

    class Meta:
        model = Invitation
        fields = ("note", "plan", "uses")

    def clean_uses(self) -> int:
        """Refuse a link that lets nobody in."""
        uses: int = self.cleaned_data["uses"]
        if uses < 1:
            raise forms.ValidationError(_("Allow one sign-up at least."))
        return uses


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """Links for new members; each is shown once, when it is made."""

    list_display = ("note", "plan", "used", "uses", "expires_at", "created_by", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "plan")
    list_select_related = ("plan", "created_by")
    search_fields = ("note",)
    exclude = ("digest",)
    actions = ("revoke",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask for days rather than for a moment."""
        return super().get_form(request, obj, change, **(kwargs if obj else kwargs | {"form": NewInvitationForm}))

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        """Show every fact of a link that is there."""
        made = ("note", "plan", "uses", "used", "expires_at", "created_by", "created_at", "revoked_at")
        return made if obj else ("note", "plan", "uses", "days")

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        """Make the link and show it, this once."""
        facts = form.cleaned_data | {"by": request.user}
        made, secret = sign_up.invite(**facts)
        obj.pk = made.pk
        link = request.build_absolute_uri(reverse("invitation", args=[secret]))
        words = _("Send this link; it is shown only now: %s")
        self.message_user(request, format_html(str(words).replace("%s", "<code>{}</code>"), link), messages.WARNING)

    @admin.action(description=_("Revoke: let nobody in by these links"), permissions=["view"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        """Close these ways in."""
        count = sum(sign_up.revoke_invitation(invitation) for invitation in chosen)
        self.message_user(request, ngettext("%d invitation revoked.", "%d invitations revoked.", count) % count)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody: what was sent stays as it was sent."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False
