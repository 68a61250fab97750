"""Whether mail goes out."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods


class MailTestForm(forms.Form):
    """Where the test goes."""

    address = forms.EmailField(label=gettext_lazy("Send it to"))


@require_http_methods(["GET", "POST"])
def mail_test(request: HttpRequest) -> HttpResponse:
    """Send one mail, exactly as every other is sent, and show what the mail server says."""
    form = MailTestForm(request.POST or None, initial={"address": getattr(request.user, "email", "")})
    failure = ""
    if request.method == "POST" and form.is_valid():
        failure = _send(form.cleaned_data["address"])
        if not failure:
            messages.success(request, _("The mail server took the mail for %s.") % form.cleaned_data["address"])
    context = {
        **admin.site.each_context(request),
        "title": _("Mail test"),
        "form": form,
        "failure": failure,
        "to_the_log": not settings.EMAIL_URL,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "server": getattr(settings, "EMAIL_HOST", "") if settings.EMAIL_URL else "",
    }
    return TemplateResponse(request, "admin/mail_test.html", context, status=502 if failure else 200)


def _send(address: str) -> str:
    """Send the test; give the error in the server's own words, or nothing."""
    words = _("This is the test that you asked for in the admin of imagegen. Mail works.")
    try:
        send_mail(_("Mail from imagegen works"), words, None, [address])
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; ValueError: settings that contradict
        return f"{type(error).__name__}: {error}"
    return ""
