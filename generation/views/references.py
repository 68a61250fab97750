"""The pictures a member may start from: small for the create bar, whole for its editors."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_safe

from accounts.models import User
from accounts.views import MemberRequest
from generation import storage
from generation.models import Image, Upload
from generation.processing.pictures import MEDIA_TYPES
from generation.services.delivery import Variant, deliver, mark_of


@login_required
@require_safe
@cache_control(private=True, max_age=3600)
def reference(request: MemberRequest, picture_id: UUID) -> HttpResponse:
    """Give the thumbnail of one of the member's uploads or finished images; its header tells what is to be blurred."""
    picture = _own(request.user, picture_id)
    answer = _file(request.user, picture, "thumbnail")
    if isinstance(picture, Image) and picture.sensitive:
        answer["Sensitive"] = "?1"
    return answer


@login_required
@require_GET
@cache_control(private=True, max_age=3600)
def reference_display(request: MemberRequest, picture_id: UUID) -> HttpResponse:
    """Give it at the size of a screen; an old one, which was never made so, whole."""
    try:
        return _picture(request.user, picture_id, "display")
    except Http404:
        return _picture(request.user, picture_id, "file")


@login_required
@require_GET
@cache_control(private=True, max_age=3600)
def reference_file(request: MemberRequest, picture_id: UUID) -> HttpResponse:
    """Give the whole picture."""
    return _picture(request.user, picture_id, "file")


def _picture(member: User, picture_id: UUID, variant: Variant) -> HttpResponse:
    return _file(member, _own(member, picture_id), variant)


def _own(member: User, picture_id: UUID) -> Upload | Image:
    own = (model.objects.visible_to(member).filter(pk=picture_id).exclude(file_name="") for model in (Upload, Image))
    picture = next((found for found in (rows.first() for rows in own) if found), None)
    if picture is None:
        raise Http404
    return picture


def _file(member: User, picture: Upload | Image, variant: Variant) -> HttpResponse:
    try:
        name = deliver(picture, mark_of(member), variant).stored_name()
        return HttpResponse(storage.read(name), content_type=MEDIA_TYPES[name.rpartition(".")[2]])
    except FileNotFoundError:
        raise Http404 from None
