"""Proofs beside the password, as they are stored and as admins help with them."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"


def test_the_database_does_not_hold_the_secret(alice: User) -> None:
    authenticator = totp.TOTP.activate(alice, SECRET).instance
    assert SECRET not in str(Authenticator.objects.get(pk=authenticator.pk).data)


def test_a_new_key_of_the_site_reads_what_the_old_one_wrote(alice: User, settings: LazySettings) -> None:
    totp.TOTP.activate(alice, SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key"
    code = totp.format_hotp_value(totp.hotp_value(SECRET, next(totp.yield_hotp_counters_from_time())))
    assert Authenticator.objects.get().wrap().validate_code(code)


def test_an_admin_lets_in_who_lost_the_phone(client: Client, dave: User, alice: User) -> None:
    totp.TOTP.activate(alice, SECRET)
    client.force_login(dave)
    client.post("/admin/accounts/user/", {"action": "remove_second_factors", "_selected_action": alice.pk})
    assert not Authenticator.objects.exists()


def test_admins_do_not_see_secrets(client: Client, dave: User) -> None:
    client.force_login(dave)
    for page in ("mfa/authenticator", "socialaccount/socialapp", "socialaccount/socialtoken"):
        assert client.get(f"/admin/{page}/").status_code == 404


def test_the_account_says_what_there_is(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert "a stolen password would be enough" in client.get("/account/").content.decode()
    totp.TOTP.activate(alice, SECRET)
    assert "a stolen password would be enough" not in client.get("/account/").content.decode()


@pytest.mark.parametrize("wanted", [True, False])
def test_mail_about_finished_work_is_chosen(client: Client, alice: User, wanted: bool) -> None:
    client.force_login(alice)
    client.post("/account/notices/", {"mail": "on"} if wanted else {})
    alice.refresh_from_db()
    assert alice.mail_when_finished is wanted
