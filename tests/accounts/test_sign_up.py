"""Who may come in: everybody, those who were invited, or nobody."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from accounts.exceptions import InvitationVoid
from accounts.models import Invitation, SiteSettings, User
from accounts.services.sign_up import invite, revoke_invitation, sign_up
from tests.factories import PASSWORD, make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SIGN_UP = "/accounts/signup/"


@pytest.fixture
def invitation_only(settings: LazySettings) -> None:
    """Let in those who were invited."""
    make_plan()
    settings.SIGN_UP = "invitation"


def come_in(client: Client, email: str = "erin@example.com") -> int:
    return client.post(SIGN_UP, {"email": email, "password1": PASSWORD}).status_code


def members() -> set[str]:
    return set(User.objects.values_list("email", flat=True))


def test_everybody_may_come_in(client: Client) -> None:
    make_plan()
    come_in(client)
    assert "erin@example.com" in members()


def test_nobody_may_come_in(client: Client, settings: LazySettings) -> None:
    settings.SIGN_UP = "closed"
    assert "Sign-up is closed" in client.get(SIGN_UP).content.decode()
    come_in(client)
    assert members() == set()


def test_an_admins_choice_counts_more_than_the_environment(client: Client, settings: LazySettings) -> None:
    make_plan()
    settings.SIGN_UP = "closed"
    SiteSettings.objects.create(pk=1, sign_up="open")
    come_in(client)
    assert "erin@example.com" in members()


def test_without_an_invitation_the_door_is_shut(client: Client, invitation_only: None) -> None:
    assert "By invitation only" in client.get(SIGN_UP).content.decode()
    come_in(client)
    assert members() == set()


def test_an_invitation_lets_one_in_on_its_plan(client: Client, invitation_only: None) -> None:
    _, secret = invite(note="Erin", days=7, plan=make_plan("advanced"))
    client.get(f"/invitation/{secret}/", follow=True)
    come_in(client)
    erin = User.objects.get(email="erin@example.com")
    assert (str(erin.plan), erin.wallet.balance) == ("Advanced", 5_000)


def test_looking_at_a_link_does_not_use_it(client: Client, invitation_only: None) -> None:
    invitation, secret = invite(note="Erin", days=7)
    for _ in range(3):
        assert client.get(f"/invitation/{secret}/").status_code == 302
    invitation.refresh_from_db()
    assert invitation.used == 0


def test_a_used_invitation_is_void(client: Client, invitation_only: None) -> None:
    _, secret = invite(note="Erin", days=7)
    client.get(f"/invitation/{secret}/")
    come_in(client)
    other = Client()
    page = other.get(f"/invitation/{secret}/")
    assert (page.status_code, "no longer valid" in page.content.decode()) == (404, True)
    come_in(other, "frank@example.com")
    assert "frank@example.com" not in members()


def test_an_invitation_for_two_lets_in_two(invitation_only: None) -> None:
    _, secret = invite(note="The team", days=7, uses=2)
    for name in ("erin", "frank"):
        sign_up(User(email=f"{name}@example.com"), secret)
    with pytest.raises(InvitationVoid):
        sign_up(User(email="grace@example.com"), secret)


def test_an_invitation_ends(client: Client, invitation_only: None) -> None:
    invitation, secret = invite(note="Erin", days=7)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(f"/invitation/{secret}/").status_code == 404
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert revoke_invitation(invitation)
    assert client.get(f"/invitation/{secret}/").status_code == 404


def test_somebody_was_faster(client: Client, invitation_only: None) -> None:
    _, secret = invite(note="Erin", days=7)
    client.get(f"/invitation/{secret}/")
    client.get(SIGN_UP)
    sign_up(User(email="frank@example.com"), secret)
    come_in(client)
    assert members() == {"frank@example.com"}


def test_the_secret_is_kept_nowhere(invitation_only: None) -> None:
    invitation, secret = invite(note="Erin", days=7)
    assert secret not in str(vars(invitation))


def test_an_admin_makes_a_link_and_sees_it_once(client: Client, dave: User) -> None:
    client.force_login(dave)
    facts = {"note": "The team", "uses": 3, "days": 14, "plan": ""}
    page = client.post("/admin/accounts/invitation/add/", facts, follow=True).content.decode()
    assert "http://testserver/invitation/" in page
    invitation = Invitation.objects.get()
    assert (invitation.note, invitation.uses, invitation.created_by) == ("The team", 3, dave)
    page = client.get(f"/admin/accounts/invitation/{invitation.pk}/change/").content.decode()
    assert "http://testserver/invitation/" not in page


def test_an_admin_opens_and_closes_the_door(client: Client, dave: User) -> None:
    client.force_login(dave)
    form = client.get("/admin/accounts/sitesettings/", follow=True)
    assert form.status_code == 200
    client.post("/admin/accounts/sitesettings/1/change/", {"sign_up": "closed"})
    assert "Sign-up is closed" in Client().get(SIGN_UP).content.decode()
