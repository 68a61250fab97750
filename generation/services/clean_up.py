"""What goes by itself: pictures past the days of their plan, copies that can be made again, and files of nobody."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Plan
from accounts.services.plans import default_plan
from generation import storage
from generation.exceptions import WrongState
from generation.models import Attempt, Image, Job, Recipe, Upload
from generation.models.identifiers import first_uuid_of
from generation.services.discards import discard_files
from generation.services.jobs import delete_images
from generation.services.kept import move_bytes
from generation.services.recipes import others_of

logger = logging.getLogger(__name__)

AT_ONCE = 100  # pictures that go in one transaction
MOST = 50  # such transactions in one run; the next one goes on
COPIES_KEPT = timedelta(days=7)
WRITTEN_WITHIN = timedelta(hours=1)  # what is not complete after that was left by a process that died
# A file without a row may still get one while it is young; the old ones were looked at when they were young.
ORPHAN_AGES = timedelta(days=1), timedelta(days=8)
OURS = re.compile(r"[a-z0-9_]+_(\d{19})_[0-9a-f]{16}\.[a-z]+")
FOLDERS = ("", "thumbnails", "display")
COPIES = ("medium", "marked", "marked/thumbnails", "marked/medium", "marked/display")


def clean_up() -> None:
    """Delete all of it. What is missed, or fails, is for the next run."""
    for plan in Plan.objects.exclude(retention_days=0):
        expire_pictures(plan)
        expire_uploads(plan)
    delete_old_copies()
    delete_orphans()


def expire_pictures(plan: Plan) -> int:
    """Delete pictures that are older than this plan keeps them, but for those that something still starts from."""
    end = timezone.now() - timedelta(days=plan.retention_days)
    active = Job.objects.filter(images__status__in=Image.ACTIVE)
    old = Image.objects.made().filter(_of(plan), pk__lt=first_uuid_of(end), finished_at__lt=end).order_by("pk")
    old = old.exclude(pk__in=Image.objects.active().filter(parent__isnull=False).values("parent"))
    old = old.exclude(pk__in=active.filter(reference__isnull=False).values("reference"))
    old = old.exclude(pk__in=active.filter(mask__isnull=False).values("mask"))
    count = 0
    for _round in range(MOST):
        batch = list(old.values_list("pk", flat=True)[:AT_ONCE])
        if not batch:
            break
        try:
            delete_images(Image.objects.filter(pk__in=batch))
        except WrongState:  # something of theirs runs again; so the others wait for the next run, too
            break
        count += len(batch)
    if count:
        logger.info("%d pictures of plan %s were kept long enough", count, plan.slug)
    return count


def expire_uploads(plan: Plan) -> int:
    """Delete what members brought longer ago, but for what a waiting task or a saved recipe needs."""
    end = timezone.now() - timedelta(days=plan.retention_days)
    active = Job.objects.filter(images__status__in=Image.ACTIVE)
    old = Upload.objects.filter(_of(plan), created_at__lt=end)
    for name in ("reference", "mask"):
        old = old.exclude(pk__in=active.filter(**{f"{name}__isnull": False}).values(name))
    kept = {str(name) for recipe in Recipe.objects.filter(_of(plan)) for name in others_of(recipe.operations)}
    running = active.filter(_of(plan), recipe__isnull=False).values_list("recipe", flat=True)
    kept |= {str(name) for recipe in running if recipe for name in others_of(recipe)}
    doomed = [upload for upload in old.order_by("pk")[: AT_ONCE * MOST] if str(upload.pk) not in kept]
    for upload in doomed:
        with transaction.atomic():
            upload.delete()
            move_bytes({upload.member_id: -upload.bytes})
            discard_files([upload.file_name])
    return len(doomed)


def delete_old_copies() -> None:
    """Delete marked copies, which are made again when they are asked for, and what was never written to its end."""
    now = timezone.now()
    for folder in (*FOLDERS, *COPIES):
        for name in storage.names_in(folder):
            unfinished = name.rpartition("/")[2].startswith(storage.TEMPORARY)
            if unfinished or folder in COPIES:
                kept = WRITTEN_WITHIN if unfinished else COPIES_KEPT
                if not storage.is_newer(name, now - kept):
                    storage.delete_file(name)


def delete_orphans() -> int:
    """Delete files that no try and no upload knows, found by the time in their names: that of the claim."""
    now = timezone.now()
    youngest, oldest = now - ORPHAN_AGES[0], now - ORPHAN_AGES[1]
    found = [name for name in _names() if oldest < _moment_of(name) < youngest]
    if not found:
        return 0
    since = oldest - timedelta(hours=1)
    known = {
        _stem(name)
        for rows in (Attempt.objects, Upload.objects)
        for name in rows.filter(pk__gte=first_uuid_of(since)).values_list("file_name", flat=True)
    }
    orphans = [name for name in found if _stem(name) not in known]
    for name in orphans:
        storage.delete_file(name)
    if orphans:
        logger.warning("%d files belonged to nobody", len(orphans))
    return len(orphans)


def _of(plan: Plan) -> Q:
    """Match what belongs to members of a plan; those without one have what a new one would have."""
    usual = default_plan()
    return Q(member__plan=plan) | (Q(member__plan=None) if usual and usual.pk == plan.pk else Q(pk__in=[]))


def _names() -> Iterator[str]:
    for folder in FOLDERS:
        yield from (name for name in storage.names_in(folder) if OURS.fullmatch(name.rpartition("/")[2]))


def _moment_of(name: str) -> datetime:
    match = OURS.fullmatch(name.rpartition("/")[2])
    assert match  # noqa: S101  selected by it
    return datetime.fromtimestamp(int(match[1]) / 1e9, UTC)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]
