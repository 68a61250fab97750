"""Recipes on finished pictures: through the gate, in a lane of their own, beside the original."""

import os
import signal
import subprocess
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from generation import storage
from generation.models import Image, Job, Upload
from generation.processing.pictures import open_picture
from generation.services.seeds import seed_engine
from tests.generation.api.clients import client_of, post_job, wrong_fields
from tests.generation.drains import drain, play, until
from tests.generation.processing.photos import photo

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = [{"op": "crop", "ratio": "1:1"}, {"op": "resize", "width": 100}, {"op": "convert", "format": "webp"}]


@pytest.fixture(autouse=True)
def lanes() -> None:
    """Give the lanes of a new installation."""
    seed_engine()


def upload(member: User, name: str = "coffee.png") -> str:
    """Bring a photo."""
    file = SimpleUploadedFile(name, photo(name))
    response = client_of(member).post("/api/v1/uploads", {"file": file})
    return str(response.json()["id"])


def process(member: User, picture: str, recipe: object = SMALL) -> Any:
    """Ask for a recipe to be run."""
    body = {"recipe": recipe}
    return client_of(member).post(f"/api/v1/images/{picture}/process", body, content_type="application/json")


def refusals(response: Any) -> list[str]:
    """Name what the plan has against it."""
    return [reason["code"] for reason in response.json()["reasons"]]


def test_an_upload_goes_through_a_recipe_and_stays_as_it_is(alice: User) -> None:
    picture = upload(alice)
    response = process(alice, picture)
    assert response.status_code == 201
    drain()

    job = client_of(alice).get(f"/api/v1/jobs/{response.json()['id']}").json()
    (image,) = job["images"]
    assert (job["mode"], job["status"], job["recipe"]) == ("process", "succeeded", SMALL)
    assert (image["parent"], image["operations"]) == (picture, SMALL)
    assert (image["width"], image["height"], image["format"]) == (100, 100, "webp")
    made = Image.objects.get(pk=image["id"])
    assert made.file_name.startswith("processed_image_")
    assert open_picture(storage.read(made.file_name)).size == (100, 100)
    assert open_picture(storage.read(Upload.objects.get(pk=picture).file_name)).size == (600, 400)


def test_a_result_can_be_processed_again(alice: User) -> None:
    first = process(alice, upload(alice)).json()
    drain()
    second = process(alice, first["images"][0]["id"], [{"op": "rotate", "angle": 90}]).json()
    drain()
    image = Image.objects.get(job=second["id"])
    assert (image.status, image.format) == ("succeeded", "webp")


def test_the_same_recipe_on_the_same_picture_is_found_again(alice: User, bob: User) -> None:
    picture, other = upload(alice), upload(bob)
    first = process(alice, picture).json()
    drain()
    again = process(alice, picture, [*SMALL[:2], {"op": "convert", "quality": 85, "format": "webp"}])
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert process(alice, picture, [{"op": "trim"}, *SMALL]).status_code == 403  # another recipe, and not in the plan
    assert process(bob, other).status_code == 201


def test_another_members_picture_is_not_found(alice: User, bob: User) -> None:
    picture = upload(alice)
    assert process(bob, picture).status_code == 404
    body = {"mode": "process", "reference": picture, "recipe": SMALL}
    assert wrong_fields(post_job(client_of(bob), body)) == ["reference"]


def test_another_members_logo_is_not_found(alice: User, carol: User) -> None:
    response = process(carol, upload(carol), [{"op": "logo", "picture": upload(alice, "logo.png")}])
    assert wrong_fields(response) == ["recipe.0.picture"]


def test_the_plan_says_which_operations_are_open(alice: User, carol: User) -> None:
    recipe = [{"op": "trim"}, {"op": "watermark", "text": "©"}, {"op": "colour", "auto": 70}]
    refused = process(alice, upload(alice), recipe)
    assert refused.status_code == 403
    assert refusals(refused) == ["operation:trim", "operation:watermark"]
    assert {reason["lifted_by"] for reason in refused.json()["reasons"]} == {"advanced"}
    assert process(carol, upload(carol), recipe).status_code == 201


def test_the_plan_limits_the_size_that_comes_out(alice: User) -> None:
    assert refusals(process(alice, upload(alice), [{"op": "resize", "width": 3000}])) == ["max_side", "max_pixels"]


