"""A recipe asked for together with the picture: made first, then processed, and each part paid for by itself."""

from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django_q.brokers import get_broker

from accounts.models import CreditEntry, User
from accounts.services import credits as ledger
from generation import storage
from generation.models import Attempt, Engine, Image, Job
from generation.models.engine import CLUSTERS
from generation.processing.pictures import open_picture
from generation.services.audit import audit
from generation.services.runner import Drain
from generation.services.seeds import seed_engine
from imagegen import queue
from tests.factories import make_engine, make_plan
from tests.generation.api.clients import client_of, post_job, wrong_fields
from tests.generation.drains import drain, play, until

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

SMALL = [{"op": "resize", "width": 32}, {"op": "convert", "format": "webp"}]


@pytest.fixture(autouse=True)
def lanes() -> None:
    """Give an engine that is quick, and the lane of recipes at three credits a picture."""
    make_engine(settings={"seconds": 0.01}, order=0)
    seed_engine()
    Engine.objects.filter(slug="processing").update(base_price=3)


def ask(member: User, **body: Any) -> Any:
    """Ask for a small picture, with a recipe to follow."""
    facts = {"prompt": "a kitten", "engine": "simulated", "width": 64, "height": 64, "recipe": SMALL} | body
    return post_job(client_of(member), facts)


def now(member: User, job: str) -> Any:
    """Read a job."""
    return client_of(member).get(f"/api/v1/jobs/{job}").json()


def cancel(member: User, job: str) -> Any:
    """Press cancel."""
    return client_of(member).post(f"/api/v1/jobs/{job}/cancel").json()


def spent(member: User) -> int:
    """Count the credits that are gone for good."""
    return ledger.spent_this_month(member)


def test_a_picture_is_made_and_then_goes_through_its_recipe(carol: User) -> None:
    job = ask(carol, count=2).json()
    assert job["credits"] == {"reserved": 2 * (1 + 3), "spent": 0}
    drain()

    job = now(carol, job["id"])
    assert (job["status"], job["recipe"][0]["op"], len(job["images"])) == ("succeeded", "resize", 2)
    assert job["credits"] == {"reserved": 0, "spent": 8}
    for shown in job["images"]:
        assert (shown["width"], shown["height"], shown["format"], shown["operations"]) == (
            32,
            32,
            "webp",
            job["recipe"],
        )
        original = client_of(carol).get(f"/api/v1/images/{shown['parent']}").json()
        assert (original["width"], original["parent"], original["operations"]) == (64, None, [])
        assert open_picture(client_of(carol).get(original["url"]).content).size == (64, 64)
        assert open_picture(client_of(carol).get(shown["url"]).content).size == (32, 32)
        assert original["seed"] == shown["seed"]
    names = [image.file_name.rpartition("_")[0].rpartition("_")[0] for image in Image.objects.order_by("index")]
    assert names == ["processed_image", "processed_image", "generated_image", "generated_image"]
    assert audit() == []


def test_its_states_follow_each_other(carol: User) -> None:
    """queued → running → queued in processing → running → succeeded."""
    Engine.objects.filter(slug="processing").update(paused=True)
    job = ask(carol).json()
    assert job["images"][0]["status"] == "queued"
    drain()

    (image,) = now(carol, job["id"])["images"]
    assert (image["status"], image["parent"] is not None, 0 < image["progress"] < 1) == ("queued", True, True)
    assert Image.objects.get(pk=image["id"]).lane.slug == "processing"
    Engine.objects.filter(slug="processing").update(paused=False)
    drain()
    assert now(carol, job["id"])["images"][0]["status"] == "succeeded"
    tries = Attempt.objects.filter(image=image["id"]).order_by("pk").values_list("lane__slug", "outcome")
    assert list(tries) == [("simulated", "succeeded"), ("processing", "succeeded")]


