"""Tasks, their pictures, every try at one, and what members brought."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.exceptions import Refusal
from generation.admin.look_only import LookOnlyAdmin, LookOnlyInline
from generation.models import Attempt, Image, Job, Upload
from generation.services import jobs
from generation.services.messages import NAMES, error_message, error_name


class ErrorFilter(admin.SimpleListFilter):
    """Why pictures failed; the codes are known, so no table is read through for them."""

    title = _("error")
    parameter_name = "error_code"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """Give the codes under their names, as the column shows them."""
        return [(code, str(name)) for code, name in NAMES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow to one code."""
        return queryset.filter(error_code=self.value()) if self.value() else queryset


class ErrorColumn:
    """What went wrong, in a few words."""

    @admin.display(description=_("error"), ordering="error_code")
    def error(self, row: Image | Attempt) -> str:
        """Name it."""
        return error_name(row.error_code)


class ImageInline(ErrorColumn, LookOnlyInline):
    """The pictures of a task."""

    model = Image
    fields = ("index", "status", "error", "attempts", "seed", "price", "started_at", "finished_at", "file_name")
    readonly_fields = fields
    ordering = ("index",)


@admin.register(Job)
class JobAdmin(LookOnlyAdmin):
    """Tasks; they are cancelled and made again by the services that members use."""

    list_display = ("task", "member", "status", "mode", "engine", "pictures", "words", "created_at")
    list_filter = ("status", "mode", "engine", "created_at")
    list_select_related = ("member", "engine")
    search_fields = ("prompt", "member__email")
    ordering = ("-id",)
    inlines = (ImageInline,)
    actions = ("cancel", "retry")
    fieldsets = (
        (None, {"fields": ("number", "member", "status", "mode", "engine", "prompt", "negative_prompt")}),
        (_("Picture"), {"fields": ("count", "width", "height", "style", "title", "reference", "mask")}),
        (_("Settings"), {"fields": ("model", "sampler", "seed", "steps", "guidance", "strength")}),
        (_("Times"), {"fields": ("created_at", "started_at", "finished_at", "seq")}),
        (_("Accepted with"), {"classes": ("collapse",), "fields": ("entitlements", "idempotency_key")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """Fetch the pictures of all rows at once."""
        found: QuerySet[Job] = super().get_queryset(request)
        return found.prefetch_related("images")

    @admin.display(description=_("task"), ordering="number")
    def task(self, job: Job) -> str:
        """Name a task as its member sees it."""
        return str(job)

    @admin.display(description=_("pictures"))
    def pictures(self, job: Job) -> str:
        """Count the pictures that are there."""
        return f"{sum(image.status == Image.Status.SUCCEEDED for image in job.results)} / {job.count}"

    @admin.display(description=_("prompt"))
    def words(self, job: Job) -> str:
        """Show the first words."""
        return job.prompt if len(job.prompt) <= 60 else f"{job.prompt[:59]}…"

    @admin.action(description=_("Cancel"), permissions=["view"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Stop what waits or runs."""
        self._each(request, chosen, jobs.cancel_job)

    @admin.action(description=_("Make again what failed, at the member's cost"), permissions=["view"])
    def retry(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        """Make failed pictures again."""
        self._each(request, chosen.select_related("member__plan"), jobs.retry_job)

    def _each(self, request: HttpRequest, chosen: QuerySet[Job], act: Callable[[Job], object]) -> None:
        """Act on each task by itself, and tell of those that refuse."""
        done = 0
        for job in chosen:
            try:
                act(job)
                done += 1
            except Refusal as refusal:
                self.message_user(request, f"{job.member} {job}: {refusal.detail}", messages.WARNING)
        self.message_user(request, ngettext("%d task changed.", "%d tasks changed.", done) % done)


class AttemptInline(ErrorColumn, LookOnlyInline):
    """The tries at a picture."""

    model = Attempt
    fields = ("started_at", "ended_at", "outcome", "error", "detail", "holds_slot", "drain")
    readonly_fields = fields


@admin.register(Image)
class ImageAdmin(ErrorColumn, LookOnlyAdmin):
    """Pictures: the unit of scheduling. What they show is their members' affair."""

    list_display = ("id", "task", "member", "status", "lane", "attempts", "error", "created_at", "finished_at")
    list_filter = ("status", "lane", ErrorFilter)
    list_select_related = ("job", "member", "lane")
    search_fields = ("member__email", "job__prompt", "file_name")
    ordering = ("-id",)
    inlines = (AttemptInline,)
    readonly_fields = ("task", "says")
    fieldsets = (
        (None, {"fields": ("task", "index", "member", "lane", "status", "error_code", "says")}),
        (_("Picture"), {"fields": ("file_name", "format", "width", "height", "bytes", "seed", "facts")}),
        (
            _("Queue"),
            {"fields": ("rank", "lease", "attempts", "not_before", "cancel_requested_at", "expected_seconds")},
        ),
        (_("Credits"), {"fields": ("price", "reservation")}),
        (_("Times"), {"fields": ("created_at", "started_at", "finished_at")}),
    )

    @admin.display(description=_("task"))
    def task(self, image: Image) -> SafeString:
        """Link to the task."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:generation_job_change", args=[image.job_id]), image.job
        )

    @admin.display(description=_("what the member reads"))
    def says(self, image: Image) -> str:
        """Show our sentence for the error."""
        return error_message(image.error_code) if image.error_code else "–"


@admin.register(Attempt)
class AttemptAdmin(ErrorColumn, LookOnlyAdmin):
    """Tries at pictures: who ran them, how they ended, and what the engine really said."""

    list_display = ("started_at", "lane", "member", "outcome", "error", "seconds", "holds_slot", "drain")
    list_filter = ("outcome", "holds_slot", "lane", ErrorFilter)
    list_select_related = ("lane", "member")
    search_fields = ("member__email", "drain", "detail", "file_name")
    ordering = ("-id",)

    @admin.display(description=_("seconds"))
    def seconds(self, attempt: Attempt) -> float | None:
        """Tell how long it took."""
        return round((attempt.ended_at - attempt.started_at).total_seconds(), 2) if attempt.ended_at else None


@admin.register(Upload)
class UploadAdmin(LookOnlyAdmin):
    """Pictures that members brought."""

    list_display = ("created_at", "member", "width", "height", "bytes", "file_name")
    list_select_related = ("member",)
    search_fields = ("member__email", "file_name")
    ordering = ("-id",)
