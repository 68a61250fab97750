from django.core.management.base import BaseCommand, CommandError

from accounts.models import CreditEntry
from generation.services.audit import audit


class Command(BaseCommand):
    help = "Check that every credit, reservation and slot is accounted for. Ends with 1 where something is wrong."
    requires_system_checks = ()  # they import every page, which takes longer than this command

    def handle(self, **options: object) -> None:
        problems = audit()
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(f"{len(problems)} things do not add up.")
        self.stdout.write(f"OK: {CreditEntry.objects.count()} entries, every credit is accounted for.")
