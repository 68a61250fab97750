"""A member who takes their data along, or leaves."""

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.views import MemberRequest
from generation.services.export import export_of
from generation.services.leaving import leave
from generation.views.archives import pieces_of


class LeavingForm(forms.Form):
    """The proof that it is really meant: the password; the e-mail where there is none."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    email = forms.CharField(label=gettext_lazy("Your e-mail, once more"))

    def __init__(self, request: HttpRequest, member: User) -> None:
        super().__init__(request.POST or None)
        self._request, self._member = request, member
        del self.fields["email" if member.has_usable_password() else "password"]

    def clean_password(self) -> str:
        """Refuse a wrong password, and many of them for a while."""
        password: str = self.cleaned_data["password"]
        if not ratelimit.consume(self._request, action="reauthenticate", user=self._member):
            raise forms.ValidationError(_("Too many tries. Wait a minute."))
        if not self._member.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password

    def clean_email(self) -> str:
        """Refuse another e-mail."""
        email: str = self.cleaned_data["email"].strip().lower()
        if email != self._member.email:
            raise forms.ValidationError(_("This is not your e-mail."))
        return email


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
@require_safe
def export_account(request: MemberRequest) -> HttpResponseBase:
    """Send everything that belongs to the member as one zip file."""
    day = timezone.localdate().isoformat()
    return StreamingHttpResponse(
        pieces_of(export_of(request.user)),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="imagegen_account_{day}.zip"',
            "Cache-Control": "no-store",
        },
    )


@never_cache
@login_required
@reauthentication_required(enabled=lambda request: not request.user.has_usable_password())  # type: ignore[untyped-decorator]
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def delete_account(request: MemberRequest) -> HttpResponse:
    """Say what goes with the account; with the password, close it."""
    form = LeavingForm(request, request.user)
    if form.is_valid():
        leave(request.user)
        logout(request)
        messages.success(request, _("Your account is closed; everything in it is deleted within minutes."))
        return redirect("studio")
    return render(request, "generation/delete_account.html", {"form": form}, status=422 if form.errors else 200)
