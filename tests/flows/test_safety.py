"""What the safety rule blurs and what a plan marks, as members and Dave, the admin, see it."""

import io
from collections.abc import Callable, Iterator

import numpy
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.flows.browser import make_admin, make_members, no_violation, press, run_code, sign_in
from tests.studio import Studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]

LOOK_AT_NOTHING = "from generation.models import SafetyRule; SafetyRule.objects.update(mode='off')"
PROMOTE = """
from accounts.models import Plan, User
from accounts.services.members import change_plan
change_plan(User.objects.get(email="{email}"), Plan.objects.get(slug="advanced"))
"""


@pytest.fixture
def dave(studio: Studio, visit: Callable[..., Page], members: Iterator[str]) -> Iterator[Page]:
    """Give Dave's page; what he sets is off again after the story."""
    email = next(members)
    make_admin(studio, email)
    yield sign_in(visit(), email)
    run_code(studio, LOOK_AT_NOTHING)


def blurred(picture: Locator) -> bool:
    """Tell whether nobody could see what it shows."""
    return bool(picture.evaluate("picture => getComputedStyle(picture).filter.startsWith('blur')"))


def test_a_picture_is_blurred_until_it_is_clicked_or_dave_says_that_it_is_harmless(page: Page, dave: Page) -> None:
    dave.goto("/admin/generation/safetyrule/")
    dave.get_by_label("safety check").select_option("blur")
    dave.get_by_label("blur from a score of").fill("0")
    dave.get_by_role("button", name="Save", exact=True).click()

    card = press(page, "a red ball", engine="simulated", count=2)
    expect(card).to_have_attribute("data-status", "succeeded")
    tiles = card.locator(".tile")
    assert [blurred(tile.locator(".picture")) for tile in tiles.all()] == [True, True]
    no_violation(page, ".job")
    tiles.first.get_by_text("May be sensitive. Show it").click()
    assert [blurred(tile.locator(".picture")) for tile in tiles.all()] == [False, True]
    one, other = (tile.get_attribute("data-image") for tile in tiles.all())
    page.goto(f"/images/{one}/")
    whole = page.locator(".stage-picture")
    assert blurred(whole)
    page.get_by_text("May be sensitive. Show it").click()
    assert not blurred(whole)
    page.goto(f"/compare/?a={one}&b={other}")
    both = page.locator(".compare-frame img")
    assert [blurred(picture) for picture in both.all()] == [True, True]
    page.get_by_text("May be sensitive. Show it").click()
    assert [blurred(picture) for picture in both.all()] == [False, False]

    dave.goto("/admin/generation/sensitiveimage/")
    thumbnail = dave.locator(".results img").first
    expect(thumbnail).to_be_visible()
    assert thumbnail.evaluate("picture => picture.naturalWidth") > 0
    dave.locator("#action-toggle").check()
    dave.locator("[name=action]").select_option(label="Harmless: blur them no more")
    dave.locator(".actions button[name=index]").click()
    expect(dave.get_by_text("2 pictures are shown.")).to_be_visible()
    page.goto("/gallery/")
    expect(page.locator(".wall-tile")).to_have_count(2)
    expect(page.get_by_text("May be sensitive. Show it")).to_have_count(0)


def test_the_mark_of_a_plan_is_in_the_corner_and_gone_with_a_better_one(
    studio: Studio, visit: Callable[..., Page], email: str
) -> None:
    alice = f"basic-{email}"
    make_members(studio, "basic", [alice])
    page = sign_in(visit(), alice)
    card = press(page, "a red ball [seconds 0.2]")
    expect(card).to_have_attribute("data-status", "succeeded", timeout=60_000)
    page.goto(f"/images/{card.locator('.tile').get_attribute('data-image')}/")
    marked = download(page)
    run_code(studio, PROMOTE.format(email=alice))
    page.reload()
    different = numpy.abs(download(page) - marked).max(axis=2) > 60
    height, width = different.shape
    assert different[-height // 8 :, width // 2 :].any()
    assert not different[: -height // 6].any()


def download(page: Page) -> NDArray[numpy.int_]:
    """Press Download, and open the file."""
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download").click()
    with Image.open(io.BytesIO(begun.value.path().read_bytes())) as picture:
        return numpy.asarray(picture.convert("RGB"), dtype=int)
