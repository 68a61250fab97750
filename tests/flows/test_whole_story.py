"""From sign-up to log-out by keyboard alone, and by thumb alone: nothing is clicked, nothing is focused by the test."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories import PASSWORD

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]

DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MOST_TABS = 12  # presses that anybody is asked for to come to the next thing
FINGER = 44  # px

# The element with the focus, or its label, is in the window and marked.
SEEN = """() => [document.activeElement, ...(document.activeElement.labels ?? [])].some((each) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    const { top, bottom, width } = each.getBoundingClientRect();
    const marked = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
    return marked && width > 4 && bottom > 0 && top < innerHeight;
})"""

Visit = Callable[..., Page]


def tab_to(page: Page, target: Locator, *, back: bool = False) -> None:
    """Press Tab until `target` has the focus; all that is passed, and the target, can be seen to have it."""
    hears(page)
    focused = page.locator(":focus-visible")
    for _ in range(MOST_TABS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        page.wait_for_function(SEEN, timeout=5_000)
        if target.and_(focused).count():
            return
    raise AssertionError(f"{MOST_TABS} presses of Tab do not come to {target}")


def skip_to_content(page: Page) -> None:
    """Use the first link of a page that has just been opened."""
    tab_to(page, page.get_by_role("link", name="Skip to content"))
    page.keyboard.press("Enter")


def hears(page: Page) -> None:
    """Wait as long as nobody is quick enough to press a key: a page hears none before its scripts have run."""
    page.wait_for_load_state("domcontentloaded")


def keys(page: Page, *presses: str) -> None:
    hears(page)
    for press in presses:
        page.keyboard.press(press)


def test_by_keyboard_alone(visit: Visit, email: str) -> None:
    page = visit(**DESK)
    sign_up_by_keys(page, f"keys-{email}")
    make_two_by_keys(page)
    like_and_compare_by_keys(page)
    url = share_by_keys(page)
    log_out_by_keys(page)
    page.goto(url)
    expect(page.get_by_role("img", name="A shared picture")).to_be_visible()


def sign_up_by_keys(page: Page, email: str) -> None:
    page.goto("/")
    skip_to_content(page)
    tab_to(page, page.get_by_role("link", name=re.compile("Sign up")))
    keys(page, "Enter")
    expect(page.get_by_role("heading", name="Make your free account")).to_be_visible()
    expect(page.get_by_role("textbox").first).to_be_focused()
    page.keyboard.type(email)
    keys(page, "Tab")
    page.keyboard.type(PASSWORD)
    keys(page, "Enter")
    page.wait_for_selector("html[data-live=open]")


def make_two_by_keys(page: Page) -> None:
    keys(page, "/")
    page.keyboard.type("a kitten by the sea")
    tab_to(page, page.get_by_role("radio", name="4", exact=True))
    keys(page, "ArrowLeft", "Control+Enter")
    card = page.locator(".job[data-job]")
    expect(card).to_have_attribute("data-status", "succeeded", timeout=90_000)
    expect(card.locator(".picture")).to_have_count(2)
    keys(page, "Escape", "2")
    expect(card.locator(".picture").first).to_be_focused()


def like_and_compare_by_keys(page: Page) -> None:
    keys(page, "Enter")
    viewer = page.locator("#lightbox [data-viewer]")
    expect(viewer).to_be_visible()
    keys(page, ".")
    expect(viewer.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")
    keys(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Share by a link")
    keys(page, "Escape")
    expect(viewer).to_be_visible()
    keys(page, "c")
    expect(page.get_by_role("heading", name="Compare with which picture?")).to_be_visible()
    skip_to_content(page)
    tab_to(page, page.get_by_role("link", name="Picture 1"))
    keys(page, "Enter")
    compare = page.locator("#compare")
    expect(compare).to_have_attribute("data-mode", "slider")
    skip_to_content(page)
    tab_to(page, page.get_by_role("slider"))
    keys(page, "ArrowLeft")
    expect(page.get_by_role("slider")).to_have_value("49")
    keys(page, "m")
    expect(compare).to_have_attribute("data-mode", "side")


def share_by_keys(page: Page) -> str:
    tab_to(page, page.get_by_role("link", name=re.compile("^A")), back=True)
    keys(page, "Enter")
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    keys(page, "l")
    expect(page.get_by_role("dialog", name="Share this picture").get_by_role("combobox")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Make a link"))
    keys(page, "Enter")
    link = page.locator(".made [data-link]")
    expect(link).to_be_focused()
    url = link.input_value()
    keys(page, "Escape")
    expect(page.get_by_role("link", name="Share")).to_be_focused()
    return url


def log_out_by_keys(page: Page) -> None:
    keys(page, "Escape")
    expect(page).to_have_url(re.compile("/gallery/"))
    skip_to_content(page)
    tab_to(page, page.get_by_label("Your account"), back=True)
    keys(page, "Enter")
    log_out = page.get_by_role("button", name="Log out")
    expect(log_out).to_be_visible()
    tab_to(page, log_out)
    keys(page, "Enter")
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()


def tap(target: Locator) -> None:
    """Tap what is large enough for a finger and lies where it can be seen."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box, f"{target} is not to be seen"
    assert min(box["width"], box["height"]) >= FINGER, f"{target} is too small for a finger: {box}"
    target.tap()


def write(page: Page, field: Locator, words: str) -> None:
    """Tap a field and write with the keyboard that the phone shows then."""
    tap(field)
    page.keyboard.type(words)


def test_on_a_touch_phone(visit: Visit, email: str) -> None:
    page = visit(**PHONE)
    page.goto("/")
    tap(page.get_by_role("link", name=re.compile("Sign up")))
    write(page, page.get_by_role("textbox").first, f"thumbs-{email}")
    write(page, page.locator("input[type=password]").first, PASSWORD)
    tap(page.get_by_role("button", name="Sign up"))
    page.wait_for_selector("html[data-live=open]")

    write(page, page.get_by_label("What do you want to see?"), "a kitten by the sea")
    tap(page.locator("label", has=page.locator("[name=count][value='2']")))
    tap(page.get_by_role("button", name="Generate"))
    card = page.locator(".job[data-job]")
    expect(card).to_have_attribute("data-status", "succeeded", timeout=90_000)

    tap(page.get_by_role("navigation", name="Pages").get_by_role("link", name="Gallery"))
    tile = page.locator(".wall-tile").first
    heart = tile.get_by_role("button", name="Favourite")
    tap(heart)
    expect(heart).to_have_attribute("aria-pressed", "true")
    tap(tile.locator("a.picture"))
    viewer = page.locator("#lightbox [data-viewer]")
    tap(viewer.get_by_role("link", name="Compare"))
    tap(page.get_by_role("link", name="Picture 1"))
    tap(page.get_by_role("button", name="Side by side"))
    expect(page.locator("#compare")).to_have_attribute("data-mode", "side")
    tap(page.get_by_role("button", name="Slider"))
    tap(page.get_by_role("link", name=re.compile("^A")))

    tap(page.get_by_role("link", name="Share"))
    tap(page.get_by_role("button", name="Make a link"))
    link = page.locator(".made [data-link]")
    url = link.input_value()
    tap(page.locator(".share-dialog").get_by_role("button", name="Close"))
    tap(page.get_by_label("Your account"))
    tap(page.get_by_role("button", name="Log out"))
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()
    page.goto(url)
    expect(page.get_by_role("img", name="A shared picture")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
