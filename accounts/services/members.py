"""Members come, change and are held back."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Plan, User
from accounts.services.credits import wallet_of
from accounts.services.plans import default_plan
from imagegen.events import publish_session_ended


@transaction.atomic
def create_member(email: str, *, plan: Plan | None = None, password: str | None = None, staff: bool = False) -> User:
    """Make a member whose e-mail needs no proof; without a password they log in after a reset."""
    member = User(email=email.lower(), plan=plan, is_staff=staff, is_superuser=staff)
    member.set_password(password)
    enrol(member, email_proven=True)
    return member


@transaction.atomic
def enrol(member: User, *, email_proven: bool = False) -> None:
    """Store a new member with a plan, a wallet and this month's credits: the same steps from every door."""
    member.plan = member.plan or default_plan()
    member.save()
    wallet_of(member)
    if email_proven:
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)


@transaction.atomic
def change_plan(member: User, plan: Plan) -> None:
    """Put a member on another plan; a better one brings the difference in credits at once."""
    User.objects.filter(pk=member.pk).update(plan=plan)
    member.plan = plan
    wallet_of(member)


def suspend(member: User) -> bool:
    """Hold a member back from making pictures; they can still log in and see theirs."""
    return User.objects.filter(pk=member.pk, suspended_at__isnull=True).update(suspended_at=timezone.now()) == 1


def unsuspend(member: User) -> bool:
    """Let a suspended member make pictures again."""
    return User.objects.filter(pk=member.pk, suspended_at__isnull=False).update(suspended_at=None) == 1


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """How many members there are, and how many of them came lately."""

    total: int
    suspended: int
    new_today: int  # in the last 24 hours
    new_this_week: int


def count_members() -> MemberCounts:
    """Count the members, in one query."""
    now = timezone.now()
    counts = User.objects.filter(is_active=True).aggregate(
        total=Count("pk"),
        suspended=Count("pk", filter=Q(suspended_at__isnull=False)),
        new_today=Count("pk", filter=Q(date_joined__gte=now - timedelta(days=1))),
        new_this_week=Count("pk", filter=Q(date_joined__gte=now - timedelta(days=7))),
    )
    return MemberCounts(**counts)


def set_mail_when_finished(member: User, wanted: bool) -> None:
    """Keep whether this member wants mail about long work that ended while they were away."""
    User.objects.filter(pk=member.pk).update(mail_when_finished=wanted)


def set_ways_on(member: User, *, simplify_refused: bool, accept_fallback: bool) -> None:
    """Keep what this member wants done where an engine refuses a prompt, or is down."""
    User.objects.filter(pk=member.pk).update(simplify_refused=simplify_refused, accept_fallback=accept_fallback)


@transaction.atomic
def close_account(member: User) -> None:
    """Close every way in at once; what is left is deleted when nothing is made for this member any more."""
    User.objects.filter(pk=member.pk).update(is_active=False, leaving_since=timezone.now())
    transaction.on_commit(partial(publish_session_ended, member.pk))


def remove_second_factors(member: User) -> int:
    """Take away passkeys, app and recovery codes of somebody who lost them; tells how many there were."""
    count: int = Authenticator.objects.filter(user=member).delete()[0]
    return count


def second_factors_of(member: User) -> list[str]:
    """Name the kinds of second factors that this member has."""
    return list(Authenticator.objects.filter(user=member).values_list("type", flat=True).order_by("type").distinct())


def set_language(member: User, language: str) -> None:
    """Keep the language this member reads."""
    User.objects.filter(pk=member.pk).update(language=language)


def set_theme(member: User, theme: str) -> None:
    """Keep the theme this member likes; empty: as their system has it."""
    User.objects.filter(pk=member.pk).update(theme=theme)