def test_everything_wrong_in_a_recipe_is_named(carol: User) -> None:
    recipe = [{"op": "resize", "width": 0}, {"op": "explode"}, {"op": "watermark"}]
    response = process(carol, upload(carol), recipe)
    assert response.status_code == 422
    assert wrong_fields(response) == ["recipe.0.width", "recipe.1.op", "recipe.2.text"]


@pytest.mark.parametrize(
    "recipe", [None, 7, "", "mine", [], [7], {}, [{"op": ["resize"]}], [{"op": "resize", "width": {}}]]
)
def test_what_is_no_recipe_is_refused(carol: User, recipe: object) -> None:
    assert process(carol, upload(carol), recipe).status_code == 422


def test_a_saved_recipe_is_run_by_its_id_and_is_its_owners_alone(carol: User, alice: User) -> None:
    body = {"name": "Shop", "operations": SMALL}
    saved = client_of(carol).post("/api/v1/recipes", body, content_type="application/json").json()
    assert [recipe["name"] for recipe in client_of(carol).get("/api/v1/recipes").json()] == ["Shop"]
    assert process(carol, upload(carol), saved["id"]).json()["recipe"] == SMALL
    assert wrong_fields(process(alice, upload(alice), saved["id"])) == ["recipe"]
    assert client_of(alice).delete(f"/api/v1/recipes/{saved['id']}").status_code == 404
    assert client_of(carol).delete(f"/api/v1/recipes/{saved['id']}").status_code == 204


def test_a_wrong_recipe_is_not_kept(carol: User) -> None:
    body = {"name": "Shop", "operations": [{"op": "resize"}]}
    response = client_of(carol).post("/api/v1/recipes", body, content_type="application/json")
    assert wrong_fields(response) == ["operations.0.width"]


def test_a_killed_child_costs_its_own_picture_alone(carol: User) -> None:
    slow = process(carol, upload(carol), [{"op": "upscale", "factor": "4"}]).json()
    quick = process(carol, upload(carol, "chelsea.png")).json()

    async def story() -> None:
        await until(lambda: Image.objects.filter(job=slow["id"], status="running").exists())
        await until(lambda: len(children()) >= 1)
        await until(lambda: Image.objects.filter(job=quick["id"], status="succeeded").exists(), seconds=60)
        for pid in children():
            os.kill(pid, signal.SIGKILL)
        await until(lambda: Image.objects.filter(job=slow["id"], attempts__gte=1, status="queued").exists(), seconds=60)
        await sync_to_async(cancel)(carol, slow["id"])

    play(story)
    assert Job.objects.get(pk=quick["id"]).status == "succeeded"
    assert Job.objects.get(pk=slow["id"]).status == "cancelled"


def test_its_progress_is_told_tile_by_tile(carol: User) -> None:
    job = process(carol, upload(carol), [{"op": "upscale", "factor": "4", "quality": "best"}]).json()
    told: set[float] = set()

    def seen() -> set[float]:
        (image,) = client_of(carol).get(f"/api/v1/jobs/{job['id']}").json()["images"]
        told.add(image["progress"])
        return told

    async def story() -> None:
        await until(lambda: len(seen()) >= 3, seconds=60)
        await sync_to_async(cancel)(carol, job["id"])

    play(story)
    assert max(told) < 0.5


def test_cancelling_stops_the_child(carol: User) -> None:
    slow = process(carol, upload(carol), [{"op": "upscale", "factor": "4", "quality": "best"}]).json()

    async def story() -> None:
        await until(lambda: len(children()) == 1, seconds=60)
        await sync_to_async(cancel)(carol, slow["id"])
        await until(lambda: not children(), seconds=30)

    play(story)
    assert Job.objects.get(pk=slow["id"]).status == "cancelled"


def cancel(member: User, job: str) -> None:
    """Press cancel."""
    assert client_of(member).post(f"/api/v1/jobs/{job}/cancel").status_code == 200


def children() -> list[int]:
    """Give the processes that run recipes for this one."""
    command = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "engines.processing" in line]


def test_its_card_stands_in_the_feed(alice: User, client: Client) -> None:
    job = process(alice, upload(alice)).json()
    drain()
    client.force_login(alice)
    page = client.get("/").content.decode()
    assert job["id"] in page
    assert f"/api/v1/images/{job['images'][0]['id']}" in page
    assert client.get(f"/images/{job['images'][0]['id']}/").status_code == 200
