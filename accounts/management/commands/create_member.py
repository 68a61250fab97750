from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.models import Plan, User
from accounts.services.members import create_member
from accounts.services.seeds import seed_plans


class Command(BaseCommand):
    help = "Make a member. Without a password they choose one by “Forgot your password?”."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--plan", metavar="SLUG", help="basic, advanced, or another plan you made")
        parser.add_argument("--password")
        parser.add_argument("--staff", action="store_true", help="make them an admin")

    def handle(self, *, email: str, plan: str | None, password: str | None, staff: bool, **options: object) -> None:
        seed_plans()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is not an e-mail address.") from error
        if User.objects.filter(email=email.lower()).exists():
            raise CommandError(f"{email} is a member already.")
        member = create_member(email, plan=_plan(plan), password=password, staff=staff)
        self.stdout.write(f"{member.email} · {member.plan}{' · admin' if staff else ''}")


def _plan(slug: str | None) -> Plan | None:
    if slug is None:
        return None
    try:
        return Plan.objects.get(slug=slug)
    except Plan.DoesNotExist:
        known = ", ".join(Plan.objects.values_list("slug", flat=True))
        raise CommandError(f"There is no plan “{slug}”. Plans: {known}.") from None
