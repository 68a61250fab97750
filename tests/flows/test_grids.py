"""One prompt over several settings, in the page: chosen, made, looked at, compared."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.flows.browser import no_violation

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]


def test_settings_are_compared_in_one_table(page: Page) -> None:
    page.locator(".advanced").evaluate("fold => (fold.open = true)")
    page.locator(".axes summary").click()
    page.locator("#engine").select_option("simulated")
    page.locator("[name=size][value=s]").check(force=True)
    page.locator("#axis_1").select_option("steps")
    page.locator("#values_1").fill("10, 20")
    page.locator("#axis_2").select_option("size")
    for shape in ("1:1", "16:9"):
        page.locator(".axis-chip", has_text=re.compile(f"^{shape}$")).click()
    expect(page.locator("[data-grid]")).to_have_text("2 × 2")
    expect(page.locator("#estimate")).to_contain_text("4 pictures")
    no_violation(page)

    page.locator("#prompt").fill("a lighthouse [seconds 1]")
    page.locator("#prompt").press("Control+Enter")
    card = page.locator(".job[data-job]")
    expect(card).to_have_count(1)
    expect(card.get_by_role("columnheader")).to_have_text(["Steps 10", "Steps 20"])
    expect(card.get_by_role("rowheader")).to_have_count(2)
    expect(card.locator(".picture img")).to_have_count(4)
    expect(card).to_have_attribute("data-status", "succeeded")
    no_violation(page)

    card.locator(".picture").first.click()
    expect(page.locator("#lightbox [data-viewer]")).to_be_visible()
    page.keyboard.press("Escape")
    for tile in card.locator(".tile").all()[:2]:
        tile.hover()
        tile.locator("[data-choose]").check()
    page.locator("#bulk").get_by_role("link", name="Compare").click()
    expect(page.get_by_role("main")).to_contain_text("Steps")
    page.go_back()
    expect(page.locator(".job[data-job] .picture")).to_have_count(4)


def test_one_cell_fails_and_is_made_again_where_it_stands(page: Page) -> None:
    page.locator(".advanced").evaluate("fold => (fold.open = true)")
    page.locator(".axes summary").click()
    page.locator("#engine").select_option("simulated")
    page.locator("#axis_1").select_option("seed")
    page.locator("#values_1").fill("1, 2, 3")
    page.locator("#prompt").fill("a kitten [seconds 30]")
    page.locator("#prompt").press("Control+Enter")
    card = page.locator(".job[data-job]")
    expect(card.locator(".tile[data-status=running]")).to_have_count(3)
    tile = card.locator(".tile").nth(1)
    tile.hover()
    tile.get_by_role("button", name="Cancel picture 2").click()
    expect(tile).to_have_attribute("data-status", "cancelled")
    expect(card).to_have_attribute("data-status", "running")
    tile.get_by_role("button", name="Make picture 2 again").click()
    expect(tile).to_have_attribute("data-status", "running")
    card.get_by_role("button", name="Cancel", exact=True).click()
    expect(card).to_have_attribute("data-status", "cancelled")
