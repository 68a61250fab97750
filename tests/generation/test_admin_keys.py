"""Keys of engines go in and never come out; what an engine lacks is said when it is saved; a test shows a picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from generation import registry
from generation.engines.base import AuthFailed, GenerateRequest, Probe, Result, Run
from generation.engines.settings import Problem, setting
from generation.engines.simulated import Simulated
from generation.models import Engine
from generation.services.engines import open_engines
from imagegen.sealing import Unreadable, seal, unseal
from tests.factories import make_engine

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "sk-very-secret-indeed"
FACTS = {
    "name": "Far away", "slug": "far", "enabled": "on", "when_down": "wait", "order": "0", "concurrency": "3",
    "time_limit": "60", "base_price": "0", "megapixel_price": "1", "step_price": "0", "base_seconds": "1",
    "megapixel_seconds": "0", "set_key": SECRET, "set_model": "good", "set_servers": "http://a:1\nhttp://b:2/",
    "set_workflow": "",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LockedSettings:
    """One setting of each sort that is peculiar."""

    key: str = setting("text", "Key", secret=True)
    other_key: str = setting("text", "Other key", default="", secret=True)
    model: str = setting("text", "Model", default="good")
    servers: tuple[str, ...] = setting("urls", "Servers")
    workflow: dict[str, Any] | None = setting("json", "Workflow", default=None)


class Locked(Simulated):
    """An engine with a key, that is well where the key is right."""

    Settings: ClassVar = LockedSettings  # type: ignore[assignment]  # another kind's settings

    def __init__(self, settings: LockedSettings, *, slots: int = 1) -> None:
        super().__init__(slots=slots)
        self._asked = settings

    async def probe(self) -> Probe:
        if self._asked.key != SECRET:
            return Probe.unwell(AuthFailed("401"))
        answering = sum("away" not in server for server in self._asked.servers)
        return Probe(healthy=True, answering=answering, servers=len(self._asked.servers))

    async def check(self) -> list[Problem]:
        return [Problem("model", "There is no model %(name)s.", {"name": "bad"})] if self._asked.model == "bad" else []

    async def generate(self, request: GenerateRequest, run: Run) -> Result:
        if "refuse" in request.prompt:
            raise AuthFailed("the remote said no")
        return await super().generate(request, run)


@pytest.fixture(autouse=True)
def locked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Offer the kind `locked`."""
    monkeypatch.setitem(registry.KINDS, "locked", f"{__name__}.Locked")
    yield
    registry._adapter_class.cache_clear()


@pytest.fixture
def as_dave(client: Client, dave: User) -> Client:
    client.force_login(dave)
    return client


def save(browser: Client, **changes: Any) -> Any:
    """Press save on the page of the engine `far`, new or not."""
    engine = Engine.objects.filter(slug="far").first()
    address = f"{engine.pk}/change/" if engine else "add/?kind=locked"
    return browser.post(f"/admin/generation/engine/{address}", FACTS | changes, follow=True)


def test_a_key_is_stored_sealed_and_used(as_dave: Client) -> None:
    save(as_dave)
    engine = Engine.objects.get()
    assert unseal(engine.secrets) == {"key": SECRET}
    assert engine.settings == {"model": "good", "servers": "http://a:1\nhttp://b:2/"}
    assert SECRET not in str(Engine.objects.values())
    assert registry.create(engine)._asked.key == SECRET  # type: ignore[attr-defined]


def test_a_key_is_shown_nowhere(as_dave: Client, carol: User) -> None:
    save(as_dave)
    save(as_dave, set_key="sk-another-secret")
    engine = Engine.objects.get()
    pages = [f"/admin/generation/engine/{engine.pk}/{page}/" for page in ("change", "history", "test")]
    for page in (*pages, "/admin/generation/engine/", "/api/v1/engines"):
        content = as_dave.get(page).content.decode()
        assert "secret" not in content, page
        assert engine.secrets not in content, page
    assert LogEntry.objects.filter(change_message__contains="secret").count() == 0


def test_an_empty_field_keeps_the_key(as_dave: Client) -> None:
    save(as_dave)
    save(as_dave, set_key="", name="Renamed")
    assert (Engine.objects.get().name, unseal(Engine.objects.get().secrets)) == ("Renamed", {"key": SECRET})


def test_a_key_that_is_not_needed_can_be_forgotten(as_dave: Client) -> None:
    save(as_dave, set_other_key="second")
    assert unseal(Engine.objects.get().secrets) == {"key": SECRET, "other_key": "second"}
    save(as_dave, set_key="", set_other_key="", set_other_key_forget="on")
    assert unseal(Engine.objects.get().secrets) == {"key": SECRET}


