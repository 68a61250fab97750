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
from generation.services.grids import GridRequest, cells_of, check_cells
from generation.services.positions import NEWCOMER, forecast, rounded
from generation.services.requests import JobRequest


def estimate(member: User, request: JobRequest) -> dict[str, Any]:
    """Give price (credits), breakdown, position, starts_in and seconds, and everything the plan has against it.

    Raises `Invalid` for wrong values.
    """
    order = gate.check_values(member, request)
    price = order.price * request.count
    return {
        "price": price,
        "breakdown": {
            "images": request.count,
            "price_per_image": order.price,
            "engine": order.engine.slug,
            "recipe": order.following.price if order.following else 0,
        },
        **_start_of(member, order),
        "seconds": round(order.seconds + (order.following.planned.seconds if order.following else 0.0), 1),
        "reasons": [*gate.reasons_against(member, order), *_standing_against(member, order, request.count, price)],
    }


def estimate_grid(member: User, asked: GridRequest) -> dict[str, Any]:
    """Give price, cells, position and starts_in of a grid, and everything the plan has against any cell.

    Raises `Invalid` for wrong values.
    """
    cells = list(cells_of(asked))
    orders = check_cells(member, cells, gate.check_values)
    against = (reason for order in orders for reason in gate.reasons_against(member, order))
    price = sum(order.price for order in orders)
    reasons = {reason.code: reason for reason in against}
    standing = _standing_against(member, orders[0], len(orders), price)
    start = _start_of(member, orders[0])
    return {"price": price, "cells": len(cells), **start, "reasons": [*reasons.values(), *standing]}


def _start_of(member: User, order: gate.Order) -> dict[str, Any]:
    """Foretell where the first picture would stand in its lane, and the seconds until it starts."""
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
    return {
        "position": position.number if position else None,
        "starts_in": rounded(position.starts_in) if position else None,
    }


def _standing_against(member: User, order: gate.Order, count: int, price: int) -> Iterator[Reason]:
    """Give what a submit would meet beyond the plan."""
    if wallet_of(member).balance < price:
        yield gate.no_credits()
    if member.suspended_at:
        yield Reason(Suspended.code, Suspended.title)
    if (
        Image.objects.filter(member=member, status=Image.Status.QUEUED).count() + count
        > order.entitlements.waiting_images
    ):
        yield Reason(TooManyWaiting.code, TooManyWaiting.title)
