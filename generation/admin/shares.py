"""Share links: what members show to the world."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from generation.admin.look_only import LookOnlyAdmin
from generation.models import ShareLink
from generation.services import shares


@admin.register(ShareLink)
class ShareLinkAdmin(LookOnlyAdmin):
    """Links of all members. Their addresses are the members' affair; closing one is an admin's."""

    list_display = (
        "created_at",
        "member",
        "image",
        "shows_prompt",
        "keeps_metadata",
        "views",
        "expires_at",
        "revoked_at",
    )
    list_filter: ClassVar = ["created_at", "expires_at", ("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ("member", "image")
    search_fields = ("member__email",)
    ordering = ("-id",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke"), permissions=["view"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ShareLink]) -> None:
        """Close those that are open."""
        closed = sum(shares.revoke_share(link) for link in chosen)
        self.message_user(request, ngettext("%d link revoked.", "%d links revoked.", closed) % closed)
