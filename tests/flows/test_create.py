"""From the first visit to pictures; the bar keeps what was typed and says what is in the way."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.factories import PASSWORD
from tests.flows.browser import press, sign_in

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]
KITTEN = "a cute kitten by the sea at sunset, watercolor"


def test_a_newcomer_gets_pictures(visit: Callable[..., Page], email: str) -> None:
    page = visit()
    page.goto("/")
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_role("textbox").first.fill(f"new-{email}")
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector("html[data-live=open]")
    page.locator("#prompt").fill(KITTEN)
    page.get_by_role("button", name="Generate").click()
    expect(page.locator(".job")).to_have_count(1)
    expect(page.locator(".tile")).to_have_count(4)
    expect(page.locator('.tile[data-status="succeeded"]')).to_have_count(4, timeout=60_000)
    for picture in page.locator(".picture img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("picture => picture.naturalWidth") > 0
    assert page.locator("#prompt").input_value() == KITTEN


def test_the_card_is_there_before_the_server_has_answered(page: Page) -> None:
    held: list[Route] = []
    page.route(
        re.compile(r":\d+/$"), lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )
    page.locator("#prompt").fill(f"{KITTEN} [seconds 1]")
    page.get_by_role("button", name="Generate").click()
    expect(page.locator(".job")).to_contain_text("Sending")
    expect(page.locator(".tile")).to_have_count(4)
    held.pop().continue_()
    expect(page.locator(".job[data-job]")).to_have_count(1)


def test_alt_replaces_what_runs_once_the_new_task_is_taken(page: Page) -> None:
    long = press(page, "not what I wanted [seconds 60]", engine="simulated", count=2)
    expect(long).to_have_attribute("data-status", "running")
    page.locator("#prompt").fill("")
    page.get_by_role("button", name="Generate").click(modifiers=["Alt"])
    page.locator("#prompt").fill("better [seconds 0.2]")
    expect(long).to_have_attribute("data-status", "running")
    page.get_by_role("button", name="Generate").click(modifiers=["Alt"])
    expect(long).to_have_attribute("data-status", "cancelled")
    expect(page.locator(".job").first).to_have_attribute("data-status", "succeeded")


def test_the_price_says_how_it_comes_about(page: Page) -> None:
    page.locator("#prompt").fill("a kitten")
    with page.expect_response("**/estimate/"):  # the prompt is left for it, so the price is asked for anew
        page.locator(".price-lines summary").click()
    expect(page.locator(".price-lines dl")).to_be_visible()
    expect(page.locator(".price-lines dl")).to_contain_text("× 4")
    page.keyboard.press("Escape")
    expect(page.locator(".price-lines dl")).to_be_hidden()


def test_five_presses_make_five_cards_and_the_bar_stays(page: Page) -> None:
    page.locator("[name=count][value='1']").check(force=True)
    page.locator("#prompt").fill("five times [seconds 1]")
    for _ in range(5):
        page.locator("#prompt").press("Control+Enter")
    expect(page.locator(".job[data-job]")).to_have_count(5)
    expect(page.locator("#prompt")).to_be_focused()
    expect(page.locator("#prompt")).to_have_value("five times [seconds 1]")


def test_an_answer_that_got_lost_makes_no_second_job(page: Page) -> None:
    lost: list[APIResponse] = []

    def lose_first(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.continue_()
        else:
            lost.append(route.fetch())  # the server has it, the page does not know
            route.abort()

    page.route(re.compile(r"localhost:\d+/$"), lose_first)
    card = press(page, "only once [seconds 1]", engine="simulated")
    expect(page.locator(".ghost")).to_have_count(0)
    expect(card).to_have_attribute("data-status", "succeeded")
    expect(page.locator(".job")).to_have_count(1)
    assert [answer.status for answer in lost] == [201]


def test_an_empty_prompt_is_refused_beside_the_button(page: Page) -> None:
    page.locator(".generate").press("Enter")  # it says that it is disabled, but stays in reach
    expect(page.locator("#reasons")).to_contain_text("Describe the picture you want.")
    expect(page.locator("#prompt")).to_be_focused()
    expect(page.locator(".job")).to_have_count(0)


def test_a_wrong_value_is_marked_and_everything_else_stays(page: Page) -> None:
    page.locator(".advanced").evaluate("fold => (fold.open = true)")
    page.locator("#seed").fill("-5")
    page.locator("#prompt").fill("stays")
    page.locator("#prompt").press("Control+Enter")
    expect(page.locator("#seed")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#error-seed")).to_be_visible()
    expect(page.locator("#prompt")).to_have_value("stays")
    expect(page.locator(".job")).to_have_count(0)


def test_a_chosen_picture_is_where_it_starts_from(page: Page, picture: Path) -> None:
    page.locator("#picture").set_input_files(picture)
    expect(page.locator("[data-reference-state]")).to_have_text("320 × 240")
    card = press(page, "the same in oil [seconds 1]", engine="simulated")
    assert '"reference": null' not in (card.get_attribute("data-settings") or "")
    expect(card).to_have_attribute("data-status", "succeeded")
    page.locator("[data-reference-remove]").click()
    expect(page.locator(".reference-chip")).to_be_hidden()


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_picture_can_be_dropped_and_pasted_anywhere_on_the_bar(page: Page, picture: Path, way: str) -> None:
    carried = page.evaluate_handle(
        """bytes => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], "kitten.png", { type: "image/png" }));
            return carried;
        }""",
        list(picture.read_bytes()),
    )
    if way == "drop":
        page.dispatch_event("#create", "dragenter", {"dataTransfer": carried})
        expect(page.locator(".drop-target")).to_be_visible()
        page.dispatch_event("#create", "drop", {"dataTransfer": carried})
        expect(page.locator(".drop-target")).to_be_hidden()
    else:
        carried.evaluate(
            "carried => document.getElementById('prompt')"
            ".dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true }))"
        )
    expect(page.locator("[data-reference-state]")).to_have_text("320 × 240")


def test_a_file_that_is_no_picture_is_refused_in_words(page: Page, tmp_path: Path) -> None:
    (tmp_path / "evil.png").write_bytes(b"MZ")
    page.locator("#picture").set_input_files(tmp_path / "evil.png")
    expect(page.locator("[data-reference-state]")).to_contain_text("This is not a PNG")
    page.locator("#prompt").fill(KITTEN)
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("[data-reference-remove]")).to_be_focused()
    expect(page.locator(".job")).to_have_count(0)  # made without it, it would be something else


def test_a_file_of_another_kind_is_named_and_the_picture_before_it_stays(
    page: Page, picture: Path, tmp_path: Path
) -> None:
    page.locator("#picture").set_input_files(picture)
    expect(page.locator("[data-reference-state]")).to_have_text("320 × 240")
    (tmp_path / "notes.txt").write_text("no picture")
    page.locator("#picture").set_input_files(tmp_path / "notes.txt")
    expect(page.locator(".toast")).to_contain_text("no picture")
    expect(page.locator("[data-reference-state]")).to_have_text("320 × 240")


def test_reuse_and_examples_fill_the_bar(page: Page) -> None:
    page.locator("[data-example]").first.click()
    expect(page.locator("#prompt")).not_to_have_value("")
    card = press(page, "use me again [seconds 0.2]", engine="simulated", count=2, size="m")
    page.locator("#prompt").fill("something else")
    card.get_by_role("link", name="Remix").click()
    expect(page.locator("#prompt")).to_have_value("use me again [seconds 0.2]")
    expect(page.locator("[name=count][value='2']")).to_be_checked()


def test_without_scripts_it_works_too(visit: Callable[..., Page], email: str) -> None:
    page = visit(java_script_enabled=False)
    page.goto("/accounts/login/")
    page.get_by_role("textbox").first.fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.locator("#prompt").fill("plain [seconds 0.2]")
    page.get_by_role("button", name="Generate").click()
    expect(page.locator(".job[data-job]")).to_have_count(1)
    page.locator("#prompt").fill(" ")
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("#error-prompt")).to_be_visible()


def test_the_page_speaks_chinese(visit: Callable[..., Page], email: str) -> None:
    page = visit(locale="zh-CN")
    sign_in(page, email)
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    expect(page.locator(".generate")).to_contain_text("生成")


def test_on_a_phone_the_card_is_on_its_own_tab(visit: Callable[..., Page], email: str) -> None:
    page = sign_in(visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True), email)
    page.locator("#prompt").fill("on the way [seconds 1]")
    page.get_by_role("button", name="Generate").tap()
    expect(page.locator(".job")).to_be_visible()
    expect(page.locator("#create")).to_be_hidden()
    page.locator('.bottom-tabs [data-tab="create"]').tap()
    expect(page.locator("#prompt")).to_have_value("on the way [seconds 1]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_pictures_are_fetched_when_their_tab_is_shown(
    visit: Callable[..., Page], page: Page, email: str
) -> None:
    card = press(page, "a kitten", engine="simulated")
    expect(card).to_have_attribute("data-status", "succeeded")
    phone = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    sign_in(phone, email)
    assert not [url for url in asked if "/images/" in url]
    phone.locator('.bottom-tabs [data-tab="tasks"]').tap()
    phone.wait_for_function("() => document.querySelector('.picture img').naturalWidth > 0")


def test_on_a_phone_whose_script_does_not_come_form_and_tasks_are_shown(
    visit: Callable[..., Page], page: Page, email: str
) -> None:
    press(page, "a kitten", engine="simulated")
    phone = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    sign_in(phone, email)
    phone.route(re.compile(r"/js/feed\b"), lambda route: route.abort())
    phone.goto("/")
    expect(phone.locator("#prompt")).to_be_visible()
    expect(phone.locator(".job")).to_be_visible()
