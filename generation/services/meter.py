"""What the top bar says about a member: places in use, pictures that wait, credits left."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.credits import wallet_of
from accounts.services.plans import entitlements_of
from generation.models import Image


@dataclass(frozen=True, slots=True)
class Meter:
    """Pictures running and waiting, how many may run at once, and the credits left."""

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
    """Count what a member has running and waiting."""
    counts = Image.objects.visible_to(member).active().order_by().values_list("status").annotate(n=Count("pk"))
    by_status: dict[str, int] = dict(counts)
    return Meter(
        running=by_status.get(Image.Status.RUNNING, 0),
        waiting=by_status.get(Image.Status.QUEUED, 0),
        limit=entitlements_of(member).running_images,
        credits=wallet_of(member).balance,
    )
