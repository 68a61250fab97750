"""Every credit is accounted for."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from accounts.exceptions import InsufficientCredits
from accounts.models import CreditEntry, User, Wallet
from accounts.services import credits as ledger
from accounts.services.credits import Closing
from accounts.services.members import change_plan
from tests.factories import make_member, make_plan

JOB = UUID(int=1)
Argument = TypeVar("Argument")
Answer = TypeVar("Answer")


def balance(member: User) -> int:
    return Wallet.objects.get(pk=member.pk).balance


def held(member: User, *, images: int, price: int = 1) -> list[Closing]:
    """Reserve for some images; gives what will close each."""
    entry = ledger.reserve(member.pk, amount=images * price, job=uuid4())
    return [Closing(reservation=entry.pk, member=member.pk, image=uuid4(), price=price) for _ in range(images)]


def test_new_member_has_this_months_credits(alice: User) -> None:
    assert balance(alice) == 200
    assert ledger.audit() == []


def test_reserving_takes_the_price(alice: User) -> None:
    entry = ledger.reserve(alice.pk, amount=4, job=JOB)
    assert (entry.amount, entry.job, balance(alice)) == (-4, JOB, 196)


def test_reserving_more_than_there_is_takes_nothing(alice: User) -> None:
    with pytest.raises(InsufficientCredits, match="This takes 201 credits; 200 are left"):
        ledger.reserve(alice.pk, amount=201, job=JOB)
    assert balance(alice) == 200
    assert ledger.audit() == []


def test_settled_image_stays_spent(alice: User) -> None:
    (image,) = held(alice, images=1, price=3)
    assert ledger.close_all(settled=[image]) == 1
    assert balance(alice) == 197
    assert ledger.spent_this_month(alice) == 3


def test_released_image_gives_its_price_back_once(alice: User) -> None:
    images = held(alice, images=1, price=2)
    assert ledger.close_all(released=images) == 1
    assert ledger.close_all(released=images) == 0
    assert ledger.close_all(settled=images) == 0
    assert balance(alice) == 200
    assert ledger.audit() == []


def test_many_images_of_many_members_are_released_at_once(alice: User, bob: User) -> None:
    images = [*held(alice, images=60), *held(alice, images=40, price=2), *held(bob, images=50)]
    assert ledger.close_all(released=[*images, *images]) == 150
    assert (balance(alice), balance(bob)) == (200, 200)
    assert ledger.audit() == []


def test_releasing_asks_a_constant_number_of_queries(alice: User, django_assert_num_queries: object) -> None:
    images = held(alice, images=100)
    with django_assert_num_queries(4):  # type: ignore[operator]  # a fixture without a type
        ledger.close_all(released=images)


def test_open_reservations_tell_what_they_still_hold(alice: User) -> None:
    done, lost = held(alice, images=2, price=5)
    ledger.close_all(settled=[done])
    (entry,) = ledger.open_reservations()
    assert (entry.pk, entry.held) == (lost.reservation, 5)  # type: ignore[attr-defined]  # annotated


def test_adjusting_never_goes_below_zero(alice: User) -> None:
    ledger.adjust(alice, -150, note="asked for it")
    with pytest.raises(InsufficientCredits):
        ledger.adjust(alice, -51, note="asked again")
    assert balance(alice) == 50


# --- Once a month ---------------------------------------------------------------------------------------------


def next_month(*members: User) -> None:
    """Make it a new month for these members' wallets."""
    Wallet.objects.filter(pk__in=[member.pk for member in members]).update(granted_month="2020-01")


def test_new_month_tops_up_what_was_used(alice: User) -> None:
    ledger.reserve(alice.pk, amount=150, job=JOB)
    next_month(alice)
    assert ledger.wallet_of(alice).balance == 200
    assert ledger.grant_monthly(alice) is None


def test_bought_credits_are_never_taken(alice: User) -> None:
    ledger.grant(alice, 1_000, "bought")
    next_month(alice)
    assert ledger.wallet_of(alice).balance == 1_200


