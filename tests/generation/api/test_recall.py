"""A program asks how a picture was made."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin

from accounts.models import User
from generation.models import Upload
from tests.factories import make_engine
from tests.generation.api.clients import client_of, wrong_fields

pytestmark = pytest.mark.django_db
WORDS = "a fox\nSteps: 200, Sampler: Euler, CFG scale: 7, Seed: 18446744073709551615, Size: 8000x8000, Clip skip: 2"


def png(words: str = "") -> bytes:
    said = PngImagePlugin.PngInfo()
    if words:
        said.add_text("parameters", words)
    output = BytesIO()
    Image.new("RGB", (8, 8)).save(output, "PNG", pnginfo=said)
    return output.getvalue()


def ask(program: Client, data: bytes, **more: str) -> Any:
    return program.post("/api/v1/recall", {"file": SimpleUploadedFile("fox.png", data)} | more)


def test_it_answers_with_settings_that_may_be_used_and_keeps_nothing(carol: User) -> None:
    make_engine()
    answer = ask(client_of(carol, scope="read"), png(WORDS)).json()
    assert answer["source"] == "AUTOMATIC1111"
    assert answer["settings"] == {
        "prompt": "a fox", "steps": 150, "guidance": 7, "seed": 2**63 - 1, "width": 2049, "height": 2049,
    }  # fmt: skip
    assert len(answer["notes"]) == 5
    assert not Upload.objects.exists()


def test_the_notes_are_in_the_members_language(carol: User) -> None:
    make_engine()
    carol.language = "zh-hans"
    carol.save()
    assert "步数" in " ".join(ask(client_of(carol), png(WORDS)).json()["notes"])


def test_a_picture_that_says_nothing_is_refused_in_words(alice: User) -> None:
    answer = ask(client_of(alice), png())
    assert (answer.status_code, wrong_fields(answer)) == (422, ["file"])
    assert "does not say how it was made" in answer.json()["errors"][0]["message"]


def test_a_file_that_is_too_large_is_refused(alice: User, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    answer = ask(client_of(alice), png(WORDS))
    assert (answer.status_code, wrong_fields(answer)) == (422, ["file"])
