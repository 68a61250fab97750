"""The visible mark of a plan: on everything that leaves, on nothing that is stored, and gone with a better plan."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image as Pixels

from accounts.models import SiteSettings, User
from accounts.services.members import change_plan
from generation import storage
from generation.models import Image
from generation.processing.pictures import encode, open_picture
from generation.processing.recalling import recall
from generation.processing.visible_mark import marked
from generation.services.jobs import delete_job
from generation.services.shares import share_image, token_of
from tests.factories import make_engine, make_plan, submit_job
from tests.generation.api.clients import client_of
from tests.generation.archives import download
from tests.generation.drains import drain
from tests.generation.processing.photos import photo

pytestmark = pytest.mark.django_db(transaction=True)


def make(member: User, **size: Any) -> Image:
    """Make a picture as a drain does."""
    make_engine(settings={"seconds": 0.01})
    size = {"width": 512, "height": 512} | size
    job = submit_job(member, **size)
    drain()
    return Image.objects.select_related("member", "job").get(job=job)


@pytest.fixture
def image(alice: User) -> Image:
    """Give a picture of a member whose plan has a mark."""
    return make(alice)


def get(member: User, image: Image, variant: str = "file", **headers: str) -> Any:
    """Fetch a variant of a picture."""
    return client_of(member).get(f"/api/v1/images/{image.pk}/{variant}", headers=headers)


def changed(one: bytes, other: bytes) -> Any:
    """Tell how much each pixel differs."""
    pixels = [numpy.asarray(open_picture(data).convert("RGB"), dtype=int) for data in (one, other)]
    return numpy.abs(pixels[0] - pixels[1]).max(axis=2)


def copies(image: Image) -> list[Path]:
    """List the marked copies of a picture that are kept."""
    return list((Path(settings.MEDIA_ROOT) / "marked").rglob(f"{Path(image.file_name).stem}*"))


@pytest.mark.parametrize(("variant", "longest"), [("file", 512), ("display", 512), ("thumbnail", 320)])
def test_what_is_delivered_has_a_mark_in_its_corner(alice: User, image: Image, variant: str, longest: int) -> None:
    names = dict(zip(("file", "thumbnail", "display"), storage.files_of(image.file_name), strict=False))
    response = get(alice, image, variant)
    different = changed(response.content, storage.read(names[variant])) > 60
    assert different.shape == (longest, longest)
    assert different[-longest // 10 :, longest // 2 :].any()
    assert not different[: -longest // 6].any()
    assert response["Cache-Control"] == "private, no-cache"


def test_the_original_is_stored_without_it_and_given_after_an_upgrade(alice: User, image: Image) -> None:
    stored = storage.read(image.file_name)
    before = get(alice, image)
    assert before.content != stored
    assert get(alice, image, if_none_match=before["ETag"]).status_code == 304
    change_plan(alice, make_plan("advanced"))
    after = get(alice, image, if_none_match=before["ETag"])
    assert (after.status_code, after.content, storage.read(image.file_name)) == (200, stored, stored)
    assert after["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_better_plan_has_none(carol: User) -> None:
    image = make(carol)
    assert get(carol, image).content == storage.read(image.file_name)
    assert copies(image) == []


def test_archives_and_shared_pictures_have_it(alice: User, image: Image, client: Client) -> None:
    marked_file = open_picture(get(alice, image).content)
    _answer, data = download(alice, image.pk)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert open_picture(archive.read(archive.namelist()[0])) == marked_file
    token = token_of(share_image(image))
    assert open_picture(client.get(reverse("shared_file", args=[token])).content) == marked_file
    display = client.get(reverse("shared_display", args=[token])).content
    assert display == get(alice, image, "display").content


def test_a_copy_is_made_once_and_goes_with_its_picture(alice: User, image: Image) -> None:
    get(alice, image)
    (copy,) = copies(image)
    made_at = copy.stat().st_mtime_ns
    get(alice, image)
    assert copy.stat().st_mtime_ns == made_at
    delete_job(image.job)
    assert copies(image) == []


def test_an_admins_words_take_the_place_of_the_others(alice: User, image: Image, dave: User, client: Client) -> None:
    before = get(alice, image)
    client.force_login(dave)
    client.get("/admin/accounts/sitesettings/")
    client.post("/admin/accounts/sitesettings/1/change/", {"sign_up": "open", "mark_text": "画廊 Studio"})
    assert SiteSettings.objects.get().mark_text == "画廊 Studio"
    after = get(alice, image, if_none_match=before["ETag"])
    assert after.status_code == 200
    assert changed(before.content, after.content).max() > 60


def test_the_file_says_as_much_as_before(alice: User, image: Image) -> None:
    assert recall(get(alice, image).content) == recall(storage.read(image.file_name))


def test_a_picture_that_is_too_small_to_read_it_on_has_none(alice: User) -> None:
    image = make(alice, width=512, height=128)
    assert get(alice, image).content == storage.read(image.file_name)


def test_another_members_is_not_found(bob: User, image: Image) -> None:
    assert get(bob, image).status_code == 404
    assert copies(image) == []


@pytest.mark.parametrize("ground", ["white", "black", "coffee.png", "chelsea.png"])
@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_it_is_seen_on_every_ground(ground: str, format_: Any) -> None:
    plain = open_picture(photo(ground)) if "." in ground else Pixels.new("RGB", (600, 400), ground)
    data = encode(plain.convert("RGB"), format_)
    difference = changed(data, marked(data, "Made with imagegen"))
    assert (difference > 90).sum() > 150
    assert (difference[: difference.shape[0] // 2] > 40).sum() == 0
