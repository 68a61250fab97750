"""What may be asked for: wrong values name their field, and everything the plan forbids is said at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import FieldError, Reason
from accounts.models import Entitlements, Plan, User
from accounts.services.plans import entitlements_of
from generation.engines.base import Capabilities, Mode
from generation.exceptions import Invalid, NotInPlan, Suspended
from generation.models import Engine, Image, Upload
from generation.services import recipes
from generation.services.engines import AbleEngine, may_use, open_engines
from generation.services.kept import bytes_kept
from generation.services.paces import MEGAPIXEL, expected_seconds
from generation.services.requests import JobRequest

PROMPT_LENGTH = 4_000  # characters
TITLE_LENGTH = 120
MOST_IMAGES = 8

# Parameters that a plan may lock, and an engine may lack.
OPTIONAL = ("negative_prompt", "model", "style", "title", "sampler", "seed", "steps", "guidance", "strength", "mask")


@dataclass(frozen=True, slots=True)
class Following:
    """The recipe that follows on the engine: where it runs, what comes out, and its credits an image."""

    engine: Engine
    planned: recipes.Planned
    price: int


@dataclass(frozen=True, slots=True)
class Order:
    """A request that may run: every question it left open is answered."""

    request: JobRequest
    engine: Engine
    capabilities: Capabilities
    engine_chosen: bool  # another one than an open choice would have given
    entitlements: Entitlements
    price: int  # credits an image, with its recipe
    seconds: float  # expected of the engine, an image
    following: Following | None = None
    recipe_errors: Sequence[FieldError] = ()

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """What is made, and what comes out of the recipe that follows."""
        made = [(self.request.width, self.request.height)]
        return made + ([(self.following.planned.width, self.following.planned.height)] if self.following else [])

    def recipe_fields(self) -> dict[str, Any]:
        """Give what the job keeps of the recipe that follows."""
        if not self.following:
            return {"processor": None, "processing_price": 0, "processing_seconds": 0.0, "processing_share": 0.0}
        seconds = self.following.planned.seconds
        return {
            "processor": self.following.engine,
            "processing_price": self.following.price,
            "processing_seconds": seconds,
            "processing_share": seconds / (self.seconds + seconds),
        }


def check(member: User, request: JobRequest) -> Order:
    """Answer what the request left open and let it through, or refuse it with every reason.

    Raises `Invalid` for wrong values, `NotInPlan` for what the plan does not allow, `Suspended`.
    """
    if member.suspended_at:
        raise Suspended()
    order = check_values(member, request)
    if reasons := reasons_against(member, order):
        raise NotInPlan(reasons=reasons)
    return order


def check_values(member: User, request: JobRequest) -> Order:
    """Answer what the request left open. Raises `Invalid`, with what the plan forbids beside it."""
    order = resolve(member, request)
    if errors := list(_errors(member, order)):
        raise Invalid(errors=errors, reasons=reasons_against(member, order))
    return order


def no_credits() -> Reason:
    """Give the reason of an empty wallet."""
    return Reason("insufficient_credits", _("You do not have enough credits for this."))


def resolve(member: User, request: JobRequest) -> Order:
    """Choose mode and engine where they were left open: the first that has what is asked for.

    Raises `Invalid` where there is none.
    """
    mode = request.mode or _mode_of(request)
    if mode not in set(Mode):
        words = _("Choose text-to-image, image-to-image, inpaint or process.")
        raise Invalid(errors=[FieldError("mode", words)])
    seconds: float | None = None
    if mode == Mode.PROCESS:
        request, seconds = recipes.completed(member, request)
    able = _able_engines(Mode(mode))
    entitlements = entitlements_of(member)
    usual = _usual_engine(able, entitlements)
    if request.engine:
        engine, capabilities = _choose_engine(request.engine, able)
    else:
        engine, capabilities = _fitting_engine(able, entitlements, request) or usual
    size = _bounded(request.width), _bounded(request.height)
    order = Order(
        request=replace(request, mode=mode, engine=engine.slug),
        engine=engine,
        capabilities=capabilities,
        engine_chosen=engine != usual[0],
        entitlements=entitlements,
        price=_price(engine, *size, request.steps or 0),
        seconds=seconds or expected_seconds(engine, request.model, *size, request.steps),
    )
    return order if mode == Mode.PROCESS or request.recipe is None else _followed(member, order)


def _followed(member: User, order: Order) -> Order:
    """Add the recipe that each picture is to go through once it is made, or what is wrong with it."""
    request = order.request
    try:
        planned = recipes.plan_recipe(member, request.recipe, (max(1, request.width), max(1, request.height)))
    except Invalid as refused:
        return replace(order, request=replace(request, recipe=None), recipe_errors=refused.errors)
    engine, _able = _usual_engine(_able_engines(Mode.PROCESS, field="recipe"), order.entitlements)
    following = Following(engine, planned, _price(engine, planned.width, planned.height))
    return replace(
        order,
        request=replace(request, recipe=planned.operations),
        price=order.price + following.price,
        following=following,
    )


def _usual_engine(able: Sequence[AbleEngine], entitlements: Entitlements) -> AbleEngine:
    """Give the one that an open choice means."""
    return next((each for each in able if may_use(each[0], entitlements)), able[0])


def _fitting_engine(able: Sequence[AbleEngine], entitlements: Entitlements, request: JobRequest) -> AbleEngine | None:
    """Give the first engine that has every setting asked for, where the plan lets its members choose among them."""
    if not entitlements.allows_parameter("engine"):
        return None
    usable = (each for each in able if may_use(each[0], entitlements))
    return next((each for each in usable if not any(_engine_errors(request, each[1]))), None)


def _price(engine: Engine, width: int, height: int, steps: int = 0) -> int:
    """Give the credits of a picture."""
    pixels = float(engine.megapixel_price) * width * height / MEGAPIXEL
    return math.ceil(engine.base_price + pixels + float(engine.step_price) * _bounded(steps))


def reasons_against(member: User, order: Order) -> list[Reason]:
    """List everything the member's plan does not allow, each with the plan that would."""
    closed = list(_closed_gates(member, order, order.entitlements))
    if not closed:
        return []
    plans = [(plan.slug, plan.entitlements()) for plan in Plan.objects.order_by("order")]
    opened = {slug: {code for code, _ in _closed_gates(member, order, allowed)} for slug, allowed in plans}
    return [
        Reason(code, message, next((slug for slug, codes in opened.items() if code not in codes), ""))
        for code, message in closed
    ]


