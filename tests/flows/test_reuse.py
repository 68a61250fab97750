"""Nothing has to be typed twice: drafts, earlier prompts, presets, remixes, and all of it by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.flows.browser import no_violation, press, sign_in

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]


def test_the_form_is_still_there_after_a_reload_and_gone_after_logging_out(page: Page) -> None:
    page.locator("#prompt").fill("half written")
    page.locator("[name=count][value='2']").check(force=True)
    page.reload()
    expect(page.locator("#prompt")).to_have_value("half written")
    expect(page.locator("[name=count][value='2']")).to_be_checked()
    page.get_by_label("Your account").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft'))") == []


def test_earlier_prompts_come_back_by_key_and_from_the_list(page: Page) -> None:
    for prompt in ("first [seconds 0.1]", "second [seconds 0.1]"):
        press(page, prompt, engine="simulated")
    page.locator("#prompt").fill("third")
    for key, words in (("Up", "second"), ("Up", "first"), ("Down", "second"), ("Down", "third")):
        page.locator("#prompt").press(f"Alt+Arrow{key}")
        expect(page.locator("#prompt")).to_have_value(re.compile(words))
    page.get_by_label("Earlier prompts").first.click()
    page.locator("#prompt-history").get_by_role("button", name="first").click()
    expect(page.locator("#prompt")).to_have_value("first [seconds 0.1]")


def test_a_preset_is_kept_renamed_used_and_deleted(page: Page) -> None:
    page.locator("[name=aspect][value='16:9']").check(force=True)
    page.get_by_label("Presets").click()
    page.get_by_label("Save these settings as").fill("Wide")
    page.get_by_label("Save these settings as").press("Enter")
    expect(page.locator("#presets")).to_contain_text("Wide")
    page.get_by_role("button", name="Rename Wide").click()
    page.keyboard.insert_text("Cinema")
    page.keyboard.press("Enter")
    expect(page.locator("#presets")).to_contain_text("Cinema")
    page.locator("[name=aspect][value='1:1']").check(force=True)  # which shuts the menu
    page.get_by_label("Presets").click()
    page.get_by_role("link", name="Cinema").click()
    expect(page.locator("[name=aspect][value='16:9']")).to_be_checked()
    page.get_by_label("Presets").click()
    page.get_by_role("button", name="Delete Cinema").click()
    expect(page.locator("#presets")).not_to_contain_text("Cinema")
    expect(page.locator(".job")).to_have_count(0)  # none of it pressed Generate


def test_single_settings_and_whole_pictures_are_taken_over(page: Page) -> None:
    card = press(page, "use me [seconds 0.1]", engine="simulated", count=2, size="m")
    expect(card).to_have_attribute("data-status", "succeeded")
    page.locator("#prompt").fill("another")
    card.get_by_text("Details").click()
    card.locator("[data-use=seed]").nth(1).click()
    seed = card.locator(".tile").nth(1).get_attribute("data-seed") or ""
    expect(page.locator("#seed")).to_have_value(seed)
    expect(page.locator("#prompt")).to_have_value("another")
    card.locator(".tile").first.hover()
    card.get_by_role("button", name="More for picture 1").click()
    page.get_by_role("menuitem", name="Start from this picture").click()
    expect(page.locator("[name=reference]")).to_have_value(
        card.locator(".tile").first.get_attribute("data-image") or ""
    )
    expect(page.locator(".reference-chip")).to_be_visible()
    expect(page.locator("#tile-menu")).to_be_hidden()


def test_everything_by_keyboard(page: Page) -> None:
    card = press(page, "by key [seconds 0.1]", engine="simulated", count=2)
    expect(card).to_have_attribute("data-status", "succeeded")
    page.locator("#prompt").blur()
    page.keyboard.press("/")
    expect(page.locator("#prompt")).to_be_focused()
    page.locator("#prompt").blur()
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    expect(card.locator(".picture").nth(1)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#bulk")).to_contain_text("1 chosen")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Single letters, digits and signs do something").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#prompt")).not_to_be_focused()


def test_shift_x_stops_the_newest_and_with_control_all_that_waits(page: Page) -> None:
    running = press(page, "long [seconds 60]", engine="simulated", count=8)
    waiting = press(page, "later [seconds 60]", engine="simulated", count=4)
    expect(running).to_have_attribute("data-status", "running")
    page.locator("#prompt").blur()
    page.keyboard.press("Control+Shift+X")
    expect(waiting).to_have_attribute("data-status", "cancelled")
    expect(page.locator(".toast")).to_have_text("4 waiting pictures cancelled")
    page.keyboard.press("Shift+X")
    expect(running).to_have_attribute("data-status", "cancelled")


@pytest.mark.parametrize("width", [1440, 390])
def test_menus_and_dialogs_are_accessible(visit: Callable[..., Page], email: str, width: int) -> None:
    page = sign_in(visit(viewport={"width": width, "height": 844}, bypass_csp=True), email)
    card = press(page, "axe [seconds 0.1]", engine="simulated", count=2)
    expect(card).to_have_attribute("data-status", "succeeded")
    card.locator(".tile").first.hover()
    card.locator("[data-choose]").first.check()
    card.get_by_text("Details").click()
    card.locator("[data-tile-menu]").first.click()
    no_violation(page)
    page.keyboard.press("Escape")
    page.evaluate("document.getElementById('keys').showModal()")
    no_violation(page)
    page.keyboard.press("Escape")
    page.evaluate("document.documentElement.dataset.tab = 'create'")
    for menu in ("#preset-menu", "#prompt-history"):
        page.locator(f"{menu} summary").click()
        no_violation(page)
