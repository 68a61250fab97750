"""Pictures are sent to their owner, safely and once."""

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import Client

from accounts.models import User
from generation import storage
from generation.models import Image
from generation.processing.pictures import open_picture
from generation.services.runner import Drain
from tests.factories import make_engine, submit_job
from tests.generation.api.clients import client_of
from tests.generation.drains import drain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def program(alice: User) -> Client:
    """Give Alice's program."""
    return client_of(alice)


@pytest.fixture
def image(alice: User) -> dict[str, Any]:
    """Give an image that was made, as the API represents it."""
    make_engine(settings={"seconds": 0.05})
    job = submit_job(alice, "A cute kitten, 在海边!")
    async_to_sync(Drain(idle_seconds=0.1).run)()
    images: list[dict[str, Any]] = client_of(alice).get(f"/api/v1/jobs/{job.pk}").json()["images"]
    return images[0]


def test_a_picture_is_sent_safely(program: Client, image: dict[str, Any]) -> None:
    response = program.get(image["url"])
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert len(response.content) == image["bytes"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["Content-Disposition"].startswith("inline")


def test_a_download_has_a_readable_name(program: Client, image: dict[str, Any]) -> None:
    response = program.get(image["url"], {"download": "1"})
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''a-cute-kitten-%E5%9C%A8%E6%B5%B7%E8%BE%B9_1_1.png"
    )


def test_a_picture_that_is_known_is_not_sent_again(program: Client, image: dict[str, Any]) -> None:
    etag = program.get(image["url"])["ETag"]
    response = program.get(image["url"], headers={"If-None-Match": etag})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)


def test_a_thumbnail_is_small(program: Client, image: dict[str, Any]) -> None:
    response = program.get(image["thumbnail_url"])
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")


def test_a_medium_picture_is_made_when_it_is_asked_for_and_goes_with_its_picture(program: Client, alice: User) -> None:
    make_engine(settings={"seconds": 0.01})
    submit_job(alice, width=1024, height=512)
    drain()
    image = Image.objects.get()
    name = storage.medium_name(image.file_name)
    assert not storage.exists(name)
    response = program.get(f"/api/v1/images/{image.pk}/medium")
    assert open_picture(response.content).size == (640, 320)
    assert response["Cache-Control"] == "private, no-cache"  # it has Alice's mark
    assert response.content != storage.read(name)
    storage.delete(image.file_name)
    assert not storage.exists(name)


def test_a_small_picture_has_no_medium_one_of_its_own(program: Client, image: dict[str, Any]) -> None:
    assert program.get(image["medium_url"]).content == program.get(image["display_url"]).content


def test_the_proxy_may_send_it(program: Client, image: dict[str, Any], settings: Any) -> None:
    settings.X_ACCEL_PREFIX = "/protected/"
    response = program.get(image["url"])
    assert response["X-Accel-Redirect"] == f"/protected/{Image.objects.get().file_name}"
    assert (response.content, response["Content-Type"]) == (b"", "image/png")


@pytest.mark.parametrize("which", ["url", "thumbnail_url"])
def test_a_missing_file_is_a_problem(program: Client, image: dict[str, Any], which: str) -> None:
    storage.delete(Image.objects.get().file_name)
    response = program.get(image[which])
    assert (response.status_code, response.json()["code"]) == (404, "file_missing")
    assert "Cache-Control" not in response


def test_an_image_that_waits_has_no_file(program: Client, alice: User) -> None:
    make_engine()
    image = submit_job(alice).images.get()
    for name in ("file", "thumbnail"):
        assert program.get(f"/api/v1/images/{image.pk}/{name}").json()["code"] == "file_missing"


def test_files_are_not_counted_as_requests(program: Client, image: dict[str, Any], settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0
    assert program.get(image["url"]).status_code == 200
