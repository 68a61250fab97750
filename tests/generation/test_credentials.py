"""Content Credentials: signed where pictures are made, kept on every way out, and read by anyone who asks."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from PIL import Image as Pixels

from accounts.models import User
from generation import storage
from generation.models import Image
from generation.processing import credentials
from generation.processing.certificates import make_seal
from generation.processing.credentials import Origin, Seal
from generation.processing.metadata import strip
from generation.processing.recalling import recall
from generation.services.credentials import examine
from generation.services.shares import share_image, token_of
from generation.services.uploads import save_upload
from tests.factories import make_engine, submit_job
from tests.generation.api.clients import client_of
from tests.generation.archives import download
from tests.generation.drains import drain
from tests.generation.processing.photos import photo

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
ORIGIN = Origin("trainedAlgorithmicMedia", NOON, "Illustrator")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Give a folder of credentials, in which there is nothing yet."""
    settings.CREDENTIALS_DIR = str(tmp_path / "credentials")
    return tmp_path / "credentials"


@pytest.fixture
def certificate(folder: Path) -> Path:
    """Give a folder with a certificate."""
    call_command("make_certificate", name="Gallery Alice", stdout=io.StringIO())
    return folder


@pytest.fixture(scope="module")
def ours() -> Seal:
    """Give a certificate with its key."""
    return make_seal("Gallery Alice")


def make(member: User, prompt: str = "a kitten", **values: Any) -> Image:
    """Make a picture as a drain does."""
    make_engine(settings={"seconds": 0.01})
    job = submit_job(member, prompt, **{"width": 512, "height": 512} | values)
    drain()
    return Image.objects.select_related("member", "job").get(job=job)


def tampered(data: bytes) -> bytes:
    """Change one bit of the pixels: far behind everything that a file says of itself."""
    at = len(data) * 3 // 4
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def answer(client: Client, data: bytes, language: str = "en") -> str:
    """Drop a file on the page."""
    file = SimpleUploadedFile("picture.png", data)
    response = client.post(reverse("verify"), {"file": file}, headers={"Accept-Language": language})
    return response.content.decode()


# --- Signing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_every_kind_of_file_is_signed_and_a_changed_bit_is_seen(ours: Seal, kind: str) -> None:
    plain = io.BytesIO()
    Pixels.open(io.BytesIO(photo())).convert("RGB").save(plain, kind)
    data = credentials.sign(plain.getvalue(), ORIGIN, ours)
    found = credentials.examine(data, ours.certificates)
    assert found == credentials.Finding(unchanged=True, ours=True, signer="Gallery Alice", origin=ORIGIN)
    changed = credentials.examine(tampered(data), ours.certificates)
    assert changed is not None
    assert not changed.unchanged


def test_a_certificate_of_the_same_name_is_not_ours(ours: Seal) -> None:
    data = credentials.sign(photo(), ORIGIN, make_seal("Gallery Alice"))
    found = credentials.examine(data, ours.certificates)
    assert found is not None
    assert (found.unchanged, found.ours) == (True, False)


def test_a_manifest_that_was_rewritten_says_nothing(ours: Seal) -> None:
    data = credentials.sign(photo("rocket.jpg"), ORIGIN, ours).replace(b"Illustrator", b"Illusionist")
    found = credentials.examine(data, ours.certificates)
    assert found is not None
    assert (found.unchanged, found.origin) == (False, None)


def test_a_key_of_another_certificate_signs_nothing(ours: Seal) -> None:
    with pytest.raises(credentials.Unsigned):
        credentials.sign(photo(), ORIGIN, Seal(ours.certificates, b"no key"))


# --- On the way out -----------------------------------------------------------------------------------------------


def test_a_made_picture_is_signed_and_still_says_how_it_was_made(carol: User, certificate: Path) -> None:
    image = make(carol, seed=42)
    data = storage.read(image.file_name)
    found = examine(data)
    assert found is not None
    assert (found.ours, found.unchanged, found.origin and found.origin.engine) == (True, True, "simulated")
    assert found.origin is not None
    assert found.origin.source == "algorithmicMedia"
    settings = recall(data)
    assert settings is not None
    assert settings.settings["seed"] == 42
    assert image.bytes == len(data)
    assert client_of(carol).get(f"/api/v1/images/{image.pk}/file").content == data


def test_without_a_certificate_nothing_is_signed(carol: User) -> None:
    assert examine(storage.read(make(carol).file_name)) is None


def test_a_broken_key_costs_nobody_a_picture(carol: User, certificate: Path, caplog: pytest.LogCaptureFixture) -> None:
    (certificate / "key.pem").write_text("nonsense")
    assert examine(storage.read(make(carol).file_name)) is None
    assert "pictures are not signed" in caplog.text


