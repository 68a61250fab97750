"""The pictures that a member may work on: uploads and finished images alike."""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from generation.models import Image, Upload


def own_pictures(member: User, ids: Iterable[UUID]) -> list[Upload | Image]:
    """Give those of the named pictures that are the member's and have a file, in the order of their names."""
    wanted = list(dict.fromkeys(ids))
    found: dict[UUID, Upload | Image] = {}
    for upload in Upload.objects.visible_to(member).filter(pk__in=wanted):
        found[upload.pk] = upload
    for image in Image.objects.visible_to(member).filter(pk__in=wanted, status=Image.Status.SUCCEEDED):
        found[image.pk] = image
    return [found[name] for name in wanted if name in found]


def size_of(picture: Upload | Image) -> tuple[int, int]:
    """Give width and height in pixels."""
    return picture.width or 1, picture.height or 1
