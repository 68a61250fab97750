"""What django-q2 runs; no rules here."""

from asgiref.sync import async_to_sync

from generation.services import finished_mail, leaving, recovery, troubles
from generation.services.runner import Drain


def drain() -> None:
    """Claim and run images until there is nothing to do."""
    async_to_sync(Drain().run)()


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
