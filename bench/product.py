"""A product to measure: an own data folder, Valkey and database, made before Django reads its settings."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def fresh_product() -> Iterator[Path]:
    """Set Django up on an empty data folder with Valkey running and the database migrated; gives the folder."""
    folder = Path(tempfile.mkdtemp(prefix="imagegen-bench-"))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="imagegen.settings", DATA_DIR=str(folder), SIMULATED_ENGINE="1", LOG_LEVEL="WARNING"
    )
    (folder / "static").mkdir()  # WhiteNoise warns about a folder that is not there
    import django
    from django.conf import settings
    from django.core.management import call_command

    from imagegen.valkey import make_private_folder, server_command

    django.setup()
    make_private_folder(settings.VALKEY_SOCKET.parent)
    with subprocess.Popen(server_command(settings.VALKEY_SOCKET), stdout=subprocess.DEVNULL) as valkey:
        try:
            until(settings.VALKEY_SOCKET.exists)
            call_command("migrate", verbosity=0)
            yield folder
        finally:
            valkey.terminate()
            shutil.rmtree(settings.VALKEY_SOCKET.parent, ignore_errors=True)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of ours beside the benchmark, ended by SIGTERM."""
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def until(happened: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait for something. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError(happened)
        time.sleep(0.01)


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Tell whether somebody listens there by now."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def make_member(name: str = "alice") -> Any:
    """Make a member whom no plan holds back."""
    from accounts.models import Plan, Wallet
    from accounts.services.members import create_member
    from accounts.services.seeds import seed_plans

    seed_plans()
    Plan.objects.filter(slug="advanced").update(running_images=1000, waiting_images=100_000)
    member = create_member(f"{name}@example.com", plan=Plan.objects.get(slug="advanced"))
    Wallet.objects.filter(member=member).update(balance=1_000_000)
    return member


def make_engine(*, slots: int = 50, **settings: object) -> Any:
    """Make the simulated engine, with 50 slots unless told otherwise."""
    from generation.models import Engine, LaneState

    engine, _ = Engine.objects.update_or_create(
        slug="simulated",
        defaults={"name": "simulated", "kind": "simulated", "concurrency": slots, "settings": settings},
    )
    LaneState.objects.get_or_create(engine=engine)
    return engine


def submit(member: Any, images: int, *, size: int = 64) -> None:
    """Submit so many images, eight to a job."""
    from generation.services import jobs
    from generation.services.requests import JobRequest

    for start in range(0, images, 8):
        jobs.submit(member, JobRequest(prompt="a kitten", count=min(8, images - start), width=size, height=size))


def percentile(values: list[float], share: float) -> float:
    """Give the value below which `share` of them lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
