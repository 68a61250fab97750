"""A member takes everything along, or leaves."""

import asyncio
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from accounts.models import CreditEntry, User
from accounts.services.tokens import create_token, find_token
from generation.models import Attempt, Collection, CollectionItem, Image, Job, Preset, ShareLink, Upload
from generation.services.leaving import delete_leavers, leave
from generation.services.runner import Drain
from generation.services.uploads import save_upload
from tests.factories import PASSWORD, make_engine, make_member, submit_job
from tests.generation.api.test_uploads import png

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def erin() -> User:
    """Give a member with a password, a picture and an upload."""
    member = make_member("erin", password=PASSWORD)
    make_engine(settings={"seconds": 0.02})
    save_upload(member, png())
    submit_job(member, "a lighthouse")
    async_to_sync(Drain(idle_seconds=0.1).run)()
    return member


@pytest.fixture
def as_erin(client: Client, erin: User) -> Client:
    client.post("/accounts/login/", {"login": erin.email, "password": PASSWORD})
    return client


def files_of(member: User) -> list[str]:
    pictures = Image.objects.filter(member=member).values_list("file_name", flat=True)
    return [*pictures, *Upload.objects.filter(member=member).values_list("file_name", flat=True)]


def read_export(client: Client) -> zipfile.ZipFile:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response: Any = client.get("/account/export/")

    async def collect() -> bytes:
        return b"".join([piece async for piece in response.streaming_content])

    return zipfile.ZipFile(BytesIO(asyncio.run(collect())))


def test_the_archive_holds_everything(as_erin: Client, erin: User) -> None:
    archive = read_export(as_erin)
    names = set(archive.namelist())
    assert {"about.txt", "account.json", "credits.json", "tasks.json"} <= names
    assert json.loads(archive.read("account.json"))["email"] == "erin@example.com"
    (task,) = json.loads(archive.read("tasks.json"))
    assert task["prompt"] == "a lighthouse"
    assert archive.read(task["images"][0]["file"]).startswith(b"\x89PNG")
    assert any(name.startswith("uploads/") for name in names)


def test_the_archive_holds_presets_collections_and_links(as_erin: Client, erin: User) -> None:
    Preset.objects.create(member=erin, name="Night", settings={"style": "oil"})
    collection = Collection.objects.create(member=erin, name="Lighthouses")
    image = Image.objects.get(member=erin)
    CollectionItem.objects.create(collection=collection, image=image)
    ShareLink.objects.create(member=erin, image=image, shows_prompt=True, views=3)
    others = json.loads(read_export(as_erin).read("others.json"))
    assert [preset["name"] for preset in others["presets"]] == ["Night"]
    assert others["collections"][0]["images"] == [str(image.pk)]
    assert [(link["image"], link["views"]) for link in others["shared_links"]] == [(str(image.pk), 3)]


def test_the_archive_wants_a_fresh_proof(as_erin: Client) -> None:
    assert as_erin.get("/account/export/").headers["Location"].startswith("/accounts/reauthenticate/")


def test_the_archive_holds_nothing_of_others(as_erin: Client, bob: User) -> None:
    submit_job(bob, "a secret of Bob")
    archive = read_export(as_erin)
    assert "Bob" not in archive.read("tasks.json").decode()


def test_a_file_that_is_gone_spoils_nothing(as_erin: Client, erin: User) -> None:
    default_storage.delete(files_of(erin)[0])
    assert read_export(as_erin).testzip() is None


def test_everything_goes_with_the_password(as_erin: Client, erin: User) -> None:
    names = files_of(erin)
    assert all(default_storage.exists(name) for name in names)
    page = as_erin.post("/account/delete/", {"password": PASSWORD}, follow=True)
    assert "Your account is closed" in page.content.decode()
    assert delete_leavers() == 1
    assert not User.objects.filter(email="erin@example.com").exists()
    assert not Job.objects.exists()
    assert not CreditEntry.objects.exists()
    assert not any(default_storage.exists(name) for name in names)


def test_without_the_password_nothing_goes(as_erin: Client, erin: User) -> None:
    page = as_erin.post("/account/delete/", {"password": "wrong"})
    assert (page.status_code, "This is not your password." in page.content.decode()) == (422, True)
    delete_leavers()
    assert User.objects.filter(pk=erin.pk, is_active=True).exists()


def test_passwords_cannot_be_tried_for_ever(as_erin: Client) -> None:
    pages = [as_erin.post("/account/delete/", {"password": f"wrong{n}"}).content.decode() for n in range(12)]
    assert "Too many tries" in pages[-1]
    assert "Too many tries" in as_erin.post("/account/delete/", {"password": PASSWORD}).content.decode()


def test_every_way_in_is_shut_at_once(as_erin: Client, erin: User) -> None:
    _, secret = create_token(erin, name="shop")
    leave(erin)
    assert find_token(secret) is None
    assert as_erin.get("/account/").status_code == 302


def test_work_is_stopped_before_the_rows_go(erin: User) -> None:
    job = submit_job(erin, count=2)
    image = job.images.first()
    assert image
    attempt = Attempt.objects.create(
        image=image, lane=image.lane, member=erin, drain="test", lease_until=timezone.now(), outcome="cancelled"
    )
    leave(erin)
    assert not job.images.active().exists()
    assert delete_leavers() == 0  # an engine still works on something
    Attempt.objects.filter(pk=attempt.pk).update(holds_slot=False)
    assert delete_leavers() == 1


def test_others_stay(erin: User, bob: User) -> None:
    submit_job(bob)
    leave(erin)
    delete_leavers()
    assert Job.objects.filter(member=bob).exists()
