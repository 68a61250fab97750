"""Jobs and their images."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from generation.engines.base import Mode
from generation.models import search
from generation.models.engine import CLUSTERS, PROCESS, PROCESSING, Engine
from generation.models.identifiers import first_uuid_at, time_ordered_uuid

MODES = [
    (Mode.TEXT_TO_IMAGE.value, _("text to image")),
    (Mode.IMAGE_TO_IMAGE.value, _("image to image")),
    (Mode.INPAINT.value, _("inpaint")),
    (Mode.PROCESS.value, _("process")),
]


# As people see them; what is nearly square is square.
SHAPES = {
    "wide": Q(width__gt=F("height") * 1.2),
    "tall": Q(height__gt=F("width") * 1.2),
    "square": Q(width__lte=F("height") * 1.2, height__lte=F("width") * 1.2),
}


def shape_name(width: int, height: int) -> str:
    """Name the shape of a picture."""
    if width > height * 1.2:
        return "wide"
    return "tall" if height > width * 1.2 else "square"


class JobQuerySet(models.QuerySet["Job"]):
    """Reads of jobs."""

    def visible_to(self, member: User | int) -> JobQuerySet:
        """Jobs this member may see: their own."""
        return self.filter(member=member)

    def newest_first(self) -> JobQuerySet:
        """Newest first; ids sort by time."""
        return self.order_by("-id")

    def older_than(self, job: uuid.UUID) -> JobQuerySet:
        """Jobs that come after this one in a list that is newest first."""
        return self.filter(id__lt=job)

    def saying(self, words: str, member: User) -> JobQuerySet:
        """The member's jobs with all these words in their prompt, newest first; empty: any."""
        if not words:
            return self.visible_to(member).newest_first()
        # “+ 0” hides the index of members' jobs: from their owner, the database has to start from the words.
        found = self.alias(owner=F("member") + 0).filter(search.condition(member.pk, words))
        return found.order_by(*search.order())

    def first_of(self, count: int) -> list[Job]:
        """Give the first so many, with all that the representation needs.

        Their ids are found first: joined to other tables, SQLite would not walk the search index in its order.
        """
        ids = list(self.values_list("pk", flat=True)[:count])
        found = Job.objects.with_images().in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    def narrowed(
        self, *, states: Iterable[str] = (), engine: str = "", mode: str = "", since: datetime | None = None
    ) -> JobQuerySet:
        """Jobs in one of these states, of this engine's short name and this mode, made since then; empty: any."""
        wanted = {"status__in": list(states), "engine__slug": engine, "mode": mode, "created_at__gte": since}
        return self.filter(**{name: value for name, value in wanted.items() if value})

    def of_card(self, card: uuid.UUID) -> JobQuerySet:
        """What a card shows: the job of this id, or the cells of the grid."""
        return self.filter(Q(pk=card) | Q(group=card))

    def of_group(self, group: uuid.UUID) -> JobQuerySet:
        """The cells of a grid, in its order: row after row."""
        return self.filter(group=group).order_by("id")

    def one_of_each_group(self, peers: JobQuerySet) -> JobQuerySet:
        """These jobs, but of each grid only the first cell that is among `peers`: a grid is one card."""
        earlier = peers.filter(group=OuterRef("group"), pk__lt=OuterRef("pk"))
        return self.filter(Q(group=None) | ~Exists(earlier))

    def between(self, newest: uuid.UUID, oldest: uuid.UUID) -> JobQuerySet:
        """Jobs from one to another of a list that is newest first, both included."""
        return self.filter(id__lte=newest, id__gte=oldest)

    def prompts(self, most: int) -> list[str]:
        """Prompts from the newest on, each once; looks at no more jobs than it has to."""
        found: dict[str, None] = {}
        for prompt in self.newest_first().values_list("prompt", flat=True)[: 10 * most].iterator(most):
            found.setdefault(prompt)
            if len(found) == most:
                break
        return list(found)

    def waiting(self) -> JobQuerySet:
        """Jobs with an image that waits."""
        return self.filter(images__status=Image.Status.QUEUED).distinct()

    def changed_since(self, seq: int) -> JobQuerySet:
        """Jobs that changed after `seq` of their member, in the order of change."""
        return self.filter(seq__gt=seq).order_by("seq")

    def with_images(self) -> JobQuerySet:
        """Fetch what the representation needs, in a constant number of queries."""
        related = self.select_related("engine__lane", "processor__lane", "fell_back_from", "member")
        return related.prefetch_related("images")


