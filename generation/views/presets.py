"""The presets of the create bar, and the prompts a member used before."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.exceptions import Refusal
from accounts.views import MemberRequest
from generation.models import Job, Preset
from generation.services import presets
from generation.services.throttles import throttle
from generation.views.actions import words_of
from generation.views.card import AXES_FIELDS

# What a preset keeps: the form without its picture; the prompt where the member wants it.
FIELDS = (
    *("negative_prompt", "style", "aspect", "size", "width", "height", "count"),
    *("engine", "model", "sampler", "seed", "steps", "guidance", "strength", "recipe"),
    *AXES_FIELDS,
)
MOST_PROMPTS = 50


@login_required
@require_POST
def save(request: MemberRequest) -> HttpResponse:
    """Keep what the form holds under the name that came along."""
    typed = request.POST
    names = (*FIELDS, "prompt") if typed.get("preset_prompt") else FIELDS
    settings = {name: typed.get(name, "") for name in names}
    return _act(request, lambda: presets.save_preset(request.user, typed.get("preset_name", ""), settings))


@login_required
@require_POST
def change(request: MemberRequest, preset_id: UUID, action: str) -> HttpResponse:
    """Rename or delete one of the member's presets."""
    preset = get_object_or_404(Preset.objects.visible_to(request.user), pk=preset_id)
    actions: dict[str, Callable[[], object]] = {
        "rename": lambda: presets.rename_preset(preset, request.POST.get("preset_new_name", "")),
        "delete": lambda: presets.delete_preset(preset),
    }
    if action not in actions:
        raise Http404
    return _act(request, actions[action])


@login_required
@require_GET
def prompts(request: MemberRequest) -> JsonResponse:
    """Give the prompts the member used last, newest first, each once."""
    return JsonResponse({"prompts": Job.objects.visible_to(request.user).prompts(MOST_PROMPTS)})


def _act(request: MemberRequest, act: Callable[[], object]) -> HttpResponse:
    """Carry it out; answer with the list as it is then, or with the words of a refusal."""
    refused, status = "", 200
    try:
        throttle(request.user, "API_REQUESTS_PER_MINUTE")
        act()
    except Refusal as refusal:
        refused, status = words_of(refusal), refusal.status
    if "HX-Request" in request.headers:
        if refused:
            return HttpResponse(refused, content_type="text/plain; charset=utf-8", status=status)
        return render(request, "generation/_presets.html", {"presets": Preset.objects.visible_to(request.user)})
    if refused:
        messages.error(request, refused)
    return redirect("studio")
