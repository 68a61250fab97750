"""The list of keys: searched, each key changed, and everything as it was."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.flows.browser import press, sign_in

pytestmark = pytest.mark.flow


@pytest.fixture
def page(visit: Callable[..., Page], email: str) -> Page:
    """Give the page of a picture."""
    page = sign_in(visit(viewport={"width": 1440, "height": 900}), email)
    card = press(page, "keys [seconds 0.1]", engine="simulated", count=2)
    expect(card).to_have_attribute("data-status", "succeeded")
    page.goto(card.locator(".tile .picture").first.get_attribute("href") or "")
    return page


def change(page: Page, words: str, key: str) -> None:
    """Give what these words say another key."""
    page.keyboard.press("?")
    page.get_by_role("button", name=words).click()
    page.keyboard.press(key)


def test_the_list_is_searched(page: Page) -> None:
    page.keyboard.press("?")
    page.keyboard.type("recall the")
    expect(page.locator("#keys dd:visible")).to_have_text(["Recall the prompt", "Recall the seed", "Recall the size"])
    page.keyboard.type("x")
    expect(page.locator("#keys output")).to_have_text("No such key")


def test_a_changed_key_does_what_the_old_one_did_and_stays(page: Page) -> None:
    change(page, "Compare: C", "k")
    expect(page.locator("#keys output")).to_have_text("Compare: K")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Compare", exact=True)).to_have_attribute("title", "Compare (K)")
    page.reload()
    page.keyboard.press("c")
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile("/compare/"))


def test_two_keys_change_places_and_go_back(page: Page) -> None:
    change(page, "Compare: C", "e")
    expect(page.get_by_role("button", name="Process the picture: C")).to_be_visible()
    everything = page.get_by_role("button", name="All keys as they were")
    page.get_by_role("button", name="Compare: E").click()
    page.keyboard.press("c")
    expect(everything).to_be_hidden()  # as they were by themselves
    page.get_by_role("button", name="Compare: C").click()
    page.keyboard.press("e")
    everything.click()
    expect(page.get_by_role("button", name="Compare: C")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile("/compare/"))


def test_the_picture_keeps_the_focus_when_it_is_zoomed_and_liked(page: Page) -> None:
    page.locator("[data-stage]").focus()
    for key in ("z", "."):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-stage]")).to_be_focused()  # so that plus and minus go on to zoom


@pytest.mark.parametrize("key", ["ArrowLeft", "+"])
def test_what_has_another_use_is_refused_and_escape_leaves_the_key(page: Page, key: str) -> None:
    change(page, "Compare: C", key)
    expect(page.locator("#keys output")).to_have_text("This key keeps its own use. Choose a letter, a digit or a sign.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Compare: C")).to_be_visible()
