"""Members and what they may do, what is said to them, and how they come in; for admins."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import Authenticator  # with its admin, which is then there to be taken out
from allauth.socialaccount.admin import SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.admin import announcements, members, plans, sign_up, wallets, ways_in
from accounts.admin.read_only import ReadOnlyAdmin

__all__ = ["ReadOnlyAdmin", "announcements", "members", "plans", "sign_up", "wallets", "ways_in"]

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one door, one rate limit
# Secrets, providers that the environment sets, and sessions, which members see and end themselves.
for model in (Authenticator, SocialApp, SocialToken, UserSession):
    admin.site.unregister(model)
admin.site.unregister(Group)  # an admin may do everything; there is nothing to group
