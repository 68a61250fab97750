"""Members."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.services import members
from accounts.services.plans import default_plan
from imagegen.events import publish_session_ended


class NewMemberForm(AdminUserCreationForm):  # type: ignore[type-arg]  # generic for type checkers alone
    """Who the new member is."""

    class Meta:
        model = User
        fields = ("email", "plan")
        field_classes: ClassVar = {"email": forms.EmailField}


@admin.register(User)
class MemberAdmin(UserAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """Members; they are deactivated, not deleted, for their pictures and their books would go with them."""

    list_display = (
        "email",
        "plan",
        "credits",
        "tasks",
        "joined",
        "last_seen",
        "suspended",
        "is_staff",
    )
    list_filter = ("plan", "is_active", ("suspended_at", admin.EmptyFieldListFilter), "is_staff", "date_joined")
    list_select_related = ("plan", "wallet")
    search_fields = ("email", "name")
    ordering = ("-date_joined",)
    date_hierarchy = "date_joined"
    actions = ("suspend", "unsuspend", "remove_second_factors")
    filter_horizontal = ()
    add_form = NewMemberForm
    add_fieldsets = ((None, {"fields": ("email", "plan", "usable_password", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Plan and credits"), {"fields": ("plan", "credits", "tasks")}),
        (_("Standing"), {"fields": ("is_active", "suspended_at", "is_staff")}),
        (_("Preferences"), {"fields": ("language", "theme", "mail_when_finished")}),
        (_("Where an engine refuses or is down"), {"fields": ("simplify_refused", "accept_fallback")}),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )
    readonly_fields = ("credits", "tasks", "suspended_at", "date_joined", "last_login")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Count the tasks in the same query, without joining them."""
        own = User.objects.filter(pk=OuterRef("pk")).values("pk").annotate(number=Count("jobs")).values("number")
        found: QuerySet[User] = super().get_queryset(request)
        return found.annotate(task_count=Subquery(own, output_field=IntegerField()))

    @admin.display(description=_("credits"), ordering="wallet__balance")
    def credits(self, member: User) -> SafeString | str:
        """Link to the member's wallet."""
        if not hasattr(member, "wallet"):
            return "–"
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:accounts_wallet_change", args=[member.pk]), member.wallet.balance
        )

    @admin.display(description=_("joined"), ordering="date_joined")
    def joined(self, member: User) -> str:
        """Show the day alone, so that all columns fit."""
        return _day(member.date_joined)

    @admin.display(description=_("last login"), ordering="last_login")
    def last_seen(self, member: User) -> str:
        """Show the day alone."""
        return _day(member.last_login)

    @admin.display(description=_("suspended"), ordering="suspended_at")
    def suspended(self, member: User) -> str:
        """Show the day, for those who may look and not make pictures."""
        return _day(member.suspended_at)

    @admin.display(description=_("tasks"), ordering="task_count")
    def tasks(self, member: User) -> SafeString:
        """Link to the member's tasks."""
        address = reverse("admin:generation_job_changelist")
        count = getattr(member, "task_count", 0)
        return format_html('<a href="{}?member__id__exact={}">{}</a>', address, member.pk, count)

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

    @admin.action(description=_("Remove passkeys, app and recovery codes: for somebody who lost them"))
    def remove_second_factors(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Let these members in by their password alone, until they set up a second proof again."""
        count = sum(members.remove_second_factors(member) > 0 for member in chosen)
        words = ngettext("%d member logs in by password alone.", "%d members log in by password alone.", count)
        self.message_user(request, words % count)

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


def _day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "Y-m-d") if moment else "–"
