"""What the queue runs for members, started by dotted name."""

from accounts.services import credits as ledger


def grant_monthly() -> int:
    """Grant this month's credits to everyone who does not have them yet."""
    return ledger.grant_all_monthly()