def test_a_new_engine_needs_its_key(as_dave: Client) -> None:
    response = save(as_dave, set_key="")
    assert list(response.context["adminform"].form.errors) == ["set_key"]


def test_wrong_settings_are_told_beside_their_fields(as_dave: Client) -> None:
    response = save(as_dave, set_servers="nowhere")
    assert list(response.context["adminform"].form.errors) == ["set_servers"]


def test_a_workflow_comes_from_a_file(as_dave: Client) -> None:
    save(as_dave, set_workflow_file=SimpleUploadedFile("workflow.json", b'{"3": {"inputs": {}}}'))
    assert Engine.objects.get().settings["workflow"] == {"3": {"inputs": {}}}
    response = save(as_dave, set_workflow_file=SimpleUploadedFile("cat.png", b"\x89PNG"))
    assert list(response.context["adminform"].form.errors) == ["set_workflow_file"]


def test_what_the_engine_lacks_is_said_when_it_is_saved(as_dave: Client) -> None:
    page = save(as_dave, set_model="bad")
    assert "There is no model bad." in page.content.decode()
    assert Engine.objects.exists()


def test_a_test_shows_health_and_picture(as_dave: Client) -> None:
    save(as_dave)
    page = as_dave.post(f"/admin/generation/engine/{Engine.objects.get().pk}/test/", {"prompt": "[seconds 0.1]"})
    trial = page.context["trial"]
    assert (trial.lamp, trial.width, trial.error) == ("good", 512, "")
    assert b'src="data:image/webp;base64,' in page.content


def test_a_test_says_what_is_wrong(as_dave: Client) -> None:
    save(as_dave, set_key="wrong")
    address = f"/admin/generation/engine/{Engine.objects.get().pk}/test/"
    trial = as_dave.post(address, {"prompt": "a cat"}).context["trial"]
    assert (trial.lamp, trial.said) == ("bad", "401")
    save(as_dave)
    page = as_dave.post(address, {"prompt": "refuse"})
    assert "does not accept the key" in page.context["trial"].error
    assert b"the remote said no" in page.content


def test_a_test_is_amber_while_a_server_is_away(as_dave: Client) -> None:
    save(as_dave, set_servers="http://a:1\nhttp://away:2")
    page = as_dave.post(f"/admin/generation/engine/{Engine.objects.get().pk}/test/", {"prompt": "a cat"})
    assert page.context["trial"].lamp == "wait"
    assert b"servers that answer: 1 of 2" in page.content


def test_a_test_says_in_chinese_what_to_do(as_dave: Client) -> None:
    engine = make_engine(kind="comfyui", settings={"servers": ["http://127.0.0.1:1"], "checkpoints": "tiny"})
    address = f"/admin/generation/engine/{engine.pk}/test/"
    content = as_dave.post(address, {"prompt": "一只猫"}, headers={"accept-language": "zh-hans"}).content.decode()
    for words in ("无法连接引擎，请确认它正在运行", "连接失败：Connection refused"):
        assert words in content
    assert "ssl:" not in content


def test_json_that_is_not_set_is_an_empty_box(as_dave: Client) -> None:
    box = as_dave.get("/admin/generation/engine/add/?kind=locked").context["adminform"].form["set_workflow"]
    assert ">\n</textarea>" in str(box)


def test_looking_at_the_test_costs_nothing_and_members_do_not_come_in(as_dave: Client, alice: User) -> None:
    engine = make_engine()
    address = f"/admin/generation/engine/{engine.pk}/test/"
    assert as_dave.get(address).context["trial"] is None
    as_dave.force_login(alice)
    assert as_dave.post(address, {"prompt": "a cat"}).status_code in (302, 403)


def test_keys_survive_a_change_of_the_secret_key(settings: LazySettings) -> None:
    sealed = seal({"key": SECRET})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert unseal(sealed) == {"key": SECRET}
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unreadable):
        unseal(sealed)


def test_an_engine_whose_key_cannot_be_read_is_left_out_and_can_be_repaired(
    as_dave: Client, settings: LazySettings
) -> None:
    settings.SECRET_KEY_FALLBACKS = ["lost"]
    save(as_dave)
    Engine.objects.update(secrets="gAAAAA")
    assert open_engines() == []
    assert save(as_dave).status_code == 200
    assert len(open_engines()) == 1
