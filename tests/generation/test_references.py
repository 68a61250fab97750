"""The pictures a member may start from, and the mask over one."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image as Picture

from accounts.models import User
from generation.models import Job, Upload
from generation.services.uploads import save_upload
from tests.factories import make_engine

pytestmark = pytest.mark.django_db
TYPED = {"prompt": "a red door", "aspect": "1:1", "size": "s", "count": "1"}


def uploaded(member: User) -> Upload:
    output = BytesIO()
    Picture.new("RGB", (32, 24), "teal").save(output, "PNG")
    return save_upload(member, output.getvalue())


def test_the_owner_gets_the_whole_picture(client: Client, alice: User) -> None:
    client.force_login(alice)
    answer = client.get(f"/references/{uploaded(alice).pk}/file/")
    assert answer["Content-Type"] == "image/png"
    assert Picture.open(BytesIO(answer.content)).size == (32, 24)


@pytest.mark.parametrize("path", ["", "file/"])
def test_another_member_finds_nothing(client: Client, alice: User, bob: User, path: str) -> None:
    client.force_login(bob)
    assert client.get(f"/references/{uploaded(alice).pk}/{path}").status_code == 404
    assert client.get(f"/references/{uuid4()}/{path}").status_code == 404


def test_a_mask_makes_the_task_an_inpaint(client: Client, carol: User) -> None:
    make_engine()
    client.force_login(carol)
    reference, mask = uploaded(carol), uploaded(carol)
    answer = client.post("/", TYPED | {"reference": reference.pk, "mask": mask.pk}, headers={"HX-Request": "true"})
    assert answer.status_code == 201
    job = Job.objects.get()
    assert (job.mode, job.reference, job.mask) == ("inpaint", reference.pk, mask.pk)


def test_a_refusal_keeps_the_mask(client: Client, carol: User) -> None:
    make_engine()
    client.force_login(carol)
    typed = TYPED | {"prompt": "", "reference": uploaded(carol).pk, "mask": (mask := uploaded(carol)).pk}
    answer = client.post("/", typed, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert f'name="mask" value="{mask.pk}"' in answer.content.decode()


def test_a_mask_that_is_gone_is_named_beside_it(client: Client, carol: User) -> None:
    make_engine()
    client.force_login(carol)
    typed = TYPED | {"reference": uploaded(carol).pk, "mask": uuid4()}
    words = client.post("/", typed, headers={"HX-Request": "true"}).content.decode()
    assert "There is no such picture of yours." in words.partition('id="error-mask"')[2][:300]


def test_the_free_plan_has_no_masks(client: Client, alice: User) -> None:
    make_engine()
    client.force_login(alice)
    typed = TYPED | {"reference": uploaded(alice).pk, "mask": uploaded(alice).pk}
    assert client.post("/", typed, headers={"HX-Request": "true"}).status_code == 403
    assert not Job.objects.exists()
