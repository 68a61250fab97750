"""What django-q2 runs; no rules here."""

from asgiref.sync import async_to_sync

from generation.services import recovery
from generation.services.runner import Drain


def drain() -> None:
    """Claim and run images until there is nothing to do."""
    async_to_sync(Drain().run)()


def sweep() -> None:
    """Put right what died workers left."""
    recovery.sweep()
