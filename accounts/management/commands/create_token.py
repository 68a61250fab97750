from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.models import ApiToken, User
from accounts.services.tokens import create_token


class Command(BaseCommand):
    help = "Make an API token for a member and print it, alone. It is shown this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="command line", help="what the token is for")
        parser.add_argument("--scope", choices=ApiToken.Scope.values, default=ApiToken.Scope.WRITE)

    def handle(self, *, email: str, name: str, scope: str, **options: object) -> None:
        try:
            member = User.objects.get_by_natural_key(email)
        except User.DoesNotExist:
            raise CommandError(f"{email} is not a member.") from None
        _token, secret = create_token(member, name=name, scope=scope)
        self.stdout.write(secret)
