"""A real Chromium, and what a person does with it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.factories import PASSWORD
from tests.studio import Studio

MAKE_MEMBERS = """
from django.contrib.auth.hashers import make_password
from accounts.models import Plan, User
from accounts.services.members import create_member
for email in {emails}:
    create_member(email, plan=Plan.objects.get(slug="{plan}"))
User.objects.filter(email__in={emails}).update(password=make_password("{password}"))  # its hash takes long
"""
MAKE_ADMIN = """
from accounts.models import User
User.objects.filter(email="{email}").update(is_staff=True, is_superuser=True)
"""
# Colours on their way to others have contrasts that nobody is shown for long; what turns for ever is not waited for.
SETTLED = """() => Promise.allSettled(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity).map((each) => each.finished))"""
# The shell draws no windows around its pages, which takes most of a short story's time. Without it, Playwright's own.
EXECUTABLE = shutil.which("chromium-headless-shell")
# Everything Chromium would ask of the internet is off: a closed network makes it wait.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium, as it is for machines."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=QUIET)
        yield browser
        browser.close()


def open_page(browser: Browser, url: str, **context: Any) -> Page:
    """Open a page of its own: own cookies, own storage. A script that fails fails the story."""
    page = browser.new_context(base_url=url, **context).new_page()
    page.on("pageerror", lambda error: _fail(page, error))
    return page


def _fail(page: Page, error: Exception) -> None:
    page.context.close()
    raise AssertionError(f"a script failed: {error}")


def make_members(studio: Studio, plan: str, emails: list[str]) -> None:
    """Make members of one plan, all in one process."""
    run_code(studio, MAKE_MEMBERS.format(emails=emails, plan=plan, password=PASSWORD))


def make_admin(studio: Studio, email: str) -> None:
    """Give a member the rights of Dave."""
    run_code(studio, MAKE_ADMIN.format(email=email))


def run_code(studio: Studio, code: str) -> None:
    """Run code on the studio's own data."""
    assert studio.run("shell", "-c", code).wait(180) == 0, studio.read_log()


def sign_in(page: Page, email: str) -> Page:
    """Log in and come to the studio."""
    page.goto("/accounts/login/")
    page.get_by_role("textbox").first.fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    return studio(page)


def studio(page: Page) -> Page:
    """Come to `/` and wait until its live channel is open."""
    page.goto("/")
    page.wait_for_selector("html[data-live=open]")
    return page


def press(page: Page, prompt: str, *, engine: str = "", count: int = 1, size: str = "s") -> Locator:
    """Type a prompt, press Generate, and give the card, which the server has accepted."""
    page.locator(f"[name=count][value='{count}']").check(force=True)
    page.locator(f"[name=size][value='{size}']").check(force=True)
    if engine:
        page.locator(".advanced").evaluate("fold => (fold.open = true)")
        page.locator("#engine").select_option(engine)
    known = {card.get_attribute("id") for card in page.locator(".job[data-job]").all()}
    page.locator("#prompt").fill(prompt)
    page.locator("#prompt").press("Control+Enter")
    expect(page.locator(".job[data-job]")).to_have_count(len(known) + 1)
    (new,) = {card.get_attribute("id") for card in page.locator(".job[data-job]").all()} - known
    return page.locator(f"#{new}")


def seq(page: Page) -> int:
    """Give the last change that the page knows without a gap before it."""
    return int(page.locator("html").get_attribute("data-seq") or 0)


def no_violation(page: Page, within: str | None = None) -> None:
    """See that axe finds nothing, once the page has come to rest."""
    page.evaluate(SETTLED)
    report = Axe().run(page, context=within)
    assert report.violations_count == 0, f"{page.url}\n{report.generate_report()}"
