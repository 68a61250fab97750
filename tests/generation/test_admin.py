"""What admins see and do."""

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from generation.models import Attempt, Engine, Image, Job, LaneState, Share
from generation.services.runner import Drain
from generation.services.seeds import seed_engine
from generation.services.targets import seed_targets
from generation.services.uploads import save_upload
from tests.factories import make_engine, submit_job
from tests.generation.api.test_uploads import png

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ("engine", "share", "job", "image", "attempt", "upload")
NEW_ENGINE = {
    "name": "Second", "slug": "second", "enabled": "on", "when_down": "wait", "order": "5", "concurrency": "3",
    "time_limit": "60", "base_price": "0", "megapixel_price": "1", "step_price": "0", "base_seconds": "1",
    "megapixel_seconds": "0", "set_seconds": "1.5", "set_steps": "4", "set_jitter": "0",
}  # fmt: skip


@pytest.fixture
def as_dave(client: Client, dave: User) -> Client:
    client.force_login(dave)
    return client


@pytest.fixture
def work(alice: User) -> Job:
    """Give a job of three pictures, one made and two refused, beside an upload."""
    make_engine(settings={"seconds": 0.05})
    save_upload(alice, png())
    submit_job(alice, "a dog")
    job = submit_job(alice, "a kitten [fail moderation_rejected]", count=2)
    async_to_sync(Drain(idle_seconds=0.1).run)()
    return job


def act(browser: Client, page: str, action: str, *rows: Any) -> list[str]:
    """Choose rows on a page and run an action on them; give what the page then says."""
    facts = {"action": action, "_selected_action": [row.pk for row in rows]}
    response = browser.post(f"/admin/generation/{page}/", facts, follow=True)
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("page", PAGES)
def test_lists_open_and_search(as_dave: Client, work: Job, page: str) -> None:
    assert as_dave.get(f"/admin/generation/{page}/").status_code == 200
    assert as_dave.get(f"/admin/generation/{page}/?q=alice").status_code == 200


@pytest.mark.parametrize("model", [Engine, Share, Job, Image, Attempt])
def test_rows_open(as_dave: Client, work: Job, model: Any) -> None:
    row = model.objects.first()
    page = as_dave.get(reverse(f"admin:generation_{model._meta.model_name}_change", args=[row.pk]))
    assert page.status_code == 200
    assert b"imagegen" in page.content


@pytest.mark.parametrize("page", ["job", "image", "attempt", "share", "upload"])
def test_what_the_queue_writes_is_not_edited_by_hand(as_dave: Client, work: Job, page: str) -> None:
    assert as_dave.get(f"/admin/generation/{page}/add/").status_code == 403
    assert b'name="_save"' not in as_dave.get(f"/admin/generation/{page}/").content


def test_what_has_a_name_in_each_language_is_listed_by_it(as_dave: Client) -> None:
    seed_engine()
    seed_targets()
    names = {"generation/engine": "内置画师", "generation/target": "淘宝、天猫", "accounts/plan": "基础版"}
    for path, name in names.items():
        page = as_dave.get(f"/admin/{path}/", headers={"accept-language": "zh-CN"})
        assert f"{name}</a></th>" in page.content.decode()


def test_lists_keep_their_number_of_queries(as_dave: Client, alice: User, django_assert_max_num_queries: Any) -> None:
    make_engine()
    for _ in range(3):
        submit_job(alice, count=3)
        for page in PAGES:
            with django_assert_max_num_queries(9):  # session, member, filters, two counts, rows, pictures
                as_dave.get(f"/admin/generation/{page}/")


def test_a_new_engine_has_its_lane_and_takes_work(as_dave: Client, alice: User) -> None:
    response = as_dave.post("/admin/generation/engine/add/?kind=simulated", NEW_ENGINE)
    assert response.status_code == 302, response.context["errors"]
    assert LaneState.objects.get().engine.slug == "second"
    assert submit_job(alice).engine.slug == "second"


def test_a_kind_is_chosen_first(as_dave: Client) -> None:
    for query in ("", "?kind=", "?kind=nonsense"):
        page = as_dave.get(f"/admin/generation/engine/add/{query}")
        assert b'href="?kind=illustrator"' in page.content


