"""What a member keeps, newest first: pages of it, and what lies to the left and right of a picture."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from generation.models import Image, Job, search
from generation.models.identifiers import first_uuid_of
from generation.models.job import ImageQuerySet, JobQuerySet

PAGE = 60  # pictures
SOON = timedelta(days=3)  # pictures are not gone before somebody could have read that they will be
JOBS_A_PAGE = 24  # of a search: it finds jobs, each with all its pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pictures; what is empty is not asked for."""

    words: str = ""
    engine: str = ""
    mode: str = ""
    shape: str = ""
    since: datetime | None = None
    favourites: bool = False
    collection: UUID | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some pictures with their jobs, newest first, and the cursor of those that follow (None: none do)."""

    images: list[Image]
    next: UUID | None


def pictures_of(member: User, wanted: Wanted) -> ImageQuerySet:
    """Give the member's pictures that are wanted, whatever their words."""
    return _narrowed(wanted).visible_to(member)


def going_soon(member: User, days: int) -> int:
    """Count, up to 1,000, the pictures that the plan's last day reaches within `SOON`, of those it keeps for `days`."""
    end = timezone.now() - timedelta(days=days) + SOON
    old = Image.objects.visible_to(member).made().filter(pk__lt=first_uuid_of(end), finished_at__lt=end)
    return len(old.order_by().values_list("pk", flat=True)[:1000])


def page_of(member: User, wanted: Wanted, cursor: UUID | None = None) -> Page:
    """Give the pictures after `cursor`, the `next` of the page before, in one query, or two where words are searched.

    A search is walked by its jobs: the index finds those in order and stops when the page is full.
    """
    pictures = pictures_of(member, wanted).newest_first().select_related("job")
    if wanted.words:
        jobs = _jobs_with(member, wanted)
        if cursor:
            jobs = jobs.filter(**search.older_than(cursor))
        found = list(jobs.values_list("pk", flat=True)[: JOBS_A_PAGE + 1])
        # By their jobs, which are the member's own, and sorted here: in SQL, SQLite would walk through all pictures.
        shown = _narrowed(wanted).filter(job__in=found[:JOBS_A_PAGE]).order_by().select_related("job")
        images = sorted(shown, key=lambda image: image.pk, reverse=True)
        return Page(images, found[JOBS_A_PAGE - 1] if len(found) > JOBS_A_PAGE else None)
    if cursor:
        pictures = pictures.filter(pk__lt=cursor)
    images = list(pictures[: PAGE + 1])
    return Page(images[:PAGE], images[PAGE - 1].pk if len(images) > PAGE else None)


def neighbours_of(member: User, wanted: Wanted, image: Image) -> tuple[Image | None, Image | None]:
    """Give the next newer and the next older picture of those that are wanted."""
    pictures = pictures_of(member, wanted)
    newer = pictures.filter(pk__gt=image.pk).order_by("pk")
    older = pictures.filter(pk__lt=image.pk).order_by("-pk")
    if not wanted.words:
        return newer.first(), older.first()
    jobs = _jobs_with(member, wanted)
    newer_job = jobs.filter(**search.newer_than(image.job_id)).reverse().values_list("pk", flat=True)[:1]
    older_job = jobs.filter(**search.older_than(image.job_id)).values_list("pk", flat=True)[:1]
    return (
        newer.filter(job=image.job_id).first() or pictures.filter(job__in=list(newer_job)).order_by("pk").first(),
        older.filter(job=image.job_id).first() or pictures.filter(job__in=list(older_job)).order_by("-pk").first(),
    )


def _jobs_with(member: User, wanted: Wanted) -> JobQuerySet:
    # The job is theirs, so its pictures are; with their member named, SQLite would look through all of their pictures.
    pictures = _narrowed(wanted).filter(job=OuterRef("pk"))
    return Job.objects.saying(wanted.words, member).filter(Exists(pictures))


def _narrowed(wanted: Wanted) -> ImageQuerySet:
    asked = {field.name: getattr(wanted, field.name) for field in fields(wanted) if field.name != "words"}
    return Image.objects.made().narrowed(**asked)
