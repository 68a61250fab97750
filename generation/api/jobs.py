"""Jobs: submit, foretell, list, and what the buttons of a card do."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import HeaderEx, P, Query, Router
from ninja.responses import Status

from accounts.exceptions import FieldError
from generation.api import inputs, schemas
from generation.api.authentication import ANY_MEMBER_ASKING, MemberRequest
from generation.api.documentation import refusals
from generation.api.lookups import job_now, own_job
from generation.api.problems import reasons_json
from generation.api.throttles import JOBS, REQUESTS
from generation.exceptions import Invalid
from generation.models import Job
from generation.services import jobs
from generation.services.estimates import estimate
from generation.services.representation import JSON, represent_jobs

router = Router(tags=["Jobs"])

ONE_A_PRESS = P(alias="Idempotency-Key", description="One for each press: the same key gives the same job.")


@router.post(
    "/jobs",
    response={201: schemas.Job, 200: schemas.Job},
    throttle=[REQUESTS, JOBS],
    summary="Submit a job",
    openapi_extra=refusals(400, 402, 403, 409, 413, 422, 429),
)
def submit_job(
    request: MemberRequest,
    data: inputs.JobIn,
    response: HttpResponse,
    idempotency_key: HeaderEx[inputs.Key | None, ONE_A_PRESS] = None,
) -> Status[JSON]:
    """Accept a job: 201, or 200 with the same job where this `Idempotency-Key` was sent before."""
    job, is_new = jobs.submit(request.auth, data.to_request(), idempotency_key=idempotency_key or None)
    response["Location"] = f"/api/v1/jobs/{job.pk}"
    return Status(201 if is_new else 200, job_now(request, job.pk))


@router.post(
    "/jobs/estimate",
    response=schemas.Estimate,
    auth=ANY_MEMBER_ASKING,
    summary="Foretell price and start",
    openapi_extra=refusals(400, 403, 413, 422, 429),
)
def estimate_job(request: MemberRequest, data: inputs.JobIn) -> dict[str, Any]:
    """Say what a job would cost, when it would start and everything that stands in its way; changes nothing."""
    told = estimate(request.auth, data.to_request())
    return told | {"reasons": reasons_json(told["reasons"])}


@router.get("/jobs", response=schemas.JobPage, summary="List jobs", openapi_extra=refusals(422, 429))
def list_jobs(request: MemberRequest, wanted: Query[inputs.JobFilters]) -> dict[str, Any]:
    """List the member's jobs, newest first, a page at a time."""
    states = [wanted.status] if wanted.status else []
    found = Job.objects.saying(wanted.q or "", request.auth).narrowed(states=states)
    if wanted.group:
        found = found.filter(group=wanted.group)
    if wanted.batch:
        found = found.none()  # no job belongs to a batch yet
    if wanted.cursor:
        found = found.older_than(_read_cursor(wanted.cursor))
    page = found.first_of(wanted.limit + 1)
    shown = page[: wanted.limit]
    return {"items": represent_jobs(shown), "next": _cursor_after(shown[-1]) if len(page) > len(shown) else None}


@router.get("/jobs/{job_id}", response=schemas.Job, summary="One job", openapi_extra=refusals(404, 429))
def get_job(request: MemberRequest, job_id: UUID) -> JSON:
    """Give one job with its pictures, as it is now."""
    return job_now(request, job_id)


@router.post("/jobs/{job_id}/cancel", response=schemas.Job, summary="Cancel", openapi_extra=refusals(403, 404, 429))
def cancel_job(request: MemberRequest, job_id: UUID) -> JSON:
    """Stop what still waits or runs; finished pictures are kept, and cancelling twice is fine."""
    jobs.cancel_job(own_job(request, job_id))
    return job_now(request, job_id)


@router.post(
    "/jobs/{job_id}/retry",
    response=schemas.Job,
    throttle=[REQUESTS, JOBS],
    summary="Make again what failed",
    openapi_extra=refusals(402, 403, 404, 409, 429),
)
def retry_job(request: MemberRequest, job_id: UUID) -> JSON:
    """Make the failed pictures again, or the cancelled ones where none failed."""
    jobs.retry_job(own_job(request, job_id))
    return job_now(request, job_id)


@router.post(
    "/jobs/{job_id}/first", response=schemas.Job, summary="Run first", openapi_extra=refusals(403, 404, 409, 429)
)
def run_job_first(request: MemberRequest, job_id: UUID) -> JSON:
    """Put it before all other waiting jobs of the member."""
    jobs.run_first(own_job(request, job_id))
    return job_now(request, job_id)


@router.delete("/jobs/{job_id}", response={204: None}, summary="Delete", openapi_extra=refusals(403, 404, 409, 429))
def delete_job(request: MemberRequest, job_id: UUID) -> Status[None]:
    """Remove a finished job and its files, for good."""
    jobs.delete_job(own_job(request, job_id))
    return Status(204, None)


def _cursor_after(job: Job) -> str:
    return urlsafe_b64encode(job.pk.bytes).decode().rstrip("=")


def _read_cursor(cursor: str) -> UUID:
    try:
        return UUID(bytes=urlsafe_b64decode(f"{cursor}=="))
    except ValueError as error:
        sentence = _("This is not a cursor of this list. Start again without one.")
        raise Invalid(errors=[FieldError("cursor", sentence)]) from error
