"""The order in which a member's jobs changed, so that a client can resume where it was."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Feed(models.Model):
    """A member's counters; a row of its own because every change of a job locks it until commit."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="feed"
    )
    seq = models.PositiveBigIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    stored_bytes = models.PositiveBigIntegerField(default=0)  # of all pictures kept: images and uploads

    def __str__(self) -> str:
        return f"{self.member} · {self.seq}"


class GoneJob(models.Model):
    """A deleted job, kept so that clients that were away hear of it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="gone_jobs")
    seq = models.PositiveBigIntegerField()
    job = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["member", "seq"])]

    def __str__(self) -> str:
        return f"{self.job} · {self.seq}"


class Discard(models.Model):
    """A file that nobody needs any more. Written with the change that made it so; the sweep deletes the file."""

    file_name = models.CharField(max_length=120, unique=True)
    due = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.file_name
