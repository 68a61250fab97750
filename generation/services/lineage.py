"""Where a picture comes from, and what came of it."""

from collections.abc import Sequence
from uuid import UUID

from accounts.models import User
from generation.models import Image, Job

MOST_DERIVED = 24


def parent_of(image: Image) -> Image | None:
    """Give the picture that this one, with its job fetched, started from; None where that is no picture of theirs."""
    reference = image.parent or image.job.reference
    if reference is None:
        return None
    return Image.objects.visible_to(image.member_id).made().filter(pk=reference).select_related("job").first()


def origins_of(member: User, jobs: Sequence[Job]) -> dict[UUID, Image]:
    """Give the member's pictures that these jobs started from, by their ids, in one query or none."""
    named = {job.reference for job in jobs if job.reference}
    if not named:
        return {}
    own = Image.objects.visible_to(member).made().filter(pk__in=named).select_related("job")
    return {image.pk: image for image in own}


def derived_from(image: Image) -> list[Image]:
    """Give the newest of the pictures that started from this one.

    By the indexes of references and parents, step by step: in one query the database would rather walk through all
    pictures.
    """
    jobs = list(Job.objects.filter(reference=image.pk).order_by("-id").values_list("pk", flat=True)[:MOST_DERIVED])
    made = Image.objects.made().order_by().select_related("job")
    derived = {each.pk: each for found in (made.filter(job__in=jobs), made.filter(parent=image.pk)) for each in found}
    own = sorted((each for each in derived.values() if each.member_id == image.member_id), key=lambda each: each.pk)
    return own[::-1][:MOST_DERIVED]
