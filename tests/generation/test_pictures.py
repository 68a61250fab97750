"""Many pictures at once: one zip file of an exact size, deleting, and cancelling all that waits."""

import io
import uuid
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import User
from generation import storage
from generation.models import Image, Job
from tests.factories import make_engine, submit_job
from tests.generation.archives import download
from tests.generation.services.playing import claim, end

pytestmark = pytest.mark.django_db(transaction=True)

CONTENT = b"a picture" * 200_000


@pytest.fixture
def finished() -> Callable[..., list[Image]]:
    """Give a maker of finished pictures with files."""
    make_engine()

    def make(member: User, prompt: str = "a kitten, 小猫", count: int = 2) -> list[Image]:
        job = submit_job(member, prompt, count=count)
        while claims := claim():
            end(claims)
        images = list(job.images.select_related("job").order_by("index"))
        for image in images:
            default_storage.save(image.file_name, ContentFile(CONTENT))
        return images

    return make


def test_the_zip_has_the_size_that_was_announced_and_every_picture(
    alice: User, finished: Callable[..., list[Image]]
) -> None:
    images = finished(alice) + finished(alice)
    answer, data = download(alice, *(image.pk for image in images))
    assert int(answer["Content-Length"]) == len(data) > 4 * len(CONTENT)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == [f"a-kitten-小猫_{job}_{index}.png" for job in (1, 2) for index in (1, 2)]
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_another_members_pictures_are_not_in_it(alice: User, bob: User, finished: Callable[..., list[Image]]) -> None:
    mine, others = finished(alice), finished(bob)
    _answer, data = download(alice, mine[0].pk, others[0].pk, uuid.uuid4(), "rubbish")
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 1
    answer, _data = download(bob, mine[0].pk)
    assert answer.status_code == 302


def test_a_file_that_is_gone_does_not_spoil_the_others(alice: User, finished: Callable[..., list[Image]]) -> None:
    kept, gone = finished(alice)
    storage.delete(gone.file_name)
    answer, data = download(alice, kept.pk, gone.pk)
    assert int(answer["Content-Length"]) == len(data)
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 1


def test_without_pictures_there_is_no_zip_but_a_word(client: Client, alice: User) -> None:
    client.force_login(alice)
    answer = client.post("/images/download/", follow=True)
    assert "Choose some pictures first." in answer.content.decode()
    many = client.post("/images/download/", {"image": [str(uuid.uuid4())] * 501}, follow=True)
    assert "Choose at most 500 pictures at once." in many.content.decode()


def test_the_chosen_are_deleted_and_no_other(
    client: Client, alice: User, bob: User, finished: Callable[..., list[Image]]
) -> None:
    mine, others = finished(alice, count=3), finished(bob)
    client.force_login(alice)
    answer = client.post("/images/delete/", {"image": [mine[0].pk, mine[1].pk, others[0].pk]})
    assert answer.json() == {"words": "2 pictures deleted", "deleted": 2}
    assert list(Image.objects.visible_to(alice)) == [mine[2]]
    assert Image.objects.visible_to(bob).count() == 2
    assert not default_storage.exists(mine[0].file_name)


def test_all_that_waits_is_cancelled_and_what_runs_goes_on(client: Client, alice: User, bob: User) -> None:
    make_engine()
    running, waiting = submit_job(alice, count=2), submit_job(alice, count=2)
    claim(2)
    others = submit_job(bob)
    client.force_login(alice)
    answer = client.post("/jobs/clear-waiting/", headers={"HX-Request": "true"})
    assert answer.content.decode() == "2 waiting pictures cancelled"
    states = dict(Job.objects.values_list("pk", "status"))
    assert (states[running.pk], states[waiting.pk], states[others.pk]) == ("running", "cancelled", "queued")
