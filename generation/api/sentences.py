"""What a wrong value is told: pydantic's findings in our words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.exceptions import FieldError, Text

# By the beginning of pydantic's type of error; the first that fits speaks.
SENTENCES: tuple[tuple[str, Text], ...] = (
    ("missing", _("This is missing.")),
    ("extra_forbidden", _("There is no such field. Check its name, or leave it out.")),
    ("string_too_long", _("This is too long: %(max_length)s characters are allowed.")),
    ("string", _("Give text here.")),
    ("int", _("Give a whole number here.")),
    ("float", _("Give a number here.")),
    ("finite_number", _("Give a number here.")),
    ("greater_than_equal", _("Give a number of at least %(ge)s.")),
    ("less_than_equal", _("Give a number of at most %(le)s.")),
    ("uuid", _("Give an id here.")),
    ("enum", _("Choose one of: %(choices)s.")),
    ("model", _("Send a JSON object.")),
    ("axis_value", _("Give a number, or a short text here.")),
    ("list", _("Give a list here.")),
    ("value_error", _("Send a file here.")),
)
OTHERWISE = _("This value cannot be used here.")


def field_error(error: dict[str, Any]) -> FieldError:
    """Put one of pydantic's errors into our words."""
    facts = dict(error.get("ctx", {}))
    facts["choices"] = str(facts.get("expected", "")).replace(" or ", ", ").replace("'", "")
    sentence = next((words for kind, words in SENTENCES if error["type"].startswith(kind)), OTHERWISE)
    return FieldError(_field(error["loc"]), str(sentence) % facts)


def _field(location: tuple[str | int, ...]) -> str:
    """Name the field: the way to it in the body, or the parameter itself."""
    source, *path = location
    return ".".join(str(step) for step in (path[1:] if source == "body" else path[-1:])) or str(source)
