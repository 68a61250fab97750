"""The commands about members, as scripts use them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User, Wallet
from accounts.services.tokens import find_token
from tests.factories import PASSWORD


def run(*arguments: str) -> str:
    output = StringIO()
    call_command(*arguments, stdout=output)
    return output.getvalue()


def test_create_member_on_an_empty_database(db: None) -> None:
    assert run("create_member", "Carol@example.com", "--plan", "advanced", "--password", PASSWORD)
    carol = User.objects.get(email="carol@example.com")
    assert str(carol.plan) == "Advanced"
    assert carol.check_password(PASSWORD)
    assert Wallet.objects.get(pk=carol.pk).balance == 5_000


def test_create_admin(db: None) -> None:
    run("create_member", "dave@example.com", "--staff")
    dave = User.objects.get()
    assert (dave.is_staff, dave.is_superuser, dave.has_usable_password()) == (True, True, False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["alice@example.com"], "is a member already"),
        (["ALICE@example.com"], "is a member already"),
        (["nobody"], "is not an e-mail address"),
        (["bob@example.com", "--plan", "golden"], "Plans: basic, advanced"),
    ],
)
def test_create_member_says_what_is_wrong(alice: User, arguments: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run("create_member", *arguments)
    assert User.objects.count() == 1


def test_create_token_prints_the_token_alone(alice: User) -> None:
    output = run("create_token", "alice@example.com", "--name", "shop")
    token = find_token(output.removesuffix("\n"))
    assert token is not None
    assert (token.member, token.name) == (alice, "shop")


def test_create_token_wants_a_member(db: None) -> None:
    with pytest.raises(CommandError, match="is not a member"):
        run("create_token", "nobody@example.com")