def test_new_months_credits_can_be_spent_before_the_schedule_ran(alice: User) -> None:
    ledger.reserve(alice.pk, amount=200, job=JOB)
    next_month(alice)
    ledger.reserve(alice.pk, amount=10, job=JOB)
    assert balance(alice) == 190


def test_schedule_grants_each_member_once(alice: User, bob: User, carol: User) -> None:
    next_month(alice, carol)
    ledger.adjust(bob, -1, note="not due")
    CreditEntry.objects.all().delete()
    Wallet.objects.update(balance=0)
    assert ledger.grant_all_monthly() == 2
    assert (balance(alice), balance(bob), balance(carol)) == (200, 0, 5_000)


def test_better_plan_brings_the_difference_at_once(alice: User) -> None:
    ledger.reserve(alice.pk, amount=100, job=JOB)
    change_plan(alice, make_plan("advanced"))
    assert balance(alice) == 4_900


def test_going_back_and_forth_between_plans_brings_nothing(alice: User) -> None:
    for slug in ("advanced", "basic", "advanced"):
        change_plan(alice, make_plan(slug))
    assert balance(alice) == 5_000


# --- Books that do not add up -----------------------------------------------------------------------------------


def test_audit_finds_a_wallet_that_moved_without_a_line(alice: User) -> None:
    Wallet.objects.filter(pk=alice.pk).update(balance=7)
    assert ledger.audit() == [f"member {alice.pk}: the wallet holds 7, the entries add up to 200"]


def test_audit_finds_a_closing_without_its_reservation(alice: User) -> None:
    entry = CreditEntry.objects.create(member=alice, kind="settle", amount=0, price=1, image=uuid4())
    assert ledger.audit() == [f"entry {entry.pk}: this settle does not fit a reservation"]


def test_audit_finds_a_release_of_another_members_reservation(alice: User, bob: User) -> None:
    (image,) = held(alice, images=1)
    ledger.close_all(released=[replace(image, member=bob.pk)])
    assert [line.split(": ")[1] for line in ledger.audit()] == ["this release does not fit a reservation"]


def test_audit_finds_more_closed_than_reserved(alice: User) -> None:
    (image,) = held(alice, images=1)
    ledger.close_all(settled=[image])
    ledger.close_all(settled=[replace(image, image=uuid4())])
    assert ledger.audit() == [f"entry {image.reservation}: 1 reserved, 2 closed"]


# --- At the same moment -----------------------------------------------------------------------------------------


def at_once(call: Callable[[Argument], Answer], arguments: Sequence[Argument]) -> list[Answer | InsufficientCredits]:
    """Call with each argument in a thread and a transaction of its own; gives what came back or was raised."""

    def run(argument: Argument) -> Answer | InsufficientCredits:
        try:
            with transaction.atomic():
                return call(argument)
        except InsufficientCredits as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=10) as pool:
        return list(pool.map(run, arguments))


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_spend_what_there_is_and_no_more() -> None:
    alice = make_member("alice")
    ledger.adjust(alice, -190, note="ten are left")
    answers = at_once(lambda job: ledger.reserve(alice.pk, amount=1, job=job), [uuid4() for _ in range(200)])
    assert sum(isinstance(answer, CreditEntry) for answer in answers) == 10
    assert balance(alice) == 0
    assert ledger.audit() == []


@pytest.mark.django_db(transaction=True)
def test_image_closed_by_many_at_once_is_closed_by_one() -> None:
    alice = make_member("alice")
    (image,) = held(alice, images=1, price=5)
    endings = ["settled", "released"] * 10
    assert Counter(at_once(lambda ending: ledger.close_all(**{ending: [image]}), endings)) == {0: 19, 1: 1}
    assert ledger.audit() == []


@pytest.mark.django_db(transaction=True)
def test_month_is_granted_once_by_many_at_once() -> None:
    alice = make_member("alice")
    ledger.reserve(alice.pk, amount=100, job=JOB)
    next_month(alice)
    granted = at_once(ledger.grant_monthly, [alice] * 20)
    assert sum(entry is not None for entry in granted) == 1
    assert balance(alice) == 200
