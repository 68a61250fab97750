"""Saved settings of the form, and the prompts a member used before."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from generation.exceptions import WrongState
from generation.models import Preset
from generation.services import presets
from tests.factories import make_engine, submit_job

FRAGMENT = {"HX-Request": "true"}
TYPED = {"prompt": "a kitten", "aspect": "16:9", "size": "s", "count": "2", "style": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    """Give Alice's browser."""
    make_engine()
    client.force_login(alice)
    return client


def save(page: Client, name: str, **changes: str) -> Any:
    """Press Save as the script does."""
    return page.post("/presets/", TYPED | {"preset_name": name} | changes, headers=FRAGMENT)


def test_a_preset_keeps_the_form_without_its_prompt(page: Client, alice: User) -> None:
    assert "Wide" in save(page, " Wide ").content.decode()
    preset = Preset.objects.get(member=alice)
    assert (preset.name, preset.settings) == ("Wide", {"aspect": "16:9", "size": "s", "count": "2"})
    text = page.get(f"/?preset={preset.pk}").content.decode()
    assert 'value="16:9" checked' in text
    assert "a kitten</textarea>" not in text


def test_with_the_prompt_where_it_is_wanted(page: Client, alice: User) -> None:
    save(page, "Kitten", preset_prompt="1")
    assert "a kitten</textarea>" in page.get(f"/?preset={Preset.objects.get().pk}").content.decode()


def test_the_same_name_again_replaces(page: Client) -> None:
    save(page, "Wide")
    save(page, "Wide", count="4")
    assert Preset.objects.get().settings["count"] == "4"


def test_presets_are_renamed_and_deleted(page: Client) -> None:
    save(page, "Wide")
    save(page, "Tall")
    preset = Preset.objects.get(name="Wide")
    page.post(f"/presets/{preset.pk}/rename/", {"preset_new_name": "Broad"}, headers=FRAGMENT)
    refused = page.post(f"/presets/{preset.pk}/rename/", {"preset_new_name": "Tall"}, headers=FRAGMENT)
    assert (refused.status_code, refused.content) == (422, b"Another preset has this name. Choose another one.")
    page.post(f"/presets/{Preset.objects.get(name='Tall').pk}/delete/")
    assert [each.name for each in Preset.objects.all()] == ["Broad"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\x00"])
def test_a_wrong_name_is_refused_in_words(page: Client, name: str) -> None:
    assert save(page, name).status_code == 422
    assert not Preset.objects.exists()


def test_there_is_room_for_fifty(alice: User) -> None:
    for number in range(presets.MOST):
        presets.save_preset(alice, f"number {number}", {})
    presets.save_preset(alice, "number 1", {"count": "2"})
    with pytest.raises(WrongState):
        presets.save_preset(alice, "one more", {})


def test_another_members_preset_is_not_found(client: Client, page: Client, bob: User) -> None:
    save(page, "Mine", preset_prompt="1")
    preset = Preset.objects.get()
    client.force_login(bob)
    assert client.post(f"/presets/{preset.pk}/delete/").status_code == 404
    assert "a kitten</textarea>" not in client.get(f"/?preset={preset.pk}").content.decode()


def test_a_preset_with_rubbish_is_refused_when_it_is_used(page: Client) -> None:
    save(page, "Odd", count="many", aspect="7:1")
    assert page.get(f"/?preset={Preset.objects.get().pk}").status_code == 200


def test_earlier_prompts_come_newest_first_and_once(page: Client, alice: User, bob: User) -> None:
    for prompt in ("a", "b", "a"):
        submit_job(alice, prompt)
    submit_job(bob, "secret")
    assert page.get("/prompts/").json() == {"prompts": ["a", "b"]}


def test_a_task_can_be_sent_before_the_others(page: Client, alice: User) -> None:
    waiting = submit_job(alice)
    page.post("/", TYPED | {"first": "1"}, headers=FRAGMENT)
    hurried = alice.jobs.order_by("number").last()
    assert hurried
    ranks = [job.images.values_list("rank", flat=True)[0] for job in (hurried, waiting)]
    assert ranks[0] < ranks[1]
