"""Who am I, and what is there to work with."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext
from ninja import Router

from accounts.services.plans import entitlements_of
from generation.api import schemas
from generation.api.authentication import MemberRequest
from generation.api.documentation import refusals
from generation.services.engines import AbleEngine, engines_for, standing_of
from generation.services.kept import bytes_kept
from generation.services.meter import meter_of
from generation.services.paces import expected_seconds

router = Router(tags=["Account"])


@router.get("/me", response=schemas.Me, summary="The member", openapi_extra=refusals(429))
def get_me(request: MemberRequest) -> dict[str, Any]:
    """Plan, entitlements, credits, slots and storage of the member."""
    member, meter, allowed = request.auth, meter_of(request.auth), entitlements_of(request.auth)
    return {
        "id": member.pk,
        "email": member.email,
        "name": member.name,
        "language": member.language,
        "plan": {"slug": member.plan.slug, "name": gettext(member.plan.name)} if member.plan else None,
        "entitlements": allowed,
        "credits": meter.credits,
        "slots": {
            "running": meter.running,
            "running_limit": meter.limit,
            "waiting": meter.waiting,
            "waiting_limit": allowed.waiting_images,
        },
        "storage": {"used": bytes_kept(member), "limit": allowed.storage_bytes},
    }


@router.get("/engines", response=list[schemas.Engine], summary="Engines", openapi_extra=refusals(429))
def list_engines(request: MemberRequest) -> list[dict[str, Any]]:
    """List the engines the member may use, in the order in which an open choice takes them."""
    return [_represent(able) for able in engines_for(entitlements_of(request.auth))]


def _represent(able: AbleEngine) -> dict[str, Any]:
    engine, capabilities = able
    standing = standing_of(engine)
    return {
        "slug": engine.slug,
        "name": engine.name,
        "description": engine.description,
        "kind": engine.kind,
        "state": standing.state,
        "message": standing.message,
        "capabilities": asdict(capabilities) | {"modes": sorted(capabilities.modes)},
        "typical_seconds": round(expected_seconds(engine, "", 1024, 1024), 2),
        "price": {
            "base": engine.base_price,
            "per_megapixel": float(engine.megapixel_price),
            "per_step": float(engine.step_price),
        },
    }
