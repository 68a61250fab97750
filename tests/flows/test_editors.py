"""Cropping a reference picture and painting a mask over it: by mouse, by keys, by finger."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.flows.browser import make_members, no_violation, press, sign_in
from tests.studio import Studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def choose(page: Page, picture: Path) -> None:
    """Start from a picture of 320 × 240."""
    page.locator("#picture").set_input_files(picture)
    expect(page.locator("[data-reference-state]")).to_have_text("320 × 240")


def open_painter(page: Page, picture: Path) -> Any:
    choose(page, picture)
    page.get_by_role("button", name="Paint a mask").click()
    canvas = page.locator("#mask-editor canvas")
    expect(canvas).to_be_focused()
    return canvas


def use_mask(page: Page) -> Image.Image:
    """Be done with painting; gives the mask as the server has it."""
    field = page.locator("#create [name=mask]")
    before = field.input_value()
    page.get_by_role("button", name="Use this mask").click()
    expect(field).not_to_have_value(before)
    expect(page.locator(".mask-line")).to_be_visible()
    mask = field.input_value()
    return Image.open(BytesIO(page.request.get(f"/references/{mask}/file/").body())).convert("L")


def test_a_picture_is_cropped_to_the_shape_of_the_new_one(page: Page, picture: Path) -> None:
    page.locator("[name=aspect][value='3:2']").check(force=True)
    choose(page, picture)
    page.locator("[data-crop]").click()
    expect(page.locator("#crop-editor output")).to_have_text("320 × 240")
    no_violation(page, "#crop-editor")
    page.locator("#crop-editor [value=target]").check(force=True)
    expect(page.locator("#crop-editor output")).to_have_text("320 × 213")
    corner = page.get_by_role("button", name="Lower right corner").bounding_box()
    assert corner is not None
    at = corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - 200, at[1] - 200, steps=5)
    page.mouse.up()
    width, height = map(int, page.locator("#crop-editor output").inner_text().split(" × "))
    assert width < 320
    assert width / height == pytest.approx(1.5, abs=0.02)
    page.locator("#crop-editor [data-done]").click()
    expect(page.locator("[data-reference-state]")).to_have_text(f"{width} × {height}")


def test_by_keyboard_a_side_is_cropped_and_escape_changes_nothing(page: Page, picture: Path) -> None:
    choose(page, picture)
    crop = page.locator("[data-crop]")
    crop.press("Enter")
    expect(page.locator("#crop-editor")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-reference-state]")).to_have_text("320 × 240")
    expect(crop).to_be_focused()
    crop.press("Enter")
    side = page.get_by_role("button", name="Right side")
    side.focus()
    for _ in range(5):
        side.press("Shift+ArrowLeft")
    expect(page.locator("#crop-editor output")).to_have_text("240 × 240")
    page.locator(".frame").press("Shift+ArrowRight")
    page.locator("#crop-editor [data-done]").press("Enter")
    expect(page.locator("[data-reference-state]")).to_have_text("240 × 240")
    expect(crop).to_be_focused()


def test_a_painted_mask_goes_with_the_task_and_survives_a_refusal(page: Page, picture: Path) -> None:
    canvas = open_painter(page, picture)
    undo, redo = page.get_by_role("button", name="Undo").last, page.get_by_role("button", name="Redo")
    expect(undo).to_be_disabled()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    undo.click()
    expect(undo).to_be_disabled()
    redo.click()
    expect(redo).to_be_disabled()
    no_violation(page, "#mask-editor")
    mask = use_mask(page)
    assert mask.size == (320, 240)
    assert (mask.getpixel((160, 120)), mask.getpixel((160, 20)), mask.getpixel((10, 120))) == (255, 0, 0)

    page.locator(".advanced").evaluate("fold => (fold.open = true)")
    page.locator("#seed").fill("-1")
    page.locator("#prompt").fill("a red door [seconds 0.2]")
    page.locator("#engine").select_option("simulated")
    page.locator("#prompt").press("Control+Enter")
    expect(page.locator("#error-seed")).to_be_visible()
    expect(page.locator(".mask-line")).to_be_visible()
    page.locator("#seed").fill("")
    card = press(page, "a red door [seconds 0.2]", engine="simulated")
    expect(card).to_have_attribute("data-status", "succeeded")
    job = page.request.get(f"/api/v1/jobs/{card.get_attribute('data-job')}").json()
    assert job["mode"] == "inpaint"
    page.get_by_role("button", name="Remove the mask").click()
    expect(page.locator(".mask-line")).to_be_hidden()
    expect(page.locator("#create [name=mask]")).to_have_value("")


def test_by_keyboard_it_is_painted_erased_and_inverted(page: Page, picture: Path) -> None:
    canvas = open_painter(page, picture)
    page.get_by_role("button", name="Use this mask").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Nothing is painted yet.")).to_be_visible()
    page.locator("#mask-editor [name=feather]").fill("0")
    canvas.focus()
    canvas.press(" ")  # in the middle
    for _ in range(4):
        canvas.press("Shift+ArrowRight")
    canvas.press("i")
    canvas.press("e")
    expect(page.locator("#mask-editor [value=erase]")).to_be_checked()
    for _ in range(9):
        canvas.press("ArrowLeft")
    canvas.press(" ")
    mask = use_mask(page)
    assert [mask.getpixel((x, 120)) for x in (160, 205, 103, 300)] == [0, 0, 0, 255]
    page.get_by_role("button", name="Change the mask").press("Enter")
    canvas.press("Control+z")  # what was painted is still known
    assert use_mask(page).getpixel((103, 120)) == 255


def test_a_finger_paints_on_a_phone(visit: Callable[..., Page], email: str, picture: Path) -> None:
    page = sign_in(visit(**PHONE), email)
    canvas = open_painter(page, picture)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    no_violation(page, "#mask-editor")
    box = canvas.bounding_box()
    finger = page.context.new_cdp_session(page)
    middle = box["y"] + box["height"] / 2
    path = [{"x": box["x"] + box["width"] * share, "y": middle} for share in (0.2, 0.4, 0.6, 0.8)]
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": path[:1]})
    for point in path[1:]:
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    mask = use_mask(page)
    assert mask.getpixel((160, 120)) == 255
    assert mask.getpixel((160, 20)) == 0


def test_the_free_plan_sees_the_mask_locked(visit: Callable[..., Page], studio: Studio, picture: Path) -> None:
    make_members(studio, "basic", ["no-mask@example.com"])
    page = sign_in(visit(), "no-mask@example.com")
    choose(page, picture)
    locked = page.get_by_role("button", name="Paint a mask")
    expect(locked).to_have_text("Paint a mask · Comes with Advanced")
    locked.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
