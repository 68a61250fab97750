"""Images: what became of each, its file, and what the buttons of a tile do."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import HeaderEx, Router
from ninja.responses import Status

from generation.api import inputs, schemas
from generation.api.authentication import MemberRequest
from generation.api.documentation import picture, refusals
from generation.api.files import picture_response
from generation.api.jobs import ONE_A_PRESS
from generation.api.lookups import image_now, job_now, own_image, own_picture, own_stored_image
from generation.api.throttles import JOBS, REQUESTS
from generation.models import Image
from generation.processing.pictures import MEDIA_TYPES
from generation.services import jobs, recipes
from generation.services.delivery import deliver, mark_of
from generation.services.downloads import readable_name
from generation.services.representation import JSON

router = Router(tags=["Images"])


@router.get("/images/{image_id}", response=schemas.Image, summary="One image", openapi_extra=refusals(404, 429))
def get_image(request: MemberRequest, image_id: UUID) -> JSON:
    """Give one image, as it is now."""
    return image_now(request, own_image(request, image_id))


@router.post(
    "/images/{image_id}/cancel", response=schemas.Image, summary="Cancel", openapi_extra=refusals(403, 404, 429)
)
def cancel_image(request: MemberRequest, image_id: UUID) -> JSON:
    """Stop this image alone; cancelling twice is fine."""
    image = own_image(request, image_id)
    jobs.cancel_images(Image.objects.filter(pk=image.pk))
    return image_now(request, image)


@router.post(
    "/images/{image_id}/retry",
    response=schemas.Image,
    throttle=[REQUESTS, JOBS],
    summary="Make it again",
    openapi_extra=refusals(402, 403, 404, 409, 429),
)
def retry_image(request: MemberRequest, image_id: UUID) -> JSON:
    """Make this failed or cancelled image again."""
    image = own_image(request, image_id)
    jobs.retry_images(request.auth, Image.objects.filter(pk=image.pk))
    return image_now(request, image)


@router.post(
    "/images/{image_id}/process",
    response={201: schemas.Job, 200: schemas.Job},
    throttle=[REQUESTS, JOBS],
    summary="Run a recipe on it",
    openapi_extra=refusals(400, 402, 403, 404, 409, 413, 422, 429),
)
def process_image(
    request: MemberRequest,
    image_id: UUID,
    data: inputs.ProcessIn,
    response: HttpResponse,
    idempotency_key: HeaderEx[inputs.Key | None, ONE_A_PRESS] = None,
) -> Status[JSON]:
    """Run a recipe on an image or an upload, as a job of mode `process`; the picture itself stays as it is.

    201; or 200 where the same recipe was run on the same picture before, with that job.
    """
    own_picture(request, image_id)
    wanted = recipes.process_request(image_id, data.recipe)
    if job := recipes.made_before(request.auth, wanted):
        return Status(200, job_now(request, job.pk))
    job, is_new = jobs.submit(request.auth, wanted, idempotency_key=idempotency_key or None)
    response["Location"] = f"/api/v1/jobs/{job.pk}"
    return Status(201 if is_new else 200, job_now(request, job.pk))


@router.delete("/images/{image_id}", response={204: None}, summary="Delete", openapi_extra=refusals(403, 404, 409, 429))
def delete_image(request: MemberRequest, image_id: UUID) -> Status[None]:
    """Remove a finished image and its file, for good; the last one takes its job along."""
    jobs.delete_image(own_image(request, image_id))
    return Status(204, None)


@router.get(
    "/images/{image_id}/file",
    throttle=[],
    summary="The picture",
    openapi_extra=picture(*MEDIA_TYPES.values()),
)
def get_image_file(request: MemberRequest, image_id: UUID, download: bool = False) -> HttpResponseBase:
    """Send the picture; with `download=1` to be kept under a readable name."""
    image = own_image(request, image_id)
    return picture_response(request, deliver(image, mark_of(request.auth)), readable_name(image), download=download)


@router.get(
    "/images/{image_id}/thumbnail",
    throttle=[],
    summary="A small picture of it",
    openapi_extra=picture("image/webp"),
)
def get_image_thumbnail(request: MemberRequest, image_id: UUID) -> HttpResponseBase:
    """Send a WebP of at most 320 pixels a side."""
    image = own_stored_image(request, image_id)
    return picture_response(request, deliver(image, mark_of(request.auth), "thumbnail"), "thumbnail.webp")


@router.get(
    "/images/{image_id}/medium",
    throttle=[],
    summary="A picture of it for phones",
    openapi_extra=picture("image/webp"),
)
def get_image_medium(request: MemberRequest, image_id: UUID) -> HttpResponseBase:
    """Send a WebP of at most 640 pixels a side."""
    image = own_stored_image(request, image_id)
    return picture_response(request, deliver(image, mark_of(request.auth), "medium"), "medium.webp")


@router.get(
    "/images/{image_id}/display",
    throttle=[],
    summary="A picture of it for screens",
    openapi_extra=picture("image/webp"),
)
def get_image_display(request: MemberRequest, image_id: UUID) -> HttpResponseBase:
    """Send a WebP of at most 1024 pixels a side."""
    image = own_stored_image(request, image_id)
    return picture_response(request, deliver(image, mark_of(request.auth), "display"), "display.webp")
