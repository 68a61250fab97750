"""Programs submit jobs, look at them and act on them."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User, Wallet
from generation.models import Image, Job
from tests.factories import make_engine, make_plan, submit_job
from tests.generation.api.clients import client_of, post_job, wrong_fields
from tests.generation.api.test_uploads import png, send
from tests.generation.services.playing import claim

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def engine(transactional_db: None) -> None:
    """There is something that makes pictures."""
    make_engine()


@pytest.fixture
def program(alice: User) -> Client:
    """Give Alice's program."""
    return client_of(alice)


def test_a_job_is_accepted(program: Client) -> None:
    response = post_job(program, count=3)
    job = response.json()
    assert (response.status_code, response["Location"]) == (201, f"/api/v1/jobs/{job['id']}")
    assert (job["number"], job["status"], len(job["images"])) == (1, "queued", 3)
    assert job["credits"] == {"reserved": 3, "spent": 0}


def test_the_same_key_gives_the_same_job(program: Client) -> None:
    first, second = post_job(program, key="press 1"), post_job(program, key="press 1")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]


def test_the_same_key_with_another_body_is_a_conflict(program: Client) -> None:
    post_job(program, key="press 1")
    response = post_job(program, key="press 1", prompt="a dog")
    assert (response.status_code, response.json()["code"]) == (409, "idempotency_key_reused")


def test_a_key_belongs_to_its_member(program: Client, bob: User) -> None:
    post_job(program, key="press 1")
    assert post_job(client_of(bob), key="press 1", prompt="a dog").status_code == 201


def test_an_empty_wallet_is_402(program: Client, alice: User) -> None:
    Wallet.objects.filter(member=alice).update(balance=0)
    response = post_job(program)
    assert (response.status_code, response.json()["code"]) == (402, "insufficient_credits")


def test_the_plan_says_every_reason_at_once(program: Client) -> None:
    response = post_job(program, count=8, seed=7, width=2048, height=2048)
    reasons = {reason["code"]: reason["lifted_by"] for reason in response.json()["reasons"]}
    assert response.status_code == 403
    assert reasons == dict.fromkeys(("parameter:seed", "max_side", "max_pixels", "images_per_job"), "advanced")


def test_too_many_waiting_is_429_with_a_time(program: Client) -> None:
    make_plan("basic", waiting_images=2)
    response = post_job(program, count=3)
    assert (response.status_code, response.json()["code"]) == (429, "too_many_waiting")
    assert int(response["Retry-After"]) >= 1


def test_everything_of_an_advanced_request_arrives(carol: User) -> None:
    asked: dict[str, Any] = {"negative_prompt": "dogs", "seed": 7, "steps": 9, "guidance": 4, "engine": "simulated"}
    job = post_job(client_of(carol), **asked).json()
    assert {name: job[name] for name in asked} == asked


def test_an_estimate_changes_nothing(program: Client, alice: User) -> None:
    response = program.post("/api/v1/jobs/estimate", {"prompt": "a kitten", "count": 5}, "application/json")
    told = response.json()
    assert (told["price"], told["position"], told["starts_in"]) == (5, 1, 0.0)
    assert told["breakdown"] == {"images": 5, "price_per_image": 1, "engine": "simulated", "recipe": 0}
    assert [(reason["code"], reason["lifted_by"]) for reason in told["reasons"]] == [("images_per_job", "advanced")]
    assert not Job.objects.exists()


def test_an_estimate_waits_for_one_of_the_members_own_places(program: Client, alice: User) -> None:
    submit_job(alice, count=2)
    assert len(claim()) == 2  # all that the plan lets run
    told = program.post("/api/v1/jobs/estimate", {"prompt": "a kitten"}, "application/json").json()
    assert told["starts_in"] > 0


def test_the_list_goes_page_by_page(program: Client, alice: User) -> None:
    ids = [str(submit_job(alice).pk) for _ in range(5)]
    seen, wanted = [], {"limit": "2"}
    while wanted.get("cursor", "") is not None:
        page = program.get("/api/v1/jobs", wanted).json()
        seen += [job["id"] for job in page["items"]]
        wanted["cursor"] = page["next"]
    assert seen == ids[::-1]


