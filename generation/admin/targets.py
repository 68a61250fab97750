"""Where pictures may go."""

from django.contrib import admin

from generation.models import Target


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """Sizes and rules, as members find them in the builder and in the API."""

    list_display = ("__str__", "width", "height", "fit", "format", "at_most_kb", "order", "enabled")
    list_editable = ("order", "enabled")
    prepopulated_fields = {"slug": ("name",)}  # noqa: RUF012  as Django has it
