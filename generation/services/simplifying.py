"""Another try with fewer words, because the member says so."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from generation.exceptions import WrongState
from generation.models import Image, Job
from generation.services.changes import lock_jobs
from generation.services.jobs import retry_images
from generation.simplification import next_step


def retry_simpler(job: Job) -> None:
    """Make the refused images of a job again with fewer words, at their price.

    Raises `WrongState` where nothing was refused or nothing can be dropped, and what `retry_images` raises.
    """
    with transaction.atomic():
        lock_jobs([job.pk])
        refused = list(job.images.filter(status=Image.Status.FAILED, error_code="moderation_rejected"))
        step = next_step(job.prompt, max((image.simplification for image in refused), default=0))
        if not refused or step is None:
            raise WrongState(_("No words can be dropped any more. Write the prompt anew."))
        retry_images(job.member, Image.objects.filter(pk__in=[image.pk for image in refused]), simplification=step)
