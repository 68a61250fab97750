"""The link that makes the first admin: once, by POST."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from accounts.exceptions import InvitationVoid
from accounts.models import User
from accounts.services.invitations import accept_invitation, invitation_open, invite_first_admin
from tests.factories import PASSWORD, make_plan

DAVE = {"email": "dave@example.com", "password": PASSWORD}


@pytest.fixture
def secret(db: None) -> str:
    make_plan()
    secret = invite_first_admin()
    assert secret is not None
    return secret


def test_link_makes_an_admin_on_the_highest_plan_and_logs_in(client: Client, secret: str) -> None:
    answer = client.post(f"/first-admin/{secret}/", DAVE)
    dave = User.objects.get()
    assert answer["Location"] == "/"
    assert (dave.email, str(dave.plan), dave.is_staff, dave.is_superuser) == (DAVE["email"], "Advanced", True, True)
    assert client.get("/admin/").status_code == 200


def test_looking_does_not_use_the_link_up(client: Client, secret: str) -> None:
    for _look in range(2):
        assert client.get(f"/first-admin/{secret}/").status_code == 200
    assert client.post(f"/first-admin/{secret}/", {"email": "dave", "password": "1234"}).status_code == 422
    assert invitation_open(secret)


def test_link_works_once(client: Client, secret: str) -> None:
    client.post(f"/first-admin/{secret}/", DAVE)
    again = Client().post(f"/first-admin/{secret}/", {"email": "bob@example.com", "password": PASSWORD})
    assert again.status_code == 404
    assert User.objects.count() == 1


def test_wrong_link_is_not_found(client: Client, secret: str) -> None:
    assert client.get("/first-admin/wrong/").status_code == 404


def test_newer_link_supersedes(client: Client, secret: str) -> None:
    newer = invite_first_admin()
    assert client.get(f"/first-admin/{secret}/").status_code == 404
    assert client.get(f"/first-admin/{newer}/").status_code == 200


def test_link_is_void_once_an_admin_came_by_another_door(client: Client, secret: str, dave: User) -> None:
    assert client.get(f"/first-admin/{secret}/").status_code == 404
    with pytest.raises(InvitationVoid):
        accept_invitation(secret, "bob@example.com", PASSWORD)
    assert invite_first_admin() is None


def test_members_e_mail_is_refused(client: Client, secret: str, alice: User) -> None:
    page = client.post(f"/first-admin/{secret}/", {"email": "Alice@example.com", "password": PASSWORD})
    assert page.status_code == 422
    assert "A member has this e-mail." in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_make_one_admin(secret: str) -> None:
    def accept(number: int) -> bool:
        try:
            accept_invitation(secret, f"dave{number}@example.com", PASSWORD)
        except InvitationVoid:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=10) as pool:
        assert sum(pool.map(accept, range(10))) == 1
    assert User.objects.count() == 1
