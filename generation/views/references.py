"""The small picture of a reference, for the create bar."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.views import MemberRequest
from generation import storage
from generation.models import Image, Upload


@login_required
@require_GET
@cache_control(private=True, max_age=3600)
def reference(request: MemberRequest, picture_id: UUID) -> HttpResponse:
    """Give the thumbnail of one of the member's uploads or finished images."""
    for model in (Upload, Image):
        picture = model.objects.visible_to(request.user).filter(pk=picture_id).exclude(file_name="").first()
        if picture:
            return _thumbnail(picture.file_name)
    raise Http404


def _thumbnail(file_name: str) -> HttpResponse:
    try:
        return HttpResponse(storage.read(storage.thumbnail_name(file_name)), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
