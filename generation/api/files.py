"""How private pictures leave: by us from memory, or by the proxy that stands before us."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from generation import storage
from generation.api.problems import FileMissing
from generation.processing.pictures import MEDIA_TYPES


def picture_response(request: HttpRequest, file_name: str, name: str, *, download: bool = False) -> HttpResponseBase:
    """Send a stored picture under `name`. Raises `FileMissing`. A file never changes, so it may be kept for ever."""
    if not file_name:
        raise FileMissing()
    etag = f'"{file_name}"'
    response = get_conditional_response(request, etag=etag) or _content(file_name)
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = content_disposition_header(download, name) or "inline"
    return response


def _content(file_name: str) -> HttpResponse:
    media_type = MEDIA_TYPES[file_name.rpartition(".")[2]]
    if settings.X_ACCEL_PREFIX:
        return HttpResponse(
            content_type=media_type, headers={"X-Accel-Redirect": f"{settings.X_ACCEL_PREFIX}{file_name}"}
        )
    try:
        return HttpResponse(storage.read(file_name), content_type=media_type)
    except FileNotFoundError as error:
        raise FileMissing() from error
