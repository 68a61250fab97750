"""Pictures that programs bring."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from generation.models import Upload
from tests.factories import make_engine
from tests.generation.api.clients import client_of, post_job, wrong_fields

pytestmark = pytest.mark.django_db


def png(width: int = 32, height: int = 24) -> bytes:
    """Give a small picture."""
    output = BytesIO()
    Image.new("RGB", (width, height), "teal").save(output, "PNG")
    return output.getvalue()


def bomb() -> bytes:
    """Give a PNG of one kilobyte that claims 50,000 × 50,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", bytes(900)) + chunk(b"IEND", b"")


def send(program: Client, data: bytes, name: str = "picture.png") -> Any:
    """Upload a file."""
    return program.post("/api/v1/uploads", {"file": SimpleUploadedFile(name, data)})


BAD = {
    "a bomb": bomb(),
    "truncated": png(300, 300)[:-200],
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a renamed executable": b"\x7fELF\x02\x01\x01" + bytes(500),
    "empty": b"",
}


def test_a_picture_is_kept_and_used(alice: User) -> None:
    make_engine()
    program = client_of(alice)
    response = send(program, png())
    upload = response.json()
    assert (response.status_code, upload["width"], upload["height"]) == (201, 32, 24)
    job = post_job(program, reference=upload["id"]).json()
    assert (job["mode"], job["reference"]) == ("image-to-image", upload["id"])
    thumbnail = program.get(upload["thumbnail_url"])
    assert (thumbnail.status_code, thumbnail["Content-Type"]) == (200, "image/webp")


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_picture_is_refused_by_its_field(alice: User, kind: str) -> None:
    response = send(client_of(alice), BAD[kind])
    assert (response.status_code, wrong_fields(response)) == (422, ["file"])
    assert not Upload.objects.exists()


def test_a_file_beyond_the_limit_is_refused(alice: User, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 100
    response = send(client_of(alice), png(300, 300) + bytes(1000))
    assert (response.status_code, wrong_fields(response)) == (422, ["file"])


@pytest.mark.parametrize("data", [{}, {"file": "text"}, {"picture": SimpleUploadedFile("a.png", b"")}])
def test_a_missing_file_is_named(alice: User, data: dict[str, Any]) -> None:
    response = client_of(alice).post("/api/v1/uploads", data)
    assert (response.status_code, wrong_fields(response)) == (422, ["file"])


def test_a_broken_form_is_refused(alice: User) -> None:
    response = client_of(alice).post("/api/v1/uploads", b"--x", content_type="multipart/form-data")
    assert (response.status_code, response.json()["code"]) == (400, "invalid_body")
