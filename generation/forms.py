"""What the create bar sends. The form reads types and keeps what was typed; the gate itself is in the services."""

import json
import re
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import FieldError

# Pixels of each shape, small to extra large. Exact proportions, sides that every kind of engine can take.
SIZES: dict[str, dict[str, tuple[int, int]]] = {
    "1:1": {"s": (768, 768), "m": (1024, 1024), "l": (1248, 1248), "xl": (2048, 2048)},
    "4:5": {"s": (640, 800), "m": (896, 1120), "l": (1088, 1360), "xl": (1600, 2000)},
    "3:2": {"s": (960, 640), "m": (1248, 832), "l": (1536, 1024), "xl": (2016, 1344)},
    "16:9": {"s": (1024, 576), "m": (1280, 720), "l": (1536, 864), "xl": (2048, 1152)},
    "9:16": {"s": (576, 1024), "m": (720, 1280), "l": (864, 1536), "xl": (1152, 2048)},
}
CUSTOM = "custom"
COUNTS = (1, 2, 4, 8)
STYLE_NAMES = {
    "illustration": _("Illustration"),
    "watercolour": _("Watercolour"),
    "oil": _("Oil painting"),
    "ink": _("Ink wash"),
    "flat": _("Flat poster"),
    "pixel": _("Pixel art"),
    "line": _("Line drawing"),
    "neon": _("Neon"),
    "papercut": _("Paper cut"),
}
AXIS_NAMES: dict[str, str | Promise] = {
    "style": _("Style"),
    "size": _("Shape"),
    "engine": _("Engine"),
    "model": _("Model"),
    "steps": _("Steps"),
    "guidance": _("Guidance"),
    "strength": _("Strength"),
    "sampler": _("Sampler"),
    "seed": _("Seed"),
}
PARAMETERS = ("engine", "model", "negative_prompt", "seed", "steps", "guidance", "sampler")  # of the folded part


