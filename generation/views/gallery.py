"""The gallery: a member's pictures by days, and what is done with many of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.exceptions import Refusal
from accounts.models import User
from accounts.services.plans import entitlements_of
from accounts.views import MemberRequest
from generation.models import Collection, Engine, Image
from generation.models.job import ImageQuerySet
from generation.services import collecting, galleries
from generation.services.representation import JSON, represent_image
from generation.services.throttles import throttle
from generation.views.feed import parse_id
from generation.views.gallery_filter import GalleryFilter
from generation.views.pictures import chosen_of


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture of the gallery."""

    image: JSON
    prompt: str
    day: date


@dataclass(frozen=True, slots=True)
class Day:
    """The pictures of one day."""

    day: date
    tiles: list[Tile]

    @property
    def name(self) -> str:
        """Name the day as people do."""
        today = timezone.localdate()
        if self.day == today:
            return _("Today")
        if self.day == today - timedelta(days=1):
            return _("Yesterday")
        return formats.date_format(self.day, "DATE_FORMAT")


@login_required
@require_GET
def gallery(request: MemberRequest) -> HttpResponse:
    """Show the member's pictures, a page at a time; to our script, that page alone."""
    wanted = GalleryFilter.read(request.GET)
    cursor = request.GET.get("cursor", "")
    page = galleries.page_of(request.user, wanted.wanted, parse_id(cursor) if cursor else None)
    tiles = [Tile(represent_image(image), image.job.prompt, _day(image)) for image in page.images]
    days = [Day(day, list(group)) for day, group in groupby(tiles, key=lambda tile: tile.day)]
    context = {"days": days, "next": page.next or "", "filter": wanted, "first": not cursor}
    if "HX-Request" in request.headers:
        return render(request, "generation/_gallery_days.html", context)
    return render(request, "generation/gallery.html", context | _tools(request.user, wanted))


@login_required
@require_POST
def change_chosen(request: MemberRequest) -> HttpResponse:
    """Favourite or collect the chosen pictures; answers with words."""
    try:
        throttle(request.user, "API_REQUESTS_PER_MINUTE")
        images = Image.objects.visible_to(request.user).filter(pk__in=[image.pk for image in chosen_of(request)])
        words = _change(request, images)
        status = 200
    except Refusal as refusal:
        words, status = str(refusal.errors[0].message if refusal.errors else refusal.detail), refusal.status
    if "HX-Request" in request.headers:
        return JsonResponse({"words": words}, status=status)
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, words)
    return redirect("gallery")


@login_required
@require_POST
def collection_action(request: MemberRequest, collection_id: UUID, action: str) -> HttpResponse:
    """Rename or delete a collection."""
    collection = get_object_or_404(Collection.objects.visible_to(request.user), pk=collection_id)
    actions: dict[str, Callable[[], None]] = {
        "rename": lambda: collecting.rename_collection(collection, request.POST.get("name", "")),
        "delete": lambda: collecting.delete_collection(collection),
    }
    if action not in actions:
        raise Http404
    try:
        actions[action]()
    except Refusal as refusal:
        messages.error(request, str(refusal.errors[0].message))
    if action == "delete":
        return redirect("gallery")
    return redirect(f"{reverse('gallery')}?collection={collection.pk}")


def _change(request: HttpRequest, images: ImageQuerySet) -> str:
    action, count = request.POST.get("action", ""), images.count()
    if action in ("favourite", "unfavourite"):
        collecting.mark_favourites(images, favourite=action == "favourite")
        return ngettext("%(count)s picture changed", "%(count)s pictures changed", count) % {"count": count}
    collection = _collection(request, action)
    if action == "take_out":
        collecting.take_out(collection, images)
        words = ngettext("%(count)s picture taken out of %(name)s", "%(count)s pictures taken out of %(name)s", count)
    else:
        collecting.collect(collection, images)
        words = ngettext("%(count)s picture is in %(name)s", "%(count)s pictures are in %(name)s", count)
    return words % {"count": count, "name": collection.name}


def _collection(request: HttpRequest, action: str) -> Collection:
    member = request.user
    if not isinstance(member, User) or action not in ("collect", "take_out"):
        raise Http404
    if wanted := request.POST.get("collection", ""):
        return get_object_or_404(Collection.objects.visible_to(member), pk=parse_id(wanted))
    return collecting.create_collection(member, request.POST.get("name", ""))


def _tools(member: User, wanted: GalleryFilter) -> dict[str, object]:
    collections = list(Collection.objects.visible_to(member))
    engines = [(engine.slug, _(engine.name)) for engine in Engine.objects.all()]
    days = entitlements_of(member).retention_days
    return {
        "days_kept": days,
        "days_soon": galleries.SOON.days,
        "going": galleries.going_soon(member, days) if days else 0,
        "filters": wanted.choices(engines, collections),
        "collections": collections,
        "collection": next((each for each in collections if str(each.pk) == wanted.collection), None),
    }


def _day(image: Image) -> date:
    return timezone.localdate(image.created_at)
