"""The page about a member: their credits, their tokens, how they like it."""

import re
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import ApiToken, User
from accounts.services import credits as ledger
from accounts.services.tokens import create_token, find_token


@pytest.fixture
def as_alice(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def text(client: Client, path: str = "/account/") -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(path).content.decode()))


def test_page_tells_plan_credits_and_where_they_went(as_alice: Client, alice: User) -> None:
    entry = ledger.reserve(alice.pk, amount=3, job=UUID(int=1))
    ledger.close_all(settled=[ledger.Closing(reservation=entry.pk, member=alice.pk, image=UUID(int=2), price=3)])
    page = text(as_alice)
    assert "Basic" in page
    assert "3 spent on pictures this month" in page
    assert "Held for a task" in page
    assert "Monthly credits" in page
    assert "spent on a picture" not in page  # it moved nothing


def test_long_ledger_comes_in_pages(as_alice: Client, alice: User) -> None:
    for number in range(30):
        ledger.grant(alice, 1, f"gift {number}.")
    assert "gift 29." in text(as_alice)
    assert "gift 0." not in text(as_alice)
    assert "gift 0." in text(as_alice, "/account/?page=2")


def test_page_asks_the_same_number_of_queries_however_long_the_ledger(
    as_alice: Client, alice: User, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        ledger.grant(alice, 1, "gift")
        create_token(alice, name=f"program {number}")
    with django_assert_max_num_queries(14):  # type: ignore[operator]  # a fixture without a type
        as_alice.get("/account/")


def test_new_token_is_shown_once(as_alice: Client, alice: User) -> None:
    page = as_alice.post("/account/tokens/", {"name": "shop", "scope": "read"})
    (secret,) = set(re.findall(r"ig_[\w-]{40}", page.content.decode()))
    token = find_token(secret)
    assert token is not None
    assert (token.member, token.name, token.scope) == (alice, "shop", "read")
    assert secret not in as_alice.get("/account/").content.decode()
    assert "no-store" in page["Cache-Control"]


def test_token_without_a_name_is_refused_beside_its_field(as_alice: Client) -> None:
    page = as_alice.post("/account/tokens/", {"name": "", "scope": "write"})
    assert page.status_code == 422
    assert 'id="id_name_error">This field is required.' in page.content.decode()


def test_revoked_token_leaves_the_page(as_alice: Client, alice: User) -> None:
    token, secret = create_token(alice, name="old shop")
    as_alice.post(f"/account/tokens/{token.pk}/revoke/")
    assert find_token(secret) is None
    assert "“old shop” no longer opens your account." in text(as_alice)
    assert "old shop" not in text(as_alice)


def test_bob_cannot_revoke_alices_token(client: Client, alice: User, bob: User) -> None:
    token, secret = create_token(alice, name="shop")
    client.force_login(bob)
    assert client.post(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    assert find_token(secret) is not None
    assert ApiToken.objects.visible_to(bob).count() == 0


# --- Plans ------------------------------------------------------------------------------------------------------


def test_plans_are_compared_in_words_for_everyone(client: Client, alice: User) -> None:
    page = text(client, "/plans/")
    assert "1.6 megapixels, up to 1,536 pixels a side" in page
    assert "5,000 credits each month" in page
    assert "ask the people who run this site" in page
    assert "Your plan" not in page


def test_own_plan_is_marked(as_alice: Client) -> None:
    assert "Basic Your plan" in text(as_alice, "/plans/")


# --- Language and theme -------------------------------------------------------------------------------------------


def test_visitor_keeps_language_and_theme_in_the_browser(client: Client, db: None) -> None:
    answer = client.post("/account/preferences/", {"language": "zh-hans", "theme": "dark", "next": "/plans/"})
    assert answer["Location"] == "/plans/"
    assert client.cookies["theme"].value == "dark"
    assert client.get("/plans/")["Content-Language"] == "zh-hans"


def test_member_keeps_language_and_theme_on_every_device(as_alice: Client, alice: User) -> None:
    as_alice.post("/account/preferences/", {"language": "zh-hans", "theme": "dark"})
    alice.refresh_from_db()
    assert (alice.language, alice.theme) == ("zh-hans", "dark")
    elsewhere = Client(headers={"accept-language": "en"})
    elsewhere.force_login(alice)
    assert elsewhere.get("/account/")["Content-Language"] == "zh-hans"


def test_what_is_not_sent_stays(as_alice: Client, alice: User) -> None:
    as_alice.post("/account/preferences/", {"theme": "dark"})
    as_alice.post("/account/preferences/", {"language": "en"})
    alice.refresh_from_db()
    assert (alice.language, alice.theme) == ("en", "dark")


def test_system_theme_forgets_the_choice(as_alice: Client, alice: User) -> None:
    as_alice.post("/account/preferences/", {"theme": "dark"})
    as_alice.post("/account/preferences/", {"theme": "system"})
    alice.refresh_from_db()
    assert alice.theme == ""
    assert as_alice.cookies["theme"].value == ""


def test_browsers_language_counts_when_nothing_was_chosen(client: Client, db: None) -> None:
    assert client.get("/plans/", headers={"accept-language": "zh-CN"})["Content-Language"] == "zh-hans"
    assert client.get("/plans/", headers={"accept-language": "fr"})["Content-Language"] == "en"


@pytest.mark.parametrize("wish", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_preferences_lead_to_no_other_site(client: Client, db: None, wish: str) -> None:
    assert client.post("/account/preferences/", {"theme": "dark", "next": wish})["Location"] == "/"


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"theme": "pink"}])
def test_unknown_preferences_are_a_bad_request(client: Client, db: None, wrong: dict[str, str]) -> None:
    assert client.post("/account/preferences/", wrong).status_code == 400