class RecipeField(forms.CharField):
    """A saved recipe's id, or a list of operations as JSON; what they may be is the gate's to say."""

    def prepare_value(self, value: Any) -> Any:
        """Write a list the way it is typed."""
        return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Give what a `JobRequest` takes; None where nothing was chosen."""
        typed = super().to_python(value)
        if not typed or not typed.startswith("["):
            return typed or None
        try:
            return json.loads(typed)
        except (ValueError, RecursionError):
            raise forms.ValidationError(_("This is not a list of operations. Choose a recipe again.")) from None


class CreateForm(forms.Form):
    """One press of Generate."""

    idempotency_key = forms.CharField(required=False, max_length=120)
    prompt = forms.CharField(label=_("Prompt"), required=False, strip=False)
    picture = forms.FileField(label=_("Reference picture"), required=False)
    reference = forms.UUIDField(label=_("Reference picture"), required=False)
    mask = forms.UUIDField(label=_("Mask"), required=False)
    strength = forms.FloatField(label=_("Strength"), required=False)
    style = forms.CharField(label=_("Style"), required=False)
    aspect = forms.ChoiceField(label=_("Shape"), choices=[(name, name) for name in (*SIZES, CUSTOM)], initial="1:1")
    size = forms.ChoiceField(label=_("Size"), choices=[(name, name) for name in SIZES["1:1"]], initial="m")
    width = forms.IntegerField(label=_("Width"), required=False, initial=1024)
    height = forms.IntegerField(label=_("Height"), required=False, initial=1024)
    count = forms.IntegerField(label=_("Pictures"), initial=4)
    engine = forms.CharField(label=_("Engine"), required=False)
    model = forms.CharField(label=_("Model"), required=False)
    negative_prompt = forms.CharField(label=_("Without"), required=False)
    seed = forms.IntegerField(label=_("Seed"), required=False)
    steps = forms.IntegerField(label=_("Steps"), required=False)
    guidance = forms.FloatField(label=_("Guidance"), required=False)
    sampler = forms.CharField(label=_("Sampler"), required=False)
    recipe = RecipeField(label=_("Recipe"), required=False)
    axis_1 = forms.CharField(label=_("Compare"), required=False)
    values_1 = forms.CharField(label=_("Values to compare"), required=False)
    axis_2 = forms.CharField(label=_("Compare"), required=False)
    values_2 = forms.CharField(label=_("Values to compare"), required=False)

    def job_fields(self) -> dict[str, Any]:
        """Give what a `JobRequest` takes; call after `is_valid()`."""
        typed = self.cleaned_data
        names = ("prompt", "count", "style", "reference", "mask", "strength", "recipe", *PARAMETERS)
        width, height = self._dimensions()
        return {name: typed[name] for name in names} | {"width": width, "height": height}

    def axes(self) -> list[tuple[str, list[str]]]:
        """Give the settings that are compared, each with its values; call after `is_valid()`."""
        return [(self.cleaned_data[f"axis_{at}"], self._values(at)) for at in self._axes()]

    def placed(self, error: FieldError) -> FieldError:
        """Name the field of this form that an error of a service is about, and which of its values."""
        kind, *path = error.field.split(".")  # “recipe.0.width” is by the recipe
        if kind != "axes":
            return FieldError({"file": "reference"}.get(kind, kind), error.message)
        at = self._axes()[int(path[0])] if path else 1
        if len(path) < 3:
            return FieldError(f"{path[1] if path else 'axis'}_{at}".replace("name", "axis"), error.message)
        told = {"field": self._typed(at)[int(path[2])], "message": error.message}
        return FieldError(f"values_{at}", _("%(field)s: %(message)s") % told)

    def _axes(self) -> list[int]:
        return [at for at in (1, 2) if self.cleaned_data[f"axis_{at}"]]

    def _typed(self, at: int) -> list[str]:
        """Give the values as they were typed, each once."""
        typed = re.split(r"[,，、;；\n]", self.cleaned_data[f"values_{at}"])
        return list(dict.fromkeys(value.strip() for value in typed if value.strip()))

    def _values(self, at: int) -> list[str]:
        """Give the values, of shapes the pixels of the chosen size."""
        size = self.cleaned_data["size"]
        pixels = {aspect: "{}x{}".format(*sizes[size]) for aspect, sizes in SIZES.items()}
        shapes = pixels if self.cleaned_data[f"axis_{at}"] == "size" else {}
        return [shapes.get(value, value) for value in self._typed(at)]

    def _dimensions(self) -> tuple[int, int]:
        typed = self.cleaned_data
        if typed["aspect"] == CUSTOM:
            return typed["width"] or 0, typed["height"] or 0
        return SIZES[typed["aspect"]][typed["size"]]

    def value(self, name: str) -> str:
        """Give what a field shows now: what was typed, else where it starts."""
        value = self[name].value()
        return "" if value is None else str(value)


class ShareForm(forms.Form):
    """How a picture is shown to whoever has the link; what is left out is the safe choice."""

    days = forms.TypedChoiceField(
        label=_("Works for"),
        choices=[(1, _("a day")), (7, _("a week")), (30, _("30 days")), ("", _("until I revoke it"))],
        initial=30,
        required=False,
        coerce=int,
        empty_value=None,
    )
    shows_prompt = forms.BooleanField(label=_("Show the prompt"), required=False)
    keeps_metadata = forms.BooleanField(
        label=_("Leave the settings in the file"),
        help_text=_("Otherwise prompt, seed and everything else are taken out of it."),
        required=False,
    )

    def choices(self) -> dict[str, Any]:
        """Give what `share_image` takes; call after `is_valid()`."""
        return {name: self.cleaned_data[name] for name in ("days", "shows_prompt", "keeps_metadata")}


def shape_of(width: int, height: int) -> dict[str, str]:
    """Give the choices of the form that make this size."""
    for aspect, sizes in SIZES.items():
        for size, pixels in sizes.items():
            if pixels == (width, height):
                return {"aspect": aspect, "size": size}
    return {"aspect": CUSTOM}
