"""Settings of the form, kept under a name for the next time."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import FieldError
from accounts.models import User
from generation.exceptions import Invalid, WrongState
from generation.models import Preset
from generation.services.gate import PROMPT_LENGTH

MOST = 50  # presets of a member
NAME_LENGTH = 60


def save_preset(member: User, name: str, settings: Mapping[str, str]) -> Preset:
    """Keep these settings; those that had this name before are replaced. Raises `Invalid`, `WrongState`."""
    name = _checked(name)
    kept = {field: value[:PROMPT_LENGTH].replace("\x00", "") for field, value in settings.items() if value}
    with transaction.atomic():
        own = Preset.objects.visible_to(member)
        if own.exclude(name=name).count() >= MOST:
            raise WrongState(_("You have %(most)s presets. Delete one first.") % {"most": MOST})
        preset, _created = own.update_or_create(member=member, name=name, defaults={"settings": kept})
    return preset


def rename_preset(preset: Preset, name: str) -> None:
    """Give a preset another name. Raises `Invalid`, also where another one has it."""
    name = _checked(name)
    others = Preset.objects.visible_to(preset.member_id).exclude(pk=preset.pk)
    if others.filter(name=name).exists():
        raise Invalid(errors=[FieldError("name", _("Another preset has this name. Choose another one."))])
    Preset.objects.filter(pk=preset.pk).update(name=name)


def delete_preset(preset: Preset) -> None:
    """Forget a preset."""
    preset.delete()


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(errors=[FieldError("name", _("Give the preset a name."))])
    if len(name) > NAME_LENGTH or "\x00" in name:
        raise Invalid(
            errors=[FieldError("name", _("Choose a name of at most %(most)s letters.") % {"most": NAME_LENGTH})]
        )
    return name
