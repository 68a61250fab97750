"""From pressing *Generate* to a card on the screen, in a real browser."""

import tests.environment  # isort: skip  # noqa: F401  sets Django up, so it comes first

import tempfile
from pathlib import Path

from bench.figures import Figure
from bench.product import percentile
from tests.flows.browser import chromium, make_members, open_page, sign_in
from tests.studio import Studio

PRESSES = 40
EMAIL = "alice@example.com"
PRESS = """() => new Promise((done) => {
    const pressed = performance.now();
    new MutationObserver((_, observer) => {
        observer.disconnect();
        requestAnimationFrame(() => done(performance.now() - pressed));
    }).observe(document.getElementById("feed"), { childList: true });
    document.querySelector(".generate").click();
})"""


def main() -> None:
    """Press again and again while what was pressed before is being made."""
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        product = Studio(Path(data), SIMULATED_ENGINE="1", LOG_LEVEL="WARNING")
        try:
            product.wait_until_healthy()
            make_members(product, "advanced", [EMAIL])
            page = sign_in(open_page(browser, product.url, viewport={"width": 1440, "height": 900}), EMAIL)
            page.locator("#prompt").fill("a kitten")
            waited = []
            for number in range(1, PRESSES + 1):
                waited.append(page.evaluate(PRESS))
                page.locator(".job[data-job]").nth(number - 1).wait_for()
        finally:
            product.stop()
    Figure("press → card on the screen, p50", percentile(waited, 0.5), "ms").report()
    Figure("press → card on the screen, p99", percentile(waited, 0.99), "ms", 100).report()


if __name__ == "__main__":
    main()
