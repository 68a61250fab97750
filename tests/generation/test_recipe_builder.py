"""The page that builds a recipe: its forms, its previews, its prices, and the runs that it begins."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from asgiref.sync import async_to_sync
from django.contrib.staticfiles.finders import find
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient, Client

from accounts.models import Plan, User
from generation.models import Engine, Image, Job
from generation.processing.recipes import OPERATIONS, read_recipe
from generation.processing.style import STYLES
from generation.services.previewing import close_previews
from generation.services.seeds import seed_engine
from generation.services.targets import seed_targets
from generation.views.operation_forms import STARTS
from tests.generation.api.clients import client_of
from tests.generation.drains import drain
from tests.generation.processing.photos import photo

pytestmark = pytest.mark.django_db(transaction=True)
FRAGMENT = {"HX-Request": "true"}
CROP = {"op": "crop", "ratio": "1:1"}


@pytest.fixture(autouse=True)
def lanes() -> None:
    """Give the lanes of a new installation."""
    seed_engine()


def upload(member: User, name: str = "coffee.png") -> str:
    """Bring a photo."""
    file = SimpleUploadedFile(name, photo(name))
    return str(client_of(member).post("/api/v1/uploads", {"file": file}).json()["id"])


def look(member: User, recipe: object, *pictures: str, **more: str) -> dict[str, Any]:
    """Ask what a recipe would make, as the script does."""

    async def ask() -> dict[str, Any]:
        client = AsyncClient()
        await client.aforce_login(member)
        body = {"image": list(pictures), "recipe": json.dumps(recipe)} | more
        try:
            answer: dict[str, Any] = (await client.post("/process/look/", body)).json()
        finally:
            await close_previews()
        return answer

    return async_to_sync(ask)()


def run(member: User, recipe: object, *pictures: str, key: str = "") -> Any:
    """Press the button."""
    client = Client()
    client.force_login(member)
    body = {"image": list(pictures), "recipe": json.dumps(recipe), "key": key or str(uuid4())}
    return client.post("/process/run/", body)


def builder(member: User, *pictures: str) -> Any:
    """Open the builder."""
    client = Client()
    client.force_login(member)
    return client.get("/process/", {"image": list(pictures)}, headers=FRAGMENT)


def test_every_operation_has_a_form_and_the_locked_ones_name_their_plan(alice: User, carol: User) -> None:
    text = builder(alice, upload(alice)).content.decode()
    assert [name for name in OPERATIONS if f'data-step="{name}"' not in text] == []
    assert text.count("Comes with Advanced") == len(OPERATIONS) - 5
    assert "Comes with Advanced" not in builder(carol, upload(carol)).content.decode()


def test_its_words_are_in_the_language_of_the_member(carol: User) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(carol)
    text = client.get("/process/", {"image": upload(carol)}).content.decode()
    assert "添加步骤" in text
    assert "Add a step" not in text


def test_only_ones_own_pictures_can_be_looked_at(alice: User, bob: User) -> None:
    picture = upload(alice)
    assert builder(bob, picture).status_code == 404
    assert builder(alice, picture, str(uuid4())).status_code == 200
    assert builder(alice, "7").status_code == 404
    assert run(bob, [CROP], picture).status_code == 404
    assert Client().get("/process/", {"image": picture}).status_code == 302


def test_a_look_shows_the_result_its_size_and_its_price(carol: User) -> None:
    Engine.objects.filter(kind="processing").update(base_price=2)
    told = look(carol, [CROP, {"op": "resize", "width": 300}], upload(carol), upload(carol, "chelsea.png"))
    assert told["picture"].startswith("data:image/webp;base64,")
    assert (told["result"], told["price"]) == ("300 × 300", "4 credits")
    assert told["summaries"] == ["1:1", "300 px"]
    assert not Job.objects.exists()


def test_a_look_says_what_is_wrong_at_its_place(carol: User) -> None:
    told = look(carol, [CROP, {"op": "resize", "width": 0}, {"op": "title"}], upload(carol))
    assert told["errors"].keys() == {"recipe.1.width", "recipe.2.text"}
    assert "picture" not in told


@pytest.mark.parametrize("recipe", [None, 7, "x", {}, [], [[]], [{"op": []}]])
def test_what_is_no_recipe_is_told(carol: User, recipe: object) -> None:
    assert look(carol, recipe, upload(carol))["errors"]


def test_what_the_plan_locks_is_told_and_not_drawn(alice: User) -> None:
    told = look(alice, [{"op": "watermark", "text": "©"}], upload(alice))
    assert [(reason["code"], reason["plan"]) for reason in told["reasons"]] == [
        ("operation:watermark", "Comes with Advanced")
    ]
    assert "picture" not in told


def test_what_takes_long_is_drawn_when_it_is_asked_for(carol: User) -> None:
    picture = upload(carol)
    slow = [{"op": "style", "style": "comic"}]
    told = look(carol, slow, picture)
    assert told["waits"]
    assert "picture" not in told
    assert look(carol, slow, picture, patient="1")["picture"]


def test_another_picture_is_laid_on_it(carol: User, bob: User) -> None:
    picture, logo = upload(carol), upload(carol, "logo.png")
    plain = look(carol, [CROP], picture)["picture"]
    assert look(carol, [CROP, {"op": "logo", "picture": logo}], picture)["picture"] not in ("", plain)
    told = look(carol, [CROP, {"op": "logo", "picture": upload(bob, "logo.png")}], picture)
    assert told["errors"].keys() == {"recipe.1.picture"}


def test_a_preview_bears_the_mark_that_the_result_will_bear(alice: User) -> None:
    picture = upload(alice)
    with_mark = look(alice, [CROP], picture)["picture"]
    Plan.objects.filter(slug="basic").update(visible_mark=False)
    assert look(alice, [CROP], picture)["picture"] not in ("", with_mark)


@pytest.mark.usefixtures("long_minute")
def test_previews_are_counted(carol: User, settings: Any) -> None:
    settings.PREVIEWS_PER_MINUTE = 1
    picture = upload(carol)
    assert look(carol, [CROP], picture)["picture"]
    assert look(carol, [CROP], picture)["reasons"][0]["code"] == "too_many_requests"


def test_a_run_makes_a_job_for_each_picture_once_for_a_key(carol: User) -> None:
    pictures = [upload(carol), upload(carol, "chelsea.png")]
    key = str(uuid4())
    told = run(carol, [CROP], *pictures, key=key).json()
    assert told["words"] == "2 pictures are being processed."
    assert run(carol, [CROP], *pictures, key=key).json()["jobs"] == told["jobs"]
    assert {str(job.reference) for job in Job.objects.all()} == set(pictures)
    drain()
    assert set(Image.objects.values_list("status", "width", "height")) == {
        ("succeeded", 400, 400),
        ("succeeded", 300, 300),
    }


def test_the_steps_of_a_result_can_be_changed(carol: User, bob: User) -> None:
    picture = upload(carol)
    run(carol, [CROP], picture)
    drain()
    made = Image.objects.get()
    client = Client()
    client.force_login(carol)
    text = client.get(f"/images/{made.pk}/").content.decode()
    assert f"/process/?image={picture}&again={made.pk}" in text
    assert "Crop 1:1" in text
    assert '"ratio": "1:1"' in client.get(f"/process/?image={picture}&again={made.pk}").content.decode()
    client.force_login(bob)
    assert '"ratio": "1:1"' not in client.get(f"/process/?image={upload(bob)}&again={made.pk}").content.decode()


def test_what_was_made_before_is_shown_instead(carol: User) -> None:
    picture = upload(carol)
    run(carol, [CROP], picture)
    drain()
    told = run(carol, [CROP], picture).json()
    assert told["words"] == "1 was given this recipe before."
    assert told["link"]["url"] == f"/images/{Image.objects.get().pk}/"


def test_a_run_that_the_plan_ends_says_how_far_it_came(alice: User) -> None:
    Plan.objects.filter(slug="basic").update(waiting_images=1)
    told = run(alice, [CROP], upload(alice), upload(alice)).json()
    assert told["words"].startswith("1 picture is being processed. Your plan allows 1 waiting")


def test_a_refused_run_names_the_step(alice: User) -> None:
    refused = run(alice, [{"op": "resize", "width": -1}], upload(alice))
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["recipe.0.width"])
    assert not Job.objects.exists()


def test_too_many_pictures_are_refused_in_words(alice: User) -> None:
    refused = builder(alice, *[str(uuid4()) for _ in range(101)])
    assert (refused.status_code, refused.content.decode()) == (409, "Choose at most 100 pictures at once.")


def test_a_new_step_does_something_at_once() -> None:
    """What the forms begin with is a recipe, except where a picture must be chosen first."""
    for name in OPERATIONS:
        start = {"op": name, **STARTS.get(name, {})} | ({"text": "…"} if name in ("watermark", "title") else {})
        if name != "logo":
            assert read_recipe([start])[0].name == name


def test_an_id_is_an_id(carol: User) -> None:
    assert UUID(upload(carol))
    assert run(carol, [CROP], upload(carol), key="7").status_code == 404


def test_steps_of_pictures_to_come_are_looked_at_without_one(carol: User, alice: User) -> None:
    client = Client()
    client.force_login(carol)
    assert "Use these steps" in client.get("/process/?after=1", headers=FRAGMENT).content.decode()
    told = look(carol, [CROP, {"op": "resize", "width": 0}], after="1")
    assert told["errors"].keys() == {"recipe.1.width"}
    assert look(carol, [CROP], after="1")["summaries"] == ["1:1"]
    assert look(carol, [CROP], upload(carol), after="1")["picture"]
    assert "picture" not in look(alice, [{"op": "trim"}], upload(alice), after="1")


def test_a_target_that_is_too_large_says_what_would_help(alice: User, carol: User, client: Client) -> None:
    seed_targets()
    picture = {member: upload(member) for member in (alice, carol)}

    def locked(member: User) -> dict[str, str]:
        client.force_login(member)
        context = client.get("/process/", {"image": picture[member]}).context
        return {each.target.slug: each.locked for each in context["targets"] if each.locked}

    assert locked(alice)["amazon"] == "Comes with Advanced"
    assert locked(carol) == {"a4": "Larger than any plan here allows. Ask an admin."}


def test_every_style_is_shown_by_a_picture() -> None:
    assert {find(f"img/styles/{style}.webp") is not None for style in STYLES} == {True}
