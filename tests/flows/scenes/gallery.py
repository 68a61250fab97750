"""What is kept: the gallery, a picture over it, two compared."""

from playwright.sync_api import expect

from tests.flows.stage import Stage, scene, send


@scene
def gallery(stage: Stage) -> None:
    """The gallery empty, full, chosen from, searched in vain; the lightbox; the comparison."""
    page = stage.member()
    page.goto("/gallery/")
    stage.shoot(page, "gallery-empty")
    page.goto("/")
    for prompt in stage.prompts:
        card = send(page, prompt, "illustrator", 2)
        expect(card).to_have_attribute("data-status", "succeeded", timeout=120_000)
    page.goto("/gallery/")
    boxes = page.locator("[data-choose]")
    boxes.nth(0).check(force=True)
    boxes.nth(1).check(force=True)
    page.locator("#bulk summary").click()
    stage.shoot(page, "gallery")
    page.goto("/gallery/?q=zzz")
    stage.shoot(page, "gallery-nothing-found")
    page.goto("/gallery/")
    one, other = [tile.get_attribute("data-image") for tile in page.locator(".wall-tile").all()[:2]]
    page.locator(".wall-tile .picture").nth(1).click()
    expect(page.locator("[data-viewer]")).to_be_visible()
    stage.shoot(page, "lightbox")
    page.goto(f"/images/{one}/")
    stage.shoot(page, "image", whole=True)
    page.goto(f"/compare/?a={one}")
    stage.shoot(page, "compare-choose")
    for mode in ("slider", "side", "flicker"):
        page.goto(f"/compare/?a={one}&b={other}")
        page.locator(f"[data-modes] [data-mode={mode}]").click()
        stage.shoot(page, f"compare-{mode}", whole=True)
