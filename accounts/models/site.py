"""What admins say to everybody, and how people may come in."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models.members import User


class SiteSettings(models.Model):
    """What admins may change while everything runs: one row, and none before the first change."""

    class SignUp(models.TextChoices):
        OPEN = "open", _("open to everybody")
        INVITATION = "invitation", _("by invitation")
        CLOSED = "closed", _("closed")

    sign_up = models.CharField(_("sign-up"), max_length=10, choices=SignUp, default=SignUp.OPEN)
    mark_text = models.CharField(
        _("visible mark"),
        max_length=60,
        blank=True,
        help_text=_(
            "Written small on pictures of members whose plan has a visible mark, in Latin or Chinese letters. "
            "Empty: “Made with imagegen”."
        ),
    )
    mark_changed_at = models.DateTimeField(null=True, editable=False)  # copies with a mark that are older are made anew

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_row_of_site_settings")]

    def __str__(self) -> str:
        return str(_("site settings"))


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Reads of announcements."""

    def current(self) -> AnnouncementQuerySet:
        """Announcements whose time it is."""
        now = timezone.now()
        return self.filter(starts_at__lte=now).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))

    def unread_by(self, member: User) -> AnnouncementQuerySet:
        """Announcements this member has not put away."""
        return self.exclude(dismissals__member=member)


class Announcement(models.Model):
    """A banner on the pages of members."""

    class Level(models.TextChoices):
        INFO = "info", _("good to know")
        WARNING = "warning", _("to keep in mind")
        URGENT = "urgent", _("urgent")

    text_en = models.CharField(_("text in English"), max_length=300, blank=True)
    text_zh = models.CharField(_("text in Chinese"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=Level, default=Level.INFO)
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True, help_text=_("Empty: until you delete it."))
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-starts_at", "-pk"]
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The words in the reader's language, or in the other one where nothing else was written."""
        chinese = (get_language() or "").startswith("zh")
        return (self.text_zh or self.text_en) if chinese else (self.text_en or self.text_zh)

    def clean(self) -> None:
        """Refuse an empty banner, and one that ends before it begins."""
        if not (self.text_en or self.text_zh):
            raise ValidationError(_("Write the text in one language at least."))
        if self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("This is before its start.")})


class Dismissal(models.Model):
    """A member has read an announcement and put it away."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="dismissals")
    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="dismissals")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["announcement", "member"], name="put_away_once")]

    def __str__(self) -> str:
        return f"{self.member} · {self.announcement}"
