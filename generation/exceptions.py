"""What can be refused about jobs, images and uploads."""

from django.utils.translation import gettext_lazy as _

from accounts.exceptions import Refusal


class Invalid(Refusal):
    """A value is wrong; `errors` names the fields."""

    status = 422
    code = "invalid"
    title = _("Please correct the marked fields.")


class NotInPlan(Refusal):
    """The member's plan does not allow it; `reasons` lists everything at once."""

    status = 403
    code = "not_in_plan"
    title = _("Your plan does not include this.")


class Suspended(Refusal):
    """The member may look but not make."""

    status = 403
    code = "suspended"
    title = _("Your account is suspended. Write to the people who run this site.")


class TooManyWaiting(Refusal):
    """The member has as many images waiting as the plan allows."""

    status = 429
    code = "too_many_waiting"
    title = _("Too many of your pictures are waiting.")


class KeyReused(Refusal):
    """The idempotency key belongs to another request."""

    status = 409
    code = "idempotency_key_reused"
    title = _("This idempotency key was used for another request.")


class WrongState(Refusal):
    """The job or image is not in a state that allows this."""

    status = 409
    code = "wrong_state"
    title = _("This is not possible in the present state.")


class TooManyRequests(Refusal):
    """The member asks more often than a minute allows."""

    status = 429
    code = "too_many_requests"
    title = _("You ask too often. Wait a moment.")