def _bounded(number: int) -> int:
    """Keep a number that is still to be refused from overflowing the price."""
    return min(max(0, number), 1_000_000)


def _mode_of(request: JobRequest) -> Mode:
    if request.mask:
        return Mode.INPAINT
    return Mode.IMAGE_TO_IMAGE if request.reference else Mode.TEXT_TO_IMAGE


def _able_engines(mode: Mode, field: str = "mode") -> list[AbleEngine]:
    able = [(engine, capabilities) for engine, capabilities in open_engines() if mode in capabilities.modes]
    if not able:
        words = _("No engine here can do this. Choose another mode.")
        if field == "recipe":
            words = _("Recipes are not run here at the moment. Leave it out.")
        raise Invalid(errors=[FieldError(field, words)])
    return able


def _choose_engine(slug: str, able: list[AbleEngine]) -> AbleEngine:
    for engine, capabilities in able:
        if engine.slug == slug:
            return engine, capabilities
    raise Invalid(errors=[FieldError("engine", _("No engine of this name can do this. Choose one from the list."))])


def _closed_gates(member: User, order: Order, allowed: Entitlements) -> Iterator[tuple[str, str | Promise]]:
    request = order.request
    yield from _closed_to_work(request, allowed)
    asked = [name for name in OPTIONAL if getattr(request, name) not in (None, "")]
    for name in asked + ["engine"] * order.engine_chosen + ["recipe"] * bool(order.following):
        if not allowed.allows_parameter(name):
            yield f"parameter:{name}", _("Your plan does not include the setting “%(name)s”.") % {"name": name}
    if not may_use(order.engine, allowed) or (order.following and not may_use(order.following.engine, allowed)):
        yield "engine", _("Your plan does not include this engine.")
    if any(max(width, height) > allowed.max_side for width, height in order.sizes):
        yield "max_side", _("Your plan allows %(limit)s pixels a side.") % {"limit": allowed.max_side}
    if any(width * height > allowed.max_pixels for width, height in order.sizes):
        megapixels = f"{allowed.max_pixels / 1e6:g}"
        yield "max_pixels", _("Your plan allows %(limit)s megapixels a picture.") % {"limit": megapixels}
    if request.count > allowed.images_per_job:
        yield "images_per_job", _("Your plan allows %(limit)s pictures a task.") % {"limit": allowed.images_per_job}
    if bytes_kept(member) >= allowed.storage_bytes:
        yield "storage", _("Your storage is full. Delete some pictures first.")


def _closed_to_work(request: JobRequest, allowed: Entitlements) -> Iterator[tuple[str, str | Promise]]:
    """Give the modes and operations that are not allowed; who may use an operation may run it on a picture."""
    if request.mode != Mode.PROCESS and not allowed.allows_mode(request.mode):
        yield "mode", _("Your plan does not include this mode.")
    for name in dict.fromkeys(operation["op"] for operation in request.recipe or ()):
        if not allowed.allows_operation(name):
            yield f"operation:{name}", _("Your plan does not include the operation “%(name)s”.") % {"name": name}


