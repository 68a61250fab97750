"""Engines and the fair order of their lanes."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from generation import registry
from generation.admin.look_only import LookOnlyAdmin
from generation.models import Attempt, Engine, Image, LaneState, Share
from generation.services.breaker import try_again_now
from generation.services.engines import UNFIT, save_engine


class EngineForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for type checkers alone
    """An engine whose settings fit its kind."""

    kind = forms.ChoiceField(label=capfirst(_("kind")), choices=lambda: [(kind, kind) for kind in registry.KINDS])

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
    list_display = ("name", "kind", "enabled", "paused", "health", "message", "running", "waiting", "order")
    list_editable = ("message", "order")
    list_filter = ("enabled", "paused", "kind")
    search_fields = ("name", "slug", "description")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    readonly_fields = ("health", "running", "waiting", "virtual_time")
    actions = ("pause", "resume", "drain", "close", "open", "try_again")
    fieldsets = (
        (None, {"fields": ("name", "slug", "description", "kind", "settings")}),
        (_("State"), {"fields": ("enabled", "paused", "message", "order", "health", "when_down")}),
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

    @admin.display(description=_("health"))
    def health(self, engine: Engine) -> str:
        """Say whether its calls end well, and when a lane that is down tries again."""
        lane = engine.lane if engine.pk else LaneState(engine=engine)
        if lane.down_since and lane.retry_at:
            words = {"since": date_format(localtime(lane.down_since), "H:i"), "code": lane.trouble}
            words["next"] = date_format(localtime(lane.retry_at), "H:i:s")
            return gettext("Down since %(since)s, next try %(next)s: %(code)s") % words
        return f"{lane.faults} × {lane.trouble}" if lane.faults else gettext("well")

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
