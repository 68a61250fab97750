"""How programs come in."""

import pytest
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.services.tokens import TOUCH_EVERY, create_token, find_token, revoke_token


def test_secret_opens_and_is_kept_nowhere(alice: User) -> None:
    token, secret = create_token(alice, name="shop")
    assert find_token(secret) == token
    assert len(secret) == 43
    assert secret not in str(ApiToken.objects.values().get())


def test_wrong_secret_opens_nothing(alice: User) -> None:
    create_token(alice, name="shop")
    assert find_token("ig_wrong") is None


def test_revoked_token_opens_nothing(alice: User) -> None:
    token, secret = create_token(alice, name="shop")
    assert revoke_token(token) is True
    assert revoke_token(token) is False
    assert find_token(secret) is None


def test_token_of_a_deactivated_member_opens_nothing(alice: User) -> None:
    _token, secret = create_token(alice, name="shop")
    User.objects.update(is_active=False)
    assert find_token(secret) is None


def test_use_is_noted_at_most_once_a_minute(alice: User, django_assert_num_queries: object) -> None:
    token, secret = create_token(alice, name="shop")
    find_token(secret)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a type
        find_token(secret)
    long_ago = timezone.now() - 2 * TOUCH_EVERY
    ApiToken.objects.update(last_used_at=long_ago)
    find_token(secret)
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert token.last_used_at > long_ago


@pytest.mark.parametrize("plan", ["basic", "advanced"])
def test_found_token_brings_member_and_plan_along(
    alice: User, carol: User, plan: str, django_assert_num_queries: object
) -> None:
    _token, secret = create_token({"basic": alice, "advanced": carol}[plan], name="shop")
    find_token(secret)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a type
        token = find_token(secret)
        assert token is not None
        assert token.member.plan is not None
        assert token.member.plan.slug == plan
