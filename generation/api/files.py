"""How private pictures leave: by us from memory, or by the proxy that stands before us."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from generation import storage
from generation.api.problems import FileMissing
from generation.processing.pictures import MEDIA_TYPES
from generation.services.delivery import Delivery


def picture_response(
    request: HttpRequest, delivery: Delivery, name: str, *, download: bool = False
) -> HttpResponseBase:
    """Send a picture under `name`. Raises `FileMissing`.

    A file never changes, so it may be kept for ever; but a mark may be gone tomorrow, so there browsers ask again.
    """
    if not delivery.file_name:
        raise FileMissing()
    etag = f'"{delivery.version}"'
    response = get_conditional_response(request, etag=etag) or _content(delivery)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache" if delivery.mark else "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = content_disposition_header(download, name) or "inline"
    return response


def _content(delivery: Delivery) -> HttpResponse:
    try:
        file_name = delivery.stored_name()
        media_type = MEDIA_TYPES[file_name.rpartition(".")[2]]
        if settings.X_ACCEL_PREFIX:
            headers = {"X-Accel-Redirect": f"{settings.X_ACCEL_PREFIX}{file_name}"}
            return HttpResponse(content_type=media_type, headers=headers)
        return HttpResponse(storage.read(file_name), content_type=media_type)
    except FileNotFoundError as error:
        raise FileMissing() from error
