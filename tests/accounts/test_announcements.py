"""What admins say to members."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Announcement, User

pytestmark = pytest.mark.django_db

WORDS = "New engines tomorrow"


def announce(**changes: object) -> Announcement:
    facts = {"text_en": WORDS, "text_zh": "明天有新引擎", "starts_at": timezone.now() - timedelta(hours=1)}
    return Announcement.objects.create(**facts | changes)


def read(client: Client, member: User) -> str:
    client.force_login(member)
    return client.get("/account/").content.decode()


def test_members_read_it_in_their_language(client: Client, alice: User, bob: User) -> None:
    announce()
    User.objects.filter(pk=bob.pk).update(language="zh-hans")
    assert WORDS in read(client, alice)
    assert "明天有新引擎" in read(client, bob)


def test_one_language_is_better_than_nothing(client: Client, alice: User) -> None:
    announce(text_en="")
    assert "明天有新引擎" in read(client, alice)


@pytest.mark.parametrize(("starts", "ends"), [(1, None), (-2, -1)])
def test_it_is_shown_in_its_time_alone(client: Client, alice: User, starts: int, ends: int | None) -> None:
    now = timezone.now()
    announce(starts_at=now + timedelta(hours=starts), ends_at=ends and now + timedelta(hours=ends))
    assert WORDS not in read(client, alice)


def test_each_member_puts_it_away_for_themselves(client: Client, alice: User, bob: User) -> None:
    announcement = announce()
    client.force_login(alice)
    for _ in range(2):
        client.post(f"/account/announcements/{announcement.pk}/dismiss/", {"next": "/account/"})
    assert WORDS not in read(client, alice)
    assert WORDS in read(client, bob)


def test_visitors_do_not_read_it(client: Client) -> None:
    announce()
    assert WORDS not in client.get("/").content.decode()


def test_words_are_words(client: Client, alice: User) -> None:
    announce(text_en="<script>alert(1)</script>")
    assert "<script>alert" not in read(client, alice)


def test_an_empty_or_backward_one_is_refused(client: Client, dave: User) -> None:
    client.force_login(dave)
    facts = {"text_en": "", "text_zh": "", "level": "info", "starts_at_0": "2026-05-02", "starts_at_1": "10:00"}
    add = "/admin/accounts/announcement/add/"
    assert "Write the text in one language at least." in client.post(add, facts).content.decode()
    facts |= {"text_en": WORDS, "ends_at_0": "2026-05-01", "ends_at_1": "10:00"}
    assert "This is before its start." in client.post(add, facts).content.decode()
    assert not Announcement.objects.exists()
