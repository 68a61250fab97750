"""An engine may be there for some plans alone; the picker says which, and why another one starts nothing now."""

import re

import pytest
from django.test import Client

from accounts.models import Plan, User
from generation.exceptions import Invalid, NotInPlan
from generation.models import Engine
from tests.factories import make_engine, make_plan, submit_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def fine() -> Engine:
    """Give the first engine, which comes with the advanced plan, before one for everybody."""
    engine = make_engine("fine")
    make_engine("plain", order=1)
    make_plan("basic")
    engine.plans.add(Plan.objects.get(slug="advanced"))
    return engine


def test_an_open_choice_takes_the_first_engine_of_the_plan(fine: Engine, alice: User, carol: User) -> None:
    assert submit_job(carol).engine.slug == "fine"
    assert submit_job(alice).engine.slug == "plain"


def test_an_open_choice_takes_the_engine_that_has_the_settings_asked_for(carol: User) -> None:
    make_engine("painter", kind="illustrator")
    make_engine("stepper", order=1)
    assert submit_job(carol, width=512, height=512).engine.slug == "painter"
    assert submit_job(carol, width=512, height=512, steps=20).engine.slug == "stepper"
    with pytest.raises(Invalid) as refused:  # no engine has both
        submit_job(carol, width=512, height=512, steps=20, title="Kittens")
    assert [error.field for error in refused.value.errors] == ["steps"]


def test_another_plans_engine_is_refused_with_the_plan_that_has_it(fine: Engine, alice: User) -> None:
    make_plan("basic", parameters=["*"])
    alice.refresh_from_db()
    with pytest.raises(NotInPlan) as refused:
        submit_job(alice, engine="fine")
    assert [(reason.code, reason.lifted_by) for reason in refused.value.reasons] == [("engine", "advanced")]


def test_programs_are_told_of_their_own_engines_alone(fine: Engine, client: Client, alice: User, carol: User) -> None:
    told = []
    for member in (alice, carol):
        client.force_login(member)
        told.append([engine["slug"] for engine in client.get("/api/v1/engines").json()])
    assert told == [["plain"], ["fine", "plain"]]


def test_the_picker_says_state_and_reason(fine: Engine, client: Client, alice: User) -> None:
    make_plan("basic", parameters=["*"])
    Engine.objects.filter(slug="plain").update(paused=True, message="back at six")
    client.force_login(alice)
    picker = client.get("/").content.decode().partition('id="engine"')[2].partition("</select>")[0]
    fine_words, plain_words = re.findall(r'<option value="(?:fine" disabled|plain")>(.*?)</option>', picker, re.DOTALL)
    assert "Comes with Advanced" in fine_words
    assert "Paused: back at six" in plain_words
