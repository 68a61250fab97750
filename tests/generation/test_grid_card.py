"""A grid in the page: one card with a table, whatever becomes of its cells."""

import json
import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import User
from generation.models import Image, Job, LaneState
from generation.services import jobs
from generation.services.falling_back import fall_back
from generation.services.grids import Axis, GridRequest, submit_grid
from generation.services.requests import JobRequest
from generation.views.cards import card_of
from generation.views.feed import gap_of, page_of
from generation.views.filters import FeedFilter
from generation.views.grid_card import GridCard
from tests.factories import make_engine, make_pictures, submit_job

pytestmark = pytest.mark.django_db(transaction=True)

FORM = {"prompt": "a kitten", "count": "4", "aspect": "1:1", "size": "s"}
STEPS = {"axis_1": "steps", "values_1": "10, 20, 30"}
SHAPES = {"axis_2": "size", "values_2": "1:1, 16:9"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def engine() -> None:
    make_engine()


@pytest.fixture
def page(client: Client, carol: User) -> Client:
    client.force_login(carol)
    return client


def make_grid(member: User, prompt: str = "a kitten") -> UUID:
    """Submit a grid of 3 × 2 and give its id."""
    request = JobRequest(prompt=prompt, width=64, height=64)
    axes = [Axis("steps", [10, 20, 30]), Axis("guidance", [4, 7.5])]
    job, _ = submit_grid(member, GridRequest(request=request, axes=axes))
    assert job.group
    return job.group


def shown(member: User, grid: UUID) -> GridCard:
    """Give the card of a grid."""
    card = card_of(member, grid)
    assert isinstance(card, GridCard)
    return card


def set_status(grid: UUID, *statuses: str) -> None:
    """Let the cells have come to this, in their order."""
    for job, status in zip(Job.objects.of_group(grid), statuses, strict=True):
        error = "engine_down" if status == "failed" else ""
        job.images.update(status=status, error_code=error, width=job.width, height=job.height)
        Job.objects.filter(pk=job.pk).update(status=status)


def press(page: Client, **fields: str) -> Any:
    """Press Generate with a script."""
    return page.post("/", FORM | fields, headers=HTMX)


def test_the_form_makes_a_grid_and_gets_its_table(page: Client) -> None:
    response = press(page, **STEPS, **SHAPES)
    text = response.content.decode()
    assert response.status_code == 201
    assert re.findall(r"<small>(\w+)</small> <span>([^<]+)</span>", text) == [
        *[("Steps", steps) for steps in ("10", "20", "30")],
        *[("Shape", "768\xa0×\xa0768"), ("Shape", "1024\xa0×\xa0576")],
    ]
    assert text.count('class="tile"') == Job.objects.count() == 6
    assert {job.count for job in Job.objects.all()} == {1}


def test_the_price_is_that_of_all_cells(page: Client) -> None:
    text = page.post("/estimate/", FORM | STEPS | SHAPES).content.decode()
    assert "6 credits" in text
    assert "6 pictures" in text


def test_a_wrong_value_is_named_beside_its_field_and_stays_typed(page: Client) -> None:
    response = press(page, axis_1="steps", values_1="10, 9999")
    text = response.content.decode()
    assert response.status_code == 422
    assert '<p class="field-error" id="error-values_1">9999: Choose a number from 1 to 150.</p>' in text
    assert 'value="10, 9999"' in text
    make_engine("illustrator", kind="illustrator")
    text = press(page, axis_1="engine", values_1="simulated, illustrator", axis_2="steps", values_2="10, 9999").content
    assert "10: illustrator: This engine does not have this setting." in text.decode()
    assert "9999: simulated: Choose a number from 1 to 150." in text.decode()
    response = press(page, axis_1="steps", values_1="10")
    assert 'id="error-axis_1">Choose values that make 2 to 36 pictures' in response.content.decode()
    assert not Job.objects.exists()


def test_what_the_plan_locks_is_offered_with_its_plan(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert "Steps · Comes with Advanced" in client.get("/").content.decode()
    assert press(client, **STEPS).status_code == 403
    assert press(client, axis_1="size", values_1="1:1, 3:2").status_code == 201


def test_the_feed_has_one_card_of_a_grid(carol: User) -> None:
    before, grid, after = submit_job(carol), make_grid(carol), submit_job(carol)
    page = page_of(carol)
    assert [card.job["id"] for card in page.cards] == [str(after.pk), str(grid), str(before.pk)]
    assert page.cards[1].job["number"] == "2–7"


def test_the_feed_asks_as_often_for_many_grids_as_for_one(carol: User, django_assert_max_num_queries: Any) -> None:
    make_grid(carol)
    with django_assert_max_num_queries(30) as first:
        page_of(carol)
    for _ in range(3):
        make_grid(carol)
    with django_assert_max_num_queries(len(first)):
        page_of(carol)


def test_a_grid_is_found_by_any_of_its_cells(page: Client, carol: User) -> None:
    grid = make_grid(carol)
    submit_job(carol)
    set_status(grid, *["succeeded"] * 4, "failed", "succeeded")
    assert page.get("/feed/?state=failed").content.decode().count("<article") == 1
    assert page.get(f"/jobs/{grid}/card/?state=failed").status_code == 200
    assert page.get(f"/jobs/{grid}/card/?state=cancelled").status_code == 204


def test_a_gap_that_begins_or_ends_with_a_grid_is_filled_whole(carol: User) -> None:
    grids = [make_grid(carol) for _ in range(3)]
    page = gap_of(carol, str(grids[2]), str(grids[0]))
    assert [card.job["id"] for card in page.cards] == [str(grid) for grid in reversed(grids)]


def test_a_cell_that_is_gone_leaves_its_place_empty(carol: User) -> None:
    grid = make_grid(carol)
    Job.objects.of_group(grid)[0].delete()
    rows = shown(carol, grid).rows
    assert [[cell is None for cell in row.cells] for row in rows] == [[True, False, False], [False] * 3]
    assert [card.job["id"] for card in page_of(carol).cards] == [str(grid)]


def test_the_card_says_what_the_cells_are_together(carol: User) -> None:
    grid = make_grid(carol)
    assert (shown(carol, grid).state, shown(carol, grid).percent) == ("queued", 0)
    set_status(grid, *["succeeded"] * 4, "failed", "failed")
    card = shown(carol, grid)
    assert (card.state, card.done, card.failed, card.retryable, card.returned) == ("partial", 4, 2, 2, 2)
    assert card.job["credits"] == {"reserved": 0, "spent": 4}


def test_one_press_stops_all_cells_another_makes_them_again(page: Client, carol: User) -> None:
    grid = make_grid(carol)
    text = page.post(f"/jobs/{grid}/cancel/", headers=HTMX).content.decode()
    assert 'data-status="cancelled"' in text
    assert not Image.objects.active().exists()
    page.post(f"/jobs/{grid}/retry/", headers=HTMX)
    assert Image.objects.active().count() == 6
    page.post(f"/jobs/{grid}/cancel/", headers=HTMX)
    assert page.post(f"/jobs/{grid}/delete/", headers=HTMX).status_code == 204
    assert not Job.objects.exists()


def test_a_button_of_one_cell_answers_with_the_whole_grid(page: Client, carol: User) -> None:
    grid = make_grid(carol)
    image = Image.objects.order_by("id")[0]
    text = page.post(f"/images/{image.pk}/cancel/", headers=HTMX).content.decode()
    assert f'id="job-{grid}"' in text
    assert Image.objects.active().count() == 5


def test_another_members_grid_is_not_found(client: Client, carol: User, bob: User) -> None:
    grid = make_grid(carol)
    client.force_login(bob)
    assert client.get(f"/jobs/{grid}/card/").status_code == 404
    assert client.post(f"/jobs/{grid}/cancel/").status_code == 404
    assert Image.objects.active().count() == 6


def test_remix_of_a_grid_fills_in_its_axes_and_that_of_a_cell_its_own_settings(page: Client, carol: User) -> None:
    grid = make_grid(carol)
    settings = json.loads(shown(carol, grid).settings)
    assert {name: settings[name] for name in ("axis_1", "values_1", "axis_2", "values_2", "steps")} == {
        "axis_1": "steps", "values_1": "10, 20, 30", "axis_2": "guidance", "values_2": "4, 7.5", "steps": None,
    }  # fmt: skip
    text = page.get(f"/?reuse={grid}").content.decode()
    assert 'name="values_1" value="10, 20, 30"' in text
    last = Job.objects.of_group(grid)[5]
    text = page.get(f"/?reuse={last.pk}").content.decode()
    assert 'id="steps" name="steps" value="30"' in text
    assert 'name="values_1" value=""' in text


def test_a_shape_is_remixed_as_a_shape(page: Client, carol: User) -> None:
    press(page, axis_1="size", values_1="1:1, 16:9")
    card = page_of(carol).cards[0]
    assert json.loads(card.settings)["values_1"] == "1:1, 16:9"


def test_where_a_grid_stands_is_told_once(page: Client, carol: User) -> None:
    grid = make_grid(carol)
    assert list(page.get("/jobs/positions/").json()["positions"]) == [str(grid)]


def test_cells_never_fall_back_to_an_engine_that_is_not_theirs(carol: User) -> None:
    other = make_engine("other")
    User.objects.update(accept_fallback=True)
    make_grid(carol)
    make_engine(fallback=other)
    LaneState.objects.filter(engine__slug="simulated").update(down_since="2026-01-01T00:00Z")
    fall_back()
    assert {job.engine.slug for job in Job.objects.all()} == {"simulated"}


def test_the_feed_finds_the_other_cells_by_their_grid_alone(carol: User) -> None:
    assert "USING INDEX job_group" in FeedFilter().apply(carol).explain()


def test_beside_a_cell_the_others_of_its_grid_are_offered_first(page: Client, carol: User) -> None:
    grid = make_grid(carol)
    set_status(grid, *["succeeded"] * 6)
    Image.objects.update(width=64, height=64, format="png", file_name="picture.png")
    make_pictures(carol)
    one, *others = [str(image.pk) for image in Image.objects.of_group(grid).order_by("id")]
    offered = page.get(f"/compare/?a={one}").context["offered"]
    assert {image["id"] for image in offered[:5]} == set(others)


def test_the_page_of_a_picture_leads_through_the_whole_grid(page: Client, carol: User) -> None:
    grid = make_grid(carol)
    jobs.cancel_images(Image.objects.of_group(grid))
    Image.objects.of_group(grid).update(
        status="succeeded", file_name="picture.png", format="png", bytes=10, width=64, height=64
    )
    first, *others = Image.objects.of_group(grid).order_by("pk")
    strip = page.get(f"/images/{first.pk}/").content.decode().partition('class="strip"')[2].partition("</ul>")[0]
    assert re.findall('href="/images/([0-9a-f-]{36})/', strip) == [str(image.pk) for image in (first, *others)]
