"""Whatever is sent: a problem that names the field, in the member's language, never a fault of ours."""

import json
import math
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from accounts.models import User
from generation.models import Job
from tests.factories import make_engine
from tests.generation.api.clients import client_of, post_job, wrong_fields
from tests.generation.api.test_uploads import BAD, send

pytestmark = pytest.mark.django_db(transaction=True)

HUGE = 10**30
WRONG: list[tuple[dict[str, Any], list[str]]] = [
    ({"prompt": ""}, ["prompt"]),
    ({"prompt": " \n"}, ["prompt"]),
    ({"prompt": "x" * 20_000}, ["prompt"]),
    ({"prompt": "a\x00b"}, ["prompt"]),
    ({"prompt": "\ud800"}, ["prompt"]),
    ({"prompt": None}, ["prompt"]),
    ({"prompt": ["a kitten"]}, ["prompt"]),
    ({"width": 0, "height": 100_000}, ["width", "height"]),
    ({"width": -64}, ["width"]),
    ({"width": HUGE}, ["width"]),
    ({"width": 10**400, "height": 10**400}, ["width", "height"]),
    ({"width": "64"}, ["width"]),
    ({"width": 64.5}, ["width"]),
    ({"width": True}, ["width"]),
    ({"count": 0}, ["count"]),
    ({"count": HUGE}, ["count"]),
    ({"count": None}, ["count"]),
    ({"seed": -1}, ["seed"]),
    ({"seed": 2**63}, ["seed"]),
    ({"steps": HUGE}, ["steps"]),
    ({"steps": 10**400}, ["steps"]),
    ({"guidance": math.nan}, ["guidance"]),
    ({"guidance": math.inf}, ["guidance"]),
    ({"guidance": "high"}, ["guidance"]),
    ({"strength": 1.1}, ["strength"]),
    ({"engine": "nobody"}, ["engine"]),
    ({"engine": "\x00"}, ["engine"]),
    ({"engine": 7}, ["engine"]),
    ({"model": "nothing"}, ["model"]),
    ({"sampler": "none"}, ["sampler"]),
    ({"style": "x" * 10_000}, ["style", "style"]),
    ({"title": "a title"}, ["title"]),
    ({"mode": "magic"}, ["mode"]),
    ({"mode": "process"}, ["reference"]),
    ({"mode": "inpaint"}, ["reference", "mask"]),
    ({"reference": "me"}, ["reference"]),
    ({"reference": 7}, ["reference"]),
    ({"reference": "01932f6e-7a4b-7c3d-9e2f-5b8a6c4d2e10"}, ["reference"]),
    ({"recipe": [{"op": "upscale"}]}, ["recipe"]),
    ({"colour": "red", "n": 4}, ["colour", "n"]),
]
UNREADABLE = ["{", "", "[1", "nul", '{"prompt": "a", "width": 1' + "0" * 5000 + "}", "[" * 100_000]


@pytest.fixture
def program(carol: User) -> Client:
    """Give the program of one whose plan allows everything."""
    make_engine()
    return client_of(carol)


@pytest.mark.parametrize(("values", "fields"), WRONG)
@pytest.mark.parametrize("address", ["/api/v1/jobs", "/api/v1/jobs/estimate"])
def test_a_wrong_value_is_named(program: Client, address: str, values: dict[str, Any], fields: list[str]) -> None:
    body = json.dumps({"prompt": "a kitten", "width": 64, "height": 64} | values)
    response = program.post(address, body, "application/json")
    assert (response.status_code, wrong_fields(response)) == (422, fields)
    assert not Job.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_limit_of_a_seed_can_be_read(program: Client, language: str) -> None:
    program.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    body = json.dumps({"prompt": "a kitten", "width": 64, "height": 64, "seed": 2**63})
    (error,) = program.post("/api/v1/jobs", body, "application/json").json()["errors"]
    assert " 9,223,372,036,854,775,807" in error["message"]


def test_every_sentence_is_chinese_for_who_reads_chinese(program: Client, settings: Any) -> None:
    program.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    bodies = [json.dumps({"prompt": "a kitten", "width": 64, "height": 64} | values) for values, _ in WRONG]
    problems = [program.post("/api/v1/jobs", body, "application/json").json() for body in bodies]
    problems += [send(program, data).json() for data in BAD.values()]
    sentences = {error["message"] for problem in problems for error in problem["errors"]}
    sentences |= {problem["title"] for problem in problems}
    assert {sentence for sentence in sentences if not re.search("[\u4e00-\u9fff]", sentence)} == set()


@pytest.mark.parametrize("body", UNREADABLE)
def test_what_is_no_json_is_refused(program: Client, body: str) -> None:
    response = program.post("/api/v1/jobs", body, "application/json")
    assert response.status_code in (400, 422)
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [[], 7, "text", None])
def test_a_body_that_is_no_object_is_named(program: Client, body: Any) -> None:
    response = program.post("/api/v1/jobs", json.dumps(body), "application/json")
    assert (response.status_code, wrong_fields(response)) == (422, ["body"])


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"])
def test_another_kind_of_body_is_refused(program: Client, carol: User, kind: str) -> None:
    browser = Client()
    browser.force_login(carol)
    for client in (program, browser):
        response = client.post("/api/v1/jobs", "--x", content_type=kind)
        assert (response.status_code, response.json()["code"]) == (400, "invalid_body")


def test_a_body_that_is_too_large_is_refused(program: Client) -> None:
    response = program.post("/api/v1/jobs", json.dumps({"prompt": "x" * 6_000_000}), "application/json")
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize("key", ["x" * 121, "a\x00b"])
def test_a_wrong_key_is_named(program: Client, key: str) -> None:
    response = post_job(program, key=key)
    assert (response.status_code, wrong_fields(response)) == (422, ["Idempotency-Key"])


texts = some.text(max_size=50) | some.sampled_from(["", "simulated", "inpaint", "a kitten", "\x00", "\ud800"])
numbers = some.integers() | some.floats() | some.sampled_from([0, 1, 64, HUGE, -HUGE, 10**400])
values = (
    some.none() | some.booleans() | texts | numbers | some.lists(texts | numbers, max_size=3) | some.uuids().map(str)
)
names = some.sampled_from(
    ["prompt", "negative_prompt", "engine", "model", "width", "height", "count", "seed", "steps", "guidance", "sampler",
     "strength", "style", "title", "reference", "mask", "mode", "recipe"]
) | some.text(max_size=5)  # fmt: skip


@hypothesis_settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
@given(body=some.dictionaries(names, values, max_size=6), whole=some.booleans())
def test_no_body_is_a_fault_of_ours(program: Client, body: dict[str, Any], whole: bool, settings: Any) -> None:
    settings.API_JOBS_PER_MINUTE = settings.API_REQUESTS_PER_MINUTE = 10**6
    sent = {"prompt": "a kitten", "width": 64, "height": 64} | body if whole else body
    response = program.post("/api/v1/jobs/estimate", json.dumps(sent), "application/json")
    assert response.status_code in (200, 403, 422), response.content
