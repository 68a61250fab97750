"""Admins are told of trouble: once, and again when it comes back."""

import time
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from generation.models import Engine, LaneState, Trouble
from generation.services import troubles
from generation.services.troubles import look_for_trouble, sentence_of
from tests.factories import make_engine

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def working(empty_cache: None, settings: LazySettings) -> None:
    """Let workers beat and the disk have room, unless a test says otherwise."""
    settings.DISK_LOW_BYTES = 0
    for cluster in troubles.CLUSTERS:
        cache.set(f"queue.beat.{cluster}", time.time())


def break_down(engine: Engine) -> None:
    """Open the breaker of a lane, as three failures in a row do."""
    LaneState.objects.filter(pk=engine.pk).update(down_since=timezone.now(), trouble="engine_down")


def later(*, minutes: int) -> None:
    """Let time pass for the troubles that are recorded."""
    past = timedelta(minutes=minutes)
    for trouble in Trouble.objects.open():
        Trouble.objects.filter(pk=trouble.pk).update(since=trouble.since - past, seen_at=trouble.seen_at - past)


def open_kinds() -> list[tuple[str, str]]:
    return list(Trouble.objects.open().values_list("kind", "subject"))


def test_all_is_well() -> None:
    make_engine()
    look_for_trouble()
    assert open_kinds() == []


def test_an_engine_that_is_down_is_told() -> None:
    break_down(make_engine(name="Painter"))
    look_for_trouble()
    assert open_kinds() == [("lane_down", "Painter")]
    assert "Painter is down. The engine cannot be reached." in sentence_of(Trouble.objects.get())


def test_an_engine_that_an_admin_has_paused_is_not_down() -> None:
    break_down(make_engine(paused=True))
    look_for_trouble()
    assert open_kinds() == []


def test_a_disk_without_room_is_told(settings: LazySettings) -> None:
    settings.DISK_LOW_BYTES = 10**18
    look_for_trouble()
    assert open_kinds() == [("disk_low", "")]


def test_a_silent_worker_is_told() -> None:
    cache.clear()
    look_for_trouble()
    assert set(open_kinds()) == {("worker_silent", "generate"), ("worker_silent", "process")}


def test_admins_get_one_mail_however_often_it_is_seen(dave: User, alice: User, settings: LazySettings) -> None:
    settings.DISK_LOW_BYTES = 10**18
    look_for_trouble()
    assert mail.outbox == []  # it may pass by itself
    later(minutes=1)
    for _ in range(3):
        look_for_trouble()
    assert [message.to for message in mail.outbox] == [["dave@example.com"]]
    assert "left on the disk" in mail.outbox[0].body
    assert "http://localhost:8000/admin/" in mail.outbox[0].body


def test_a_mail_comes_in_the_admins_language(dave: User, settings: LazySettings) -> None:
    User.objects.update(language="zh-hans")
    settings.DISK_LOW_BYTES = 10**18
    look_for_trouble()
    later(minutes=1)
    look_for_trouble()
    assert "磁盘" in mail.outbox[0].body


def test_what_comes_back_is_told_again(dave: User, settings: LazySettings) -> None:
    for _ in range(2):
        settings.DISK_LOW_BYTES = 10**18
        look_for_trouble()
        later(minutes=1)
        look_for_trouble()
        settings.DISK_LOW_BYTES = 0
        look_for_trouble()
        assert open_kinds() == [("disk_low", "")]  # it may only be flickering
        later(minutes=6)
        look_for_trouble()
        assert open_kinds() == []
    assert len(mail.outbox) == 2


@pytest.fixture
def broken_mail(settings: LazySettings) -> None:
    """Send mail to a port where nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def test_a_mail_that_could_not_be_sent_is_tried_again(dave: User, settings: LazySettings, broken_mail: None) -> None:
    settings.DISK_LOW_BYTES = 10**18
    look_for_trouble()
    later(minutes=1)
    look_for_trouble()
    assert Trouble.objects.get().told_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    look_for_trouble()
    assert len(mail.outbox) == 1


def test_admins_see_it_and_members_do_not(client: Client, dave: User, alice: User, settings: LazySettings) -> None:
    settings.DISK_LOW_BYTES = 10**18
    look_for_trouble()
    make_engine()
    client.force_login(dave)
    for page in ("/admin/", "/admin/accounts/user/", "/"):
        assert "left on the disk" in client.get(page).content.decode()
    client.force_login(alice)
    assert "left on the disk" not in client.get("/").content.decode()


def test_silence_of_everybody_is_seen_without_a_record(client: Client, dave: User) -> None:
    cache.clear()
    client.force_login(dave)
    assert "takes any task" in client.get("/admin/").content.decode()