class Job(models.Model):
    """One request of a member: one card, 1–8 images."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        SUCCEEDED = "succeeded", _("done")
        PARTIAL = "partial", _("partly done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    FINAL = (Status.SUCCEEDED, Status.PARTIAL, Status.FAILED, Status.CANCELLED)

    id = models.UUIDField(primary_key=True, default=time_ordered_uuid, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="jobs"
    )
    number = models.PositiveIntegerField(_("number"), null=True)  # counts per member; set as submit's last statement
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    mode = models.CharField(_("mode"), max_length=16, choices=MODES)
    engine = models.ForeignKey(Engine, verbose_name=_("engine"), on_delete=models.PROTECT, related_name="jobs")
    prompt = models.TextField(_("prompt"))
    negative_prompt = models.TextField(_("negative prompt"), blank=True)
    style = models.CharField(_("style"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    model = models.CharField(_("model"), max_length=200, blank=True)
    sampler = models.CharField(_("sampler"), max_length=60, blank=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    count = models.PositiveSmallIntegerField(_("images"))
    seed = models.BigIntegerField(_("seed"), null=True, blank=True)  # None: every image draws its own
    steps = models.PositiveIntegerField(_("steps"), null=True, blank=True)
    guidance = models.FloatField(_("guidance"), null=True, blank=True)
    strength = models.FloatField(_("strength"), null=True, blank=True)
    reference = models.UUIDField(_("reference"), null=True, blank=True)  # an upload's or an image's id
    mask = models.UUIDField(_("mask"), null=True, blank=True)
    simplifications = models.PositiveSmallIntegerField(_("times a refused prompt is simplified"), default=0)
    # The engine it was to leave because that was down; it has left where `engine` is another one.
    fell_back_from = models.ForeignKey(
        Engine, verbose_name=_("fell back from"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The operations: of mode `process` on the reference, else on each picture once the engine has made it.
    recipe = models.JSONField(_("recipe"), null=True, blank=True)
    recipe_digest = models.CharField(max_length=64, blank=True)  # by which its result is found again
    # Of a recipe that follows on the engine: its lane, and its part of each picture's price, time and progress.
    processor = models.ForeignKey(
        Engine, verbose_name=_("post-processing"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    processing_price = models.PositiveIntegerField(_("price of the recipe"), default=0)
    processing_seconds = models.FloatField(_("expected seconds of the recipe"), default=0.0)
    processing_share = models.FloatField(_("the recipe's part of the progress"), default=0.0)
    group = models.UUIDField(_("grid"), null=True, blank=True)  # shared by the cells of one grid
    # Of a cell: its value on each axis, the columns first, as {"axis", "value", "place"}; places order the values.
    cell = models.JSONField(_("cell"), null=True, blank=True)
    entitlements = models.JSONField(_("entitlements"), default=dict)  # what the plan allowed at submit
    idempotency_key = models.CharField(_("idempotency key"), max_length=120, null=True, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)
    seq = models.PositiveBigIntegerField(_("last change"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "number"], name="number_counts_per_member"),
            models.UniqueConstraint(fields=["member", "idempotency_key"], name="one_job_per_key"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["member", "-id"], name="job_feed"),
            models.Index(fields=["member", "seq"], name="job_resume"),
            models.Index(fields=["reference"], condition=Q(reference__isnull=False), name="job_derived"),
            models.Index(fields=["group"], condition=Q(group__isnull=False), name="job_group"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def final(self) -> bool:
        """Whether nothing will change any more unless the member asks."""
        return self.status in self.FINAL

    @property
    def results(self) -> list[Image]:
        """Its images without the originals that a recipe has followed on: as many as were asked for."""
        images = list(self.images.all())
        parents = {image.parent for image in images}
        return [image for image in images if image.pk not in parents]


class ImageQuerySet(models.QuerySet["Image"]):
    """Reads and transitions of images."""

    def visible_to(self, member: User | int) -> ImageQuerySet:
        """Images this member may see: their own."""
        return self.filter(member=member)

    def of_card(self, card: uuid.UUID) -> ImageQuerySet:
        """The images of a card: of the job of this id, or of the grid."""
        return self.filter(Q(job=card) | Q(job__group=card))

    def of_group(self, group: uuid.UUID) -> ImageQuerySet:
        """The images of a grid."""
        return self.filter(job__group=group)

    def made(self) -> ImageQuerySet:
        """Images that are pictures."""
        return self.filter(status=Image.Status.SUCCEEDED)

    def narrowed(
        self, *, engine: str = "", mode: str = "", shape: str = "", since: datetime | None = None,
        favourites: bool = False, collection: uuid.UUID | None = None,
    ) -> ImageQuerySet:  # fmt: skip
        """Images of this engine's short name, mode and shape, asked for since then, in this collection; empty: any."""
        wanted = {
            "lane__slug": engine,
            "job__mode": mode,
            "id__gte": since and first_uuid_at(since),
            "favourite": favourites,
            "collection_items__collection": collection,
        }
        found = self.filter(**{name: value for name, value in wanted.items() if value})
        return found.filter(SHAPES[shape]) if shape else found

    def newest_first(self) -> ImageQuerySet:
        """Newest first, as they were asked for; ids sort by time."""
        return self.order_by("-id")

    def active(self) -> ImageQuerySet:
        """Images that still wait or run."""
        return self.filter(status__in=Image.ACTIVE)

    def eligible(self) -> ImageQuerySet:
        """Images a claim may take now, each member's in their own order."""
        return (
            self.filter(status=Image.Status.QUEUED)
            .filter(Q(not_before__isnull=True) | Q(not_before__lte=timezone.now()))
            .order_by("rank", "id")
        )

    def in_clusters(self, clusters: Collection[str]) -> ImageQuerySet:
        """Images in lanes that these clusters' drains serve."""
        if set(clusters) == set(CLUSTERS):
            return self
        recipes = Q(lane__kind=PROCESSING)
        return self.filter(recipes if PROCESS in clusters else ~recipes)


