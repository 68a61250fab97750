"""The form of an engine: what every one has, and what its kind alone has."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from generation import registry
from generation.engines.settings import InvalidSettings, Setting
from generation.models import Engine
from generation.services.engines import UNFIT
from imagegen.sealing import Unreadable, seal, unseal

LARGEST_FILE = 2_000_000  # bytes of a workflow
PREFIX = "set_"  # before the names of a kind's own fields

# A name and a sentence for those who choose a kind.
KINDS: dict[str, tuple[Any, Any]] = {
    "illustrator": (_("Built-in illustrator"), _("Draws scenes from words on this machine. Nothing to connect.")),
    "processing": (_("Post-processing"), _("Runs recipes on finished pictures, on this machine.")),
    "comfyui": ("ComfyUI", _("One or several ComfyUI servers, with workflows of your own.")),
    "openai-images": (
        _("OpenAI-compatible"),
        _("An address, a key and a model: OpenAI, Volcengine Ark, SiliconFlow, LocalAI and many more."),
    ),
    "dashscope": (
        _("DashScope-style tasks"),
        _("DashScope and services like it: a task is created, asked for, and fetched."),
    ),
    "diffusers": (
        _("Diffusers on this machine"),
        _("A model folder or hub name, run on this machine's processor or graphics card."),
    ),
    "simulated": (_("Simulated"), _("Only pretends, for tests and benchmarks.")),
}


def kind_name(kind: str) -> str:
    """Name a kind for people."""
    return str(KINDS[kind][0]) if kind in KINDS else kind


class EngineForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for type checkers alone
    """An engine whose settings fit its kind. `form_for` makes the form of one kind."""

    kind_settings: tuple[Setting, ...] = ()
    engine_kind = ""

    class Meta:
        model = Engine
        fields: tuple[str, ...] = ()  # the page's fieldsets name them

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.instance.kind = self.engine_kind
        if "fallback" in self.fields:
            self.fields["fallback"].queryset = Engine.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self._kept = stored_keys(self.instance)
        for setting in self.kind_settings:
            if not setting.secret:
                value = self.instance.settings.get(setting.name, setting.default)
                self.fields[PREFIX + setting.name].initial = _shown(setting, value)

    def clean(self) -> dict[str, Any]:
        """Tell what the kind does not take here, beside the field, and not to the first member."""
        cleaned: dict[str, Any] = super().clean() or {}
        values = {setting.name: self._value(setting, cleaned) for setting in self.kind_settings}
        values = {name: value for name, value in values.items() if value not in (None, "", [])}
        if self.engine_kind not in registry.KINDS:
            return cleaned
        try:
            registry.check_settings(self.engine_kind, values)
        except InvalidSettings as error:
            for problem in error.problems:
                self._blame(problem.setting, gettext(problem.message) % problem.values)
        except UNFIT as error:
            self.add_error(None, str(error))
        keys = {setting.name for setting in self.kind_settings if setting.secret}
        self.instance.settings = {name: value for name, value in values.items() if name not in keys}
        self.instance.secrets = seal({name: value for name, value in values.items() if name in keys})
        return cleaned

    def _value(self, setting: Setting, cleaned: Mapping[str, Any]) -> Any:
        name = PREFIX + setting.name
        typed = cleaned.get(name)
        if setting.kind == "json":
            return cleaned.get(f"{name}_file") or typed
        if setting.secret and not typed and not cleaned.get(f"{name}_forget"):
            return self._kept.get(setting.name)
        return typed

    def _blame(self, name: str, message: str) -> None:
        field = PREFIX + name
        if field not in self.fields:
            self.add_error(None, f"{name}: {message}")
        elif field not in self.errors:
            self.add_error(field, message)


class JsonField(forms.JSONField):
    """JSON that is typed; where there is none, an empty box."""

    def prepare_value(self, value: Any) -> Any:
        """Show the value."""
        return "" if value is None else super().prepare_value(value)


class JsonFileField(forms.FileField):
    """A small JSON file, read into its value."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Give the value; None where no file was chosen."""
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST_FILE:
            raise ValidationError(_("This file is too large."))
        try:
            return json.loads(file.read())
        except (ValueError, RecursionError):
            raise ValidationError(_("This is not a JSON file.")) from None


