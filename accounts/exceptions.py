"""Refusals: every "no" a member can get, as one kind of value that each edge turns into its own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field, and the remedy."""

    field: str
    message: Text


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the gate is closed, and the plan that would open it (empty: none does)."""

    code: str
    message: Text
    lifted_by: str = ""


class Refusal(Exception):
    """Base of all refusals; the edges turn it into RFC 9457 problem details or into the form's words."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    title: ClassVar[Text] = _("This cannot be done.")

    def __init__(
        self,
        detail: Text = "",
        *,
        errors: Sequence[FieldError] = (),
        reasons: Sequence[Reason] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(str(detail or self.title))
        self.detail = detail or self.title
        self.errors = tuple(errors)
        self.reasons = tuple(reasons)
        self.retry_after = retry_after  # seconds


class InsufficientCredits(Refusal):
    """The wallet holds less than the price."""

    status = 402
    code = "insufficient_credits"
    title = _("Not enough credits.")


class InvitationVoid(Refusal):
    """This link was used, superseded, or is no longer needed."""

    status = 404
    code = "invitation_void"
    title = _("This link is no longer valid.")
