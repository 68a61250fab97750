"""Links by which members give a recipe to others of the same site. The address is the id, signed."""

from __future__ import annotations

from django.core import signing
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import Reason
from accounts.models import Plan, User
from accounts.services.plans import entitlements_of
from generation.exceptions import NotInPlan
from generation.models import Recipe
from generation.services.recipes import NAME_LENGTH, save_recipe

SIGNER = signing.Signer(salt="generation.recipe")


def token_of(member: User, recipe: Recipe) -> str:
    """Give the address part by which others find a recipe, for as long as it is kept. Raises `NotInPlan`."""
    if not entitlements_of(member).allows_parameter("recipe"):
        opened = (plan.slug for plan in Plan.objects.all() if plan.entitlements().allows_parameter("recipe"))
        words = _("Your plan does not include sharing recipes.")
        raise NotInPlan(reasons=[Reason("parameter:recipe", words, next(opened, ""))])
    return SIGNER.sign(recipe.pk.hex)


def recipe_of(token: str) -> Recipe | None:
    """Find the recipe of an address; None where it is not ours, or not kept any more."""
    try:
        return Recipe.objects.filter(pk=SIGNER.unsign(token)).first()
    except signing.BadSignature:
        return None


def take_recipe(member: User, recipe: Recipe) -> Recipe:
    """Keep another member's recipe as one's own, without replacing one of the same name. Raises `Invalid`."""
    taken = set(Recipe.objects.visible_to(member).values_list("name", flat=True))
    names = [recipe.name, *(f"{recipe.name[: NAME_LENGTH - 6]} ({number})" for number in range(2, 1000))]
    name = next(name for name in names if name not in taken)
    return save_recipe(member, name=name, operations=recipe.operations)
