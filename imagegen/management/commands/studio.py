import fcntl
import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from accounts.services.invitations import invite_first_admin
from accounts.services.seeds import seed_plans
from generation.services.seeds import seed_engine
from generation.services.targets import seed_targets
from imagegen.orphans import kill_marked
from imagegen.queue import ensure_schedules
from imagegen.staticfiles import collect_static
from imagegen.supervisor import mark_of


class Command(BaseCommand):
    help = "Run everything in one terminal: Valkey, the web and the workers. Ctrl-C stops all of it."
    requires_system_checks = ()  # they import every page, a second of each start; `make lint` runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--prepare", action="store_true", help="bring the data up to date, then end")

    def handle(self, *, host: str, port: int, prepare: bool, **options: object) -> None:
        if prepare:
            _prepare()
            return
        address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
        _lock(settings.DATA_DIR / "studio.lock", address)
        kill_marked(mark_of(settings.DATA_DIR))  # left over from a studio that was killed: we hold its lock
        _refuse_busy_port(host, port)
        _prepare()
        self.stdout.write(f"imagegen: {address}\nData: {settings.DATA_DIR}\nCtrl-C stops everything.")
        if secret := invite_first_admin():
            self.stdout.write(f"There is no admin yet. Become the first: {address}first-admin/{secret}/")
        self._become_supervisor(host, port)

    def _become_supervisor(self, host: str, port: int) -> None:
        """Replace this process, and the memory that Django takes, by the one that looks after the services."""
        command = [sys.executable, "-m", "imagegen.supervisor", "--folder", str(settings.DATA_DIR)]
        command += ["--host", host, "--port", str(port)]
        if not settings.REDIS_URL:
            command += ["--valkey", str(settings.VALKEY_SOCKET)]
        connections.close_all()
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        os.execve(sys.executable, command, os.environ | {"DATA_DIR": str(settings.DATA_DIR)})


def _prepare() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    seed_plans()
    seed_engine()
    seed_targets()
    ensure_schedules()


def _lock(path: Path, address: str) -> None:
    """Hold the data folder for as long as this process lives, the program it becomes included."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CommandError(f"Already running on this data folder: {os.read(descriptor, 1000).decode()}") from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{address} (process {os.getpid()})".encode())
    os.set_inheritable(descriptor, True)


def _refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Cannot listen on {host}:{port} ({error.strerror}). Try PORT={port + 1}.") from None
