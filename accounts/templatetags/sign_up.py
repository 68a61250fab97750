"""What pages say about coming in."""

from django import template

from accounts.services import sign_up

register = template.Library()


@register.simple_tag
def sign_up_mode() -> str:
    """Tell how people may come in now."""
    return sign_up.sign_up_mode()