class Image(models.Model):
    """One result of a job: the unit of scheduling, retry, cancel and charge."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("queued")
        RUNNING = "running", _("running")
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    ACTIVE = (Status.QUEUED, Status.RUNNING)

    id = models.UUIDField(primary_key=True, default=time_ordered_uuid, editable=False)
    job = models.ForeignKey(Job, verbose_name=_("task"), on_delete=models.CASCADE, related_name="images")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="images"
    )
    lane = models.ForeignKey(Engine, verbose_name=_("lane"), on_delete=models.PROTECT, related_name="images")
    index = models.PositiveSmallIntegerField(_("index"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    rank = models.BigIntegerField(_("rank"), default=0)  # lower goes first among the member's own
    seed = models.BigIntegerField(_("seed"))
    # What a recipe starts from. Where an engine made it for this task, it is a finished image of the same task (the
    # original, with an index after all others), and this one waits, runs or has ended in the lane of the recipe.
    parent = models.UUIDField(_("parent"), null=True, blank=True)  # an upload's or an image's id
    price = models.PositiveIntegerField(_("price"))
    expected_seconds = models.FloatField(_("expected seconds"), default=1.0)
    reservation = models.PositiveBigIntegerField(_("reservation"))  # the ledger entry that holds this image's price
    lease = models.UUIDField(_("lease"), null=True, blank=True)  # the attempt that may finish this image
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)  # counted since the member last asked
    simplification = models.PositiveSmallIntegerField(_("prompt simplified"), default=0)  # 0: as it was written
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    cancel_requested_at = models.DateTimeField(_("cancel requested"), null=True, blank=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    format = models.CharField(_("format"), max_length=8, blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    bytes = models.PositiveIntegerField(_("bytes"), null=True, blank=True)
    placeholder = models.TextField(_("placeholder"), blank=True)  # a data: address of about 20 pixels
    unsafe_score = models.FloatField(_("unsafe score"), null=True, blank=True)  # None: not looked at
    sensitive = models.BooleanField(_("blurred"), default=False)
    favourite = models.BooleanField(_("favourite"), default=False)
    facts = models.JSONField(
        _("what the engine says"), default=dict, blank=True
    )  # what the engine says went into the picture
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["job_id", "index"]
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "index"], name="one_image_per_index")]
        indexes: ClassVar = [
            models.Index(fields=["lane", "member", "rank", "id"], condition=Q(status="queued"), name="image_waiting"),
            models.Index(fields=["lease"], condition=Q(status="running"), name="image_running"),
            models.Index(fields=["member", "status", "-id"], name="image_gallery"),
            models.Index(fields=["member", "-id"], condition=Q(favourite=True), name="image_favourites"),
            models.Index(fields=["-unsafe_score"], condition=Q(sensitive=True), name="image_sensitive"),
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="image_derived"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.index}"

    @property
    def final(self) -> bool:
        """Whether nothing will change any more unless the member asks."""
        return self.status not in self.ACTIVE

    @property
    def lane_progress(self) -> tuple[float, float]:
        """From where to where its progress goes in its present lane, of 0 … 1; its job must be fetched."""
        if not self.job.processor_id:
            return (0.0, 1.0)
        handed_over = 1.0 - self.job.processing_share
        return (handed_over, 1.0) if self.parent else (0.0, handed_over)


def derive_status(statuses: Iterable[str]) -> Job.Status:
    """Derive a job's status from its images'."""
    kinds = set(statuses)
    if Image.Status.RUNNING in kinds:
        return Job.Status.RUNNING
    if Image.Status.QUEUED in kinds:
        return Job.Status.RUNNING if Image.Status.SUCCEEDED in kinds else Job.Status.QUEUED
    if kinds == {Image.Status.SUCCEEDED}:
        return Job.Status.SUCCEEDED
    if Image.Status.SUCCEEDED in kinds:
        return Job.Status.PARTIAL
    return Job.Status.FAILED if Image.Status.FAILED in kinds else Job.Status.CANCELLED
