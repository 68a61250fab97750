"""The one JSON of a job and an image: REST, websocket and page all show this."""

from typing import Any

from generation.models import Image, Job
from generation.models.job import derive_status
from generation.services.messages import error_message, stage_label
from generation.services.positions import Position, positions_of, rounded
from generation.simplification import prompt_of
from imagegen import events

JSON = dict[str, Any]


def represent_jobs(jobs: list[Job], *, forecast: bool = True) -> list[JSON]:
    """Represent jobs fetched by `with_images()`; sentences are in the active language.

    Without `forecast` they have no positions, which take a look at the whole lane.
    """
    running = [image.pk for job in jobs for image in job.images.all() if image.status == Image.Status.RUNNING]
    progress = events.recall_progress(running)
    waiting = [job.pk for job in jobs if any(image.status == Image.Status.QUEUED for image in job.images.all())]
    positions = positions_of(waiting) if waiting and forecast else {}
    return [
        _represent(
            job, [represent_image(image, progress.get(image.pk)) for image in job.results], positions.get(job.pk)
        )
        for job in jobs
    ]


def shown_image(image: Image, shown: list[JSON]) -> JSON:
    """Give an image as its job's representation shows it; an original, which that leaves out, by itself."""
    return next((found for found in shown if found["id"] == str(image.pk)), None) or represent_image(image)


def represent_image(image: Image, progress: events.Message | None = None) -> JSON:
    """Represent one image; `progress` is what its worker said last."""
    made = image.status == Image.Status.SUCCEEDED
    return {
        "id": str(image.pk),
        "job": str(image.job_id),
        "index": image.index,
        "status": image.status,
        "progress": _progress(image, progress),
        "stage": _stage(image, progress),
        "stage_label": stage_label(_stage(image, progress)),
        "step": (progress or {}).get("step"),
        "steps": (progress or {}).get("steps"),
        "seed": image.seed,
        "width": image.width,
        "height": image.height,
        "format": image.format,
        "bytes": image.bytes,
        "url": f"/api/v1/images/{image.pk}/file" if made else None,
        "thumbnail_url": f"/api/v1/images/{image.pk}/thumbnail" if made else None,
        "medium_url": f"/api/v1/images/{image.pk}/medium" if made else None,
        "display_url": f"/api/v1/images/{image.pk}/display" if made else None,
        "placeholder": image.placeholder,
        "favourite": image.favourite,
        "sensitive": image.sensitive,
        "error": _error(image),
        "attempts": image.attempts,
        "prompt": prompt_of(image.job.prompt, image.simplification),
        "facts": image.facts,
        "started_at": _iso(image.started_at),
        "finished_at": _iso(image.finished_at),
        "parent": str(image.parent) if image.parent else None,
        "operations": (image.job.recipe or []) if image.parent else [],
    }


def _represent(job: Job, images: list[JSON], position: Position | None) -> JSON:
    rows = job.results
    active = [image for image in images if image["status"] in Image.ACTIVE]
    running = next((image for image in images if image["status"] == Image.Status.RUNNING), None)
    failed = next((row for row in rows if row.error_code), None)
    return {
        "id": str(job.pk),
        "number": job.number,
        # From the images, as they were read after the job's row: the two never contradict each other.
        "status": derive_status(row.status for row in rows),
        "mode": job.mode,
        "prompt": job.prompt,
        "negative_prompt": job.negative_prompt,
        "engine": job.engine.slug,
        "fell_back_from": _left(job),
        "model": job.model,
        "width": job.width,
        "height": job.height,
        "count": job.count,
        "seed": job.seed,
        "steps": job.steps,
        "guidance": job.guidance,
        "strength": job.strength,
        "style": job.style,
        "sampler": job.sampler,
        "title": job.title,
        "reference": str(job.reference) if job.reference else None,
        "mask": str(job.mask) if job.mask else None,
        "recipe": job.recipe,
        "progress": sum(1.0 if image["status"] not in Image.ACTIVE else image["progress"] for image in images)
        / max(1, len(images)),
        "stage": running["stage"] if running else "waiting" if active else "",
        "stage_label": running["stage_label"] if running else stage_label("waiting") if active else "",
        "position": position.number if position else None,
        "starts_in": rounded(position.starts_in) if position else None,
        "eta_seconds": _eta(job, active, position),
        "error": failed and _error(failed),
        "images": images,
        "credits": {
            "reserved": sum(row.price for row in rows if not row.final),
            "spent": sum(row.price for row in job.images.all() if row.status == Image.Status.SUCCEEDED),
        },
        "batch": None,
        "group": str(job.group) if job.group else None,
        "cell": job.cell and {axis["axis"]: axis["value"] for axis in job.cell},
        "seq": job.seq,
        "created_at": _iso(job.created_at),
        "started_at": _iso(job.started_at),
        "finished_at": _iso(job.finished_at),
    }


def _left(job: Job) -> str | None:
    """Name the engine that was down, so that another one makes this."""
    return job.fell_back_from.slug if job.fell_back_from and job.fell_back_from != job.engine else None


def _eta(job: Job, active: list[JSON], position: Position | None) -> float | None:
    """Give the expected seconds until the job is over, from what its pictures and their recipe usually take."""
    if not active or (position and position.starts_in is None):
        return None
    expected = {str(row.pk): row.expected_seconds for row in job.results}
    left: list[float] = [
        expected[image["id"]] * (1 - image["progress"]) + job.processing_seconds * (image["parent"] is None)
        for image in active
    ]
    return round(((position and position.starts_in) or 0.0) + max(left), 1)


def _progress(image: Image, progress: events.Message | None) -> float:
    if image.status == Image.Status.SUCCEEDED:
        return 1.0
    if image.final:
        return 0.0
    told: float = (progress or {}).get("progress", 0.0)
    return max(told, image.lane_progress[0])


def _stage(image: Image, progress: events.Message | None) -> str:
    if image.final:
        return ""
    if image.cancel_requested_at:
        return "cancelling"
    if image.status == Image.Status.QUEUED:
        return "waiting"
    return str((progress or {}).get("stage") or "starting")


def _error(image: Image) -> JSON | None:
    if not image.error_code:
        return None
    return {"code": image.error_code, "message": error_message(image.error_code, in_recipe=image.parent is not None)}


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
