"""Open pages hear at once when the session or the token they stand on has ended."""

import asyncio
from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.db import connections
from django.test import Client

from accounts.models import User
from accounts.services.tokens import create_token, revoke_token
from imagegen.events import member_group
from tests.factories import PASSWORD, make_member

OTHER = "another horse battery"


def log_out(client: Client, alice: User) -> None:
    client.post("/accounts/logout/")


def change_password(client: Client, alice: User) -> None:
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER})


def log_out_the_others(client: Client, alice: User) -> None:
    Client().post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    client.post("/accounts/sessions/")


def revoke_a_token(client: Client, alice: User) -> None:
    token, _secret = create_token(alice, name="shop")
    revoke_token(token)


def be_deactivated(client: Client, alice: User) -> None:
    dave = Client()
    dave.force_login(make_member("dave", staff=True))
    dave.post(f"/admin/accounts/user/{alice.pk}/change/", {"plan": alice.plan_id})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [log_out, change_password, log_out_the_others, revoke_a_token, be_deactivated])
async def test_open_pages_hear(end: Callable[[Client, User], None]) -> None:
    client = Client()
    alice = await sync_to_async(make_member)("alice", password=PASSWORD)
    await sync_to_async(client.post)("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    layer = get_channel_layer()
    page = await layer.new_channel()
    await layer.group_add(member_group(alice.pk), page)
    await sync_to_async(end)(client, alice)
    async with asyncio.timeout(5):
        assert await layer.receive(page) == {"type": "session.ended"}
    await layer.flush()
    await sync_to_async(connections.close_all)()  # the thread's own; PostgreSQL drops no database that is in use
