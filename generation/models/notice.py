"""What was told to members by mail."""

from django.db import models
from django.utils import timezone

from generation.models.job import Job


class FinishedMail(models.Model):
    """A member was told by mail that this job is finished: written before the mail goes out, so it goes out once."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="finished_mail")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.job)
