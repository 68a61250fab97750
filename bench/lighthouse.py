"""Google's Lighthouse over the running product: `python -m bench lighthouse`. It needs node, npm and Chromium.

Lighthouse comes through npx into npm's own cache; nothing is installed here. Each page is loaded three times as a phone
on a slow network (Lighthouse's own default) and as a desktop; the middle one of the three counts.
"""

import tests.environment  # isort: skip  # noqa: F401  sets Django up, so it comes first

import json
import os
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.figures import Figure
from bench.product import free_port
from tests.flows.browser import EXECUTABLE, QUIET, make_members, press, sign_in
from tests.studio import Studio

LIGHTHOUSE = ["npx", "--yes", "lighthouse@12.8.2"]
CATEGORIES = ("performance", "accessibility", "best-practices")
DEVICES: dict[str, list[str]] = {"phone": [], "desktop": ["--preset=desktop"]}
RUNS = 3
LEAST = 95
EMAIL = "alice@example.com"
PROMPTS = ("a kitten by the sea at sunset, watercolor", "a lighthouse in a storm", "a fox in the snow")


def main() -> None:
    """Run the product with a few tasks in the feed and look at four pages."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as profile, sync_playwright() as driver:
        product = Studio(Path(folder), LOG_LEVEL="WARNING")
        port = free_port()
        try:
            product.wait_until_healthy()
            make_members(product, "advanced", [EMAIL])
            browser = (
                driver.chromium.launch_persistent_context(  # Lighthouse opens its pages in it, logged in as we are
                    profile,
                    executable_path=EXECUTABLE,
                    args=[*QUIET, f"--remote-debugging-port={port}"],
                    base_url=product.url,
                    viewport={"width": 1440, "height": 900},
                )
            )
            _report("log in", f"{product.url}/accounts/login/", port)
            picture = _make_pictures(sign_in(browser.new_page(), EMAIL))
            for name, path in {"create and feed": "/", "gallery": "/gallery/", "picture": picture}.items():
                _report(name, product.url + path, port)
            browser.close()
        finally:
            product.stop()


def _make_pictures(page: Page) -> str:
    """Make some pictures; gives the address of one."""
    for prompt in PROMPTS:
        card = press(page, prompt, count=4)
        page.wait_for_selector(f"#{card.get_attribute('id')}[data-status=succeeded]", timeout=300_000)
    address = page.locator(".tile .picture").first.get_attribute("href")
    page.close()
    assert address
    return address


def _report(name: str, url: str, port: int) -> None:
    for device, options in DEVICES.items():
        runs = [_look_at(url, port, options) for _ in range(RUNS)]
        for category in CATEGORIES:
            middle = sorted(run[category] for run in runs)[RUNS // 2]
            Figure(f"{name}, {device}: {category}", middle, "points", LEAST, at_least=True).report()


def _look_at(url: str, port: int, options: list[str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "report.json"
        command = [*LIGHTHOUSE, url, f"--port={port}", "--disable-storage-reset", "--quiet", *options]
        command += [f"--only-categories={','.join(CATEGORIES)}", "--output=json", f"--output-path={told}"]
        subprocess.run(command, env=os.environ | {"TMPDIR": folder}, check=True, timeout=300)
        report = json.loads(told.read_text())
    shown = report["finalDisplayedUrl"].partition("#")[0]
    assert shown == url, f"{url} led to {shown}"
    return {category: 100 * report["categories"][category]["score"] for category in CATEGORIES}


if __name__ == "__main__":
    main()
