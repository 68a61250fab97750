"""A feed of 5,000 cards in a real browser, 50 of them in progress: frames, memory and the answer to a key."""

import tests.environment  # isort: skip  # noqa: F401  sets Django up, so it comes first

import re
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import CDPSession, Page

from bench.figures import Figure
from bench.product import percentile
from generation.processing.pictures import encode
from tests.flows.browser import chromium, make_members, open_page, press, run_code, sign_in, studio
from tests.studio import Studio

CARDS = 5_000
BUSY = 50
SCROLL_SECONDS = 8
# How one goes up: px a second, and from where in the feed. In flight pictures are asked for where it ends.
SCROLLS = {"reading": (1_500, 0.5), "flying": (3_000, 0.8)}
KEYS = 40
EMAIL = "alice@example.com"
SMALL_PICTURES = re.compile("/(thumbnail|medium|display)$")
PICTURE = encode(Image.new("RGB", (320, 320), "teal"), "WEBP")
FRAMES = "disabled-by-default-devtools.timeline.frame"

# Every picture shows the same file: what is measured is the page, not the disk.
MAKE_CARDS = f"""
from accounts.models import Plan, User, Wallet
from generation.models import Engine, Image, Job
from generation.models.identifiers import time_ordered_uuid
from generation.services import jobs
from generation.services.requests import JobRequest
Plan.objects.update(running_images=1000, waiting_images=100_000)
Engine.objects.filter(slug="simulated").update(concurrency={BUSY}, time_limit=600)
member = User.objects.get(email="{EMAIL}")
Wallet.objects.filter(member=member).update(balance=1_000_000)
model = Job.objects.get(member=member)
names = ("member", "engine", "mode", "width", "height", "started_at", "finished_at")
facts = {{name: getattr(model, name) for name in names}}
names = ("member", "lane", "seed", "price", "reservation", "status", "file_name", "format", "width", "height", "bytes")
own = {{name: getattr(model.images.get(index=0), name) for name in names}}
made = Job.objects.bulk_create([
    Job(number=number, status="succeeded", prompt=f"number {{number}}", count=4, **facts)
    for number in range(1_001, {CARDS + 1_001})
])
Image.objects.bulk_create([
    Image(id=time_ordered_uuid(), job=job, index=index, **own) for job in made for index in range(4)
], batch_size=2_000)
request = JobRequest(prompt="in progress [seconds 590] [steps 1180]", engine="simulated", width=64, height=64)
for _ in range({BUSY}):
    jobs.submit(member, request)
"""
LATENCIES = """() => {
    window.latencies = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (entry.name === "keydown") window.latencies.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16, buffered: false });
}"""


def main() -> None:
    """Run the product, fill the feed, look at it as a person does."""
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        product = Studio(Path(data), SIMULATED_ENGINE="1", LOG_LEVEL="WARNING")
        try:
            product.wait_until_healthy()
            make_members(product, "advanced", [EMAIL])
            page = sign_in(open_page(browser, product.url, viewport={"width": 1440, "height": 900}), EMAIL)
            card = press(page, "a kitten [seconds 0.1]", engine="simulated", count=1)
            page.wait_for_selector(f"#{card.get_attribute('id')}[data-status=succeeded]")
            run_code(product, MAKE_CARDS)
            _measure(studio(page))
        finally:
            product.stop()


