"""The page that builds a recipe and runs it on pictures; over other pages it is a dialog."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.exceptions import Reason, Refusal
from accounts.models import Entitlements, Plan, User
from accounts.services.plans import entitlements_of
from accounts.views import MemberRequest
from generation.exceptions import WrongState
from generation.models import Image, Recipe, Target, Upload
from generation.processing.recipes import MOST_OPERATIONS
from generation.services.own_pictures import own_pictures, size_of
from generation.services.previewing import NoPreview, Preview, draw_preview, plan_preview
from generation.services.processing_many import Begun, Quote, process_pictures, quote
from generation.services.recipes import plan_recipe
from generation.services.throttles import throttle
from generation.views.feed import parse_id
from generation.views.operation_forms import operation_groups, typed_recipe
from generation.views.operation_words import summary_of
from generation.views.reasons import named
from generation.views.waiting import duration_words

MOST = 100  # pictures at once
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OfferedTarget:
    """A target, and what would have to change before this member could make a picture for it (empty: nothing)."""

    target: Target
    locked: str


@login_required
@require_GET
def process(request: MemberRequest) -> HttpResponse:
    """Show the builder for the pictures that the address names; to our script, without the page around it.

    With `after` it is for the steps of pictures to come; the member's newest one shows what they would do. `again`
    names a picture whose steps it begins with.
    """
    after = bool(request.GET.get("after"))
    try:
        pictures = _sample(request.user) if after else _pictures(request.user, request.GET)
    except Refusal as refusal:
        return HttpResponse(str(refusal.detail), content_type="text/plain; charset=utf-8", status=refusal.status)
    allowed = entitlements_of(request.user)
    context = {
        "pictures": pictures,
        "after": after,
        "again": _steps_of(request.user, request.GET.get("again", "")),
        "groups": operation_groups(request.user, allowed),
        "recipes": Recipe.objects.visible_to(request.user),
        "targets": _offered(allowed),
        "may_share": allowed.allows_parameter("recipe"),
        "most": MOST_OPERATIONS,
        "key": str(uuid4()),
    }
    fragment = "HX-Request" in request.headers
    return render(request, "generation/_process.html" if fragment else "generation/process.html", context)


@login_required
@require_POST
async def look(request: HttpRequest) -> JsonResponse:
    """Show what the recipe would make of one picture, and say what the run on all would cost or what is wrong.

    What takes long is drawn only when it was asked for by `patient`.
    """
    answer, preview = await sync_to_async(_look)(request)
    if preview is None:
        return JsonResponse(answer)
    if not preview.quick and not request.POST.get("patient"):
        return JsonResponse(answer | {"waits": _("about %(time)s") % {"time": duration_words(preview.seconds)}})
    try:
        drawn = await asyncio.gather(*(draw_preview(each) for each in (preview, preview.before) if each))
    except NoPreview as refusal:
        return JsonResponse(answer | {"unseen": str(refusal.detail)})
    pictures = [f"data:image/webp;base64,{b64encode(picture).decode()}" for picture in drawn]
    return JsonResponse(answer | dict(zip(("picture", "before"), pictures, strict=False)))


@login_required
@require_POST
def run(request: MemberRequest) -> JsonResponse:
    """Begin the recipe on all the pictures; once for a key."""
    try:
        throttle(request.user, "API_REQUESTS_PER_MINUTE", "API_JOBS_PER_MINUTE")
        pictures = _pictures(request.user, request.POST)
        key = str(parse_id(request.POST.get("key", "")))
        begun = process_pictures(request.user, pictures, typed_recipe(request.POST), key=key)
    except Refusal as refusal:
        return JsonResponse(_refused(refusal), status=refusal.status)
    return JsonResponse({"words": _told(begun), "link": _where(begun), "jobs": [str(job.pk) for job in begun.begun]})


def _look(request: HttpRequest) -> tuple[Answer, Preview | None]:
    member = request.user
    if not isinstance(member, User):
        raise Http404
    recipe = typed_recipe(request.POST)
    try:
        throttle(member, "PREVIEWS_PER_MINUTE")
        if request.POST.get("after"):
            return _look_ahead(member, request.POST, recipe)
        pictures = _pictures(member, request.POST)
        quoted = quote(member, pictures, recipe)
    except Refusal as refusal:
        return _refused(refusal), None
    return _answer(quoted), _preview(member, pictures, quoted.order.request.recipe)


def _look_ahead(member: User, typed: QueryDict, recipe: object) -> tuple[Answer, Preview | None]:
    """Say what is wrong with steps for pictures to come; their price and size are the create bar's to say."""
    pictures = own_pictures(member, [parse_id(name) for name in typed.getlist("image")])
    size = size_of(pictures[0]) if pictures else (1024, 1024)
    operations = plan_recipe(member, recipe, size).operations
    answer = {"summaries": [summary_of(each) for each in operations], "errors": {}, "reasons": []}
    return answer, _preview(member, pictures, operations)


