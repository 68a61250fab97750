"""What django-q2 runs; no rules here."""

from asgiref.sync import async_to_sync

from generation.models.engine import PROCESS
from generation.services import clean_up as cleaning
from generation.services import finished_mail, leaving, recovery, troubles
from generation.services.runner import Drain
from imagegen import queue


def drain(cluster: str) -> None:
    """Claim and run images of this cluster's lanes until there is nothing to do."""
    if cluster == PROCESS and not queue.may_drain(cluster):
        return  # one drain leaves room for the chores that this cluster does as well
    async_to_sync(Drain(clusters=[cluster]).run)()


def sweep() -> None:
    """Put right what died workers left."""
    recovery.sweep()


def look_for_trouble() -> None:
    """Tell admins what they should look at."""
    troubles.look_for_trouble()


def send_finished_mails() -> None:
    """Tell members who are away that their work is finished."""
    finished_mail.send_finished_mails()


def delete_leavers() -> None:
    """Delete what belongs to members who left."""
    leaving.delete_leavers()


def clean_up() -> None:
    """Delete what has been kept long enough, and what belongs to nobody."""
    cleaning.clean_up()
