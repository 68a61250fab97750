"""What the buttons of a card do."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.exceptions import Refusal
from accounts.models import User
from accounts.views import MemberRequest
from generation.models import Image, Job
from generation.models.job import ImageQuerySet
from generation.services import jobs
from generation.services.collecting import mark_favourites
from generation.services.moving import move_job
from generation.services.simplifying import retry_simpler
from generation.services.throttles import throttle
from generation.views.cards import card_of

JOB_ACTIONS: dict[str, Callable[[Job], None]] = {
    "cancel": jobs.cancel_job,
    "retry": jobs.retry_job,
    "first": jobs.run_first,
    "delete": jobs.delete_job,
    "simplify": retry_simpler,
}
GRID_ACTIONS: dict[str, Callable[[User, ImageQuerySet], None]] = {
    "cancel": lambda _member, cells: jobs.cancel_images(cells),
    "retry": jobs.retry_unmade,
    "first": lambda member, cells: jobs.run_images_first(member.pk, cells),
    "delete": lambda _member, cells: jobs.delete_images(cells),
}


@login_required
@require_POST
def job_action(request: MemberRequest, job_id: UUID, action: str) -> HttpResponse:
    """Cancel, retry, run first or delete one of the member's jobs, or all cells of a grid."""
    member = request.user
    cells = Image.objects.visible_to(member).of_group(job_id)
    if cells.exists():
        act = _known(GRID_ACTIONS, action)
        return _act(request, job_id, lambda: act(member, cells))
    job = get_object_or_404(Job.objects.visible_to(member).select_related("member"), pk=job_id)
    return _act(request, job_id, lambda: _known(JOB_ACTIONS, action)(job))


@login_required
@require_POST
def job_move(request: MemberRequest, job_id: UUID) -> HttpResponse:
    """Let another engine make one of the member's jobs, which waits for a paused one."""
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("member"), pk=job_id)
    return _act(request, job_id, lambda: move_job(job, request.POST.get("engine", "")))


@login_required
@require_POST
def image_action(request: MemberRequest, image_id: UUID, action: str) -> HttpResponse:
    """Cancel, retry, delete or favourite one of the member's images."""
    own = Image.objects.visible_to(request.user).filter(pk=image_id)
    image = get_object_or_404(own.select_related("job__member"))
    actions = {
        "cancel": lambda: jobs.cancel_images(own),
        "retry": lambda: jobs.retry_images(request.user, own),
        "delete": lambda: jobs.delete_images(own),
        "favourite": lambda: mark_favourites(own, favourite=True),
        "unfavourite": lambda: mark_favourites(own, favourite=False),
    }
    return _act(request, image.job_id, _known(actions, action))


def words_of(refusal: Refusal) -> str:
    """Say why not: what is wrong with which setting, else the sentence of the refusal."""
    told = [each.message for each in refusal.errors] + [each.message for each in refusal.reasons]
    return " ".join(map(str, told)) or str(refusal.detail)


@login_required
@require_POST
def clear_waiting(request: MemberRequest) -> HttpResponse:
    """Cancel everything of the member's that waits; what runs goes on."""
    waiting = Image.objects.visible_to(request.user).filter(status=Image.Status.QUEUED)
    count = waiting.count()
    jobs.cancel_images(waiting)
    words = ngettext("%(count)s waiting picture cancelled", "%(count)s waiting pictures cancelled", count)
    return _told(request, words % {"count": count})


def _told(request: MemberRequest, words: str) -> HttpResponse:
    """Answer with words; to a browser without scripts as a message on the page."""
    if "HX-Request" in request.headers:
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    messages.success(request, words)
    return redirect("studio")


def _known(actions: dict[str, Callable[..., None]], name: str) -> Callable[..., None]:
    try:
        return actions[name]
    except KeyError:
        raise Http404 from None


def _act(request: MemberRequest, job_id: UUID, act: Callable[[], None]) -> HttpResponse:
    """Carry it out; answer with the card as it is then, or with the words of a refusal."""
    refused = ""
    try:
        throttle(request.user, "API_REQUESTS_PER_MINUTE")
        act()
    except Refusal as refusal:
        refused, status = words_of(refusal), refusal.status
    if "HX-Request" not in request.headers:
        if refused:
            messages.error(request, refused)
        back = request.POST.get("next", "")
        return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "studio")
    if refused:
        return HttpResponse(refused, content_type="text/plain; charset=utf-8", status=status)
    card = card_of(request.user, job_id)
    return render(request, "generation/_job_card.html", {"card": card}) if card else HttpResponse(status=204)
