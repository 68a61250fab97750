"""Grids: one prompt over several settings. Each cell is a job of its own, to be treated as any other."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import HeaderEx, Router
from ninja.responses import Status

from generation.api import inputs, schemas
from generation.api.authentication import ANY_MEMBER_ASKING, MemberRequest
from generation.api.documentation import refusals
from generation.api.jobs import ONE_A_PRESS
from generation.api.problems import reasons_json
from generation.api.throttles import JOBS, REQUESTS
from generation.models import Image, Job
from generation.models.job import ImageQuerySet
from generation.services import jobs
from generation.services.estimates import estimate_grid as foretell
from generation.services.grids import axes_of, submit_grid
from generation.services.representation import JSON, represent_jobs

router = Router(tags=["Grids"])


@router.post(
    "/grids",
    response={201: schemas.Grid, 200: schemas.Grid},
    throttle=[REQUESTS, JOBS],
    summary="Compare settings",
    openapi_extra=refusals(400, 402, 403, 409, 413, 422, 429),
)
def submit(
    request: MemberRequest,
    data: inputs.GridIn,
    response: HttpResponse,
    idempotency_key: HeaderEx[inputs.Key | None, ONE_A_PRESS] = None,
) -> Status[JSON]:
    """Accept every cell as a job of one picture, or none; 200 where this `Idempotency-Key` was sent before."""
    first, is_new = submit_grid(request.auth, data.to_grid(), idempotency_key=idempotency_key or None)
    assert first.group  # noqa: S101  every cell has it
    response["Location"] = f"/api/v1/grids/{first.group}"
    return Status(201 if is_new else 200, _grid_now(request, first.group))


@router.post(
    "/grids/estimate",
    response=schemas.GridEstimate,
    auth=ANY_MEMBER_ASKING,
    summary="Foretell price and start of a grid",
    openapi_extra=refusals(400, 403, 413, 422, 429),
)
def estimate_grid(request: MemberRequest, data: inputs.GridIn) -> dict[str, Any]:
    """Say what a grid would cost, when it would start and everything that stands in its way; changes nothing."""
    told = foretell(request.auth, data.to_grid())
    return told | {"reasons": reasons_json(told["reasons"])}


@router.get("/grids/{grid_id}", response=schemas.Grid, summary="One grid", openapi_extra=refusals(404, 429))
def get_grid(request: MemberRequest, grid_id: UUID) -> JSON:
    """Give a grid with its cells, as they are now."""
    return _grid_now(request, grid_id)


@router.post(
    "/grids/{grid_id}/cancel", response=schemas.Grid, summary="Cancel all", openapi_extra=refusals(403, 404, 429)
)
def cancel_grid(request: MemberRequest, grid_id: UUID) -> JSON:
    """Stop every cell that still waits or runs; finished ones are kept, and cancelling twice is fine."""
    jobs.cancel_images(_images_of(request, grid_id))
    return _grid_now(request, grid_id)


@router.post(
    "/grids/{grid_id}/retry",
    response=schemas.Grid,
    throttle=[REQUESTS, JOBS],
    summary="Make again what failed of a grid",
    openapi_extra=refusals(402, 403, 404, 409, 429),
)
def retry_grid(request: MemberRequest, grid_id: UUID) -> JSON:
    """Make the failed cells again, or the cancelled ones where none failed."""
    jobs.retry_unmade(request.auth, _images_of(request, grid_id))
    return _grid_now(request, grid_id)


@router.delete(
    "/grids/{grid_id}", response={204: None}, summary="Delete a grid", openapi_extra=refusals(403, 404, 409, 429)
)
def delete_grid(request: MemberRequest, grid_id: UUID) -> Status[None]:
    """Remove a finished grid and its files, for good."""
    jobs.delete_images(_images_of(request, grid_id))
    return Status(204, None)


def _images_of(request: MemberRequest, grid_id: UUID) -> ImageQuerySet:
    """Give the images of one of the member's grids. Raises Http404."""
    images = Image.objects.visible_to(request.auth).of_group(grid_id)
    if not images.exists():
        raise Http404
    return images


def _grid_now(request: MemberRequest, grid_id: UUID) -> JSON:
    """Represent a grid as it is now. Raises Http404."""
    cells = list(Job.objects.visible_to(request.auth).of_group(grid_id).with_images())
    if not cells:
        raise Http404
    axes = [{"name": axis.name, "values": axis.values} for axis in axes_of(cells)]
    return {"id": str(grid_id), "axes": axes, "jobs": represent_jobs(cells)}
