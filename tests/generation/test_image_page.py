"""The page of a picture, what it leads to, and the comparison of two."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from generation.models import Engine, Image
from tests.factories import make_engine, make_pictures, make_plan, submit_job

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def engine(db: None) -> Engine:
    """Give jobs an engine."""
    return make_engine()


@pytest.fixture
def page(client: Client, carol: User) -> Client:
    """Give Carol's browser."""
    client.force_login(carol)
    return client


def test_a_picture_has_a_page_and_the_script_gets_it_alone(page: Client, carol: User) -> None:
    (image,) = make_pictures(carol, "a kitten by the sea")
    whole, part = page.get(f"/images/{image.pk}/"), page.get(f"/images/{image.pk}/", headers=FRAGMENT)
    assert "a kitten by the sea" in whole.content.decode()
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert f'data-viewer="{image.pk}"' in part.content.decode()


def test_others_pictures_and_those_that_are_none_yet_are_not_found(page: Client, carol: User, bob: User) -> None:
    (theirs,), waiting = make_pictures(bob), submit_job(carol).images.get()
    for image in (theirs, waiting):
        assert page.get(f"/images/{image.pk}/").status_code == 404
        assert page.get(f"/compare/?a={image.pk}").status_code == 404
    for action in ("favourite", "unfavourite", "delete"):
        assert page.post(f"/images/{theirs.pk}/{action}/").status_code == 404


def test_left_and_right_keep_the_filter(page: Client, carol: User) -> None:
    (old,) = make_pictures(carol, "kitten")
    make_pictures(carol, "dog")
    (new,) = make_pictures(carol, "kitten")
    answer = page.get(f"/images/{new.pk}/?q=kitten")
    assert answer.context["newer"] is None
    assert answer.context["older"]["id"] == str(old.pk)
    assert f"/images/{old.pk}/?q=kitten" in answer.content.decode()


def test_each_setting_can_be_recalled_alone(page: Client, carol: User) -> None:
    _first, image = make_pictures(carol, "a kitten", count=2, width=320, height=200, seed=7, steps=9)
    shown = page.get(f"/images/{image.pk}/").context["shown"]
    recalls = {setting.name: setting.recall for setting in shown.settings}
    assert parse_qs(urlsplit(recalls["seed"]).query)["only"] == ["seed"]

    def form(address: str) -> dict[str, str]:
        bar = page.get(address).context["bar"].form
        return {name: bar.value(name) for name in ("prompt", "seed", "steps", "width", "count")}

    assert form(recalls["seed"]) == {"prompt": "", "seed": "8", "steps": "", "width": "1024", "count": "4"}
    assert form(recalls["size"])["width"] == "320"
    assert form(shown.recall_prompt) == {"prompt": "a kitten", "seed": "", "steps": "", "width": "1024", "count": "4"}
    assert form(shown.recall_all) == {"prompt": "a kitten", "seed": "8", "steps": "9", "width": "320", "count": "1"}


def test_it_tells_where_a_picture_comes_from_and_what_came_of_it(page: Client, carol: User) -> None:
    (parent,) = make_pictures(carol, "a kitten")
    (child,) = make_pictures(carol, "the same at night", reference=parent.pk)
    assert page.get(f"/images/{child.pk}/").context["parent"]["id"] == str(parent.pk)
    assert [each["id"] for each in page.get(f"/images/{parent.pk}/").context["derived"]] == [str(child.pk)]


def test_it_takes_as_many_queries_with_a_large_family(page: Client, carol: User) -> None:
    (parent,) = make_pictures(carol)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page.get(f"/images/{parent.pk}/")
        return len(queries)

    make_pictures(carol, reference=parent.pk)
    count()  # the first page of a session also stores it
    few = count()
    for _ in range(5):
        make_pictures(carol, count=4, reference=parent.pk)
    assert count() == few


def test_without_scripts_buttons_lead_back(page: Client, carol: User) -> None:
    (image,) = make_pictures(carol)
    here = f"/images/{image.pk}/"
    assert page.post(f"{here}favourite/", {"next": here})["Location"] == here
    assert Image.objects.get().favourite
    assert page.post(f"{here}delete/", {"next": "https://evil.example/"})["Location"] == "/"
    assert not Image.objects.exists()


def test_two_pictures_show_where_they_differ(page: Client, carol: User) -> None:
    (one,), (other,) = make_pictures(carol, seed=1, steps=9), make_pictures(carol, seed=2, steps=9)
    rows = page.get(f"/compare/?a={one.pk}&b={other.pk}").context["rows"]
    assert {row.label: row.differs for row in rows} == {"Engine": False, "Size": False, "Seed": True, "Steps": False}


def test_with_one_picture_it_offers_others_those_of_its_task_first(page: Client, carol: User) -> None:
    one, sibling = make_pictures(carol, count=2)
    make_pictures(carol, "another")
    offered = page.get(f"/compare/?a={one.pk}").context["offered"]
    assert [offered[0]["id"], len(offered)] == [str(sibling.pk), 2]
    assert page.get("/compare/?a=rubbish").status_code == 404
    assert page.get("/compare/").status_code == 200


def test_it_says_until_when_the_picture_is_kept(page: Client, carol: User) -> None:
    (image,) = make_pictures(carol)
    assert b"Kept until" in page.get(f"/images/{image.pk}/").content
    make_plan("advanced", retention_days=0)
    assert b"Kept until" not in page.get(f"/images/{image.pk}/").content