def test_a_kind_has_its_own_fields_alone(as_dave: Client) -> None:
    assert b"set_seconds" in as_dave.get("/admin/generation/engine/add/?kind=simulated").content
    assert b"set_seconds" not in as_dave.get("/admin/generation/engine/add/?kind=illustrator").content


def test_settings_that_do_not_fit_are_told_at_once(as_dave: Client) -> None:
    response = as_dave.post("/admin/generation/engine/add/?kind=simulated", NEW_ENGINE | {"set_seconds": "much"})
    assert list(response.context["adminform"].form.errors) == ["set_seconds"]
    assert b'value="much"' in response.content
    assert not Engine.objects.exists()


def test_an_engine_whose_kind_is_gone_can_be_closed(as_dave: Client) -> None:
    engine = make_engine(settings={"kept": 1})
    Engine.objects.update(kind="gone")
    assert as_dave.get(f"/admin/generation/engine/{engine.pk}/change/").status_code == 200
    as_dave.post(f"/admin/generation/engine/{engine.pk}/change/", NEW_ENGINE | {"enabled": ""})
    engine.refresh_from_db()
    assert (engine.enabled, engine.kind, engine.settings) == (False, "gone", {"kept": 1})


def test_an_engine_keeps_its_short_name(as_dave: Client) -> None:
    engine = make_engine()
    as_dave.post(f"/admin/generation/engine/{engine.pk}/change/", NEW_ENGINE)
    engine.refresh_from_db()
    assert (engine.slug, engine.name, engine.concurrency) == ("simulated", "Second", 3)


@pytest.mark.parametrize(
    ("action", "enabled", "paused"),
    [
        ("pause", True, True),
        ("resume", True, False),
        ("drain", False, False),
        ("close", False, True),
        ("open", True, False),
    ],
)
def test_engines_change_their_state(as_dave: Client, action: str, enabled: bool, paused: bool) -> None:
    engine = make_engine(enabled=action != "open", paused=action != "pause")
    assert act(as_dave, "engine", action, engine) == ["1 engine changed."]
    engine.refresh_from_db()
    assert (engine.enabled, engine.paused) == (enabled, paused)


def test_admins_see_that_an_engine_is_down_and_have_it_tried(as_dave: Client) -> None:
    engine = make_engine()
    soon = timezone.now() + timedelta(minutes=5)
    LaneState.objects.update(faults=3, trouble="auth_failed", down_since=timezone.now(), retry_at=soon)
    assert b"Down since" in as_dave.get("/admin/generation/engine/").content
    assert b"does not accept the key" in as_dave.get(f"/admin/generation/engine/{engine.pk}/change/").content
    act(as_dave, "engine", "try_again", engine)
    retry_at = LaneState.objects.get().retry_at
    assert retry_at
    assert retry_at <= timezone.now()


def test_the_message_to_members_is_written_in_the_list(as_dave: Client) -> None:
    engine = make_engine()
    facts = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": str(engine.pk), "_save": "Save"}
    as_dave.post("/admin/generation/engine/", facts | {"form-0-message": "Back at noon.", "form-0-order": "0"})
    engine.refresh_from_db()
    assert engine.message == "Back at noon."


def test_tasks_are_cancelled_as_members_cancel_them(as_dave: Client, alice: User) -> None:
    make_engine()
    job = submit_job(alice, count=2)
    assert act(as_dave, "job", "cancel", job) == ["1 task changed."]
    job.refresh_from_db()
    assert job.status == Job.Status.CANCELLED


def test_failed_tasks_are_made_again_others_say_why_not(as_dave: Client, work: Job, alice: User) -> None:
    done = Job.objects.get(prompt="a dog")
    assert act(as_dave, "job", "retry", work, done) == [
        "alice@example.com #1: There is nothing to make again.",
        "1 task changed.",
    ]
    work.refresh_from_db()
    assert work.status == Job.Status.QUEUED


def test_members_do_not_come_in(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.get("/admin/generation/job/").status_code in (302, 403)
