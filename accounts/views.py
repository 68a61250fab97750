"""The pages about a member, and the plans."""

from typing import Any

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.exceptions import InvitationVoid
from accounts.forms import SYSTEM, THEMES, FirstAdminForm, PreferencesForm, TokenForm
from accounts.models import Announcement, ApiToken, CreditEntry, Plan, User
from accounts.services import announcements, members, tokens
from accounts.services import credits as ledger
from accounts.services.comparison import compare
from accounts.services.invitations import accept_invitation, invitation_open
from accounts.services.plans import entitlements_of
from accounts.services.sign_up import SESSION_KEY, find_invitation

LINES_A_PAGE = 20
A_YEAR = 365 * 24 * 3600  # seconds


class MemberRequest(HttpRequest):
    """A request behind `login_required`."""

    user: User


@never_cache
@login_required
@require_GET
def account(request: MemberRequest) -> HttpResponse:
    """Show plan, credits, tokens, security and preferences."""
    return render(request, "accounts/account.html", _account(request, TokenForm()))


@never_cache
@login_required
@require_POST
def create_token(request: MemberRequest) -> HttpResponse:
    """Make a token and show its secret, which nobody can show again."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/account.html", _account(request, form), status=422)
    token, secret = tokens.create_token(request.user, **form.cleaned_data)
    return render(request, "accounts/token_created.html", {"token": token, "secret": secret})


@login_required
@require_POST
def revoke_token(request: MemberRequest, pk: int) -> HttpResponse:
    """Close one way in."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    if tokens.revoke_token(token):
        messages.success(request, _("“%(name)s” no longer opens your account.") % {"name": token.name})
    return redirect(f"{resolve_url('account')}#tokens")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the language and the theme: with the member, and in this browser for when nobody is signed in."""
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        raise BadRequest("unknown language or theme")
    response = redirect(_next_page(request))
    if language := form.cleaned_data["language"]:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated:
            members.set_language(request.user, language)
    if theme := form.cleaned_data["theme"].replace(SYSTEM, ""):
        _keep(response, "theme", theme)
    elif form.cleaned_data["theme"]:
        response.delete_cookie("theme")
    if form.cleaned_data["theme"] and request.user.is_authenticated:
        members.set_theme(request.user, theme)
    return response


@login_required
@require_POST
def notices(request: MemberRequest) -> HttpResponse:
    """Keep whether the member wants mail about finished work."""
    members.set_mail_when_finished(request.user, "mail" in request.POST)
    messages.success(request, _("Saved."))
    return redirect(f"{resolve_url('account')}#notices")


@login_required
@require_POST
def ways_on(request: MemberRequest) -> HttpResponse:
    """Keep what the member wants done where an engine refuses a prompt, or is down."""
    wanted = request.POST
    members.set_ways_on(request.user, simplify_refused="simplify" in wanted, accept_fallback="fallback" in wanted)
    messages.success(request, _("Saved."))
    return redirect(f"{resolve_url('account')}#ways-on")


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """Compare the plans."""
    every = list(Plan.objects.all())
    current = request.user.plan if request.user.is_authenticated else None
    context = {"plans": every, "current": current, "rows": compare(plan.entitlements() for plan in every)}
    return render(request, "accounts/plans.html", context)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def first_admin(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the first admin; only the POST uses the link up, for mail scanners and browsers look at links."""
    if not invitation_open(secret):
        raise Http404
    form = FirstAdminForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = accept_invitation(secret, **form.cleaned_data)
        except InvitationVoid as refusal:
            raise Http404 from refusal
        response: HttpResponse = perform_login(request, member, redirect_url="/")
        return response
    return render(request, "accounts/first_admin.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Remember the invitation and lead to the sign-up; only the sign-up uses it, for scanners look at links."""
    if not find_invitation(secret):
        return render(request, "accounts/invitation_void.html", status=404)
    request.session[SESSION_KEY] = secret
    return redirect("account_signup")


@login_required
@require_POST
def dismiss_announcement(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a banner away."""
    announcements.dismiss(get_object_or_404(Announcement, pk=pk), request.user)
    return redirect(_next_page(request))


def _account(request: MemberRequest, token_form: TokenForm) -> dict[str, Any]:
    member = request.user
    lines = Paginator(CreditEntry.objects.visible_to(member).that_moved(), LINES_A_PAGE)
    return {
        "entitlements": entitlements_of(member),
        "wallet": ledger.wallet_of(member),
        "spent": ledger.spent_this_month(member),
        "lines": lines.get_page(request.GET.get("page")),
        "tokens": ApiToken.objects.visible_to(member).usable(),
        "token_form": token_form,
        "second_factors": _second_factors(member),
        "themes": THEMES,
        "theme": member.theme or SYSTEM,
    }


def _second_factors(member: User) -> str:
    """Say which proofs beside the password this member has."""
    words = {"webauthn": _("passkeys or keys"), "totp": _("app")}
    found = [words[kind] for kind in members.second_factors_of(member) if kind in words]
    return ", ".join(found) or _("None yet: a stolen password would be enough")


def _next_page(request: HttpRequest) -> str:
    wish = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return wish if safe else "/"


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=A_YEAR, secure=settings.HTTPS, samesite="Lax")
