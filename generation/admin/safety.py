"""The safety check: its rule, and the pictures that it blurs."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.exceptions import Refusal
from generation import storage
from generation.admin.look_only import LookOnlyAdmin
from generation.models import Image, SafetyRule, SensitiveImage
from generation.services.jobs import delete_images
from generation.services.safety import can_judge, clear_images


class SafetyRuleForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for type checkers alone
    """The rule; it can be switched on only where the network is."""

    class Meta:
        model = SafetyRule
        fields = ("mode", "blur_at", "block_at")

    def clean_mode(self) -> str:
        """Refuse a check that could not look."""
        mode: str = self.cleaned_data["mode"]
        if mode != SafetyRule.Mode.OFF and not can_judge():
            raise forms.ValidationError(_("The network for it is not installed here. Add it by “make ai”."))
        return mode


@admin.register(SafetyRule)
class SafetyRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic for type checkers alone
    """The one row; its list leads straight to it."""

    form = SafetyRuleForm

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseRedirect:
        """Go to the row."""
        SafetyRule.objects.get_or_create(pk=1)
        return HttpResponseRedirect(reverse("admin:generation_safetyrule_change", args=[1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: there is one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody."""
        return False


@admin.register(SensitiveImage)
class SensitiveImageAdmin(LookOnlyAdmin):
    """What is blurred, the highest scores first: to be shown after all, or deleted."""

    list_display = ("preview", "unsafe_score", "member", "job", "created_at")
    list_select_related = ("member", "job")
    list_per_page = 24
    ordering = ("-unsafe_score", "-id")
    actions = ("show", "remove")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SensitiveImage]:
        """Give those that are blurred now."""
        return super().get_queryset(request).filter(sensitive=True, status=Image.Status.SUCCEEDED)

    def get_urls(self) -> list[Any]:
        """Add the address of a thumbnail, which members' own addresses would refuse."""
        view = self.admin_site.admin_view(self.thumbnail)
        return [path("<uuid:image>/thumbnail/", view, name="sensitive_thumbnail"), *super().get_urls()]

    def thumbnail(self, request: HttpRequest, image: UUID) -> HttpResponse:
        """Send a small picture of what is to be reviewed, and of nothing else."""
        found = self.get_queryset(request).filter(pk=image).first()
        if found is None or not self.has_view_permission(request):
            raise Http404
        return HttpResponse(storage.read(storage.thumbnail_name(found.file_name)), content_type="image/webp")

    @admin.display(description=_("picture"))
    def preview(self, image: SensitiveImage) -> SafeString:
        """Show it small."""
        return format_html('<img src="{}" alt="" width="96">', reverse("admin:sensitive_thumbnail", args=[image.pk]))

    @admin.action(description=_("Harmless: blur them no more"), permissions=["view"])
    def show(self, request: HttpRequest, chosen: QuerySet[SensitiveImage]) -> None:
        """Show these to their members as any other picture."""
        count = clear_images(Image.objects.filter(pk__in=chosen.values("pk")))
        self.message_user(request, ngettext("%d picture is shown.", "%d pictures are shown.", count) % count)

    @admin.action(description=_("Delete them for good"), permissions=["view"])
    def remove(self, request: HttpRequest, chosen: QuerySet[SensitiveImage]) -> None:
        """Delete these."""
        count = chosen.count()
        try:
            delete_images(Image.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))))
        except Refusal as refusal:
            self.message_user(request, str(refusal.detail), messages.WARNING)
            return
        self.message_user(request, ngettext("%d picture deleted.", "%d pictures deleted.", count) % count)
