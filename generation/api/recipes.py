"""Recipes that a member keeps."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.responses import Status

from generation.api import inputs, schemas
from generation.api.authentication import MemberRequest
from generation.api.documentation import refusals
from generation.models import Recipe
from generation.services import recipes
from generation.services.representation import JSON

router = Router(tags=["Recipes"])


@router.get("/recipes", response=list[schemas.Recipe], summary="List recipes", openapi_extra=refusals(429))
def list_recipes(request: MemberRequest) -> list[JSON]:
    """List the member's own recipes by name."""
    return [_represent(recipe) for recipe in Recipe.objects.visible_to(request.auth)]


@router.post(
    "/recipes",
    response={201: schemas.Recipe},
    summary="Keep a recipe",
    openapi_extra=refusals(400, 403, 409, 413, 422, 429),
)
def save_recipe(request: MemberRequest, data: inputs.RecipeIn) -> Status[JSON]:
    """Keep operations under a name; the same name again replaces them."""
    saved = recipes.save_recipe(request.auth, name=data.name, operations=data.operations)
    return Status(201, _represent(saved))


@router.delete("/recipes/{recipe_id}", response={204: None}, summary="Delete", openapi_extra=refusals(403, 404, 429))
def delete_recipe(request: MemberRequest, recipe_id: UUID) -> Status[None]:
    """Forget a recipe; what was made by it stays."""
    recipes.delete_recipe(get_object_or_404(Recipe.objects.visible_to(request.auth), pk=recipe_id))
    return Status(204, None)


def _represent(recipe: Recipe) -> JSON:
    return {"id": str(recipe.pk), "name": recipe.name, "operations": recipe.operations}
