"""The rows of a data folder, by a process of its own: `python -m tests.generation.engines.rows prepare|look …`."""

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "imagegen.settings"
django.setup()

from typing import Any  # noqa: E402

from django.core.management import call_command  # noqa: E402

from generation.models import Attempt, Image  # noqa: E402
from generation.services.audit import audit  # noqa: E402
from tests.factories import make_engine, make_member, submit_job  # noqa: E402


def prepare(engines: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Migrate, and submit a picture to each of some kinds of engines."""
    call_command("migrate", verbosity=0)
    carol = make_member("carol", plan="advanced")
    for order, (kind, settings) in enumerate(engines.items()):
        make_engine(kind, kind=kind, settings=settings, order=order)
        submit_job(carol, engine=kind, width=512, height=512)
    return look()


def look() -> dict[str, Any]:
    """Tell how each picture stands, and who works on it."""
    images = {image.lane.kind: image for image in Image.objects.select_related("lane")}
    return {
        "status": {kind: image.status for kind, image in images.items()},
        "errors": {kind: image.error_code for kind, image in images.items()},
        "workers": sorted({int(drain.split(":")[1]) for drain in _open().values_list("drain", flat=True)}),
        "remote": _open().exclude(remote__isnull=True).count(),
        "wrong": audit(),
    }


def _open() -> Any:
    return Attempt.objects.filter(outcome="").order_by()


if __name__ == "__main__":
    found = prepare(json.loads(sys.argv[2])) if sys.argv[1] == "prepare" else look()
    print(json.dumps(found))  # noqa: T201
