"""Engines and the fair order of their lanes."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, IntegerField, ManyToManyField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from generation import registry
from generation.admin.engine_form import KINDS, form_for, kind_name, setting_names
from generation.admin.look_only import LookOnlyAdmin
from generation.models import Attempt, Engine, Image, LaneState, Pace, Share
from generation.services.breaker import try_again_now
from generation.services.engines import save_engine
from generation.services.messages import remedy
from generation.services.trials import check_engine, try_engine


class TrialForm(forms.Form):
    """What a test asks for."""

    prompt = forms.CharField(
        label=_("Prompt"), max_length=400, initial=_("a red apple on a wooden table"), widget=forms.TextInput
    )


@admin.register(Engine)
class EngineAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """Places that make pictures, each with its lane: what runs there and what waits for it."""

    list_display = ("__str__", "what", "state", "message", "running", "waiting", "order", "test")
    list_editable = ("message", "order")
    search_fields = ("name", "slug", "description")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    readonly_fields = ("measured", "what", "health", "running", "waiting", "virtual_time")
    formfield_overrides: ClassVar = {ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    actions = ("pause", "resume", "drain", "close", "open", "try_again")
    change_form_template = "admin/generation/engine/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Engine | None = None) -> list[Any]:
        """Show of a kind's settings its own alone."""
        own = setting_names(_kind(request, obj), obj)
        return [
            (None, {"fields": ("what", "name", "slug", "description")}),
            *([(_("Connection and model"), {"fields": own})] if own else []),
            (_("State"), {"fields": ("enabled", "paused", "message", "health", "when_down", "fallback", "order")}),
            (_("Members"), {"fields": ("plans",)}),
            (_("Lane"), {"fields": ("concurrency", "time_limit", "running", "waiting", "virtual_time")}),
            (_("Price"), {"fields": ("base_price", "megapixel_price", "step_price")}),
            (_("How long it usually takes"), {"fields": ("measured", "base_seconds", "megapixel_seconds")}),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **keywords: Any) -> Any:
        """Give the form of the kind."""
        return super().get_form(request, obj, change, **(keywords | {"form": form_for(_kind(request, obj), obj)}))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for the kind first: the form depends on it."""
        if request.GET.get("kind") in registry.KINDS:
            return super().add_view(request, form_url, extra_context)
        kinds = [(kind, *KINDS.get(kind, (kind, ""))) for kind in registry.KINDS]
        context = {**self.admin_site.each_context(request), "title": _("Add an engine"), "kinds": kinds}
        return TemplateResponse(request, "admin/generation/engine/choose_kind.html", context)

    def get_urls(self) -> list[Any]:
        """Add the page of the test."""
        test = self.admin_site.admin_view(self.test_view)
        return [path("<int:pk>/test/", test, name="generation_engine_test"), *super().get_urls()]

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Check an engine's health and let it make a small picture; shows both. Only a press costs anything."""
        engine = get_object_or_404(Engine, pk=pk)
        if not self.has_change_permission(request, engine):
            raise PermissionDenied
        form = TrialForm(request.POST or None)
        trial = try_engine(engine, form.cleaned_data["prompt"]) if form.is_bound and form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Test %(engine)s") % {"engine": _(engine.name)},
            "engine": engine,
            "form": form,
            "trial": trial,
        }
        return TemplateResponse(request, "admin/generation/engine/test.html", context)

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, engine: Engine) -> str:
        """Name its kind."""
        return kind_name(engine.kind)

    @admin.display(description=_("measured"))
    def measured(self, engine: Engine) -> SafeString | str:
        """Show how long pictures really took; where nothing is measured, what the admin expects counts."""
        paces = engine.paces.all() if engine.pk else []
        rows = [
            (pace.model, f"{2 ** (pace.size / 2):.2g}", _steps_of(pace), f"{pace.seconds:.1f}", pace.count)
            for pace in paces
        ]
        return format_html_join(mark_safe("<br>"), gettext("{} {} megapixels{}: {} s ({} pictures)"), rows) or "–"

    @admin.display(description=_("test"))
    def test(self, engine: Engine) -> SafeString:
        """Link to the test."""
        return format_html('<a href="{}">{}</a>', reverse("admin:generation_engine_test", args=[engine.pk]), _("Test"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Engine]:
        """Count what runs and what waits, in the same query."""
        held = Attempt.objects.in_slots().filter(lane=OuterRef("pk"))
        queued = Image.objects.filter(lane=OuterRef("pk"), status=Image.Status.QUEUED)
        engines: QuerySet[Engine] = super().get_queryset(request).select_related("lane")
        return engines.annotate(held=_count(held), queued=_count(queued))

    @admin.display(description=_("state"))
    def state(self, engine: Engine) -> SafeString:
        """Say in a word, with a lamp, what an engine does."""
        if engine.paused:
            return _lamp("wait", _("paused")) if engine.enabled else _lamp("off", _("closed"))
        if engine.lane.down:
            return _lamp("bad", gettext("Down since %(since)s, next try %(next)s") % _times(engine.lane))
        return _lamp("good", _("open")) if engine.enabled else _lamp("wait", _("draining"))

    @admin.display(description=_("health"))
    def health(self, engine: Engine) -> str:
        """Say whether its calls end well, what to do if not, and when a lane that is down tries again."""
        lane = engine.lane if engine.pk else LaneState(engine=engine)
        if lane.down:
            words = _times(lane) | {"why": remedy(lane.trouble)}
            return gettext("Down since %(since)s, next try %(next)s. %(why)s") % words
        if lane.faults:
            words = {"count": str(lane.faults), "why": remedy(lane.trouble)}
            return gettext("Failures in a row: %(count)s. %(why)s") % words
        return gettext("well")

    @admin.display(description=_("running"), ordering="held")
    def running(self, engine: Engine) -> str:
        """Show how many of the lane's slots are held, and how many there are for now."""
        most = engine.lane.most_at_once if engine.pk else engine.concurrency
        words = f"{getattr(engine, 'held', 0)} / {most}"
        return words if most == engine.concurrency else f"{words} ({engine.concurrency})"

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

    @admin.action(description=_("Drain: take no more work, end what waits"))
    def drain(self, request: HttpRequest, chosen: QuerySet[Engine]) -> None:
        """Offer it to members no more, and go on until nothing waits."""
        self._change(request, chosen, enabled=False, paused=False)

    @admin.action(description=_("Close: take no more work, start none"))
    def close(self, request: HttpRequest, chosen: QuerySet[Engine]) -> None:
        """Offer it to members no more, and leave what waits."""
        self._change(request, chosen, enabled=False, paused=True)

    @admin.action(description=_("Open"))
    def open(self, request: HttpRequest, chosen: QuerySet[Engine]) -> None:
        """Offer it to members and start what waits."""
        self._change(request, chosen, enabled=True, paused=False)

    @admin.action(description=_("Try at once whether it works again"))
    def try_again(self, request: HttpRequest, chosen: QuerySet[Engine]) -> None:
        """Let engines that are down, or asked us to wait, have the next picture now."""
        for engine in chosen:
            try_again_now(engine)
        self.message_user(request, ngettext("%d engine changed.", "%d engines changed.", len(chosen)) % len(chosen))

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
        """Store it with its lane, and ask the engine whether it has what the settings name."""
        save_engine(obj)
        for words in check_engine(obj) if form.changed_data else []:
            self.message_user(request, words, messages.WARNING)


def _lamp(state: str, words: str | Promise) -> SafeString:
    return format_html('<span class="lamp" data-state="{}">{}</span>', state, words)


def _times(lane: LaneState) -> dict[str, str]:
    """Say since when a lane is down and when it tries again."""
    moments = {"since": (lane.down_since, "H:i"), "next": (lane.retry_at, "H:i:s")}
    return {name: date_format(localtime(moment), form) for name, (moment, form) in moments.items() if moment}


def _kind(request: HttpRequest, engine: Engine | None) -> str:
    return engine.kind if engine else request.GET.get("kind", "")


def _steps_of(pace: Pace) -> str:
    """Say about how many steps were asked for; nothing where the engine chose."""
    return gettext(", about %(steps)d steps") % {"steps": 2 ** ((pace.steps - 1) / 2)} if pace.steps else ""


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
