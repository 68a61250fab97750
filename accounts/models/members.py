"""Members."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.plans import Plan


class UserManager(BaseUserManager["User"]):
    """Members log in by e-mail."""

    def create_user(self, email: str, password: str | None = None, **extra: object) -> User:
        """Make a member; without a password they can only log in after a reset."""
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: object) -> User:
        """Make an admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a member by e-mail, whatever the case."""
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """A member; "member" in every text."""

    email = models.EmailField(_("e-mail"), unique=True, error_messages={"unique": _("This e-mail is taken.")})
    name = models.CharField(_("name"), max_length=80, blank=True)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT, null=True, related_name="members")
    language = models.CharField(_("language"), max_length=10, blank=True)
    theme = models.CharField(_("theme"), max_length=10, blank=True)
    mail_when_finished = models.BooleanField(_("mail when long work is finished"), default=False)
    simplify_refused = models.BooleanField(_("try a refused prompt with fewer words"), default=False)
    accept_fallback = models.BooleanField(_("another engine may take over"), default=False)
    is_staff = models.BooleanField(_("admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    suspended_at = models.DateTimeField(_("suspended since"), null=True, blank=True)
    leaving_since = models.DateTimeField(_("leaving since"), null=True, blank=True)  # deleted once nothing runs
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering: ClassVar = ["-date_joined"]
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return self.email
