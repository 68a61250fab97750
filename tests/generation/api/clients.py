"""Programs that speak to the API."""

from typing import Any

from django.test import Client

from accounts.models import User
from accounts.services.tokens import create_token


def client_of(member: User, *, scope: str = "write", **headers: str) -> Client:
    """Give a client with a token of its own."""
    _token, secret = create_token(member, name="test", scope=scope)
    return Client(headers={"Authorization": f"Bearer {secret}"} | headers)


def post_job(client: Client, body: Any = None, key: str = "", **values: Any) -> Any:
    """Post a small job; `values` are its fields, `body` replaces all of them."""
    data = {"prompt": "a kitten", "width": 64, "height": 64} | values if body is None else body
    headers = {"Idempotency-Key": key} if key else {}
    return client.post("/api/v1/jobs", data, content_type="application/json", headers=headers)


def wrong_fields(response: Any) -> list[str]:
    """Name the fields that a problem names."""
    assert response["Content-Type"] == "application/problem+json"
    return [error["field"] for error in response.json()["errors"]]
