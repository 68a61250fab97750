"""What is said to members."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Announcement


@admin.register(Announcement)
class AnnouncementAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """Banners on the pages of members."""

    list_display = ("__str__", "level", "starts_at", "ends_at", "shown")
    list_filter = ("level",)
    search_fields = ("text_en", "text_zh")
    fields = ("text_en", "text_zh", "level", "starts_at", "ends_at")

    @admin.display(description=_("shown now"), boolean=True)
    def shown(self, announcement: Announcement) -> bool:
        """Tell whether its time is now."""
        now = timezone.now()
        return announcement.starts_at <= now and (announcement.ends_at is None or announcement.ends_at > now)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Give the words room."""
        if db_field.name in ("text_en", "text_zh"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 80})
        return super().formfield_for_dbfield(db_field, request, **kwargs)
