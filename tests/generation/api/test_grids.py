"""Grids by program."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from generation.models import Job
from tests.factories import make_engine, submit_job
from tests.generation.api.clients import client_of, wrong_fields

pytestmark = pytest.mark.django_db(transaction=True)

AXES = [{"name": "steps", "values": [10, 20]}, {"name": "guidance", "values": [4, 7.5]}]


@pytest.fixture
def program(carol: User) -> Client:
    make_engine()
    return client_of(carol)


def post_grid(client: Client, *, to: str = "", key: str = "", **values: Any) -> Any:
    """Post a small grid."""
    data = {"prompt": "a kitten", "width": 64, "height": 64, "axes": AXES} | values
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/v1/grids{to}", data, content_type="application/json", headers=headers)


def test_a_grid_comes_with_its_cells_and_each_says_where_it_stands(program: Client) -> None:
    response = post_grid(program)
    grid = response.json()
    assert (response.status_code, response["Location"]) == (201, f"/api/v1/grids/{grid['id']}")
    assert grid["axes"] == AXES
    assert [job["cell"] for job in grid["jobs"]] == [
        {"steps": steps, "guidance": guidance} for guidance in (4, 7.5) for steps in (10, 20)
    ]
    assert {job["group"] for job in grid["jobs"]} == {grid["id"]}
    assert program.get(response["Location"]).json()["axes"] == AXES


def test_the_same_key_gives_the_same_grid(program: Client) -> None:
    first, again = post_grid(program, key="press"), post_grid(program, key="press")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert post_grid(program, key="press", prompt="a dog").status_code == 409


def test_jobs_are_listed_by_their_grid(program: Client, carol: User) -> None:
    submit_job(carol)
    grid = post_grid(program).json()["id"]
    assert len(program.get("/api/v1/jobs", {"group": grid}).json()["items"]) == 4
    assert len(program.get("/api/v1/jobs").json()["items"]) == 5


def test_an_estimate_tells_the_price_of_all(program: Client) -> None:
    told = post_grid(program, to="/estimate").json()
    assert (told["price"], told["cells"], told["reasons"]) == (4, 4, [])
    assert not Job.objects.exists()


def test_all_cells_are_stopped_made_again_and_deleted(program: Client) -> None:
    grid = f"/api/v1/grids/{post_grid(program).json()['id']}"
    assert program.delete(grid).json()["code"] == "wrong_state"
    stopped = program.post(f"{grid}/cancel").json()
    assert {job["status"] for job in stopped["jobs"]} == {"cancelled"}
    assert {job["status"] for job in program.post(f"{grid}/retry").json()["jobs"]} == {"queued"}
    program.post(f"{grid}/cancel")
    assert program.delete(grid).status_code == 204
    assert program.get(grid).status_code == 404
    assert not Job.objects.exists()


def test_another_members_grid_is_not_found(program: Client, bob: User) -> None:
    grid = post_grid(program).json()["id"]
    stranger = client_of(bob)
    assert stranger.get(f"/api/v1/grids/{grid}").status_code == 404
    assert stranger.post(f"/api/v1/grids/{grid}/cancel").status_code == 404
    assert stranger.delete(f"/api/v1/grids/{grid}").status_code == 404
    assert stranger.get("/api/v1/jobs", {"group": grid}).json()["items"] == []


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"axes": []}, ["axes"]),
        ({"axes": "steps"}, ["axes"]),
        ({"axes": [{"name": "steps"}]}, ["axes.0.values"]),
        ({"axes": [{"name": "steps", "values": [10, []]}]}, ["axes.0.values.1"]),
        ({"axes": [{"name": "steps", "values": [10, True]}]}, ["axes.0.values.1"]),
        ({"axes": [{"name": "steps", "values": [10, "many"]}]}, ["axes.0.values.1"]),
        ({"axes": [{"name": "engine", "values": ["simulated", "nobody"]}]}, ["axes.0.values.1"]),
        ({"count": 4}, ["count"]),
        ({"axis": []}, ["axis"]),
    ],
)
def test_wrong_values_name_their_field(program: Client, values: dict[str, Any], fields: list[str]) -> None:
    response = post_grid(program, **values)
    assert (response.status_code, wrong_fields(response)) == (422, fields)
