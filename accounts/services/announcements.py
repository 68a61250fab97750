"""What admins say to members."""

from accounts.models import Announcement, Dismissal, User


def announcements_for(member: User) -> list[Announcement]:
    """Give what this member should read now, the newest first."""
    return list(Announcement.objects.current().unread_by(member))


def dismiss(announcement: Announcement, member: User) -> None:
    """Put an announcement away for this member, on all their devices. Twice is fine."""
    Dismissal.objects.get_or_create(announcement=announcement, member=member)
