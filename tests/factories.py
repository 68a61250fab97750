"""The things that tests start from, as plain functions."""

from accounts.models import Plan, User
from accounts.services.members import create_member
from accounts.services.seeds import seed_plans

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