def _errors(member: User, order: Order) -> Iterator[FieldError]:
    request, able = order.request, order.capabilities
    if not request.prompt.strip():
        yield FieldError("prompt", _("Describe the picture you want."))
    for name in ("prompt", "negative_prompt", "title", "style", "model", "sampler"):
        yield from _text_errors(name, getattr(request, name))
    if not 1 <= request.count <= MOST_IMAGES:
        yield FieldError("count", _("Choose 1 to %(most)s pictures.") % {"most": MOST_IMAGES})
    if request.mode == Mode.PROCESS and request.count != 1:
        yield FieldError("count", _("A recipe makes one picture of one. Choose 1."))
    yield from order.recipe_errors
    yield from _engine_errors(request, able)
    yield from _picture_errors(member, request)


def _engine_errors(request: JobRequest, able: Capabilities) -> Iterator[FieldError]:
    yield from _size_errors(request, able)
    yield from _number_errors(request, able)
    yield from _choice_errors(request, able)


def _text_errors(name: str, text: str) -> Iterator[FieldError]:
    most = TITLE_LENGTH if name == "title" else PROMPT_LENGTH
    if len(text) > most:
        words = {"length": len(text), "most": most}
        yield FieldError(name, _("This has %(length)s characters; %(most)s are allowed. Shorten it.") % words)
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        yield FieldError(name, _("This contains characters that are not text. Remove them."))


def _size_errors(request: JobRequest, able: Capabilities) -> Iterator[FieldError]:
    rule = able.size
    for name in ("width", "height"):
        if not rule.minimum <= getattr(request, name) <= rule.maximum:
            limits = {"least": rule.minimum, "most": rule.maximum}
            yield FieldError(name, _("Choose %(least)s to %(most)s pixels.") % limits)
        elif getattr(request, name) % rule.multiple:
            yield FieldError(name, _("Choose a multiple of %(multiple)s pixels.") % {"multiple": rule.multiple})
    if rule.max_pixels and request.width * request.height > rule.max_pixels:
        words = _("This engine makes at most %(most)s pixels. Choose a smaller size.")
        yield FieldError("width", words % {"most": f"{rule.max_pixels:,}"})


def _number_errors(request: JobRequest, able: Capabilities) -> Iterator[FieldError]:
    lacks = partial(FieldError, message=_("This engine does not have this setting. Leave it empty."))
    steps = able.steps or (0, 0)
    rules: list[tuple[str, bool, float, float]] = [
        ("seed", able.seed, 0, 2**63 - 1),
        ("steps", able.steps is not None, *steps),
        ("guidance", able.guidance, 0, 30),
        ("strength", able.strength, 0, 1),
    ]
    for name, has, least, most in rules:
        value = getattr(request, name)
        if value is not None and not has:
            yield lacks(name)
        elif value is not None and not least <= value <= most:
            limits = {"least": f"{least:,}", "most": f"{most:,}"}  # a seed's limit has 19 digits
            yield FieldError(name, _("Choose a number from %(least)s to %(most)s.") % limits)


def _choice_errors(request: JobRequest, able: Capabilities) -> Iterator[FieldError]:
    for name, choices in (("style", able.styles), ("model", able.models), ("sampler", able.samplers)):
        if getattr(request, name) and getattr(request, name) not in choices:
            offered = ", ".join(choices) or "–"
            yield FieldError(
                name, _("This engine does not offer this. Choose one of: %(choices)s.") % {"choices": offered}
            )
    for name, has in (("negative_prompt", able.negative_prompt), ("title", able.title)):
        if getattr(request, name) and not has:
            yield FieldError(name, _("This engine does not have this setting. Leave it empty."))


def _picture_errors(member: User, request: JobRequest) -> Iterator[FieldError]:
    needed = {Mode.IMAGE_TO_IMAGE: ("reference",), Mode.INPAINT: ("reference", "mask"), Mode.PROCESS: ()}
    for name in needed.get(Mode(request.mode), ()):
        if getattr(request, name) is None:
            yield FieldError(name, _("Add a picture."))
    for name, modes in (("reference", needed), ("mask", {Mode.INPAINT})):
        wanted = getattr(request, name)
        if wanted and request.mode not in modes:
            yield FieldError(name, _("This mode takes no such picture. Remove it, or choose another mode."))
        elif wanted and not picture_exists(member, wanted):
            yield FieldError(name, _("There is no such picture of yours. Upload it again."))


def picture_exists(member: User, wanted: UUID) -> bool:
    """Tell whether an id names an upload or a finished image of this member."""
    return (
        Upload.objects.visible_to(member).filter(pk=wanted).exists()
        or Image.objects.visible_to(member).filter(pk=wanted, status=Image.Status.SUCCEEDED).exists()
    )
