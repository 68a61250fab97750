"""Make the pictures of the guides: `python -m tests.flows.guide docs/guide`; small WebP files, a folder a language."""

import tests.environment  # isort: skip  # noqa: F401  sets Django up, so it comes first

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.flows.browser import chromium
from tests.flows.scenes.accounts import prove
from tests.flows.scenes.administration import A_DAY, CLEAR, admin
from tests.flows.scenes.processing import add, bring
from tests.flows.stage import Stage, send
from tests.studio import Studio

WINDOW: dict[str, object] = {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"}
LOOKS: dict[str, dict[str, object]] = {"en": WINDOW | {"locale": "en"}, "zh": WINDOW | {"locale": "zh-CN"}}
PROMPTS = {
    "en": ("A lighthouse on the coast at sunset", "A red fox in a snowy forest, watercolor", "A kitten by the sea"),
    "zh-CN": ("日落时分海岸上的灯塔", "雪林中的红狐狸，水彩", "海边的小猫"),
}
SECOND_ENGINE = """
from generation.models import Engine
from generation.services.engines import save_engine
if not Engine.objects.filter(slug="gpu-1").exists():
    save_engine(Engine(slug="gpu-1", name="ComfyUI · GPU 1", kind="comfyui", order=10, concurrency=2,
        settings={"servers": ["http://gpu-1.internal:8188"]}))
"""
MOST_BYTES = 80_000
WIDTH = 1100  # pixels


def take(folder: Path) -> None:
    """Run the product in a folder of its own and photograph what the guides tell of."""
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as shots, chromium() as browser:
        studio = Studio(Path(data), SIMULATED_ENGINE="0")
        try:
            studio.wait_until_healthy()
            for language, look in LOOKS.items():
                with Stage(studio, browser, Path(shots) / language, look, "guide") as stage:
                    stage.run(SECOND_ENGINE)
                    _member(stage)
                    _admin(stage)
        finally:
            studio.stop()
        for shot in Path(shots).glob("*/*.png"):
            _shrink(shot, folder / shot.parent.name / f"{shot.stem}.webp")


def _member(stage: Stage) -> None:
    page = stage.member()
    prompts = PROMPTS[str(stage.look["locale"])]
    for prompt in prompts[:2]:
        card = send(page, prompt, "", 4)
        expect(card).to_have_attribute("data-status", "succeeded", timeout=120_000)
    last = send(page, prompts[2], "", 4)
    page.locator("#prompt").fill(prompts[1])
    expect(last.locator(".preview:not([hidden])").first).to_be_visible()
    stage.shoot(page, "studio")
    expect(last).to_have_attribute("data-status", "succeeded", timeout=120_000)
    _picture(page, stage)
    _process(page, stage)
    _compared(page, stage)
    prove(page, "/accounts/2fa/totp/activate/")
    page.goto("/accounts/2fa/")
    stage.shoot(page, "factors")


def _picture(page: Page, stage: Stage) -> None:
    page.goto("/gallery/")
    stage.shoot(page, "gallery")
    page.goto(page.locator("main a[href^='/images/']").first.get_attribute("href") or "/")
    stage.shoot(page, "picture")


def _process(page: Page, stage: Stage) -> None:
    page.goto("/")
    builder = bring(page)
    for step in ("crop", "colour", "watermark"):
        add(builder, step)
    builder.locator(".step[data-op=colour] [data-open]").click()
    builder.locator("[data-setting=temperature] [type=number]").fill("60")
    page.wait_for_timeout(2_000)  # drawn
    stage.shoot(page, "process")


def _compared(page: Page, stage: Stage) -> None:
    page.goto("/")
    for fold in (".advanced", ".axes"):
        page.locator(fold).evaluate("fold => (fold.open = true)")
    page.locator("#prompt").fill(PROMPTS[str(stage.look["locale"])][1])
    for at, setting, values in ((0, "style", ("watercolour", "oil", "flat")), (1, "size", ("1:1", "16:9"))):
        page.locator(f"#axis_{at + 1}").select_option(setting)
        for value in values:
            page.locator(".axis").nth(at).locator(f".axis-chip:has([value='{value}'])").click()
    page.locator("#axis_1").scroll_into_view_if_needed()
    page.locator(".generate").click()
    expect(page.locator(".job:has(.cells)")).to_have_attribute("data-status", "succeeded", timeout=120_000)
    page.evaluate("scrollTo(0, 0)")
    stage.shoot(page, "compare")


def _admin(stage: Stage) -> None:
    page = admin(stage)
    stage.run(A_DAY)
    for name, path in (
        ("dashboard", "/admin/"),
        ("queue", "/admin/queue/"),
        ("engines", "/admin/generation/engine/"),
        ("members", "/admin/accounts/user/"),
        ("invitation", "/admin/accounts/invitation/add/"),
    ):
        page.goto(path)
        stage.shoot(page, name)
    stage.run(CLEAR)


def _shrink(shot: Path, target: Path) -> None:
    """Write a picture as a WebP file that is quick to load."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(shot) as picture:
        small = picture.convert("RGB").resize(
            (WIDTH, picture.height * WIDTH // picture.width), Image.Resampling.LANCZOS
        )
    for quality in range(82, 20, -6):
        small.save(target, quality=quality, method=6)
        if target.stat().st_size <= MOST_BYTES:
            return


if __name__ == "__main__":
    take(Path(sys.argv[1]))
