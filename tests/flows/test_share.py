"""Sharing a picture, as a member and as the one who gets the link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD
from tests.flows.browser import no_violation, press, sign_in

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def make_link(page: Page) -> str:
    """Make a link in the open dialog; gives its address."""
    page.get_by_role("button", name="Make a link").click()
    made = page.locator(".made [data-link]")
    expect(made).to_be_focused()
    return made.input_value()


def test_from_the_first_visit_to_a_shared_picture(visit: Callable[..., Page], email: str) -> None:
    page = visit()
    page.goto("/accounts/signup/")
    page.get_by_role("textbox").first.fill(f"sharer-{email}")
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector("html[data-live=open]")
    card = press(page, "a kitten by the sea", count=2)
    expect(card).to_have_attribute("data-status", "succeeded", timeout=90_000)

    page.get_by_role("link", name="Gallery").last.click()
    tile = page.locator(".wall-tile").first
    heart = tile.get_by_role("button", name="Favourite")
    tile.hover()
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    tile.locator("a.picture").click()
    page.locator("#lightbox").get_by_role("link", name="Compare").click()
    page.locator("main a:has(img)").first.click()
    expect(page).to_have_url(re.compile(r"/compare/\?.*b="))

    page.goto("/gallery/")
    page.locator(".wall-tile a.picture").first.click()
    page.locator("#lightbox").get_by_role("link", name="Share").click()
    page.get_by_label("Show the prompt").check()
    url = make_link(page)
    no_violation(page)
    page.keyboard.press("Escape")
    expect(page.locator(".share-dialog")).to_be_hidden()
    expect(page.locator("#lightbox")).to_be_visible()

    page.goto("/account/")
    page.get_by_label("Your account").first.click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()
    stranger = visit()
    stranger.goto(url)
    picture = stranger.locator("figure img")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    expect(stranger.locator(".shared-prompt")).to_have_text("a kitten by the sea")
    no_violation(stranger)


def test_by_keyboard_alone_a_link_is_made_and_revoked(page: Page, visit: Callable[..., Page]) -> None:
    card = press(page, "keys only [seconds 0.2]", engine="simulated")
    expect(card).to_have_attribute("data-status", "succeeded")
    button = card.get_by_role("button", name="More for picture 1")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Share").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_days")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Make a link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".made [data-link]")).to_be_focused()
    url = page.locator(".made [data-link]").input_value()
    page.get_by_role("button", name="Revoke").press("Enter")
    expect(page.locator("[data-link]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    stranger = visit()
    answer = stranger.goto(url)
    assert answer is not None
    assert answer.status == 410
    expect(stranger.get_by_role("heading")).to_have_text("This link no longer works")
    no_violation(stranger)


def test_on_a_phone_the_link_is_made_and_listed(visit: Callable[..., Page], email: str) -> None:
    page = sign_in(visit(**PHONE), email)
    card = press(page, "thumbs only [seconds 0.2]", engine="simulated")
    expect(card).to_have_attribute("data-status", "succeeded")
    card.get_by_role("button", name="More for picture 1").tap()
    page.get_by_role("menuitem", name="Share").tap()
    make_link(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto("/shares/")
    expect(page.locator("[data-link]")).to_have_count(1)
    no_violation(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Revoke").tap()
    expect(page.get_by_text("You share nothing.")).to_be_visible()
