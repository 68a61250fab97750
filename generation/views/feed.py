"""The feed: its pages, one card, what changed, and where waiting cards stand."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.views import MemberRequest
from generation.models import Job
from generation.services.feeds import changes_since
from generation.services.meter import meter_of
from generation.services.positions import positions_of
from generation.views.cards import Card, card_of, cards_of
from generation.views.waiting import wait_of

PAGE = 20  # cards


@dataclass(frozen=True, slots=True)
class Page:
    """Some cards, newest first, and the cursor of those that follow (empty: none do)."""

    cards: list[Card]
    next: str


def page_of(member: User, cursor: str = "") -> Page:
    """Give the cards after `cursor`, the last id of the page before. Raises Http404 for a wrong one."""
    jobs = Job.objects.visible_to(member).newest_first().with_images()
    if cursor:
        jobs = jobs.older_than(parse_id(cursor))
    found = list(jobs[: PAGE + 1])
    return Page(cards_of(member, found[:PAGE]), str(found[PAGE - 1].pk) if len(found) > PAGE else "")


@login_required
@require_GET
def feed(request: MemberRequest) -> HttpResponse:
    """Give one page of cards as a fragment."""
    page = page_of(request.user, request.GET.get("cursor", ""))
    return render(request, "generation/_feed.html", {"cards": page.cards, "next": page.next})


@login_required
@require_GET
def job_card(request: MemberRequest, job_id: UUID) -> HttpResponse:
    """Give one card as it is now."""
    card = card_of(request.user, job_id)
    if card is None:
        raise Http404
    return render(request, "generation/_job_card.html", {"card": card})


@login_required
@require_GET
def changes(request: MemberRequest) -> JsonResponse:
    """Tell what changed since a seq, in the live channel's own messages, to pages that have no socket."""
    since = request.GET.get("since", "")
    if not since.isdecimal() or len(since) > 18:
        raise Http404
    return JsonResponse({"messages": list(changes_since(request.user.pk, int(since)))})


@login_required
@require_GET
def positions(request: MemberRequest) -> JsonResponse:
    """Say in one answer where all waiting cards stand, and what the top bar shows."""
    member = request.user
    meter = meter_of(member)
    waiting = list(Job.objects.visible_to(member).waiting().select_related("engine__lane"))
    places = positions_of(job.pk for job in waiting)
    waits = {str(job.pk): wait_of(job.engine, places.get(job.pk), meter).as_json() for job in waiting}
    return JsonResponse(
        {"positions": waits, "meter": {"slots": meter.slots, "words": meter.words, "credits": meter.credits}}
    )


def parse_id(text: str) -> UUID:
    """Read an id out of an address. Raises Http404 where it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
