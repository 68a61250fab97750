"""Search over prompts: the same on both databases, in every language, and among one's own jobs alone."""

import pytest

from accounts.models import User
from generation.models import Engine, Job, SearchEntry, search
from generation.services import jobs
from tests.factories import make_engine, submit_job

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def engine(db: None) -> Engine:
    """Give jobs an engine."""
    return make_engine()


def found(member: User, words: str) -> list[str]:
    """Give the prompts that a search finds, in its order."""
    return [job.prompt for job in Job.objects.saying(words, member)]


@pytest.mark.parametrize("words", ["kitten", "KITTEN", "kit", "kitten sea", "sea kitten", "café", "cafe", "“kitten”!"])
def test_words_are_found_by_their_beginning_in_any_order(alice: User, words: str) -> None:
    submit_job(alice, "A cute Kitten in a café by the sea")
    assert found(alice, words)


@pytest.mark.parametrize("words", ["猫", "小猫", "日落海边", "海边的小猫", "小猫 日落", "海边、小猫"])
def test_chinese_is_found_from_one_character_on(alice: User, words: str) -> None:
    submit_job(alice, "日落海边的小猫,水彩")
    assert found(alice, words)


def test_languages_mix(alice: User) -> None:
    submit_job(alice, "一只cute的小猫 4K")
    assert found(alice, "小猫 cute")
    assert found(alice, "４k")  # the full-width digit of Chinese keyboards


@pytest.mark.parametrize(
    "words", ["itten", "ki", "kittens", "dog", "kitten dog", "猫", "?!", "@1", "'; DROP", '" OR "']
)
def test_what_is_not_there_is_not_found(alice: User, words: str) -> None:
    submit_job(alice, "a kitten by the sea")
    assert found(alice, words) == []


def test_the_newest_is_first(alice: User) -> None:
    for number in range(3):
        submit_job(alice, f"kitten {number}")
    assert found(alice, "kitten") == ["kitten 2", "kitten 1", "kitten 0"]


def test_others_words_are_not_searched(alice: User, bob: User) -> None:
    submit_job(bob, f"a kitten @{alice.pk}")
    assert found(alice, "kitten") == []
    assert found(alice, f"@{alice.pk}") == []


def test_words_of_most_prompts_are_found_as_rare_ones_are(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "COMMON", 2)
    for number in range(3):
        submit_job(alice, f"kitten {number} by the sea")
    submit_job(alice, "a dog by the sea")
    submit_job(bob, "another kitten by the sea")
    assert found(alice, "kitten sea") == [f"kitten {number} by the sea" for number in (2, 1, 0)]
    assert found(alice, "dog sea") == ["a dog by the sea"]


def test_a_deleted_job_leaves_the_index(alice: User) -> None:
    job = submit_job(alice, "a kitten")
    jobs.cancel_job(job)
    jobs.delete_job(job)
    assert found(alice, "kitten") == []
    assert not SearchEntry.objects.exists()
    submit_job(alice, "a dog")
    assert found(alice, "kitten") == []
