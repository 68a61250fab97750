"""Operations that a member keeps under a name."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from generation.models.identifiers import time_ordered_uuid


class RecipeQuerySet(models.QuerySet["Recipe"]):
    """Reads of recipes."""

    def visible_to(self, member: User | int) -> RecipeQuerySet:
        """Recipes this member may see: their own."""
        return self.filter(member=member)


class Recipe(models.Model):
    """A list of operations, checked when it is saved and again before each run."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=time_ordered_uuid, editable=False
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), on_delete=models.CASCADE, related_name="recipes"
    )
    name = models.CharField(_("name"), max_length=60)
    operations = models.JSONField(_("operations"), default=list)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = RecipeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("recipe")
        verbose_name_plural = _("recipes")
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "name"], name="one_recipe_per_name")]

    def __str__(self) -> str:
        return self.name
