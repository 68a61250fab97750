"""The dashboard, the queue by lane and member, and the mail test."""

from html import unescape
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from accounts.models import User
from generation.models import Engine, Image, Job, ShareLink
from generation.services import shares
from generation.services.messages import ERRORS, NAMES, RECIPE_ERRORS
from tests.factories import make_engine, make_pictures, submit_job
from tests.generation.drains import drain

pytestmark = pytest.mark.django_db(transaction=True)

Status = Image.Status


@pytest.fixture
def as_dave(client: Client, dave: User) -> Client:
    client.force_login(dave)
    return client


@pytest.mark.parametrize("page", ["/admin/", "/admin/queue/", "/admin/mail-test/"])
def test_admins_alone(client: Client, alice: User, page: str) -> None:
    assert client.get(page).status_code == 302
    client.force_login(alice)
    assert client.get(page, follow=True).redirect_chain


def test_dashboard_shows_each_lane(as_dave: Client, alice: User) -> None:
    make_engine(name="Painter")
    submit_job(alice, count=2)
    page = as_dave.get("/admin/").content.decode()
    assert "Painter" in page
    assert "2 waiting" in page
    assert "style=" not in page.partition('id="figures"')[2].partition("app-grid")[0]


def test_failures_are_told_in_words_and_lead_to_their_tries(as_dave: Client, alice: User) -> None:
    make_engine()
    job = submit_job(alice, "a kitten [fail moderation_rejected]")
    drain()
    page = as_dave.get("/admin/").content.decode()
    assert "refused by the engine × 1" in page
    link = unescape(page.partition('<li class="bad"><a href="')[2].partition('"')[0])
    assert str(job.images.get().tries.get().pk) in as_dave.get(link).content.decode()
    for row in (f"job/{job.pk}", f"image/{job.images.get().pk}"):
        assert "refused by the engine" in as_dave.get(f"/admin/generation/{row}/change/").content.decode()


def test_every_error_has_a_name() -> None:
    assert NAMES.keys() == ERRORS.keys() | RECIPE_ERRORS.keys()


def test_dashboard_keeps_its_number_of_queries(
    as_dave: Client, alice: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        make_engine(f"lane{number}")
        submit_job(alice, engine="")
        as_dave.get("/admin/")  # what pictures take is known now
        with django_assert_max_num_queries(16):  # session, member, troubles, six of lanes, four of the rest
            as_dave.get("/admin/")


@pytest.mark.parametrize("part", ["accounts", "generation", "socialaccount"])
def test_the_breadcrumbs_lead_to_the_pages_of_a_part(as_dave: Client, part: str) -> None:
    assert as_dave.get(f"/admin/{part}/").status_code == 200


def test_dashboard_without_engines_says_so(as_dave: Client) -> None:
    Engine.objects.all().delete()
    assert "There is no engine yet." in as_dave.get("/admin/").content.decode()


def test_queue_shows_who_has_what(as_dave: Client, alice: User, bob: User, django_assert_max_num_queries: Any) -> None:
    make_engine()
    submit_job(alice, count=3)
    submit_job(bob)
    with django_assert_max_num_queries(9):
        page = as_dave.get("/admin/queue/").content.decode()
    assert page.index("alice@example.com") < page.index("bob@example.com")  # the longer queue first


def test_queue_of_a_member_is_cancelled(as_dave: Client, alice: User, bob: User) -> None:
    engine = make_engine()
    submit_job(alice, count=3)
    submit_job(bob)
    page = act(as_dave, "cancel", engine, alice)
    assert "3 pictures of alice@example.com cancelled." in page
    assert set(Image.objects.filter(member=alice).values_list("status", flat=True)) == {Status.CANCELLED}
    assert set(Image.objects.filter(member=bob).values_list("status", flat=True)) == {Status.QUEUED}


def test_failed_pictures_go_back_into_the_queue(as_dave: Client, alice: User) -> None:
    engine = make_engine()
    fail(submit_job(alice, count=2))
    assert "2 pictures of alice@example.com wait again." in act(as_dave, "requeue", engine, alice)
    assert set(Image.objects.values_list("status", flat=True)) == {Status.QUEUED}


def test_what_stands_in_the_way_is_said(as_dave: Client, alice: User) -> None:
    engine = make_engine()
    fail(submit_job(alice, count=2))
    alice.wallet.__class__.objects.filter(pk=alice.pk).update(balance=0)
    assert "0 are left" in act(as_dave, "requeue", engine, alice)
    assert set(Image.objects.values_list("status", flat=True)) == {Status.FAILED}


@pytest.mark.parametrize("facts", [{}, {"lane": "x", "member": "1"}, {"lane": "9" * 30, "member": "1"}])
def test_bad_input_finds_nothing(as_dave: Client, facts: dict[str, str]) -> None:
    assert as_dave.post("/admin/queue/", {"action": "cancel", **facts}).status_code == 404


def test_a_test_mail_goes_out(as_dave: Client) -> None:
    page = as_dave.post("/admin/mail-test/", {"address": "erin@example.com"}).content.decode()
    assert "took the mail for erin@example.com" in page
    assert [message.to for message in mail.outbox] == [["erin@example.com"]]


def test_the_mail_servers_error_is_shown(as_dave: Client, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    page = as_dave.post("/admin/mail-test/", {"address": "erin@example.com"}).content.decode()
    assert "ConnectionRefusedError" in page


def test_an_address_is_wanted(as_dave: Client) -> None:
    assert "errorlist" in as_dave.post("/admin/mail-test/", {"address": "nobody"}).content.decode()
    assert mail.outbox == []


def act(browser: Client, action: str, lane: Engine, member: User) -> str:
    facts = {"action": action, "lane": lane.pk, "member": member.pk}
    return browser.post("/admin/queue/", facts, follow=True).content.decode()


def fail(job: Job) -> None:
    """Let a job's pictures have failed, their price given back."""
    from generation.services.outcomes import close_reservations

    images = list(job.images.all())
    for image in images:
        image.status = Status.FAILED
    Image.objects.bulk_update(images, ["status"])
    close_reservations(images)


def test_charts_are_told_as_tables_too(as_dave: Client, alice: User) -> None:
    make_engine()
    submit_job(alice, count=2)
    page = as_dave.get("/admin/").content.decode()
    _, _, table = page.rpartition("<caption>Waiting at the hour’s end</caption>")
    rows = table.partition("</table>")[0].split("<tr>")
    assert rows[-1].count("<td>2</td>") == 1  # now


def test_a_share_link_is_listed_and_revoked(as_dave: Client, alice: User) -> None:
    make_engine()
    (picture,) = make_pictures(alice)
    link = shares.share_image(picture)
    assert "alice@example.com" in as_dave.get("/admin/generation/sharelink/").content.decode()
    chosen = {"action": "revoke", "_selected_action": [str(link.pk)]}
    page = as_dave.post("/admin/generation/sharelink/", chosen, follow=True).content.decode()
    assert "1 link revoked." in page
    assert not ShareLink.objects.working().exists()
