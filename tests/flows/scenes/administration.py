"""What admins see: a day behind them, a queue before them, and a trouble."""

from playwright.sync_api import Page

from tests.flows.browser import make_admin
from tests.flows.stage import Stage, scene

# A day of work by three members, and something that waits; written as the queue writes it.
A_DAY = """
import random
import uuid
from datetime import timedelta
from django.utils import timezone
from accounts.models import Plan, User
from accounts.services.members import create_member
from generation.models import Attempt, Engine, Image, Job, LaneState, Trouble
from generation.models.identifiers import first_uuid_of
from generation.services import jobs
from generation.services.requests import JobRequest
if not User.objects.filter(email="mei@example.com").exists():
    random.seed(7)
    plan = Plan.objects.get(slug="advanced")
    people = [create_member(f"{name}@example.com", plan=plan) for name in ("mei", "tom", "ana")]
    Engine.objects.update(paused=True)
    for member in people:
        jobs.submit(member, JobRequest(prompt="a lighthouse", width=512, height=512, count=4, engine="illustrator"))
    job = Job.objects.get(member=people[0])
    now, index, images, tries = timezone.now(), 10, [], []
    for engine in Engine.objects.order_by("order"):
        for hour in range(24):
            for _ in range(int(6 + 40 * random.random() * abs(12 - (hour + 4) % 24) / 12)):
                came = now - timedelta(hours=hour, minutes=random.uniform(0, 59))
                began = came + timedelta(seconds=random.expovariate(1 / (2 + 20 * (hour in (3, 4)))))
                good = random.random() > (0.3 if hour == 9 else 0.02)
                index += 1
                number = lambda moment: uuid.UUID(int=first_uuid_of(moment).int | random.getrandbits(60))
                image = Image(id=number(came), job=job, member=job.member, lane=engine, index=index, seed=1, price=1,
                    status="succeeded" if good else "failed", reservation=1, created_at=came, started_at=began,
                    finished_at=began, bytes=900_000, error_code="" if good else "timed_out")
                images.append(image)
                tries.append(Attempt(id=number(began), image=image, lane=engine, member=job.member, drain="h:1:1",
                    lease_until=began, holds_slot=False, started_at=began, ended_at=began,
                    outcome="succeeded" if good else "failed", error_code="" if good else "timed_out"))
    Image.objects.bulk_create(images)
    Attempt.objects.bulk_create(tries)
    LaneState.objects.filter(engine=engine).update(
        down_since=now, retry_at=now + timedelta(seconds=30), trouble="engine_down")
    Trouble.objects.create(kind="lane_down", subject=engine.name, detail="engine_down")
    Engine.objects.filter(pk=engine.pk).update(paused=False)
"""
CLEAR = """
from accounts.models import User
from generation.models import Engine, LaneState, Trouble
User.objects.filter(email__in=["mei@example.com", "tom@example.com", "ana@example.com"]).delete()
Trouble.objects.all().delete()
LaneState.objects.update(down_since=None, retry_at=None, trouble="")
Engine.objects.update(paused=False)
"""


def admin(stage: Stage) -> Page:
    """Give a browser in which an admin is logged in."""
    page = stage.member(name="dave")
    make_admin(stage.studio, stage.email("dave"))
    return page


@scene
def administration(stage: Stage) -> None:
    """The pages of the admin, after a day of work and with an engine down."""
    page = admin(stage)
    stage.run(A_DAY)
    pages = {
        "admin-dashboard": "/admin/",
        "admin-queue": "/admin/queue/",
        "admin-members": "/admin/accounts/user/",
        "admin-engines": "/admin/generation/engine/",
        "admin-mail": "/admin/mail-test/",
        "admin-announcement": "/admin/accounts/announcement/add/",
        "admin-invitation": "/admin/accounts/invitation/add/",
        "admin-sign-up": "/admin/accounts/sitesettings/",
        "admin-failed": "/admin/django_q/failure/",
    }
    for name, path in pages.items():
        page.goto(path)
        stage.shoot(page, name, whole=name == "admin-dashboard")
    stage.run(CLEAR)
