"""Many prompts through the queue on behalf of one program, so many at a time."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from accounts.exceptions import Refusal
from accounts.models import User
from generation.exceptions import TooManyWaiting
from generation.models import Job
from generation.services.jobs import cancel_job, submit
from generation.services.representation import represent_jobs
from generation.services.requests import JobRequest


@dataclass(slots=True)
class Step:
    """What has happened since the step before."""

    ended: list[Job] = field(default_factory=list)  # fetched with their images
    refused: list[tuple[JobRequest, Refusal]] = field(default_factory=list)


class PromptRun:
    """Submit requests in order, at most `at_once` jobs at a time, until all have ended."""

    def __init__(self, member: User, requests: Iterable[JobRequest], *, at_once: int) -> None:
        self._member = member
        self._ahead = deque(requests)
        self._at_once = at_once
        self._under_way: set[UUID] = set()

    @property
    def open(self) -> bool:
        """Whether something is still ahead or under way."""
        return bool(self._ahead or self._under_way)

    def step(self) -> Step:
        """Take in what has ended and submit what fits."""
        step = Step()
        jobs = list(Job.objects.filter(pk__in=self._under_way).with_images())
        step.ended = [job for job in jobs if job.final]
        self._under_way = {job.pk for job in jobs if not job.final}  # a job deleted meanwhile is over, too
        while self._ahead and len(self._under_way) < self._at_once and self._submit_next(step):
            pass
        return step

    def progress(self) -> tuple[int, int, float]:
        """Tell how many jobs are ahead and how many under way, and how far the latter are (0 … 1, together)."""
        jobs = represent_jobs(list(Job.objects.filter(pk__in=self._under_way).with_images()))
        done = sum(float(job["progress"]) for job in jobs)
        return len(self._ahead), len(jobs), done / max(1, len(jobs))

    def cancel(self) -> None:
        """Give up: stop what is under way, submit no more. What has ended by then still comes with the next steps."""
        self._ahead.clear()
        for job in Job.objects.filter(pk__in=self._under_way):
            cancel_job(job)

    def _submit_next(self, step: Step) -> bool:
        """Submit the next request or note why not; tell whether there is a point in trying the one after it."""
        request = self._ahead[0]
        try:
            job, _ = submit(self._member, request)
        except TooManyWaiting as refusal:
            if self._under_way:
                return False  # there will be room
            step.refused.append((request, refusal))
        except Refusal as refusal:
            step.refused.append((request, refusal))
        else:
            self._under_way.add(job.pk)
        self._ahead.popleft()
        return True
