"""What the bar of chosen pictures does with all of them at once."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.exceptions import Refusal
from accounts.views import MemberRequest
from generation.exceptions import WrongState
from generation.models import Image
from generation.services.delivery import mark_of
from generation.services.downloads import archive_name, archive_of
from generation.services.jobs import delete_image
from generation.services.throttles import throttle
from generation.views.archives import pieces_of

MOST = 500  # pictures at once


@login_required
@require_POST
def download(request: MemberRequest) -> HttpResponseBase:
    """Send the chosen pictures as one zip file; its size is known from the first byte on, unless they are marked."""
    try:
        throttle(request.user, "API_REQUESTS_PER_MINUTE")
        archive = archive_of(chosen_of(request), mark_of(request.user))
    except FileNotFoundError:
        messages.error(request, _("None of these pictures is there any more."))
        return redirect("studio")
    except Refusal as refusal:
        messages.error(request, str(refusal.detail))
        return redirect("studio")
    headers = {"Content-Disposition": f'attachment; filename="{archive_name()}"', "Cache-Control": "no-store"}
    if archive.sized:
        headers["Content-Length"] = str(len(archive))
    return StreamingHttpResponse(pieces_of(archive), content_type="application/zip", headers=headers)


@login_required
@require_POST
def delete(request: MemberRequest) -> HttpResponse:
    """Delete the chosen pictures; says how many, and what stood in the way of the others."""
    deleted, refused = 0, ""
    try:
        throttle(request.user, "API_REQUESTS_PER_MINUTE")
        chosen = chosen_of(request)
    except Refusal as refusal:
        return JsonResponse({"words": str(refusal.detail)}, status=refusal.status)
    for image in chosen:
        try:
            delete_image(image)
            deleted += 1
        except Refusal as refusal:
            refused = str(refusal.detail)
    words = ngettext("%(count)s picture deleted", "%(count)s pictures deleted", deleted) % {"count": deleted}
    return JsonResponse({"words": f"{words}. {refused}" if refused else words, "deleted": deleted})


def chosen_of(request: MemberRequest) -> list[Image]:
    """Give those of the named pictures that are the member's own and finished. Raises `WrongState` for none or many."""
    named = request.POST.getlist("image")
    if len(named) > MOST:
        raise WrongState(_("Choose at most %(most)s pictures at once.") % {"most": MOST})
    finished = Image.objects.visible_to(request.user).filter(status=Image.Status.SUCCEEDED)
    found = list(finished.filter(pk__in=_ids(named)).select_related("job").order_by("pk"))
    if not found:
        raise WrongState(_("Choose some pictures first."))
    return found


def _ids(named: list[str]) -> list[UUID]:
    ids = []
    for name in named:
        try:
            ids.append(UUID(name))
        except ValueError:
            continue  # it names nothing, as an unknown id does
    return ids
