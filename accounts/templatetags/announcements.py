"""What pages of members show from admins."""

from django import template
from django.template import RequestContext

from accounts.models import Announcement
from accounts.services.announcements import announcements_for

register = template.Library()


@register.simple_tag(takes_context=True)
def announcements_for_reader(context: RequestContext) -> list[Announcement]:
    """Give what the member should read now."""
    return announcements_for(context["user"])
