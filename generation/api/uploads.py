"""Pictures that members bring."""

from uuid import UUID

from django.conf import settings
from django.http.response import HttpResponseBase
from ninja import File, Router, UploadedFile
from ninja.responses import Status

from generation.api import schemas
from generation.api.authentication import MemberRequest
from generation.api.documentation import picture, refusals
from generation.api.files import picture_response
from generation.api.lookups import own_upload
from generation.api.throttles import REQUESTS, UPLOADS
from generation.services.delivery import deliver
from generation.services.uploads import save_upload

router = Router(tags=["Uploads"])


@router.post(
    "/uploads",
    response={201: schemas.Upload},
    throttle=[REQUESTS, UPLOADS],
    summary="Bring a picture",
    openapi_extra=refusals(400, 403, 413, 422, 429),
)
def create_upload(request: MemberRequest, file: File[UploadedFile]) -> Status[dict[str, object]]:
    """Keep a PNG, JPEG, WebP, AVIF or GIF: upright, in sRGB, without its metadata."""
    upload = save_upload(request.auth, file.read(settings.UPLOAD_MAX_BYTES + 1))  # one more shows that it is too large
    return Status(
        201,
        {
            "id": upload.pk,
            "width": upload.width,
            "height": upload.height,
            "bytes": upload.bytes,
            "thumbnail_url": f"/api/v1/uploads/{upload.pk}/thumbnail",
            "created_at": upload.created_at,
        },
    )


@router.get(
    "/uploads/{upload_id}/thumbnail",
    throttle=[],
    summary="A small picture of it",
    openapi_extra=picture("image/webp"),
)
def get_upload_thumbnail(request: MemberRequest, upload_id: UUID) -> HttpResponseBase:
    """Send a WebP of at most 320 pixels a side."""
    upload = own_upload(request, upload_id)
    return picture_response(request, deliver(upload, None, "thumbnail"), "thumbnail.webp")
