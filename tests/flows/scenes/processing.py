"""Building a recipe: the dialog empty, with steps, a mistake, what takes long; the steps of the create bar."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.flows.stage import Stage, scene, send, tab

PHOTOS = Path(__file__).parents[2] / "photos"
RECIPE = """
from accounts.models import User
from generation.services.recipes import save_recipe
save_recipe(User.objects.get(email="{email}"), name="{name}", operations=[
    {{"op": "crop", "ratio": "1:1"}}, {{"op": "resize", "width": 800}}, {{"op": "convert", "format": "webp"}}])
"""
NAMES = {"en": "Shop, square", "zh-CN": "店铺方图"}


def add(builder: Locator, op: str) -> None:
    """Add a step and wait until the picture shows it."""
    builder.locator("[data-add-menu] summary").click()
    builder.locator(f"[data-add={op}]").click()
    expect(builder.locator(f".step[data-op={op}] .step-form")).to_be_visible()


def bring(page: Page, photo: str = "coffee.png") -> Locator:
    """Open the builder on a photo."""
    tab(page, "create")
    page.locator("#picture").set_input_files(PHOTOS / photo)
    page.locator("[data-process-reference]").click()
    builder = page.locator("[data-builder]")
    expect(builder).to_be_visible()
    return builder


@scene
def processing(stage: Stage) -> None:
    """The dialog in its states, then the card and the page of what came out."""
    page = stage.member()
    name = NAMES[str(stage.look["locale"])]
    stage.run(RECIPE.format(email=stage.email("advanced"), name=name))
    builder = bring(page)
    stage.shoot(page, "process-empty")
    builder.locator("[data-add-menu] summary").click()
    stage.shoot(page, "process-menu")
    page.keyboard.press("Escape")
    for op in ("crop", "colour", "title"):
        add(builder, op)
    builder.locator(".step[data-op=colour] [data-open]").click()
    builder.locator("[data-setting=temperature] [type=number]").fill("60")
    page.wait_for_timeout(1500)
    stage.shoot(page, "process-steps")
    add(builder, "resize")
    builder.locator(".step[data-op=resize] [data-setting=width] input").fill("99999")
    expect(builder.locator(".step[data-wrong]")).to_be_visible()
    stage.shoot(page, "process-mistake")
    builder.locator(".step[data-op=resize] [data-setting=width] input").fill("800")
    builder.locator("[data-shelf] summary").click()
    stage.shoot(page, "process-recipes")
    page.keyboard.press("Escape")
    add(builder, "background")
    expect(builder.locator("[data-ask]")).to_be_visible()
    stage.shoot(page, "process-slow")
    builder.locator("[data-ask]").click()
    expect(builder.locator("[data-after] img")).to_be_visible(timeout=60_000)
    stage.shoot(page, "process-cut-out")
    builder.locator("[data-run]").click()
    tab(page, "tasks")
    expect(page.locator(".job").first).to_have_attribute("data-status", "succeeded", timeout=120_000)
    page.locator(".job-details summary").first.click()
    stage.shoot(page, "process-card")
    page.goto(page.locator(".picture").first.get_attribute("href") or "/")
    stage.shoot(page, "process-image", whole=True)


@scene
def after_steps(stage: Stage) -> None:
    """Steps of pictures to come, in the create bar; their card while they run; what the free plan sees."""
    page = stage.member()
    send(page, stage.prompts[0], "illustrator")
    expect(page.locator(".job").first).to_have_attribute("data-status", "succeeded", timeout=120_000)
    tab(page, "create")
    page.locator("[data-after-change]").click()
    builder = page.locator("[data-builder]")
    for op in ("upscale", "watermark"):
        add(builder, op)
    page.wait_for_timeout(1000)
    stage.shoot(page, "after-dialog")
    builder.locator("[data-run]").click()
    page.locator("[data-after-change]").scroll_into_view_if_needed()
    stage.shoot(page, "after-bar")
    send(page, stage.prompts[1], "illustrator")
    expect(page.locator(".tile .original").first).to_be_visible(timeout=60_000)
    stage.shoot(page, "after-card")
    free = stage.member("basic", "free")
    free.locator("[data-after-change]").scroll_into_view_if_needed()
    stage.shoot(free, "after-locked")
    builder = bring(free)
    builder.locator("[data-add-menu] summary").click()
    stage.shoot(free, "process-locked")
