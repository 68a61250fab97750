"""Many tasks at once, honest progress, and nothing lost when the line is cut."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.flows.browser import no_violation, press, run_code, seq, sign_in
from tests.flows.browser import studio as to_studio
from tests.studio import Studio

RENDITIONS = re.compile("/(thumbnail|medium|display)")
pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]

BEGUN_A_MINUTE_AGO = """
from datetime import timedelta
from django.db.models import F
from generation.models import Image, Job
for model in (Image, Job):
    model.objects.filter(status="running").update(started_at=F("started_at") - timedelta(minutes=1))
Image.objects.filter(status="running").update(expected_seconds=5)
"""


def six_jobs(page: Page, seconds: float) -> list[str]:
    """Start six jobs of four pictures; gives the ids of their cards."""
    cards = [press(page, f"number {n} [seconds {seconds}]", engine="simulated", count=4) for n in range(6)]
    return [card.get_attribute("id") or "" for card in cards]


def test_six_cards_run_side_by_side_and_two_windows_agree(page: Page, visit: Callable[..., Page], email: str) -> None:
    other = sign_in(visit(), email)
    ids = six_jobs(page, 3)
    expect(other.locator(".job[data-job]")).to_have_count(6)
    for window in (page, other):
        expect(window.locator('.tile[data-status="running"] progress[value]').nth(3)).to_be_attached()
    for window in (page, other):
        for card in ids:
            expect(window.locator(f"#{card}")).to_have_attribute("data-status", "succeeded", timeout=60_000)
    assert [card.inner_text() for card in page.locator(".state").all()] == [
        card.inner_text() for card in other.locator(".state").all()
    ]
    expect(other.locator("html")).to_have_attribute("data-seq", str(seq(page)))


def test_progress_moves_forward_in_each_card(page: Page) -> None:
    card = press(page, "watched [seconds 3]", engine="simulated", count=2)
    bar = card.locator("[data-job-progress]")
    seen = []
    while card.get_attribute("data-status") not in ("succeeded", "failed"):
        seen += bar.evaluate_all("bars => bars.map(bar => bar.value)")  # none: it ends just now
        page.wait_for_timeout(100)
    assert seen == sorted(seen)
    assert len(set(seen)) > 4
    expect(page.locator("#live-region")).to_contain_text("done, 2 pictures")


def test_what_takes_longer_than_usual_promises_no_early_end(page: Page, studio: Studio) -> None:
    card = press(page, "slow [seconds 600] [steps 600]", engine="simulated")
    expect(card.locator("[data-job-percent]")).to_contain_text("%")
    run_code(studio, BEGUN_A_MINUTE_AGO)
    page.reload()
    expect(card.locator(".job-slow")).to_be_visible()
    expect(card.locator("[data-left]")).to_contain_text(re.compile(r"about \d+m"))
    card.get_by_role("button", name="Cancel").click()
    expect(card).to_have_attribute("data-status", "cancelled")


def test_a_reload_in_the_middle_shows_the_same(page: Page) -> None:
    ids = six_jobs(page, 1.5)
    to_studio(page)
    assert [card.get_attribute("id") for card in page.locator(".job").all()] == ids[::-1]
    for card in ids:
        expect(page.locator(f"#{card}")).to_have_attribute("data-status", "succeeded", timeout=60_000)


def test_a_cut_socket_loses_nothing(page: Page, visit: Callable[..., Page], email: str) -> None:
    sockets: list[WebSocketRoute] = []

    def pass_on(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    watched = visit()
    watched.route_web_socket(re.compile("/ws/jobs/"), pass_on)
    sign_in(watched, email)
    ids = six_jobs(page, 1.5)
    for _ in range(3):
        sockets[-1].close(code=1011)
        expect(watched.locator("html")).not_to_have_attribute("data-live", "open")
        expect(watched.locator("html")).to_have_attribute("data-live", "open")
    for card in ids:
        expect(page.locator(f"#{card}")).to_have_attribute("data-status", "succeeded", timeout=60_000)
    expect(watched.locator('.job[data-status="succeeded"]')).to_have_count(6)
    expect(watched.locator("html")).to_have_attribute("data-seq", str(seq(page)))


def test_without_a_socket_the_page_polls_and_says_so(visit: Callable[..., Page], page: Page, email: str) -> None:
    blocked = visit()
    sign_in(blocked, email)
    blocked.route_web_socket(re.compile("/ws/jobs/"), lambda socket: socket.close())
    blocked.goto("/")
    expect(blocked.locator("html")).to_have_attribute("data-live", "polling")
    expect(blocked.locator("#offline")).to_be_visible()
    press(page, "seen by polling [seconds 0.5]", engine="simulated")
    expect(blocked.locator('.job[data-status="succeeded"]')).to_have_count(1)


def test_cancel_a_card_and_a_single_picture(page: Page) -> None:
    card = press(page, "stop me [seconds 30]", engine="simulated", count=2)
    expect(card.locator('.tile[data-status="running"]')).to_have_count(2)
    card.locator(".tile").first.hover()
    card.get_by_role("button", name="Cancel picture 1").click()
    expect(card.locator('.tile[data-status="cancelled"]')).to_have_count(1)
    expect(card.locator('.tile[data-status="running"]')).to_have_count(1)
    card.get_by_role("button", name="Cancel", exact=True).click()
    expect(card).to_have_attribute("data-status", "cancelled")
    expect(page.locator("#meter")).to_have_attribute("title", "0 of 8 running")


def test_a_failure_says_why_and_a_retry_heals_it(page: Page) -> None:
    card = press(page, "once bitten [fail moderation_rejected 1] [seconds 0.3]", engine="simulated")
    expect(card).to_have_attribute("data-status", "failed")
    expect(card).to_contain_text("The engine refused this prompt or picture.")
    card.get_by_role("button", name="Retry").first.click()
    expect(card).to_have_attribute("data-status", "succeeded")


def test_deleting_a_card_hands_the_focus_to_its_neighbour(page: Page) -> None:
    kept = press(page, "kept [seconds 0.2]", engine="simulated")
    card = press(page, "deleted [seconds 0.2]", engine="simulated")
    expect(card).to_have_attribute("data-status", "succeeded")
    expect(kept).to_have_attribute("data-status", "succeeded")
    page.on("dialog", lambda dialog: dialog.accept())
    card.get_by_role("button", name=re.compile("Delete task")).click()
    expect(card).to_have_count(0)
    expect(page.locator(".job :focus")).to_have_count(1)


def test_an_update_never_takes_the_focus(page: Page) -> None:
    card = press(page, "focus stays [seconds 1]", engine="simulated", count=2)
    summary = card.locator(".job-details summary")
    summary.click()
    expect(card).to_have_attribute("data-status", "succeeded")
    expect(summary).to_be_focused()
    expect(card.locator(".job-details")).to_have_attribute("open", "")


def test_a_picture_that_does_not_load_says_so(page: Page) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route(RENDITIONS, refuse)
    card = press(page, "broken [seconds 0.2]", engine="simulated")
    expect(card.get_by_text("This picture could not be loaded.")).to_be_visible()
    page.unroute(RENDITIONS, refuse)
    card.get_by_role("button", name="Load again").click()
    expect(card.get_by_text("This picture could not be loaded.")).to_be_hidden()


def test_only_what_is_done_just_now_fades_in_and_stands_out(page: Page) -> None:
    card = press(page, "fades in [seconds 0.5]", engine="simulated")
    expect(card.locator(".picture img")).to_have_css("animation-name", "appear")
    expect(card.locator(".state")).to_have_css("animation-name", "settle")
    to_studio(page)
    expect(page.locator(".picture img")).to_have_css("animation-name", "none")
    expect(page.locator(".state")).to_have_css("animation-name", "none")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible(visit: Callable[..., Page], email: str, scheme: str) -> None:
    page = visit(color_scheme=scheme, bypass_csp=True)  # axe is put into the page
    page.goto("/")
    no_violation(page)
    sign_in(page, email)
    press(page, "busy [seconds 20]", engine="simulated", count=2)
    press(page, "bad [fail moderation_rejected] [seconds 0.2]", engine="simulated")
    expect(page.locator('.job[data-status="failed"]')).to_have_count(1)
    no_violation(page)
