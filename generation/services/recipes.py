"""What members do with recipes: keep them, and run them on pictures of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import FieldError
from accounts.models import User
from generation.exceptions import Invalid, WrongState
from generation.models import Image, Job, Recipe, Upload
from generation.processing.operations import OptionMissing
from generation.processing.parameters import Wrong
from generation.processing.recipes import (
    InvalidRecipe,
    TooLarge,
    as_json,
    check_sizes,
    digest,
    expected_seconds,
    picture_ids,
    read_recipe,
    sizes_after,
)
from generation.processing.recipes import Recipe as Operations
from generation.services.requests import JobRequest
from generation.services.targets import targets_for

MOST_RECIPES = 200
NAME_LENGTH = 60

SENTENCES: dict[str, Promise] = {
    "not_a_list": _("Give a list of operations, or the id of one of your recipes."),
    "too_many": _("A recipe has at most %(most)s operations. Remove some."),
    "not_an_operation": _('Each operation is an object like {"op": "resize", "width": 800}.'),
    "unknown_operation": _("There is no such operation. Choose one of: %(choices)s."),
    "unknown_parameter": _("This operation has no such setting. Remove it."),
    "required": _("This is needed."),
    "whole": _("Give a whole number."),
    "number": _("Give a number."),
    "range": _("Choose a number from %(least)s to %(most)s."),
    "choice": _("Choose one of: %(choices)s."),
    "flag": _("Choose yes or no."),
    "colour": _("Give a colour like #ff8800."),
    "text": _("Give some words."),
    "too_long": _("This has %(length)s characters; %(most)s are allowed. Shorten it."),
    "picture": _("Choose a picture of yours."),
    "needs_side": _("Give a width, a height, or both."),
    "needs_both_sides": _("Give both a width and a height, or choose to fit."),
    "needs_ratio_or_box": _("Choose a ratio, or a box inside of the picture."),
    "outside": _("The box reaches over the edge. Make it smaller or move it."),
    "needs_angle_or_flip": _("Choose an angle or a direction to mirror."),
    "needs_border_or_corners": _("Choose a border or rounded corners."),
    "needs_a_change": _("Change at least one of the colours' settings."),
    "no_weight_without_loss": _("This format cannot be made lighter. Choose JPEG, WebP or AVIF."),
    "needs_style_or_picture": _("Choose a style or a picture to paint like, not both."),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """Checked operations, the size that comes out, and the seconds they should take."""

    operations: list[dict[str, object]]
    width: int
    height: int
    seconds: float


def save_recipe(member: User, *, name: str, operations: object) -> Recipe:
    """Keep a recipe under a name; the same name again replaces it. Raises `Invalid`."""
    name = _checked_name(name)
    value = as_json(_read(operations, field="operations"))
    own = Recipe.objects.visible_to(member)
    if own.exclude(name=name).count() >= MOST_RECIPES:
        raise WrongState(_("You keep %(most)s recipes already. Delete one first.") % {"most": MOST_RECIPES})
    recipe, _is_new = own.update_or_create(name=name, member=member, defaults={"operations": value})
    return recipe


def rename_recipe(recipe: Recipe, name: str) -> None:
    """Give a recipe another name. Raises `Invalid`, also where another one has it."""
    name = _checked_name(name)
    others = Recipe.objects.visible_to(recipe.member_id).exclude(pk=recipe.pk)
    if others.filter(name=name).exists():
        raise Invalid(errors=[FieldError("name", _("Another recipe has this name. Choose another one."))])
    Recipe.objects.filter(pk=recipe.pk).update(name=name)


def delete_recipe(recipe: Recipe) -> None:
    """Forget a recipe; what was made by it stays."""
    recipe.delete()


def process_request(source: UUID, recipe: object) -> JobRequest:
    """Ask for a recipe to be run on an upload or an image."""
    return JobRequest(prompt="", mode="process", reference=source, recipe=recipe)


def made_before(member: User, request: JobRequest) -> Job | None:
    """Find the same recipe's result on the same picture, there or under way: it is not made again. Raises `Invalid`."""
    wanted = digest(_read(_operations(member, request.recipe)))
    same = Image.objects.visible_to(member).filter(parent=request.reference, job__recipe_digest=wanted)
    alive = same.exclude(status__in=(Image.Status.FAILED, Image.Status.CANCELLED)).select_related("job")
    found = min(alive.newest_first(), key=lambda image: image.status != Image.Status.SUCCEEDED, default=None)
    return found.job if found else None


