"""From a request to the member's own things: the one way, so that another member's id is not found."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from generation.api.authentication import MemberRequest
from generation.models import Image, Job, Upload
from generation.services.representation import JSON, represent_jobs, shown_image


def own_job(request: MemberRequest, job_id: UUID) -> Job:
    """Give one of the member's jobs. Raises Http404."""
    return get_object_or_404(Job.objects.visible_to(request.auth).with_images(), pk=job_id)


def own_image(request: MemberRequest, image_id: UUID) -> Image:
    """Give one of the member's images. Raises Http404."""
    return get_object_or_404(Image.objects.visible_to(request.auth).select_related("job__member"), pk=image_id)


def own_stored_image(request: MemberRequest, image_id: UUID) -> Image:
    """Give one of the member's images for its file alone: pages ask by the hundred. Raises Http404."""
    stored = Image.objects.visible_to(request.auth).only("file_name", "width", "height")
    return get_object_or_404(stored, pk=image_id)


def own_upload(request: MemberRequest, upload_id: UUID) -> Upload:
    """Give one of the member's uploads. Raises Http404."""
    return get_object_or_404(Upload.objects.visible_to(request.auth), pk=upload_id)


def own_picture(request: MemberRequest, picture_id: UUID) -> Image | Upload:
    """Give one of the member's uploads or images. Raises Http404."""
    return Upload.objects.visible_to(request.auth).filter(pk=picture_id).first() or own_image(request, picture_id)


def job_now(request: MemberRequest, job_id: UUID) -> JSON:
    """Represent a job as it is now. Raises Http404."""
    return represent_jobs([own_job(request, job_id)])[0]


def image_now(request: MemberRequest, image: Image) -> JSON:
    """Represent an image as it is now. Raises Http404."""
    images: list[JSON] = job_now(request, image.job_id)["images"]
    return shown_image(image, images)
