"""Recipes that a member keeps: renamed, deleted, given to others, taken."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from generation.models import Recipe
from generation.services import recipe_links

pytestmark = pytest.mark.django_db
SMALL = [{"op": "resize", "width": 100}]


def browser(member: User) -> Client:
    """Give a member's browser."""
    client = Client()
    client.force_login(member)
    return client


def save(member: User, name: str = "Shop", operations: object = SMALL) -> Any:
    """Keep a recipe, as the script does."""
    return browser(member).post("/recipes/", {"name": name, "recipe": json.dumps(operations)})


def change(member: User, recipe: Recipe, action: str, **values: str) -> Any:
    return browser(member).post(f"/recipes/{recipe.pk}/{action}/", values)


def test_a_recipe_is_kept_and_listed(carol: User) -> None:
    assert "Shop" in save(carol).content.decode()
    assert Recipe.objects.get(member=carol).operations == SMALL


@pytest.mark.parametrize(("name", "operations"), [("", SMALL), ("x" * 61, SMALL), ("\x00", SMALL), ("Shop", [])])
def test_what_cannot_be_kept_is_refused_in_words(carol: User, name: str, operations: object) -> None:
    refused = save(carol, name, operations)
    assert refused.status_code == 422
    assert refused.content
    assert not Recipe.objects.exists()


def test_it_is_renamed_and_deleted(carol: User) -> None:
    save(carol)
    save(carol, "Print")
    recipe = Recipe.objects.get(name="Shop")
    assert change(carol, recipe, "rename", name="Print").status_code == 422
    assert "Market" in change(carol, recipe, "rename", name=" Market ").content.decode()
    change(carol, recipe, "delete")
    assert [each.name for each in Recipe.objects.all()] == ["Print"]


def test_another_members_recipe_is_not_found(alice: User, carol: User) -> None:
    save(carol)
    recipe = Recipe.objects.get()
    for action in ("rename", "delete", "share", "explode"):
        assert change(alice, recipe, action).status_code == 404
    assert change(carol, recipe, "explode").status_code == 404


def test_a_shared_recipe_is_taken_beside_ones_own(alice: User, carol: User) -> None:
    save(carol)
    save(alice, operations=[{"op": "crop", "ratio": "1:1"}])
    url = change(carol, Recipe.objects.get(member=carol), "share").json()["url"]
    page = browser(alice).get(url)
    assert "100 px" in page.content.decode()
    browser(alice).post(url)
    kept = {recipe.name: recipe.operations for recipe in Recipe.objects.visible_to(alice)}
    assert kept == {"Shop": [{"op": "crop", "ratio": "1:1"}], "Shop (2)": SMALL}


def test_sharing_comes_with_a_plan(alice: User) -> None:
    save(alice)
    refused = change(alice, Recipe.objects.get(), "share")
    assert (refused.status_code, refused.json()) == (403, {"words": "Your plan does not include sharing recipes."})


def test_a_link_ends_with_its_recipe_and_cannot_be_guessed(alice: User, carol: User) -> None:
    save(carol)
    recipe = Recipe.objects.get()
    token = recipe_links.token_of(carol, recipe)
    assert browser(alice).get(f"/recipes/shared/{uuid4().hex}:{token.partition(':')[2]}/").status_code == 404
    assert browser(alice).get(f"/recipes/shared/{recipe.pk.hex}/").status_code == 404
    change(carol, recipe, "delete")
    assert browser(alice).get(f"/recipes/shared/{token}/").status_code == 404
