"""A link shows one picture to strangers, for as long as its owner wants, and tells nothing else."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image as Picture
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from generation import storage
from generation.models import Image, ShareLink
from generation.processing import containers
from generation.services import jobs, shares
from tests.factories import make_engine, submit_job
from tests.generation.drains import drain

pytestmark = pytest.mark.django_db(transaction=True)
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def image(alice: User) -> Image:
    """Give a finished picture of Alice's."""
    make_engine(settings={"seconds": 0.02})
    submit_job(alice, "a secret recipe <b>")
    drain()
    return Image.objects.select_related("member").get()


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    """Give Alice's browser."""
    client.force_login(alice)
    return client


@pytest.fixture
def stranger() -> Client:
    """Give a browser of somebody without an account."""
    return Client()


def address(link: ShareLink) -> str:
    return f"/s/{shares.token_of(link)}/"


def test_a_stranger_sees_the_picture_and_nothing_else(image: Image, stranger: Client) -> None:
    link = shares.share_image(image)
    answer = stranger.get(address(link))
    words = answer.content.decode()
    assert answer.status_code == 200
    assert f'og:image" content="http://testserver{address(link)}display/"' in words
    assert "secret recipe" not in words
    assert image.member.email not in words
    assert str(image.pk) not in words
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"


def test_the_file_tells_nothing_and_shows_the_same(image: Image, stranger: Client) -> None:
    answer = stranger.get(f"{address(shares.share_image(image))}file/")
    assert answer["Content-Type"] == "image/png"
    assert containers.read(answer.content) == containers.Metadata()
    with Picture.open(BytesIO(answer.content)) as seen, Picture.open(BytesIO(storage.read(image.file_name))) as kept:
        assert seen.tobytes() == kept.tobytes()


def test_the_owner_may_let_it_tell(image: Image, stranger: Client) -> None:
    link = shares.share_image(image, shows_prompt=True, keeps_metadata=True)
    assert "a secret recipe &lt;b&gt;" in stranger.get(address(link)).content.decode()
    assert "parameters" in containers.read(stranger.get(f"{address(link)}file/").content).texts


def test_it_is_asked_for_again_each_time_but_sent_once(image: Image, stranger: Client) -> None:
    link = shares.share_image(image)
    first = stranger.get(f"{address(link)}file/")
    assert first["Cache-Control"] == "private, no-cache"
    again = stranger.get(f"{address(link)}file/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    shares.revoke_share(link)
    assert stranger.get(f"{address(link)}file/", headers={"If-None-Match": first["ETag"]}).status_code == 410


def end(how: str, link: ShareLink) -> None:
    """Bring a link to its end."""
    match how:
        case "revoked":
            assert shares.revoke_share(link)
        case "expired":
            ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "suspended":
            User.objects.update(suspended_at=timezone.now())
        case "closed":
            User.objects.update(is_active=False)
        case "deleted":
            jobs.delete_image(Image.objects.get(pk=link.image_id))


def test_the_picture_of_a_screens_size_says_nothing_either(image: Image, stranger: Client) -> None:
    answer = stranger.get(f"{address(shares.share_image(image, keeps_metadata=True))}display/")
    assert answer["Content-Type"] == "image/webp"
    assert containers.read(answer.content) == containers.Metadata()


@pytest.mark.parametrize("how", ["revoked", "expired", "suspended", "closed", "deleted"])
def test_what_ended_is_gone(image: Image, stranger: Client, how: str) -> None:
    link = shares.share_image(image, days=1)
    assert stranger.get(address(link)).status_code == 200
    end(how, link)
    paths = [address(link), f"{address(link)}file/", f"{address(link)}display/"]
    assert [stranger.get(path).status_code for path in paths] == [410, 410, 410]


def test_an_address_that_was_never_given_is_not_found(image: Image, stranger: Client) -> None:
    token = shares.token_of(shares.share_image(image))
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), str(image.pk), "x", f"{token}x", "é.é"):
        assert stranger.get(f"/s/{wrong}/").status_code == 404