def test_the_list_keeps_its_number_of_queries(program: Client, alice: User, django_assert_num_queries: Any) -> None:
    program.get("/api/v1/me")  # from now on the token counts as just used
    for jobs in range(1, 4):
        submit_job(alice, count=jobs)
        cache.clear()
        # token, ids of jobs, jobs, images; and the lane's order, which is kept for a second
        with django_assert_num_queries(4 + 6):
            program.get("/api/v1/jobs")


def test_the_list_is_narrowed_by_state_and_words(program: Client, alice: User) -> None:
    kitten, dog = submit_job(alice, "a Kitten"), submit_job(alice, "a dog")
    program.post(f"/api/v1/jobs/{dog.pk}/cancel")

    def listed(**wanted: str) -> list[str]:
        return [job["id"] for job in program.get("/api/v1/jobs", wanted).json()["items"]]

    assert listed(status="cancelled") == [str(dog.pk)]
    assert listed(q="kitten") == [str(kitten.pk)]
    assert listed(q="kitten", status="cancelled") == []
    assert listed(batch=str(dog.pk)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("status", "sleeping"), ("cursor", "?"), ("cursor", "AAAA"), ("limit", "0"), ("limit", "9929580469963713638080"),
     ("batch", "x"), ("q", "\x00"), ("q", "x" * 300)],
)  # fmt: skip
def test_a_wrong_filter_is_named(program: Client, field: str, value: str) -> None:
    response = program.get("/api/v1/jobs", {field: value})
    assert (response.status_code, wrong_fields(response)) == (422, [field])


def test_cancelling_gives_the_credits_back_and_twice_is_fine(program: Client, alice: User) -> None:
    job = submit_job(alice, count=2)
    for _ in range(2):
        response = program.post(f"/api/v1/jobs/{job.pk}/cancel")
        assert (response.status_code, response.json()["status"]) == (200, "cancelled")
    assert Wallet.objects.get(member=alice).balance == 200


def test_a_retry_makes_the_cancelled_again(program: Client, alice: User) -> None:
    job = submit_job(alice, count=2)
    program.post(f"/api/v1/jobs/{job.pk}/cancel")
    assert program.post(f"/api/v1/jobs/{job.pk}/retry").json()["status"] == "queued"
    response = program.post(f"/api/v1/jobs/{job.pk}/retry")
    assert (response.status_code, response.json()["code"]) == (409, "wrong_state")


def test_run_first_goes_before_the_members_others(program: Client, alice: User) -> None:
    submit_job(alice)
    later = submit_job(alice)
    assert program.post(f"/api/v1/jobs/{later.pk}/first").json()["position"] == 1


def test_a_finished_job_is_deleted_an_active_one_is_not(program: Client, alice: User) -> None:
    job = submit_job(alice)
    assert program.delete(f"/api/v1/jobs/{job.pk}").status_code == 409
    program.post(f"/api/v1/jobs/{job.pk}/cancel")
    assert program.delete(f"/api/v1/jobs/{job.pk}").status_code == 204
    assert program.get(f"/api/v1/jobs/{job.pk}").status_code == 404


def test_one_image_is_cancelled_made_again_and_deleted(program: Client, alice: User) -> None:
    job = submit_job(alice, count=2)
    image = f"/api/v1/images/{job.images.first().pk}"  # type: ignore[union-attr]  # it has two
    assert program.post(f"{image}/cancel").json()["status"] == "cancelled"
    assert program.get(f"/api/v1/jobs/{job.pk}").json()["status"] == "queued"
    assert program.post(f"{image}/retry").json()["status"] == "queued"
    assert program.delete(image).status_code == 409
    program.post(f"{image}/cancel")
    assert program.delete(image).status_code == 204
    assert Image.objects.count() == 1


def test_a_suspended_member_may_look_but_not_make(program: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(suspended_at="2026-01-01T00:00Z")
    assert program.get("/api/v1/jobs").status_code == 200
    for response in (post_job(program), send(program, png())):
        assert (response.status_code, response.json()["code"]) == (403, "suspended")
