"""Where allauth meets our members."""

from collections.abc import Iterable
from functools import partial

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest

from accounts.models import User
from accounts.services.members import enrol
from imagegen.events import publish_session_ended


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-up takes the same steps as every other door; open sockets hear when a session ends."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Fill the new member from the sign-up form, and enrol them."""
        super().save_user(request, user, form, commit=False)
        if commit:
            enrol(user)
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