def test_openings_are_counted_but_for_the_owners(image: Image, page: Client, stranger: Client) -> None:
    link = shares.share_image(image)
    stranger.get(address(link))
    stranger.head(address(link))
    page.get(address(link))
    link.refresh_from_db()
    assert link.views == 1


@pytest.mark.usefixtures("long_minute")
def test_who_asks_too_often_has_to_wait(image: Image, stranger: Client, settings: Any) -> None:
    settings.SHARED_REQUESTS_PER_MINUTE = 2
    paths = [address(shares.share_image(image)), "/s/x/", "/s/x/"]
    assert [stranger.get(path).status_code for path in paths] == [200, 404, 429]


def test_a_public_page_costs_two_queries(
    image: Image, stranger: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    link = shares.share_image(image)
    with django_assert_num_queries(2):  # the link with all that belongs to it, and the count
        stranger.get(address(link))


# --- The owner --------------------------------------------------------------------------------------------------


def test_the_owner_makes_lists_and_revokes_a_link(image: Image, page: Client) -> None:
    made = page.post(f"/images/{image.pk}/share/", {"days": "7"}, headers=FRAGMENT).content.decode()
    link = ShareLink.objects.get()
    assert f"http://testserver{address(link)}" in made
    assert (link.shows_prompt, link.keeps_metadata) == (False, False)
    assert link.expires_at is not None
    assert timedelta(days=6) < link.expires_at - timezone.now() <= timedelta(days=7)
    assert address(link) in page.get("/shares/").content.decode()
    page.post(f"/shares/{link.pk}/revoke/")
    assert address(link) not in page.get("/shares/").content.decode()


def test_without_scripts_it_comes_back_to_the_page(image: Image, page: Client) -> None:
    answer = page.post(f"/images/{image.pk}/share/", {"days": "", "shows_prompt": "on"}, follow=True)
    assert address(ShareLink.objects.get(shows_prompt=True, expires_at=None)) in answer.content.decode()


def test_a_wrong_time_is_refused(image: Image, page: Client) -> None:
    assert page.post(f"/images/{image.pk}/share/", {"days": "9999"}, headers=FRAGMENT).status_code == 422
    assert not ShareLink.objects.exists()


def test_a_suspended_member_shares_nothing(image: Image, page: Client) -> None:
    User.objects.update(suspended_at=timezone.now())
    answer = page.post(f"/images/{image.pk}/share/", {"days": "1"}, headers=FRAGMENT)
    assert answer.status_code == 403
    assert "Your account is suspended" in answer.content.decode()


def test_too_many_links_are_refused_in_words(image: Image, page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "MOST_LINKS", 1)
    answers = [page.post(f"/images/{image.pk}/share/", {"days": "1"}, headers=FRAGMENT) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 422]
    assert "This picture has 1 links already." in answers[1].content.decode()


def test_another_members_picture_and_links_are_not_found(image: Image, client: Client, bob: User) -> None:
    client.force_login(bob)
    link = shares.share_image(image)
    assert client.get(f"/images/{image.pk}/share/").status_code == 404
    assert client.post(f"/images/{image.pk}/share/", {"days": "1"}).status_code == 404
    assert client.post(f"/shares/{link.pk}/revoke/").status_code == 404
    assert address(link) not in client.get("/shares/").content.decode()
    assert client.get(f"/images/{uuid4()}/share/").status_code == 404


def test_a_picture_that_is_not_there_yet_is_not_shared(alice: User, page: Client) -> None:
    make_engine()
    waiting = submit_job(alice).images.get()
    assert page.get(f"/images/{waiting.pk}/share/").status_code == 404


def test_the_list_keeps_its_number_of_queries(
    image: Image, page: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        shares.share_image(image)
    page.get("/shares/")
    with django_assert_num_queries(9):
        page.get("/shares/")
