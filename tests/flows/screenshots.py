"""Make the pictures of the product's pages: `python -m tests.flows.screenshots OUT_DIR`."""

import tests.environment  # isort: skip  # noqa: F401  sets Django up, so it comes first

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.flows.browser import chromium, make_members, open_page, press, sign_in
from tests.studio import Studio

WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS: dict[str, dict[str, object]] = {
    "wide-light-en": WIDE | {"color_scheme": "light", "locale": "en"},
    "wide-dark-zh": WIDE | {"color_scheme": "dark", "locale": "zh-CN"},
    "phone-light-zh": PHONE | {"color_scheme": "light", "locale": "zh-CN"},
    "phone-dark-en": PHONE | {"color_scheme": "dark", "locale": "en"},
}
PROMPTS = {
    "en": ("A cute kitten by the sea at sunset, watercolor", "A lighthouse on the coast in a storm, oil painting"),
    "zh-CN": ("日落海边的一只可爱小猫,水彩", "暴风雨中礁石海岸上的灯塔,油画"),
}


def take(folder: Path) -> None:
    """Run the product in a folder of its own and photograph it."""
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        studio = Studio(Path(data), SIMULATED_ENGINE="1")
        try:
            studio.wait_until_healthy()
            for name, look in LOOKS.items():
                _tour(studio, browser, folder / name, look)
        finally:
            studio.stop()


def _tour(studio: Studio, browser: Browser, folder: Path, look: dict[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for plan in ("basic", "advanced"):
        make_members(studio, plan, [f"{plan}@{folder.name}.example"])
    _as_visitor(open_page(browser, studio.url, **look), folder)
    _as_newcomer(sign_in(open_page(browser, studio.url, **look), f"basic@{folder.name}.example"), folder)
    prompts = PROMPTS[str(look["locale"])]
    _at_work(sign_in(open_page(browser, studio.url, **look), f"advanced@{folder.name}.example"), folder, prompts)


def _as_visitor(page: Page, folder: Path) -> None:
    for name, path in (("landing", "/"), ("sign-up", "/accounts/signup/"), ("log-in", "/accounts/login/")):
        page.goto(path)
        _shoot(page, folder, name)
    page.goto("/nowhere/")
    _shoot(page, folder, "not-found")
    page.context.close()


def _as_newcomer(page: Page, folder: Path) -> None:
    expect(page.locator("[data-price]")).not_to_have_attribute("data-price", "")
    _shoot(page, folder, "first-run")
    page.locator(".advanced").evaluate("fold => (fold.open = true)")
    page.locator(".advanced").scroll_into_view_if_needed()
    _shoot(page, folder, "locked")
    for name, path in (("plans", "/plans/"), ("account", "/account/")):
        page.goto(path)
        _shoot(page, folder, name)
    page.context.close()


def _at_work(page: Page, folder: Path, prompts: tuple[str, ...]) -> None:
    done = press(page, prompts[0], engine="illustrator", count=4, size="m")
    expect(done).to_have_attribute("data-status", "succeeded", timeout=90_000)
    _send(page, f"{prompts[1]} [fail moderation_rejected] [seconds 0.2]", "simulated", 2)
    expect(page.locator('.job[data-status="failed"]')).to_have_count(1)
    _send(page, f"{prompts[1]} [seconds 60]", "simulated", 8)
    _send(page, f"{prompts[0]} [seconds 60]", "simulated", 1)
    expect(page.locator('.tile[data-status="running"] progress[value]').nth(2)).to_be_attached()
    page.wait_for_timeout(4_000)  # some percent
    _shoot(page, folder, "busy")
    for cancel in page.locator(".job form[action^='/jobs/'][action$='/cancel/'] button").all():
        cancel.click()
    _tab(page, "create")
    page.locator("#prompt").fill(" ")
    page.locator(".generate").press("Enter")
    page.locator("#prompt").fill(prompts[1])
    page.locator("#seed").fill("-1")
    page.locator(".generate").press("Enter")
    expect(page.locator("#error-seed")).to_be_visible()
    _shoot(page, folder, "refused")
    page.locator("#seed").fill("")
    _send(page, prompts[1], "illustrator", 2)
    expect(page.locator(".preview:not([hidden])").first).to_be_visible()
    _shoot(page, folder, "preview")
    page.context.close()


def _send(page: Page, prompt: str, engine: str, count: int) -> None:
    _tab(page, "create")
    press(page, prompt, engine=engine, count=count)


def _tab(page: Page, name: str) -> None:
    """On phones the bar and the feed are tabs."""
    tab = page.locator(f'.bottom-tabs [data-tab="{name}"]')
    if tab.is_visible():
        tab.click()


def _shoot(page: Page, folder: Path, name: str) -> None:
    page.wait_for_timeout(400)  # pictures fade in
    page.screenshot(path=folder / f"{name}.png")


if __name__ == "__main__":
    take(Path(sys.argv[1]))
