"""The things that tests start from, as plain functions."""

from typing import Any

from django.utils import timezone

from accounts.models import Plan, User
from accounts.services.members import create_member
from accounts.services.seeds import seed_plans
from generation.models import Engine, Image, Job, LaneState
from generation.services import jobs
from generation.services.kept import move_bytes
from generation.services.requests import JobRequest

PASSWORD = "correct horse battery"


def make_plan(slug: str = "basic", **changes: object) -> Plan:
    """Give a seeded plan, with some of its numbers changed."""
    seed_plans()
    if changes:
        Plan.objects.filter(slug=slug).update(**changes)
    return Plan.objects.get(slug=slug)


def make_member(name: str, *, plan: str = "basic", password: str | None = None, staff: bool = False) -> User:
    """Make a member `name`@example.com with this month's credits."""
    return create_member(f"{name}@example.com", plan=make_plan(plan), password=password, staff=staff)


def make_engine(slug: str = "simulated", **values: object) -> Engine:
    """Make a simulated engine with its lane; `settings` go to the adapter."""
    facts: dict[str, Any] = {"name": slug, "kind": "simulated", "concurrency": 50, "base_seconds": 1.0} | values
    engine, _ = Engine.objects.update_or_create(slug=slug, defaults=facts)
    LaneState.objects.get_or_create(engine=engine)
    return engine


def submit_job(member: User, prompt: str = "a kitten", **values: Any) -> Job:
    """Submit a small job to the first engine, as every door does."""
    facts: dict[str, Any] = {"prompt": prompt, "width": 64, "height": 64} | values
    job, _ = jobs.submit(member, JobRequest(**facts))
    return job


def make_pictures(member: User, prompt: str = "a kitten", *, count: int = 1, **values: Any) -> list[Image]:
    """Make a job whose images are pictures without files, as if a drain had made them; newest last."""
    job = submit_job(member, prompt, count=count, **values)
    jobs.cancel_job(job)
    made = {"status": "succeeded", "format": "png", "bytes": 10, "width": job.width, "height": job.height}
    job.images.update(**made, file_name="picture.png", finished_at=timezone.now())
    Job.objects.filter(pk=job.pk).update(status="succeeded")
    move_bytes({member.pk: 10 * count})
    return list(Image.objects.filter(job=job).select_related("job").order_by("pk"))