def completed(member: User, request: JobRequest) -> tuple[JobRequest, float]:
    """Answer what a request to process left open: the operations, the size that comes out, the words of its card.

    Gives also the expected seconds. Raises `Invalid`.
    """
    source = _source(member, request.reference)
    planned = plan_recipe(member, request.recipe, (source.width or 0, source.height or 0))
    known = request.prompt or (source.job.prompt if isinstance(source, Image) else "")
    prompt = known or " · ".join(str(operation["op"]) for operation in planned.operations)
    filled = replace(request, recipe=planned.operations, width=planned.width, height=planned.height, prompt=prompt)
    return filled, planned.seconds


def plan_recipe(member: User, recipe: object, size: tuple[int, int]) -> Planned:
    """Foretell what a recipe, a list of operations or one's id, does to a picture of this size. Raises `Invalid`."""
    operations = _read(_operations(member, recipe))
    errors = list(_missing(member, operations))
    try:
        check_sizes(operations, size)
    except TooLarge as error:
        words = _("This would make the picture larger than 40 megapixels. Choose a smaller size.")
        errors.append(FieldError(f"recipe.{error.index}", words))
    if errors:
        raise Invalid(errors=errors)
    width, height = sizes_after(operations, size)[-1]
    return Planned(as_json(operations), width, height, expected_seconds(operations, size))


def digest_of(operations: list[dict[str, Any]]) -> str:
    """Fingerprint of checked operations."""
    return digest(read_recipe(operations))


def others_of(operations: list[dict[str, Any]]) -> set[UUID]:
    """Name the other pictures that checked operations need."""
    return {UUID(name) for name in picture_ids(read_recipe(operations))}


def _operations(member: User, recipe: object) -> object:
    """Look a saved recipe up by its id; everything else is a list of operations, or wrong."""
    if not isinstance(recipe, str | UUID):
        return recipe
    try:
        saved = Recipe.objects.visible_to(member).filter(pk=UUID(str(recipe))).first()
    except ValueError:
        saved = None
    if saved is None:
        raise Invalid(errors=[FieldError("recipe", _("There is no such recipe of yours."))])
    return saved.operations


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_LENGTH or "\x00" in name:
        raise Invalid(
            errors=[FieldError("name", _("Give a name of at most %(most)s characters.") % {"most": NAME_LENGTH})]
        )
    return name


def _read(operations: object, field: str = "recipe") -> Operations:
    try:
        return read_recipe(operations, targets=targets_for(operations))
    except InvalidRecipe as error:
        raise Invalid(errors=[_field_error(field, index, wrong) for index, wrong in error.errors]) from error


def _field_error(field: str, index: int | None, wrong: Wrong) -> FieldError:
    """Say what is wrong where: `recipe.0.width`."""
    place = ".".join(part for part in (field, "" if index is None else str(index), wrong.parameter) if part)
    facts: Mapping[str, object] = wrong.facts
    return FieldError(place, SENTENCES[wrong.code] % facts)


def _source(member: User, source: UUID | None) -> Upload | Image:
    if source is None:
        raise Invalid(errors=[FieldError("reference", _("Add a picture."))])
    upload = Upload.objects.visible_to(member).filter(pk=source).first()
    made = Image.objects.visible_to(member).filter(pk=source, status=Image.Status.SUCCEEDED).select_related("job")
    if found := upload or made.first():
        return found
    raise Invalid(errors=[FieldError("reference", _("There is no such picture of yours. Upload it again."))])


def _missing(member: User, recipe: Operations) -> list[FieldError]:
    """List what an operation needs and is not there: another picture, or an extra of the installation."""
    errors = []
    for index, operation in enumerate(recipe):
        try:
            operation.check_installed()
        except OptionMissing:
            errors.append(
                FieldError(f"recipe.{index}", _("This operation is not installed here. Admins add it by “make ai”."))
            )
        for name in operation.picture_ids():
            try:
                _source(member, UUID(name))
            except Invalid:
                errors.append(
                    FieldError(f"recipe.{index}.picture", _("There is no such picture of yours. Upload it again."))
                )
    return errors
