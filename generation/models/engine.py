"""Engines as admins configure them, and their lanes as the scheduler sees them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Plan

GENERATE, PROCESS = CLUSTERS = ("generate", "process")  # of workers
PROCESSING = "processing"  # the kind of the lane of recipes


class EngineQuerySet(models.QuerySet["Engine"]):
    """Reads of engines."""

    def open(self) -> EngineQuerySet:
        """Engines that take new work."""
        return self.filter(enabled=True)


class Engine(models.Model):
    """A configured place that makes pictures; seen as a queue it is a lane."""

    class WhenDown(models.TextChoices):
        WAIT = "wait", _("pictures wait")
        FAIL = "fail", _("pictures fail at once")

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    secrets = models.TextField(default="", blank=True, editable=False)  # keys, as `imagegen.sealing` writes them
    plans = models.ManyToManyField(
        Plan,
        verbose_name=_("plans"),
        blank=True,
        related_name="engines",
        help_text=_("Whose members may use it; none chosen: everybody."),
    )
    enabled = models.BooleanField(
        _("enabled"), default=True, help_text=_("Without it: takes no new work, and ends what waits.")
    )
    paused = models.BooleanField(_("paused"), default=False, help_text=_("Takes work but starts none."))
    message = models.CharField(_("message to members"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    concurrency = models.PositiveSmallIntegerField(_("pictures at once"), default=1, validators=[MinValueValidator(1)])
    time_limit = models.PositiveIntegerField(_("seconds a picture may take"), default=120)
    when_down = models.CharField(
        _("while it is down"),
        max_length=4,
        choices=WhenDown,
        default=WhenDown.WAIT,
        help_text=_("What becomes of pictures after three failures in a row that are the engine's own."),
    )
    fallback = models.ForeignKey(
        "self",
        verbose_name=_("fallback"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Takes over what waits while this one is down, at its own price, for members who agreed."),
    )
    base_price = models.PositiveIntegerField(_("credits a picture"), default=0)
    megapixel_price = models.DecimalField(_("credits a megapixel"), max_digits=8, decimal_places=3, default=1)
    step_price = models.DecimalField(_("credits a step"), max_digits=8, decimal_places=4, default=0)
    base_seconds = models.FloatField(_("expected seconds a picture"), default=0.2)
    megapixel_seconds = models.FloatField(_("expected seconds a megapixel"), default=1.0)

    objects = EngineQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("engine")
        verbose_name_plural = _("engines")

    def __str__(self) -> str:
        return str(_(self.name))  # the built-in ones have a name in each language

    @property
    def cluster(self) -> str:
        """Whose drains serve its lane: recipes keep processors busy, and so have workers of their own."""
        return PROCESS if self.kind == PROCESSING else GENERATE


class LaneStateQuerySet(models.QuerySet["LaneState"]):
    """Reads of lanes."""

    def ailing(self) -> LaneStateQuerySet:
        """Lanes for which a call that goes well is news."""
        return self.filter(Q(faults__gt=0) | Q(down_since__isnull=False) | Q(limit__isnull=False))


class LaneState(models.Model):
    """What changes often about a lane; claiming locks these rows, in order, so claims happen one at a time.

    The breaker: after three `faults` in a row the lane is down, and starts nothing but, from `retry_at` on, one
    `probe` at a time. The limit: while the engine says that it is asked too much, fewer calls at once.
    `services/breaker.py` moves both.
    """

    engine = models.OneToOneField(
        Engine, verbose_name=_("engine"), on_delete=models.CASCADE, primary_key=True, related_name="lane"
    )
    virtual_time = models.FloatField(_("virtual time"), default=0.0)
    faults = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    faulty = models.JSONField(default=list)  # the attempts of these failures: they cost nothing once the lane is down
    trouble = models.CharField(_("trouble"), max_length=40, blank=True)  # code of the last fault
    down_since = models.DateTimeField(_("down since"), null=True, blank=True)
    retry_at = models.DateTimeField(_("next try"), null=True, blank=True)
    probe = models.UUIDField(null=True, blank=True)  # the attempt that tries; while it is open, no other one does
    probes = models.PositiveSmallIntegerField(default=0)  # tries that failed: the pauses between them grow
    limit = models.FloatField(
        _("calls at once for now"), null=True, blank=True
    )  # None: as many as the engine's row says
    limited_at = models.DateTimeField(null=True, blank=True)  # calls that began before say nothing new
    held_until = models.DateTimeField(_("asked to wait until"), null=True, blank=True)

    objects = LaneStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("lane")
        verbose_name_plural = _("lanes")

    def __str__(self) -> str:
        return str(self.engine)

    @property
    def down(self) -> bool:
        """Whether the breaker is open."""
        return self.down_since is not None

    @property
    def held(self) -> bool:
        """Whether the engine has asked to start nothing for now."""
        return self.held_until is not None and self.held_until > timezone.now()

    def pause_after(self, failed: int) -> float:
        """Give the seconds before the next try when so many have failed: 10, doubled each time, at most 5 minutes."""
        return min(300.0, 10.0 * float(2 ** min(failed, 5)))

    @property
    def most_at_once(self) -> int:
        """How many calls may run at once now."""
        most = self.engine.concurrency
        return most if self.limit is None else min(most, int(self.limit + 0.001))  # seven sevenths are one


class Share(models.Model):
    """A member's place in a lane's fair order: start-time fair queueing, see docs/architecture.md."""

    lane = models.ForeignKey(LaneState, verbose_name=_("lane"), on_delete=models.CASCADE, related_name="shares")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="shares"
    )
    finish = models.FloatField(_("finish"), default=0.0)
    running = models.PositiveIntegerField(_("running"), default=0)

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        constraints: ClassVar = [models.UniqueConstraint(fields=["lane", "member"], name="one_share_per_lane")]

    def __str__(self) -> str:
        return f"{self.member} in {self.lane}"
