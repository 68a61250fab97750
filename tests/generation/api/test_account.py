"""What a program learns about its member and the engines."""

from typing import Any

import pytest

from accounts.models import User
from generation.models import Engine
from generation.services.uploads import save_upload
from tests.factories import make_engine, submit_job
from tests.generation.api.clients import client_of
from tests.generation.api.test_uploads import png

pytestmark = pytest.mark.django_db(transaction=True)


def slugs(member: User) -> list[str]:
    """Name the engines that a member is told of."""
    return [engine["slug"] for engine in client_of(member).get("/api/v1/engines").json()]


def test_a_member_learns_what_they_may_do(alice: User) -> None:
    make_engine()
    submit_job(alice, count=2)
    upload = save_upload(alice, png())
    me = client_of(alice).get("/api/v1/me").json()
    assert (me["email"], me["plan"]["slug"], me["credits"]) == ("alice@example.com", "basic", 198)
    assert me["slots"] == {"running": 0, "running_limit": 2, "waiting": 2, "waiting_limit": 40}
    assert me["storage"] == {"used": upload.bytes, "limit": 1_000_000_000}
    assert (me["entitlements"]["max_side"], me["entitlements"]["modes"]) == (1536, ["text-to-image", "image-to-image"])


def test_engines_are_told_with_what_they_can_do(carol: User) -> None:
    make_engine(name="Test engine", base_seconds=1.0, megapixel_seconds=2.0, base_price=3, message="Slow today.")
    (engine,) = client_of(carol).get("/api/v1/engines").json()
    assert (engine["name"], engine["kind"], engine["state"]) == ("Test engine", "simulated", "open")
    assert (engine["typical_seconds"], engine["message"]) == (3.0, "Slow today.")
    assert engine["price"] == {"base": 3.0, "per_megapixel": 1.0, "per_step": 0.0}
    assert engine["capabilities"]["modes"] == ["image-to-image", "inpaint", "text-to-image"]
    assert engine["capabilities"]["size"] == {"minimum": 16, "maximum": 4096, "multiple": 1, "max_pixels": None}


def test_a_paused_engine_is_told_as_paused_a_closed_one_is_not_told(carol: User) -> None:
    make_engine("paused", paused=True)
    make_engine("closed", enabled=False)
    (engine,) = client_of(carol).get("/api/v1/engines").json()
    assert (engine["slug"], engine["state"]) == ("paused", "paused")


def test_only_engines_that_the_plan_opens_are_told(alice: User, carol: User) -> None:
    make_engine("first", order=1)
    make_engine("second", order=2)
    assert (slugs(alice), slugs(carol)) == (["first"], ["first", "second"])


def test_an_engine_whose_settings_do_not_fit_is_left_out(carol: User) -> None:
    make_engine()
    Engine.objects.create(slug="broken", name="Broken", kind="simulated", settings={"colour": "red"}, order=0)
    Engine.objects.create(slug="gone", name="Gone", kind="not-installed", order=0)
    assert slugs(carol) == ["simulated"]
    assert submit_job(carol).engine.slug == "simulated"


def test_engines_take_a_constant_number_of_queries(carol: User, django_assert_num_queries: Any) -> None:
    program = client_of(carol)
    program.get("/api/v1/me")  # from now on the token counts as just used
    for number in range(3):
        make_engine(f"engine-{number}")
        with django_assert_num_queries(4):  # token, engines, their plans, their paces
            program.get("/api/v1/engines")


def test_the_account_takes_few_queries(alice: User, django_assert_num_queries: Any) -> None:
    program = client_of(alice)
    program.get("/api/v1/me")
    with django_assert_num_queries(5):  # token, places, waiting, wallet, bytes kept
        program.get("/api/v1/me")
