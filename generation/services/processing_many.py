"""One recipe on many pictures: what it would cost, and one job for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.exceptions import Reason, Refusal
from accounts.models import User
from accounts.services.credits import wallet_of
from generation.models import Image, Job, Upload
from generation.services import gate, jobs, recipes
from generation.services.own_pictures import size_of

Pictures = Sequence[Upload | Image]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a run would cost in credits, what comes out of the first picture, and what stands in the way."""

    price: int
    order: gate.Order
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class Begun:
    """Jobs that were begun, those that had made the same before, and why the rest was not begun."""

    begun: list[Job] = field(default_factory=list)
    known: list[Job] = field(default_factory=list)
    refusal: Refusal | None = None


def quote(member: User, pictures: Pictures, recipe: object) -> Quote:
    """Foretell a run on one picture or more; pictures of one size are asked about once. Raises `Invalid`."""
    orders: dict[tuple[int, int], gate.Order] = {}
    reasons: dict[str, Reason] = {}
    for picture in pictures:
        if size_of(picture) not in orders:
            order = gate.check_values(member, recipes.process_request(picture.pk, recipe))
            orders[size_of(picture)] = order
            reasons |= {reason.code: reason for reason in gate.reasons_against(member, order)}
    price = sum(orders[size_of(picture)].price for picture in pictures)
    if wallet_of(member).balance < price:
        reasons["insufficient_credits"] = gate.no_credits()
    return Quote(price, orders[size_of(pictures[0])], list(reasons.values()))


def process_pictures(member: User, pictures: Pictures, recipe: object, *, key: str) -> Begun:
    """Begin one job for each picture, once for a key; what the same recipe has made before is found again.

    Raises the refusal of the first picture; a later one's ends the run and is told.
    """
    result = Begun()
    for picture in pictures:
        request, own_key = recipes.process_request(picture.pk, recipe), f"{key}.{picture.pk}"
        try:
            if job := recipes.made_before(member, request):
                (result.begun if job.idempotency_key == own_key else result.known).append(job)
                continue
            job, _is_new = jobs.submit(member, request, idempotency_key=own_key)
        except Refusal as refusal:
            if not (result.begun or result.known):
                raise
            return Begun(result.begun, result.known, refusal)
        result.begun.append(job)
    return result