def test_a_marked_copy_is_signed_again_and_says_so(alice: User, certificate: Path) -> None:
    image = make(alice)
    _answer, data = download(alice, image.pk)
    archive = zipfile.ZipFile(io.BytesIO(data))
    found = examine(archive.read(archive.namelist()[0]))
    assert found is not None
    assert found.origin is not None
    assert (found.ours, found.unchanged, found.origin.edits) == (True, True, ("visible mark",))


def test_a_shared_picture_says_no_more_than_that_a_machine_made_it(
    carol: User, certificate: Path, client: Client
) -> None:
    token = token_of(share_image(make(carol, "a secret recipe")))
    data = client.get(reverse("shared_file", args=[token])).content
    found = examine(data)
    assert found is not None
    assert found.origin is not None
    assert (found.ours, found.unchanged, found.origin.engine) == (True, True, "")
    assert b"secret" not in data
    assert recall(data) is None


def test_the_result_of_a_recipe_is_signed_as_an_edit(carol: User, certificate: Path) -> None:
    image = make(carol)
    made = _processed(carol, image.pk, {"op": "rotate", "angle": 90})
    found = examine(made)
    assert found is not None
    assert found.origin is not None
    assert (found.ours, found.unchanged, found.origin.edits) == (True, True, ("recipe",))


def test_where_every_byte_counts_there_are_none(carol: User, certificate: Path) -> None:
    image = make(carol)
    made = _processed(carol, image.pk, {"op": "convert", "format": "jpeg", "at_most": 20})
    assert len(made) <= 20_000
    assert examine(made) is None


def test_a_photo_that_a_member_brought_is_not_ours_to_sign(carol: User, certificate: Path) -> None:
    upload = save_upload(carol, photo())
    assert examine(_processed(carol, upload.pk, {"op": "rotate", "angle": 90})) is None


def _processed(member: User, picture: object, *recipe: dict[str, object]) -> bytes:
    make_engine("processing", kind="processing", name="Post-processing")
    answer = client_of(member).post(
        f"/api/v1/images/{picture}/process", {"recipe": list(recipe)}, content_type="application/json"
    )
    drain()
    return storage.read(Image.objects.get(job=answer.json()["id"]).file_name)


# --- The page -----------------------------------------------------------------------------------------------------


def test_anyone_reads_where_a_picture_comes_from(carol: User, certificate: Path, client: Client) -> None:
    data = storage.read(make(carol).file_name)
    words = answer(client, data)
    assert "Made here, and not changed since" in words
    assert "Gallery Alice" in words
    assert "simulated" in words
    assert "这张图出自本站" in answer(client, data, "zh-hans")


def test_a_changed_one_is_told(carol: User, certificate: Path, client: Client) -> None:
    words = answer(client, tampered(storage.read(make(carol).file_name)))
    assert "Changed since it was made here" in words
    assert "Made here, and not changed since" not in words


def test_one_of_somebody_else_is_not_ours(certificate: Path, client: Client) -> None:
    words = answer(client, credentials.sign(photo(), ORIGIN, make_seal("Bob")))
    assert "Not made here" in words
    assert "Bob" in words


@pytest.mark.parametrize(
    ("change", "said"), [(lambda data: data, "Its settings name imagegen"), (strip, "screenshots and messengers")]
)
def test_without_credentials_it_says_what_that_means(
    carol: User, client: Client, change: Callable[[bytes], bytes], said: str
) -> None:
    words = answer(client, change(storage.read(make(carol).file_name)))
    assert "No Content Credentials in this file" in words
    assert said in words


def test_an_earlier_certificate_still_counts(carol: User, certificate: Path, client: Client) -> None:
    data = storage.read(make(carol).file_name)
    (certificate / "certificate.pem").rename(certificate / "until-2026.pem")
    (certificate / "key.pem").unlink()
    call_command("make_certificate", stdout=io.StringIO())
    assert "Made here, and not changed since" in answer(client, data)


@pytest.mark.parametrize("data", [b"<svg/>", b"", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(client: Client, data: bytes) -> None:
    assert 'id="verify-error"' in answer(client, data)


def test_a_certificate_is_not_written_over(certificate: Path) -> None:
    key = (certificate / "key.pem").read_bytes()
    assert (certificate / "key.pem").stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="rename"):
        call_command("make_certificate")
    assert (certificate / "key.pem").read_bytes() == key


def test_admins_read_how_to_get_them(dave: User, client: Client) -> None:
    assert "make credentials" not in client.get(reverse("verify")).content.decode()
    client.force_login(dave)
    assert "make credentials" in client.get(reverse("verify")).content.decode()


def test_without_the_extra_everything_goes_on(
    carol: User, certificate: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "find_spec", lambda name: None)
    assert make(carol).status == "succeeded"
    assert "does not sign its pictures" in client.get(reverse("verify")).content.decode()
