"""The gallery: which pictures it shows, in what order, at what price; and what is done with many of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from generation.models import Collection, Engine, Image
from generation.services import collecting, galleries
from generation.services.galleries import Wanted
from tests.factories import make_engine, make_pictures, make_plan, submit_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]
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


def shown(page: Client, query: str = "") -> list[str]:
    """Give the prompts of the pictures that the gallery shows, in order."""
    context = page.get(f"/gallery/?{query}").context
    return [tile.prompt for day in context["days"] for tile in day.tiles]


def test_it_shows_own_pictures_newest_first(page: Client, carol: User, bob: User) -> None:
    make_pictures(carol, "first")
    make_pictures(carol, "second")
    make_pictures(bob, "another's")
    submit_job(carol, "not made yet")
    assert shown(page) == ["second", "first"]


def test_an_empty_gallery_says_where_to_begin(page: Client) -> None:
    assert "Every picture you make is kept here." in page.get("/gallery/").content.decode()
    assert "No picture matches these filters." in page.get("/gallery/?q=kitten").content.decode()


@pytest.mark.parametrize(
    ("query", "prompts"),
    [
        ("q=kitten", ["a tall kitten", "a kitten"]),
        ("q=小猫", ["小猫"]),
        ("shape=tall", ["a tall kitten"]),
        ("shape=square&q=kitten", ["a kitten"]),
        ("favourites=1", ["小猫"]),
        ("engine=other", ["小猫"]),
        ("mode=inpaint", []),
        ("since=today&q=tall", ["a tall kitten"]),
    ],
)
def test_filters_narrow_it(page: Client, carol: User, query: str, prompts: list[str]) -> None:
    make_engine("other", order=5)
    make_pictures(carol, "a kitten")
    make_pictures(carol, "a tall kitten", height=128)
    (cat,) = make_pictures(carol, "小猫", engine="other")
    collecting.mark_favourites(Image.objects.filter(pk=cat.pk), favourite=True)
    assert shown(page, query) == prompts


@pytest.mark.parametrize(
    "query", ["shape=round", "mode=x", "since=never", "collection=1", "favourites=maybe", "q=%00%00", "engine=%00"]
)
def test_filters_that_cannot_be_filter_nothing(page: Client, carol: User, query: str) -> None:
    make_pictures(carol)
    assert shown(page, query) == ["a kitten"]


def test_a_wrong_cursor_is_not_found(page: Client) -> None:
    assert page.get("/gallery/?cursor=rubbish").status_code == 404


@pytest.mark.parametrize("words", ["", "kitten"])
def test_pages_follow_each_other_without_a_gap(carol: User, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr(galleries, "PAGE", 4)
    monkeypatch.setattr(galleries, "JOBS_A_PAGE", 2)
    made = [image.pk for number in range(5) for image in make_pictures(carol, f"kitten {number}", count=2)]
    page = galleries.page_of(carol, Wanted(words=words))
    seen = [image.pk for image in page.images]
    while page.next:
        page = galleries.page_of(carol, Wanted(words=words), page.next)
        seen += [image.pk for image in page.images]
    assert seen == made[::-1]


@pytest.mark.parametrize("words", ["", "kitten"])
def test_neighbours_lead_through_everything_in_order(carol: User, words: str) -> None:
    make_pictures(carol, "kitten 1", count=2)
    make_pictures(carol, "kitten 2", count=2)
    wanted = Wanted(words=words)
    walk = [galleries.page_of(carol, wanted).images[0]]
    while older := galleries.neighbours_of(carol, wanted, walk[-1])[1]:
        walk.append(older)
    back = [galleries.neighbours_of(carol, wanted, image)[0] for image in walk]
    assert len(walk) == 4
    assert [image and image.pk for image in back] == [None, *(image.pk for image in walk[:-1])]


def test_days_are_named(page: Client, carol: User) -> None:
    (old,) = make_pictures(carol, "old")
    make_pictures(carol, "new")
    Image.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=1))
    assert [day.name for day in page.get("/gallery/").context["days"]] == ["Today", "Yesterday"]


@pytest.mark.parametrize("query", ["", "q=kitten", "favourites=1", "shape=square&since=week"])
def test_it_takes_as_many_queries_for_many_pictures_as_for_few(page: Client, carol: User, query: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page.get(f"/gallery/?{query}")
        return len(queries)

    make_pictures(carol, count=2)
    collecting.mark_favourites(Image.objects.all(), favourite=True)
    count()  # the first page of a session also stores it
    few = count()
    for number in range(12):
        make_pictures(carol, f"kitten {number}", count=4)
    collecting.mark_favourites(Image.objects.all(), favourite=True)
    assert count() <= few


# --- What is done with many ----------------------------------------------------------------------------------------


@pytest.fixture
def change(page: Client) -> Callable[..., Any]:
    """Press a button of the bar."""

    def change(action: str, *images: Image, **fields: str) -> Any:
        data = {"action": action, "image": [str(image.pk) for image in images]} | fields
        return page.post("/gallery/chosen/", data, headers=FRAGMENT)

    return change


def test_many_become_favourites_and_pages_hear_of_it(carol: User, change: Callable[..., Any]) -> None:
    images = make_pictures(carol, count=2)
    seq = Image.objects.get(pk=images[0].pk).job.seq
    assert change("favourite", *images).json()["words"] == "2 pictures changed"
    assert Image.objects.filter(favourite=True).count() == 2
    assert Image.objects.get(pk=images[0].pk).job.seq > seq
    change("unfavourite", images[0])
    assert Image.objects.filter(favourite=True).count() == 1


def test_a_collection_is_filled_shown_and_emptied(page: Client, carol: User, change: Callable[..., Any]) -> None:
    make_pictures(carol, "left out")
    images = make_pictures(carol, "collected", count=2)
    assert change("collect", *images, name=" By  the sea ").status_code == 200
    collection = Collection.objects.get()
    assert collection.name == "By the sea"
    change("collect", images[0], collection=str(collection.pk))  # twice is fine
    assert shown(page, f"collection={collection.pk}") == ["collected", "collected"]
    change("take_out", images[0], collection=str(collection.pk))
    assert shown(page, f"collection={collection.pk}") == ["collected"]


@pytest.mark.parametrize(
    ("name", "words"), [("", "Give the collection a name."), ("x" * 81, "Shorten it."), ("a\x00", "not text")]
)
def test_a_wrong_name_is_refused_in_words(carol: User, change: Callable[..., Any], name: str, words: str) -> None:
    answer = change("collect", *make_pictures(carol), name=name)
    assert answer.status_code == 422
    assert words in answer.json()["words"]


def test_others_things_are_not_there(carol: User, bob: User, page: Client, change: Callable[..., Any]) -> None:
    theirs, mine = make_pictures(bob), make_pictures(carol)
    collection = collecting.create_collection(bob, "Bob's")
    assert change("favourite", *theirs).status_code == 409
    assert change("collect", *mine, collection=str(collection.pk)).status_code == 404
    assert page.post(f"/collections/{collection.pk}/delete/").status_code == 404
    assert shown(page, f"collection={collection.pk}") == []
    collecting.collect(collection, Image.objects.all())
    assert collection.items.count() == 1


def test_a_collection_is_renamed_and_deleted_its_pictures_stay(page: Client, carol: User) -> None:
    one, two = (collecting.create_collection(carol, name) for name in ("One", "Two"))
    collecting.collect(one, Image.objects.filter(pk__in=[image.pk for image in make_pictures(carol)]))
    page.post(f"/collections/{one.pk}/rename/", {"name": "Uno"})
    refused = page.post(f"/collections/{two.pk}/rename/", {"name": "Uno"}, follow=True).content.decode()
    assert "You have a collection of this name already." in refused
    assert sorted(Collection.objects.values_list("name", flat=True)) == ["Two", "Uno"]
    page.post(f"/collections/{one.pk}/delete/")
    assert (Collection.objects.count(), Image.objects.count()) == (1, 1)


def test_before_pictures_go_it_says_so(page: Client, carol: User) -> None:
    make_pictures(carol, count=2)
    assert b"will be deleted" not in page.get("/gallery/").content
    make_plan("advanced", retention_days=2)
    assert "2 pictures will be deleted within 3 days" in page.get("/gallery/").content.decode()
    make_plan("advanced", retention_days=0)
    assert b"will be deleted" not in page.get("/gallery/").content
