"""Leaving: a member's account and everything that belongs to it, gone for good."""

import logging

from django.db import transaction

from accounts.models import User
from accounts.services.members import close_account
from generation.models import Attempt, Image, Upload
from generation.services.discards import discard_files
from generation.services.jobs import cancel_images

logger = logging.getLogger(__name__)


def leave(member: User) -> None:
    """Close the account at once and stop what is made for it; `delete_leavers` then deletes everything."""
    close_account(member)
    cancel_images(Image.objects.visible_to(member))


def delete_leavers() -> int:
    """Delete the accounts of those who left and for whom nothing runs any more; tells how many.

    While an engine works its attempt is the only way to stop it, and holds its slot.
    """
    busy = Attempt.objects.filter(holds_slot=True).values("member")
    leavers = User.objects.filter(leaving_since__isnull=False, is_active=False).exclude(pk__in=busy)
    leavers = leavers.exclude(pk__in=Image.objects.active().values("member"))
    count = 0
    for member in leavers:
        _delete(member)
        count += 1
    return count


@transaction.atomic
def _delete(member: User) -> None:
    """Delete the rows, and after commit the files."""
    discard_files(Image.objects.visible_to(member).exclude(file_name="").values_list("file_name", flat=True))
    discard_files(Upload.objects.filter(member=member).values_list("file_name", flat=True))
    logger.info("member %s left and is deleted", member.pk)
    member.delete()
