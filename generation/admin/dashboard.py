"""The first page of the admin, and the queue by lane and member."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.services.members import count_members
from generation.admin.charts import Chart, lines, stacked
from generation.models import Engine
from generation.services import dashboard as figures
from generation.services.lane_work import cancel_in_lane, requeue_in_lane, work_by_lane_and_member


@dataclass(frozen=True, slots=True)
class LaneCharts:
    """A lane with its three charts."""

    lane: figures.Lane
    pictures: Chart
    waits: Chart
    waiting: Chart


def dashboard(request: HttpRequest) -> TemplateResponse:
    """Show how the place does."""
    lanes = figures.lanes_over_the_day()
    context = {
        "title": _("Dashboard"),
        "lanes": [_charts_of(lane) for lane in lanes],
        "running": sum(lane.running for lane in lanes),
        "waiting": sum(lane.waiting for lane in lanes),
        "made": sum(lane.made for lane in lanes),
        "failed": sum(lane.failed for lane in lanes),
        "members": count_members(),
        "machine": figures.machine_now(),
        "clusters": figures.clusters_now(),
        "failed_tasks": figures.failed_tasks_today(),
    }
    return admin.site.index(request, context)


@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show who has what in which lane; cancel it or put it back into the queue."""
    if request.method == "POST":
        lane = get_object_or_404(Engine, pk=_number(request, "lane"))
        member = get_object_or_404(User, pk=_number(request, "member"))
        (_cancel if request.POST.get("action") == "cancel" else _requeue)(request, lane, member)
        return redirect("admin_queue")
    context = {**admin.site.each_context(request), "title": _("Queue"), "rows": work_by_lane_and_member()}
    return TemplateResponse(request, "admin/queue.html", context)


def _cancel(request: HttpRequest, lane: Engine, member: User) -> None:
    count = cancel_in_lane(lane, member)
    words = ngettext("%(count)d picture of %(member)s cancelled.", "%(count)d pictures of %(member)s cancelled.", count)
    messages.success(request, words % {"count": count, "member": member})


def _requeue(request: HttpRequest, lane: Engine, member: User) -> None:
    count, refusals = requeue_in_lane(lane, member)
    for words in {str(refusal.detail) for refusal in refusals}:
        messages.warning(request, f"{member}: {words}")
    words = ngettext(
        "%(count)d picture of %(member)s waits again.", "%(count)d pictures of %(member)s wait again.", count
    )
    messages.success(request, words % {"count": count, "member": member})


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else 0


def _charts_of(lane: figures.Lane) -> LaneCharts:
    hours = lane.hours
    return LaneCharts(
        lane,
        pictures=stacked([(hour.start, hour.made, hour.failed) for hour in hours]),
        waits=lines([(hour.start, (hour.wait_median, hour.wait_most)) for hour in hours]),
        waiting=stacked([(hour.start, hour.waiting, 0) for hour in hours]),
    )
