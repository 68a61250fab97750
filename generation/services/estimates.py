"""What a request would cost and when it would start; changes nothing."""

from collections.abc import Iterator
from typing import Any

from accounts.exceptions import Reason
from accounts.models import User
from accounts.services.credits import wallet_of
from generation.exceptions import Suspended, TooManyWaiting
from generation.models import Image, LaneState, Share
from generation.services import gate
from generation.services.fair_order import Place
from generation.services.positions import NEWCOMER, forecast, rounded
from generation.services.requests import JobRequest


def estimate(member: User, request: JobRequest) -> dict[str, Any]:
    """Give price (credits), breakdown, position, starts_in and seconds, and everything the plan has against it.

    Raises `Invalid` for wrong values.
    """
    order = gate.check_values(member, request)
    reasons = gate.reasons_against(member, order)
    shares = {share.lane_id: share for share in Share.objects.filter(member=member)}
    place = Place(
        member=member.pk,
        finish=shares[order.engine.pk].finish if order.engine.pk in shares else 0.0,
        weight=order.entitlements.weight,
        room=order.entitlements.running_images - sum(share.running for share in shares.values()),
        oldest="~",  # after everybody who already waits
    )
    lane = LaneState.objects.select_related("engine").get(pk=order.engine.pk)
    position = forecast(lane, (place, order.seconds)).get(NEWCOMER)
    price = order.price * request.count
    if wallet_of(member).balance < price:
        reasons.append(gate.no_credits())
    reasons += _standing_against(member, request.count, order.entitlements.waiting_images)
    return {
        "price": price,
        "breakdown": {
            "images": request.count,
            "price_per_image": order.price,
            "engine": order.engine.slug,
            "recipe": order.following.price if order.following else 0,
        },
        "position": position.number if position else None,
        "starts_in": rounded(position.starts_in) if position else None,
        "seconds": round(order.seconds + (order.following.planned.seconds if order.following else 0.0), 1),
        "reasons": reasons,
    }


def _standing_against(member: User, count: int, limit: int) -> Iterator[Reason]:
    """Give what a submit would meet beyond plan and price."""
    if member.suspended_at:
        yield Reason(Suspended.code, Suspended.title)
    if Image.objects.filter(member=member, status=Image.Status.QUEUED).count() + count > limit:
        yield Reason(TooManyWaiting.code, TooManyWaiting.title)
