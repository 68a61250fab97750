"""Where a picture comes from, and what came of it."""

from django.db.models import Q

from generation.models import Image
from generation.models.job import ImageQuerySet

MOST_DERIVED = 24


def parent_of(image: Image) -> Image | None:
    """Give the picture that this one, with its job fetched, started from; None where that is no picture of theirs."""
    reference = image.job.reference
    if reference is None:
        return None
    return _kept(image).filter(pk=reference).first()


def derived_from(image: Image) -> list[Image]:
    """Give the newest of the pictures that started from this one."""
    return list(_kept(image).filter(Q(job__reference=image.pk)).newest_first()[:MOST_DERIVED])


def _kept(image: Image) -> ImageQuerySet:
    return Image.objects.visible_to(image.member_id).made().select_related("job")
