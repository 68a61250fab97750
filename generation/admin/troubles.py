"""What was wrong, and since when."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from generation.admin.look_only import LookOnlyAdmin
from generation.models import Trouble
from generation.services.troubles import sentence_of


@admin.register(Trouble)
class TroubleAdmin(LookOnlyAdmin):
    """Troubles, those that are gone included."""

    list_display = ("since", "kind", "subject", "says", "told_at", "gone_at")
    list_filter = ("kind", ("gone_at", admin.EmptyFieldListFilter))

    @admin.display(description=_("what is wrong"))
    def says(self, trouble: Trouble) -> str:
        """Say it in words."""
        return sentence_of(trouble)
