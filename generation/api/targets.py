"""Targets: the sizes and rules of shops, channels and paper."""

from django.utils.translation import gettext as _
from ninja import Router

from generation.api import schemas
from generation.api.authentication import MemberRequest
from generation.api.documentation import refusals
from generation.models import Target
from generation.services.representation import JSON

router = Router(tags=["Recipes"])


@router.get("/targets", response=list[schemas.Target], summary="List targets", openapi_extra=refusals(429))
def list_targets(request: MemberRequest) -> list[JSON]:
    """List where pictures may go, each with the operations that make one fit.

    In a recipe `{"op": "target", "target": "amazon"}` stands for these operations.
    """
    return [_represent(target) for target in Target.objects.offered()]


def _represent(target: Target) -> JSON:
    return {
        "target": target.slug,
        "name": str(target),
        "width": target.width,
        "height": target.height,
        "fit": target.fit,
        "background": target.background,
        "format": target.format,
        "at_most_kb": target.at_most_kb,
        "rules": _(target.rules) if target.rules else "",
        "operations": target.operations(),
    }
