"""Share links: the owner's dialog and list, and the public page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.exceptions import Refusal
from accounts.views import MemberRequest
from generation.forms import ShareForm
from generation.models import Image, ShareLink
from generation.processing.pictures import MEDIA_TYPES
from generation.services import shares
from generation.services.credentials import seal
from generation.services.delivery import deliver, mark_of
from generation.services.throttles import is_within, throttle

LINKS_A_PAGE = 20
SharedView = Callable[[HttpRequest, ShareLink, str], HttpResponse]


@dataclass(frozen=True, slots=True)
class Shown:
    """A link beside its address."""

    link: ShareLink
    url: str


@login_required
@require_http_methods(["GET", "POST"])
def share(request: MemberRequest, image_id: UUID) -> HttpResponse:
    """Show the links of one of the member's pictures, and make one."""
    own = Image.objects.visible_to(request.user).exclude(file_name="").select_related("job", "member")
    image = get_object_or_404(own, pk=image_id)
    form = ShareForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _dialog(request, image, form, status=422 if form.is_bound else 200)
    try:
        throttle(request.user, "API_REQUESTS_PER_MINUTE")
        made = shares.share_image(image, **form.choices())
    except Refusal as refusal:
        form.add_error(None, " ".join(str(error.message) for error in refusal.errors) or str(refusal.detail))
        return _dialog(request, image, form, status=refusal.status)
    if "HX-Request" in request.headers:
        return _dialog(request, image, ShareForm(), made=made)
    messages.success(request, _("The link is ready."))
    return redirect("share", image.pk)


@login_required
@require_GET
def shared_links(request: MemberRequest) -> HttpResponse:
    """List the member's links that work."""
    links = ShareLink.objects.visible_to(request.user).working().select_related("image__job")
    page = Paginator(links, LINKS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "generation/shares.html", {"page": page, "shown": _shown(request, page)})


@login_required
@require_POST
def revoke(request: MemberRequest, link_id: UUID) -> HttpResponse:
    """Close one of the member's links."""
    link = get_object_or_404(ShareLink.objects.visible_to(request.user).select_related("image__job"), pk=link_id)
    shares.revoke_share(link)
    if "HX-Request" in request.headers:
        return _dialog(request, link.image, ShareForm())
    messages.success(request, _("The link no longer shows the picture."))
    return redirect("shares")


def _dialog(
    request: HttpRequest, image: Image, form: ShareForm, *, status: int = 200, made: ShareLink | None = None
) -> HttpResponse:
    working = ShareLink.objects.visible_to(image.member_id).working().filter(image=image)
    context = {"image": image, "form": form, "made": made, "shown": _shown(request, working)}
    page = "generation/_share.html" if "HX-Request" in request.headers else "generation/share.html"
    return render(request, page, context, status=status)


def _shown(request: HttpRequest, links: Iterable[ShareLink]) -> list[Shown]:
    return [Shown(link, request.build_absolute_uri(reverse("shared", args=[shares.token_of(link)]))) for link in links]


# --- What strangers see ---------------------------------------------------------------------------------------------


def _public(view: SharedView) -> Callable[..., HttpResponse]:
    """Find the link of an address, tell robots to stay away, and count how often one address asks."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        if not is_within(get_adapter(request).get_client_ip(request), "SHARED_REQUESTS_PER_MINUTE"):
            response = HttpResponse(_("Too many requests. Try again in a minute."), status=429)
        else:
            response = _answer(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"  # the address is a secret
        return response

    def _answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            link = shares.find_share(token)
        except BadSignature:
            raise Http404 from None
        if link is None:
            return render(request, "generation/shared_gone.html", status=410)
        return view(request, link, token)

    return answer


@_public
def shared(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    """Show the picture to whoever has the link."""
    if request.method == "GET" and request.user != link.member:
        shares.count_view(link)
    display_url = reverse("shared_display", args=[token])
    context = {
        "image": link.image,
        "prompt": link.image.job.prompt if link.shows_prompt else "",
        "file_url": reverse("shared_file", args=[token]),
        "display_url": display_url,
        "signed": seal() is not None,
        "absolute_display_url": request.build_absolute_uri(display_url),
    }
    response = render(request, "generation/shared.html", context)
    response["Cache-Control"] = "private, no-cache"
    return response


@_public
def shared_file(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    """Send the picture."""
    response = _picture(request, link, f"file{link.keeps_metadata:d}", shares.shared_picture)
    response["Content-Disposition"] = content_disposition_header("download" in request.GET, "picture") or "inline"
    return response


@_public
def shared_display(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    """Send the picture in a screen's size."""
    return _picture(request, link, "display", shares.shared_display)


def _picture(
    request: HttpRequest, link: ShareLink, variant: str, read: Callable[[ShareLink], tuple[bytes, str]]
) -> HttpResponse:
    """Send one variant; browsers ask again each time, so that a link that is revoked is closed at once."""
    etag = f'"{deliver(link.image, mark_of(link.member)).version}.{variant}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            data, kind = read(link)
        except FileNotFoundError:
            raise Http404 from None
        response = HttpResponse(data, content_type=MEDIA_TYPES[kind])
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response
