"""Who may do what, and what it costs."""

from accounts.models.credits import CreditEntry, CreditEntryQuerySet, Wallet
from accounts.models.members import User, UserManager
from accounts.models.plans import Entitlements, Plan, validate_names
from accounts.models.site import Announcement, Dismissal, SiteSettings
from accounts.models.ways_in import AdminInvitation, ApiToken, Invitation

__all__ = [
    "AdminInvitation",
    "Announcement",
    "ApiToken",
    "CreditEntry",
    "CreditEntryQuerySet",
    "Dismissal",
    "Entitlements",
    "Invitation",
    "Plan",
    "SiteSettings",
    "User",
    "UserManager",
    "Wallet",
    "validate_names",
]
