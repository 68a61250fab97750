"""Every page and every state that a page can be in, each brought about once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.factories import PASSWORD
from tests.flows.browser import run_code
from tests.studio import Studio

Act = Callable[[Page], object]

# One member with a card in each state, pictures, links, collections and an admin's rights; one who has nothing yet.
SEED = """
import json, time
from pathlib import Path
from django.db import transaction
from django.utils import timezone
from accounts.models import Announcement, Plan, User
from accounts.services.members import create_member
from generation.models import Collection, Engine, Image, Job, Trouble
from generation.services import jobs, shares
from generation.services.changes import commit_changes, lock_jobs
from generation.services.collecting import collect, create_collection
from generation.services.grids import Axis, GridRequest, submit_grid
from generation.services.requests import JobRequest

create_member("{newcomer}", plan=Plan.objects.get(slug="basic"), password="{password}")
User.objects.filter(email="{owner}").update(is_staff=True, is_superuser=True)
owner = User.objects.get(email="{owner}")
Engine.objects.filter(slug="illustrator").update(paused=True, message="Back at 18:00")

def submit(prompt, count=1, engine="simulated", side=64, **values):
    request = JobRequest(prompt=prompt, width=side, height=side, count=count, engine=engine, **values)
    return jobs.submit(owner, request)[0]

def wait_for(tasks):
    deadline = time.monotonic() + 60
    while Image.objects.filter(job__in=tasks, status__in=["queued", "running"]).exists():
        assert time.monotonic() < deadline, "they do not end"
        time.sleep(0.1)

over = [submit(prompt, count) for prompt, count in (
    ("a red fox [seconds 0.1]", 2), ("a blue fox [seconds 0.1]", 4),
    ("a wolf [fail quota_exhausted] [seconds 0.1]", 2), ("a bear [fail moderation_rejected] [seconds 0.1]", 1))]
cancelled = submit("a cat [seconds 600]", 2)
hanging = submit("an owl [hang]")
wait_for(over)
picture = over[0].images.first()
child = submit("a fox of snow [seconds 0.1]", mode="image-to-image", reference=str(picture.pk))
cell = submit_grid(owner, GridRequest(
    request=JobRequest(prompt="a goose [seconds 0.1]", width=64, height=64, engine="simulated"),
    axes=[Axis("steps", [10, 20, 30]), Axis("guidance", [4, 7.5])]))[0]
cells = Job.objects.of_group(cell.group)
wait_for([child, *cells])
for prompt, count in (
    ("a fish [seconds 600] [steps 600]", 1), ("a crab [loading 600]", 4), ("a whale [seconds 600]", 2)):
    submit(prompt, count)
submit("a hare", engine="illustrator", side=512)
for job in (cancelled, hanging):
    jobs.cancel_job(job)
with transaction.atomic():
    locked = lock_jobs([over[1].pk])
    Image.objects.filter(job=over[1], index__in=[1, 3]).update(status="failed", error_code="out_of_resources")
    Image.objects.filter(job=cell).update(status="failed", error_code="moderation_rejected")
    commit_changes([*locked.values(), *lock_jobs([cell.pk]).values()])
foxes = create_collection(owner, "Foxes")
collect(foxes, Image.objects.filter(job=over[0]))
Image.objects.filter(pk=picture.pk).update(favourite=True)
link, gone = (shares.share_image(picture, shows_prompt=True) for _ in range(2))
shares.revoke_share(gone)
said = Announcement.objects.create(text_en="Tonight we are away for ten minutes.", level="warning")
Trouble.objects.create(kind="lane_down", subject="Illustrator", detail="engine_down")
Path("{facts}").write_text(json.dumps({{
    "picture": str(picture.pk), "other": str(over[0].images.last().pk), "child": str(child.images.get().pk),
    "failed": str(over[2].pk), "cell": str(cells.last().images.get().pk), "collection": str(foxes.pk),
    "link": shares.token_of(link), "gone": shares.token_of(gone),
    "engine": Engine.objects.get(slug="simulated").pk, "member": owner.pk, "job": str(over[1].pk),
    "plan": owner.plan_id, "announcement": said.pk}}))
