"""What goes by itself, what stays, and work that waits until there is room."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from accounts.models import User
from generation import storage
from generation.models import Attempt, Image, Job, Upload
from generation.models.identifiers import first_uuid_of
from generation.services.audit import audit
from generation.services.clean_up import clean_up
from generation.services.kept import wrong_counts
from generation.services.recipes import save_recipe
from generation.services.seeds import seed_engine
from generation.services.uploads import save_upload
from tests.factories import make_engine, make_plan, submit_job
from tests.generation.api.clients import client_of, wrong_fields
from tests.generation.drains import drain
from tests.generation.processing.photos import photo

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def age(image: Image, days: int) -> None:
    """Let a picture be so old: its id tells the time as well."""
    then = timezone.now() - timedelta(days=days)
    Attempt.objects.filter(image=image).delete()
    Image.objects.filter(pk=image.pk).update(id=first_uuid_of(then), finished_at=then)


def make(member: User, *, days: int = 0, **values: Any) -> Image:
    """Make a picture that is so many days old."""
    make_engine(settings={"seconds": 0.01})
    job = submit_job(member, **values)
    drain()
    image = Image.objects.get(job=job)
    if days:
        age(image, days)
    return Image.objects.get(job=job)


def files() -> set[str]:
    """Name all pictures that are stored."""
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def write(name: str, *, hours: float) -> str:
    """Store a file that is so many hours old."""
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"picture")
    os.utime(path, (time.time() - hours * 3600,) * 2)
    return name


def named(hours: float) -> str:
    """Name a file as if it had been claimed so many hours ago."""
    return f"generated_image_{time.time_ns() - int(hours * 3.6e12)}_0123456789abcdef.png"


def test_pictures_go_after_the_days_of_their_plan(alice: User, carol: User) -> None:
    old, young, of_another_plan = make(alice, days=31), make(alice, days=29), make(carol, days=31)
    clean_up()
    assert set(Image.objects.values_list("pk", flat=True)) == {young.pk, of_another_plan.pk}
    assert not Job.objects.filter(pk=old.job_id).exists()
    assert not set(storage.files_of(old.file_name)) & files()
    assert set(storage.files_of(young.file_name)[:3]) <= files()
    assert list(wrong_counts()) == []


def test_a_plan_may_keep_pictures_for_ever(alice: User) -> None:
    make_plan(retention_days=0)
    make(alice, days=4000)
    clean_up()
    assert Image.objects.count() == 1


def test_what_a_waiting_task_starts_from_stays(alice: User) -> None:
    make_plan(modes=["*"])
    image = make(alice, days=31)
    waiting = submit_job(alice, reference=image.pk)
    clean_up()
    assert Image.objects.filter(pk=image.pk).exists()
    Image.objects.filter(job=waiting).update(status="cancelled")
    clean_up()
    assert not Image.objects.filter(pk=image.pk).exists()


def test_uploads_go_too_but_for_those_in_a_saved_recipe(carol: User) -> None:
    logo, gone = save_upload(carol, photo("logo.png")), save_upload(carol, photo("coffee.png"))
    save_recipe(carol, name="Shop", operations=[{"op": "logo", "picture": str(logo.pk)}])
    Upload.objects.update(created_at=timezone.now() - timedelta(days=366))
    clean_up()
    assert list(Upload.objects.all()) == [logo]
    assert gone.file_name not in files()
    assert audit() == []


def test_files_of_nobody_go_once_they_are_old_enough(alice: User) -> None:
    image = make(alice)
    young, old, ancient = (write(named(hours), hours=hours) for hours in (1, 30, 24 * 30))
    thumbnail = write(storage.thumbnail_name(old), hours=30)
    strange = write("readme.txt", hours=1000)
    clean_up()
    assert not {old, thumbnail} & files()
    assert {young, ancient, strange, image.file_name} <= files()


def test_copies_and_what_was_never_finished_go(alice: User) -> None:
    fresh, stale = write(f"marked/{named(30)}", hours=2), write(f"marked/thumbnails/{named(31)}", hours=200)
    begun, left = write("marked/.writing-a", hours=0.1), write("display/.writing-b", hours=2)
    clean_up()
    assert {fresh, begun} <= files()
    assert not {stale, left} & files()


@pytest.mark.parametrize(
    ("name", "words"), [("DISK_FULL_BYTES", "nearly full"), ("MEMORY_LOW_BYTES", "short of memory")]
)
def test_without_room_work_waits_and_says_why(
    alice: User, client: Client, settings: LazySettings, name: str, words: str
) -> None:
    make_engine(settings={"seconds": 0.01})
    setattr(settings, name, 1 << 60)
    job = submit_job(alice)
    drain()
    assert Image.objects.get().status == "queued"
    client.force_login(alice)
    assert words in client.get("/").content.decode()
    setattr(settings, name, 0)
    drain()
    assert Job.objects.get(pk=job.pk).status == "succeeded"


def test_a_full_disk_takes_no_uploads(alice: User, settings: LazySettings) -> None:
    settings.DISK_FULL_BYTES = 1 << 60
    file = ContentFile(photo("coffee.png"), name="coffee.png")
    assert wrong_fields(client_of(alice).post("/api/v1/uploads", {"file": file})) == ["file"]
    assert not Upload.objects.exists()


def test_what_is_under_way_is_not_begun_twice(carol: User) -> None:
    seed_engine()
    upload = save_upload(carol, photo("coffee.png"))
    body = {"recipe": [{"op": "resize", "width": 50}]}
    first, again = (
        client_of(carol).post(f"/api/v1/images/{upload.pk}/process", body, content_type="application/json")
        for _press in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert default_storage.exists(upload.file_name)
