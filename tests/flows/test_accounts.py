"""Logging in with more than a password, leaving, and being told: told in a real browser."""

import base64
import hashlib
import hmac
import struct
import time
import zipfile

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.factories import PASSWORD
from tests.flows.browser import press, studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in_key(page: Page) -> CDPSession:
    """Give this browser a key of its own, as Chromium's tools do."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return devtools


def prove(page: Page, path: str) -> None:
    """Go to a page that wants a fresh proof, and give the password where it asks."""
    page.goto(path)
    if "reauthenticate" in page.url:
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    page.wait_for_url(f"**{path}*")


def code_of(secret: str, *, ahead: int = 0) -> str:
    """Make the code an app shows (RFC 6238), now or so many half minutes ahead."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + ahead), hashlib.sha1).digest()
    (number,) = struct.unpack(">I", digest[(start := digest[-1] & 15) : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def log_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_label("Your account").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()


def give_password(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("textbox").first.fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()


def set_up_app(page: Page) -> tuple[str, list[str]]:
    """Set up an authenticator app; gives its secret and the recovery codes."""
    prove(page, "/accounts/2fa/totp/activate/")
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Activate").click()
    page.goto("/accounts/2fa/recovery-codes/")
    return secret, page.locator("#recovery_codes").input_value().split()


def test_a_passkey_takes_the_place_of_the_password(page: Page) -> None:
    plug_in_key(page)
    prove(page, "/accounts/2fa/webauthn/add/")
    page.locator("input[name=name]").fill("My laptop")
    page.get_by_role("button", name="Add a key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("My laptop")).to_be_visible()
    log_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_selector("html[data-live=open]")


def test_a_passkey_that_is_not_there_is_said(page: Page) -> None:
    log_out(page)
    plug_in_key(page)  # an empty one
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work")


def test_an_app_is_asked_after_the_password(page: Page, email: str) -> None:
    secret, _codes = set_up_app(page)
    log_out(page)
    give_password(page, email)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.locator("input[name=code]").fill("000000")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text("Incorrect code.")).to_be_visible()
    page.locator("input[name=code]").fill(code_of(secret, ahead=1))  # the one before was used
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_selector("html[data-live=open]")


def test_a_recovery_code_works_once(page: Page, email: str) -> None:
    _secret, codes = set_up_app(page)
    for works in (True, False):
        log_out(page)
        give_password(page, email)
        page.locator("input[name=code]").fill(codes[0])
        page.get_by_role("button", name="Log in", exact=True).click()
        if works:
            page.wait_for_selector("html[data-live=open]")
    expect(page.get_by_text("Incorrect code.")).to_be_visible()


NOTE_NOTICES = """
window.told = [];
window.Notification = class extends EventTarget {
  static permission = "granted";
  static requestPermission = async () => "granted";
  constructor(title, options) { super(); window.told.push(`${title}: ${options.body}`); }
};
Object.defineProperty(document, "hidden", { get: () => window.lookingElsewhere ?? false });
"""


def test_a_finished_task_is_told_to_who_looks_elsewhere_and_asked_for_it(page: Page) -> None:
    page.add_init_script(NOTE_NOTICES)  # Chromium without a screen shows none; when ours is asked is what counts
    page.goto("/account/")
    page.get_by_label("Show a notification in this browser").check()
    studio(page)
    press(page, "a kitten [seconds 0.2]", engine="simulated")
    expect(page.locator(".job").first).to_have_attribute("data-status", "succeeded")
    assert page.evaluate("told") == []  # it was seen
    page.evaluate("window.lookingElsewhere = true")
    press(page, "a dog [seconds 0.2]", engine="simulated")
    page.wait_for_function("() => told.length > 0")
    assert page.evaluate("told") == ["Task #2 is finished: a dog [seconds 0.2]"]


def test_a_member_takes_everything_along_and_leaves(page: Page) -> None:
    press(page, "a kitten [seconds 0.2]", engine="simulated")
    expect(page.locator(".job").first).to_have_attribute("data-status", "succeeded")
    page.goto("/account/")
    page.get_by_role("link", name="Take everything with you").click()
    page.locator("input[type=password]").fill(PASSWORD)
    with page.expect_download() as download:
        page.get_by_role("button", name="Confirm").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        assert [name for name in archive.namelist() if name.startswith("pictures/")]
    page.goto("/account/delete/")
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Delete everything").click()
    expect(page.locator(".messages").get_by_text("Your account is closed")).to_be_visible()
