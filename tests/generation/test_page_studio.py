"""The page `/`: what it shows, what it takes, what it refuses and in which words."""

import io
import uuid
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.services.members import set_language
from generation.models import Engine, Job, Upload
from generation.services import jobs
from tests.factories import make_engine, submit_job

FRAGMENT = {"HX-Request": "true"}
TYPED = {"prompt": "a kitten", "aspect": "1:1", "size": "s", "count": "1"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def engine(db: None) -> Engine:
    """Give every page one engine."""
    return make_engine()


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    """Give Alice's browser."""
    client.force_login(alice)
    return client


def press(page: Client, **changes: Any) -> Any:
    """Press Generate as the script does."""
    return page.post("/", TYPED | changes, headers=FRAGMENT)


def png() -> SimpleUploadedFile:
    """Give a small picture as a browser sends it."""
    data = io.BytesIO()
    Picture.new("RGB", (64, 64), "teal").save(data, "PNG")
    return SimpleUploadedFile("kitten.png", data.getvalue(), content_type="image/png")


def test_visitors_see_what_this_is(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert b"/accounts/signup/" in answer.content


def test_a_press_makes_a_job_and_answers_with_its_card(page: Client, alice: User) -> None:
    answer = press(page)
    job = Job.objects.get(member=alice)
    assert answer.status_code == 201
    assert f'id="job-{job.pk}"' in answer.content.decode()
    assert (job.width, job.height, job.count) == (768, 768, 1)


def test_without_scripts_a_press_leads_back_to_the_page(page: Client, alice: User) -> None:
    answer = page.post("/", TYPED)
    assert answer.status_code == 302
    assert Job.objects.filter(member=alice).count() == 1


def test_one_key_makes_one_job(page: Client) -> None:
    key = str(uuid.uuid4())
    cards = {press(page, idempotency_key=key).content for _ in range(3)}
    assert Job.objects.count() == 1
    assert len(cards) == 1 or all(b'data-number="1"' in card for card in cards)


def test_a_custom_size_is_taken(page: Client) -> None:
    press(page, aspect="custom", width="320", height="200")
    job = Job.objects.get()
    assert (job.width, job.height) == (320, 200)


def test_a_refusal_keeps_what_was_typed_and_marks_the_field(page: Client) -> None:
    answer = page.post("/", TYPED | {"prompt": " ", "count": "2", "aspect": "16:9"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text
    assert "Describe the picture you want." in text
    assert 'name="aspect" value="16:9" checked' in text
    assert 'name="count" value="2" checked' in text


def test_a_refusal_speaks_the_members_language(page: Client, alice: User) -> None:
    set_language(alice, "zh-hans")
    assert 'lang="zh-hans"' in page.post("/", TYPED | {"prompt": ""}).content.decode()


def test_locked_parameters_are_shown_locked(page: Client) -> None:
    text = page.get("/").content.decode()
    assert 'name="seed"' in text
    assert "These come with the plan Advanced." in text


def test_locked_parameters_refuse_with_words(page: Client) -> None:
    answer = press(page, seed="7", count="8")
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "seed" in text
    assert "Your plan allows 4 pictures a task." in text
    assert "Comes with Advanced" in text
    assert not Job.objects.exists()


def test_an_advanced_member_uses_them(client: Client, carol: User) -> None:
    client.force_login(carol)
    assert press(client, seed="7", steps="9", count="8").status_code == 201
    job = Job.objects.get()
    assert (job.seed, job.steps, job.count) == (7, 9, 8)


@pytest.mark.parametrize(
    "rubbish",
    [
        {"count": "many"},
        {"aspect": "7:1"},
        {"size": "huge"},
        {"aspect": "custom", "width": "", "height": "9" * 30},
        {"reference": "not-an-id"},
        {"reference": str(uuid.uuid4())},
        {"seed": "1e400", "guidance": "nan"},
        {"prompt": "x" * 20_000},
        {"idempotency_key": "k" * 500},
        {"engine": "none-such"},
        {"style": "\x00"},
    ],
)
def test_rubbish_is_refused_with_words(page: Client, rubbish: dict[str, str]) -> None:
    for send in (press, lambda page, **changes: page.post("/", TYPED | changes)):
        assert send(page, **rubbish).status_code in (403, 422)
    assert page.post("/estimate/", TYPED | rubbish).status_code == 200
    assert not Job.objects.exists()


def test_a_picture_sent_with_the_form_becomes_the_reference(page: Client, alice: User) -> None:
    assert press(page, picture=png()).status_code == 201
    upload = Upload.objects.get(member=alice)
    assert Job.objects.get().reference == upload.pk
    assert page.get(f"/references/{upload.pk}/")["Content-Type"] == "image/webp"


def test_a_reference_whose_file_is_gone_is_not_found(page: Client, alice: User) -> None:
    upload = Upload.objects.create(member=alice, file_name="gone.png", width=1, height=1, bytes=1)
    assert page.get(f"/references/{upload.pk}/").status_code == 404


def test_after_a_refusal_the_picture_is_still_there(page: Client) -> None:
    text = press(page, picture=png(), prompt="").content.decode()
    assert f'value="{Upload.objects.get().pk}"' in text


def test_a_broken_picture_is_refused_beside_its_field(page: Client) -> None:
    answer = press(page, picture=SimpleUploadedFile("kitten.png", b"MZ not a picture"))
    assert answer.status_code == 422
    assert "This is not a PNG" in answer.content.decode()


@pytest.mark.usefixtures("long_minute")
def test_the_page_is_as_patient_as_the_api_and_keeps_what_was_typed(page: Client, settings: LazySettings) -> None:
    settings.API_JOBS_PER_MINUTE = 2
    answers = [page.post("/", TYPED | {"prompt": "a kitten"}, headers=FRAGMENT) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert "You ask too often." in answers[2].content.decode()
    assert "a kitten</textarea>" in answers[2].content.decode()
    settings.API_REQUESTS_PER_MINUTE = 1
    assert page.post(f"/jobs/{Job.objects.all()[0].pk}/cancel/", headers=FRAGMENT).status_code == 429


def test_reuse_fills_the_bar(page: Client, alice: User) -> None:
    job = submit_job(alice, "a red fox", width=1280, height=720, count=2)
    text = page.get(f"/?reuse={job.pk}").content.decode()
    assert "a red fox</textarea>" in text
    assert 'value="16:9" checked' in text


def test_the_estimate_lists_every_reason(page: Client) -> None:
    text = page.post("/estimate/", TYPED | {"prompt": "", "count": "8", "seed": "1"}).content.decode()
    for reason in ('data-code="prompt"', 'data-code="images_per_job"', 'data-code="parameter:seed"'):
        assert reason in text
    assert 'data-price="8"' in text


def test_the_feed_keeps_its_number_of_queries(
    page: Client, alice: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def queries(path: str) -> int:
        cache.delete("positions")  # kept for a second: whether they are foretold anew must not be chance
        with django_assert_max_num_queries(40) as seen:
            page.get(path)
        return len(seen)

    submit_job(alice)
    page.get("/")  # the first visit of a process and of a month does more
    few = [queries("/"), queries("/feed/")]
    for _ in range(12):
        submit_job(alice, count=3)
    assert [queries("/"), queries("/feed/")] == few == [26, 15]


def test_older_cards_come_by_cursor(page: Client, alice: User) -> None:
    made = [submit_job(alice, count=1) for _ in range(23)]
    first = page.get("/").content.decode()
    cursor = str(made[3].pk)
    assert f"/feed/?cursor={cursor}" in first
    older = page.get(f"/feed/?cursor={cursor}").content.decode()
    assert [number for number in (1, 2, 3, 4) if f'data-number="{number}"' in older] == [1, 2, 3]


# --- Cards ----------------------------------------------------------------------------------------------------


def test_anothers_things_are_not_found(page: Client, bob: User) -> None:
    job = submit_job(bob)
    image = job.images.first()
    assert image
    assert page.get(f"/jobs/{job.pk}/card/").status_code == 404
    for path in (f"/jobs/{job.pk}/cancel/", f"/images/{image.pk}/cancel/", f"/jobs/{job.pk}/delete/"):
        assert page.post(path).status_code == 404
    assert page.get(f"/references/{image.pk}/").status_code == 404
    assert page.get(f"/?reuse={job.pk}").content.decode().count("a kitten") == page.get("/").content.decode().count(
        "a kitten"
    )


@pytest.mark.parametrize("path", ["/feed/", "/feed/changes/?since=0", "/jobs/positions/"])
def test_visitors_are_sent_to_log_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302


def test_cancel_retry_and_delete_answer_with_the_card(page: Client, alice: User) -> None:
    job = submit_job(alice, count=2)

    def act(action: str) -> Any:
        return page.post(f"/jobs/{job.pk}/{action}/", headers=FRAGMENT)

    assert 'data-status="cancelled"' in act("cancel").content.decode()
    assert 'data-status="queued"' in act("retry").content.decode()
    assert act("first").status_code == 200
    refused = act("delete")
    assert (refused.status_code, refused.content.decode()) == (409, "Cancel the task first, then delete it.")
    act("cancel")
    assert act("delete").status_code == 204
    assert act("cancel").status_code == 404


def test_one_image_can_be_cancelled_and_made_again(page: Client, alice: User) -> None:
    job = submit_job(alice, count=2)
    image = job.images.get(index=1)
    page.post(f"/images/{image.pk}/cancel/", headers=FRAGMENT)
    assert [each.status for each in job.images.order_by("index")] == ["queued", "cancelled"]
    page.post(f"/images/{image.pk}/retry/", headers=FRAGMENT)
    assert [each.status for each in job.images.order_by("index")] == ["queued", "queued"]


def test_without_scripts_a_refusal_is_a_message(page: Client, alice: User) -> None:
    job = submit_job(alice)
    assert "Cancel the task first" in page.post(f"/jobs/{job.pk}/delete/", follow=True).content.decode()


def test_unknown_actions_are_not_found(page: Client, alice: User) -> None:
    assert page.post(f"/jobs/{submit_job(alice).pk}/explode/").status_code == 404


def test_a_failed_card_says_why_and_offers_to_retry(page: Client, alice: User) -> None:
    job = submit_job(alice, count=2)
    job.images.update(status="failed", error_code="engine_down")
    Job.objects.filter(pk=job.pk).update(status="failed")
    text = page.get(f"/jobs/{job.pk}/card/").content.decode()
    assert "The engine cannot be reached." in text
    assert "Retry failed (2)" in text


def test_a_prompt_is_never_markup(page: Client, alice: User) -> None:
    job = submit_job(alice, '<script>alert(1)</script>" onload="')
    text = page.get(f"/jobs/{job.pk}/card/").content.decode()
    assert "<script>" not in text
    assert '" onload="' not in text


# --- What the script asks for -----------------------------------------------------------------------------------


def test_changes_are_told_in_the_channels_own_words(page: Client, alice: User) -> None:
    job = submit_job(alice)
    told = page.get("/feed/changes/?since=0").json()["messages"]
    assert [message["type"] for message in told] == ["job", "live"]
    jobs.cancel_job(job)
    jobs.delete_job(Job.objects.get(pk=job.pk))
    told = page.get(f"/feed/changes/?since={job.seq}").json()["messages"]
    assert [message["type"] for message in told] == ["gone", "live"]


@pytest.mark.parametrize("since", ["", "-1", "x", "9" * 40, "²"])
def test_a_wrong_since_is_not_found(page: Client, since: str) -> None:
    assert page.get("/feed/changes/", {"since": since}).status_code == 404


def test_positions_come_for_all_waiting_cards_at_once(page: Client, alice: User) -> None:
    made = [submit_job(alice, count=1) for _ in range(3)]
    told = page.get("/jobs/positions/").json()
    assert set(told["positions"]) == {str(job.pk) for job in made}
    assert told["meter"]["words"] == "0 of 2 running · 3 waiting"


def test_pages_carry_no_inline_code(page: Client, alice: User) -> None:
    submit_job(alice)
    text = page.get("/").content.decode()
    for forbidden in (" style=", "onclick=", "javascript:"):
        assert forbidden not in text