def test_each_cluster_serves_its_own_lanes(carol: User) -> None:
    tokens = [get_broker(cluster) for cluster in CLUSTERS]
    for broker in tokens:
        broker.purge_queue()
    job = ask(carol).json()
    assert [broker.queue_size() for broker in tokens] == [1, 0]
    async_to_sync(Drain(clusters=["process"], idle_seconds=0.1).run)()
    assert now(carol, job["id"])["images"][0]["status"] == "queued"
    async_to_sync(Drain(clusters=["generate"], idle_seconds=0.1).run)()
    (image,) = now(carol, job["id"])["images"]
    assert (image["status"], image["parent"] is not None, tokens[1].queue_size()) == ("queued", True, 1)
    async_to_sync(Drain(clusters=["process"], idle_seconds=0.1).run)()
    assert now(carol, job["id"])["status"] == "succeeded"


def test_a_second_drain_leaves_room_for_chores(carol: User) -> None:
    assert [queue.may_drain("process"), queue.may_drain("process")] == [True, False]
    cache.clear()
    queue.announce_drain("process", "another")
    assert not queue.may_drain("process")


def test_what_fails_in_processing_keeps_its_original_and_is_retried_from_there(carol: User) -> None:
    Engine.objects.filter(slug="processing").update(paused=True)
    job = ask(carol).json()
    drain()
    original = Image.objects.get(pk=now(carol, job["id"])["images"][0]["parent"])
    away = Path(settings.MEDIA_ROOT) / original.file_name
    away.rename(away.with_suffix(".away"))  # the storage has lost it for a while
    Engine.objects.filter(slug="processing").update(paused=False)
    drain()

    job = now(carol, job["id"])
    assert (job["status"], job["images"][0]["error"]["code"]) == ("failed", "reference_missing")
    assert (job["credits"], spent(carol)) == ({"reserved": 0, "spent": 1}, 1)
    away.with_suffix(".away").rename(away)
    retried = client_of(carol).post(f"/api/v1/jobs/{job['id']}/retry").json()
    assert retried["credits"] == {"reserved": 3, "spent": 1}
    drain()
    job = now(carol, job["id"])
    assert (job["status"], job["credits"], spent(carol)) == ("succeeded", {"reserved": 0, "spent": 4}, 4)
    assert Attempt.objects.filter(lane__slug="simulated").count() == 1
    assert audit() == []


def test_cancelling_what_waits_for_its_recipe_keeps_the_original(carol: User) -> None:
    Engine.objects.filter(slug="processing").update(paused=True)
    job = ask(carol).json()
    drain()
    cancelled = cancel(carol, job["id"])
    assert (cancelled["status"], cancelled["credits"]) == ("cancelled", {"reserved": 0, "spent": 1})
    parent = cancelled["images"][0]["parent"]
    assert client_of(carol).get(f"/api/v1/images/{parent}/thumbnail").status_code == 200
    assert audit() == []


def test_cancelling_while_it_is_made_costs_nothing(carol: User) -> None:
    make_engine(settings={"seconds": 30})
    job = ask(carol).json()

    async def story() -> None:
        await until(lambda: Image.objects.filter(job=job["id"], status="running").exists())
        await sync_to_async(cancel)(carol, job["id"])

    play(story)
    assert (Job.objects.get().status, Image.objects.count(), spent(carol)) == ("cancelled", 1, 0)
    assert audit() == []


def test_cancelling_while_its_recipe_runs_stops_that(carol: User) -> None:
    job = ask(carol, recipe=[{"op": "upscale", "factor": "4", "quality": "best"}], width=512, height=512).json()

    async def story() -> None:
        in_recipe = Image.objects.filter(job=job["id"], lane__slug="processing", status="running")
        await until(lambda: in_recipe.all().exists(), seconds=30)
        await sync_to_async(cancel)(carol, job["id"])

    play(story)
    job = now(carol, job["id"])
    assert (job["status"], job["credits"], job["images"][0]["parent"] is not None) == (
        "cancelled", {"reserved": 0, "spent": 1}, True,
    )  # fmt: skip


