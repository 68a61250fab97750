"""Sizes of shops and channels: data that admins edit, recipes that members run."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from generation import storage
from generation.models import Image, Target
from generation.processing.pictures import open_picture
from generation.services.seeds import seed_engine
from generation.services.targets import seed_targets
from generation.services.uploads import save_upload
from tests.generation.api.clients import client_of, wrong_fields
from tests.generation.drains import drain
from tests.generation.processing.photos import photo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def installation() -> None:
    """Give what a new installation has."""
    seed_engine()
    seed_targets()


def process(member: User, target: object, picture: str = "coffee.png") -> Any:
    """Fit an upload to a target."""
    upload = save_upload(member, photo(picture))
    body = {"recipe": [{"op": "rotate", "flip": "horizontal"}, {"op": "target", "target": target}]}
    return client_of(member).post(f"/api/v1/images/{upload.pk}/process", body, content_type="application/json")


def test_targets_are_listed_with_their_rules_in_the_members_language(alice: User) -> None:
    listed = client_of(alice).get("/api/v1/targets", headers={"Accept-Language": "zh-hans"}).json()
    assert len(listed) >= 11
    (story,) = (target for target in listed if target["target"] == "instagram-story")
    assert (story["width"], story["height"], story["fit"]) == (1080, 1920, "fill")
    assert next(target["name"] for target in listed if target["target"] == "taobao") == "淘宝、天猫"


@pytest.mark.parametrize("name", ["taobao", "wechat-cover", "instagram-portrait", "ebay"])
def test_a_picture_is_made_to_fit(carol: User, name: str) -> None:
    assert process(carol, name).status_code == 201
    drain()
    image, target = Image.objects.get(), Target.objects.get(slug=name)
    assert (image.width, image.height, image.format) == (target.width, target.height, "jpg")
    assert (image.bytes or 0) <= 1000 * (target.at_most_kb or 0)
    made = open_picture(storage.read(image.file_name))
    assert (made.getpixel((2, 2)) == (255, 255, 255)) == (target.fit == "pad")


def test_an_unknown_target_is_named_as_such(carol: User) -> None:
    for target in ("moon", None, 7, ["taobao"]):
        assert wrong_fields(process(carol, target)) == ["recipe.1.target"]
    Target.objects.filter(slug="jd").update(enabled=False)
    assert wrong_fields(process(carol, "jd")) == ["recipe.1.target"]


def test_every_mistake_of_a_recipe_is_told_at_once_where_it_was_made(carol: User) -> None:
    recipe = [{"op": "target", "target": "jd"}, {"op": "target", "target": "moon"}, {"op": "rotate", "angle": "much"}]
    answer = client_of(carol).post("/api/v1/recipes", {"name": "Moon", "operations": recipe}, "application/json")
    assert wrong_fields(answer) == ["operations.1.target", "operations.2.angle"]


def test_an_admin_changes_one_and_nothing_brings_it_back(dave: User, client: Client, carol: User) -> None:
    client.force_login(dave)
    target = Target.objects.get(slug="jd")
    facts = {"slug": "jd", "name": "JD", "width": 640, "height": 640, "fit": "pad", "background": "#ffffff"}
    page = f"/admin/generation/target/{target.pk}/change/"
    assert client.post(page, facts | {"format": "webp", "order": 1, "enabled": "on"}).status_code == 302
    seed_targets()
    assert process(carol, "jd").json()["recipe"][1:] == [
        {"op": "resize", "width": 640, "height": 640, "fit": "pad", "background": "#ffffff"},
        {"op": "convert", "format": "webp", "quality": 92},
    ]
    assert "background" in str(client.post(page, facts | {"background": "white"}).content)


def test_the_builder_offers_them(carol: User, client: Client) -> None:
    upload = save_upload(carol, photo("coffee.png"))
    client.force_login(carol)
    assert "Xiaohongshu cover" in client.get(f"/process/?image={upload.pk}").content.decode()