def form_for(kind: str, engine: Engine | None) -> type[EngineForm]:
    """Make the form of one kind, with a field for each of its settings; `engine` is the one that there is."""
    declared = _declared(kind)
    fields: dict[str, Any] = {"kind_settings": declared, "engine_kind": kind}
    return type("EngineForm", (EngineForm,), fields | _own_fields(declared, engine))


def setting_names(kind: str, engine: Engine | None) -> list[str]:
    """Name the form's fields for a kind's own settings, in order."""
    return list(_own_fields(_declared(kind), engine))


def stored_keys(engine: Engine | None) -> dict[str, str]:
    """Read the keys an engine has; those sealed with a lost secret key must be typed again."""
    try:
        return unseal(engine.secrets) if engine else {}
    except Unreadable:
        return {}


def _declared(kind: str) -> tuple[Setting, ...]:
    """Give a kind's settings; none where it is not installed any more, so that its engine can still be closed."""
    return registry.settings_of(kind) if kind in registry.KINDS else ()


def _own_fields(declared: Iterable[Setting], engine: Engine | None) -> dict[str, forms.Field]:
    kept = stored_keys(engine)
    fields: dict[str, forms.Field] = {}
    for setting in declared:
        words = gettext(setting.help) if setting.help else ""
        facts = {"label": capfirst(gettext(setting.label)), "help_text": words, "required": setting.required}
        if setting.secret:
            own = _key_fields(setting, facts, stored=setting.name in kept)
        elif setting.kind == "json":
            own = _json_fields(setting, facts)
        else:
            own = {setting.name: _plain_field(setting, facts)}
        fields |= {PREFIX + name: field for name, field in own.items()}
    return fields


def _key_fields(setting: Setting, facts: dict[str, Any], *, stored: bool) -> dict[str, forms.Field]:
    """A key can be typed, and one that is stored kept or, where it is not needed, forgotten; it is never shown."""
    hidden = forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "vTextField"})
    if stored:
        facts = facts | {"required": False, "help_text": _("A key is stored. Leave this empty to keep it.")}
        hidden.attrs["placeholder"] = "••••••••"
    fields: dict[str, forms.Field] = {setting.name: forms.CharField(widget=hidden, **facts)}
    if stored and not setting.required:
        fields[f"{setting.name}_forget"] = forms.BooleanField(label=_("Forget the stored key"), required=False)
    return fields


def _json_fields(setting: Setting, facts: dict[str, Any]) -> dict[str, forms.Field]:
    """JSON can be typed, or come from a file, which then counts."""
    file_label = gettext("%(name)s, from a file") % {"name": facts["label"]}
    return {
        setting.name: JsonField(**(facts | {"required": False, "widget": _lines()})),
        f"{setting.name}_file": JsonFileField(label=file_label, required=False),
    }


def _plain_field(setting: Setting, facts: dict[str, Any]) -> forms.Field:
    text = forms.TextInput(attrs={"class": "vTextField"})
    match setting.kind:
        case "switch":
            return forms.BooleanField(**(facts | {"required": False}))
        case "choice":
            choices = [(value, gettext(label)) for value, label in setting.choices]
            return forms.ChoiceField(choices=choices, **facts)
        case "integer" | "number":
            number: type[forms.Field] = forms.IntegerField if setting.kind == "integer" else forms.FloatField
            return number(**(facts | {"min_value": setting.minimum, "max_value": setting.maximum}))
        case "long_text" | "urls":
            return forms.CharField(widget=_lines(), **facts)
        case _:
            return forms.CharField(widget=text, **facts)


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3})


def _shown(setting: Setting, value: Any) -> Any:
    """Give a stored value as its field shows it."""
    return "\n".join(value) if setting.kind == "urls" and isinstance(value, list | tuple) else value
