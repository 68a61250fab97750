"""From a change in the builder of recipes to the new preview on the screen, in a real browser."""

import tests.environment  # isort: skip  # noqa: F401  sets Django up, so it comes first

import tempfile
from pathlib import Path

from PIL import Image

from bench.figures import Figure
from bench.product import percentile
from tests.flows.browser import chromium, make_members, open_page, sign_in
from tests.studio import Studio

CHANGES = 40
SIDE = 2048  # pixels of the picture
EMAIL = "alice@example.com"
PHOTO = Path(__file__).parent.parent / "tests" / "photos" / "astronaut.png"
OPERATIONS = ("crop", "resize", "watermark", "title", "colour")
CHANGE = """(value) => new Promise((done) => {
    const changed = performance.now();
    const after = document.querySelector("[data-after] img");
    const seen = () => requestAnimationFrame(() => done(performance.now() - changed));
    after.addEventListener("load", seen, { once: true });
    const slider = document.querySelector("[data-setting=brightness] [type=range]");
    slider.value = value;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def main() -> None:
    """Move a slider of a recipe of five basic steps on a picture of four megapixels."""
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        photo = Path(data) / "photo.png"
        with Image.open(PHOTO) as small:
            small.convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(photo)
        product = Studio(Path(data), LOG_LEVEL="WARNING", PREVIEWS_PER_MINUTE="10000")
        try:
            product.wait_until_healthy()
            make_members(product, "advanced", [EMAIL])
            page = sign_in(open_page(browser, product.url, viewport={"width": 1440, "height": 900}), EMAIL)
            page.locator("#picture").set_input_files(photo)
            page.locator("[data-process-reference]").click()
            for operation in OPERATIONS:
                page.locator("[data-builder] [data-add-menu] summary").click()
                page.locator(f"[data-add={operation}]").click()
            page.locator("[data-after] img").wait_for()
            page.wait_for_timeout(2_000)  # the last step is drawn
            waited = [page.evaluate(CHANGE, number) for number in range(1, CHANGES + 1)]
        finally:
            product.stop()
    Figure("slider moved → new preview of five basic steps on the screen, p50", percentile(waited, 0.5), "ms").report()
    Figure("slider moved → new preview, p95", percentile(waited, 0.95), "ms", 500).report()


if __name__ == "__main__":
    main()
