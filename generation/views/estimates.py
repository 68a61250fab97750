"""The foot of the create bar: price, start, and everything that stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.exceptions import FieldError, Reason, Refusal
from accounts.models import User
from accounts.services.credits import wallet_of
from generation.forms import CreateForm
from generation.models import Engine
from generation.services.estimates import estimate, estimate_grid
from generation.services.grids import Axis, GridRequest
from generation.services.requests import JobRequest
from generation.views.reasons import named
from generation.views.waiting import pause_words


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How a price comes about: credits for a picture by its engine, for the recipe after it, and how many."""

    engine: str
    making: int
    recipe: int
    images: int


@dataclass(frozen=True, slots=True)
class Foot:
    """Credits, seconds, and why Generate cannot run (each reason with the plan's name that lifts it).

    `pause` says why the engine starts nothing now.
    """

    credits: int
    price: int | None = None
    cells: int = 0  # pictures, where settings are compared
    starts_in: float | None = None
    reasons: Sequence[Reason] = ()
    pause: str = ""
    breakdown: Breakdown | None = None

    @property
    def left(self) -> int:
        """Credits that would be left."""
        return self.credits - (self.price or 0)

    @property
    def blocked(self) -> bool:
        """Whether Generate would be refused."""
        return bool(self.reasons)


def estimate_of(member: User, form: CreateForm, refused: Sequence[Reason] = ()) -> Foot:
    """Foretell what a press would cost and when it would start; `refused` is what a press has just met."""
    credits_left = wallet_of(member).balance
    if not form.is_valid():
        return Foot(credits_left, reasons=named(refused))
    fields = form.job_fields()
    if not fields["prompt"].strip():  # the price stands all the same
        fields["prompt"] = "…"
        refused = [*refused, Reason("prompt", _("Describe the picture you want."))]
    try:
        if axes := form.axes():
            grid = GridRequest(request=JobRequest(**fields | {"count": 1}), axes=[Axis(*axis) for axis in axes])
            told = estimate_grid(member, grid)
            return Foot(
                credits_left, told["price"], told["cells"], told["starts_in"], named([*refused, *told["reasons"]])
            )
        told = estimate(member, JobRequest(**fields))
    except Refusal as refusal:
        placed = [form.placed(error) for error in refusal.errors]
        wrong = [Reason(error.field, _beside(form, error)) for error in placed]
        return Foot(credits_left, reasons=named([*refused, *refusal.reasons, *wrong]))
    reasons = named([*refused, *told["reasons"]])
    price = told["breakdown"]
    engine = Engine.objects.select_related("lane").get(slug=price["engine"])
    breakdown = Breakdown(_(engine.name), price["price_per_image"] - price["recipe"], price["recipe"], price["images"])
    return Foot(credits_left, told["price"], 0, told["starts_in"], reasons, pause_words(engine), breakdown)


def _beside(form: CreateForm, error: FieldError) -> str:
    """Say which field an error is about, for words that do not stand beside it."""
    field = form.fields.get(error.field)
    if not field:
        return str(error.message)
    return _("%(field)s: %(message)s") % {"field": field.label, "message": error.message}
