"""The studio at work: every state of a card, what the bar refuses, and what helps."""

from playwright.sync_api import Page, expect

from tests.flows.stage import Stage, scene, send, tab

# What only time, bad luck or an admin brings about.
MAKE_SLOW = """
from datetime import timedelta
from django.utils import timezone
from generation.models import Image
running = Image.objects.filter(status="running", job__prompt__contains="[steps 40]")
running.update(started_at=timezone.now() - timedelta(seconds=55))
"""
FAIL_ONE = """
from generation.models import Image, Job
from generation.services.changes import commit_changes, lock_jobs
from django.db import transaction
with transaction.atomic():
    jobs = lock_jobs(Job.objects.filter(status="succeeded", count=4).values_list("pk", flat=True))
    Image.objects.filter(job__in=jobs, index__in=[1, 3]).update(status="failed", error_code="out_of_resources")
    commit_changes(jobs.values())
"""
FAIL_CELLS = """
from generation.models import Image, Job
from generation.services.changes import commit_changes, lock_jobs
from django.db import transaction
with transaction.atomic():
    cells = Job.objects.exclude(group=None).order_by("-pk").values_list("pk", flat=True)
    jobs = lock_jobs([cells[1], cells[4]])
    Image.objects.filter(job=cells[1]).update(status="failed", error_code="out_of_resources")
    Image.objects.filter(job=cells[4]).update(status="failed", error_code="moderation_rejected")
    commit_changes(jobs.values())
"""
PAUSE = """
from generation.models import Engine
Engine.objects.filter(slug="simulated").update(paused={paused}, message="{message}", time_limit=120, base_seconds=25)
"""

CANCEL_ALL = """
from generation.models import Image
from generation.services.jobs import cancel_images
cancel_images(Image.objects.all())
"""


@scene
def cards(stage: Stage) -> None:
    """Every state of a card in one feed."""
    page = stage.member()
    stage.run(PAUSE.format(paused=False, message=""))
    kitten, lighthouse = stage.prompts
    _over(page, stage, kitten, lighthouse)
    send(page, f"{lighthouse} [seconds 90] [steps 40]", "simulated")
    expect(page.locator('.tile[data-status="running"]')).to_have_count(1)
    stage.run(MAKE_SLOW)
    send(page, f"{kitten} [loading 90]", "simulated", 2)
    running = send(page, f"{lighthouse} [seconds 60]", "simulated", 4)
    expect(running.locator(".preview:not([hidden])")).to_have_count(4, timeout=60_000)
    hangs = send(page, f"{kitten} [hang]", "simulated")
    send(page, f"{kitten} [seconds 30]", "simulated", 2)
    stage.run(PAUSE.format(paused=True, message="18:00 ✓"))
    hangs.locator(".job-actions button").first.click()
    send(page, kitten, "simulated", 2)
    page.reload()
    page.wait_for_selector("html[data-live=open]")
    tab(page, "tasks")
    page.wait_for_timeout(2_500)  # the meter and the positions come by themselves
    stage.shoot(page, "cards", whole=True)
    _sending(page, stage, kitten)
    stage.run(PAUSE.format(paused=False, message="") + CANCEL_ALL)


@scene
def grids(stage: Stage) -> None:
    """One prompt over two settings: chosen in the bar, made, with cells that failed."""
    page = stage.member()
    page.locator(".advanced").evaluate("fold => (fold.open = true)")
    page.locator(".axes summary").click()
    page.locator("#engine").select_option("simulated")
    for number, values in (("1", "10, 20, 30"), ("2", "4, 7.5")):
        page.locator(f"#axis_{number}").select_option({"1": "steps", "2": "guidance"}[number])
        page.locator(f"#values_{number}").fill(values)
    page.locator("#prompt").fill(f"{stage.prompts[0]} [seconds 1]")
    expect(page.locator("[data-grid]")).to_have_text("3 × 2")
    stage.shoot(page, "grid-chosen")
    page.locator("#prompt").press("Control+Enter")
    tab(page, "tasks")
    card = page.locator(".job[data-job]")
    expect(card).to_have_attribute("data-status", "succeeded", timeout=60_000)
    stage.run(FAIL_CELLS)
    page.reload()
    page.wait_for_selector("html[data-live=open]")
    tab(page, "tasks")
    stage.shoot(page, "grid")
    card.locator(".picture").first.click()
    expect(page.locator("#lightbox .strip a")).to_have_count(4)
    stage.shoot(page, "grid-lightbox")