def test_a_retry_of_what_failed_at_the_engine_does_all_of_it(carol: User) -> None:
    job = ask(carol, prompt="a kitten").json()
    cancel(carol, job["id"])
    retried = client_of(carol).post(f"/api/v1/jobs/{job['id']}/retry").json()
    assert retried["credits"]["reserved"] == 4
    drain()
    assert now(carol, job["id"])["status"] == "succeeded"


def test_everything_wrong_is_named_at_once(carol: User) -> None:
    recipe = [{"op": "resize"}, {"op": "explode"}]
    assert wrong_fields(ask(carol, recipe=recipe, width=7)) == ["recipe.0.width", "recipe.1.op", "width"]
    assert wrong_fields(ask(carol, recipe="mine")) == ["recipe"]
    assert wrong_fields(ask(carol, recipe=[{"op": "resize", "width": 8000}])) == ["recipe.0"]


def test_the_plan_says_who_may(alice: User) -> None:
    make_plan(parameters=["prompt", "size", "engine"])
    refused = ask(alice, recipe=[{"op": "trim"}, {"op": "resize", "width": 3000}])
    codes = [reason["code"] for reason in refused.json()["reasons"]]
    assert (refused.status_code, codes) == (
        403, ["operation:trim", "parameter:recipe", "max_side", "max_pixels"],
    )  # fmt: skip


def test_the_price_is_foretold_with_its_recipe(carol: User) -> None:
    body = {"prompt": "a kitten", "engine": "simulated", "width": 64, "height": 64, "count": 2, "recipe": SMALL}
    told = client_of(carol).post("/api/v1/jobs/estimate", body, content_type="application/json").json()
    assert (told["price"], told["breakdown"]["price_per_image"], told["breakdown"]["recipe"]) == (8, 4, 3)


def test_the_form_takes_a_saved_recipe_or_operations(carol: User, client: Client) -> None:
    body = {"name": "Shop", "operations": SMALL}
    saved = client_of(carol).post("/api/v1/recipes", body, content_type="application/json").json()
    client.force_login(carol)
    form = {"prompt": "a kitten", "aspect": "1:1", "size": "s", "count": 1, "engine": "simulated"}
    for recipe in (saved["id"], '[{"op": "rotate", "flip": "horizontal"}]'):
        assert client.post("/", form | {"recipe": recipe}, headers={"HX-Request": "true"}).status_code == 201
    assert [job.recipe[0]["op"] for job in Job.objects.order_by("pk") if job.recipe] == ["resize", "rotate"]
    wrong = client.post("/", form | {"recipe": "[{"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, "a kitten" in wrong.content.decode()) == (422, True)


def test_originals_are_pictures_like_others(carol: User, client: Client) -> None:
    job = ask(carol).json()
    drain()
    (image,) = now(carol, job["id"])["images"]
    client.force_login(carol)
    page = client.get(f"/images/{image['parent']}/")
    assert (page.status_code, image["id"] in page.content.decode()) == (200, True)
    assert image["parent"] in client.get(f"/images/{image['id']}/").content.decode()
    assert client_of(carol).delete(f"/api/v1/images/{image['id']}").status_code == 204
    (left,) = now(carol, job["id"])["images"]
    assert (left["id"], left["status"]) == (image["parent"], "succeeded")


def test_deleting_the_task_takes_originals_along(carol: User) -> None:
    job = ask(carol).json()
    drain()
    names = [name for image in Image.objects.all() for name in storage.files_of(image.file_name)]
    assert client_of(carol).delete(f"/api/v1/jobs/{job['id']}").status_code == 204
    assert not any((Path(settings.MEDIA_ROOT) / name).exists() for name in names)
    assert audit() == []
    assert CreditEntry.objects.filter(kind="settle").count() == 2
