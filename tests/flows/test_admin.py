"""The admin and the account in a real browser: nothing that the policy blocks, and what admins say."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.flows.browser import make_admin, run_code, sign_in
from tests.studio import Studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]

PAGES = (
    "/admin/",
    "/admin/queue/",
    "/admin/mail-test/",
    "/admin/accounts/user/",
    "/admin/accounts/announcement/add/",
    "/admin/accounts/invitation/add/",
    "/admin/generation/engine/",
    "/account/",
    "/account/delete/",
    "/accounts/2fa/",
    "/accounts/email/",
)


def test_the_policy_blocks_nothing(studio: Studio, visit: Callable[..., Page], email: str) -> None:
    make_admin(studio, email)
    page = sign_in(visit(), email)
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    for path in PAGES:
        page.goto(path)
    assert blocked == []


def test_an_admin_speaks_and_a_member_puts_it_away(studio: Studio, visit: Callable[..., Page], email: str) -> None:
    make_admin(studio, email)
    page = sign_in(visit(), email)
    page.goto("/admin/accounts/announcement/add/")
    page.get_by_label("Text in English").fill("New engines tomorrow")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/account/")
    banner = page.get_by_text("New engines tomorrow")
    expect(banner).to_be_visible()
    page.get_by_role("button", name="Put this away").click()
    expect(banner).to_have_count(0)
    run_code(studio, "from accounts.models import Announcement; Announcement.objects.all().delete()")
