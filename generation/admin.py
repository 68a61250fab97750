"""Engines, tasks, pictures and attempts, for admins."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin import ReadOnlyAdmin
from accounts.exceptions import Refusal
from generation import registry
from generation.models import Attempt, Engine, Image, Job, Share, Upload
from generation.services import jobs
from generation.services.engines import UNFIT, save_engine
from generation.services.messages import error_message

admin.site.site_header = _("imagegen administration")
admin.site.site_title = "imagegen"
admin.site.index_title = _("What runs here")


class LookOnlyAdmin(ReadOnlyAdmin):
    """Rows that the queue alone writes."""

    show_full_result_count = False  # counting a million rows is slow

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False


class LookOnlyInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for type checkers alone
    """The same, on the page of what they belong to."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False


# --- Engines ----------------------------------------------------------------------------------------------------


class EngineForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for type checkers alone
    """An engine whose settings fit its kind."""

    kind = forms.ChoiceField(label=_("kind"), choices=lambda: [(kind, kind) for kind in registry.KINDS])

    class Meta:
        model = Engine
        fields: tuple[str, ...] = ()  # the page's fieldsets name them

    def clean(self) -> dict[str, Any]:
        """Make the adapter once: what it does not take is told here, not to the first member."""
        cleaned: dict[str, Any] = super().clean() or {}
        facts = {name: cleaned.get(name) for name in ("kind", "concurrency", "settings")}
        if None not in facts.values():
            try:
                registry.create(Engine(**facts))
            except UNFIT as error:
                self.add_error("settings", _("This kind of engine does not take these settings: %s") % error)
        return cleaned


@admin.register(Engine)
class EngineAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """Places that make pictures, each with its lane: what runs there and what waits for it."""

    form = EngineForm
    list_display = ("name", "slug", "kind", "enabled", "paused", "message", "running", "waiting", "order")
    list_editable = ("message", "order")
    list_filter = ("enabled", "paused", "kind")
    search_fields = ("name", "slug", "description")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    readonly_fields = ("running", "waiting", "virtual_time")
    actions = ("pause", "resume", "close", "open")
    fieldsets = (
        (None, {"fields": ("name", "slug", "description", "kind", "settings")}),
        (_("State"), {"fields": ("enabled", "paused", "message", "order")}),
        (_("Lane"), {"fields": ("concurrency", "time_limit", "running", "waiting", "virtual_time")}),
        (_("Price"), {"fields": ("base_price", "megapixel_price", "step_price")}),
        (_("How long it usually takes"), {"fields": ("base_seconds", "megapixel_seconds")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Engine]:
        """Count what runs and what waits, in the same query."""
        held = Attempt.objects.filter(lane=OuterRef("pk"), holds_slot=True)
        queued = Image.objects.filter(lane=OuterRef("pk"), status=Image.Status.QUEUED)
        engines: QuerySet[Engine] = super().get_queryset(request).select_related("lane")
        return engines.annotate(held=_count(held), queued=_count(queued))

    @admin.display(description=_("running"), ordering="held")
    def running(self, engine: Engine) -> str:
        """Show how many of the lane's slots are held."""
        return f"{getattr(engine, 'held', 0)} / {engine.concurrency}"

    @admin.display(description=_("waiting"), ordering="queued")
    def waiting(self, engine: Engine) -> int:
        """Count the pictures that wait."""
        count: int = getattr(engine, "queued", 0)
        return count

    @admin.display(description=_("virtual time"))
    def virtual_time(self, engine: Engine) -> float:
        """Show how far the lane's fair order has come, in expected seconds of work."""
        return round(engine.lane.virtual_time, 1) if engine.pk else 0.0

    @admin.action(description=_("Pause: take work, start none"))
    def pause(self, request: HttpRequest, chosen: QuerySet[Engine]) -> None:
        """Start nothing more; what runs goes on."""
        self._change(request, chosen, paused=True)

    @admin.action(description=_("Resume"))
    def resume(self, request: HttpRequest, chosen: QuerySet[Engine]) -> None:
        """Start what waits."""
        self._change(request, chosen, paused=False)

    @admin.action(description=_("Close: take no more work, start none"))
    def close(self, request: HttpRequest, chosen: QuerySet[Engine]) -> None:
        """Show it to members no more."""
        self._change(request, chosen, enabled=False)

    @admin.action(description=_("Open"))
    def open(self, request: HttpRequest, chosen: QuerySet[Engine]) -> None:
        """Show it to members again."""
        self._change(request, chosen, enabled=True)

    def _change(self, request: HttpRequest, chosen: QuerySet[Engine], **states: bool) -> None:
        count = Engine.objects.filter(pk__in=chosen.values("pk")).update(**states)
        self.message_user(request, ngettext("%d engine changed.", "%d engines changed.", count) % count)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Engine | None = None) -> dict[str, Any]:
        """Suggest a short name for a new engine."""
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Engine | None = None) -> tuple[str, ...]:
        """Keep the short name: programs and stored tasks know an engine by it."""
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Engine, form: "forms.ModelForm[Engine]", change: bool) -> None:
        """Store it with its lane."""
        save_engine(obj)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Count related rows without joining them, so that two counts do not multiply."""
    counted = rows.order_by().values("lane").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@admin.register(Share)
class ShareAdmin(LookOnlyAdmin):
    """Members' places in the fair order of each lane."""

    list_display = ("member", "lane", "running", "finish")
    list_filter = ("lane__engine",)
    list_select_related = ("member", "lane__engine")
    search_fields = ("member__email",)


# --- Tasks ------------------------------------------------------------------------------------------------------


class ImageInline(LookOnlyInline):
    """The pictures of a task."""

    model = Image
    fields = ("index", "status", "error_code", "attempts", "seed", "price", "started_at", "finished_at", "file_name")
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
        return f"{sum(image.status == Image.Status.SUCCEEDED for image in job.images.all())} / {job.count}"

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


class AttemptInline(LookOnlyInline):
    """The tries at a picture."""

    model = Attempt
    fields = ("started_at", "ended_at", "outcome", "error_code", "detail", "holds_slot", "drain")
    readonly_fields = fields


@admin.register(Image)
class ImageAdmin(LookOnlyAdmin):
    """Pictures: the unit of scheduling. What they show is their members' affair."""

    list_display = ("id", "task", "member", "status", "lane", "attempts", "error_code", "created_at", "finished_at")
    list_filter = ("status", "lane", "error_code")
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
class AttemptAdmin(LookOnlyAdmin):
    """Tries at pictures: who ran them, how they ended, and what the engine really said."""

    list_display = ("started_at", "lane", "member", "outcome", "error_code", "seconds", "holds_slot", "drain")
    list_filter = ("outcome", "holds_slot", "lane", "error_code")
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
