"""How a field of a form is put into a page."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def focused(field: BoundField) -> SafeString:
    """Give the field's control; who opens the page can type at once."""
    return field.as_widget(attrs={"autofocus": True})
