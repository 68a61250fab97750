"""Engines, tasks, pictures, attempts and share links, for admins."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from generation.admin import engines, safety, shares, targets, tasks, troubles

__all__ = ["engines", "safety", "shares", "targets", "tasks", "troubles"]

admin.site.site_header = _("imagegen administration")
admin.site.site_title = "imagegen"
admin.site.index_template = "admin/dashboard.html"  # "admin/index.html" stays Django's: the parts' pages extend it
admin.site.index_title = _("What runs here")
