"""Who comes in, and what they may touch."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import ApiToken, User
from accounts.services.tokens import revoke_token
from generation.services.recipes import save_recipe
from generation.services.uploads import save_upload
from tests.factories import make_engine, submit_job
from tests.generation.api.clients import client_of, post_job
from tests.generation.api.routes import BODIES, BY_ID, ROUTES, fill
from tests.generation.api.test_uploads import png

pytestmark = pytest.mark.django_db(transaction=True)

ASKING = ("/estimate", "/recall")  # by POST, but nothing changes
SCOPED = [(method, path) for method, path in ROUTES if method != "get" and not path.endswith(ASKING)]


def refused(response: Any, status: int, code: str) -> bool:
    """Tell whether this is exactly that problem."""
    assert response["Content-Type"] == "application/problem+json", response.content
    body = response.json()
    assert set(body) == {"type", "title", "status", "detail", "code", "errors", "reasons"}
    return (response.status_code, body["status"], body["code"]) == (status, status, code)


# --- Doors ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_strangers_stay_outside(db: None, client: Client, method: str, path: str) -> None:
    response = getattr(client, method)(fill(path))
    assert refused(response, 401, "not_signed_in")
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer wrong", "Bearer", "Bearer ", "Basic YTpi", "Bearer \u00e9"])
def test_a_wrong_token_stays_outside_even_with_a_session(client: Client, alice: User, header: str) -> None:
    response = client.get("/api/v1/me", headers={"Authorization": header})
    assert refused(response, 401, "not_signed_in")


def test_a_revoked_token_stays_outside(alice: User) -> None:
    program = client_of(alice)
    revoke_token(ApiToken.objects.get())
    assert refused(program.get("/api/v1/me"), 401, "not_signed_in")


def test_a_member_who_was_closed_stays_outside(alice: User) -> None:
    program = client_of(alice)
    User.objects.update(is_active=False)
    assert refused(program.get("/api/v1/me"), 401, "not_signed_in")


def test_a_session_reads(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.get("/api/v1/me").json()["email"] == "alice@example.com"


def test_a_session_changes_only_from_our_page(alice: User) -> None:
    make_engine()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice)
    assert refused(post_job(browser), 403, "csrf")
    browser.get("/api/v1/docs")
    secret = browser.cookies["csrftoken"].value
    response = browser.post("/api/v1/jobs", {"prompt": "a kitten"}, "application/json", headers={"X-CSRFToken": secret})
    assert response.status_code == 201


@pytest.mark.parametrize(("method", "path"), SCOPED)
def test_a_token_that_may_read_changes_nothing(alice: User, method: str, path: str) -> None:
    response = getattr(client_of(alice, scope="read"), method)(fill(path))
    assert refused(response, 403, "scope")


def test_a_token_that_may_read_may_ask_for_an_estimate(alice: User) -> None:
    make_engine()
    program = client_of(alice, scope="read")
    assert program.post("/api/v1/jobs/estimate", {"prompt": "a kitten"}, "application/json").status_code == 200


# --- Mine is mine -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), BY_ID)
def test_what_is_another_members_is_not_found(alice: User, bob: User, method: str, path: str) -> None:
    make_engine()
    job, upload = submit_job(alice), save_upload(alice, png())
    recipe = save_recipe(alice, name="Turned", operations=[{"op": "rotate", "angle": 90}])
    ids = {"job_id": job.pk, "image_id": job.images.get().pk, "upload_id": upload.pk, "recipe_id": recipe.pk}
    response = getattr(client_of(bob), method)(fill(path, **ids), BODIES.get(path), "application/json")
    assert refused(response, 404, "not_found")


@pytest.mark.parametrize("name", ["reference", "mask"])
def test_another_members_picture_is_no_reference(alice: User, carol: User, name: str) -> None:
    make_engine()
    upload = save_upload(alice, png())
    pictures = {"reference": str(upload.pk), name: str(upload.pk)}
    response = post_job(client_of(carol), **pictures)
    assert refused(response, 422, "invalid")
    assert name in [error["field"] for error in response.json()["errors"]]


@pytest.mark.parametrize(("method", "path"), BY_ID)
def test_a_malformed_id_is_not_found(alice: User, method: str, path: str) -> None:
    malformed = path.replace("{", "").replace("}", "")
    response = getattr(client_of(alice), method)(malformed, BODIES.get(path), "application/json")
    assert refused(response, 404, "not_found")


# --- What Django would answer with a page -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v1/jobs/", "/api/v2/me"])
def test_an_unknown_address_is_a_problem(alice: User, path: str) -> None:
    assert refused(client_of(alice).get(path), 404, "not_found")


def test_a_wrong_method_is_a_problem(alice: User) -> None:
    response = client_of(alice).put("/api/v1/jobs")
    assert refused(response, 405, "method_not_allowed")
    assert {name.strip() for name in response["Allow"].split(",")} == {"GET", "POST"}


def test_a_fault_of_ours_is_a_problem(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    program = client_of(alice)
    program.raise_request_exception = False
    monkeypatch.setattr("generation.api.account.meter_of", lambda _: 1 / 0)
    assert refused(program.get("/api/v1/me"), 500, "internal")


# --- Haste and languages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "ask"),
    [
        ("API_REQUESTS_PER_MINUTE", lambda program: program.get("/api/v1/me")),
        ("API_JOBS_PER_MINUTE", lambda program: program.post("/api/v1/jobs")),
        ("API_UPLOADS_PER_MINUTE", lambda program: program.post("/api/v1/uploads")),
    ],
)
def test_haste_is_refused_with_a_time(alice: User, bob: User, settings: Any, setting: str, ask: Any) -> None:
    setattr(settings, setting, 2)
    program = client_of(alice)
    responses = [ask(program) for _ in range(3)]  # one more where a minute ends between them
    response = next(found for found in [*responses, ask(program), ask(program)] if found.status_code == 429)
    assert refused(response, 429, "too_many_requests")
    assert 1 <= int(response["Retry-After"]) <= 60
    assert ask(client_of(bob)).status_code != 429


def test_a_program_is_spoken_to_in_its_members_language(alice: User) -> None:
    program = client_of(alice)
    assert program.get("/api/v1/nothing", headers={"Accept-Language": "zh-CN"})["Content-Language"] == "zh-hans"
    User.objects.update(language="zh-hans")
    assert program.get("/api/v1/me", headers={"Accept-Language": "en"})["Content-Language"] == "zh-hans"
