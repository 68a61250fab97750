import os
from argparse import ArgumentParser
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from generation.processing.certificates import make_seal
from generation.processing.credentials import is_installed
from generation.services.credentials import CERTIFICATE, KEY


class Command(BaseCommand):
    help = "Make a certificate of your own, with which pictures are signed from now on (Content Credentials)."
    requires_system_checks = ()  # they import every page, which takes longer than this command

    def add_arguments(self, parser: ArgumentParser) -> None:
        host = urlsplit(settings.PUBLIC_URL).hostname or "imagegen"
        parser.add_argument("--name", default=host, help=f"who signs, as people read it (default: {host})")

    def handle(self, *, name: str, **options: object) -> None:
        if not is_installed():
            raise CommandError("The extra “c2pa” is not installed. Add it by “make credentials”.")
        folder = Path(settings.CREDENTIALS_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        seal = make_seal(name)
        try:
            for file, content, mode in ((KEY, seal.key, 0o600), (CERTIFICATE, seal.certificates, 0o644)):
                with open(os.open(folder / file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as opened:
                    opened.write(content)
        except FileExistsError as error:
            raise CommandError(
                f"{error.filename} exists. To make another certificate, rename {CERTIFICATE}, so that pictures signed "
                f"with it still count as yours, and move {KEY} away."
            ) from error
        self.stdout.write(f"{folder / CERTIFICATE}: pictures are signed by “{name}” from now on.")
