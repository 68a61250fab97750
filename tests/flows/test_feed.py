"""Finding, choosing and clearing up in the feed."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.flows import browser
from tests.flows.browser import press, run_code, sign_in
from tests.studio import Studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]

MAKE_HISTORY = """
import time
import uuid
from accounts.models import User
from generation.models import Job, Image
from generation.models.identifiers import time_ordered_uuid
member = User.objects.get(email="{email}")
model = Job.objects.filter(member=member).last()
picture = model.images.get(index=0)
facts = {{name: getattr(model, name) for name in ("member", "engine", "mode", "width", "height")}}
names = ("member", "lane", "seed", "price", "reservation", "status", "file_name", "format", "width", "height", "bytes")
own = {{name: getattr(picture, name) for name in names}}
jobs = [Job(number=number, status="succeeded", prompt="old", count=1, **facts) for number in range(101, 401)]
yesterday = uuid.UUID(int=(time.time_ns() // 1_000_000 - 86_400_000) << 80 | 7 << 76 | 2 << 62)
jobs.append(Job(id=yesterday, number=100, status="succeeded", prompt="old", count=1, **facts))
for job in Job.objects.bulk_create(jobs):
    Image.objects.create(id=time_ordered_uuid(), job=job, index=0, **own)
"""


def three_tasks(page: Page) -> None:
    """Make three tasks of two pictures each."""
    for prompt in ("red fox", "blue fox", "green dog"):
        card = press(page, f"{prompt} [seconds 0.2]", engine="simulated", count=2)
        expect(card).to_have_attribute("data-status", "succeeded")


def test_filters_stand_in_the_address_and_survive_a_reload(page: Page) -> None:
    three_tasks(page)
    page.locator("[name=q]").fill("fox")
    expect(page.locator(".job")).to_have_count(2)
    page.locator("#filters [name=state]").select_option("failed")
    expect(page.get_by_text("No task matches these filters.")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape("/?q=fox&state=failed") + "$"))
    page.reload()
    expect(page.get_by_text("No task matches these filters.")).to_be_visible()
    expect(page.locator("[name=q]")).to_have_value("fox")
    page.get_by_role("link", name="Clear filters").first.click()
    expect(page.locator(".job")).to_have_count(3)


def test_what_is_made_while_filters_are_set_appears_here_and_not_elsewhere(
    page: Page, visit: Callable[..., Page], email: str
) -> None:
    three_tasks(page)
    other = sign_in(visit(), email)
    other.locator("[name=q]").fill("fox")
    expect(other.locator(".job")).to_have_count(2)
    press(page, "a cat [seconds 0.2]", engine="simulated")
    press(page, "another fox [seconds 0.2]", engine="simulated")
    expect(other.locator(".job")).to_have_count(3)
    expect(other.locator(".job").first).to_contain_text("another fox")


def test_chosen_pictures_come_as_a_zip_and_go_together(page: Page) -> None:
    three_tasks(page)
    page.locator(".tile").first.hover()
    boxes = page.locator("[data-choose]")
    boxes.first.click()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(page.locator("#bulk")).to_contain_text("4 chosen")
    expect(page.locator("[data-choose-all]")).to_have_js_property("indeterminate", value=True)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    names = zipfile.ZipFile(Path(download.value.path())).namelist()
    assert sorted(name.rpartition("_seconds")[0] or name.rpartition("-seconds")[0] for name in names) == [
        "blue-fox", "blue-fox", "green-dog", "green-dog",
    ]  # fmt: skip
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#bulk").get_by_role("button", name="Delete").click()
    expect(page.locator(".toast")).to_have_text("4 pictures deleted")
    expect(page.locator(".job")).to_have_count(1)
    expect(page.locator("#bulk")).to_be_hidden()


def test_all_can_be_chosen_and_escape_chooses_none(page: Page) -> None:
    three_tasks(page)
    page.locator(".tile").first.hover()
    page.locator("[data-choose]").first.check()
    page.locator("[data-choose-all]").check()
    expect(page.locator("#bulk")).to_contain_text("6 chosen")
    page.keyboard.press("Escape")
    expect(page.locator("#bulk")).to_be_hidden()
    expect(page.locator("[data-choose]:checked")).to_have_count(0)


def nodes_kept(page: Page) -> float:
    """Count all that the browser cannot forget, in the page or not."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    devtools.send("HeapProfiler.collectGarbage")
    metrics = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    return float(metrics["Nodes"])


def requests_for_cards(page: Page) -> list[str]:
    """Note when the page begins to ask for cards that it let go, and when it has them."""
    noted: list[str] = []

    def note(event: str, address: str) -> None:
        if "newest=" in address:
            noted.append(event)

    page.on("request", lambda request: note("request", request.url))
    page.on("requestfinished", lambda request: note("requestfinished", request.url))
    return noted


def go_down_a_long_feed(page: Page, studio: Studio, email: str) -> None:
    """Make 300 tasks more, and come to the oldest as a person does."""
    press(page, "the first of many [seconds 0.2]", engine="simulated")
    run_code(studio, MAKE_HISTORY.format(email=email))
    browser.studio(page)
    page.mouse.move(900, 500)
    oldest = page.locator(".job[data-number='100']")
    for _ in range(200):
        if oldest.count():
            break
        page.mouse.wheel(0, 2_500)
        page.wait_for_timeout(100)
    expect(oldest).to_be_attached()


def test_a_long_feed_keeps_only_what_is_near(page: Page, studio: Studio, email: str) -> None:
    go_down_a_long_feed(page, studio, email)
    expect(page.locator(".day").last).to_have_text("yesterday")
    expect(page.locator(".gap").first).to_be_attached()
    assert page.locator(".job").count() < 150
    assert nodes_kept(page) < 8 * page.locator("*").count()  # texts are nodes, too
    asked = requests_for_cards(page)
    page.evaluate("scrollTo(0, 0)")  # past all of them
    expect(page.locator(".job").first).to_be_in_viewport()
    expect(page.locator(".day").first).to_have_text("today")
    shown = page.locator(".job").evaluate_all("cards => cards.map((card) => card.dataset.job)")  # cards come and go
    assert shown == sorted(shown, reverse=True)
    assert len(shown) == len(set(shown))
    assert set(asked) == {"request", "requestfinished"}
    assert not any(asked[at] == asked[at + 1] for at in range(len(asked) - 1))  # one after another


FLY = """async () => {  // up, some ten windows a second
    let passing = 0;
    for (let top = scrollY; top > 10_000; top -= 300) {
        scrollTo(0, top);
        await new Promise((resume) => setTimeout(resume, 30));
        passing = Math.max(passing, document.querySelectorAll("[data-passing]").length);
    }
    return passing;
}"""
ALL_IN_SIGHT_ARE_THERE = """() => {
    const inSight = ({ top, bottom }) => bottom > 0 && top < innerHeight;
    const tiles = [...document.querySelectorAll(".tile")].filter((tile) => inSight(tile.getBoundingClientRect()));
    return tiles.length && tiles.every((tile) => tile.querySelector(".picture img").naturalWidth);
}"""


def test_pictures_are_asked_for_where_a_flight_through_the_feed_ends(page: Page, studio: Studio, email: str) -> None:
    go_down_a_long_feed(page, studio, email)
    assert page.evaluate(FLY) > 0
    page.wait_for_function(ALL_IN_SIGHT_ARE_THERE)
    expect(page.locator("[data-passing]")).to_have_count(0)


KEEP_BUSY = """() => {
    document.getElementById("feed").style.minHeight = "60000px";
    window.flights = 0;
    document.addEventListener("flight", () => window.flights++);
    setInterval(() => { for (const from = performance.now(); performance.now() - from < 150;); }, 250);
}"""


@pytest.mark.parametrize(("speed", "flights"), [(1_500, 0), (3_000, 2)])  # one begins, and ends
def test_a_busy_page_tells_a_flight_from_reading(page: Page, speed: int, flights: int) -> None:
    page.evaluate(KEEP_BUSY)
    gesture = {"x": 900, "y": 500, "yDistance": -4 * speed, "speed": speed, "gestureSourceType": "mouse"}
    page.context.new_cdp_session(page).send("Input.synthesizeScrollGesture", gesture)
    page.wait_for_timeout(1_000)
    assert page.evaluate("scrollY") > 3 * speed
    assert page.evaluate("flights") == flights


def test_older_tasks_are_asked_for_again_where_no_answer_comes(page: Page, studio: Studio, email: str) -> None:
    press(page, "the first of many [seconds 0.2]", engine="simulated")
    run_code(studio, MAKE_HISTORY.format(email=email))
    kept_waiting: list[Route] = []

    def keep_the_first_waiting(route: Route) -> None:
        if kept_waiting:
            route.continue_()
        else:
            kept_waiting.append(route)

    page.route(re.compile("cursor="), keep_the_first_waiting)
    browser.studio(page)
    page.locator(".older").scroll_into_view_if_needed()
    expect(page.locator(".job[data-number='370']")).to_be_attached(timeout=30_000)
    assert kept_waiting
