"""Mail about finished work: for members who asked for it, were away, and waited long; each task at most once."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from generation.models import FinishedMail, Job
from generation.models.identifiers import first_uuid_of
from imagegen import events

logger = logging.getLogger(__name__)

LATEST = timedelta(minutes=10)  # a mail about what ended longer ago comes too late to be of use
LONGEST_WORK = timedelta(days=7)
MOST_NAMED = 20  # tasks that one mail lists
Status = Job.Status
WORDS_SHOWN = 80


def send_finished_mails() -> int:
    """Mail members about long work that ended while they were away; tells how many mails went out.

    Whoever has a page open when their work is found has seen it: no mail, now or later.
    """
    sent = 0
    for member, jobs in groupby(_untold(), key=lambda job: job.member):
        told = [job for job in jobs if FinishedMail.objects.get_or_create(job=job)[1]]
        if told and not events.present([member.pk]):
            sent += _send(member, told)
    return sent


def _untold() -> Iterable[Job]:
    now = timezone.now()
    long = timedelta(seconds=settings.FINISHED_MAIL_SECONDS)
    jobs = Job.objects.filter(pk__gte=first_uuid_of(now - LONGEST_WORK), member__mail_when_finished=True)
    ended = jobs.filter(finished_at__gte=now - LATEST, finished_mail=None)
    took_long = ended.filter(finished_at__gte=F("created_at") + long)
    return took_long.exclude(status=Status.CANCELLED).select_related("member").order_by("member", "id")


def _send(member: User, jobs: list[Job]) -> bool:
    with translation.override(member.language or settings.LANGUAGE_CODE):
        facts = {"count": len(jobs), "number": jobs[0].number}
        subject = ngettext("Task #%(number)s is finished", "%(count)s tasks are finished", len(jobs)) % facts
        lines = [f"#{job.number} · {job.get_status_display()} · {_shortened(job.prompt)}" for job in jobs[:MOST_NAMED]]
        foot = _("See your pictures: %(url)s") % {"url": f"{settings.PUBLIC_URL}/"}
        why = _("You asked for this mail. Turn it off: %(url)s") % {
            "url": f"{settings.PUBLIC_URL}/account/#preferences"
        }
        body = "\n".join([*lines, "", foot, "", why, ""])
    try:
        send_mail(subject, body, None, [member.email])
    except OSError as error:  # smtplib's errors are among these
        logger.error("member %s was not told of finished work: %r", member.pk, error)
        return False
    return True


def _shortened(prompt: str) -> str:
    words = " ".join(prompt.split())
    return words if len(words) <= WORDS_SHOWN else f"{words[: WORDS_SHOWN - 1]}…"
