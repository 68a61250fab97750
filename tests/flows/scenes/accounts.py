"""The account: proofs beside the password, leaving, what admins say, and doors that are shut."""

from playwright.sync_api import Page

from tests.factories import PASSWORD
from tests.flows.stage import Stage, scene

ANNOUNCE = """
from accounts.models import Announcement
Announcement.objects.create(text_en="Tonight at 22:00 we are away for ten minutes. Your tasks go on afterwards.",
    text_zh="今晚 22:00 将停机维护十分钟，任务会在维护后继续。", level="warning")
Announcement.objects.create(text_en="New: share a picture by a link.", text_zh="新功能：可以通过链接分享图片。")
"""
SILENCE = "from accounts.models import Announcement; Announcement.objects.all().delete()"
SIGN_UP = """
from accounts.models import SiteSettings
SiteSettings.objects.update_or_create(pk=1, defaults={{"sign_up": "{}"}})
"""


def prove(page: Page, path: str) -> None:
    """Go to a page that wants a fresh proof, and give the password where it asks."""
    page.goto(path)
    if "reauthenticate" in page.url:
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()


@scene
def account(stage: Stage) -> None:
    """Every page about the account."""
    page = stage.member()
    page.goto("/accounts/2fa/totp/activate/")
    stage.shoot(page, "account-proof")
    prove(page, "/accounts/2fa/totp/activate/")
    stage.shoot(page, "account-app")
    pages = {
        "account": "/account/",
        "account-email": "/accounts/email/",
        "account-password": "/accounts/password/change/",
        "account-factors": "/accounts/2fa/",
        "account-key": "/accounts/2fa/webauthn/add/",
        "account-devices": "/accounts/sessions/",
        "account-delete": "/account/delete/",
    }
    for name, path in pages.items():
        page.goto(path)
        stage.shoot(page, name, whole=name == "account")


@scene
def announcements(stage: Stage) -> None:
    """What admins say, above the studio."""
    page = stage.member()
    stage.run(ANNOUNCE)
    page.reload()
    page.wait_for_selector("html[data-live=open]")
    stage.shoot(page, "announcements")
    stage.run(SILENCE)


@scene
def doors(stage: Stage) -> None:
    """Sign-up by invitation and closed, an invitation that is void, and the way back to a lost password."""
    page = stage.visitor()
    for mode in ("invitation", "closed"):
        stage.run(SIGN_UP.format(mode))
        page.goto("/accounts/signup/")
        stage.shoot(page, f"sign-up-{mode}")
    stage.run(SIGN_UP.format("open"))
    for name, path in (("invitation-void", "/invitation/nothing/"), ("password-reset", "/accounts/password/reset/")):
        page.goto(path)
        stage.shoot(page, name)
