"""What the top bar says about a member: places in use, pictures that wait, credits left."""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.credits import wallet_of
from accounts.services.plans import entitlements_of
from generation.models import Image, Share


@dataclass(frozen=True, slots=True)
class Meter:
    """Places in use, pictures waiting, how many places there are, and the credits left."""

    running: int
    waiting: int
    limit: int
    credits: int

    @property
    def slots(self) -> list[bool]:
        """One entry a place, true for those in use."""
        return [place < self.running for place in range(self.limit)]

    @property
    def full(self) -> bool:
        """Whether what waits has to wait for one of the member's own places."""
        return self.running >= self.limit

    @property
    def words(self) -> str:
        """The same in a sentence."""
        words = _("%(running)s of %(limit)s running") % {"running": self.running, "limit": self.limit}
        return words + " · " + _("%(waiting)s waiting") % {"waiting": self.waiting} if self.waiting else words


def meter_of(member: User) -> Meter:
    """Count the places a member has in use, as claims count them, and what waits."""
    return Meter(
        running=Share.objects.filter(member=member).aggregate(total=Sum("running"))["total"] or 0,
        waiting=Image.objects.visible_to(member).filter(status=Image.Status.QUEUED).count(),
        limit=entitlements_of(member).running_images,
        credits=wallet_of(member).balance,
    )
