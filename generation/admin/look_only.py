"""Rows that the queue alone writes."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin.read_only import ReadOnlyAdmin


class LookOnlyAdmin(ReadOnlyAdmin):
    """A list of such rows, and the page of each."""

    show_full_result_count = False  # counting a million rows is slow

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False


class LookOnlyInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for type checkers alone
    """Such rows on the page of what they belong to."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False