def _preview(member: User, pictures: Sequence[Upload | Image], operations: list[dict[str, Any]]) -> Preview | None:
    """Plan the preview on the first picture; none of what the member's plan does not include."""
    allowed = entitlements_of(member)
    if not pictures or not all(allowed.allows_operation(str(each["op"])) for each in operations):
        return None
    return plan_preview(member, pictures[0], operations)


def _steps_of(member: User, named: str) -> list[dict[str, Any]]:
    image = Image.objects.visible_to(member).filter(pk=parse_id(named)).select_related("job").first() if named else None
    return image.job.recipe or [] if image else []


def _offered(allowed: Entitlements) -> list[OfferedTarget]:
    plans = list(Plan.objects.all())
    return [OfferedTarget(target, _too_large(target, allowed, plans)) for target in Target.objects.offered()]


def _too_large(target: Target, allowed: Entitlements, plans: Sequence[Plan]) -> str:
    """Say what makes the size of a target possible; empty where it is."""
    if allowed.allows_size(target.width, target.height):
        return ""
    if lifting := next((plan for plan in plans if plan.entitlements().allows_size(target.width, target.height)), None):
        return _("Comes with %(plan)s") % {"plan": lifting}
    return _("Larger than any plan here allows. Ask an admin.")


def _sample(member: User) -> list[Upload | Image]:
    newest = Image.objects.visible_to(member).made().order_by("-pk").first()
    return [newest] if newest else []


def _pictures(member: User, asked: QueryDict) -> list[Upload | Image]:
    """Give the pictures that are named. Raises `Http404` where there is none, `WrongState` where there are too many."""
    named = asked.getlist("image")
    if len(named) > MOST:
        raise WrongState(_("Choose at most %(most)s pictures at once.") % {"most": MOST})
    pictures = own_pictures(member, [parse_id(name) for name in named])
    if not pictures:
        raise Http404
    return pictures


def _answer(quoted: Quote) -> Answer:
    request = quoted.order.request
    price = quoted.price
    words = ngettext("%(count)s credit", "%(count)s credits", price) % {"count": price} if price else _("Free")
    return {
        "price": words,
        "result": f"{request.width} × {request.height}",
        "summaries": [summary_of(operation) for operation in request.recipe],
        "errors": {},
        "reasons": _reasons(quoted.reasons),
    }


def _refused(refusal: Refusal) -> Answer:
    errors = {error.field: str(error.message) for error in refusal.errors}
    reasons = list(refusal.reasons)
    if not errors and not reasons:
        reasons = [Reason(refusal.code, refusal.detail)]
    return {"errors": errors, "reasons": _reasons(reasons)}


def _reasons(reasons: Sequence[Reason]) -> list[dict[str, str]]:
    return [
        {
            "code": each.code,
            "words": str(each.message),
            "plan": _("Comes with %(plan)s") % {"plan": each.lifted_by} if each.lifted_by else "",
        }
        for each in named(reasons)
    ]


def _told(begun: Begun) -> str:
    """Say what was begun, what was there before, and why the rest was not begun."""
    said = []
    if count := len(begun.begun):
        said.append(ngettext("%(count)s picture is being processed.", "%(count)s pictures are being processed.", count))
        said[-1] %= {"count": count}
    if count := len(begun.known):
        said.append(
            ngettext("%(count)s was given this recipe before.", "%(count)s were given this recipe before.", count)
            % {"count": count}
        )
    if begun.refusal:
        said.append(str(begun.refusal.detail))
    return " ".join(said)


def _where(begun: Begun) -> dict[str, str]:
    """Lead to the tasks, or to the one picture that was made before."""
    if len(begun.known) == 1 and not begun.begun:
        made = begun.known[0].images.filter(status=Image.Status.SUCCEEDED).first()
        if made:
            return {"url": reverse("image", args=[made.pk]), "words": _("Show it")}
    return {"url": f"{reverse('studio')}#tasks", "words": _("Show the tasks")}
