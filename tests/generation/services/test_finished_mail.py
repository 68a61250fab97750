"""Members who asked for it hear by mail of long work that ended while they were away."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from accounts.services.members import set_mail_when_finished
from generation.models import Job
from generation.services.finished_mail import send_finished_mails
from imagegen import events
from tests.factories import make_engine, submit_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def wishful(carol: User) -> User:
    """Give Carol, who wants mail."""
    make_engine()
    set_mail_when_finished(carol, True)
    return carol


def finished(member: User, *, took: int, prompt: str = "a kitten", **changes: object) -> Job:
    """Give a job that ended just now after so many seconds."""
    job = submit_job(member, prompt)
    now = timezone.now()
    facts = {"status": Job.Status.SUCCEEDED, "created_at": now - timedelta(seconds=took), "finished_at": now}
    Job.objects.filter(pk=job.pk).update(**facts | changes)
    return job


def test_long_work_is_told_once(wishful: User) -> None:
    finished(wishful, took=300, prompt="a lighthouse in a storm")
    assert send_finished_mails() == 1
    assert send_finished_mails() == 0
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["carol@example.com"], "Task #1 is finished")
    assert "a lighthouse in a storm" in message.body


def test_many_tasks_are_one_mail(wishful: User) -> None:
    for _ in range(3):
        finished(wishful, took=300)
    send_finished_mails()
    assert [message.subject for message in mail.outbox] == ["3 tasks are finished"]


def test_short_work_is_not_worth_a_mail(wishful: User) -> None:
    finished(wishful, took=10)
    assert send_finished_mails() == 0


def test_what_a_member_cancelled_is_not_told(wishful: User) -> None:
    finished(wishful, took=300, status=Job.Status.CANCELLED)
    assert send_finished_mails() == 0


def test_nobody_is_mailed_unasked(alice: User) -> None:
    make_engine()
    finished(alice, took=300)
    assert send_finished_mails() == 0


def test_whoever_has_a_page_open_has_seen_it(wishful: User) -> None:
    finished(wishful, took=300)
    events.note_presence(wishful.pk)
    assert send_finished_mails() == 0
    cache.clear()
    assert send_finished_mails() == 0  # not later either


def test_what_ended_long_ago_is_not_told(wishful: User) -> None:
    finished(wishful, took=300, finished_at=timezone.now() - timedelta(hours=1))
    assert send_finished_mails() == 0


def test_a_mail_speaks_the_members_language(wishful: User) -> None:
    User.objects.update(language="zh-hans")
    finished(wishful, took=300)
    send_finished_mails()
    assert "完成" in mail.outbox[0].subject
