"""Building a recipe in the page: by mouse, by keys, by finger; on one picture and on many."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.flows.browser import make_members, no_violation, press, sign_in
from tests.studio import Studio

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("flow")]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PHOTO = Path(__file__).parents[1] / "photos" / "coffee.png"


def open_builder(page: Page, photo: Path = PHOTO) -> Locator:
    """Bring a photo and open the builder on it."""
    page.locator("#picture").set_input_files(photo)
    page.locator("[data-process-reference]").click()
    builder = page.locator("[data-builder]")
    expect(builder).to_be_visible()
    return builder


def add(builder: Locator, op: str) -> Locator:
    """Add a step; gives it."""
    builder.locator("[data-add-menu] summary").click()
    builder.locator(f"[data-add={op}]").click()
    return builder.locator(f".step[data-op={op}]")


def steps(builder: Locator) -> list[str | None]:
    """Name the steps in their order."""
    return [step.get_attribute("data-op") for step in builder.locator(".step").all()]


def test_an_upload_goes_through_a_recipe_without_generating(page: Page) -> None:
    builder = open_builder(page)
    add(builder, "crop")
    expect(builder.locator("[data-after] img")).to_be_visible()
    expect(builder.locator("[data-result]")).to_have_text("600 × 400 → 400 × 400")
    resize = add(builder, "resize")
    resize.get_by_label("Width").fill("120")
    expect(builder.locator("[data-result]")).to_have_text("600 × 400 → 120 × 120")
    expect(resize.locator("[data-summary]")).to_have_text("120 px")
    expect(builder.locator("[data-price]")).to_have_text("Free")
    no_violation(page, ".builder-dialog")
    builder.get_by_role("button", name="Process the picture").click()
    expect(builder).to_be_hidden()
    expect(page.locator(".toast")).to_contain_text("1 picture is being processed.")
    card = page.locator(".job").first
    expect(card).to_have_attribute("data-status", "succeeded")
    expect(card.locator(".picture img")).to_have_attribute("width", "120")


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(page: Page) -> None:
    builder = open_builder(page)
    add(builder, "crop")
    resize = add(builder, "resize")
    width = resize.get_by_label("Width")
    width.fill("99999")
    expect(resize.locator(".setting .field-error:visible")).to_have_text("Choose a number from 1 to 8192.")
    expect(width).to_have_attribute("aria-invalid", "true")
    resize.locator("[data-open]").click()
    builder.locator("[data-run]").press("Enter")
    expect(width).to_be_focused()
    page.keyboard.press("Escape")
    expect(builder).to_be_hidden()
    page.locator("[data-process-reference]").click()
    expect(builder.locator(".step[data-op=resize] [data-summary]")).to_have_text("Choose a number from 1 to 8192.")
    assert steps(builder) == ["crop", "resize"]
    builder.locator(".step[data-op=resize] [data-open]").click()
    width.fill("300")
    expect(builder.locator("[data-result]")).to_have_text("600 × 400 → 300 × 300")


def test_by_keyboard_steps_are_added_moved_and_removed(page: Page) -> None:
    builder = open_builder(page)
    summary = builder.locator("[data-add-menu] summary")
    expect(summary).to_be_focused()
    for downs in (1, 2):
        summary.press("Enter")
        expect(builder.locator("[data-add]").first).to_be_focused()
        for _ in range(downs - 1):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(builder.locator(".step")).to_have_count(downs)
        summary.focus()
    assert steps(builder) == ["resize", "crop"]
    crop = builder.locator(".step[data-op=crop] [data-open]")
    crop.press("Alt+ArrowUp")
    assert steps(builder) == ["crop", "resize"]
    expect(crop).to_be_focused()
    expect(page.locator("#live-region")).to_have_text("Crop: place 1 of 2")
    crop.press("Delete")
    assert steps(builder) == ["resize"]
    expect(builder.locator(".step[data-op=resize] [data-open]")).to_be_focused()
    summary.press("Enter")
    expect(builder.locator("[data-add]").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(builder).to_be_visible()
    expect(builder.locator("[data-add-menu]")).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(builder).to_be_hidden()


def test_a_step_is_dragged_and_the_line_between_before_and_after_too(page: Page) -> None:
    builder = open_builder(page)
    for op in ("crop", "colour", "convert"):
        add(builder, op)
    builder.locator(".step[data-op=convert] [data-open]").click()  # all are closed
    grip = builder.locator(".step[data-op=convert] [data-grip]").bounding_box()
    first = builder.locator(".step[data-op=crop]").bounding_box()
    assert grip is not None
    assert first is not None
    page.mouse.move(grip["x"] + 8, grip["y"] + 12)
    page.mouse.down()
    page.mouse.move(grip["x"] + 8, first["y"] + 4, steps=8)
    page.mouse.up()
    assert steps(builder) == ["convert", "crop", "colour"]
    slider = builder.get_by_role("slider", name="Before and after")
    expect(slider).to_have_value("50")
    box = builder.locator("[data-look]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    expect(slider).to_have_value("25")
    slider.press("ArrowRight")
    expect(slider).to_have_value("26")


def test_a_recipe_is_kept_under_a_name_and_used_again(page: Page) -> None:
    builder = open_builder(page)
    add(builder, "resize").get_by_label("Width").fill("64")
    add(builder, "rotate")
    shelf = builder.locator("[data-shelf]")
    shelf.locator("summary").click()
    shelf.get_by_role("button", name="Save").click()
    expect(shelf.get_by_role("alert")).to_contain_text("Give a name")
    shelf.get_by_label("Name of the recipe").fill("Small")
    shelf.get_by_label("Name of the recipe").press("Enter")
    expect(shelf.get_by_role("button", name="Small", exact=True)).to_be_visible()
    no_violation(page, ".builder-dialog")
    shelf.get_by_role("button", name="Rename Small").click()
    shelf.get_by_role("textbox", name="Rename Small").fill("Tiny")
    shelf.get_by_role("textbox", name="Rename Small").press("Enter")
    expect(shelf.get_by_role("button", name="Rename Tiny")).to_be_focused()
    shelf.get_by_role("button", name="Share Tiny").click()
    link = shelf.get_by_label("Link for other members")
    expect(link).to_have_value(re.compile("/recipes/shared/"))
    url = link.input_value()
    expect(shelf.get_by_role("button", name="Tiny", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    for op in ("resize", "rotate"):
        builder.locator(f".step[data-op={op}] [data-remove]").click()
    expect(builder.locator("[data-steps-empty]")).to_be_visible()
    shelf.locator("summary").click()
    shelf.get_by_role("button", name="Tiny", exact=True).click()
    assert steps(builder) == ["resize", "rotate"]
    expect(builder.locator(".step[data-op=resize] [data-setting=width] input")).to_have_value("64")
    expect(builder.locator(".step[data-op=resize] [data-setting=fit] [value=fit]")).to_be_checked()
    page.goto(url)
    expect(page.get_by_role("listitem").filter(has_text="Rotate and flip")).to_be_visible()
    no_violation(page)
    page.get_by_role("button", name="Keep it as mine").click()
    expect(page.locator(".messages")).to_contain_text("Tiny (2)")


def test_a_selection_of_the_gallery_goes_through_one_recipe(page: Page) -> None:
    press(page, "two boats [seconds 0.2]", engine="simulated", count=2)
    expect(page.locator(".job").first).to_have_attribute("data-status", "succeeded")
    page.goto("/gallery/")
    for box in page.locator("[data-choose]").all():
        box.check(force=True)
    page.locator("[data-process-chosen]").click()
    builder = page.locator("[data-builder]")
    expect(builder.get_by_role("heading", name="Process 2 pictures")).to_be_visible()
    add(builder, "crop")
    builder.get_by_role("button", name="Look at picture 2").click()
    expect(builder.locator("[data-after] img")).to_be_visible()
    builder.get_by_role("button", name="Process 2 pictures").click()
    page.get_by_role("link", name="Show the tasks").click()
    expect(page.locator(".job[data-status=succeeded]")).to_have_count(3)


def test_a_picture_dropped_on_the_form_is_only_processed(page: Page, picture: Path) -> None:
    data = picture.read_bytes().hex()
    page.locator("[data-drop=process]").evaluate(
        """(target, data) => {
            const bytes = new Uint8Array(data.match(/../g).map((pair) => parseInt(pair, 16)));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], "kitten.png", { type: "image/png" }));
            for (const name of ["dragenter", "dragover", "drop"]) {
                target.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer }));
            }
        }""",
        data,
    )
    expect(page.locator("[data-builder] [data-result]")).to_have_text("320 × 240")
    expect(page.locator("#create [name=reference]")).to_have_value("")


def test_on_a_phone_the_free_plan_sees_what_is_locked(visit: Callable[..., Page], studio: Studio) -> None:
    make_members(studio, "basic", ["free-recipes@example.com"])
    page = sign_in(visit(**PHONE), "free-recipes@example.com")
    builder = open_builder(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    builder.locator("[data-add-menu] summary").tap()
    expect(builder.locator("[data-add]").first).to_be_focused()
    locked = builder.locator("[data-add=watermark]")
    expect(locked).to_contain_text("Comes with Advanced")
    locked.press("Enter")
    assert steps(builder) == []
    no_violation(page, ".builder-dialog")
    builder.locator("[data-add=resize]").tap()
    step = builder.locator(".step").bounding_box()
    assert step is not None
    assert step["x"] + step["width"] <= 390
    builder.get_by_label("Width").fill("1537")
    expect(builder.locator("[data-reasons]")).to_contain_text("Your plan allows 1536 pixels a side.")
    builder.get_by_label("Width").fill("1000")
    expect(builder.locator("[data-reasons]")).to_be_hidden()
    expect(builder.locator("[data-run]")).to_have_attribute("aria-disabled", "false")


def test_the_free_plan_reaches_locked_steps_by_keys_and_reads_what_opens_them(
    visit: Callable[..., Page], studio: Studio
) -> None:
    make_members(studio, "basic", ["no-steps@example.com"])
    page = sign_in(visit(), "no-steps@example.com")
    page.locator("[name=count]:checked").press("Tab")
    locked = page.get_by_role("button", name="Add steps · Comes with Advanced")
    expect(locked).to_be_focused()
    locked.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    no_violation(page, "#create")


def test_steps_follow_on_a_picture_that_is_made(page: Page) -> None:
    press(page, "a first boat [seconds 0.2]", engine="simulated", count=1)
    expect(page.locator(".job").first).to_have_attribute("data-status", "succeeded")
    page.get_by_role("button", name="Add steps").click()
    builder = page.locator("[data-builder]")
    add(builder, "crop").get_by_label("Ratio").select_option("2:1")
    add(builder, "resize").get_by_label("Width").fill("90")
    expect(builder.locator("[data-after] img")).to_be_visible()
    builder.get_by_role("button", name="Use these steps").click()
    expect(builder).to_be_hidden()
    chips = page.locator("[data-after-chips] li")
    expect(chips).to_have_count(2)
    no_violation(page, "#create")
    card = press(page, "a second boat [seconds 0.2]", engine="simulated", count=1)
    expect(card).to_have_attribute("data-status", "succeeded")
    expect(card.locator(".picture img")).to_have_attribute("width", "90")
    expect(card.locator(".picture img")).to_have_attribute("height", "45")
    card.locator(".job-details summary").click()
    expect(card.locator(".job-details")).to_contain_text("Crop 2:1 → Resize 90 px")
    page.reload()
    expect(chips).to_have_count(2)
    chips.first.get_by_role("button", name="Remove Crop").click()
    expect(chips).to_have_count(1)
    chips.first.get_by_role("button", name="Change Resize").click()
    expect(builder.locator(".step[data-op=resize] [data-setting=width] input")).to_have_value("90")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Remove Resize").click()
    card.locator("[data-reuse]").first.click()
    expect(chips).to_have_count(2)


def test_before_and_after_lie_over_each_other(page: Page) -> None:
    builder = open_builder(page)
    add(builder, "crop")
    before, after = builder.locator("[data-before] img"), builder.locator("[data-after] img")
    expect(after).to_be_visible()
    expect(before).to_have_js_property("naturalWidth", 600)
    add(builder, "colour")
    expect(before).to_have_attribute("src", re.compile("^data:"))
    assert before.bounding_box() == after.bounding_box()
    builder.locator(".step[data-op=crop]").get_by_role("button", name="Remove Crop").click()
    expect(before).to_have_js_property("naturalWidth", 600)
