"""What a member's plan allows."""

from accounts.models import Entitlements, Plan, User


def default_plan() -> Plan | None:
    """Give the plan of new members; None before the first plans are seeded."""
    return Plan.objects.filter(default=True).first()


def entitlements_of(member: User) -> Entitlements:
    """Freeze what this member may do now; a member without a plan has what a new one would have."""
    plan = member.plan or default_plan()
    return plan.entitlements() if plan else Entitlements()
