"""Recipes that members keep under a name, give to each other, and take."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.exceptions import Refusal
from accounts.services.plans import entitlements_of
from accounts.views import MemberRequest
from generation.models import Recipe
from generation.services import recipe_links
from generation.services import recipes as service
from generation.services.throttles import throttle
from generation.views.actions import words_of
from generation.views.operation_forms import typed_recipe
from generation.views.operation_words import operation_name, summary_of


@login_required
@require_POST
def save(request: MemberRequest) -> HttpResponse:
    """Keep the operations that came along under a name; answers with the list as it is then."""
    name, operations = request.POST.get("name", ""), typed_recipe(request.POST)
    return _act(request, lambda: service.save_recipe(request.user, name=name, operations=operations))


@login_required
@require_POST
def change(request: MemberRequest, recipe_id: UUID, action: str) -> HttpResponse:
    """Rename, delete or share one of the member's recipes; sharing answers with the link."""
    recipe = get_object_or_404(Recipe.objects.visible_to(request.user), pk=recipe_id)
    if action == "share":
        return _share(request, recipe)
    actions: dict[str, Callable[[], object]] = {
        "rename": lambda: service.rename_recipe(recipe, request.POST.get("name", "")),
        "delete": lambda: service.delete_recipe(recipe),
    }
    if action not in actions:
        raise Http404
    return _act(request, actions[action])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: MemberRequest, token: str) -> HttpResponse:
    """Show the recipe of a link, and keep it where the member presses the button."""
    recipe = recipe_links.recipe_of(token)
    if recipe is None:
        raise Http404
    if request.method == "POST":
        try:
            kept = recipe_links.take_recipe(request.user, recipe)
        except Refusal as refusal:
            messages.error(request, words_of(refusal))
            return redirect(request.path)
        messages.success(request, _("“%(name)s” is among your recipes now.") % {"name": kept.name})
        return redirect("gallery")
    steps = [(operation_name(str(each.get("op"))), summary_of(each)) for each in recipe.operations]
    return render(request, "generation/recipe_shared.html", {"recipe": recipe, "steps": steps})


def _share(request: MemberRequest, recipe: Recipe) -> JsonResponse:
    try:
        token = recipe_links.token_of(request.user, recipe)
    except Refusal as refusal:
        return JsonResponse({"words": words_of(refusal)}, status=refusal.status)
    return JsonResponse({"url": request.build_absolute_uri(reverse("recipe_shared", args=[token]))})


def _act(request: MemberRequest, act: Callable[[], object]) -> HttpResponse:
    """Carry it out; answer with the list as it is then, or with the words of a refusal."""
    try:
        throttle(request.user, "API_REQUESTS_PER_MINUTE")
        act()
    except Refusal as refusal:
        return HttpResponse(words_of(refusal), content_type="text/plain; charset=utf-8", status=refusal.status)
    context = {
        "recipes": Recipe.objects.visible_to(request.user),
        "may_share": entitlements_of(request.user).allows_parameter("recipe"),
    }
    return render(request, "generation/_recipes.html", context)