"""
CLEAR = """
from accounts.models import Announcement, User
from generation.models import Engine, Image, Trouble
from generation.services.jobs import cancel_images
cancel_images(Image.objects.filter(member__email="{owner}"))
Announcement.objects.all().delete()
Trouble.objects.all().delete()
Engine.objects.update(paused=False, message="")
"""
PHOTO = Path(__file__).parents[1] / "photos" / "astronaut.png"


@dataclass(frozen=True, slots=True)
class State:
    """A page as it is once `acts` are done on it. Words in braces in its path are ids that `prepare` gives."""

    path: str
    acts: tuple[Act, ...] = ()
    within: str | None = None  # what is new beside another state of the same page


def prepare(studio: Studio, owner: str, folder: Path) -> dict[str, str]:
    """Bring everything about that the states of the owner show; gives the ids of it, and who the newcomer is."""
    facts = folder / "facts.json"
    newcomer = f"newcomer-{owner}"
    run_code(studio, SEED.format(owner=owner, newcomer=newcomer, password=PASSWORD, facts=facts))
    ids: dict[str, str] = json.loads(facts.read_text())
    return ids | {"owner": owner, "newcomer": newcomer}


def clear(studio: Studio, owner: str) -> None:
    """End what would go on for ever."""
    run_code(studio, CLEAR.format(owner=owner))


def click(selector: str) -> Act:
    """Click the first of these."""
    return lambda page: page.locator(selector).first.click()


def choose(page: Page) -> None:
    """Choose two pictures."""
    for box in page.locator("[data-choose]").all()[:2]:
        box.check(force=True)


def fill(selector: str, words: str) -> Act:
    """Type into a field."""
    return lambda page: page.locator(selector).first.fill(words)


def press(key: str) -> Act:
    """Press a key."""
    return lambda page: page.keyboard.press(key)


def see(selector: str) -> Act:
    """Wait until it is there."""
    return lambda page: expect(page.locator(selector).first).to_be_visible()


def unfold(selector: str) -> Act:
    """Open something folded, wherever on the page it is."""
    return lambda page: page.locator(selector).first.evaluate("fold => (fold.open = true)")


def start_from_picture(page: Page) -> None:
    """Choose a reference picture."""
    page.locator(".tile [data-tile-menu]").first.click()
    page.locator("#tile-menu [data-do=start]").click()
    expect(page.locator(".reference-chip")).to_be_visible()


VISITOR = {
    "landing": State("/"),
    "log in": State("/accounts/login/"),
    "log in, refused": State(
        "/accounts/login/",
        (
            fill("input[type=email]", "nobody@example.com"),
            fill("input[type=password]", "wrong"),
            press("Enter"),
            see(".form-error"),
        ),
    ),
    "sign up": State("/accounts/signup/"),
    "sign up, refused": State(
        "/accounts/signup/",
        (
            fill("input[type=email]", "somebody@example.com"),
            fill("input[type=password]", "1234"),
            press("Enter"),
            see(".field-error"),
        ),
    ),
    "lost password": State("/accounts/password/reset/"),
    "invitation that is void": State("/invitation/nothing/"),
    "plans": State("/plans/"),
    "a shared picture": State("/s/{link}/"),
    "checking a picture": State("/verify/"),
    "checking a picture, checked": State(
        "/verify/",
        (lambda page: page.locator("[name=file]").set_input_files(PHOTO), see(".verdict")),
    ),
    "a link that was revoked": State("/s/{gone}/"),
    "not found": State("/nowhere/"),
    "language menu": State("/", (click(".top-bar .menu summary"),)),
}
NEWCOMER = {
    "empty feed": State("/#tasks", (see("#first-run"), see("html[data-live=open]"))),
    "what the plan locks": State("/", (unfold(".advanced"),), "#create"),
    "empty gallery": State("/gallery/"),
    "nothing to compare": State("/compare/"),
    "no links": State("/shares/"),
    "plans": State("/plans/"),
    "not allowed": State("/admin/generation/engine/"),
}
OWNER = {
    "feed": State("/#tasks", (see("html[data-live=open]"),)),
    "feed, details": State("/#tasks", (unfold(".job[data-status=succeeded] .job-details"), unfold(".job-details"))),
    "feed, menu of a picture": State("/#tasks", (click("[data-tile-menu]"), see("#tile-menu")), "#tile-menu"),
    "feed, pictures chosen": State("/#tasks", (choose, see("#bulk")), "#bulk"),
    "feed, lightbox": State("/#tasks", (click(".tile .picture"), see("#lightbox [data-viewer]")), "#lightbox"),
    "feed, share": State(
        "/#tasks",
        (click("[data-tile-menu]"), click("#tile-menu [data-do=share]"), see(".share-dialog")),
        ".share-dialog",
    ),
    "feed, link made": State(
        "/#tasks",
        (click("[data-tile-menu]"), click("#tile-menu [data-do=share]"), click(".share-form button"), see(".made")),
        ".share-dialog",
    ),
    "feed, nothing found": State("/?q=zebra#tasks", (see(".nothing-found"),), "#tasks"),
    "feed, keys": State("/", (press("?"), see("#keys")), "#keys"),
    "feed, account menu": State("/", (click("[aria-label='Your account']"),), ".top-bar"),
    "bar, everything open": State("/", (unfold(".advanced"),), "#create"),
    "feed, a grid": State("/?q=goose#tasks", (see(".job:has(.cells)"),), "#tasks"),
    "bar, refused": State(
        "/",
        (fill("#prompt", "a"), unfold(".advanced"), fill("#seed", "-1"), press("Control+Enter"), see("#error-seed")),
        "#create",
    ),
    "bar, earlier prompts": State("/", (click("#prompt-history summary"), see("#prompt-history button")), "#create"),
    "bar, presets": State(
        "/",
        (click("#preset-menu summary"), fill("#preset-name", "Wide"), press("Enter"), see("[data-preset]")),
        "#create",
    ),
    "bar, reference": State("/#tasks", (start_from_picture,), "#create"),
    "bar, crop": State("/#tasks", (start_from_picture, click("[data-crop]"), see("#crop-editor")), "#crop-editor"),
    "bar, mask": State("/#tasks", (start_from_picture, click("[data-mask]"), see("#mask-editor")), "#mask-editor"),
    "bar, settings compared": State(
        "/",
        (
            unfold(".advanced"),
            unfold(".axes"),
            lambda page: page.locator("#axis_1").select_option("style"),
            lambda page: page.locator("#axis_2").select_option("size"),
            see(".axis-chip"),
        ),
        "#create",
    ),
    "gallery": State("/gallery/"),
    "gallery, filtered": State("/gallery/?favourites=1"),
    "gallery, nothing found": State("/gallery/?q=zebra", (see(".gallery-empty"),)),
    "gallery, pictures chosen": State("/gallery/", (choose, click("#bulk summary")), "#bulk"),
    "gallery, lightbox": State(
        "/gallery/", (click(".wall-tile .picture"), see("#lightbox [data-viewer]")), "#lightbox"
    ),
    "gallery, lightbox, menu": State(
        "/gallery/", (click(".wall-tile .picture"), click("#lightbox .about-actions summary")), "#lightbox"
    ),
    "gallery, keys": State("/gallery/", (press("?"), see("#keys")), "#keys"),
    "collection": State("/gallery/?collection={collection}", (click(".gallery-head summary"),)),
    "picture": State("/images/{child}/", (see(".family"),)),
    "picture of a grid": State("/images/{cell}/", (see(".strip"),)),
    "picture, keys": State("/images/{picture}/", (press("?"), see("#keys")), "#keys"),
    "process": State("/process/?image={picture}&image={other}", (click("[data-add-menu] summary"),)),
    "process, a step": State(
        "/process/?image={picture}&image={other}",
        (click("[data-add-menu] summary"), click("[data-add=watermark]"), see("[data-after] img")),
    ),
    "process, over the feed": State(
        "/#tasks",
        (click("[data-tile-menu]"), click("#tile-menu [data-do=process]"), click("[data-shelf] summary")),
        ".builder-dialog",
    ),
    "steps after generating": State("/process/?after=1"),
    "share": State("/images/{picture}/share/"),
    "links": State("/shares/"),
    "compare, first": State("/compare/"),
    "compare, second": State("/compare/?a={picture}"),
    "compare, slider": State("/compare/?a={picture}&b={other}", (click("[data-modes] [data-mode=slider]"),)),
    "compare, side by side": State("/compare/?a={picture}&b={child}", (click("[data-modes] [data-mode=side]"),)),
    "compare, flicker": State("/compare/?a={picture}&b={other}", (click("[data-modes] [data-mode=flicker]"),)),
    "compare, keys": State("/compare/?a={picture}&b={other}", (press("?"), see("#keys")), "#keys"),
    "plans": State("/plans/"),
    "account": State("/account/"),
    "token made": State("/account/", (fill("[name=name]", "laptop"), press("Enter"), see("code"))),
    "account, addresses": State("/accounts/email/"),
    "account, password": State("/accounts/password/change/"),
    "account, proof": State("/accounts/2fa/totp/activate/", (see("input[type=password]"),)),
    "account, app": State(
        "/accounts/2fa/totp/activate/",
        (fill("input[type=password]", PASSWORD), press("Enter"), see(".qr")),
    ),
    "account, second factors": State("/accounts/2fa/"),
    "account, keys": State("/accounts/2fa/webauthn/"),
    "account, new key": State("/accounts/2fa/webauthn/add/"),
    "account, devices": State("/accounts/sessions/"),
    "account, other accounts": State("/accounts/3rdparty/"),
    "account, leaving": State("/account/delete/"),
    "not found": State("/nowhere/"),
}
ADMIN = {
    "dashboard": State("/admin/"),
    "queue": State("/admin/queue/"),
    "engines": State("/admin/generation/engine/"),
    "engine": State("/admin/generation/engine/{engine}/change/"),
    "engine, test": State("/admin/generation/engine/{engine}/test/"),
    "engine, kind of a new one": State("/admin/generation/engine/add/"),
    "engine, new": State("/admin/generation/engine/add/?kind=comfyui"),
    "engine, new, OpenAI-compatible": State("/admin/generation/engine/add/?kind=openai-images"),
    "engine, new, tasks": State("/admin/generation/engine/add/?kind=dashscope"),
    "engine, new, diffusers": State("/admin/generation/engine/add/?kind=diffusers"),
    "members": State("/admin/accounts/user/"),
    "member": State("/admin/accounts/user/{member}/change/"),
    "plans": State("/admin/accounts/plan/"),
    "plan": State("/admin/accounts/plan/{plan}/change/"),
    "wallets": State("/admin/accounts/wallet/"),
    "tasks": State("/admin/generation/job/"),
    "share links": State("/admin/generation/sharelink/"),
    "task": State("/admin/generation/job/{job}/change/"),
    "announcements": State("/admin/accounts/announcement/"),
    "announcement": State("/admin/accounts/announcement/add/"),
    "invitation": State("/admin/accounts/invitation/add/"),
    "sign-up": State("/admin/accounts/sitesettings/"),
    "targets": State("/admin/generation/target/"),
    "target, new": State("/admin/generation/target/add/"),
    "safety check": State("/admin/generation/safetyrule/"),
    "blurred pictures": State("/admin/generation/sensitiveimage/"),
    "pictures": State("/admin/generation/image/"),
    "tries": State("/admin/generation/attempt/"),
    "uploads": State("/admin/generation/upload/"),
    "shares of the lanes": State("/admin/generation/share/"),
    "troubles": State("/admin/generation/trouble/"),
    "credit entries": State("/admin/accounts/creditentry/"),
    "tokens": State("/admin/accounts/apitoken/"),
    "schedules": State("/admin/django_q/schedule/"),
    "mail test": State("/admin/mail-test/"),
    "failed tasks": State("/admin/django_q/failure/"),
    "sure to delete": State("/admin/accounts/announcement/{announcement}/delete/"),
}
