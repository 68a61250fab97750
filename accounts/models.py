"""Who may do what, and what it costs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAMES_HELP = _('A list of names; ["*"] allows every one.')


@dataclass(frozen=True, slots=True)
class Entitlements:
    """What a plan allows, as one value; it is stored on a job at submit, and what was accepted runs."""

    plan: str = "basic"
    modes: tuple[str, ...] = ("text-to-image", "image-to-image")
    parameters: tuple[str, ...] = ("prompt", "size", "count", "style", "reference")  # ("*",): every one
    operations: tuple[str, ...] = ("resize", "crop", "rotate", "colour", "convert")  # ("*",): every one
    max_side: int = 1536  # pixels
    max_pixels: int = 1_600_000
    images_per_job: int = 4
    running_images: int = 2
    waiting_images: int = 40
    weight: int = 1
    batch_rows: int = 20
    monthly_credits: int = 200
    visible_mark: bool = True
    retention_days: int = 30
    storage_bytes: int = 1_000_000_000
    own_engine_keys: bool = False

    def allows_mode(self, name: str) -> bool:
        """Tell whether jobs of this mode may be submitted."""
        return "*" in self.modes or name in self.modes

    def allows_parameter(self, name: str) -> bool:
        """Tell whether the form's field `name` may be used."""
        return "*" in self.parameters or name in self.parameters

    def allows_operation(self, name: str) -> bool:
        """Tell whether the operation `name` may stand in a recipe."""
        return "*" in self.operations or name in self.operations

    def as_json(self) -> dict[str, object]:
        """Give plain values for a JSON column."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: dict[str, object]) -> Entitlements:
        """Read what `as_json` wrote; fields that did not exist then have their defaults."""
        known = {item.name for item in fields(cls)}
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}
        return cls(**{key: value for key, value in values.items() if key in known})  # type: ignore[arg-type]  # our own JSON


def validate_names(value: object) -> None:
    """Refuse what is not a list of names."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValidationError(_('Write a list of names, such as ["resize", "crop"], or ["*"] for every one.'))


class Plan(models.Model):
    """A tier. Admins edit every number; members see the words."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("Plans are shown from low to high."))
    default = models.BooleanField(_("given to new members"), default=False)
    modes = models.JSONField(_("modes"), default=list, validators=[validate_names], help_text=NAMES_HELP)
    parameters = models.JSONField(_("parameters"), default=list, validators=[validate_names], help_text=NAMES_HELP)
    operations = models.JSONField(_("operations"), default=list, validators=[validate_names], help_text=NAMES_HELP)
    max_side = models.PositiveIntegerField(_("longest side in pixels"), default=1536)
    max_pixels = models.PositiveIntegerField(_("largest picture in pixels"), default=1_600_000)
    images_per_job = models.PositiveSmallIntegerField(_("images a task"), default=4)
    running_images = models.PositiveSmallIntegerField(_("images running at once"), default=2)
    waiting_images = models.PositiveIntegerField(_("images waiting at most"), default=40)
    weight = models.PositiveSmallIntegerField(_("weight in the fair order"), default=1)
    batch_rows = models.PositiveIntegerField(_("rows a batch"), default=20)
    monthly_credits = models.PositiveIntegerField(_("credits a month"), default=200)
    visible_mark = models.BooleanField(_("visible mark on pictures"), default=True)
    retention_days = models.PositiveIntegerField(_("days pictures are kept"), default=30)
    storage_bytes = models.PositiveBigIntegerField(_("storage in bytes"), default=1_000_000_000)
    own_engine_keys = models.BooleanField(_("own engine keys"), default=False)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["default"],
                condition=models.Q(default=True),
                name="one_default_plan",
                violation_error_message=_("Another plan is given to new members: change that one first."),
            ),
            models.CheckConstraint(condition=models.Q(weight__gte=1), name="plan_weight_positive"),
        ]

    def __str__(self) -> str:
        return gettext(self.name)

    def entitlements(self) -> Entitlements:
        """Freeze this plan into one value."""
        names = [item.name for item in fields(Entitlements) if item.name != "plan"]
        return Entitlements.from_json({"plan": self.slug} | {name: getattr(self, name) for name in names})


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
    is_staff = models.BooleanField(_("admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    suspended_at = models.DateTimeField(_("suspended since"), null=True, blank=True)
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


class Wallet(models.Model):
    """A member's credits that are free to spend: always the sum of their entries."""

    member = models.OneToOneField(
        User, verbose_name=_("member"), on_delete=models.CASCADE, primary_key=True, related_name="wallet"
    )
    balance = models.PositiveIntegerField(_("credits"), default=0)
    granted_month = models.CharField(_("last monthly grant"), max_length=7, blank=True)  # "2026-11"
    granted = models.PositiveIntegerField(_("credits of that month"), default=0)  # what the plan promised then

    class Meta:
        verbose_name = _("wallet")
        verbose_name_plural = _("wallets")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(balance__gte=0), name="wallet_never_negative")
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.balance}"


class CreditEntryQuerySet(models.QuerySet["CreditEntry"]):
    """Reads of the ledger."""

    def visible_to(self, member: User) -> CreditEntryQuerySet:
        """Lines this member may see: their own."""
        return self.filter(member=member)

    def that_moved(self) -> CreditEntryQuerySet:
        """Lines that changed the wallet; settling only says that what was held is spent."""
        return self.exclude(amount=0)


class CreditEntry(models.Model):
    """One line of the ledger; never changed, never deleted while the member exists.

    A `reserve` takes the price of a job's images; each image closes its part once, by `settle`
    (amount 0, the price stays spent) or by `release` (the price comes back).
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("credits added")
        RESERVE = "reserve", _("held for a task")
        RELEASE = "release", _("returned: no picture made")
        SETTLE = "settle", _("spent on a picture")
        REFUND = "refund", _("refunded")
        EXPIRE = "expire", _("expired")
        ADJUST = "adjust", _("changed by an admin")

    member = models.ForeignKey(User, verbose_name=_("member"), on_delete=models.CASCADE, related_name="credit_entries")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    amount = models.IntegerField(_("amount"))
    price = models.PositiveIntegerField(_("price"), default=0)  # what a settle or release closes
    reservation = models.ForeignKey(
        "self", verbose_name=_("reservation"), on_delete=models.CASCADE, null=True, blank=True, related_name="closings"
    )
    job = models.UUIDField(_("task"), null=True, blank=True, db_index=True)
    image = models.UUIDField(_("image"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = CreditEntryQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        verbose_name = _("credit entry")
        verbose_name_plural = _("credit entries")
        indexes: ClassVar = [models.Index(fields=["member", "-created_at", "-id"], name="ledger_of_member")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reservation", "image"],
                condition=models.Q(reservation__isnull=False),
                name="one_closing_per_image",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount:+d}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Reads of tokens."""

    def visible_to(self, member: User) -> ApiTokenQuerySet:
        """Tokens this member may see: their own."""
        return self.filter(member=member)

    def usable(self) -> ApiTokenQuerySet:
        """Tokens that still open the door."""
        return self.filter(revoked_at__isnull=True, member__is_active=True)


class ApiToken(models.Model):
    """A program's way in; only the hash of the secret is kept."""

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    member = models.ForeignKey(User, verbose_name=_("member"), on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.WRITE)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class AdminInvitation(models.Model):
    """The first-run link that makes the first admin: the hash of its secret, used once."""

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"
