"""Where allauth meets our members."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from functools import partial

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import render

from accounts.exceptions import InvitationVoid
from accounts.models import User
from accounts.services.sign_up import SESSION_KEY, may_sign_up, sign_up
from imagegen.events import publish_session_ended


def take_in(request: HttpRequest, user: User) -> None:
    """Store a new member and use up the invitation they came with; shown as closed when somebody was faster."""
    try:
        sign_up(user, request.session.pop(SESSION_KEY, ""))
    except InvitationVoid as refusal:
        raise ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403)) from refusal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-up takes the same steps as every other door; open sockets hear when a session ends."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell whether this visitor may sign up: by what admins chose, and by the invitation they came with."""
        return may_sign_up(request.session.get(SESSION_KEY, ""))

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Fill the new member from the sign-up form, and take them in."""
        super().save_user(request, user, form, commit=False)
        if commit:
            take_in(request, user)
        return user

    def logout(self, request: HttpRequest) -> None:
        """End this session; sockets of it close once it is gone."""
        member = request.user.pk
        super().logout(request)
        if member is not None:
            publish_session_ended(member)

    def set_password(self, user: User, password: str) -> None:
        """Change the password, which ends every session that was opened with the old one."""
        super().set_password(user, password)
        transaction.on_commit(partial(publish_session_ended, user.pk))


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]  # allauth has no types
    """Signing out other devices closes their sockets."""

    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End these sessions."""
        ended = list(sessions)
        super().end_sessions(ended)
        for member in {session.user_id for session in ended}:
            publish_session_ended(member)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Whoever reads the database cannot make the codes of members' apps."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with the site's key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret, also one of an earlier key."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Members who come from elsewhere take the steps of every other door."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Tell whether this visitor may sign up, as on our own form."""
        return may_sign_up(request.session.get(SESSION_KEY, ""))

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None) -> User:
        """Store the new member; where a form was shown, the account's adapter takes them in."""
        if form is None:
            sociallogin.user.set_unusable_password()
            take_in(request, sociallogin.user)
        member: User = super().save_user(request, sociallogin, form)
        return member


def _cipher() -> MultiFernet:
    """Make the cipher of this site: its key first, then those it had before."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factors" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
