"""Sign-up, log-in, reset: every door leads to the same member."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from accounts.models import User, Wallet
from tests.factories import PASSWORD, make_member, make_plan

SIGN_UP, LOG_IN, RESET = "/accounts/signup/", "/accounts/login/", "/accounts/password/reset/"
NEW = {"email": "Alice@Example.com", "password1": PASSWORD}


@pytest.fixture
def alice_with_password(db: None) -> User:
    return make_member("alice", password=PASSWORD)


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_up_logs_in_with_a_plan_and_this_months_credits(client: Client, db: None) -> None:
    make_plan()
    answer = client.post(SIGN_UP, NEW)
    alice = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert logged_in(client)
    assert (alice.email, str(alice.plan), alice.is_staff) == ("alice@example.com", "Basic", False)
    assert Wallet.objects.get(pk=alice.pk).balance == 200
    assert EmailAddress.objects.get(user=alice).primary


def test_easily_guessed_password_is_refused_beside_its_field(client: Client, db: None) -> None:
    page = client.post(SIGN_UP, {"email": "alice@example.com", "password1": "password"}).content.decode()
    assert not User.objects.exists()
    (field,) = re.findall(r"<input[^>]*password1[^>]*>", page)
    assert 'aria-invalid="true"' in field
    assert "id_password1_error" in field
    assert 'id="id_password1_error">This password is too common.' in page
    assert 'value="alice@example.com"' in page


def test_same_e_mail_in_capitals_is_taken(client: Client, alice: User) -> None:
    page = client.post(SIGN_UP, NEW).content.decode()
    assert User.objects.count() == 1
    assert "already registered" in page


def test_logging_in_by_e_mail(client: Client, alice_with_password: User) -> None:
    answer = client.post(
        f"{LOG_IN}?next=/plans/", {"login": "alice@example.com", "password": PASSWORD, "next": "/plans/"}
    )
    assert answer["Location"] == "/plans/"
    assert UserSession.objects.get().user == alice_with_password


def test_wrong_password_is_refused(client: Client, alice_with_password: User) -> None:
    page = client.post(LOG_IN, {"login": "alice@example.com", "password": "wrong"})
    assert not logged_in(client)
    assert "are not correct" in page.content.decode()


def test_sixth_wrong_password_is_not_even_tried(client: Client, alice_with_password: User) -> None:
    for _attempt in range(5):
        client.post(LOG_IN, {"login": "alice@example.com", "password": "wrong"})
    page = client.post(LOG_IN, {"login": "alice@example.com", "password": PASSWORD})
    assert not logged_in(client)
    assert "Too many failed login attempts" in page.content.decode()


def test_deactivated_member_cannot_log_in(client: Client, alice_with_password: User) -> None:
    User.objects.update(is_active=False)
    client.post(LOG_IN, {"login": "alice@example.com", "password": PASSWORD})
    assert not logged_in(client)


def test_suspended_member_can_log_in(client: Client, alice_with_password: User) -> None:
    User.objects.update(suspended_at=alice_with_password.date_joined)
    client.post(LOG_IN, {"login": "alice@example.com", "password": PASSWORD})
    assert "Your account is suspended." in client.get("/account/").content.decode()


def test_password_is_reset_by_the_link_in_the_mail(client: Client, alice: User) -> None:
    client.post(RESET, {"email": "alice@example.com"})
    (message,) = mail.outbox
    assert "example.com" not in message.subject
    (link,) = re.findall(r"http://testserver(/accounts/password/reset/key/\S+)", str(message.body))
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert client.login(email="alice@example.com", password=PASSWORD)


def test_reset_does_not_tell_who_is_a_member(client: Client, alice: User) -> None:
    known, unknown = (client.post(RESET, {"email": f"{name}@example.com"}) for name in ("alice", "nobody"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_logging_out_ends_the_session(client: Client, alice: User) -> None:
    client.force_login(alice)
    client.post("/accounts/logout/")
    assert not logged_in(client)


def test_other_devices_are_logged_out(alice_with_password: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.post(LOG_IN, {"login": "alice@example.com", "password": PASSWORD})
    assert "this device" in here.get("/accounts/sessions/").content.decode()
    here.post("/accounts/sessions/")
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_new_password_logs_out_other_devices(alice_with_password: User) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.post(LOG_IN, {"login": "alice@example.com", "password": PASSWORD})
    other = "another horse battery"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": other, "password2": other})
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/password/change/", "/accounts/sessions/", "/account/"])
def test_pages_about_a_member_want_one(client: Client, alice_with_password: User, path: str) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    client.force_login(alice_with_password)
    assert client.get(path).status_code == 200


def test_admin_pages_share_the_door_and_its_limits(client: Client, alice: User, dave: User) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"
    client.force_login(alice)
    assert client.get("/admin/", follow=True).status_code == 403
    client.force_login(dave)
    assert client.get("/admin/").status_code == 200
