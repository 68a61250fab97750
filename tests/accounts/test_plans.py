"""What a plan allows, as one value."""

import json
from dataclasses import fields

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Entitlements, Plan, User
from accounts.services.plans import entitlements_of
from accounts.services.seeds import PLANS, seed_plans
from tests.factories import make_plan

NOT_ENTITLEMENTS = {"id", "slug", "name", "description", "order", "default", "members", "engines"}


def test_every_entitlement_comes_from_the_plan() -> None:
    of_the_plan = {field.name for field in Plan._meta.get_fields()} - NOT_ENTITLEMENTS
    assert {field.name for field in fields(Entitlements)} - {"plan"} == of_the_plan


def test_fresh_installation_allows_what_the_code_assumes_without_plans(db: None) -> None:
    assert make_plan("basic").entitlements() == Entitlements()


@pytest.mark.parametrize("slug", [values["slug"] for values in PLANS])
def test_entitlements_survive_being_stored(db: None, slug: str) -> None:
    entitlements = make_plan(slug).entitlements()
    assert Entitlements.from_json(json.loads(json.dumps(entitlements.as_json()))) == entitlements


def test_entitlements_stored_by_an_older_version_get_defaults() -> None:
    assert Entitlements.from_json({"weight": 4, "gone": 1}) == Entitlements(weight=4)


def test_star_allows_every_name(carol: User, alice: User) -> None:
    assert entitlements_of(carol).allows_parameter("seed")
    assert not entitlements_of(alice).allows_parameter("seed")
    assert entitlements_of(carol).allows_operation("upscale")
    assert not entitlements_of(alice).allows_operation("upscale")


def test_member_without_a_plan_has_the_default_one(alice: User) -> None:
    alice.plan = None
    assert entitlements_of(alice).plan == "basic"


def test_admins_edits_survive_the_next_start(db: None) -> None:
    make_plan("basic", monthly_credits=50)
    Plan.objects.filter(slug="advanced").delete()
    seed_plans()
    assert list(Plan.objects.values_list("slug", "monthly_credits")) == [("basic", 50)]


@pytest.mark.parametrize("wrong", ["resize", [1], {"resize": True}])
def test_operations_are_a_list_of_names(db: None, wrong: object) -> None:
    plan = make_plan("basic")
    plan.operations = wrong
    with pytest.raises(ValidationError, match="Write a list of names"):
        plan.full_clean()
