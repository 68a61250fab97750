"""A picture that is dropped on the bar fills it, and one press takes that back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from playwright.sync_api import JSHandle, Page, expect

from tests.flows.browser import no_violation, press, sign_in

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]
WORDS = (
    "雪中的狐狸, a fox\nNegative prompt: blurry\n"
    "Steps: 200, Sampler: Euler a, CFG scale: 6.5, Seed: 9223372036854775000, Size: 768x512, Clip skip: 2"
)


@pytest.fixture
def fox(tmp_path: Path) -> Path:
    """Give a picture as AUTOMATIC1111's web UI writes it."""
    said = PngImagePlugin.PngInfo()
    said.add_text("parameters", WORDS)
    Image.new("RGB", (96, 64), "white").save(tmp_path / "fox.png", pnginfo=said)
    return tmp_path / "fox.png"


def carry(page: Page, file: Path) -> JSHandle:
    """Take a file into the hand."""
    return page.evaluate_handle(
        """bytes => {
            const carried = new DataTransfer();
            carried.items.add(new File([new Uint8Array(bytes)], "fox.png", { type: "image/png" }));
            return carried;
        }""",
        list(file.read_bytes()),
    )


def test_a_dropped_picture_fills_the_bar_and_undo_takes_it_back(page: Page, fox: Path) -> None:
    page.locator("#prompt").fill("what I had")
    page.dispatch_event("#create", "dragenter", {"dataTransfer": carry(page, fox)})
    expect(page.locator("[data-drop]")).to_have_count(3)
    page.dispatch_event('[data-drop="recall"]', "dragover", {"dataTransfer": carry(page, fox)})
    expect(page.locator('[data-drop="recall"]')).to_have_attribute("data-over", "")
    page.dispatch_event('[data-drop="recall"]', "drop", {"dataTransfer": carry(page, fox)})
    panel = page.locator(".recalled")
    expect(panel).to_contain_text("AUTOMATIC1111")
    expect(panel).to_contain_text("Steps: 150 instead of 200, the limit here.")
    expect(panel).to_contain_text("Clip skip: 2")
    expect(page.locator("#engine")).to_have_value("simulated")
    expect(page.locator("#prompt")).to_have_value("雪中的狐狸, a fox")
    expect(page.locator("#negative_prompt")).to_have_value("blurry")
    expect(page.locator("#seed")).to_have_value("9223372036854775000")
    expect(page.locator("[name=aspect][value=custom]")).to_be_checked()
    expect(page.locator(".reference-chip")).to_be_hidden()
    no_violation(page, "#create")
    panel.get_by_role("button", name="Undo").click()
    expect(page.locator("#prompt")).to_have_value("what I had")
    expect(page.locator("#seed")).to_have_value("")
    expect(page.locator("[name=aspect][value='1:1']")).to_be_checked()


def test_by_keyboard_the_chosen_picture_offers_its_settings(page: Page, fox: Path) -> None:
    page.locator("#picture").set_input_files(fox)
    expect(page.locator("[data-reference-state]")).to_have_text("96 × 64")
    page.get_by_role("button", name="Recall its settings").press("Enter")
    expect(page.locator("#prompt")).to_have_value("雪中的狐狸, a fox")
    expect(page.locator("[data-reference-state]")).to_have_text("96 × 64")
    no_violation(page, "#create")


def test_a_photograph_offers_nothing(page: Page, picture: Path) -> None:
    page.locator("#picture").set_input_files(picture)
    expect(page.locator("[data-reference-state]")).to_have_text("320 × 240")
    expect(page.get_by_role("button", name="Recall its settings")).to_be_hidden()


def test_a_dropped_photograph_says_that_it_knows_nothing(page: Page, picture: Path) -> None:
    page.locator("#prompt").fill("stays")
    page.dispatch_event('[data-drop="recall"]', "drop", {"dataTransfer": carry(page, picture)})
    expect(page.locator(".recalled")).to_contain_text("does not say how it was made")
    expect(page.locator("#prompt")).to_have_value("stays")


def test_what_was_made_here_comes_back_on_a_phone(visit: Callable[..., Page], email: str, tmp_path: Path) -> None:
    page = sign_in(visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True), email)
    card = press(page, "a boat on a lake [seconds 0.2]", engine="simulated")
    expect(card).to_have_attribute("data-status", "succeeded")
    made = page.request.get(card.locator("a[download]").first.get_attribute("href") or "")
    (tmp_path / "boat.png").write_bytes(made.body())
    page.locator('.bottom-tabs [data-tab="create"]').tap()
    page.locator("#prompt").fill("")
    page.locator("#picture").set_input_files(tmp_path / "boat.png")
    page.get_by_role("button", name="Recall its settings").tap()
    expect(page.locator("#prompt")).to_have_value("a boat on a lake [seconds 0.2]")
    expect(page.locator("#engine")).to_have_value("simulated")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
