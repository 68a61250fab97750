"""The API describes itself, and the description is true."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.exceptions import InsufficientCredits, Refusal
from accounts.models import User
from generation.api import inputs, schemas
from generation.services.representation import represent_jobs
from generation.services.requests import JobRequest
from tests.factories import make_engine, submit_job
from tests.generation.api.routes import ROUTES

DOCS = (settings.BASE_DIR / "docs" / "api.md").read_text()


@pytest.fixture
def openapi(db: None, client: Client) -> Any:
    """Give the description as programs read it."""
    return client.get("/api/v1/openapi.json").json()


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Give every object in a JSON tree."""
    if isinstance(tree, dict):
        yield tree
    for child in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(child)


def test_the_description_holds_together(openapi: Any) -> None:
    assert openapi["openapi"].startswith("3.1")
    named = {f"#/components/schemas/{name}" for name in openapi["components"]["schemas"]}
    assert {node["$ref"] for node in nodes(openapi) if isinstance(node.get("$ref"), str)} <= named
    operations = [operation for path in openapi["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(ROUTES) == len(operations)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_operation_says_how_it_answers(openapi: Any, method: str, path: str) -> None:
    operation = openapi["paths"][path][method]
    assert operation["summary"]
    assert operation["description"]
    assert operation["security"] == [{"BearerToken": []}, {"SessionCookie": []}]
    answers = operation["responses"]
    assert {"401", "404" if "{" in path else "401"} <= set(answers)
    assert {"403"} <= set(answers) or method == "get"
    for status, answer in answers.items():
        kinds = set(answer.get("content", {}))
        assert (kinds == {"application/problem+json"}) == (int(status) >= 400)


def test_the_schemas_say_what_the_representation_gives(alice: User) -> None:
    make_engine()
    (job,) = represent_jobs([submit_job(alice)])
    assert set(job) == set(schemas.Job.model_fields)
    assert set(job["images"][0]) == set(schemas.Image.model_fields)


def test_a_job_may_ask_for_everything_a_request_has() -> None:
    assert set(inputs.JobIn.model_fields) == set(JobRequest.__slots__)


def test_the_page_runs_no_inline_code(client: Client, db: None) -> None:
    response = client.get("/api/v1/docs")
    scripts = re.findall(r"<script([^>]*)>", response.content.decode())
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)
    assert "style=" not in response.content.decode()
    assert "'unsafe" not in response["Content-Security-Policy"]


def test_every_route_has_its_line_in_the_docs() -> None:
    missing = [
        f"{m.upper()} {path}" for m, path in ROUTES if f"`{m.upper()} {path.removeprefix('/api/v1')}`" not in DOCS
    ]
    assert missing == []


def test_every_code_of_a_problem_has_its_line_in_the_docs() -> None:
    kinds: list[type[Refusal]] = [kind for kind in Refusal.__subclasses__() if kind.__module__.startswith("generation")]
    kinds.append(InsufficientCredits)
    assert [kind.code for kind in kinds if f"`{kind.code}`" not in DOCS] == []


def test_the_examples_in_the_docs_are_accepted() -> None:
    bodies = [json.loads(found) for found in re.findall(r"-d '(\{.*?\})'", DOCS)]
    assert bodies
    for body in bodies:
        inputs.JobIn.model_validate(body)