def _measure(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    page.wait_for_selector('.job[data-status="running"]')
    _report_work(page, devtools)
    _report_keys(page)
    _scroll_through(page, 300)
    few, few_nodes = _megabytes(devtools), _metrics(devtools)["Nodes"]
    _scroll_through(page, CARDS)
    many, many_nodes = _megabytes(devtools), _metrics(devtools)["Nodes"]
    Figure(f"page with {CARDS:,} cards in the feed, {BUSY} in progress: script memory", many, "MB").report()
    Figure("  beside the same with 300 cards", many / few, "×", 1.25).report()
    Figure("  nodes that the browser keeps, beside the same with 300 cards", many_nodes / few_nodes, "×", 1.25).report()
    Figure("  cards in the document", page.locator(".job").count(), "cards").report()
    for manner, (speed, start) in SCROLLS.items():
        _report_frames(page, devtools, manner, speed, start)


def _report_work(page: Page, devtools: CDPSession) -> None:
    """Let the cards progress and add up what the page's main thread works meanwhile, in time of the processor."""
    before = _metrics(devtools)
    page.wait_for_timeout(10_000)
    after = _metrics(devtools)
    share = (after["ThreadTime"] - before["ThreadTime"]) / (after["Timestamp"] - before["Timestamp"])
    Figure(f"main thread of a page with {BUSY} cards in progress", 100 * share, "% busy", 30).report()


def _metrics(devtools: CDPSession) -> dict[str, float]:
    return {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}


def _report_keys(page: Page) -> None:
    """Type while the cards progress; the time from a key to the next frame, as the browser itself times events."""
    page.evaluate(LATENCIES)
    page.locator("#prompt").focus()
    for number in range(KEYS):
        page.keyboard.press("abcdefgh"[number % 8])
        page.wait_for_timeout(70)
    page.wait_for_timeout(500)
    told: list[float] = page.evaluate("window.latencies")
    times = told + [16.0] * max(0, KEYS - len(told))  # what is below 16 ms is not told
    Figure(f"key → frame with {BUSY} cards in progress, p95", percentile(times, 0.95), "ms", 50).report()


def _scroll_through(page: Page, cards: int) -> None:
    """Go down until so many cards have been in the page, past pictures that cost the server nothing."""
    page.route(SMALL_PICTURES, lambda route: route.fulfill(body=PICTURE, content_type="image/webp"))
    page.evaluate(
        """async (cards) => {
            const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));
            const count = (what) => document.querySelectorAll(what).length;
            const passed = () => 20 * count(".gap") + count(".job");
            while (passed() < cards && document.querySelector(".older")) {
                scrollTo(0, document.documentElement.scrollHeight);
                await pause(20);
            }
        }""",
        cards,
    )
    page.unroute(SMALL_PICTURES)
    page.wait_for_timeout(3_000)  # what is far goes when the browser has time


def _megabytes(devtools: CDPSession) -> float:
    devtools.send("HeapProfiler.collectGarbage")
    return _metrics(devtools)["JSHeapUsedSize"] / 1e6


def _report_frames(page: Page, devtools: CDPSession, manner: str, speed: int, start: float) -> None:
    """Scroll up where no picture has been seen yet and count the frames in Chromium's trace."""
    page.evaluate(f"scrollTo(0, document.documentElement.scrollHeight * {start})")
    page.wait_for_timeout(3_000)
    events: list[dict[str, Any]] = []
    devtools.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    done: list[object] = []
    devtools.on("Tracing.tracingComplete", lambda told: done.append(told))  # noqa: PLW0108  a builtin cannot listen
    devtools.send("Tracing.start", {"traceConfig": {"includedCategories": [FRAMES]}, "transferMode": "ReportEvents"})
    gesture = {"x": 900, "y": 500, "yDistance": speed * SCROLL_SECONDS, "speed": speed, "gestureSourceType": "mouse"}
    devtools.send("Input.synthesizeScrollGesture", gesture)
    devtools.send("Tracing.end")
    while not done:
        page.wait_for_timeout(50)
    drawn = sorted(event["ts"] for event in events if event["name"] == "DrawFrame")
    dropped = sum(event["name"] == "DroppedFrame" for event in events)
    gaps = [1000 * (after - before) / 1e6 for before, after in pairwise(drawn)]
    rate = len(gaps) / ((drawn[-1] - drawn[0]) / 1e6)
    Figure(f"  {manner} at {speed:,} px/s, frames a second", rate, "fps", 57, at_least=True).report()
    Figure("  time between frames, p99", percentile(gaps, 0.99), "ms").report()
    Figure("  frames that Chromium dropped", dropped, "frames").report()


if __name__ == "__main__":
    main()
