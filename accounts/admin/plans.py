"""Plans."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Plan


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """What members may do; a changed number counts from the next task on."""

    list_editable = ("order", "monthly_credits", "images_per_job", "running_images", "weight")
    list_display = ("__str__", "slug", "default", *list_editable)
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "description", "order", "default")}),
        (_("What members may use"), {"fields": ("modes", "parameters", "operations", "own_engine_keys")}),
        (_("How large"), {"fields": ("max_side", "max_pixels")}),
        (_("How many"), {"fields": ("images_per_job", "running_images", "waiting_images", "weight", "batch_rows")}),
        (_("Credits"), {"fields": ("monthly_credits",)}),
        (_("Pictures"), {"fields": ("visible_mark", "retention_days", "storage_bytes")}),
    )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Plan | None = None) -> dict[str, Any]:
        """Suggest a short name for a new plan."""
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Plan | None = None) -> tuple[str, ...]:
        """Keep the short name: scripts and stored tasks know a plan by it."""
        return ("slug",) if obj else ()
