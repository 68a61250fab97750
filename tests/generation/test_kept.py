"""What is kept is counted with each change, and everything that belongs to a picture goes with it."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image as Picture

from accounts.models import User
from generation.models import Image
from generation.services import jobs
from generation.services.audit import audit
from generation.services.discards import clear_discards
from generation.services.kept import bytes_kept
from generation.services.representation import represent_image
from generation.services.uploads import save_upload
from tests.factories import make_engine, submit_job
from tests.generation.drains import drain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def images(alice: User) -> list[Image]:
    """Give three pictures of one job."""
    make_engine(settings={"seconds": 0.05})
    job = submit_job(alice, count=3)
    drain()
    return list(job.images.all())


def files() -> list[Path]:
    """Give every file there is."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_picture_comes_with_its_renditions(images: list[Image]) -> None:
    told = represent_image(images[0])
    assert told["placeholder"].startswith("data:image/webp;base64,")
    assert told["display_url"] == f"/api/v1/images/{images[0].pk}/display"


def test_bytes_are_counted_as_they_come_and_go(alice: User, images: list[Image]) -> None:
    assert bytes_kept(alice) == sum(image.bytes or 0 for image in images)
    jobs.delete_image(images[0])
    assert bytes_kept(alice) == sum(image.bytes or 0 for image in images[1:])
    jobs.delete_job(images[1].job)
    assert (bytes_kept(alice), audit()) == (0, [])


def test_uploads_count_too(alice: User) -> None:
    data = io.BytesIO()
    Picture.new("RGB", (64, 64), "teal").save(data, "PNG")
    assert bytes_kept(alice) == 0
    upload = save_upload(alice, data.getvalue())
    assert bytes_kept(alice) == upload.bytes
    assert audit() == []


def test_a_wrong_counter_is_found(alice: User, images: list[Image]) -> None:
    Image.objects.filter(pk=images[0].pk).update(bytes=1)
    assert any(line.startswith(f"member {alice.pk}:") for line in audit())


def test_deleting_leaves_no_file(images: list[Image]) -> None:
    before = len(files())
    jobs.delete_images(Image.objects.filter(pk__in=[image.pk for image in images]))
    clear_discards()
    assert before - len(files()) == 9
