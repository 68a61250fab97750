"""Many rows are changed by one statement, each only if it is still what it was."""

import pytest

from accounts.models import User
from generation.models import Image
from generation.models.rows import Values, update_each
from tests.factories import make_engine, submit_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def changes_of_three(member: User) -> list[tuple[Values, Values]]:
    make_engine()
    return [
        ({"id": image.pk, "status": "queued"}, {"seed": seed, "facts": {"step": seed}, "lease": image.pk})
        for seed, image in enumerate(submit_job(member, count=3).images.order_by("index"), 1)
    ]


def test_each_row_gets_its_own_values(alice: User) -> None:
    update_each(Image, changes_of_three(alice))
    written = list(Image.objects.order_by("index").values_list("seed", "facts", "lease"))
    assert written == [
        (seed, {"step": seed}, image.pk) for seed, image in enumerate(Image.objects.order_by("index"), 1)
    ]


def test_a_row_that_is_not_as_expected_is_told(alice: User) -> None:
    changes = changes_of_three(alice)
    Image.objects.filter(pk=changes[1][0]["id"]).update(status="cancelled")
    with pytest.raises(LookupError, match="2 of 3 rows"):
        update_each(Image, changes)
    assert Image.objects.get(status="cancelled").lease is None
