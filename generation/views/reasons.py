"""Reasons as a page says them: each with the name of the plan that lifts it."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from accounts.exceptions import Reason
from accounts.models import Entitlements, Plan


def named(reasons: Sequence[Reason]) -> list[Reason]:
    """Say each reason once; `lifted_by` is the plan's name in place of its slug."""
    names = {plan.slug: str(plan) for plan in Plan.objects.all()} if any(each.lifted_by for each in reasons) else {}
    once = {reason.code: reason for reason in reversed(reasons)}
    return [Reason(r.code, r.message, names.get(r.lifted_by, r.lifted_by)) for r in reversed(once.values())]


def locked_by(allows: Callable[[Entitlements], bool], own: Entitlements, plans: Sequence[Plan]) -> str:
    """Name the first of the plans that allows it; empty where the member's own does."""
    if allows(own):
        return ""
    return next((str(plan) for plan in plans if allows(plan.entitlements())), _("no plan"))