@scene
def waiting(stage: Stage) -> None:
    """A member of the basic plan whose places are taken."""
    page = stage.member("basic")
    for _ in range(3):
        send(page, f"{stage.prompts[0]} [seconds 40]", "", 4)
    tab(page, "tasks")
    expect(page.locator('[data-wait="places"]')).to_have_count(2)
    stage.shoot(page, "waiting-for-a-place")
    stage.run(CANCEL_ALL)


@scene
def refused(stage: Stage) -> None:
    """A wrong value in the bar, which keeps what was typed."""
    page = stage.member()
    page.locator("#prompt").fill(stage.prompts[1])
    page.locator(".advanced").evaluate("fold => (fold.open = true)")
    page.locator("#seed").fill("-1")
    page.locator(".generate").press("Enter")
    expect(page.locator("#error-seed")).to_be_visible()
    stage.shoot(page, "refused")


@scene
def helps(stage: Stage) -> None:
    """The menus of the bar and of a picture, chosen pictures, filters that leave out everything, the list of keys."""
    page = stage.member()
    kitten, lighthouse = stage.prompts
    for prompt in (lighthouse, kitten):
        done = send(page, prompt, "illustrator", 4)
        expect(done).to_have_attribute("data-status", "succeeded", timeout=90_000)
    tab(page, "create")
    page.locator("#preset-menu summary").click()
    page.locator("#preset-name").fill("16:9")
    page.locator("#preset-name").press("Enter")
    expect(page.locator("[data-preset]")).to_have_count(1)
    stage.shoot(page, "presets")
    page.locator("#prompt-history summary").click()
    expect(page.locator("#prompt-history button")).to_have_count(2)
    stage.shoot(page, "earlier-prompts")
    page.keyboard.press("Escape")
    tab(page, "tasks")
    tile = page.locator(".tile").nth(1)
    tile.locator(".picture").focus()
    tile.locator("[data-tile-menu]").click()
    stage.shoot(page, "picture-menu")
    page.keyboard.press("Escape")
    page.locator(".job-details summary").first.click()
    for box in page.locator("[data-choose]").all()[1:4]:
        box.check(force=True)
    stage.shoot(page, "chosen")
    page.keyboard.press("Escape")
    page.locator("[name=q]").fill("zebra")
    expect(page.locator(".nothing-found")).to_be_visible()
    stage.shoot(page, "nothing-found")
    page.evaluate("document.getElementById('keys').showModal()")
    stage.shoot(page, "keys")


def _over(page: Page, stage: Stage, kitten: str, lighthouse: str) -> None:
    """Bring about the states in which nothing moves any more."""
    done = send(page, kitten, "illustrator", 4)
    expect(done).to_have_attribute("data-status", "succeeded", timeout=90_000)
    stage.run(FAIL_ONE)
    done = send(page, lighthouse, "illustrator", 2)
    expect(done).to_have_attribute("data-status", "succeeded", timeout=90_000)
    for code in ("quota_exhausted", "moderation_rejected"):
        failed = send(page, f"{lighthouse} [fail {code}] [seconds 0.2]", "simulated", 2)
        expect(failed).to_have_attribute("data-status", "failed")
    cancelled = send(page, f"{kitten} [seconds 60]", "simulated", 2)
    cancelled.locator(".job-actions button").first.click()
    expect(cancelled).to_have_attribute("data-status", "cancelled")


def _sending(page: Page, stage: Stage, prompt: str) -> None:
    """Hold an answer back, so that the ghost of a card is to be seen."""
    page.route("**/", lambda route: None if route.request.method == "POST" else route.continue_())
    tab(page, "create")
    page.locator("#prompt").fill(prompt)
    page.locator("#prompt").press("Control+Enter")
    expect(page.locator(".ghost")).to_be_visible()
    stage.shoot(page, "sending")
    page.unroute("**/")
