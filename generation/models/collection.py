"""Collections: pictures that a member put together under a name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from generation.models.identifiers import time_ordered_uuid
from generation.models.job import Image


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Reads of collections."""

    def visible_to(self, member: User | int) -> CollectionQuerySet:
        """Collections this member may see: their own."""
        return self.filter(member=member)


class Collection(models.Model):
    """A named set of a member's pictures."""

    id = models.UUIDField(primary_key=True, default=time_ordered_uuid, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="collections"
    )
    name = models.CharField(_("name"), max_length=80)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "name"], name="one_collection_per_name")]

    def __str__(self) -> str:
        return self.name


class CollectionItem(models.Model):
    """A picture in a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="items")
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="collection_items")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["collection", "image"], name="once_per_collection")]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.collection_id}"
