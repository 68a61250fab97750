"""The gallery and its pictures, as people go through them: by keyboard, back and forth, two side by side."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.flows.browser import press, sign_in

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]


def make_two_tasks(page: Page) -> None:
    """Make three pictures of two tasks and come to the gallery."""
    for prompt, count in (("red fox", 1), ("blue fox", 2)):
        card = press(page, f"{prompt} [seconds 0.2]", engine="simulated", count=count)
        expect(card).to_have_attribute("data-status", "succeeded")
    page.goto("/gallery/")
    expect(page.locator(".wall-tile")).to_have_count(3)


def test_a_picture_opens_over_the_page_and_back_closes_it(page: Page) -> None:
    make_two_tasks(page)
    tile = page.locator(".wall-tile .picture").nth(1)
    address = tile.get_attribute("href") or ""
    tile.click()
    expect(page.locator("dialog.lightbox [data-viewer]")).to_be_visible()
    expect(page.locator("html")).to_have_css("overflow-y", "hidden")  # what lies below stays where it is
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    page.go_back()
    expect(page.locator("dialog.lightbox")).to_be_hidden()
    expect(page.locator("html")).not_to_have_css("overflow-y", "hidden")
    expect(tile).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape("/gallery/") + "$"))
    page.go_forward()
    expect(page.locator("dialog.lightbox [data-viewer]")).to_be_visible()
    page.reload()
    expect(page.locator("dialog.lightbox")).to_have_count(0)
    expect(page.locator("[data-viewer]")).to_be_visible()


def test_everything_by_keyboard(page: Page) -> None:
    make_two_tasks(page)
    page.locator(".wall-tile .picture").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".wall-tile .picture").nth(1)).to_be_focused()
    page.keyboard.press(".")
    expect(page.locator(".wall-tile").nth(1)).to_have_attribute("data-favourite", "")
    page.keyboard.press("Enter")
    expect(page.locator("[data-viewer]")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-prompt]")).to_contain_text("red fox")
    page.keyboard.press("z")
    expect(page.locator("[data-stage]")).to_have_attribute("data-zoomed", "")
    page.keyboard.press("Escape")
    expect(page.locator("[data-stage]")).not_to_have_attribute("data-zoomed", "")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.lightbox")).to_be_hidden()
    expect(page.locator(".wall-tile .picture").nth(2)).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("blue")
    expect(page.locator(".wall-tile")).to_have_count(2)
    expect(page).to_have_url(re.compile(re.escape("/gallery/?q=blue") + "$"))


def test_many_are_collected_compared_and_deleted(page: Page) -> None:
    make_two_tasks(page)
    page.locator("[data-choose]").first.check(force=True)
    page.locator("[data-choose]").nth(1).check(force=True)
    page.locator("#bulk summary").click()
    page.locator("[data-new-collection]").fill("Foxes")
    page.locator("[data-new-collection]").press("Enter")
    expect(page.locator(".toast")).to_contain_text("Foxes")
    expect(page.locator("#filters [name=collection] option")).to_have_count(2)
    page.locator("#filters [name=collection]").select_option("Foxes")
    expect(page.get_by_role("heading", name="Foxes")).to_be_visible()
    expect(page.locator(".wall-tile")).to_have_count(2)
    for box in page.locator("[data-choose]").all():
        box.check(force=True)
    page.locator("[data-compare]").click()
    page.wait_for_url("**/compare/**")  # and until its scripts listen
    expect(page.locator("tr[data-differs]")).to_have_count(1)
    page.keyboard.press("m")
    expect(page.locator("#compare")).to_have_attribute("data-mode", re.compile("side|flicker"))
    page.goto("/gallery/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[data-choose]").first.check(force=True)
    page.locator("[data-delete-chosen]").click()
    expect(page.locator(".wall-tile")).to_have_count(2)


def test_on_a_phone_the_links_of_a_comparison_stand_beside_its_title(page: Page) -> None:
    make_two_tasks(page)
    one, other = (page.locator(".wall-tile").nth(at).get_attribute("data-image") for at in (0, 1))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/compare/?a={one}&b={other}")
    middles = set()
    for part in page.locator(".compare-head :is(h1, a)").all():
        box = part.bounding_box()
        assert box is not None
        middles.add(round(box["y"] + box["height"] / 2))
    assert len(middles) == 1


def test_escape_closes_a_menu_before_it_lets_go_of_what_is_chosen(page: Page) -> None:
    make_two_tasks(page)
    page.locator("[data-choose]").first.check(force=True)
    bar = page.locator("#bulk")
    bar.get_by_text("Collect", exact=True).click()
    expect(bar.locator("[data-new-collection]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bar.locator("[data-new-collection]")).to_be_hidden()
    expect(bar).to_contain_text("1 chosen")
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()


def test_escape_closes_a_menu_before_the_picture(page: Page) -> None:
    make_two_tasks(page)
    page.locator(".wall-tile .picture").first.click()
    viewer = page.locator("dialog.lightbox [data-viewer]")
    viewer.get_by_label("Collect", exact=True).click()
    page.keyboard.press("Escape")
    expect(viewer.locator(".menu-list")).to_be_hidden()
    expect(viewer).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.lightbox")).to_be_hidden()


def test_a_recall_fills_the_form(page: Page) -> None:
    make_two_tasks(page)
    page.locator(".wall-tile .picture").last.click()
    page.get_by_role("link", name="Recall all").click()
    expect(page.locator("#prompt")).to_have_value("red fox [seconds 0.2]")


def test_on_a_phone_a_swipe_turns_the_page(visit: Callable[..., Page], email: str) -> None:
    page = sign_in(visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True), email)
    card = press(page, "two [seconds 0.2]", engine="simulated", count=2)
    expect(card).to_have_attribute("data-status", "succeeded")
    page.goto("/gallery/")
    page.locator(".wall-tile .picture").first.tap()
    first = page.locator("[data-viewer]").get_attribute("data-viewer") or ""
    swipe = """(stage) => {
        for (const [type, x] of [["pointerdown", 300], ["pointermove", 200], ["pointerup", 80]])
            stage.dispatchEvent(new PointerEvent(type,
                { pointerId: 1, pointerType: "touch", clientX: x, clientY: 200, bubbles: true }));
    }"""
    page.locator("[data-stage]").evaluate(f"stage => {{ stage.setPointerCapture = () => {{}}; ({swipe})(stage); }}")
    expect(page.locator("[data-viewer]")).not_to_have_attribute("data-viewer", first)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_it_is_a_page_of_links(visit: Callable[..., Page], page: Page, email: str) -> None:
    make_two_tasks(page)
    state = page.context.storage_state()
    plain = visit(java_script_enabled=False, storage_state=state)
    plain.goto("/gallery/")
    plain.locator(".wall-tile .picture").first.click()
    plain.get_by_role("button", name="Favourite").click()
    expect(plain.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")
    plain.get_by_role("link", name="Older picture").click()
    expect(plain.locator("[data-viewer]")).to_be_visible()
