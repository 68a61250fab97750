"""What admins see and do."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import CreditEntry, Plan, User, Wallet
from accounts.services import credits as ledger
from accounts.services.tokens import create_token, find_token
from tests.factories import PASSWORD


@pytest.fixture
def as_dave(client: Client, dave: User) -> Client:
    client.force_login(dave)
    return client


@pytest.mark.parametrize("page", ["user", "plan", "wallet", "creditentry", "apitoken"])
def test_lists_open_and_search(as_dave: Client, alice: User, page: str) -> None:
    create_token(alice, name="shop")
    assert as_dave.get(f"/admin/accounts/{page}/").status_code == 200
    assert as_dave.get(f"/admin/accounts/{page}/?q=alice").status_code == 200


@pytest.mark.parametrize("page", ["user", "wallet"])
def test_rows_open(as_dave: Client, alice: User, page: str) -> None:
    assert as_dave.get(f"/admin/accounts/{page}/{alice.pk}/change/").status_code == 200


def test_new_member_takes_the_steps_of_every_door(as_dave: Client) -> None:
    plan = Plan.objects.get(slug="basic").pk
    facts = {"email": "bob@example.com", "plan": plan, "password1": PASSWORD, "password2": PASSWORD}
    as_dave.post("/admin/accounts/user/add/", facts | {"usable_password": "true"})
    bob = User.objects.get(email="bob@example.com")
    assert (str(bob.plan), bob.wallet.balance) == ("Basic", 200)
    assert EmailAddress.objects.get(user=bob).verified


def test_other_plan_brings_its_credits(as_dave: Client, alice: User) -> None:
    plan = Plan.objects.get(slug="advanced")
    as_dave.post(f"/admin/accounts/user/{alice.pk}/change/", {"plan": plan.pk, "is_active": "on"})
    alice.refresh_from_db()
    assert (alice.plan, alice.wallet.balance, alice.email) == (plan, 5_000, "alice@example.com")


def test_admin_is_made_by_one_box(as_dave: Client, alice: User) -> None:
    as_dave.post(f"/admin/accounts/user/{alice.pk}/change/", {"plan": alice.plan_id, "is_staff": "on"})
    alice.refresh_from_db()
    assert alice.is_superuser


def test_members_are_suspended_and_let_go_on(as_dave: Client, alice: User) -> None:
    for action, suspended in [("suspend", True), ("unsuspend", False)]:
        as_dave.post("/admin/accounts/user/", {"action": action, "_selected_action": alice.pk})
        alice.refresh_from_db()
        assert (alice.suspended_at is not None) is suspended


def test_members_are_not_deleted(as_dave: Client, alice: User) -> None:
    assert as_dave.post(f"/admin/accounts/user/{alice.pk}/delete/", {"post": "yes"}).status_code == 403


def test_wallet_is_corrected_by_a_line_with_a_reason(as_dave: Client, alice: User) -> None:
    wallet = f"/admin/accounts/wallet/{alice.pk}/change/"
    as_dave.post(wallet, {"amount": -20, "note": "double refund", "balance": 999_999})
    line = CreditEntry.objects.get(kind="adjust")
    assert (line.amount, line.note) == (-20, "double refund")
    assert Wallet.objects.get(pk=alice.pk).balance == 180
    assert ledger.audit() == []


def test_wallet_cannot_go_below_zero(as_dave: Client, alice: User) -> None:
    page = as_dave.post(f"/admin/accounts/wallet/{alice.pk}/change/", {"amount": -201, "note": "too much"})
    assert "There are only 200 credits." in page.content.decode()
    assert Wallet.objects.get(pk=alice.pk).balance == 200


def test_ledger_is_read_only(as_dave: Client, alice: User) -> None:
    line = CreditEntry.objects.filter(member=alice).first()
    assert line is not None
    assert as_dave.post(f"/admin/accounts/creditentry/{line.pk}/change/", {"amount": 5}).status_code == 403
    assert as_dave.get("/admin/accounts/creditentry/add/").status_code == 403


def test_wallet_links_to_its_own_lines(as_dave: Client, alice: User) -> None:
    page = as_dave.get(f"/admin/accounts/creditentry/?member__id__exact={alice.pk}").content.decode()
    assert "alice@example.com" in page
    assert "dave@example.com</td>" not in page


def test_token_is_revoked_and_never_shown(as_dave: Client, alice: User) -> None:
    token, secret = create_token(alice, name="shop")
    assert token.digest not in as_dave.get(f"/admin/accounts/apitoken/{token.pk}/change/").content.decode()
    as_dave.post("/admin/accounts/apitoken/", {"action": "revoke", "_selected_action": token.pk})
    assert find_token(secret) is None


def test_second_default_plan_is_refused_in_words(as_dave: Client) -> None:
    plan = Plan.objects.get(slug="advanced")
    facts = {field.name: getattr(plan, field.name) for field in Plan._meta.fields}
    facts |= {"modes": '["*"]', "parameters": '["*"]', "operations": '["*"]', "default": "on", "visible_mark": ""}
    page = as_dave.post(f"/admin/accounts/plan/{plan.pk}/change/", facts).content.decode()
    assert "Another plan is given to new members: change that one first." in page
