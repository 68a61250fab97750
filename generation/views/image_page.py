"""The page of one picture, which is also the lightbox, and the page that compares two."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.services.plans import entitlements_of
from accounts.views import MemberRequest
from generation.models import Collection, Engine, Image, Job
from generation.services import galleries
from generation.services.collecting import collections_with
from generation.services.downloads import readable_name
from generation.services.lineage import derived_from, parent_of
from generation.services.representation import JSON, represent_image, represent_jobs, shown_image
from generation.views.feed import parse_id
from generation.views.gallery_filter import GalleryFilter
from generation.views.operation_words import prompt_words
from generation.views.settings_table import Setting, differences, recall_url, settings_of

NO_FILTER = GalleryFilter()


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with everything that is told of it."""

    row: Image
    image: JSON
    job: JSON
    engine: Engine
    settings: list[Setting]

    @property
    def siblings(self) -> list[JSON]:
        """The pictures of the same card, this one among them."""
        group = self.row.job.group
        cells = Job.objects.visible_to(self.row.job.member).of_group(group).with_images() if group else []
        jobs = represent_jobs(list(cells)) or [self.job]
        return [image for job in jobs for image in job["images"] if image["url"]]

    @property
    def recall_all(self) -> str:
        """The same for everything at once."""
        return recall_url(self.job, self.image)

    @property
    def recall_prompt(self) -> str:
        """The same for the prompt alone."""
        return recall_url(self.job, self.image, "prompt")

    @property
    def prompt(self) -> str:
        """What the page says it is."""
        return prompt_words(self.job)

    @property
    def file_name(self) -> str:
        """What the file is called on the member's own disk."""
        return readable_name(self.row)


@login_required
@require_GET
def image_page(request: MemberRequest, image_id: UUID) -> HttpResponse:
    """Show one picture among those that the address asks for; to our script, without the page around it."""
    wanted = GalleryFilter.read(request.GET)
    shown = _shown(request.user, image_id)
    newer, older = galleries.neighbours_of(request.user, wanted.wanted, shown.row)
    parent = parent_of(shown.row)
    days = entitlements_of(request.user).retention_days
    finished_at = shown.row.finished_at
    context = {
        "shown": shown,
        "image": shown.image,
        "job": shown.job,
        "filter": wanted,
        "newer": newer and represent_image(newer),
        "older": older and represent_image(older),
        "kept_until": finished_at + timedelta(days=days) if days and finished_at else None,
        "parent": parent and represent_image(parent),
        "derived": [represent_image(image) for image in derived_from(shown.row)],
        "collected": collections_with(shown.row),
        "collections": list(Collection.objects.visible_to(request.user)),
        "back": reverse("gallery") + (f"?{wanted.query}" if wanted.query else ""),
    }
    fragment = "HX-Request" in request.headers
    return render(request, "generation/_viewer.html" if fragment else "generation/image.html", context)


@login_required
@require_GET
def compare(request: MemberRequest) -> HttpResponse:
    """Show two pictures against each other; with one, what it can be compared with."""
    ids = [parse_id(name) for name in (request.GET.get("a"), request.GET.get("b")) if name]
    pictures = [_shown(request.user, each) for each in ids]
    if len(pictures) == 2:
        one, other = pictures
        prompt = (one.job["prompt"], other.job["prompt"])
        rows = differences(one.settings, other.settings)
        context = {"one": one, "other": other, "rows": rows, "same_prompt": prompt[0] == prompt[1]}
        return render(request, "generation/compare.html", context)
    newest = galleries.page_of(request.user, NO_FILTER.wanted).images
    offered = [image for image in newest if image.pk not in ids]
    if pictures:
        own = pictures[0].row.job
        own_card = own.group or own.pk  # what was made with it comes first
        offered.sort(key=lambda image: own_card not in (image.job.group, image.job_id))
    context = {"one": pictures[0] if pictures else None, "offered": [represent_image(each) for each in offered[:48]]}
    return render(request, "generation/compare_choose.html", context)


def _shown(member: User, image_id: UUID) -> Shown:
    """Give one of the member's pictures. Raises Http404 where there is none, or none yet."""
    own = Image.objects.visible_to(member).made().select_related("job__engine", "job__member")
    row = get_object_or_404(own.prefetch_related("job__images"), pk=image_id)
    job = represent_jobs([row.job])[0]
    image = shown_image(row, job["images"])
    return Shown(row, image, job, row.job.engine, settings_of(job, image, row.job.engine))
