"""The feed: its pages, one card, what changed, and where waiting cards stand."""

import sys
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.views import MemberRequest
from generation.models import Job
from generation.models.job import JobQuerySet
from generation.services.feeds import changes_since
from generation.services.meter import meter_of
from generation.services.positions import positions_of
from generation.views.card import Card
from generation.views.cards import card_of, cards_of
from generation.views.filters import FeedFilter
from generation.views.waiting import wait_of

NO_FILTER = FeedFilter()

PAGE = 20  # cards
MOST_AT_ONCE = 100  # cards of a gap that is filled again


@dataclass(frozen=True, slots=True)
class Page:
    """Some cards, newest first, and the cursor of those that follow (empty: none do)."""

    cards: list[Card]
    next: str = ""


def page_of(member: User, cursor: str = "", wanted: FeedFilter = NO_FILTER) -> Page:
    """Give the cards after `cursor`, the last id of the page before. Raises Http404 for a wrong one."""
    jobs = _jobs(member, wanted)
    if cursor:
        jobs = jobs.older_than(parse_id(cursor))
    found = jobs.first_of(PAGE + 1)
    return Page(cards_of(member, found[:PAGE]), str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def gap_of(member: User, newest: str, oldest: str, wanted: FeedFilter = NO_FILTER) -> Page:
    """Give the cards from `newest` to `oldest`, which the page had and let go. Raises Http404 for wrong ids."""
    last = Job.objects.visible_to(member).of_group(parse_id(newest)).last()  # a grid's id is before those of its cells
    jobs = _jobs(member, wanted).between(last.pk if last else parse_id(newest), parse_id(oldest))
    return Page(cards_of(member, jobs.first_of(MOST_AT_ONCE)))


@login_required
@require_GET
def feed(request: MemberRequest) -> HttpResponse:
    """Give one page of cards as a fragment, or those between two ids."""
    member, asked, wanted = request.user, request.GET, FeedFilter.read(request.GET)
    if "newest" in asked:
        page = gap_of(member, asked["newest"], asked.get("oldest", ""), wanted)
    else:
        page = page_of(member, asked.get("cursor", ""), wanted)
    from_the_top = not {"cursor", "newest"} & asked.keys()
    context = {"cards": page.cards, "next": page.next, "filter": wanted, "first": from_the_top}
    return render(request, "generation/_feed.html", context)


@login_required
@require_GET
def job_card(request: MemberRequest, job_id: UUID) -> HttpResponse:
    """Give one card as it is now; nothing where the filters that came along leave it out."""
    wanted = FeedFilter.read(request.GET)
    if wanted.query and not _jobs(request.user, wanted).of_card(job_id).exists():
        return HttpResponse(status=204)
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
    waiting.sort(key=lambda job: places[job.pk].number if job.pk in places else sys.maxsize, reverse=True)
    # Of a grid the cell that comes first is the last to be told here, so that it stands for all.
    waits = {str(job.group or job.pk): wait_of(job.engine, places.get(job.pk), meter).as_json() for job in waiting}
    return JsonResponse(
        {
            "positions": waits,
            "meter": {"slots": meter.slots, "words": meter.words, "waiting": meter.waiting, "credits": meter.credits},
        }
    )


def _jobs(member: User, wanted: FeedFilter) -> JobQuerySet:
    return wanted.apply(member)


def parse_id(text: str) -> UUID:
    """Read an id out of an address. Raises Http404 where it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
