"""The pictures a member may start from: small for the create bar, whole for its editors."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.views import MemberRequest
from generation import storage
from generation.models import Image, Upload
from generation.processing.pictures import MEDIA_TYPES


@login_required
@require_GET
@cache_control(private=True, max_age=3600)
def reference(request: MemberRequest, picture_id: UUID) -> HttpResponse:
    """Give the thumbnail of one of the member's uploads or finished images."""
    return _picture(storage.thumbnail_name(_file_name(request.user, picture_id)))


@login_required
@require_GET
@cache_control(private=True, max_age=3600)
def reference_file(request: MemberRequest, picture_id: UUID) -> HttpResponse:
    """Give the whole picture."""
    return _picture(_file_name(request.user, picture_id))


def _file_name(member: User, picture_id: UUID) -> str:
    for model in (Upload, Image):
        picture = model.objects.visible_to(member).filter(pk=picture_id).exclude(file_name="").first()
        if picture:
            return picture.file_name
    raise Http404


def _picture(file_name: str) -> HttpResponse:
    try:
        return HttpResponse(storage.read(file_name), content_type=MEDIA_TYPES[file_name.rpartition(".")[2]])
    except FileNotFoundError:
        raise Http404 from None
