"""The page `/`: create and feed; for visitors, what this is."""

from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Reason, Refusal
from accounts.models import Plan, User
from accounts.services.credits import wallet_of
from accounts.services.plans import entitlements_of
from accounts.views import MemberRequest
from generation.exceptions import WrongState
from generation.forms import CreateForm, shape_of
from generation.models import Image, Job, Preset
from generation.services.engines import making_engines
from generation.services.feeds import current_seq
from generation.services.grids import Axis, GridRequest, submit_grid
from generation.services.jobs import run_images_first, submit
from generation.services.messages import STAGES
from generation.services.requests import JobRequest
from generation.services.throttles import throttle
from generation.services.uploads import save_upload
from generation.views.cards import card_of
from generation.views.create_bar import CreateBar
from generation.views.estimates import Foot, estimate_of
from generation.views.examples import EXAMPLES
from generation.views.feed import page_of, parse_id
from generation.views.filters import FeedFilter


@require_http_methods(["GET", "HEAD", "POST"])
def studio(request: HttpRequest) -> HttpResponse:
    """Show the studio or take one press of Generate; visitors get the landing page."""
    member = request.user
    if not isinstance(member, User):
        return render(request, "generation/landing.html", {"examples": EXAMPLES})
    if request.method == "POST":
        return _create(request, member)
    return _page(request, member, CreateForm(initial=_start_of(member, request.GET)))


@login_required
@require_POST
def estimate(request: MemberRequest) -> HttpResponse:
    """Say the price, the start and what is in the way, for what is typed so far."""
    foot = estimate_of(request.user, CreateForm(request.POST))
    return render(request, "generation/_estimate.html", {"estimate": foot})


def _create(request: HttpRequest, member: User) -> HttpResponse:
    typed = request.POST.copy()
    form = CreateForm(typed, request.FILES)
    if not form.is_valid():
        return _page(request, member, form, status=422)
    try:
        job = _submit(member, form, typed)
    except Refusal as refusal:
        return _page(request, member, form, status=refusal.status, reasons=_blame(form, refusal))
    if not _wants_fragment(request):
        return redirect("studio")
    return render(request, "generation/_job_card.html", {"card": card_of(member, job.pk)}, status=201)


def _blame(form: CreateForm, refusal: Refusal) -> list[Reason]:
    """Put each error beside its field; what has none stands with the reasons at the foot."""
    reasons = list(refusal.reasons)
    for error in [form.placed(each) for each in refusal.errors]:  # all before the first, which takes values away
        if error.field in form.fields:
            form.add_error(error.field, str(error.message))
        else:
            reasons.append(Reason(error.field, error.message))
    return reasons if reasons or refusal.errors else [Reason(refusal.code, refusal.detail)]


def _submit(member: User, form: CreateForm, typed: QueryDict) -> Job:
    """Submit what the form says. A picture that came along is kept first, and after a refusal it is still there."""
    throttle(member, "API_REQUESTS_PER_MINUTE", "API_JOBS_PER_MINUTE")
    fields = form.job_fields()
    if picture := form.cleaned_data["picture"]:
        throttle(member, "API_UPLOADS_PER_MINUTE")
        fields["reference"] = save_upload(member, picture.read(settings.UPLOAD_MAX_BYTES + 1)).pk
        typed["reference"] = str(fields["reference"])
    key = form.cleaned_data["idempotency_key"] or None
    if axes := form.axes():
        grid = GridRequest(request=JobRequest(**fields | {"count": 1}), axes=[Axis(*axis) for axis in axes])
        job, _created = submit_grid(member, grid, idempotency_key=key)
    else:
        job, _created = submit(member, JobRequest(**fields), idempotency_key=key)
    if typed.get("first"):
        with suppress(WrongState):  # it may run already
            run_images_first(member.pk, Image.objects.visible_to(member).of_card(job.group or job.pk))
    return job


def _page(
    request: HttpRequest, member: User, form: CreateForm, *, status: int = 200, reasons: Sequence[Reason] = ()
) -> HttpResponse:
    """Show the studio with everything that was typed and what is wrong with it; to our script, the bar alone."""
    bar = CreateBar(
        form=form,
        entitlements=entitlements_of(member),
        engines=making_engines(),
        plans=list(Plan.objects.all()),
    )
    # A fresh bar asks for its price once it is shown: foretelling is most of what this page could cost.
    foot = estimate_of(member, form, reasons) if form.is_bound else Foot(wallet_of(member).balance)
    context: dict[str, object] = {"bar": bar, "estimate": foot}
    if _wants_fragment(request):
        return render(request, "generation/_create.html", context, status=status)
    context |= {"presets": Preset.objects.visible_to(member), "fresh": not (form.is_bound or form.initial)}
    seq = current_seq(member.pk)  # before the cards: what changes in between is then told again, never missed
    wanted = FeedFilter.read(request.GET)
    page = page_of(member, request.GET.get("cursor", ""), wanted)
    context |= {"seq": seq, "cards": page.cards, "next": page.next, "examples": EXAMPLES, "first": True}
    context |= {"filter": wanted, "filters": wanted.choices([(e.slug, _(e.name)) for e, _can in bar.engines])}
    context["stages"] = {stage: str(words) for stage, words in STAGES.items()}
    return render(request, "generation/studio.html", context, status=status)


def _start_of(member: User, asked: QueryDict) -> dict[str, object]:
    """Give the settings to start from: those of the `preset`, or of the job `reuse`, of which `only` may name one.

    With `image` the seed is that picture's; `reference` names a picture to start from. Nothing where there is none.
    """
    if preset_id := asked.get("preset", ""):
        preset = Preset.objects.visible_to(member).filter(pk=parse_id(preset_id)).first()
        return dict(preset.settings) if preset else {}
    start: dict[str, object] = {"reference": asked["reference"]} if asked.get("reference") else {}
    job_id = asked.get("reuse", "")
    card = card_of(member, parse_id(job_id), alone=True) if job_id else None
    if card is None:
        return start
    seeds = {image["id"]: image["seed"] for image in card.images}
    settings = card.job | shape_of(card.job["width"], card.job["height"])
    settings |= {"recipe": card.recipe} | card.axes_fields
    settings |= {"seed": seeds[asked["image"]], "count": 1} if asked.get("image") in seeds else {}
    only = asked.get("only", "")
    names = ("aspect", "size", "width", "height") if only == "size" else (only,)
    return start | ({name: settings[name] for name in names if name in settings} if only else settings)


def _wants_fragment(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers
